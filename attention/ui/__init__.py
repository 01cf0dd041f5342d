"""The page: one file for each of its parts. Only this folder and `app.py` import Gradio."""
