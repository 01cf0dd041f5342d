"""Build the page and serve it: `python app.py`."""

from attention.ui.machine import prepare

prepare()  # before Gradio comes, which stops without a folder for temporary files

from attention.ui.connections import limit_connections  # noqa: E402
from attention.ui.page import build_page, launch_options  # noqa: E402

limit_connections()
demo = build_page()

if __name__ == "__main__":
    demo.launch(**launch_options())
