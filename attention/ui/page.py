"""The whole page, and how it is served."""

from __future__ import annotations

from typing import Any

import gradio as gr

from attention.texts import ASSETS, languages, texts
from attention.ui.api import attend
from attention.ui.playground import Playground

SYSTEM_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
SYSTEM_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Noto Sans Mono", "monospace")


def build_page() -> gr.Blocks:
    """The page with the playground and the endpoint `/attend`."""
    title = texts()[languages()[0]]["page_title"]
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        Playground(elem_id="playground")
        gr.api(attend, api_name="attend", concurrency_limit=None)
    return page


def launch_options() -> dict[str, Any]:
    """What `launch` needs to serve the page: theme and style, nothing from another host."""
    return {
        "theme": gr.themes.Default(primary_hue="violet", font=SYSTEM_FONT, font_mono=SYSTEM_MONO),
        "css_paths": ASSETS / "page.css",
        "show_error": True,  # a program that calls the endpoint wrongly is told how
        # Gradio would keep each call with all props of its component in the reader's browser.
        "run_history": False,
        "footer_links": ["api", "settings"],
    }
