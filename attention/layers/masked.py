"""The softmax and the rule for masks that all layers share, in operations that Keras can train.

One rule for masks: a hidden step gets a weight of exactly 0, the visible weights sum to 1, and
where nothing is visible the weights and the output are 0. What stands in a hidden step, even NaN
or infinity, reaches neither the output nor a gradient.

The trick behind the second half of the rule: a gradient of 0 times infinity is NaN, so a bad
number must be replaced *before* anything is computed from it, not its result afterwards.

A mask holds booleans, True is visible; None stands for a mask that shows everything.
"""

import math
from functools import reduce

from keras import ops

from attention.layers.tensors import Mask, Tensor

# Float16 ends at 65,504 and loses an epsilon of 1e-7 beside 1; bfloat16 keeps two or three digits.
SHORT_FLOATS = ("float16", "bfloat16")
# Below every score of 32 bits, and still finite: infinity minus infinity is not a number.
LOWEST_SCORE = -3e38
# In 32 bits 1e-50 is 0; by any temperature below this one the highest score takes all.
LOWEST_TEMPERATURE = 1e-30


def working_dtype(compute_dtype: str) -> str:
    """The precision in which scores, weights and sums are computed: at least float32.

    >>> working_dtype("float16"), working_dtype("float64")
    ('float32', 'float64')
    """
    return "float32" if compute_dtype in SHORT_FLOATS else compute_dtype


def combine(*masks: Mask) -> Mask:
    """What all of these masks show; they may have any shapes that go together."""
    given = [mask for mask in masks if mask is not None]
    return reduce(ops.logical_and, given) if given else None


def expand_mask(mask: Mask, axis: int) -> Mask:
    """The mask with one more axis, of length 1, so that it reaches along it."""
    return None if mask is None else ops.expand_dims(mask, axis)


def band(queries: int, keys: int, past: int | None = None, ahead: int | None = None) -> Tensor:
    """Which keys a query may see: at most so many steps before it and so many after it.

    What a query may not see of the future is a *causal* mask (`ahead=0`), with `past` a *window*:

    >>> ops.convert_to_numpy(band(3, 3, ahead=0)).astype(int).tolist()
    [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
    >>> ops.convert_to_numpy(band(3, 3, past=1, ahead=0)).astype(int).tolist()
    [[1, 0, 0], [1, 1, 0], [0, 1, 1]]

    Args:
        queries: number of queries.
        keys: number of keys.
        past: how far back a query sees; None: to the first step.
        ahead: how far ahead a query sees; None: to the last step.

    Returns:
        Booleans of shape (queries, keys).
    """
    return near(ops.arange(queries), keys, past, ahead)


def near(at: Tensor, keys: int, past: int | None = None, ahead: int | None = None) -> Tensor:
    """The same for queries that stand elsewhere among the keys.

    Args:
        at: the place of each query among the keys, shape (..., queries).
        keys: number of keys.
        past: how far back a query sees; None: to the first step.
        ahead: how far ahead a query sees; None: to the last step.

    Returns:
        Booleans of shape (..., queries, keys).
    """
    distance = ops.expand_dims(at, -1) - ops.arange(keys)
    shown = ops.ones_like(distance, dtype="bool") if past is None else distance <= past
    return shown if ahead is None else ops.logical_and(shown, -distance <= ahead)


def hide(x: Tensor, mask: Mask) -> Tensor:
    """`x`, with 0 wherever the mask hides it: nothing that stood there goes any further."""
    return x if mask is None else ops.where(mask, x, 0)


def zero_hidden_nonfinite(x: Tensor, mask: Mask) -> Tensor:
    """`x`, with 0 for a number that is hidden and not finite, as the reference in NumPy reads it.

    For numbers of which a weight of 0 takes care: 0 times any number is 0, if it is one.

    Args:
        x: shape (batch, steps, features).
        mask: shape (batch, steps), or None.
    """
    return x if mask is None else hide(x, ops.logical_or(expand_mask(mask, -1), ops.isfinite(x)))


def softmax(scores: Tensor, mask: Mask = None, temperature: float = 1.0) -> Tensor:
    """Turn scores into shares of attention: not negative, together 1, 0 where hidden.

    Only differences count, so the highest *visible* score is taken from all of them: exp then
    never overflows, and a row whose scores are all very low does not vanish. Scores of 0 and ln 3
    are in the ratio 1 : 3:

    >>> import numpy as np
    >>> scores, mask = np.array([[0.0, np.log(3.0), 1000.0]]), np.array([[True, True, False]])
    >>> ops.convert_to_numpy(softmax(scores, mask)).round(4).tolist()
    [[0.25, 0.75, 0.0]]

    Args:
        scores: shape (..., steps), in the working precision.
        mask: booleans of that shape, or of one that stretches to it.
        temperature: divides the scores; a finite number above 0.

    Returns:
        Weights of the shape of `scores`; all 0 where no step is visible.

    Source:
        Bridle 1990, "Probabilistic interpretation of feedforward classification network outputs".
    """
    if temperature != 1:
        scores = below_highest(scores, mask, temperature)
    if mask is not None:
        scores = ops.where(mask, scores, LOWEST_SCORE)
    # For a single step Keras' own, which is faster, would warn.
    alone = scores.shape[-1] == 1
    weights = normalize(ops.exp(below_highest(scores)), 0) if alone else ops.softmax(scores)
    return hide(weights, mask)


def below_highest(scores: Tensor, mask: Mask = None, temperature: float = 1.0) -> Tensor:
    """How far each score lies below the highest visible one of its row, over the temperature.

    At most 0 where visible, so that neither exp nor a low temperature overflows.
    """
    visible = scores if mask is None else ops.where(mask, scores, LOWEST_SCORE)
    # Of no scores there is no highest one, but an initial.
    highest = ops.max(visible, axis=-1, keepdims=True, initial=-math.inf)
    return (scores - ops.stop_gradient(highest)) / max(temperature, LOWEST_TEMPERATURE)


def normalize(exps: Tensor, epsilon: float) -> Tensor:
    """Each number over the sum of its row plus epsilon, which makes 0 of 0 over 0.

    >>> import numpy as np
    >>> shares = normalize(np.array([[1.0, 3.0], [0.0, 0.0]]), 1e-7)
    >>> ops.convert_to_numpy(shares).round(4).tolist()
    [[0.25, 0.75], [0.0, 0.0]]
    """
    return exps / (ops.sum(exps, axis=-1, keepdims=True) + epsilon)
