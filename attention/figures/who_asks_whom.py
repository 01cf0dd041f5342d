"""Self-attention at a glance: a row for each step that asks, and in it how much each step is heard.

The step whose flow is drawn beside it has a frame around its row; of what a step cannot see the
square is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray

from attention.figures.flow import draw_form
from attention.figures.letters import shorten, width_of
from attention.figures.plane import mixed
from attention.figures.rows import colours, row_colour
from attention.figures.sheet import LIGHT, Sheet
from attention.numbers import percent
from attention.scene import Scene

NAME, SHARE, HEAD = 11.5, 10, 11  # letters
LONGEST_NAME = 0.34  # of the width
HEADING, GAP, FORM = 22, 8, 6.5  # above the squares: forms of those who are asked
PALEST, DARKEST = 0.05, 0.85  # how violet a share of 0 is, and one of 1
ABOVE = 13  # how high over all of it the heading is
LIGHT_LETTERS = 0.55  # from this share on
SQUARE = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])


@dataclass(frozen=True)
class GridPlan:
    """Where the squares stand, in pixels.

    Attributes:
        corner: left and top of all squares. side: width and height of one.
        names: how wide a name beside them may be.
    """

    corner: NDArray
    side: NDArray
    names: float


def plan_grid(scene: Scene, corner: NDArray, size: NDArray) -> GridPlan:
    """Squares for every pair of steps, the names of those who ask on their left."""
    longest = LONGEST_NAME * size[0]
    names = max(width_of(shorten(row, NAME, longest), NAME) for row in scene.rows)
    before = np.array([names + GAP, HEADING])
    side = (size - before) / len(scene.rows)
    side[1] = min(side[1], 2 * side[0])
    return GridPlan(corner + before, side, names)


def draw_grid(sheet: Sheet, plan: GridPlan, scene: Scene, words: Mapping[str, str]) -> None:
    """The weights of the head that is looked at, shape (steps, steps)."""
    weights, violet = scene.whole_trace().weights[scene.head], colours()["w"]
    (left, top), (wide, high) = plan.corner, plan.side
    steps = range(len(scene.rows))
    has_room = width_of(">99.9 %", SHARE) < wide - 4 and high > SHARE + 3
    head = shorten(words["figure_who_asks_whom"], HEAD, plan.names + GAP + wide * len(steps))
    sheet.write(left - GAP - plan.names, top - HEADING - ABOVE, head, HEAD, LIGHT.faint, "left")
    for asked in steps:
        place = (left + (asked + 0.5) * wide, top - HEADING / 2)
        draw_form(sheet, asked, place, min(FORM, 0.4 * wide), scene.shown[asked])
    for asks in steps:
        y = top + (asks + 0.5) * high
        name = shorten(scene.rows[asks], NAME, plan.names)
        sheet.write(left - GAP, y, name, NAME, row_colour(asks), "right")
        seen = scene.model_copy(update={"asks": asks}).seen
        for asked in np.flatnonzero(seen).tolist():
            share = float(weights[asks, asked])
            corner = plan.corner + plan.side * [asked, asks] + 1
            shade = mixed(violet, PALEST + (DARKEST - PALEST) * share)
            square = corner + SQUARE * (plan.side - 2)
            sheet.shape(Path(square, closed=True), shade, name=f"cell-{asks}-{asked}")
            if has_room:
                ink = "#ffffff" if share > LIGHT_LETTERS else LIGHT.text
                text = percent(share, words["decimal_mark"])
                sheet.write(left + (asked + 0.5) * wide, y, text, SHARE, ink)
    _draw_frame(sheet, plan, scene)


def _draw_frame(sheet: Sheet, plan: GridPlan, scene: Scene) -> None:
    """Around the row of the step that asks."""
    low = plan.corner + plan.side * [0, scene.asking]
    high = low + plan.side * [len(scene.rows), 1]
    corners = np.array([low, (high[0], low[1]), high, (low[0], high[1])])
    sheet.lines(corners, np.roll(corners, -1, axis=0), LIGHT.text, thickness=1.5)
