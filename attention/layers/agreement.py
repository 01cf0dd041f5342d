"""The scene on the table through the real layers, and how far the page's numbers are from theirs.

Two programs that know nothing of each other, one in the browser and one in Keras, come to the same
numbers: that is good evidence that both are right, and where they part it shows where to look.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from attention.core import Trace
from attention.layers import Attention, DenseGate, ScaledDotProductAttention
from attention.layers.base import TracedLayer
from attention.precision import tolerance
from attention.scene import MOST_COLUMNS, MOST_ROWS, Model, Scene
from attention.texts import UserError

TOLERANCE = 1e-5
# A layer serves one visitor at a time, for it is given the scene's weights first.
LOCK = Lock()


class Difference(Model):
    """How far the page is from the layer in one stage.

    The tolerance is 1e-5, more only where rounding or the article's ε can do more: see `tolerance`.

    Attributes:
        stage: logits, scores, weights or output.
        agrees: every number is within the tolerance.
        index: where the difference is largest; if they disagree, where it is most beyond tolerance.
        keras: the layer's number there.
        page: the page's number there; None: what it has is not a finite number.
        largest: `|keras − page|` there; None without two finite numbers.
    """

    stage: str
    agrees: bool
    index: int
    keras: float | None
    page: float | None
    largest: float | None


class Agreement(Model):
    """The page held to a layer.

    Attributes:
        layer: the name of the layer's class.
        differences: one a stage, in the order of the computation.
    """

    layer: str
    differences: list[Difference]


def run(scene: Scene) -> Trace:
    """Every stage as the real layer computes it, in float64.

    Two rows; the first feature weighs ln 3, so the first row counts three times:

    >>> names = {"rows": ["a", "b"], "columns": ["f", "g"]}
    >>> scene = Scene(**names, x=[[1, 0], [0, 1]], w=[math.log(3), 0], activation="linear")
    >>> run(scene).weights.round(4).tolist()
    [0.75, 0.25]

    Args:
        scene: what stands on the table.

    Returns:
        Trace: NumPy arrays of the shapes that `scene.trace()` has, without a batch axis. With tanh
        and a temperature of 1 the article's ε makes each weight smaller by up to 2.7e-7 of it.
    """
    with LOCK:
        layer = _layer(scene)
        layer.temperature = scene.temperature
        weights = (scene.w, scene.b) if layer.weights else ()
        layer.set_weights([np.array(values) for values in weights if values is not None])
        stages = layer.trace(_inputs(scene), np.array([scene.shown]) if scene.mask else None)
        # One scene, one query: what is left of every stage is one axis.
        return Trace(**{name: np.array(stage).reshape(-1) for name, stage in vars(stages).items()})


def compare(scene: Scene, page: Mapping[str, list[float | None]]) -> Agreement:
    """Hold the page's numbers to the layer's, stage by stage.

    Args:
        scene: what stands on the table.
        page: the four stages as the page shows them. NaN, infinity or None (which JSON writes for
            both) is a disagreement like any other.

    Returns:
        Agreement: hidden steps count; they have logits and scores like the others.

    Raises:
        UserError: a stage has another length than the layer's.
    """
    layer, tolerances = run(scene), tolerance(scene, TOLERANCE)
    found = [
        _difference(stage, numbers, page[stage], getattr(tolerances, stage))
        for stage, numbers in vars(layer).items()
    ]
    return Agreement(layer=type(_layer(scene)).__name__, differences=found)


def _difference(
    stage: str, layer: NDArray, page: list[float | None], tolerance: NDArray
) -> Difference:
    if len(page) != len(layer):
        raise UserError("rule_stage", stage=stage, count=len(layer), came=len(page))
    shown = np.array(page, np.float64)  # None becomes NaN
    apart = np.abs(layer - shown)
    apart[~np.isfinite(apart)] = math.inf  # what is no number is farthest of all
    agrees = bool((apart <= tolerance).all())
    index = int(np.argmax(apart if agrees else apart / tolerance))
    numbers = {"keras": layer[index], "page": shown[index], "largest": apart[index]}
    finite = {name: float(one) if np.isfinite(one) else None for name, one in numbers.items()}
    return Difference(stage=stage, agrees=agrees, index=index, **finite)


def _layer(scene: Scene) -> TracedLayer:
    """A layer of the scene's kind and shape, whatever numbers it has.

    TensorFlow never gives all of a dropped layer's memory back, so all that there can be are kept.
    """
    if scene.is_dot_product:
        return _dot_product(scene.kind == "scaled_dot_product")
    if scene.kind == "gate":
        return _gate(len(scene.rows), scene.has_bias)
    return _attention(len(scene.rows), len(scene.columns), scene.has_bias, scene.activation)


@lru_cache(MOST_ROWS * MOST_COLUMNS * 2 * 2)
def _attention(steps: int, features: int, bias: bool, activation: str) -> Attention:
    layer = Attention(steps, bias=bias, activation=activation, dtype="float64")
    layer.build((1, steps, features))
    return layer


@lru_cache(MOST_ROWS * 2)
def _gate(steps: int, bias: bool) -> DenseGate:
    layer = DenseGate(use_bias=bias, dtype="float64")
    layer.build((1, steps))
    return layer


@lru_cache(2)
def _dot_product(scale: bool) -> ScaledDotProductAttention:
    return ScaledDotProductAttention(scale=scale, dtype="float64")


def _inputs(scene: Scene) -> NDArray | list[NDArray]:
    """The scene's x as a batch of one; before it, for a dot product, its query, and x once more."""
    x = np.array([scene.x])
    if scene.is_dot_product:
        return [np.array([[scene.query]]), x, x]
    return x[:, :, 0] if scene.kind == "gate" else x
