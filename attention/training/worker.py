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
    tell = _Teller(_own_output())
    from attention.training.fitting import train
    from attention.training.tasks import TASKS

    tell("ready", None)
    line = sys.stdin.readline()
    if not line:  # nobody wanted it
        return
    request = json.loads(line)
    task = TASKS[request["task"]]
    try:
        train(task, task.Options(**request["options"]), tell)
    except BrokenPipeError:
        pass  # nobody listens any more


def _own_output() -> TextIO:
    """The way out, for the lines of JSON alone: whatever else prints goes to the log."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return out


class _Teller:
    """Writes a line for each word of `fitting.train`."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def __call__(self, word: str, what: Any) -> None:
        if word == "epoch":
            epoch, weights = what
            what = [epoch.model_dump(), pack(weights)]
        print(json.dumps([word, what], ensure_ascii=False), file=self._out, flush=True)


def pack(arrays: list[np.ndarray]) -> str:
    """Arrays as text; `unpack` reads it."""
    held = io.BytesIO()
    np.savez(held, *arrays)
    return base64.b64encode(held.getvalue()).decode()


def unpack(text: str) -> list[np.ndarray]:
    """What `pack` wrote."""
    with np.load(io.BytesIO(base64.b64decode(text)), allow_pickle=False) as held:
        return [held[f"arr_{place}"] for place in range(len(held.files))]


def heard(line: str) -> tuple[str, Any]:
    """A word and what belongs to it, as `fitting.train` reported them."""
    word, what = json.loads(line)
    if word == "epoch":
        what = (Epoch(**what[0]), unpack(what[1]))
    return word, what


if __name__ == "__main__":
    main()
