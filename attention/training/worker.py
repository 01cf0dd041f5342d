"""One training in a process of its own: `python -m attention.training.worker`.

It loads TensorFlow, says so, reads one request from its standard input, trains, tells about it a
line of JSON at a time, and ends. A process of its own keeps the page quick (Python runs one thread
at a time), can be stopped at any moment, and gives back all its memory.
"""

from __future__ import annotations

import base64
import io
import json
import os
import sys
from typing import Any, TextIO

import numpy as np

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
            epoch, weights = data
            data = [epoch.model_dump(), pack(weights)]
        print(json.dumps([event, data], ensure_ascii=False), file=self._out, flush=True)


def pack(arrays: list[np.ndarray]) -> str:
    """Arrays as text; `unpack` reads it."""
    held = io.BytesIO()
    np.savez(held, *arrays)
    return base64.b64encode(held.getvalue()).decode()


def unpack(text: str) -> list[np.ndarray]:
    """What `pack` wrote."""
    with np.load(io.BytesIO(base64.b64decode(text)), allow_pickle=False) as held:
        return [held[f"arr_{place}"] for place in range(len(held.files))]


def read_json_line(line: str) -> tuple[str, Any]:
    """An event and its data, as `fitting.train` reported them."""
    event, data = json.loads(line)
    if event == "epoch":
        data = (Epoch(**data[0]), unpack(data[1]))
    return event, data


if __name__ == "__main__":
    main()
