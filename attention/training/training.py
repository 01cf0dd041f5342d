"""One training, from its place in the queue to what it has left."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from attention.fairness import NOBODY, Visitor
from attention.training.process import Process
from attention.training.recording import Over, Recording
from attention.training.task import Options, Task


@dataclass
class Training:
    """One that waits, runs or is over. Times are those of `time.monotonic()`.

    Attributes:
        task: what is trained.
        options: how.
        recording: what came of it so far.
        visitor: for whom.
        batch: how far the present epoch is: {"model", "epoch", "loss"}.
        asked: when its visitor last asked for it.
        begun: when it left the queue; None: it waits.
        ready: when its process had loaded TensorFlow; None: not yet.
        ended: when it was over; None: not yet.
        process: where it runs, as long as it does.
    """

    task: Task
    options: Options
    recording: Recording
    visitor: Visitor = NOBODY
    batch: dict[str, Any] | None = None
    asked: float = field(default_factory=time.monotonic)
    begun: float | None = None
    ready: float | None = None
    ended: float | None = None
    process: Process | None = None

    def record(self, event: str, data: Any) -> None:
        """Write down one event of the process."""
        if event == "ready":
            self.ready = time.monotonic()
        elif event == "batch":
            self.batch = data
        elif event == "over":
            self.end(data)
        else:
            self.recording.record(event, data)

    def end(self, why: Over) -> None:
        """It is over, unless it was already; its process, if there is one, has no more to do."""
        if self.ended is None:
            self.recording.over, self.ended = why, time.monotonic()
        if self.process is not None:
            self.process.end()

    @property
    def seconds(self) -> float:
        """How long it has trained."""
        return 0.0 if self.ready is None else (self.ended or time.monotonic()) - self.ready
