"""One colour and one form for each row, as on the page: both are read from the page's own files."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from matplotlib.path import Path

from attention.scripts import PAGE

STYLE, FORMS = PAGE / "ui/base.css", PAGE / "ui/rows.js"
# What the forms are made of: to a place, by so much, and half a circle over a chord.
# Half a circle from 1 to −1 over i, as two curves: places x + y·i after the first.
BEND = 4 / 3 * (2**0.5 - 1)
HALF = (1 + BEND * 1j, BEND + 1j, 1j, -BEND + 1j, -1 + BEND * 1j, -1 + 0j)
STEP = re.compile(r"([MLHVhvaz])([-\d. ]*)")


@cache
def colours(dark: bool = False) -> dict[str, str]:
    """The page's colours by their names in its style, `{"row-0": "#1d4ed8", "w": …}`.

    >>> sorted(colours()) == sorted(colours(dark=True))
    True
    """
    style = STYLE.read_text("utf-8")
    found: dict[str, str] = {}
    for selector in (".playground", ".dark .playground")[: 1 + dark]:
        (block,) = re.findall(rf"^{re.escape(selector)} \{{(.*?)^\}}", style, re.M | re.S)
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    return found


def row_colour(row: int, dark: bool = False) -> str:
    """The colour of a row; the seventeenth has that of the first again."""
    count = sum(name.startswith("row-") for name in colours())
    return colours(dark)[f"row-{row % count}"]


@cache
def _forms() -> tuple[Path, ...]:
    return tuple(map(outline_of, re.findall(r'^  "(M[^"]+)",', FORMS.read_text("utf-8"), re.M)))


def row_form(row: int) -> Path:
    """The outline of the row's form around (0, 0), with a radius of 1 and y down."""
    return _forms()[row % len(_forms())]


def outline_of(drawn: str) -> Path:
    """What an SVG draws by straight lines and half circles.

    >>> outline_of("M-1 -1h2L0 1z").vertices.tolist()
    [[-1.0, -1.0], [1.0, -1.0], [0.0, 1.0], [-1.0, -1.0]]

    Raises:
        ValueError: an arc that is no half circle.
    """
    points: list[complex] = []
    codes: list[np.uint8] = []
    for letter, written in STEP.findall(drawn):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", written)]
        if letter == "a":
            radius, to = numbers[0], complex(*numbers[-2:])
            if abs(abs(to) - 2 * radius) > 1e-9:
                raise ValueError(f"an arc must be half a circle; got {drawn!r}")
            points += [points[-1] + to * (1 - one) / 2 for one in HALF]
            codes += [Path.CURVE4] * len(HALF)
            continue
        points.append(_end(letter, numbers, points))
        codes.append({"M": Path.MOVETO, "z": Path.CLOSEPOLY}.get(letter, Path.LINETO))
    return Path(np.array([(point.real, point.imag) for point in points]), codes)


def _end(letter: str, numbers: list[float], points: list[complex]) -> complex:
    """Where a step leads, from the last of the points; x + y·i each."""
    if letter in "ML":
        return complex(*numbers)
    here, (number,) = points[-1], numbers or [0.0]
    ends = {
        "z": points[0],
        "h": here + number,
        "v": here + number * 1j,
        "H": complex(number, here.imag),
        "V": complex(here.real, number),
    }
    return ends[letter]
