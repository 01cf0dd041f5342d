"""How long a connection may take to ask and to listen, and how many there may be.

uvicorn waits for ever for a request that has begun, and Gradio starts it without a word about that.
So a client could hold every file descriptor with half a line each. Here each connection has so many
seconds for a whole request and for the next piece of an answer, and the machine's last descriptors
stay free: when they run short, the address with the most connections loses its oldest.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import h11
from uvicorn.config import HTTP_PROTOCOLS, LOOP_FACTORIES
from uvicorn.protocols.http.h11_impl import H11Protocol

from attention.fairness import address_of
from attention.ui.machine import descriptors

HEAD_SECONDS = 10.0  # for a request's line and headers, from the connection's first second on
BODY_SECONDS = 60.0  # for its body: 1.3 MB of sound at 22 kB/s
DEAF_SECONDS = 30.0  # that an answer waits until its reader takes more of it
AT_ONCE = 20  # connections that are accepted before the next is looked after
OTHER_FILES = 200  # descriptors for all that is no connection yet: files, pipes of trainings


class Connections:
    """Those of this process, by address.

    Args:
        most: how many there may be; None: as many as the process may open files.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._open: dict[str, dict[Connection, None]] = {}  # by address, oldest first

    @property
    def most(self) -> int:
        """How many there may be."""
        return self._most or max(descriptors() - OTHER_FILES, 16)

    def add(self, connection: Connection, address: str) -> None:
        """One more; where there are too many, one of the address that has the most is closed."""
        self._open.setdefault(address, {})[connection] = None
        if sum(map(len, self._open.values())) > self.most:
            greedy, own = max(self._open.items(), key=lambda each: len(each[1]))
            # First the ones that ask for nothing.
            oldest = next((one for one in own if not one.is_asking), next(iter(own)))
            self.remove(oldest, greedy)
            oldest.abort()

    def remove(self, connection: Connection, address: str) -> None:
        """It is closed, or about to be."""
        own = self._open.get(address, {})
        own.pop(connection, None)
        if not own:
            self._open.pop(address, None)


class Connection(H11Protocol):
    """One connection to a client, with its time limits."""

    _all = Connections()
    _address = ""  # from where it comes
    _state: Any = None  # of the client, as h11 has it
    _timers: dict[str, asyncio.TimerHandle]  # of what the client sends, and of what it reads

    @property
    def is_asking(self) -> bool:
        """Whether a whole request has come, and its answer has not left in full."""
        cycle = self.cycle
        is_answered = cycle is None or cycle.more_body or cycle.response_complete
        return not is_answered or self.transport.get_write_buffer_size() > 0

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._timers = {}
        self._address = address_of(self.client[0] if self.client else "")
        self._all.add(self, self._address)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Something of a request, or all of it."""
        super().data_received(data)
        self._expect()

    def on_response_complete(self) -> None:
        """The next request may come; uvicorn closes the connection if none does."""
        super().on_response_complete()
        self._expect()

    def pause_writing(self) -> None:
        """The client does not read what it has asked for."""
        super().pause_writing()
        self._limit("reading", DEAF_SECONDS)

    def resume_writing(self) -> None:
        """It reads."""
        super().resume_writing()
        self._limit("reading", None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more comes."""
        self._all.remove(self, self._address)
        for timer in self._timers.values():
            timer.cancel()
        super().connection_lost(exc)

    def abort(self) -> None:
        """Close it at once; what has not left is dropped."""
        self.transport.abort()

    def _expect(self) -> None:
        """Give the client so many seconds for the head, and for the body, of a request."""
        state = self.conn.their_state
        if state is self._state:
            return  # more of the same, within the same time
        self._state = state
        seconds = {h11.IDLE: HEAD_SECONDS, h11.SEND_BODY: BODY_SECONDS}.get(state)
        self._limit("asking", seconds)

    def _limit(self, what: str, seconds: float | None) -> None:
        """Give the client so many seconds for something; None: as long as it likes."""
        if what in self._timers:
            self._timers.pop(what).cancel()
        if seconds is not None:
            waiting = self.transport.get_write_buffer_size()
            self._timers[what] = self.loop.call_later(seconds, self._end, what, seconds, waiting)

    def _end(self, what: str, seconds: float, before: int) -> None:
        """The time is over; whoever took some of an answer meanwhile has as much again."""
        if 0 < self.transport.get_write_buffer_size() < before:
            self._limit(what, seconds)
        else:
            self.abort()


class Loop(asyncio.SelectorEventLoop):
    """Accepts a few connections at a time, so that one too many is closed before more come.

    asyncio accepts all that have queued up, 2,048 as uvicorn has it, before anybody hears of the
    first. If the descriptors run out meanwhile, it accepts nothing for a second.
    """

    def _accept_connection(
        self,
        protocol_factory: Any,
        sock: Any,
        sslcontext: Any = None,
        server: Any = None,
        backlog: int = AT_ONCE,
        *timeouts: Any,
    ) -> None:
        few = min(backlog, AT_ONCE)
        super()._accept_connection(protocol_factory, sock, sslcontext, server, few, *timeouts)  # type: ignore[misc]


def loop_factory(use_subprocess: bool = False) -> type[asyncio.AbstractEventLoop]:
    """What uvicorn makes its loop of."""
    return Loop


def limit_connections() -> None:
    """Let uvicorn use it wherever nobody names another protocol, as Gradio does not."""
    HTTP_PROTOCOLS["auto"] = f"{__name__}:{Connection.__name__}"
    if sys.platform != "win32":  # where the loop is another, and descriptors are many
        LOOP_FACTORIES["auto"] = f"{__name__}:{loop_factory.__name__}"
