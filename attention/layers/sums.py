"""The two sums that more than one layer takes: of a query and a key, and of weighted steps."""

from keras import ops

from attention.layers.tensors import Tensor


def additive(queries: Tensor, keys: Tensor, weight: Tensor) -> Tensor:
    """`tanh(query + key)·weight` for every query and key.

    One query and two keys: tanh(20 + 20) is 1, and tanh(20 − 20) is 0, each times 2:

    >>> import numpy as np
    >>> queries, keys = np.array([[[20.0]]]), np.array([[[20.0], [-20.0]]])
    >>> ops.convert_to_numpy(additive(queries, keys, np.array([[2.0]]))).tolist()
    [[[2.0, 0.0]]]

    Args:
        queries: shape (..., queries, units), already projected.
        keys: shape (..., keys, units), already projected.
        weight: shape (units, 1), or (..., 1, units, 1).

    Returns:
        Shape (..., queries, keys).

    Source:
        Bahdanau et al. 2015, arXiv:1409.0473, section A.1.2.
    """
    # [..., q, 1, u] + [..., 1, k, u] -> [..., q, k, u]
    sums = ops.expand_dims(queries, -2) + ops.expand_dims(keys, -3)
    return ops.squeeze(ops.matmul(ops.tanh(sums), weight), -1)


def weighted_sum(weights: Tensor, x: Tensor) -> Tensor:
    """`Σ weights·x` over the steps: one vector.

    >>> import numpy as np
    >>> output = weighted_sum(np.array([[0.75, 0.25]]), np.array([[[4.0], [8.0]]]))
    >>> ops.convert_to_numpy(output).tolist()
    [[5.0]]

    Args:
        weights: shape (batch, steps).
        x: shape (batch, steps, features).

    Returns:
        Shape (batch, features).
    """
    # [b, 1, s] · [b, s, f] -> [b, 1, f]
    return ops.squeeze(ops.matmul(ops.expand_dims(weights, 1), x), 1)
