"""Serve an app for as long as a test needs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr
from ports import free_port

from attention.ui.connections import limit_connections
from attention.ui.page import launch_options

limit_connections()


@contextmanager
def serve(demo: gr.Blocks, **options: object) -> Iterator[str]:
    """Serve an app as `app.py` does, on a free port; yields its address without a final slash.

    Gradio looks for a port itself, but two that look at the same moment find the same one.
    """
    quiet = {"prevent_thread_lock": True, "quiet": True}
    try:
        _, url, _ = demo.launch(**launch_options() | quiet | {"server_port": free_port()} | options)
        yield url.rstrip("/")
    finally:
        demo.close(verbose=False)
