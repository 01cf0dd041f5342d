"""Rows as points of two features, and the weighted output inside their hull.

The ground is shaded by score, and an arrow, `w` or the query, points up it. With one feature alone
the points stand on a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from attention.core import Trace
from attention.figures.convex import hull_of, part_above
from attention.figures.flow import PALE, draw_form, draw_output
from attention.figures.letters import shorten, width_of
from attention.figures.rows import colours, row_colour
from attention.figures.sheet import LIGHT, Sheet
from attention.numbers import readable_number
from attention.scene import Scene

NAME, TICK, HEAD = 11.5, 10, 11.5  # letters
LONGEST_NAME = 104
MARGIN = 0.14  # of the plane, around the points
HAIR = 1e-9  # how far apart, relative to their size, two numbers stand at different places
SMALLEST, LARGEST = 4.5, 13.5  # radius of a point with a weight of 0, of 1
PULL = 16  # as thick as a weight of 1
BANDS = 10  # of the ground
ARROW, TIP = 0.3, 12  # of the shorter side, pixels
DIAMOND = 8.5
PAPER = "#ffffff"

# Where a name may stand beside its point; on a line, over which the bows are, under it.
SIDES = np.array([(1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1)], float)
UNDER = np.array([(0, 1), (0, 2), (0, 3)], float)

Axes = tuple[int, int] | tuple[int]


@dataclass(frozen=True)
class PlanePlan:
    """Where the plane stands and what it shows, the same for all pictures of an animation.

    Attributes:
        axes: which features, one or two.
        corner: left and top, in pixels. size: width and height.
        low: the least number of each axis; `high`: the greatest.
        scores: the least and the greatest score of the ground.
        anchor: the middle of an arrow that has no place of its own.
    """

    axes: tuple[int, ...]
    corner: NDArray
    size: NDArray
    low: NDArray
    high: NDArray
    scores: tuple[float, float]
    anchor: NDArray

    def place(self, vectors: NDArray) -> NDArray:
        """Vectors of all features -> pixels; what has one axis stands at half the height."""
        chosen = np.asarray(vectors, float)[..., self.axes]
        shares = (chosen - self.low) / (self.high - self.low)
        if len(self.axes) == 1:
            shares = np.concatenate([shares, np.full_like(shares, 0.5)], axis=-1)
        return self.corner + self.size * (shares * [1, -1] + [0, 1])


def axes_of(scene: Scene, axes: Sequence[int] | None) -> tuple[int, ...]:
    """Those that were chosen, as far as the scene has them, or else its first two features."""
    count = len(scene.columns)
    if count == 1:
        return (0,)
    if axes is None or len(set(axes)) != 2 or max(axes) >= count:
        return (0, 1)
    return tuple(axes)


def plan_plane(
    scenes: Sequence[Scene], axes: Sequence[int] | None, corner: NDArray, size: NDArray
) -> PlanePlan:
    """A plane on which all these scenes can be seen; they differ in their numbers alone."""
    first = scenes[0]
    chosen = axes_of(first, axes)
    seen = np.concatenate([np.array(scene.x, float) for scene in scenes])
    if first.is_dot_product:  # the query is a vector like the others, from where all are 0
        queries = np.array([scene.query for scene in scenes], float)
        seen = np.concatenate([seen, queries, np.zeros((1, seen.shape[1]))])
    seen = seen[:, chosen]
    low, high = seen.min(axis=0), seen.max(axis=0)
    size_of_numbers = np.maximum(np.abs(high), 1)
    # A hair apart counts as the same: so close beside large numbers nothing can be told apart.
    span = np.where(high - low > HAIR * size_of_numbers, high - low, size_of_numbers)
    middle, half = (low + high) / 2, span / 2 / (1 - 2 * MARGIN)
    if first.is_dot_product and len(chosen) == 2:  # an arrow at its true angle
        unit = (half / size).max()
        half = unit * size
    plan = PlanePlan(chosen, corner, size, middle - half, middle + half, (0, 1), corner)
    ends = np.array([_scores_at_corners(plan, scene) for scene in scenes])
    scores = (-1.0, 1.0) if first.has_tanh else (float(ends.min()), float(ends.max()))
    anchor = _free_place(plan, plan.place(np.concatenate([np.array(s.x, float) for s in scenes])))
    return PlanePlan(chosen, corner, size, plan.low, plan.high, scores, anchor)


def draw_plane(
    sheet: Sheet, plan: PlanePlan, scene: Scene, trace: Trace, words: Mapping[str, str]
) -> None:
    """The plane of one scene."""
    _draw_ground(sheet, plan, scene)
    _draw_axes(sheet, plan, scene, words)
    shown = np.array(scene.shown)
    points = plan.place(np.array(scene.x))
    output = plan.place(trace.output)
    if len(plan.axes) == 2:
        _draw_hull(sheet, points[shown])
    _draw_pulls(sheet, plan, points, output, trace.weights)
    taken = _draw_arrow(sheet, plan, scene)
    radii = point_radius(trace.weights)
    # Small points lie on large ones.
    for row in np.argsort(-radii, kind="stable"):
        radius = radii[row] if shown[row] else SMALLEST
        draw_form(sheet, row, tuple(points[row]), radius, shown[row], name=f"point-{row}")
    if shown.any():
        draw_output(sheet, output, DIAMOND, "point-output")
        taken.append(_around(output, DIAMOND))
    _name_points(sheet, plan, scene, points, taken)


def point_radius(weights: NDArray) -> NDArray:
    """As large an area as the weight, and a little more so that one sees a weight of 0."""
    return np.sqrt(SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * np.asarray(weights))


def _slope(plan: PlanePlan, scene: Scene) -> tuple[NDArray, float]:
    """How much the logit grows with each axis, and the rest of it.

    What the axes do not say, other features and the bias, counts as the visible rows have it on
    average.
    """
    factors = np.array(scene.factors, float)
    x, shown = np.array(scene.x, float), np.array(scene.shown)
    others = np.delete(np.arange(x.shape[1]), plan.axes)
    rest = x[:, others] @ factors[others] + (scene.bias or 0)
    root = np.sqrt(x.shape[1]) if scene.kind == "scaled_dot_product" else 1
    mean = rest[shown].mean() if shown.any() else 0.0
    return factors[list(plan.axes)] / root, float(mean) / root


def _scores_at_corners(plan: PlanePlan, scene: Scene) -> tuple[float, float]:
    slope, rest = _slope(plan, scene)
    ends = np.stack([plan.low, plan.high]) * slope
    return float(ends.min(axis=0).sum() + rest), float(ends.max(axis=0).sum() + rest)


def _draw_ground(sheet: Sheet, plan: PlanePlan, scene: Scene) -> None:
    """A band per step of the score: where tanh saturates, there is none any more."""
    whole = plan.corner + np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) * plan.size
    slope, rest = _slope(plan, scene)
    low, high = plan.scores
    values = [rest + slope @ _vector(plan, corner) for corner in whole]
    violet = colours()["w"]
    sheet.shape(Path(np.concatenate([whole, whole[:1]]), closed=True), mixed(violet, 0.05))
    for band in range(1, BANDS):
        level = low + (high - low) * band / BANDS
        least = float(np.arctanh(level)) if scene.has_tanh else level
        part = part_above(whole, np.array(values), least)
        if len(part) > 2:
            sheet.shape(
                Path(np.concatenate([part, part[:1]]), closed=True),
                mixed(violet, 0.05 + 0.27 * band / BANDS),
                name=f"ground-{band}",
            )


def _vector(plan: PlanePlan, pixel: NDArray) -> NDArray:
    """The numbers of the axes at a pixel."""
    shares = ((pixel - plan.corner) / plan.size * [1, -1] + [0, 1])[: len(plan.axes)]
    return plan.low + shares * (plan.high - plan.low)


def mixed(colour: str, share: float) -> str:
    """So much of a colour on white."""
    red, green, blue = (1 - share + share * part for part in to_rgb(colour))
    return to_hex((red, green, blue))


def _draw_axes(sheet: Sheet, plan: PlanePlan, scene: Scene, words: Mapping[str, str]) -> None:
    """Round numbers and the names of the features."""
    (left, top), (width, height) = plan.corner, plan.size
    for axis, (feature, low, high) in enumerate(zip(plan.axes, plan.low, plan.high, strict=True)):
        name = shorten(scene.columns[feature], HEAD, width - 90)
        if axis == 0:
            y = top + height + 24
            sheet.write(left + width, y, f"{name} →", HEAD, LIGHT.text, "right")
        else:
            sheet.write(left, top - 13, f"{name} ↑", HEAD, LIGHT.text, "left")
        for tick in MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high):
            share = (tick - low) / (high - low)
            text = readable_number(tick, words["decimal_mark"])
            half = width_of(text, TICK) / 2
            if axis == 0 and half < share * width < width - half:
                sheet.write(left + share * width, top + height + 9, text, TICK, LIGHT.faint)
            elif axis == 1 and TICK / 2 < share * height < height - TICK / 2:
                y = top + height * (1 - share)
                sheet.write(left - 5, y, text, TICK, LIGHT.faint, "right")


def _draw_hull(sheet: Sheet, points: NDArray) -> None:
    corners = hull_of(points.round(3))
    if len(corners) > 1:
        around = Path(np.concatenate([corners, corners[:1]]), closed=True)
        sheet.shape(around, (1, 1, 1, 0.3), LIGHT.faint, 0.9, dashes=(3, 3), name="hull")


def _draw_pulls(
    sheet: Sheet, plan: PlanePlan, points: NDArray, output: NDArray, weights: NDArray
) -> None:
    """From each row to the output a line as thick as its weight; on one axis a bow above it."""
    for row in np.argsort(-weights, kind="stable"):
        apart = output - points[row]
        length = float(np.hypot(*apart))
        if not weights[row] or length < 0.5:
            continue
        colour, thickness = to_rgba(row_colour(row), PALE), PULL * float(weights[row])
        way = Path(np.array([points[row], output]))
        if len(plan.axes) == 1:
            high = min(24 + 0.6 * length, 0.8 * plan.size[1])
            over = (points[row] + output) / 2 - [0, high]
            way = Path(np.array([points[row], over, output]), [Path.MOVETO] + [Path.CURVE3] * 2)
        sheet.shape(way, edge=colour, thickness=thickness, name=f"pull-{row}")


def _draw_arrow(sheet: Sheet, plan: PlanePlan, scene: Scene) -> list[NDArray]:
    """The query as the vector that it is; `w` where there is room, straight up the score.

    Returns:
        Boxes around it and its name; none, where all is 0 and there is no arrow.
    """
    factors = np.zeros((2, len(scene.columns)))
    factors[1] = np.array(scene.factors, float)
    if not factors[1, list(plan.axes)].any():
        return []
    if scene.is_dot_product:
        tail, tip = plan.place(factors)
    else:
        slope, _ = _slope(plan, scene)
        rise = slope * (plan.high - plan.low) / plan.size[: len(plan.axes)]
        rise = np.append(rise, 0)[:2] * [1, -1]
        if (length := float(np.hypot(*rise))) < np.finfo(float).tiny:
            return []  # too small to say where to
        rise = rise / length * ARROW * plan.size.min() / 2
        tail, tip = plan.anchor - rise, plan.anchor + rise
    colour, along = colours()["w"], tip - tail
    length = float(np.hypot(*along))
    along /= max(length, 1e-9)
    across = along[::-1] * [1, -1]
    head = min(TIP, length)
    neck = tip - along * head
    sheet.lines(tail[None], (neck + along)[None], colour, thickness=3)
    wings = np.array([tip, neck + across * head * 0.55, neck - across * head * 0.55, tip])
    sheet.shape(Path(wings, closed=True), colour, name="arrow")
    text = "q" if scene.is_dot_product else "w"
    place = tip + along * 9
    low = plan.corner + 8
    place = np.clip(place, low, plan.corner + plan.size - 8)
    sheet.write(place[0], place[1], text, NAME, colour, halo=PAPER)
    shaft = [_around(tail + share * (tip - tail), 5) for share in np.linspace(0, 1, 8)]
    return [*shaft, _around(place, 7)]


def _free_place(plan: PlanePlan, points: NDArray) -> NDArray:
    """Of some places in the plane the one that is farthest from all points."""
    half = ARROW * plan.size.min() / 2 + 16
    low, high = plan.corner + half, plan.corner + plan.size - half
    if len(plan.axes) == 1:
        return np.array([plan.corner[0] + plan.size[0] / 2, high[1] + half - 18])
    grid = np.stack(np.meshgrid(*np.linspace(low, high, 5).T), axis=-1).reshape(-1, 2)
    apart = np.hypot(*(grid[:, None] - points).transpose(2, 0, 1)).min(axis=1)
    return grid[apart.argmax()]


def _around(point: NDArray, reach: float) -> NDArray:
    return np.array([point - reach, point + reach])


def _name_points(
    sheet: Sheet, plan: PlanePlan, scene: Scene, points: NDArray, taken: list[NDArray]
) -> None:
    """Names beside the points, as far as there is room; the flow has all of them."""
    boxes = taken + [_around(point, 7) for point in points]
    for row, (name, point) in enumerate(zip(scene.rows, points, strict=True)):
        text = shorten(name, NAME, LONGEST_NAME)
        size = np.array([width_of(text, NAME), NAME])
        for side in SIDES if len(plan.axes) == 2 else UNDER:
            middle = point + side * (size / 2 + [LARGEST + 3, LARGEST + 2])
            box = np.array([middle - size / 2 - 1, middle + size / 2 + 1])
            inside = (box[0] >= plan.corner + 1).all() and (
                box[1] <= plan.corner + plan.size - 1
            ).all()
            if inside and not any((box[0] < b[1]).all() and (b[0] < box[1]).all() for b in boxes):
                colour = row_colour(row) if scene.shown[row] else LIGHT.faint
                sheet.write(middle[0], middle[1], text, NAME, colour, halo=PAPER)
                boxes.append(box)
                break
