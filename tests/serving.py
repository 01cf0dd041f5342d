"""Serve an app for as long as a test needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr

from attention.ui.page import launch_options


@contextmanager
def serve(demo: gr.Blocks, **options: object) -> Iterator[str]:
    """Serve an app as `app.py` does, on a free port; yields its address without a final slash."""
    try:
        _, url, _ = demo.launch(
            **launch_options()
            | {"prevent_thread_lock": True, "quiet": True, "ssr_mode": False}
            | options
        )
        yield url.rstrip("/")
    finally:
        demo.close(verbose=False)
