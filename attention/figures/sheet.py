"""A sheet to draw on: shapes, lines and text by pixels, and a figure when it is full.

Matplotlib spends about a millisecond on every text of a figure, and a map can have 300 of them.
Here all text of one colour is one shape, made of outlines that are kept.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from attention.figures.letters import outline, width_of

DPI = 96  # as many CSS pixels an inch
HALO = 3  # points around a letter
MIDDLE = 0.36  # of a letter, above the line on which it stands; times its size
Colour = str | tuple[float, ...]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Ink:
    """The colours of text and lines."""

    text: str
    faint: str


LIGHT = Ink(text="#1f2937", faint="#6b7280")


class Sheet:
    """x goes to the right and y down, from the upper left corner, in CSS pixels.

    Args:
        width: in CSS pixels.
        height: in CSS pixels.
        background: a colour, or "none".
    """

    def __init__(self, width: float, height: float, background: str = "none") -> None:
        self._figure = Figure((width / DPI, height / DPI), dpi=DPI, facecolor=background)
        down = Affine2D.from_values(1 / width, 0, 0, -1 / height, 0, 1)
        self._pixels = down + self._figure.transFigure
        self._texts: defaultdict[tuple[str, str], list[Path]] = defaultdict(list)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str,
        align: Align = "center",
        upright: bool = False,
        halo: str = "none",
    ) -> None:
        """One line of clean text, its letters centred on `y`, above all that is not text.

        `upright` turns it to the left, around (x, y); a `halo` of this colour sets it off.
        """
        start = {"left": 0, "center": -0.5, "right": -1}[align] * width_of(text, size)
        place = Affine2D().scale(size, -size).translate(start, MIDDLE * size)
        place.rotate_deg(-90 if upright else 0).translate(x, y)
        self._texts[colour, halo].append(outline(text).transformed(place))

    def rectangles(self, corners: NDArray, size: NDArray, colours: NDArray | Colour) -> None:
        """Filled rectangles.

        Args:
            corners: the upper left ones, shape (count, 2).
            size: width and height, shape (2,) or (count, 2).
            colours: one, or (count, 4).
        """
        unit = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
        shapes = corners[:, None] + unit * np.broadcast_to(size, corners.shape)[:, None]
        self._figure.add_artist(
            PolyCollection(shapes, facecolors=colours, linewidths=0, transform=self._pixels)
        )

    def lines(self, starts: NDArray, ends: NDArray, colour: Colour, thickness: float = 1) -> None:
        """Straight lines from `starts` to `ends`, both of shape (count, 2)."""
        points = np.stack([starts, ends], axis=1).reshape(-1, 2)
        codes = np.tile([Path.MOVETO, Path.LINETO], len(starts))
        self._add(Path(points, codes), edgecolor=colour, linewidth=thickness * 72 / DPI)

    def shape(
        self,
        path: Path,
        fill: Colour = "none",
        edge: Colour = "none",
        thickness: float = 0,
        dashes: tuple[float, ...] = (),
        name: str | None = None,
    ) -> None:
        """Any outline, filled or not; its `name` is what an SVG calls it."""
        style = (0, [length / thickness for length in dashes]) if dashes else "-"
        how = {"facecolor": fill, "edgecolor": edge, "linewidth": thickness * 72 / DPI}
        self._add(path, **how, linestyle=style, capstyle="butt", gid=name)

    def hatch(self, corners: NDArray, size: NDArray, colour: str) -> None:
        """A pale rectangle each, with a stroke from corner to corner: nothing may be here."""
        self.rectangles(corners, size, to_rgba(colour, 0.1))
        low, high = np.array([0, size[1]]), np.array([size[0], 0])
        self.lines(corners + low, corners + high, to_rgba(colour, 0.55), thickness=0.7)

    def done(self) -> Figure:
        """The figure with everything on it."""
        for (colour, halo), paths in self._texts.items():
            text = Path.make_compound_path(*paths)
            if halo != "none":
                self._add(text, edgecolor=halo, linewidth=HALO, joinstyle="round")
            self._add(text, facecolor=colour, linewidth=0)
        self._texts.clear()
        return self._figure

    def _add(self, path: Path, **how: Any) -> None:
        how = {"facecolor": "none", "transform": self._pixels} | how
        self._figure.add_artist(PathPatch(path, **how))
