"""Let gradient descent turn the sliders: the next steps of a training, from the scene as it stands.

Nothing of a run is kept between two calls. Plain gradient descent has no memory, so the next step
follows from the numbers on the table alone: whoever turns a slider meanwhile trains on from there,
and a run that nobody asks about any more has ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from attention.objective import Objective, Part
from attention.scene import LARGEST_NUMBER, MOST_ROWS, Model, Scene
from attention.texts import Told
from attention.training.descent_model import DescentModel, model_for, padded

# A model serves one visitor at a time, for it is given the scene's numbers first.
TURN = Lock()
# It has arrived when a step moves no number by more than this times the learning rate.
ARRIVED = 1e-6

Numbers = dict[Part, list[Any]]
Arrays = dict[Part, NDArray]
End = Literal["arrived", "still", "diverged"]


class Point(Model):
    """A place on the way down.

    Attributes:
        numbers: each part of the scene there, by its name, in the scene's shape.
        gradients: how the loss and the penalty grow with each of these numbers.
        loss: the cross-entropy −Σ target·ln weight of the visible steps.
        penalty: what the regularisers add to it.
    """

    numbers: Numbers
    gradients: Numbers
    loss: float
    penalty: float


class Descent(Model):
    """A part of the way down.

    Attributes:
        points: first the scene as it stands, then one a step.
        end: why there is no further step. "arrived": nothing moves any more; "still": every
            gradient is exactly 0, though the weights are not what they should be; "diverged":
            the next number is not finite, or beyond ±1,000,000.
    """

    points: list[Point]
    end: End | None


def descend(scene: Scene, objective: Objective, steps: int) -> Descent:
    """Take the next steps of gradient descent with real Keras layers.

    Two rows, of which only the bias turns. The weights are ½ and ½, the targets 1 and 0, so the
    gradients are −½ and ½, and a step at a rate of 1 takes them off:

    >>> names = {"rows": ["a", "b"], "columns": ["f"]}
    >>> scene = Scene(**names, x=[[3], [3]], w=[1], b=[0, 0], activation="linear")
    >>> way = descend(scene, Objective(target=[1, 0], turns=("b",)), steps=1)
    >>> way.points[0].gradients["b"], way.points[1].numbers["b"]
    ([-0.5, 0.5], [0.5, -0.5])

    Args:
        scene: what stands on the table; its mask hides from the loss too.
        objective: targets, learning rate, what turns and by which rules.
        steps: how many, at least 1.

    Returns:
        Descent: `steps` + 1 points, fewer if it ends.

    Raises:
        Told: targets that cannot be, or nothing that may turn.
    """
    shares = np.array(objective.shares(scene))
    present = _numbers_of(scene)
    turns = _turning(objective, present)
    with TURN:
        model = model_for(scene, _constraints(objective, turns))
        model.follow(objective, turns)
        model.set_numbers(present)
        data = _inputs(scene, model.columns), _tensor(padded([shares], (1, MOST_ROWS)))
        walk = _Walk(model, data, turns, objective.rate, lowest=_entropy(shares))
        return walk(present, steps)


@dataclass(frozen=True)
class _Walk:
    """A way down that has been laid out.

    Attributes:
        model: it has the numbers to begin with.
        data: its inputs and the target shares.
        turns: the parts of which a step may move something.
        rate: the learning rate.
        lowest: the loss when every weight is what it should be.
    """

    model: DescentModel
    data: tuple[dict[str, tf.Tensor], tf.Tensor]
    turns: list[Part]
    rate: float
    lowest: float

    def __call__(self, here: Arrays, steps: int) -> Descent:
        """Go; the step after the last point is taken to know the gradients there, and dropped."""
        points = []
        while True:
            point = _point(here, self.model.train_on_batch(*self.data, return_dict=True))
            points.append(point)
            if len(points) > steps:
                return Descent(points=points, end=None)
            there = {part: self._read(part, numbers.shape) for part, numbers in here.items()}
            if end := self._end(point, here, there):
                return Descent(points=points, end=end)
            here = there

    def _read(self, part: Part, shape: tuple[int, ...]) -> NDArray:
        """What the model has of a part, without the padding."""
        return self.model.parts[part].numpy()[tuple(map(slice, shape))]

    def _end(self, point: Point, here: Arrays, there: Arrays) -> End | None:
        """Why the step from here to there is not worth taking, if it is not."""
        if any(not (np.abs(numbers) <= LARGEST_NUMBER).all() for numbers in there.values()):
            return "diverged"
        farthest = max(np.abs(there[part] - here[part]).max() for part in self.turns)
        if farthest > ARRIVED * self.rate:
            return None
        flat = not farthest and not any(np.any(point.gradients[part]) for part in self.turns)
        return "still" if flat and point.loss > self.lowest + ARRIVED else "arrived"


def _entropy(shares: NDArray) -> float:
    """−Σ share·ln share."""
    seen = shares[shares > 0]
    return float(-(seen * np.log(seen)).sum())


def _point(here: Arrays, said: Mapping[str, Any]) -> Point:
    """Where the model stood, and what it said of that place."""
    slices = {part: tuple(map(slice, numbers.shape)) for part, numbers in here.items()}
    # Plus 0: a −0 is a 0.
    gradients = {part: np.array(said[part], ndmin=1)[cut] + 0.0 for part, cut in slices.items()}
    return Point(
        numbers={part: numbers.tolist() for part, numbers in here.items()},
        gradients={part: numbers.tolist() for part, numbers in gradients.items()},
        loss=said["loss"],
        penalty=said["penalty"],
    )


def _numbers_of(scene: Scene) -> Arrays:
    """What of the scene can be learned."""
    factors = np.array(scene.factors, float)
    if scene.is_dot_product:
        return {"query": factors}
    return {"w": factors, "b": np.array(scene.b, float)} if scene.has_bias else {"w": factors}


def _turning(objective: Objective, present: Arrays) -> list[Part]:
    """The parts that may turn and that the scene has."""
    turns = [part for part in objective.turns if part in present]
    if not turns:
        raise Told("rule_turns", at=("turns",), allowed=list(present), came=list(objective.turns))
    return turns


def _constraints(objective: Objective, turns: list[Part]) -> dict[Part, str]:
    """What holds for the parts that turn; a part that stands still is left as it is."""
    named = {part: getattr(objective, part).constraint for part in turns}
    return {part: constraint for part, constraint in named.items() if constraint != "none"}


def _inputs(scene: Scene, columns: int) -> dict[str, tf.Tensor]:
    """The scene as a padded batch of one; as tensors, or every step would make them anew."""
    return {
        "x": _tensor(padded([scene.x], (1, MOST_ROWS, columns))),
        "mask": _tensor(padded([scene.shown], (1, MOST_ROWS)).astype(bool)),
        "temperature": _tensor([[scene.temperature]]),
    }


def _tensor(numbers: object) -> tf.Tensor:
    return tf.convert_to_tensor(np.asarray(numbers))
