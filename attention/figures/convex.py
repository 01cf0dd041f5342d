"""Convex shapes by their corners, (corners, 2)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


def hull_of(points: NDArray) -> NDArray:
    """The corners of the smallest convex shape around points, in their order around it.

    >>> hull_of(np.array([[0, 0], [2, 0], [1, 1], [2, 2], [0, 2]])).tolist()
    [[0, 0], [2, 0], [2, 2], [0, 2]]

    Source:
        Andrew 1979, "Another efficient algorithm for convex hulls in two dimensions".
    """
    ordered = np.unique(points, axis=0)

    def chain(along: Iterable[NDArray]) -> list[NDArray]:
        kept: list[NDArray] = []
        for point in along:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return np.array(chain(ordered) + chain(ordered[::-1])) if len(ordered) > 1 else ordered


def _turn(a: NDArray, b: NDArray, c: NDArray) -> float:
    """Above 0 where one turns left at b on the way from a to c."""
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def part_above(corners: NDArray, values: NDArray, least: float) -> NDArray:
    """The part of a convex shape where what grows evenly from corner to corner is above `least`."""
    kept = []
    for i, (corner, value) in enumerate(zip(corners, values, strict=True)):
        before, was = corners[i - 1], values[i - 1]
        if (was > least) != (value > least):
            kept.append(before + (corner - before) * ((least - was) / (value - was)))
        if value > least:
            kept.append(corner)
    return np.array(kept)
