"""Gradient descent on the scene, by real Keras layers: the reference for notebooks and the page.

The page takes the same steps by itself, with gradients in closed form (`core/descent.js`); tests
hold it to these. Nothing of a run is kept between two calls: plain gradient descent has no memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from numpy.typing import NDArray

from attention.layers.from_scene import SceneLayer, layer_from
from attention.layers.masked import LOWEST_SCORE
from attention.objective import Objective, Parameter, ParameterOptions
from attention.scene import LARGEST_NUMBER, Model, Scene
from attention.texts import UserError

# It has arrived when a step moves no number by more than this times the learning rate.
ARRIVED = 1e-6

Numbers = dict[Parameter, list[Any]]
End = Literal["arrived", "still", "diverged"]


class Point(Model):
    """A place on the way down.

    Attributes:
        numbers: each part of the scene there, by its name, in the scene's shape.
        gradients: how the loss and the penalty grow with each of these numbers.
        loss: the cross-entropy −Σ target·ln weight of the steps that are seen.
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
        UserError: targets that cannot be, or nothing that may turn.
    """
    target = np.array(objective.target_weights(scene))
    with layer_from(scene) as table:
        turns = [part for part in objective.turns if part in table.parts]
        if not turns:
            came = list(objective.turns)
            raise UserError("rule_turns", at=("turns",), allowed=list(table.parts), came=came)
        for part, variable in table.parts.items():
            rules = getattr(objective, part)
            variable.regularizer = _regularizer(rules)
            # What may not turn is left as it is, whatever it breaks.
            held = part in turns and rules.constraint != "none"
            variable.constraint = keras.constraints.get(rules.constraint) if held else None
        run = _Run(table, target, objective.rate, turns)
        points: list[Point] = []
        while True:
            points.append(run.step())
            if len(points) > steps:  # that step was taken for the gradients where it began
                return Descent(points=points, end=None)
            if end := run.end(points[-1]):
                return Descent(points=points, end=end)


@dataclass(frozen=True)
class _Run:
    """A layer on its way down: where it should look, the learning rate, what turns."""

    table: SceneLayer
    target: NDArray
    rate: float
    turns: list[Parameter]

    def step(self) -> Point:
        """Take a step, and tell of the place where it began."""
        parts = self.table.parts
        numbers = {part: self._shaped(part, variable).tolist() for part, variable in parts.items()}
        with tf.GradientTape() as tape:
            # Softmax and cross-entropy are one function, so that the gradient of a score is
            # (weight − target) / temperature even where a weight rounds to 0.
            loss = keras.losses.categorical_crossentropy(
                self.target, self._scores(), from_logits=True
            )
            penalty = sum(self.table.layer.losses)
            whole = loss + penalty
        gradients = tape.gradient(whole, parts)
        optimizer = _optimizer(self.table.layer)
        # In 64 bits; Keras would keep a plain number in 32.
        optimizer.learning_rate = lambda: np.float64(self.rate)
        optimizer.apply(
            [gradients[part] for part in self.turns], [parts[part] for part in self.turns]
        )
        return Point(
            numbers=numbers,
            # Plus 0: a −0 is a 0.
            gradients={
                part: (self._shaped(part, one) + 0.0).tolist() for part, one in gradients.items()
            },
            loss=float(loss),
            penalty=float(penalty),
        )

    def end(self, point: Point) -> End | None:
        """Why the step from that point is not worth taking, if it is not."""
        there = {part: self._shaped(part, self.table.parts[part]) for part in self.turns}
        if any(not (np.abs(numbers) <= LARGEST_NUMBER).all() for numbers in there.values()):
            return "diverged"
        farthest = max(np.abs(there[part] - point.numbers[part]).max() for part in self.turns)
        if farthest > ARRIVED * self.rate:
            return None
        flat = not farthest and not any(np.any(point.gradients[part]) for part in self.turns)
        seen = self.target[self.target > 0]
        lowest = -(seen * np.log(seen)).sum()  # the loss where every weight is its target
        return "still" if flat and point.loss > lowest + ARRIVED else "arrived"

    def _shaped(self, part: str, numbers: Any) -> NDArray:
        """In the scene's shape; a layer may have its columns in heads."""
        whole: NDArray = numbers.numpy().reshape(np.shape(getattr(self.table.scene, part)))
        return whole

    def _scores(self) -> Any:
        """The scores over the temperature, (steps,); what is hidden is below all of them."""
        scene = self.table.scene
        return ops.where(scene.seen, self.table.scores(), LOWEST_SCORE) / scene.temperature


def _regularizer(rules: ParameterOptions) -> keras.regularizers.Regularizer | None:
    """Keras' own, with its strength in 64 bits; it would round a plain number to 32."""
    if rules.regularizer == "none":
        return None
    found = keras.regularizers.get(rules.regularizer)
    setattr(found, rules.regularizer, np.float64(rules.strength))
    return found


@lru_cache(None)
def _optimizer(layer: keras.Layer) -> keras.optimizers.Optimizer:
    """Plain gradient descent, which remembers nothing; one a layer, for they are kept too."""
    optimizer = keras.optimizers.SGD()
    optimizer.build(layer.weights)
    return optimizer
