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
from collections import Counter
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attention.errors import explain
from attention.fairness import Visitor, address_of, present
from attention.texts import short
from attention.ui.api import Arguments

log = logging.getLogger(__name__)

LONGEST_NAME = 64  # characters of a session, an event, a function
LARGEST_BODY = 4 * 2**20  # bytes; the largest are ten seconds of sound at 48 kHz: 1.3 MB, and JSON
HELD_AT_ADDRESS, HELD = 16 * LARGEST_BODY, 48 * LARGEST_BODY  # bytes of all bodies at a time
QUICKLY_READ = 2**16  # bytes; a larger body is checked in a thread

# By the first part of a path, of Gradio's API by the second.
OPEN = frozenset(
    {"", "assets", "class", "config", "favicon.ico", "manifest.json", "page", "play", "pwa_icon"}
    | {"robots.txt", "static", "theme.css"}
)
API = "gradio_api"
FILE = "path"  # the member by which Gradio knows a file
ARGUMENTS = Arguments.model_fields
OPEN_API = frozenset(
    {"api", "app_id", "call", "cancel", "component_server", "heartbeat", "info", "login_check"}
    | {"mcp"}
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

    data: Annotated[list[Any], Field(min_length=len(ARGUMENTS), max_length=len(ARGUMENTS))]


# The same with the arguments by name; those that have a default can be left out.
NAMES: Any = {
    name: (Any, ... if field.is_required() else None) for name, field in ARGUMENTS.items()
}
NamedCall = create_model(
    "NamedCall", __base__=RequestEnvelope, __cls_kwargs__={"extra": "forbid"}, **NAMES
)
CALLS: dict[re.Pattern[str], type[RequestEnvelope]] = {
    re.compile(f"/{API}/(api|call|run)/attend/?"): Call,
    re.compile(f"/{API}/call/v2/attend/?"): NamedCall,
}


class Guard:
    """ASGI middleware: closed routes, sound bodies of a limited size, headers for every answer.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._held: Counter[str] = Counter()  # bytes of bodies, by address
        # json keeps all other threads waiting while it reads.
        self._one_at_a_time = CapacityLimiter(1)

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

        address = address_of(scope["client"][0] if scope.get("client") else "")
        body = bytearray()
        try:
            if not is_open(scope["path"]):
                raise Refused(404, "Not found")
            await self._read(body, address, receive)
            whole = bytes(body)
            present.set(Visitor(address, await self._session(scope, whole)))
            await self._app(scope, _again(whole, receive), guarded)
        except Refused as refused:
            await refused.response()(scope, receive, guarded)
        except Exception as error:  # of Gradio, at something that neither page nor client sends
            log.error("%s %.80r: %s", scope["method"], scope["path"], _one_line(error))
            if not started:
                unknown = Refused(400, "The server can make nothing of this request.")
                await unknown.response()(scope, receive, guarded)
        finally:
            self._held[address] -= len(body)
            if not self._held[address]:
                del self._held[address]
        return None

    async def _read(self, body: bytearray, address: str, receive: Receive) -> None:
        """Read all of a request's body, as far as it and all others at a time are not too large."""
        more = True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                raise Refused(400, "The request must be whole; its sender has left.")
            piece = message.get("body", b"")
            body += piece
            self._held[address] += len(piece)
            if len(body) > LARGEST_BODY:
                rule = f"A request must have at most {LARGEST_BODY:,} bytes; got more."
                raise Refused(413, rule)
            if self._held[address] > HELD_AT_ADDRESS or self._held.total() > HELD:
                raise Refused(503, "The server is busy with large requests; try again in a moment.")
            more = message.get("more_body", False)

    async def _session(self, scope: Scope, body: bytes) -> str:
        """The name of the session that a sound body has."""
        if not body:
            return ""
        kind = Headers(scope=scope).get("content-type", "").partition(";")[0].strip()
        if kind != "application/json":
            raise Refused(
                415, f"A request must be application/json; got {short(kind) or 'nothing'}"
            )
        envelope = next(
            (model for path, model in CALLS.items() if path.fullmatch(scope["path"])),
            RequestEnvelope,
        )
        if len(body) <= QUICKLY_READ:
            return _envelope(envelope, body).session_hash or ""
        checked = to_thread.run_sync(_envelope, envelope, body, limiter=self._one_at_a_time)
        return (await checked).session_hash or ""


class Refused(Exception):
    """Why a request is not passed on.

    Args:
        status: of HTTP.
        rule: what holds, what is allowed and what came.
    """

    def __init__(self, status: int, rule: str) -> None:
        super().__init__(rule)
        self._status = status

    def response(self) -> Response:
        """What its sender hears; of a body too many, the rest is not read."""
        headers = {"Connection": "close"} if self._status in (413, 503) else {}
        return PlainTextResponse(str(self), self._status, headers=headers)


def is_open(path: str) -> bool:
    """Whether anything of the page asks there.

    >>> is_open("/"), is_open("/gradio_api/call/attend"), is_open("/gradio_api/file=/etc/passwd")
    (True, True, False)
    """
    first, _, rest = path.removeprefix("/").partition("/")
    if first == API:
        return rest.partition("/")[0] in OPEN_API
    return first in OPEN


def _envelope(envelope: type[RequestEnvelope], body: bytes) -> RequestEnvelope:
    try:
        checked = envelope.model_validate_json(body)  # refuses what nests too deeply
        json.loads(body, object_hook=_no_file)
    except ValidationError as error:
        raise Refused(422, explain(error)) from None
    except ValueError as error:
        raise Refused(422, str(error)) from None
    return checked


def _no_file(members: dict[str, Any]) -> None:
    """Refuse an object of a request that Gradio could take for a file."""
    if FILE in members:
        raise ValueError(
            f"A request must hold numbers and text, no files; got an object with {FILE!r}"
        )


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
