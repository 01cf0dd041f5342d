"""The other end of a worker: a process of its own that does one training and ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attention.training.task import Options, Task
from attention.training.worker import read_json_line

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


class Process:
    """A worker that loads TensorFlow at once, and then waits to be told what to train.

    Args:
        command: what runs one training.

    Raises:
        OSError: the machine has no room for it.
    """

    def __init__(self, command: tuple[str, ...] = WORKER) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=os.environ | QUIET,
        )

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def train(self, task: Task, options: Options) -> Iterator[tuple[str, Any]]:
        """Let it train; -> "ready" and the events of `fitting.train`, as they come.

        Raises:
            OSError: it ended before it had read what to do.
            ValueError: a line is no event.
        """
        request = {"task": task.name, "options": options.model_dump()}
        assert self._process.stdout is not None  # it is a pipe
        print(json.dumps(request), file=self._process.stdin, flush=True)
        yield from map(read_json_line, self._process.stdout)

    def end(self) -> None:
        """End it now, whatever it does; whoever reads its events reads no more."""
        self._process.kill()

    def close(self) -> None:
        """Wait for its end, and give back all that it had."""
        self.end()
        self._process.wait()
        for pipe in filter(None, (self._process.stdin, self._process.stdout)):
            try:
                pipe.close()
            except OSError:  # something was written that nobody read
                pass
