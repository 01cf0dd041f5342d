"""The softmax and the rule for masks that all layers share, in operations that Keras can train.

One rule for masks: a hidden step gets a weight of exactly 0, the visible weights sum to 1, and
where nothing is visible the weights and the output are 0. What stands in a hidden step, even NaN
or infinity, reaches neither the output nor a gradient.

The trick behind the second half of the rule: a gradient of 0 times infinity is NaN, so a bad
number must be replaced *before* anything is computed from it, not its result afterwards.
"""

import math

from keras import ops

from attention.layers.checks import check_mask

# Float16 ends at 65,504 and loses an epsilon of 1e-7 beside 1; bfloat16 keeps two or three digits.
SHORT_FLOATS = ("float16", "bfloat16")
# In 32 bits 1e-50 is 0; by any temperature below this one the highest score takes all.
LOWEST_TEMPERATURE = 1e-30


def working_dtype(compute_dtype: str) -> str:
    """The precision in which scores, weights and sums are computed: at least float32.

    >>> working_dtype("float16"), working_dtype("float64")
    ('float32', 'float64')
    """
    return "float32" if compute_dtype in SHORT_FLOATS else compute_dtype


def visible_steps(mask, like):
    """The mask as booleans; without a mask every step is visible.

    Args:
        mask: shape (batch, steps), 1 or True is visible; or None.
        like: any tensor of shape (batch, steps).

    Returns:
        Booleans of shape (batch, steps).

    Raises:
        ValueError: a mask of another shape.
    """
    if mask is None:
        return ops.ones_like(like, dtype="bool")
    mask = ops.convert_to_tensor(mask)
    check_mask(mask.shape, like.shape)
    return ops.cast(mask, "bool")


def hide(x, mask):
    """`x`, with 0 wherever the mask hides it: nothing that stood there goes any further."""
    return ops.where(mask, x, 0)


def softmax(scores, mask, temperature=1.0):
    """Turn scores into shares of attention: not negative, together 1, 0 where hidden.

    Only differences count, so the highest *visible* score is taken from all of them: exp then
    never overflows, and a row whose scores are all very low does not vanish. Scores of 0 and ln 3
    are in the ratio 1 : 3:

    >>> import numpy as np
    >>> scores, mask = np.array([[0.0, np.log(3.0), 1000.0]]), np.array([[True, True, False]])
    >>> np.round(softmax(scores, mask), 4).tolist()
    [[0.25, 0.75, 0.0]]

    Args:
        scores: shape (batch, steps), in the working precision.
        mask: booleans of shape (batch, steps).
        temperature: divides the scores; a finite number above 0.

    Returns:
        Weights of shape (batch, steps); all 0 where no step is visible.

    Source:
        Bridle 1990, "Probabilistic interpretation of feedforward classification network outputs".
    """
    highest = ops.max(ops.where(mask, scores, -math.inf), axis=-1, keepdims=True)
    below = hide(scores - ops.stop_gradient(highest), mask)  # at most 0
    return shares(hide(ops.exp(below / max(temperature, LOWEST_TEMPERATURE)), mask))


def shares(exps, epsilon=0.0):
    """Each number over the sum of its row (plus epsilon); 0 where that sum is 0.

    >>> import numpy as np
    >>> np.round(shares(np.array([[1.0, 3.0], [0.0, 0.0]])), 4).tolist()
    [[0.25, 0.75], [0.0, 0.0]]
    """
    total = ops.sum(exps, axis=-1, keepdims=True)
    return exps / ops.where(total > 0, total + epsilon, 1)
