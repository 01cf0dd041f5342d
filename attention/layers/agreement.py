"""The scene on the table through the real layers, and how far the page's numbers are from theirs.

Two programs that know nothing of each other, one in the browser and one in Keras, come to the same
numbers: that is good evidence that both are right, and where they part it shows where to look.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from keras import ops
from numpy.typing import NDArray

from attention.core import Trace
from attention.layers.from_scene import CLASSES, layer_from
from attention.precision import tolerance
from attention.scene import Model, Scene
from attention.texts import UserError

TOLERANCE = 1e-5


class Difference(Model):
    """How far the page is from the layer in one stage.

    The tolerance is 1e-5, more only where rounding or the article's ε can do more: see `tolerance`.

    Attributes:
        stage: logits, scores, weights, output, or step: one of gradient descent.
        agrees: every number is within the tolerance.
        index: where the difference is largest; if they disagree, where it is most beyond tolerance.
        place: which number of a step that is, as one would write it in Python, such as `w[2]`.
        keras: the layer's number there.
        page: the page's number there; None: what it has is not a finite number.
        largest: `|keras − page|` there; None without two finite numbers.
    """

    stage: str
    agrees: bool
    index: int
    place: str | None = None
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
    with layer_from(scene) as table:
        stages = table.trace()
        # One scene, one query: what is left of every stage is one axis.
        return Trace(
            **{
                name: ops.convert_to_numpy(stage).reshape(-1)
                for name, stage in vars(stages).items()
            }
        )


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
        difference(stage, numbers, page[stage], getattr(tolerances, stage))
        for stage, numbers in vars(layer).items()
    ]
    return Agreement(layer=CLASSES[scene.kind].__name__, differences=found)


def difference(
    stage: str,
    layer: NDArray,
    page: Sequence[float | None],
    tolerance: NDArray,
    places: Sequence[str] | None = None,
) -> Difference:
    """Hold the page's numbers of one stage to the layer's.

    Raises:
        UserError: they are not equally many.
    """
    if len(page) != len(layer):
        raise UserError("rule_stage", stage=stage, count=len(layer), came=len(page))
    shown = np.array(page, np.float64)  # None becomes NaN
    apart = np.abs(layer - shown)
    apart[~np.isfinite(apart)] = math.inf  # what is no number is farthest of all
    agrees = bool((apart <= tolerance).all())
    index = int(np.argmax(apart if agrees else apart / tolerance))
    numbers = {"keras": layer[index], "page": shown[index], "largest": apart[index]}
    finite = {name: float(one) if np.isfinite(one) else None for name, one in numbers.items()}
    place = places[index] if places else None
    return Difference(stage=stage, agrees=agrees, index=index, place=place, **finite)
