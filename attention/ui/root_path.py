"""The page under a path of its own, `https://school.example/attention/`.

A proxy may cut that path off before it passes a request on, or keep it. With Gradio's `root_path`
both come to the same here, so that nothing behind this has to know of it.
"""

from __future__ import annotations

from starlette.datastructures import URL
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class RootPath:
    """ASGI middleware: takes the root path off the front of a request's path.

    The page's addresses are relative, so the root path itself leads to the page only with a slash
    at its end, and without one to there.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        root, path = scope.get("root_path", "").rstrip("/"), scope.get("path", "")
        if root and path == root:
            query = scope["query_string"].decode("latin-1")
            page = URL(path=f"{root.rpartition('/')[2]}/", query=query)
            return await RedirectResponse(page, 307)(scope, receive, send)
        if root and path.startswith(f"{root}/"):
            scope = {**scope, "path": path.removeprefix(root)}
        return await self._app(scope, receive, send)
