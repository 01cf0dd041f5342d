"""One training in a process of its own: `python -m attention.training.worker`.

It loads TensorFlow, says so, reads one request from its standard input, trains, tells about it a
line of JSON at a time, and ends. A process of its own keeps the page quick (Python runs one thread
at a time), can be stopped at any moment, and gives back all its memory.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, TextIO

from attention.training.recording import Epoch


def main() -> None:
    """Serve one request."""
    if hasattr(os, "nice"):
        os.nice(10)  # whoever only wants to see the page comes first
    report = _JsonLinesWriter(_own_output())
    from attention.training.fitting import train
    from attention.training.tasks import TASKS

    report("ready", None)
    line = sys.stdin.readline()
    if not line:  # nobody wanted it
        return
    request = json.loads(line)
    task = TASKS[request["task"]]
    try:
        train(task, task.Options(**request["options"]), report)
    except BrokenPipeError:
        pass  # nobody listens any more


def _own_output() -> TextIO:
    """Standard output, for the lines of JSON alone: whatever else prints goes to the log."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return out


class _JsonLinesWriter:
    """Writes each event of `fitting.train` as a line of JSON."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def __call__(self, event: str, data: Any) -> None:
        if event == "epoch":
            data = data.model_dump()
        print(json.dumps([event, data], ensure_ascii=False), file=self._out, flush=True)


def read_json_line(line: str) -> tuple[str, Any]:
    """An event and its data, as `fitting.train` reported them."""
    event, data = json.loads(line)
    if event == "epoch":
        data = Epoch(**data)
    return event, data


if __name__ == "__main__":
    main()
