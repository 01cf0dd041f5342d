"""How far apart two correct programs may be: what rounding and the article's ε can make of a scene.

Two programs that add in different orders differ in the last of the 16 digits of float64. Of
products as large as 1e12, which may cancel, that is 1e-4, and a low temperature makes it larger
before exp turns it into weights. Of ordinary numbers it is next to nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attention.core import Trace
from attention.objective import Objective
from attention.scene import PROJECTIONS, Scene

WAVES = 32  # roundings of a sinusoidal position, whose angle may be 15 and so 32 times as rounded
# Keras' MultiHeadAttention hides a step by a score of −1e9: of lower visible ones it would win.
LOWEST_BESIDE_HIDDEN = -1e8
EPSILON = 1e-7  # what the article's class adds to the sum: `keras.config.epsilon()`


def tolerance(scene: Scene, floor: float) -> Trace:
    """How far apart two correct programs may be in each number of a scene.

    With ordinary numbers it is the floor:

    >>> names = {"rows": ["a", "b"], "columns": ["f"]}
    >>> tolerance(Scene(**names, x=[[1], [2]], w=[100]), floor=1e-5).logits.tolist()
    [1e-05, 1e-05]

    A logit of 1e12 is a float64 of which the fourth decimal is not certain:

    >>> tolerance(Scene(**names, x=[[1], [1e6]], w=[1e6]), floor=1e-5).logits.round(4).tolist()
    [0.0, 0.0011]

    Args:
        scene: what both compute, in float64.
        floor: what they may differ by in any case.

    Returns:
        Trace: absolute differences, of the shapes that `scene.trace()` has.
    """
    trace, x = scene.trace(), np.array(scene.x)
    logits, scores, moved = _rounded(scene, trace)
    lost = _lost_to_epsilon(scene, trace)
    weights = moved + lost * trace.weights
    if scene.kind == "self_attention":
        output = _output_of_heads(scene)
    else:
        gate = scene.kind == "gate"
        reach = np.abs(x[:, 0]) if gate else np.ptp(x, axis=0)
        summed = _rounding(np.abs(x[:, 0]) if gate else np.abs(x).max(axis=0), len(x))
        output = moved * reach + lost * np.abs(trace.output) + summed
    stages = Trace(logits, scores, weights, output)
    return Trace(**{name: np.maximum(floor, stage) for name, stage in vars(stages).items()})


@dataclass(frozen=True)
class StepTolerance:
    """How far apart two correct programs may be in one step of gradient descent.

    Attributes:
        loss: of the cross-entropy.
        penalty: of what the regularisers add.
        gradients: by parameter, in its shape.
        numbers: after the step, by parameter.
    """

    loss: float
    penalty: float
    gradients: dict[str, NDArray]
    numbers: dict[str, NDArray]


def step_tolerance(
    scene: Scene, objective: Objective, gradients: Mapping[str, NDArray], floor: float
) -> StepTolerance:
    """How far apart two correct programs may be in a step from this scene, both in float64.

    Args:
        scene: where both begin.
        objective: where they are to go.
        gradients: by parameter, as one of them has it.
        floor: what loss, penalty and gradients may differ by in any case.
    """
    trace, x = scene.trace(), np.abs(scene.x)
    _, scores, moved = _rounded(scene, trace)
    # The gradient of a score is (weight − target) / T; that of a logit under tanh 1 − score² of it.
    sizes = np.abs(trace.weights - objective.target_weights(scene)) / scene.temperature
    errors = moved / scene.temperature + _rounding(sizes, 1)
    if scene.has_tanh:
        errors = errors + 2 * sizes * scores
    if scene.kind == "self_attention":
        by_parameter = _gradients_of_projections(scene, errors, sizes)
    else:
        gate = scene.kind == "gate"
        w = np.outer(x[:, 0], errors) if gate else x.T @ errors + _rounding(x.T @ sizes, len(x))
        by_parameter = {"query": w} if scene.is_dot_product else {"w": w, "b": errors}
    loss = (_rounding(np.abs(trace.scores), len(x)) + 2 * scores).max() / scene.temperature
    penalty, wide, numbers = np.zeros(()), {}, {}
    for name, gradient in gradients.items():
        options, own = getattr(objective, name), np.array(getattr(scene, name), float)
        penalty = penalty + options.strength * (np.abs(own) + own**2).sum()
        wide[name] = np.maximum(floor, by_parameter[name])
        numbers[name] = objective.rate * wide[name]
        if (
            options.constraint == "unit_norm"
        ):  # it divides by the norm, which may be next to nothing
            norms = np.linalg.norm(own - objective.rate * gradient, axis=0)
            numbers[name] = numbers[name] * np.maximum(1, 2 / (EPSILON + norms))
    penalty = _rounding(penalty, 256)
    return StepTolerance(max(floor, float(loss)), max(floor, float(penalty)), wide, numbers)


def _rounded(scene: Scene, trace: Trace) -> tuple[NDArray, NDArray, float]:
    """What rounding can make of each logit, of each score, and of any share of all weights."""
    logits = scores = _rounding(*_logit_sizes(scene))
    if scene.has_tanh:  # next to nothing where tanh is flat
        scores = np.tanh(trace.logits + logits) - np.tanh(trace.logits - logits)
    # If no score moves by more than d, the odds between two groups of steps change by e^±2d at
    # most; so no group's share moves by more than σ(d) − σ(−d) = tanh(d/2), and the mean of a
    # column by that part of its range.
    highest = scores.max(where=np.array(scene.seen), initial=0)
    return logits, scores, np.tanh(highest / scene.temperature / 2)


def _rounding(size: NDArray, terms: int) -> NDArray:
    """How far apart two sums of so many products can be whose sizes sum to `size`.

    Either is at most n·u·size off, with u = 2⁻⁵³ = eps/2. Four more roundings are for what is
    done to a term or to the sum: bias, √features or exp, highest score, temperature.

    Source:
        Higham 2002, "Accuracy and Stability of Numerical Algorithms", section 3.1.
    """
    return (terms + 4) * np.finfo(float).eps * size


def _logit_sizes(scene: Scene) -> tuple[NDArray, int]:
    """Σ|products| + |bias| of each row, and how many products there are."""
    if scene.kind == "self_attention":
        own, sizes = _columns_of_head(scene), _projected_sizes(scene)
        logits = sizes["wk"][:, own] @ sizes["wq"][scene.asking, own]
        return logits, 2 * (len(scene.columns) + WAVES) + own.stop - own.start
    factors = np.abs(scene.factors)
    x = np.abs(scene.x)
    products = (x[:, 0] * scene.shown) @ factors if scene.kind == "gate" else x @ factors
    return products + np.abs(scene.bias or 0), len(factors)


def _projected_sizes(scene: Scene) -> dict[str, NDArray]:
    """Σ|products| of each query, key and value, by the name of its matrix."""
    x = np.abs(scene.x) + np.abs(scene.placed or 0)
    return {name: x @ np.abs(getattr(scene, name)) for name in PROJECTIONS}


def _columns_of_head(scene: Scene) -> slice:
    """Which columns of queries and keys belong to the head that is looked at."""
    width = scene.d_k // scene.heads
    return slice(scene.head * width, (scene.head + 1) * width)


def _output_of_heads(scene: Scene) -> NDArray:
    """How far apart the outputs of two programs may be, each head by what moves its weights."""
    values, sizes = scene.whole_trace().values, _projected_sizes(scene)["wv"].max(axis=0)
    heads = [scene.model_copy(update={"head": head}) for head in range(scene.heads)]
    moved = [_rounded(one, one.trace())[2] for one in heads]
    each = np.repeat(moved, values.shape[1] // scene.heads)
    terms = len(scene.columns) + WAVES + len(values)
    return each * np.ptp(values, axis=0) + _rounding(sizes, terms)


def _gradients_of_projections(scene: Scene, errors: NDArray, sizes: NDArray) -> dict[str, NDArray]:
    """The same for how the loss grows with `wq` and `wk`, by the errors and sizes of its slopes.

    That is x_a ⊗ Σ slope·key and Σ slope·x ⊗ query_a, over √d, in the columns of the head.
    """
    own, projected, terms = _columns_of_head(scene), _projected_sizes(scene), len(scene.columns)
    x = np.abs(scene.x) + np.abs(scene.placed or 0)
    keys, query = projected["wk"][:, own], projected["wq"][scene.asking, own]
    rounded = errors + _rounding(sizes, terms + WAVES + len(x))
    wide = {name: np.zeros(np.shape(getattr(scene, name))) for name in ("wq", "wk")}
    root = np.sqrt(own.stop - own.start)
    wide["wq"][:, own] = np.outer(x[scene.asking], rounded @ keys) / root
    wide["wk"][:, own] = np.outer(rounded @ x, query) / root
    return wide


def _lost_to_epsilon(scene: Scene, trace: Trace) -> float:
    """How much of itself a weight loses where one of the programs divides by the sum plus ε.

    The article's class does, with tanh and no temperature: its scores are within ±1, so it is
    at most ε / e⁻¹ = 2.7e-7.
    """
    if not scene.has_tanh or scene.temperature != 1 or not any(scene.shown):
        return 0.0
    return EPSILON / np.exp(trace.scores[scene.shown]).sum()
