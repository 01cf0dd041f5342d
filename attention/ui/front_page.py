"""The HTML that Gradio writes: packed, held to a policy, and with a fallback where it cannot start.

Beside it, what it fetches besides Gradio's own: the page's scripts, and the fallback itself.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from functools import lru_cache
from html.parser import HTMLParser

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attention.export import course
from attention.export.self_contained_html import hashes
from attention.scripts import script
from attention.ui.page_script import FOLDER, FOREVER
from attention.ui.playground import Playground

MOST_KEPT = 8  # it is the same for everybody who came by the same name of the host

# Scripts: files of this host, and those that stand in the page as Gradio wrote it, none that came
# later. `eval` is how gr.HTML runs a component's script, inline styles are how Svelte styles.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {scripts}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'"
)

NAMED = re.compile(rf"{FOLDER}/[0-9a-f]+\.js")


class FrontPage:
    """ASGI middleware: rewrites the page at `/`; all else goes through.

    Args:
        app: what writes the page.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            return await self._app(scope, receive, send)
        start: Message = {}
        written = bytearray()

        async def rewritten(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            written.extend(message.get("body", b""))
            if not message.get("more_body"):
                made = _answer(start, bytes(written), Headers(scope=scope))
                await made(scope, receive, send)

        return await self._app(scope, receive, rewritten)


def _answer(start: Message, body: bytes, asked: Headers) -> Response:
    if start["status"] != 200:
        return Response(body, start["status"], Headers(raw=start["headers"]))
    page, packed, policy = _finished(body)
    return _packed_if_asked(page, packed, policy, asked)


def _packed_if_asked(page: bytes, packed: bytes, policy: str, asked: Headers) -> Response:
    return _negotiated(page, packed, {"Content-Security-Policy": policy}, asked, "text/html")


def _negotiated(
    plain: bytes, packed: bytes, headers: Mapping[str, str], asked: Headers, media_type: str
) -> Response:
    """One of both, whichever the browser can read."""
    said = {**headers, "Vary": "Accept-Encoding"}
    if "gzip" in asked.get("accept-encoding", ""):
        return Response(packed, headers=said | {"Content-Encoding": "gzip"}, media_type=media_type)
    return Response(plain, headers=said, media_type=media_type)


@lru_cache(MOST_KEPT)
def _finished(body: bytes) -> tuple[bytes, bytes, str]:
    """The page with its fallback, the same packed, and its policy."""
    page = body.decode()
    # What the page's component will ask for comes meanwhile.
    soon = "".join(
        f'\n<link rel="modulepreload" href="{path}">' for path in NAMED.findall(page)[:1]
    )
    page = page.replace("<head>", f"<head>\n<script>{script('fallback.js')}</script>{soon}", 1)
    return (
        page.encode(),
        gzip.compress(page.encode(), mtime=0),
        POLICY.format(scripts=hashes(_InlineScripts(page).texts)),
    )


class _InlineScripts(HTMLParser):
    """Collects the `texts` of the scripts that stand in a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)
        self.texts += [""] * self._inside

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data


def page_script(request: Request) -> Response:
    """A script of the page that this app serves; 404 for one of another version."""
    blocks = request.app.get_blocks().blocks.values()
    pages = [block.script for block in blocks if isinstance(block, Playground)]
    for file in (file for page in pages for file in page.files):
        if file.path == f"{FOLDER}/{request.path_params['name']}":
            headers = {"Cache-Control": FOREVER}
            kind = "text/javascript"
            return _negotiated(file.content, file.packed, headers, request.headers, kind)
    return PlainTextResponse("Not found", 404)


def play(request: Request) -> Response:
    """The course in one file, which needs neither modules nor Gradio; it has its own policy."""
    return _packed_if_asked(*_course(), "object-src 'none'", request.headers)


@lru_cache(1)
def _course() -> tuple[bytes, bytes]:
    page = course().encode()
    return page, gzip.compress(page, mtime=0)
