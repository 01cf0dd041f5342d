"""The queue of trainings: at most two run at a time, each in its own process."""

from __future__ import annotations

import atexit
import logging
import secrets
import time
from collections import Counter, deque
from threading import RLock, Thread
from typing import Any

from attention.fairness import NOBODY, REMEMBERED, Visitor, in_turn
from attention.texts import UserError
from attention.training.process import WORKER, Process
from attention.training.recording import Recording
from attention.training.task import Options, Task
from attention.training.training import Training

log = logging.getLogger(__name__)


class JobQueue:
    """Gives out tickets, and starts trainings as others end, in fair turns.

    Args:
        at_once: how many run at a time.
        waiting: how many may wait; one more is refused.
        at_address: how many of them for one address, behind which may be a class.
        kept: how many that are over can still be asked about.
        patience: who trains and has not asked for so many seconds has left.
        long_patience: the same for who waits: browsers wake a hidden page but once a minute.
        grace: seconds beyond the task's own limit, for loading and looking, until it is ended.
        rest: seconds that a process waits, ready, for the next visitor.
        command: what runs one training.
    """

    def __init__(
        self,
        at_once: int = 2,
        waiting: int = 120,
        at_address: int = 40,
        kept: int = 64,
        patience: float = 20.0,
        long_patience: float = 75.0,
        grace: float = 60.0,
        rest: float = 600.0,
        command: tuple[str, ...] = WORKER,
    ) -> None:
        self._at_once, self._kept = at_once, kept
        self._waiting, self._at_address = waiting, at_address
        self._patience, self._long_patience = patience, long_patience
        self._grace, self._rest = grace, rest
        self._command = command
        self._lock = RLock()
        self._trainings: dict[str, Training] = {}  # by ticket, oldest first
        self._served: deque[Visitor] = deque(maxlen=REMEMBERED)
        self._spare: Process | None = None
        self._spare_since = 0.0
        self._watching = self._closed = False
        atexit.register(self.close)

    def enter(self, task: Task, options: Options, visitor: Visitor = NOBODY) -> str:
        """Queue up a training; -> its ticket, which nobody can guess.

        Args:
            task: what to train.
            options: how.
            visitor: for whom; what nobody asks for is for nobody else.

        Raises:
            UserError: too many wait already, or one of this visitor.
        """
        ticket = secrets.token_urlsafe(12)
        if visitor == NOBODY:
            visitor = Visitor(session=ticket)
        with self._lock:
            self._make_room(visitor)
            recording = Recording(task.name, options.model_dump())
            self._trainings[ticket] = Training(task, options, recording, visitor)
            self._forget()
            self._start_waiting()
            return ticket

    def follow(self, ticket: str, since: int = 0) -> dict[str, Any]:
        """How a training stands, with what was recorded from epoch record `since` on.

        Returns:
            `place` in the queue (0: not waiting), whether it is still `warming`, the `seconds` that
            it trains, the present `batch`, and the `recording` as far as it is new.
        """
        with self._lock:
            training = self.training(ticket)
            training.asked = time.monotonic()
            queue = self._queue()
            running = training.ended is None and training.begun is not None
            return {
                "place": queue.index(training) + 1 if training in queue else 0,
                "warming": running and training.ready is None,
                "seconds": training.seconds,
                "batch": training.batch,
                "recording": training.recording.for_page(since),
            }

    def training(self, ticket: str) -> Training:
        """The one with this ticket.

        Raises:
            UserError: there is none, or it was forgotten.
        """
        try:
            return self._trainings[ticket]
        except KeyError:
            raise UserError("refused_forgotten") from None

    def stop(self, ticket: str) -> None:
        """End a training, wherever it is; what was recorded stays."""
        with self._lock:
            self.training(ticket).end("stopped")

    def warm(self) -> None:
        """Have a process ready for the next visitor, if one could run at once."""
        with self._lock:
            full = len(self._running()) >= self._at_once
            if full or self._closed or (self._spare and self._spare.is_alive):
                return
            try:
                self._spare, self._spare_since = Process(self._command), time.monotonic()
            except OSError:
                log.exception("no process to train in can be started")
            self._watch()

    def close(self) -> None:
        """End everything, and start nothing any more."""
        with self._lock:
            self._closed = True
            for training in self._open():
                training.end("stopped")
            self._close_spare()

    def _make_room(self, visitor: Visitor) -> None:
        """Each visitor may have one that runs and one that waits."""
        waiting = [one.visitor for one in self._queue()]
        if visitor in waiting:
            raise UserError("refused_own_queue")
        if len(waiting) >= self._waiting:
            raise UserError("refused_queue", most=self._waiting, came=len(waiting))
        here = sum(one.address == visitor.address for one in waiting)
        if here >= self._at_address:
            raise UserError("refused_address_queue", most=self._at_address, came=here)

    def _open(self) -> list[Training]:
        return [one for one in self._trainings.values() if one.ended is None]

    def _queue(self) -> list[Training]:
        """Those that wait, in the order in which they are served."""
        running = [one.visitor for one in self._running()]
        waiting = [one for one in self._open() if one.begun is None]
        return in_turn(waiting, lambda one: one.visitor, running, self._served)

    def _next(self) -> Training | None:
        """The one whose turn it is, if there is room for it."""
        running = [one.visitor for one in self._running()]
        if len(running) >= self._at_once:
            return None
        return next((one for one in self._queue() if one.visitor not in running), None)

    def _running(self) -> list[Training]:
        return [one for one in self._trainings.values() if one.process is not None]

    def _forget(self) -> None:
        """Of those that are over, keep so many: the address that has the most loses its oldest."""
        over = {
            ticket: one.visitor.address
            for ticket, one in self._trainings.items()
            if one.ended is not None and one.process is None
        }
        while len(over) > self._kept:
            (greedy, _), *_ = Counter(over.values()).most_common(1)
            ticket = next(ticket for ticket, address in over.items() if address == greedy)
            del self._trainings[ticket], over[ticket]

    def _start_waiting(self) -> None:
        """Start as many of those that wait as may run; after `close`, none."""
        if self._closed:
            return
        while (training := self._next()) is not None:
            training.begun = time.monotonic()
            self._served.append(training.visitor)
            try:
                process = training.process = self._take_process()
            except OSError:
                log.exception("no process to train in can be started")
                training.end("failed")
            else:
                Thread(
                    target=self._listen, args=[training, process], name="training", daemon=True
                ).start()
        self._watch()

    def _take_process(self) -> Process:
        """The process that stands ready, or a new one."""
        spare, self._spare = self._spare, None
        return spare if spare and spare.is_alive else Process(self._command)

    def _listen(self, training: Training, process: Process) -> None:
        """Write down what a process says, until it has no more to say or is ended."""
        try:
            for event, data in process.train(training.task, training.options):
                with self._lock:
                    if training.ended is None:
                        training.record(event, data)
                if training.ended is not None:
                    break
        except (OSError, ValueError) as problem:
            if training.ended is None:
                log.error("a training failed: %s", problem)
        process.close()
        with self._lock:
            training.process = None
            training.end("failed")  # unless it was over
            if not self._closed:
                self._start_waiting()
                self.warm()

    def _close_spare(self) -> None:
        if self._spare is not None:
            self._spare.close()
            self._spare = None

    def _watch(self) -> None:
        if not self._watching:
            self._watching = True
            Thread(target=self._expire, name="job-queue", daemon=True).start()

    def _expire(self) -> None:
        """End what nobody waits for any more, as long as there is anything."""
        while True:
            time.sleep(0.5)
            with self._lock:
                now = time.monotonic()
                for training in self._open():
                    self._expire_one(training, now)
                if self._spare and now - self._spare_since > self._rest:
                    self._close_spare()
                if not self._open() and self._spare is None:
                    self._watching = False
                    return

    def _expire_one(self, training: Training, now: float) -> None:
        """End a training that takes too long, or whose visitor has left."""
        begun = training.begun
        if now - training.asked > (self._long_patience if begun is None else self._patience):
            training.end("left")
        elif begun is not None and now - begun > training.task.seconds + self._grace:
            training.end("time")
