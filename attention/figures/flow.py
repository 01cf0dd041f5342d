"""Where attention flows: a ribbon from each row to the weighted output, as thick as its weight.

A gate has no sum: its ribbons go straight through, each narrowed to its share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from attention.core import Trace
from attention.figures.letters import clean, shorten, width_of
from attention.figures.rows import row_colour, row_form
from attention.figures.sheet import LIGHT, Sheet
from attention.numbers import fixed_number, percent
from attention.scene import Scene

SIZE, LARGE, HEAD = 12.5, 15, 11  # letters
PERCENT = width_of(">99.9 %", SIZE)
RADIUS = 8.5  # of a row's form
BAR = 9  # the output, where all ribbons meet
PALE = 0.5  # how much of a row's colour a ribbon has
GAP = 10
DIAMOND = 13  # with the gap behind it
STUB = 30  # what is left of a masked row's ribbon
LONGEST_NAME, LONGEST_OUTPUT = 0.3, 0.32  # of the whole width
LINE = 19  # of the output's numbers
WIDEST, NARROWEST = 60, 24  # from one row to the next
THROUGH = 0.8  # of that, as thick as a gate's ribbon is before it

Words = Mapping[str, str]


@dataclass(frozen=True)
class FlowPlan:
    """Where the flow stands, in pixels.

    Attributes:
        left: where names begin.
        forms: x of the rows' forms.
        start: x where ribbons begin. end: where they have come to the output.
        right: how far the output's numbers reach.
        top: y of what stands over it. middle: of its middle. rows: y of each row.
        band: how thick a weight of 1 is.
    """

    left: float
    forms: float
    start: float
    end: float
    right: float
    top: float
    middle: float
    rows: NDArray
    band: float

    def thickness(self, weights: NDArray) -> NDArray:
        """How thick each ribbon is."""
        return self.band * weights


def band_of(scene: Scene, height: float) -> float:
    """How thick a weight of 1 is in a picture that is about so high."""
    if scene.kind == "gate":
        return THROUGH * _apart(len(scene.rows), height)
    return 0.42 * height


def height_of(scene: Scene, height: float) -> float:
    """How high the flow is where there are about so many pixels: more for many rows."""
    band, count = band_of(scene, height), len(scene.rows)
    if scene.kind == "gate":
        return band / THROUGH * count
    return max(height, _apart(count - 1, height - band) * (count - 1) + band)


def _apart(gaps: int, height: float) -> float:
    """From one row to the next, with so many gaps to share a height."""
    return float(np.clip(height / max(gaps, 1), NARROWEST, WIDEST))


def plan_flow(
    scenes: Sequence[Scene], words: Words, left: float, right: float, top: float, height: float
) -> FlowPlan:
    """Where everything stands for scenes that differ in their numbers alone.

    `height` is about that of the picture, as for `height_of`.
    """
    first, width = scenes[0], right - left
    longest = LONGEST_NAME * width
    names = max(width_of(shorten(row, SIZE, longest), SIZE) for row in first.rows)
    forms = left + names + GAP + PERCENT + GAP + RADIUS
    band, count = band_of(first, height), len(first.rows)
    gaps, free = (count, height) if first.kind == "gate" else (count - 1, height - band)
    middle = top + height_of(first, height) / 2
    rows = middle + _apart(gaps, free) * (np.arange(count) - (count - 1) / 2)
    output = min(_output_width(scenes, words), LONGEST_OUTPUT * width)
    end = right - output - GAP - BAR
    return FlowPlan(left, forms, forms + RADIUS + 5, end, right, top, middle, rows, band)


def _output_width(scenes: Sequence[Scene], words: Words) -> float:
    """The room that the output takes, with names in full."""
    first = scenes[0]
    traces = [scene.trace() for scene in scenes]
    if first.kind == "gate":
        texts = [text for one in zip(scenes, traces, strict=True) for text in _passed(*one, words)]
        return max(width_of(text, SIZE) for text in texts)
    numbers = {in_words(number, words) for trace in traces for number in trace.output}
    names = max(width_of(clean(name), SIZE) for name in first.output_names)
    widest = max(width_of(number, LARGE) for number in numbers)
    mostly = max(width_of(_mostly(name, words), HEAD) for name in first.rows)
    return max(names + GAP + widest, DIAMOND + width_of(words["output"], HEAD), mostly)


def draw_flow(sheet: Sheet, plan: FlowPlan, scene: Scene, trace: Trace, words: Words) -> None:
    """The flow of one scene."""
    head = shorten(words["weight"], HEAD, plan.end - plan.left)
    sheet.write(plan.left, plan.top - 13, head, HEAD, LIGHT.faint, "left")
    _draw_rows(sheet, plan, scene, trace, words)
    (_draw_gate if scene.kind == "gate" else _draw_sum)(sheet, plan, scene, trace, words)


def in_words(number: float, words: Words) -> str:
    """A number as the page writes it, with the language's decimal mark."""
    return fixed_number(number, mark=words["decimal_mark"])


def draw_form(
    sheet: Sheet,
    row: int,
    place: tuple[float, float],
    radius: float,
    shown: bool,
    name: str | None = None,
) -> None:
    """A row's form in its colour; of a masked row only the outline."""
    path = Affine2D().scale(radius).translate(*place).transform_path(row_form(row))
    if shown:
        sheet.shape(path, row_colour(row), edge="#ffffff", thickness=1.5, name=name)
    else:
        sheet.shape(path, "#ffffff", edge=LIGHT.faint, thickness=1.2, dashes=(2.4, 2), name=name)


def ribbon(start: tuple[float, float], end: tuple[float, float], thickness: float) -> Path:
    """The outline of a ribbon between the middles of its ends, as the page's ui/ribbons.js has it.

    It is as thick everywhere, measured from top to bottom.
    """
    half = np.array([0, thickness / 2])
    bend = (start[0] + end[0]) / 2
    there = np.array([start, (bend, start[1]), (bend, end[1]), end])
    points = np.concatenate([there - half, (there + half)[::-1], [there[0] - half]])
    curve = [Path.CURVE4] * 3
    return Path(points, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])


def _draw_rows(sheet: Sheet, plan: FlowPlan, scene: Scene, trace: Trace, words: Words) -> None:
    """Names, per cent and forms; what is not seen is struck through, its ribbon snapped off."""
    percents = plan.forms - RADIUS - GAP
    longest = LONGEST_NAME * (plan.right - plan.left)
    told = [percent(share, words["decimal_mark"]) for share in trace.weights]
    for row, (name, shown, share, y) in enumerate(
        zip(scene.rows, scene.seen, told, plan.rows, strict=True)
    ):
        name = shorten(name, SIZE, longest)
        right = percents - PERCENT - GAP
        colour = row_colour(row) if shown else LIGHT.faint
        sheet.write(right, y, name, SIZE, colour, "right")
        sheet.write(percents, y, share, SIZE, colour, "right")
        draw_form(sheet, row, (plan.forms, y), RADIUS, shown)
        if scene.kind == "self_attention" and row == scene.asking:
            around = Affine2D().scale(RADIUS + 3).translate(plan.forms, y)
            ring = around.transform_path(Path.unit_circle())
            sheet.shape(ring, edge=LIGHT.text, thickness=1.5, name="asking")
        if not shown:
            struck = np.array([[right - width_of(name, SIZE) - 2, y], [right + 2, y]])
            sheet.lines(struck[:1], struck[1:], LIGHT.faint)
            snapped = Path(np.array([[plan.start, y], [plan.start + STUB, y]]))
            sheet.shape(snapped, edge=LIGHT.faint, thickness=1.5, dashes=(5, 4))
            end = np.array([[plan.start + STUB, y - 5], [plan.start + STUB, y + 5]])
            sheet.lines(end[:1], end[1:], LIGHT.faint, 1.5)


def _draw_sum(sheet: Sheet, plan: FlowPlan, scene: Scene, trace: Trace, words: Words) -> None:
    """Ribbons that stack up to the whole attention, and the weighted output behind them."""
    thickness = plan.thickness(trace.weights)
    below = plan.middle - plan.band / 2 + np.cumsum(thickness)
    # The thin ones lie on the thick ones.
    for row in np.argsort(-thickness, kind="stable"):
        if thickness[row]:
            ends = (plan.start, plan.rows[row]), (plan.end, below[row] - thickness[row] / 2)
            path = ribbon(*ends, thickness[row])
            sheet.shape(path, to_rgba(row_colour(row), PALE), name=f"ribbon-{row}")
    corner, size = np.array([[plan.end, plan.middle - plan.band / 2]]), np.array([BAR, plan.band])
    nobody = not any(scene.seen)
    if nobody:
        box = corner + np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]) * size
        sheet.shape(Path(box, closed=True), edge=LIGHT.faint, thickness=1.2, dashes=(4, 3))
    else:
        sheet.rectangles(corner, size, LIGHT.text)
    _write_output(sheet, plan, scene, trace, words)


def _write_output(sheet: Sheet, plan: FlowPlan, scene: Scene, trace: Trace, words: Words) -> None:
    """The weighted output, a line a feature, under the sign that it has on the plane."""
    left, room = plan.end + BAR + GAP, plan.right - plan.end - BAR - GAP
    numbers = [in_words(number, words) for number in trace.output]
    size = LARGE if len(numbers) <= 5 else SIZE
    widest = max(width_of(number, size) for number in numbers)
    names = [shorten(name, SIZE, room - widest - GAP) for name in scene.output_names]
    numbers_end = left + max(width_of(name, SIZE) for name in names) + GAP + widest
    y = plan.middle - LINE * len(numbers) / 2
    draw_output(sheet, np.array([left + 4, y]), 4.5)
    title = shorten(words["output"], HEAD, room - DIAMOND)
    sheet.write(left + DIAMOND, y, title, HEAD, LIGHT.faint, "left")
    colour = LIGHT.text if any(scene.seen) else LIGHT.faint
    for line, (name, number) in enumerate(zip(names, numbers, strict=True), start=1):
        sheet.write(left, y + line * LINE, name, SIZE, LIGHT.text, "left")
        sheet.write(numbers_end, y + line * LINE, number, size, colour, "right")
    for row in np.flatnonzero(trace.weights > 0.5).tolist():
        y += (len(numbers) + 1) * LINE
        mostly = shorten(_mostly(scene.rows[row], words), HEAD, room)
        sheet.write(left, y, mostly, HEAD, row_colour(row), "left")


def _mostly(name: str, words: Words) -> str:
    return words["stage_mostly"].format(name=clean(name))


def draw_output(sheet: Sheet, place: NDArray, radius: float, name: str | None = None) -> None:
    """The sign of the weighted output."""
    tips = place + radius * np.array([(0, -1), (1, 0), (0, 1), (-1, 0), (0, -1)])
    sheet.shape(Path(tips, closed=True), LIGHT.text, "#ffffff", 1.5, name=name)


def _draw_gate(sheet: Sheet, plan: FlowPlan, scene: Scene, trace: Trace, words: Words) -> None:
    """Each ribbon as thick as the whole, until the gate narrows it to its share."""
    thickness = plan.thickness(trace.weights)
    passed = _passed(scene, trace, words)
    gate = plan.start + 0.4 * (plan.end - plan.start)
    for row, (y, thick, shown) in enumerate(zip(plan.rows, thickness, scene.shown, strict=True)):
        colour = row_colour(row)
        if shown:
            whole = np.array([[plan.start, y - plan.band / 2]])
            sheet.rectangles(whole, np.array([gate - plan.start, plan.band]), to_rgba(colour, 0.16))
        if thick:
            path = ribbon((plan.start, y), (plan.end, y), thick)
            sheet.shape(path, to_rgba(colour, PALE), name=f"ribbon-{row}")
        text = LIGHT.text if shown else LIGHT.faint
        sheet.write(plan.end + GAP, y, passed[row], SIZE, text, "left")
    head = shorten(f"x → {words['output_gate']}", HEAD, plan.right - plan.end - GAP)
    sheet.write(plan.end + GAP, plan.top - 13, head, HEAD, LIGHT.faint, "left")
    lowest, highest = plan.rows[0] - plan.band / 2, plan.rows[-1] + plan.band / 2
    corner = np.array([[gate, lowest - 6]])
    sheet.rectangles(corner, np.array([4, highest - lowest + 12]), LIGHT.text)


def _passed(scene: Scene, trace: Trace, words: Words) -> list[str]:
    """What comes to a gate and what it lets through, a text a row."""
    pairs = zip(scene.x, trace.output, strict=True)
    return [f"{in_words(taken, words)} → {in_words(given, words)}" for (taken,), given in pairs]
