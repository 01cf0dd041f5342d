"""TensorFlow takes seconds to import: do it in the background, and say since when.

Importing this module imports no Keras; the layers are imported in the thread that `warm_up` starts.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import get_args

from attention.scene import PROJECTIONS, Kind, Scene


@dataclass(frozen=True)
class Progress:
    """How the warm-up stands.

    Attributes:
        seconds: since the start; when it is over, how long it took.
        ready: the layers can be used at once.
        error: why it failed.
    """

    seconds: float
    ready: bool = False
    error: str | None = None


class WarmUp:
    """Something slow, done once, in a thread that ends with it.

    Args:
        load: what is slow.
        retry: after a failure everybody hears why for so many seconds; then it is tried again.
    """

    def __init__(self, load: Callable[[], None], retry: float = 5.0) -> None:
        self._load, self._retry = load, retry
        self._lock = Lock()
        self._begin: float | None = None
        self._over: Progress | None = None  # what everybody hears from its end on

    def __call__(self) -> Progress:
        """Start if nobody has, do not wait, and say how it stands."""
        with self._lock:
            now = time.monotonic()
            begin = self._begin
            if begin is None or self._failed_long_before(now, begin):
                begin = self._begin = now
                self._over = None
                Thread(target=self._run, args=[begin], name="warm-up", daemon=True).start()
            return self._over or Progress(now - begin)

    def _failed_long_before(self, now: float, begin: float) -> bool:
        over = self._over
        return bool(over and over.error and now > begin + over.seconds + self._retry)

    def _run(self, begin: float) -> None:
        error = None
        try:
            self._load()
        except Exception as problem:  # whatever it is, the page has to hear of it
            logging.getLogger(__name__).exception("the layers cannot be used")
            error = f"{type(problem).__name__}: {problem}"
        self._over = Progress(time.monotonic() - begin, not error, error)


def _load_layers() -> None:
    from attention.layers import agreement

    for kind in get_args(Kind):  # the first use of an operation is slow too
        w = [[0.0]] if kind == "gate" else [0.0]
        projections = {name: [[0.0]] for name in PROJECTIONS}
        names = {"rows": ["step"], "columns": ["feature"], "mask": [True]}
        agreement.run(
            Scene(kind=kind, **names, x=[[0.0]], w=w, b=[0.0], query=[0.0], **projections)
        )


warm_up = WarmUp(_load_layers)
