"""What stands between the network and Gradio: only what the page needs comes in, and in measure.

The page reads files in the browser and makes its downloads there, so the server takes no uploads,
hands out no files and asks no other host, all of which Gradio can.

Gradio takes an object with `path` and `meta`, wherever it stands in the data of a call, for a file,
and fetches it, from another host too. Nothing of the page has a member `path`, so no object of a
request may have one.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attention.errors import explain
from attention.texts import short
from attention.ui.api import Arguments

log = logging.getLogger(__name__)

LONGEST_NAME = 64  # characters of a session, an event, a function
LARGEST_BODY = 4 * 2**20  # bytes; the largest are ten seconds of sound at 48 kHz: 1.3 MB, and JSON

# By the first part of a path, of Gradio's API by the second.
OPEN = frozenset(
    {"", "assets", "config", "favicon.ico", "manifest.json", "page", "play", "pwa_icon"}
    | {"robots.txt", "static", "theme.css"}
)
API = "gradio_api"
FILE = "path"  # the member by which Gradio knows a file
CALL = re.compile(f"/{API}/(api|call|run)/attend/?")
ARGUMENTS = len(Arguments.model_fields)
OPEN_API = frozenset(
    {"api", "app_id", "call", "cancel", "component_server", "heartbeat", "info", "login_check"}
    | {"openapi.json", "queue", "reset", "run", "startup-events", "theme.css", "token", "user"}
)

# Nothing says who may show the page in a frame, so all may: Hugging Face, a course, a file from a
# stick (which not even `frame-ancestors *` lets in). Nobody is logged in here, so there is nothing
# that a click in a frame could steal.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
    "Referrer-Policy": "strict-origin",
    "X-Content-Type-Options": "nosniff",
}


class RequestEnvelope(BaseModel):
    """What every JSON body has to be, whatever it asks for; its data are checked by what it asks.

    Gradio keeps something for each session, under its name, and looks the others up as they come.
    """

    model_config = ConfigDict(extra="allow", strict=True)

    session_hash: Annotated[str, Field(max_length=LONGEST_NAME)] | None = None
    event_id: Annotated[str, Field(max_length=LONGEST_NAME)] | None = None
    fn_name: Annotated[str, Field(max_length=LONGEST_NAME)] | None = None
    fn_index: Annotated[int, Field(ge=0)] | None = None
    component_id: Annotated[int, Field(ge=0)] | None = None


class Call(RequestEnvelope):
    """A call of `/attend`: Gradio tells of a wrong number of arguments with all that it has."""

    data: Annotated[list[Any], Field(min_length=ARGUMENTS, max_length=ARGUMENTS)]


class Guard:
    """ASGI middleware: closed routes, sound bodies of a limited size, headers for every answer.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        if scope["type"] != "http":  # nothing here speaks WebSocket
            return None
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if not is_open(scope["path"]):
            return await _refuse(404, "Not found")(scope, receive, guarded)
        body = await _body(receive)
        if refused := _refusal(scope, body):
            return await refused(scope, receive, guarded)
        try:
            await self._app(scope, _again(body or b"", receive), guarded)
        except Exception as error:  # of Gradio, at something that neither page nor client sends
            log.error("%s %.80r: %s", scope["method"], scope["path"], _one_line(error))
            if not started:
                await _refuse(400, "The server can make nothing of this request.")(
                    scope, receive, guarded
                )
        return None


def is_open(path: str) -> bool:
    """Whether anything of the page asks there.

    >>> is_open("/"), is_open("/gradio_api/call/attend"), is_open("/gradio_api/file=/etc/passwd")
    (True, True, False)
    """
    first, _, rest = path.removeprefix("/").partition("/")
    if first == API:
        return rest.partition("/")[0] in OPEN_API
    return first in OPEN


async def _body(receive: Receive) -> bytes | None:
    """All of a request's body; None: it is too large."""
    held = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":  # whoever asked has left
            return bytes(held)
        held += message.get("body", b"")
        if len(held) > LARGEST_BODY:
            return None
        if not message.get("more_body"):
            return bytes(held)


def _refusal(scope: Scope, body: bytes | None) -> Response | None:
    """Why a request is not passed on; None: it is."""
    if body is None:
        return _refuse(413, f"A request must have at most {LARGEST_BODY:,} bytes; got more.")
    if not body:
        return None
    kind = Headers(scope=scope).get("content-type", "").partition(";")[0].strip()
    if kind != "application/json":
        return _refuse(415, f"A request must be application/json; got {short(kind) or 'nothing'}")
    is_call = CALL.fullmatch(scope["path"]) is not None
    try:
        (Call if is_call else RequestEnvelope).model_validate_json(
            body
        )  # refuses what nests too deeply
        json.loads(body, object_hook=_no_file)
    except ValidationError as error:
        return _refuse(422, explain(error))
    except ValueError as error:
        return _refuse(422, str(error))
    return None


def _no_file(members: dict[str, Any]) -> None:
    """Refuse an object of a request that Gradio could take for a file."""
    if FILE in members:
        raise ValueError(
            f"A request must hold numbers and text, no files; got an object with {FILE!r}"
        )


def _refuse(status: int, rule: str) -> Response:
    return PlainTextResponse(rule, status, headers={"Connection": "close"} if status == 413 else {})


def _one_line(error: Exception) -> str:
    """What went wrong and where, in one line of the log."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{short(repr(error))} at {where.filename}:{where.lineno}"


def _again(body: bytes, receive: Receive) -> Receive:
    """What was read, as if it came now; then whatever else comes."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def from_the_start() -> Message:
        return waiting.pop() if waiting else await receive()

    return from_the_start
