"""What a variation makes of a setting, and how two of them differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attention.variations.registry import Rows, Variation
from attention.variations.setting import Setting


@dataclass(frozen=True)
class Result:
    """What a variation makes of a setting.

    Attributes:
        rows: who asks, see `Variation`.
        weights: (steps, steps), several heads (heads, steps, steps), the layer (steps,),
            the features (features, steps).
        output: (steps, features); where the layer asks (features,).
        visible: where a weight is allowed at all, by the masks and by the variation itself;
            of the shape of `weights`. Elsewhere it is exactly 0.
    """

    rows: Rows
    weights: NDArray
    output: NDArray
    visible: NDArray


@dataclass(frozen=True)
class Comparison:
    """Two results for the same steps, one minus the other.

    Attributes:
        difference: (steps, steps), or (1, steps) if neither has a row for every step.
        visible: where at least one of the two may have a weight; of the same shape.
        largest: the largest |difference|.
        at: the row and the column where it is; the first, if there are several.
    """

    difference: NDArray
    visible: NDArray
    largest: float
    at: tuple[int, int]


def apply(variation: Variation, setting: Setting) -> Result:
    """Compute a variation in a setting.

    >>> from attention.variations import VARIATIONS
    >>> apply(VARIATIONS["dot"], Setting(sentence="love love")).weights[0].tolist()
    [0.5, 0.5, 0.0, 0.0]
    """
    parameters, visible = setting.parameters(variation), setting.visible(variation.rows)
    weights, output = variation.function(setting.x, visible, **parameters)
    # Where all is 0 no score differs from another: whatever may have a weight has one.
    zeros = {name: np.zeros_like(value) for name, value in parameters.items()}
    possible, _ = variation.function(np.zeros_like(setting.x), visible, **zeros)
    return Result(variation.rows, weights, output, possible > 0)


def compare(a: Result, b: Result) -> Comparison:
    """The weights of `a` minus those of `b`.

    Heads and features are averaged first. A single row is compared with every row of the other.

    Raises:
        ValueError: another number of steps.
    """
    if a.weights.shape[-1] != b.weights.shape[-1]:
        steps = [one.weights.shape[-1] for one in (a, b)]
        raise ValueError(f"both must have the same steps; got {steps[0]} and {steps[1]}")
    difference = _rows(a.rows, a.weights) - _rows(b.rows, b.weights)
    visible = (_rows(a.rows, a.visible) > 0) | (_rows(b.rows, b.visible) > 0)
    apart = np.abs(difference)
    row, column = np.unravel_index(apart.argmax(), apart.shape)
    return Comparison(difference, visible, float(apart.max()), (int(row), int(column)))


def _rows(rows: Rows, values: NDArray) -> NDArray:
    """One row per step, or just one: the mean over heads or features."""
    if rows == "layer":
        return values[None]
    if rows == "feature":
        return values.mean(axis=0, keepdims=True)
    return values.mean(axis=0) if values.ndim == 3 else values
