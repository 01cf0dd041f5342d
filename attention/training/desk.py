"""The desk where trainings wait for their turn: at most two at a time, each in its own process."""

from __future__ import annotations

import atexit
import json
import logging
import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock, Thread
from typing import Any

from attention.scene import Refused
from attention.training.recording import Over, Recording
from attention.training.task import Options, Task
from attention.training.worker import heard

WORKER = (sys.executable, "-m", "attention.training.worker")
ROOT = Path(__file__).resolve().parents[2]
# One core each: two trainings do not get into each other's way, and small models gain nothing
# from more.
QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}


@dataclass
class Training:
    """One that waits, runs or is over.

    Attributes:
        task: what is trained.
        options: how.
        recording: what came of it so far.
        batch: how far the present epoch is: {"model", "epoch", "loss"}.
        begun: when it left the queue, in `time.monotonic()`; None: it waits.
        ready: when its process had loaded TensorFlow; None: not yet.
        asked: when its visitor was last heard of.
        process: where it runs.
    """

    task: Task
    options: Options
    recording: Recording
    batch: dict[str, Any] | None = None
    begun: float | None = None
    ready: float | None = None
    asked: float = field(default_factory=time.monotonic)
    process: subprocess.Popen | None = None

    def hear(self, word: str, what: Any) -> None:
        """Write down one word of the process."""
        if word == "ready":
            self.ready = time.monotonic()
        elif word == "batch":
            self.batch = what
        else:
            self.recording.hear(word, what)


class Desk:
    """Gives out tickets, and lets trainings in.

    Args:
        at_once: how many run at a time.
        waiting: how many may wait; one more is refused.
        kept: how many that are over can still be asked about.
        patience: who has not asked for so many seconds has left.
        grace: seconds beyond the task's own limit, for loading and looking, until it is ended.
        rest: seconds that a process waits, ready, for the next visitor.
        command: what runs one training.
    """

    def __init__(
        self,
        at_once: int = 2,
        waiting: int = 30,
        kept: int = 64,
        patience: float = 15.0,
        grace: float = 60.0,
        rest: float = 600.0,
        command: tuple[str, ...] = WORKER,
    ) -> None:
        self._at_once, self._waiting, self._kept = at_once, waiting, kept
        self._patience, self._grace, self._rest = patience, grace, rest
        self._command = command
        self._lock = RLock()
        self._trainings: dict[str, Training] = {}  # by ticket, oldest first
        self._spare: subprocess.Popen | None = None
        self._spare_since = 0.0
        self._watching = self._closed = False
        atexit.register(self.close)

    def enter(self, task: Task, options: Options) -> str:
        """Queue up a training; -> its ticket, which nobody can guess.

        Raises:
            Refused: too many wait already.
        """
        with self._lock:
            queue = len(self._queue())
            if queue >= self._waiting:
                raise Refused(f"at most {self._waiting} trainings can wait; {queue} do already")
            ticket = secrets.token_urlsafe(12)
            recording = Recording(task.name, options.model_dump())
            self._trainings[ticket] = Training(task, options, recording)
            self._forget()
            self._let_in()
            return ticket

    def follow(self, ticket: str, since: int = 0) -> dict[str, Any]:
        """How a training stands, with what was recorded from epoch record `since` on.

        Returns:
            `place` in the queue (0: not waiting), whether it is still `warming`, the `seconds` that
            it trains, the present `batch`, and the `recording` as far as it is new.
        """
        with self._lock:
            training = self.training(ticket)
            training.asked = now = time.monotonic()
            queue = self._queue()
            running = training.recording.over is None and training.begun is not None
            return {
                "place": queue.index(training) + 1 if training in queue else 0,
                "warming": running and training.ready is None,
                "seconds": now - training.ready if training.ready else 0.0,
                "batch": training.batch,
                "recording": training.recording.for_page(since),
            }

    def training(self, ticket: str) -> Training:
        """The one with this ticket.

        Raises:
            Refused: there is none, or it was forgotten.
        """
        try:
            return self._trainings[ticket]
        except KeyError:
            raise Refused("this training is not known here any more; train again") from None

    def stop(self, ticket: str, why: Over = "stopped") -> None:
        """End a training, wherever it is; what was recorded stays."""
        with self._lock:
            self._end(self.training(ticket), why)

    def warm(self) -> None:
        """Have a process ready for the next visitor, if one could run at once."""
        with self._lock:
            room = len(self._running()) < self._at_once
            if room and self._spare is None and not self._closed:
                self._spare, self._spare_since = self._start(), time.monotonic()
                self._watch()

    def close(self) -> None:
        """End everything, and let nobody in any more."""
        with self._lock:
            self._closed = True
            for training in self._queue() + self._running():
                self._end(training, "stopped")
            self._dismiss()

    def _queue(self) -> list[Training]:
        return [one for one in self._open() if one.begun is None]

    def _running(self) -> list[Training]:
        return [one for one in self._trainings.values() if one.process is not None]

    def _open(self) -> list[Training]:
        return [one for one in self._trainings.values() if one.recording.over is None]

    def _forget(self) -> None:
        over = [
            ticket
            for ticket, one in self._trainings.items()
            if one.recording.over and one.process is None
        ]
        for ticket in over[: max(0, len(over) - self._kept)]:
            del self._trainings[ticket]

    def _let_in(self) -> None:
        for training in self._queue()[: self._at_once - len(self._running())]:
            training.begun = time.monotonic()
            training.process, self._spare = self._spare or self._start(), None
            Thread(target=self._attend, args=[training], name="training", daemon=True).start()
        self._watch()

    def _start(self) -> subprocess.Popen:
        return subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=os.environ | QUIET,
        )

    def _attend(self, training: Training) -> None:
        """Listen to one training until its process ends."""
        process = training.process
        try:
            with process:
                request = {"task": training.task.name, "options": training.options.model_dump()}
                print(json.dumps(request), file=process.stdin, flush=True)
                for line in process.stdout:
                    word, what = heard(line)
                    with self._lock:
                        if training.recording.over is None:
                            training.hear(word, what)
        except OSError:  # it was ended before it had read
            pass
        except ValueError:
            logging.getLogger(__name__).exception("a training said what nobody understands")
            process.kill()
        with self._lock:
            training.recording.over = training.recording.over or "failed"
            training.process = None
            self._let_in()
            self.warm()

    def _end(self, training: Training, why: Over) -> None:
        training.recording.over = training.recording.over or why
        if training.process is not None:
            training.process.kill()

    def _dismiss(self) -> None:
        if self._spare is not None:
            self._spare.kill()
            self._spare.communicate()
            self._spare = None

    def _watch(self) -> None:
        if not self._watching:
            self._watching = True
            Thread(target=self._look_around, name="desk", daemon=True).start()

    def _look_around(self) -> None:
        """End what nobody waits for any more, as long as there is anything."""
        while True:
            time.sleep(0.5)
            with self._lock:
                now = time.monotonic()
                for training in self._open():
                    if now - training.asked > self._patience:
                        self._end(training, "left")
                    elif training.begun and now - training.begun > self._limit(training):
                        self._end(training, "time")
                if self._spare and now - self._spare_since > self._rest:
                    self._dismiss()
                if not self._open() and self._spare is None:
                    self._watching = False
                    return

    def _limit(self, training: Training) -> float:
        return training.task.seconds + self._grace
