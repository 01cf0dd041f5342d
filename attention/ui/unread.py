"""Answers that nobody fetches are not kept.

Who calls `/attend` gets a number, and with that number the answer. Gradio keeps each answer until
somebody asks for it, up to 2,000 of them.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any, NamedTuple

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attention.fairness import Visitor, present
from attention.ui.guard import API

JOIN = re.compile(f"/{API}/(call/(v2/)?[^/]+|queue/join)/?")
KEPT = 60.0  # seconds
# At one address: calls, and the bytes of them. Gradio keeps the question with the answer.
MOST_UNREAD, LARGEST_UNREAD = 200, 4 * 2**20


class Call(NamedTuple):
    """One call whose answer has yet to be fetched.

    Attributes:
        visitor: who called.
        size: bytes of the call.
    """

    visitor: Visitor
    size: int


class Unread:
    """ASGI middleware: notes the calls of `/attend`, and drops what is not fetched in time.

    Args:
        app: Gradio's.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._unread: dict[str, Call] = {}  # by the number of the event

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        is_call = scope["type"] == "http" and scope["method"] == "POST"
        if not is_call or not JOIN.fullmatch(scope["path"]):
            return await self._app(scope, receive, send)
        visitor, queue = present.get(), scope["app"].get_blocks()._queue
        message = await receive()  # all of it: the guard has read it
        size = len(message.get("body", b""))
        self._forget_read(queue)
        here = [
            call.size for call in self._unread.values() if call.visitor.address == visitor.address
        ]
        if len(here) >= MOST_UNREAD or sum(here) + size > LARGEST_UNREAD:
            rule = (
                f"At most {MOST_UNREAD} answers, to calls of {LARGEST_UNREAD:,} bytes in all, can "
                "wait for one address; fetch them first."
            )
            return await PlainTextResponse(rule, 429)(scope, receive, send)
        waiting = [message]

        async def again() -> Message:
            return waiting.pop() if waiting else await receive()

        answer = bytearray()

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.body":
                answer.extend(message.get("body", b""))
                if not message.get("more_body", False) and (event := _event_in(bytes(answer))):
                    session = visitor.session or event
                    self._unread[event] = Call(Visitor(visitor.address, session), size)
                    asyncio.get_running_loop().call_later(KEPT, self._drop, queue, session, event)
            await send(message)

        await self._app(scope, again, noted)
        return None

    def _forget_read(self, queue: Any) -> None:
        pending = queue.pending_event_ids_session
        for event, call in [*self._unread.items()]:
            if event not in pending.get(call.visitor.session, ()):
                del self._unread[event]

    def _drop(self, queue: Any, session: str, event: str) -> None:
        """Forget an event that is over; one that still runs gets the same time once more."""
        if event in queue.event_ids_to_events:
            asyncio.get_running_loop().call_later(KEPT, self._drop, queue, session, event)
            return
        self._unread.pop(event, None)
        _forget(queue, session, event)


def _event_in(answer: bytes) -> str | None:
    """The number that a call has been given."""
    try:
        return json.loads(answer).get("event_id")
    except (ValueError, AttributeError):
        return None  # it was refused


def _forget(queue: Any, session: str, event: str) -> None:
    """Drop what Gradio's queue has to tell of an event.

    These names are Gradio's own; `test_unread.py` fails when they change.
    """
    events = queue.pending_event_ids_session.get(session, set())
    events.discard(event)
    messages = queue.pending_messages_per_session.get(session)
    if not events:
        queue.pending_event_ids_session.pop(session, None)
        queue.pending_messages_per_session.pop(session, None)
    elif messages is not None:
        for _ in range(messages.qsize()):
            message = messages.get_nowait()
            if message.event_id != event:
                messages.put_nowait(message)
