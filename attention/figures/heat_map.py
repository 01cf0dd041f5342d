"""Maps of weights: a row for who asks, a column for who is looked at, one colour scale for all.

A weight has the colour of its size, a step's name that of the step, as everywhere.
What the masks hide is hatched, which is something else than a weight of 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from attention.figures.letters import shorten, width_of
from attention.figures.rows import row_colour
from attention.figures.sheet import LIGHT, Sheet
from attention.numbers import fixed_number, readable_number

Scale = tuple[Colormap, float, float]
# Equal steps look equal, in print and to those who do not see all colours, on white and on black.
WEIGHTS: Scale = (matplotlib.colormaps["viridis"], 0.0, 1.0)
DIFFERENCES: Scale = (matplotlib.colormaps["PuOr"], -1.0, 1.0)

NAME, TITLE, NUMBER = 10.5, 11, 10  # letters
LINE = 16  # a line of them
EDGE, GAP = 6, 12  # around the picture, between panels
LOWEST_ROW, BAND = 14, 34  # one row of many, the only row
LONGEST_ROW_NAME, LONGEST_COLUMN_NAME = 84, 66
KEY = np.array([60, 8])  # of the scale: its bar


def heat_map(
    weights: ArrayLike,
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    row_axis: str,
    column_axis: str,
    visible: ArrayLike | None = None,
    panels: Sequence[str] = (),
    width: float = 320,
    height: float = 260,
    scale: Scale = WEIGHTS,
    decimal_mark: str = ".",
) -> Figure:
    """Weights from 0 to 1, a cell each.

    Args:
        weights: (rows, columns); one row (columns,); several heads (heads, rows, columns), which
            stand side by side.
        rows: their names; one row needs none. Those of the columns: they are the same steps.
        columns: the names of the steps, which are written in the steps' colours.
        row_axis: what the rows are, such as "query".
        column_axis: what the columns are, such as "key".
        visible: where a weight is allowed, of the shape of `weights`; the rest is hatched.
            None: everywhere.
        panels: a title for each head.
        width: in CSS pixels.
        height: in CSS pixels; more if there are many rows, less if there is only one.
        scale: colour map, lowest and highest number.
        decimal_mark: of the numbers in the cells.

    Raises:
        ValueError: more or fewer names than rows and columns.
    """
    weights, shown = _read(weights, visible, rows, columns)
    plan = _plan(weights.shape, rows, columns, bool(panels), width, height)
    sheet = Sheet(width, plan.bottom + EDGE, "white")
    _write_axes(sheet, plan, row_axis, column_axis)
    _write_rows(sheet, plan, steps_ask=list(rows) == list(columns))
    _fill_corner(sheet, plan, scale)
    for head, (values, allowed) in enumerate(zip(weights, shown, strict=True)):
        corner = np.array([plan.left + head * (plan.panel + GAP), plan.top])
        if panels:
            title = shorten(panels[head], NAME, plan.panel)
            sheet.write(corner[0] + plan.panel / 2, EDGE + 1.5 * LINE, title, NAME, LIGHT.text)
        _write_columns(sheet, plan, corner)
        _fill(sheet, corner, plan.cell, values, allowed, scale, decimal_mark)
    return sheet.done()


def difference_map(
    difference: ArrayLike, rows: Sequence[str], columns: Sequence[str], **how: Any
) -> Figure:
    """Differences of two weights from −1 to 1; `how` are the other arguments of `heat_map`."""
    return heat_map(difference, rows, columns, scale=DIFFERENCES, **how)


@dataclass(frozen=True)
class _Plan:
    """Where everything stands: pixels from the left and from the top, and names cut to fit."""

    left: float
    right: float
    top: float
    bottom: float
    panel: float  # the width of one head
    cell: NDArray  # width, height
    rows: list[str]
    columns: list[str]
    upright: bool  # the names of the columns


def _read(
    weights: ArrayLike, visible: ArrayLike | None, rows: Sequence[str], columns: Sequence[str]
) -> tuple[NDArray, NDArray]:
    """Weights and where they are allowed, both (heads, rows, columns), if the names fit them."""
    weights = np.asarray(weights, float)
    shown = np.ones(weights.shape, bool) if visible is None else np.asarray(visible, bool)
    shape = (1,) * (3 - weights.ndim) + weights.shape
    _, down, across = shape
    if len(columns) != across or (down > 1 and len(rows) != down):
        raise ValueError(
            f"weights of shape {weights.shape} must have {down} row names and {across} column "
            f"names; got {len(rows)} and {len(columns)}"
        )
    return weights.reshape(shape), shown.reshape(shape)


def _plan(
    shape: tuple[int, ...],
    rows: Sequence[str],
    columns: Sequence[str],
    titled: bool,
    width: float,
    height: float,
) -> _Plan:
    heads, down, across = shape
    rows = [shorten(name, NAME, LONGEST_ROW_NAME) for name in rows] if down > 1 else []
    columns = [shorten(name, NAME, LONGEST_COLUMN_NAME) for name in columns]
    left = EDGE + LINE + max((width_of(name, NAME) + 5 for name in rows), default=0)
    right = width - EDGE
    panel = (right - left + GAP) / heads - GAP
    longest = max(width_of(name, NAME) for name in columns)
    upright = longest > panel / across - 4
    top = EDGE + LINE * (2 if titled else 1) + (longest + 8 if upright else LINE)
    body = BAND if down == 1 else max(height - top - EDGE, down * LOWEST_ROW)
    cell = np.array([panel / across, body / down])
    return _Plan(left, right, top, top + body, panel, cell, rows, columns, upright)


def _write_axes(sheet: Sheet, plan: _Plan, row_axis: str, column_axis: str) -> None:
    """What rows and columns are."""
    title = shorten(column_axis, TITLE, plan.right - plan.left)
    sheet.write((plan.left + plan.right) / 2, EDGE + LINE / 2, title, TITLE, LIGHT.faint)
    title = shorten(row_axis, TITLE, plan.bottom)
    # Beside the middle of the rows; longer than a single one, it goes up instead of off the sheet.
    middle = min((plan.top + plan.bottom) / 2, plan.bottom - width_of(title, TITLE) / 2)
    sheet.write(EDGE + LINE / 2 - 2, middle, title, TITLE, LIGHT.faint, upright=True)


def _write_rows(sheet: Sheet, plan: _Plan, steps_ask: bool) -> None:
    """The names of the rows: steps have their colours, features have none."""
    for row, name in enumerate(plan.rows):
        y = plan.top + (row + 0.5) * plan.cell[1]
        colour = row_colour(row) if steps_ask else LIGHT.text
        sheet.write(plan.left - 5, y, name, NAME, colour, "right")


def _write_columns(sheet: Sheet, plan: _Plan, corner: NDArray) -> None:
    """The names of the columns; of narrow columns every second or third only."""
    every = int(np.ceil(NAME / plan.cell[0])) if plan.upright else 1
    for column, name in list(enumerate(plan.columns))[::every]:
        x, colour = corner[0] + (column + 0.5) * plan.cell[0], row_colour(column)
        if plan.upright:
            sheet.write(x, corner[1] - 4, name, NAME, colour, "left", upright=True)
        else:
            sheet.write(x, corner[1] - LINE / 2, name, NAME, colour)


def _fill_corner(sheet: Sheet, plan: _Plan, scale: Scale) -> None:
    """What the colours say, beside the names of the columns, where these leave room."""
    colours, lowest, highest = scale
    left, top = EDGE, plan.top - 2.5 * LINE
    if plan.left - 5 - left < KEY[0] or top < EDGE + LINE:
        return
    steps = np.arange(KEY[0])
    places = np.stack([left + steps, np.full(len(steps), top)], axis=1)
    sheet.rectangles(places, np.array([1.2, KEY[1]]), colours(steps / (len(steps) - 1)))
    y = top + KEY[1] + 0.5 * LINE
    sheet.write(left, y, readable_number(lowest), NUMBER, LIGHT.faint, "left")
    sheet.write(left + KEY[0], y, readable_number(highest), NUMBER, LIGHT.faint, "right")


def _fill(
    sheet: Sheet,
    corner: NDArray,
    cell: NDArray,
    values: NDArray,
    visible: NDArray,
    scale: Scale,
    mark: str,
) -> None:
    """One map, with numbers where there is room for them."""
    colours, lowest, highest = scale
    size = cell - 1
    corners = corner + np.argwhere(visible)[:, ::-1] * cell
    fills = colours((values[visible] - lowest) / (highest - lowest))
    if not visible.all():
        sheet.hatch(corner + np.argwhere(~visible)[:, ::-1] * cell, size, LIGHT.faint)
    sheet.rectangles(corners, size, fills)
    if width_of(fixed_number(lowest), NUMBER) + 2 > cell[0] or NUMBER + 2 > cell[1]:
        return
    bright = fills[:, :3] @ (0.2126, 0.7152, 0.0722) > 0.45
    for (x, y), value, on_bright in zip(corners + size / 2, values[visible], bright, strict=True):
        sheet.write(x, y, fixed_number(value, mark=mark), NUMBER, "#000" if on_bright else "#fff")
