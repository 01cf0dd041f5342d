"""How often somebody may ask: a mistyped code is forgiven, guessing comes to nothing."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

REMEMBERED = 10_000  # names; then the one is forgotten that was here longest ago
MOST_WRONG, WRONG_SECONDS = 40, 600.0  # different codes of no room, from one address
MOST_RIGHT = 100  # rooms of one address: a school's

Clock = Callable[[], float]


class Budget:
    """So many at once, and so many more a second, for each of many names.

    >>> now = 0.0
    >>> budget = Budget(2, 0.5, clock=lambda: now)
    >>> [budget.take("a") for _ in range(3)], budget.take("b")
    ([True, True, False], True)
    >>> now = 2.0
    >>> budget.take("a"), budget.take("a")
    (True, False)

    Args:
        burst: how many at once.
        per_second: how many come back.
        clock: seconds.
    """

    def __init__(self, burst: int, per_second: float, clock: Clock = time.monotonic) -> None:
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how many, and when
        self._lock = Lock()

    def take(self, name: str) -> bool:
        """Whether there is one left for that name; it is gone then."""
        with self._lock:
            now = self._clock()
            left, when = self._left.pop(name, (float(self._burst), now))
            left = min(self._burst, left + (now - when) * self._per_second)
            self._left[name] = (max(left - 1, 0) if left >= 1 else left, now)
            if len(self._left) > REMEMBERED:
                self._left.popitem(last=False)
            return left >= 1


class Guesses:
    """Who tries codes that open nothing is soon told to wait.

    The same wrong code again is no guess: thirty phones go on asking for a room that has ended.
    Nor is a code that has led the same address into a room before.

    Args:
        clock: seconds.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, dict[str, float]] = OrderedDict()  # by address: code, when
        self._right: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()
        self._lock = Lock()

    def may_try(self, address: str, code: str) -> bool:
        """Whether this address is told if there is a room of that code."""
        with self._lock:
            wrong = self._wrong.get(address, {})
            now = self._clock()
            for old in [one for one, when in wrong.items() if when < now - WRONG_SECONDS]:
                del wrong[old]
            known = self._right.get(address, ())
            return code in known or code in wrong or len(wrong) < MOST_WRONG

    def tried(self, address: str, code: str, found: bool) -> None:
        """What came of it."""
        with self._lock:
            if found:
                codes = self._right.setdefault(address, OrderedDict())
                codes[code] = None
                codes.move_to_end(code)
                if len(codes) > MOST_RIGHT:
                    codes.popitem(last=False)
            else:
                self._wrong.setdefault(address, {})[code] = self._clock()
            for known in (self._wrong, self._right):
                if address in known:
                    known.move_to_end(address)
                if len(known) > REMEMBERED:
                    known.popitem(last=False)
