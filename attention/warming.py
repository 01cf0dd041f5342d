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
        seconds: since the start; when ready, how long it took.
        error: why it failed, told once: the next call tries again.
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
    """

    def __init__(self, load: Callable[[], None], modules: int) -> None:
        self._load, self._modules = load, modules
        self._lock = Lock()
        self._attempt: _Attempt | None = None

    def __call__(self) -> Progress:
        """Start if nobody has, do not wait, and say how far it is.

        After a failure the first to ask is told why, and whoever asks next starts it again.
        """
        with self._lock:
            attempt = self._attempt = self._attempt or _Attempt(self._load)
            if attempt.running():
                share = min(1.0, _loaded() / self._modules)
                return Progress(False, share, time.monotonic() - attempt.begin)
            if attempt.error:
                self._attempt = None
                return Progress(False, 0.0, attempt.seconds, attempt.error)
            return Progress(True, 1.0, attempt.seconds)


class _Attempt:
    """One run of `load`, from `begin` on; afterwards its `seconds` and its `error`, if any."""

    def __init__(self, load: Callable[[], None]) -> None:
        self.begin, self.seconds, self.error = time.monotonic(), 0.0, None
        self._load = load
        self._thread = Thread(target=self._run, name="warm-up", daemon=True)
        self._thread.start()

    def running(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._load()
        except Exception as error:  # whatever it is, the page has to hear of it
            logging.getLogger(__name__).exception("the layers cannot be used")
            self.error = f"{type(error).__name__}: {error}"
        self.seconds = time.monotonic() - self.begin


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
