"""Build the page and serve it: `python app.py`."""

from attention.ui.page import build_page, launch_options

demo = build_page()

if __name__ == "__main__":
    demo.launch(**launch_options())
