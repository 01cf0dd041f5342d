"""TensorFlow takes seconds to import: do it in the background, and say honestly how far it is.

Importing this module imports no Keras; the layers are imported in the thread that `warm_up` starts.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import get_args

from attention.scene import Kind, Scene

# What an import of the layers brings. A test counts again.
PACKAGES, MODULES = frozenset({"keras", "tensorflow"}), 2_120


@dataclass(frozen=True)
class Progress:
    """How far the warm-up is.

    Attributes:
        ready: the layers can be used at once.
        share: how much of Keras and TensorFlow is loaded, counted in modules, 0 to 1.
        seconds: since the start; when it is over, how long it took.
        error: why it failed.
    """

    ready: bool
    share: float
    seconds: float
    error: str | None = None


class WarmUp:
    """Something slow, done once, in a thread that ends with it.

    Args:
        load: what is slow.
        modules: how many modules of `PACKAGES` are there when it is done.
        retry: after a failure everybody is told why for so many seconds; then it is tried again.
    """

    def __init__(self, load: Callable[[], None], modules: int, retry: float = 5.0) -> None:
        self._load, self._modules, self._retry = load, modules, retry
        self._lock = Lock()
        self._begin: float | None = None
        self._over: Progress | None = None  # what is told from its end on

    def __call__(self) -> Progress:
        """Start if nobody has, do not wait, and say how far it is."""
        with self._lock:
            now = time.monotonic()
            begin = self._begin
            if begin is None or self._failed_long_before(now, begin):
                begin = self._begin = now
                self._over = None
                Thread(target=self._run, args=[begin], name="warm-up", daemon=True).start()
            share = min(1.0, _loaded() / self._modules)
            return self._over or Progress(False, share, now - begin)

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
        seconds = time.monotonic() - begin
        self._over = Progress(not error, float(not error), seconds, error)


def _loaded() -> int:
    # A list first: it is made in one go, whatever another thread imports meanwhile.
    return sum(name.partition(".")[0] in PACKAGES for name in list(sys.modules))


def _load_layers() -> None:
    from attention.layers import agreement

    for kind in get_args(Kind):  # the first use of an operation is slow too
        w = [[0.0]] if kind == "gate" else [0.0]
        names = {"rows": ["step"], "columns": ["feature"], "mask": [True]}
        agreement.run(Scene(kind=kind, **names, x=[[0.0]], w=w, b=[0.0], query=[0.0]))


warm_up = WarmUp(_load_layers, MODULES)
