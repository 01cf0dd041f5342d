"""How much of what is random, slow or repeated is tried: a little each time, all with `--all`."""

from __future__ import annotations

everything = False  # set by conftest.py, before any test is read


def many(quick: int, whole: int) -> int:
    """So many each time, or the whole number with `--all`."""
    return whole if everything else quick
