"""What takes long, drawing and Keras, waits in a line of its own and never in another's way.

Gradio answers everything with the same few threads. Sixty drawings would hold them all, and whoever
only opens the page would wait for the last.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any, TypeVar

from attention.fairness import REMEMBERED, Visitor, in_turn, present
from attention.texts import UserError

T = TypeVar("T")


@dataclass(eq=False)
class Job:
    """One piece of work, and where its result is awaited."""

    work: Callable[[], Any]
    visitor: Visitor = field(default_factory=present.get)
    context: Context = field(default_factory=copy_context)
    result: Future[Any] = field(default_factory=Future)


class SlowWork:
    """A few threads, and a line in which visitors have fair turns.

    Args:
        threads: how many pieces of work are done at a time.
        waiting: how many may wait; one more is refused.
        at_address: how many of them for one address, behind which may be a class.
        patience: seconds after which nobody waits for a result any longer.
    """

    def __init__(
        self, threads: int = 2, waiting: int = 120, at_address: int = 40, patience: float = 60.0
    ) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="slow-work")
        self._at_once, self._waiting, self._at_address = threads, waiting, at_address
        self._patience = patience
        self._lock = Lock()
        self._line: list[Job] = []  # oldest first
        self._running: list[Job] = []
        self._served: deque[Visitor] = deque(maxlen=REMEMBERED)

    async def do(self, work: Callable[[], T]) -> T:
        """The result of some work, when its turn has come and it is done.

        Raises:
            UserError: too much waits already, or it takes too long.
        """
        job = Job(work)
        with self._lock:
            self._make_room(job.visitor)
            self._line.append(job)
            self._start()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(job.result), self._patience)
        except TimeoutError:
            raise UserError("refused_slow", most=round(self._patience)) from None

    def _make_room(self, visitor: Visitor) -> None:
        self._line = [job for job in self._line if not job.result.cancelled()]
        here = sum(job.visitor.address == visitor.address for job in self._line)
        if len(self._line) >= self._waiting or here >= self._at_address:
            raise UserError("refused_busy")

    def _start(self) -> None:
        running = [job.visitor for job in self._running]
        for job in in_turn(self._line, lambda job: job.visitor, running, self._served):
            if len(self._running) >= self._at_once:
                return
            self._line.remove(job)
            if job.result.set_running_or_notify_cancel():  # else its visitor waits no longer
                self._running.append(job)
                self._served.append(job.visitor)
                self._threads.submit(self._work, job)

    def _work(self, job: Job) -> None:
        try:
            job.result.set_result(job.context.run(job.work))
        except BaseException as error:
            job.result.set_exception(error)
        with self._lock:
            self._running.remove(job)
            self._start()


# For the whole process: it is the machine that has two cores.
drawing = SlowWork()
checking = SlowWork(
    waiting=2_000, at_address=500
)  # of all that a class asks for at the same moment


def in_line(
    line: SlowWork, answer: Callable[[Any], dict[str, Any]]
) -> Callable[[Any], Awaitable[dict[str, Any]]]:
    """The same answer, given when its turn has come; meanwhile it holds no thread."""

    @wraps(answer)
    async def waiting(request: Any) -> dict[str, Any]:
        try:
            return await line.do(lambda: answer(request))
        except UserError as error:
            return {"error": error.text}

    return waiting
