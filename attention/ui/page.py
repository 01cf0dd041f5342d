"""The whole page, and how it is served."""

from __future__ import annotations

from typing import Any

import gradio as gr
from starlette.middleware import Middleware
from starlette.routing import Route

from attention.texts import ASSETS, languages, texts
from attention.ui.api import attend
from attention.ui.class_api import ClassApi
from attention.ui.front_page import FrontPage, page_script, play
from attention.ui.guard import Guard
from attention.ui.page_script import FOLDER
from attention.ui.playground import Playground
from attention.ui.root_path import RootPath
from attention.ui.unread import Unread

MOST_QUEUED = 200  # calls of /attend; one more is told that the queue is full
SYSTEM_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
SYSTEM_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Noto Sans Mono", "monospace")


def build_page() -> gr.Blocks:
    """The page with the playground and the endpoint `/attend`."""
    title = texts()[languages()[0]]["page_title"]
    with gr.Blocks(title=title, analytics_enabled=False, fill_width=True) as page:
        Playground(elem_id="playground")
        gr.api(attend, api_name="attend", concurrency_limit=None)
    return page.queue(max_size=MOST_QUEUED)


def launch_options() -> dict[str, Any]:
    """What `launch` needs to serve the page: theme, style and guard; nothing from another host."""
    return {
        "theme": gr.themes.Default(primary_hue="violet", font=SYSTEM_FONT, font_mono=SYSTEM_MONO),
        "css_paths": ASSETS / "page" / "gradio.css",
        "show_error": True,  # a program that calls the endpoint wrongly is told how
        # Gradio would keep each call with all props of its component in the reader's browser.
        "run_history": False,
        # Nothing of the page is in a session, but Gradio keeps in it what a call has brought.
        "state_session_capacity": 16,
        "footer_links": ["api", "settings"],
        # One way to serve the page: Node would write it without what `app_kwargs` adds, and draw
        # nothing that the page's own script does not draw.
        "ssr_mode": False,
        "app_kwargs": {
            "middleware": [Middleware(one) for one in (RootPath, Guard, Unread, FrontPage)],
            "routes": [
                Route("/play", play),
                Route(f"/{FOLDER}/{{name}}", page_script),
                *ClassApi().routes,
            ],
        },
    }
