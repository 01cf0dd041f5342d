"""The stage of a scene for a slide or a paper: where attention flows, and what that means.

On the left, ribbons as thick as the weights; on the right, the plane on which they pull, or, where
every step asks, who asks whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from attention.figures.flow import draw_flow, height_of, plan_flow
from attention.figures.letters import shorten
from attention.figures.plane import draw_plane, plan_plane
from attention.figures.sheet import LIGHT, Sheet
from attention.figures.strip import STRIP, Strip
from attention.figures.who_asks_whom import draw_grid, plan_grid
from attention.numbers import readable_number
from attention.scene import Scene

WIDTH, HEIGHT = 960, 300  # of a picture, and about what is on it
EDGE, TITLE = 20, 15  # around it; letters
ABOVE, BELOW = 56, 34  # titles, and what the plane's first axis says
FLOW, GAP = 0.56, 34  # of the width; between the two
HEAD, TICKS = 34, 32  # above a plane that stands below; for the numbers of its second axis
PAPER = "#ffffff"

Words = Mapping[str, str]


def stage_figure(scene: Scene, words: Words, axes: Sequence[int] | None = None) -> Figure:
    """The stage of a scene, on white.

    Args:
        scene: of any kind; a gate, which has no weighted sum, has no plane, and self-attention has
            a square for each pair of steps instead.
        words: the page's words in one language, one of `attention.texts.texts()`.
        axes: which two features the plane shows; None: the first two.
    """
    return next(stage_figures([scene], words, axes))


def stage_figures(
    scenes: Sequence[Scene],
    words: Words,
    axes: Sequence[int] | None = None,
    *,
    width: float = WIDTH,
    height: float = HEIGHT,
    strip: Strip | None = None,
) -> Iterator[Figure]:
    """The stages of scenes that differ in their numbers alone, with everything else in its place.

    Args:
        scenes: at least one.
        words: as for `stage_figure`.
        axes: as for `stage_figure`.
        width: of each picture, in CSS pixels. What is narrower than a picture of its own has
            the plane below the flow, not beside it.
        height: about that of the flow, and of the plane; more for many rows.
        strip: what stands under each.
    """
    first = scenes[0]
    wide = width >= WIDTH
    body = height_of(first, height)
    half = EDGE + FLOW * (width - 2 * EDGE)
    right = half if wide and first.kind != "gate" else width - EDGE
    flow = plan_flow(scenes, words, EDGE, right, ABOVE, height)
    plane, grid, foot = None, None, ABOVE + body
    if first.kind != "gate":
        left, top = (half + GAP, ABOVE) if wide else (EDGE, foot + HEAD)
        corner = np.array([left + TICKS, top])
        size = np.array([width - EDGE - corner[0], body if wide else height])
        if first.kind == "self_attention":
            ticks = np.array([TICKS, 0])
            grid = plan_grid(first, corner - ticks, size + ticks)
        else:
            plane = plan_plane(scenes, axes, corner, size)
        foot = float(top + size[1]) + BELOW
    warm = any(scene.temperature != 1 for scene in scenes)
    for number, scene in enumerate(scenes):
        sheet = Sheet(width, foot + (STRIP if strip else 0) + EDGE / 2, PAPER)
        trace = scene.trace()
        title = shorten(_title(scene, words, warm), TITLE, width - 2 * EDGE)
        sheet.write(EDGE, EDGE + 2, title, TITLE, LIGHT.text, "left")
        draw_flow(sheet, flow, scene, trace, words)
        if plane:
            draw_plane(sheet, plane, scene, trace, words)
        if grid:
            draw_grid(sheet, grid, scene, words)
        if strip:
            strip.draw(sheet, foot + STRIP / 2, EDGE, width - EDGE, number)
        yield sheet.done()


def _title(scene: Scene, words: Words, warm: bool) -> str:
    """What attends, and how; the temperature too if it is not always 1."""
    parts = [words[f"kind_{scene.kind}"]]
    if scene.kind == "attention":
        parts.append(f"{words['activation']}: {words[f'activation_{scene.activation}']}")
    if scene.kind == "self_attention":
        parts.append(f"{words['asks']}: {scene.rows[scene.asking]}")
        if scene.heads > 1:
            parts.append(words["figure_head"].format(number=scene.head + 1))
        parts += [words["causal_mask"]] * scene.causal
        if scene.positions != "none":
            parts.append(f"{words['positions']}: {words[f'positions_{scene.positions}']}")
    if warm:
        number = readable_number(scene.temperature, words["decimal_mark"])
        parts.append(f"{words['temperature']}: {number}")
    return " · ".join(parts)
