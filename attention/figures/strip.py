"""What stands under each picture of an animation: a slider that moves, or a loss that falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from matplotlib.path import Path

from attention.figures.letters import shorten, width_of
from attention.figures.sheet import LIGHT, Sheet

STRIP = 44  # its height
SIZE, KNOB, TRACK = 12.5, 7, "#dfe3ea"
LONGEST, GAP = 0.36, 14  # a name, of the width


class Strip(Protocol):
    """What draws itself under the picture with this number."""

    def draw(self, sheet: Sheet, y: float, left: float, right: float, number: int) -> None:
        """On a sheet, around this height and between these sides."""


@dataclass(frozen=True)
class Slider:
    """A number on its way.

    Attributes:
        name: what it is. colour: of its knob.
        shares: where on the slider it stands, 0 to 1, in each picture. told: what it is there.
    """

    name: str
    colour: str
    shares: Sequence[float]
    told: Sequence[str]

    def draw(self, sheet: Sheet, y: float, left: float, right: float, number: int) -> None:
        """Name, slider and number."""
        start, end = _texts(sheet, y, left, right, self.name, self.told[number], self.told)
        knob = start + self.shares[number] * (end - start)
        for to, colour in ((end, TRACK), (knob, self.colour)):
            sheet.lines(np.array([[start, y]]), np.array([[to, y]]), colour, 5)
        sheet.shape(Path.circle((knob, y), KNOB), self.colour, "#ffffff", 1.5, name="knob")


@dataclass(frozen=True)
class Curve:
    """A loss from step to step.

    Attributes:
        colour: of the part that is done.
        steps: the number of each step. losses: the loss after it.
        names: what is told of each, before the curve. told: behind it.
    """

    colour: str
    steps: Sequence[int]
    losses: Sequence[float]
    names: Sequence[str]
    told: Sequence[str]

    def draw(self, sheet: Sheet, y: float, left: float, right: float, number: int) -> None:
        """The whole curve, and how far it has come."""
        name = max(self.names, key=lambda one: width_of(shorten(one, SIZE, 999), SIZE))
        start, end = _texts(
            sheet, y, left, right, name, self.told[number], self.told, self.names[number]
        )
        steps, losses = np.array(self.steps, float), np.array(self.losses, float)
        low, span = min(losses.min(), 0), np.ptp(np.append(losses, 0)) or 1
        across = start + (end - start) * (steps - steps[0]) / (np.ptp(steps) or 1)
        points = np.stack([across, y + 15 - 30 * (losses - low) / span], axis=1)
        sheet.shape(Path(points), edge=TRACK, thickness=2.5)
        sheet.shape(Path(points[: number + 1]), edge=self.colour, thickness=2.5)
        sheet.shape(
            Path.circle((points[number, 0], points[number, 1]), KNOB - 1),
            self.colour,
            "#ffffff",
            1.5,
            name="knob",
        )


def _texts(
    sheet: Sheet,
    y: float,
    left: float,
    right: float,
    name: str,
    told: str,
    all_told: Sequence[str],
    shown: str | None = None,
) -> tuple[float, float]:
    """What is said on the left and on the right, and from where to where there is room between."""
    name = shorten(name, SIZE, LONGEST * (right - left))
    sheet.write(left, y, name if shown is None else shown, SIZE, LIGHT.text, "left")
    sheet.write(right, y, told, SIZE, LIGHT.text, "right")
    widest = max(width_of(one, SIZE) for one in all_told)
    return left + width_of(name, SIZE) + GAP, right - widest - GAP
