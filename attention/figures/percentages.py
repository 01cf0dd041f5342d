"""Shares of 1 as per cent, rounded so that what one reads adds up.

The twin of assets/page/core/percentages.js, which says the rule.
"""

from __future__ import annotations

from collections.abc import Sequence

SPACE = "\N{NO-BREAK SPACE}"
LEAST_TOLD, MOST_TOLD = 0.001, 0.999  # only a true 0 and a true 1 are written as such
ALIKE = 1e-6  # tenths of a per cent that come from rounding


def percentages(shares: Sequence[float]) -> list[str]:
    """Shares that are read together, a text each.

    >>> " ".join(percentages([0.4223, 0.4223, 0.1554])).replace(SPACE, "")
    '42.2% 42.2% 15.6%'
    """
    told = [LEAST_TOLD <= share <= MOST_TOLD for share in shares]
    exact = [1000 * share if one else 0.0 for share, one in zip(shares, told, strict=True)]
    tenths = zip(shares, told, _round_together(exact), strict=True)
    return [f"{tenth / 10:.1f}{SPACE}%" if one else _mark(share) for share, one, tenth in tenths]


def _mark(share: float) -> str:
    if share in (0, 1):
        return f"{share * 100:.0f}{SPACE}%"
    return ("<0.1" if share < LEAST_TOLD else ">99.9") + SPACE + "%"


def _round_together(exact: list[float]) -> list[int]:
    """Whole numbers, each next to the exact one, with the rounded sum of all or almost."""
    whole = [int(size) for size in exact]
    missing = int(sum(exact) + 0.5) - sum(whole)
    left = []
    for equal in _groups_by_loss(exact, whole):
        if len(equal) > missing:
            left.append(equal)
            continue
        missing -= len(equal)
        for index in equal:
            whole[index] += 1
    if missing > 1:
        all_left = [index for equal in left for index in equal]
        one_more = (equal for equal in left if len(equal) == missing + 1)
        for index in next(one_more, all_left[:missing]):
            whole[index] += 1
    return whole


def _groups_by_loss(exact: list[float], whole: list[int]) -> list[list[int]]:
    """The indices of equal numbers; first those that lose most by rounding down."""
    groups: list[list[int]] = []
    for index, size in enumerate(exact):
        equal = next((one for one in groups if abs(exact[one[0]] - size) < ALIKE), None)
        if equal:
            equal.append(index)
        elif size > whole[index]:
            groups.append([index])
    return sorted(groups, key=lambda equal: whole[equal[0]] - exact[equal[0]])
