"""The stage of a scene that moves: a number that is swept, or a training, step by step.

They are drawn by `figures/`; what is to be seen in each picture is computed here.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeVar

import numpy as np
from pydantic import Field, model_validator

from attention.errors import remap_error_location
from attention.export.formats import Axes, Words
from attention.numbers import fixed_number, readable_number
from attention.objective import Objective, Parameter, Share
from attention.scene import PROJECTIONS, AtMostRows, Model, Number, Scene
from attention.texts import UserError

if TYPE_CHECKING:
    from attention.figures import Curve, Slider

Moving = Literal["gif", "webp"]
MOST_PICTURES, SWEPT = 40, 24  # of a training, of a sweep
MOST_STEPS = 1_000_000
LARGEST_FILE = 1_000_000  # bytes; what would be larger goes without some pictures
MOST_SECONDS = 30
WIDTH, HEIGHT = 640, 190
FIRST, MOVING, LAST = 600, 70, 1_500  # milliseconds

Item = TypeVar("Item")


class Sweep(Model):
    """One number of a scene, from low to high.

    Attributes:
        of: which: "temperature", or a number by its place, as "b.3", "x.0.1", "w.0", "query.0".
        low: where it begins. high: where it ends.
    """

    of: Annotated[str, Field(max_length=40)]
    low: Number
    high: Number

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low < self.high:
            raise UserError("rule_below", at=("low",), bound=self.high, came=self.low)
        return self


class Step(Model):
    """Where a training stands after so many steps: the parts of the scene that it moves."""

    number: Annotated[int, Field(strict=True, ge=0, le=MOST_STEPS)]
    parts: dict[Parameter, Any]  # a scene checks them


class Training(Model):
    """Some steps of a training, in their order, and the targets of the rows."""

    steps: Annotated[list[Step], Field(min_length=2, max_length=MOST_PICTURES)]
    target: Annotated[list[Share], AtMostRows]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        numbers = [step.number for step in self.steps]
        for place, (before, number) in enumerate(pairwise(numbers), start=1):
            if number <= before:
                at = ("steps", place, "number")
                raise UserError("rule_at_least", at=at, bound=before + 1, came=number)
        return self


def animate(
    scene: Scene, moves: Sweep | Training, format: Moving, words: Words, axes: Axes = None
) -> bytes:
    """The stage of a scene in which something moves.

    Args:
        scene: what stands on the table.
        moves: what moves. A sweep also comes back, if the file is not too large then.
        format: "gif" or "webp".
        words: the page's words in one language.
        axes: which two features the plane shows; None: the first two.

    Raises:
        UserError: a number that the scene does not have; targets that cannot be; too slow.
        ValidationError: a number or a step that cannot stand in the scene.
    """
    from attention import figures  # Matplotlib: only when somebody wants a figure

    strip: Slider | Curve
    if isinstance(moves, Sweep):
        scenes = swept(scene, moves)
        strip = _slider(scenes, moves, words)
    else:
        scenes = trained(scene, moves)
        strip = _curve(scenes, moves, words)
    drawn = figures.stage_figures(scenes, words, axes, width=WIDTH, height=HEIGHT, strip=strip)
    seen = [FIRST, *[MOVING] * (len(scenes) - 2), LAST]
    animation = figures.Animation(_in_time(drawn), seen)
    shorter: list[dict[str, Any]] = [{}, {"every": 2}]
    if isinstance(moves, Sweep):
        shorter.insert(0, {"back": True})
    for how in shorter:
        file = animation.save(format, **how)
        if len(file) <= LARGEST_FILE:
            break
    return file


def swept(scene: Scene, sweep: Sweep) -> list[Scene]:
    """The scene with one number from low to high; a temperature rises by the same factor.

    >>> scene = Scene(rows=["a"], columns=["f"], x=[[1]], w=[2])
    >>> [one.w for one in swept(scene, Sweep(of="w.0", low=0, high=1))][::11]
    [[0.0], [0.48], [0.96]]

    Raises:
        UserError: a number that the scene does not have.
        ValidationError: an end that cannot stand in the scene.
    """
    names = ["temperature", *(".".join(map(str, place)) for place in scene.cells())]
    if sweep.of not in names:
        raise UserError("rule_choice", at=("sweep", "of"), allowed=names, came=repr(sweep.of))
    with remap_error_location({}, "sweep"):
        for end in (sweep.low, sweep.high):
            _with_number(scene, sweep.of, end)
    rises = np.geomspace if sweep.of == "temperature" else np.linspace
    numbers = rises(sweep.low, sweep.high, SWEPT).tolist()
    return [_with_number(scene, sweep.of, _rounded(number, sweep)) for number in numbers]


def trained(scene: Scene, training: Training) -> list[Scene]:
    """The scene after each of these steps.

    Raises:
        ValidationError: a step that cannot stand in the scene.
    """
    with remap_error_location({}, "training", "steps"):
        return [Scene.model_validate(vars(scene) | step.parts) for step in training.steps]


def loss_of(scene: Scene, target: Sequence[float]) -> float:
    """The cross-entropy −Σ target·ln weight of the steps that are seen, also where a weight is 0.

    >>> scene = Scene(rows=["a", "b"], columns=["f"], x=[[0], [0]], w=[1])
    >>> round(loss_of(scene, [1, 0]), 3)  # ln 2
    0.693
    """
    shown = np.array(scene.seen)
    scores = scene.trace().scores[shown] / scene.temperature
    shifted = scores - scores.max()
    return float(np.array(target)[shown] @ (np.log(np.exp(shifted).sum()) - shifted))


def _with_number(scene: Scene, of: str, number: float) -> Scene:
    fields = scene.model_dump()
    place: Any = fields
    *steps, last = (int(step) if step.isdigit() else step for step in of.split("."))
    for step in steps:
        place = place[step]
    place[last] = number
    return Scene.model_validate(fields)


def _rounded(number: float, sweep: Sweep) -> float:
    """With as many decimals as the way has a use for, and within its ends."""
    scale = number if sweep.of == "temperature" else sweep.high - sweep.low
    short = round(number, 2 - math.floor(math.log10(scale)))
    return min(max(short, sweep.low), sweep.high)


def _slider(scenes: Sequence[Scene], sweep: Sweep, words: Words) -> Slider:
    from attention.figures import Slider
    from attention.figures.rows import colours, row_colour

    field, *place = sweep.of.split(".")
    at = [int(index) for index in place]
    own = colours()["t" if field == "temperature" else "w"]
    colour = row_colour(at[0]) if field in ("x", "b") else own
    numbers = [one.temperature if not at else one.cells()[(field, *at)] for one in scenes]
    told = [readable_number(number, words["decimal_mark"]) for number in numbers]
    shares = np.linspace(0, 1, len(scenes)).tolist()
    return Slider(_name_of(scenes[0], field, at, words), colour, shares, told)


def _name_of(scene: Scene, field: str, at: Sequence[int], words: Words) -> str:
    """What the page calls a number's slider."""
    if field == "temperature":
        return words["temperature"]
    is_gate = scene.kind == "gate"
    if field == "query":
        return words["slider_q"].format(column=scene.columns[at[0]])
    if field == "b":
        return words["slider_b"].format(row=scene.rows[at[0]])
    if field == "w" and is_gate:
        return words["slider_w_gate"].format(column=scene.rows[at[0]], row=scene.rows[at[1]])
    if field == "w":
        return words["slider_w"].format(column=scene.columns[at[0]])
    if field in PROJECTIONS:
        return f"W_{field[1]} · {scene.columns[at[0]]} · {field[1]}{at[1] + 1}"
    if field == "pos":
        return f"{words['positions']}: {at[0] + 1} · {scene.columns[at[1]]}"
    key = "slider_x_gate" if is_gate else "slider_x"
    return words[key].format(row=scene.rows[at[0]], column=scene.columns[at[1]])


def _curve(scenes: Sequence[Scene], training: Training, words: Words) -> Curve:
    from attention.figures import Curve
    from attention.figures.rows import colours

    with remap_error_location({}, "training"):
        target = Objective(target=training.target).target_weights(scenes[0])
    losses = [loss_of(scene, target) for scene in scenes]
    told = [fixed_number(loss, 3, words["decimal_mark"]) for loss in losses]
    return Curve(
        colours()["w"],
        [step.number for step in training.steps],
        losses,
        [f"{words['train_steps']}: {step.number}" for step in training.steps],
        [f"{words['train_loss']} {number}" for number in told],
    )


def _in_time(drawn: Iterable[Item]) -> Iterator[Item]:
    """The same, as long as it does not take too long."""
    end = time.monotonic() + MOST_SECONDS
    for one in drawn:
        if time.monotonic() > end:
            raise UserError("refused_animation_slow", most=MOST_SECONDS)
        yield one
