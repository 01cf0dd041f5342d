"""The scene on the table through the real layers, and how far the page's numbers are from theirs.

Two programs that know nothing of each other, one in the browser and one in Keras, come to the same
numbers: that is good evidence that both are right, and where they part it shows where to look.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated

import keras
import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from attention.core import Trace
from attention.layers import Attention, DenseGate, ScaledDotProductAttention
from attention.scene import Model, Scene, explain

TOLERANCE = 1e-5
Numbers = list[Annotated[float, Field(strict=True)] | None]


class Stages(Model):
    """What the page says of a scene: every stage, as JSON has it. None is a number that is none."""

    logits: Numbers
    scores: Numbers
    weights: Numbers
    output: Numbers


class Difference(Model):
    """How far the page is from the layer in one stage.

    The tolerance is 1e-5 · max(1, |number|). It is relative because numbers may be as large as
    1e13, and of those 64 bits hold no fifth decimal.

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
    stages = {"attention": _attention, "gate": _gate}.get(scene.kind, _dot_product)(scene)
    # One scene, one query: what is left of every stage is one axis.
    return Trace(**{name: np.array(stage).reshape(-1) for name, stage in vars(stages).items()})


def differences(scene: Scene, page: Mapping[str, list[float | None]]) -> list[Difference]:
    """Hold the page's numbers to the layer's, stage by stage in the order of the computation.

    Args:
        scene: what stands on the table.
        page: the four stages as the page shows them. NaN, infinity or None (which JSON writes for
            both) is a disagreement like any other.

    Returns:
        One `Difference` a stage. Hidden steps count: they have logits and scores like the others.

    Raises:
        ValueError: a stage is missing, has another length, or holds anything but numbers.
    """
    try:
        shown = Stages.model_validate(dict(page))
    except ValidationError as error:
        raise ValueError(explain(error)) from None
    layer = run(scene)
    return [_difference(name, stage, getattr(shown, name)) for name, stage in vars(layer).items()]


def _difference(stage: str, layer: NDArray, page: list[float | None]) -> Difference:
    if len(page) != len(layer):
        raise ValueError(f"{stage} must have {len(layer)} numbers; got {len(page)}")
    shown = np.array(page, np.float64)  # None becomes NaN
    apart = np.abs(layer - shown)
    apart[~np.isfinite(apart)] = math.inf  # what is no number is farthest of all
    room = TOLERANCE * np.maximum(1, np.abs(layer))
    agrees = bool((apart <= room).all())
    index = int(np.argmax(apart if agrees else apart / room))
    numbers = {"keras": layer[index], "page": shown[index], "largest": apart[index]}
    finite = {name: float(one) if np.isfinite(one) else None for name, one in numbers.items()}
    return Difference(stage=stage, agrees=agrees, index=index, **finite)


def _attention(scene: Scene) -> Trace:
    layer = Attention(
        len(scene.rows),
        bias=scene.b is not None,
        activation=scene.activation,
        temperature=scene.temperature,
        dtype="float64",
    )
    return _with_weights(layer, scene).trace(_batch(scene.x), _mask(scene))


def _gate(scene: Scene) -> Trace:
    layer = DenseGate(use_bias=scene.b is not None, temperature=scene.temperature, dtype="float64")
    numbers = [number for (number,) in scene.x]
    return _with_weights(layer, scene).trace(_batch(numbers), _mask(scene))


def _dot_product(scene: Scene) -> Trace:
    layer = ScaledDotProductAttention(
        scale=scene.kind.startswith("scaled"), temperature=scene.temperature, dtype="float64"
    )
    query, x = _batch([scene.query]), _batch(scene.x)
    return layer.trace([query, x, x], _mask(scene))


def _with_weights(layer: keras.layers.Layer, scene: Scene) -> keras.layers.Layer:
    steps, features = len(scene.rows), len(scene.columns)
    layer.build((1, steps) if scene.kind == "gate" else (1, steps, features))
    layer.set_weights([np.array(weights) for weights in (scene.w, scene.b) if weights is not None])
    return layer


def _batch(values: list) -> NDArray:
    return np.array([values], np.float64)


def _mask(scene: Scene) -> NDArray | None:
    return np.array([scene.mask]) if scene.mask else None
