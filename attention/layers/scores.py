"""Scores of every query against every key that need weights: written once, for all that add."""

from keras import ops


def additive(queries, keys, weight):
    """`tanh(query + key)·weight` for every query and key.

    One query and two keys: tanh(0.5 + 0.5) and tanh(0.5 − 0.5), each times 2:

    >>> import numpy as np
    >>> queries, keys = np.array([[[0.5]]]), np.array([[[0.5], [-0.5]]])
    >>> np.round(additive(queries, keys, np.array([[2.0]])), 4).tolist()
    [[[1.5232, 0.0]]]

    Args:
        queries: shape (batch, queries, units), already projected.
        keys: shape (batch, keys, units), already projected.
        weight: shape (units, 1).

    Returns:
        Shape (batch, queries, keys).

    Source:
        Bahdanau et al. 2014, arXiv:1409.0473, section A.1.2.
    """
    # [b, q, 1, u] + [b, 1, k, u] -> [b, q, k, u]
    sums = ops.expand_dims(queries, 2) + ops.expand_dims(keys, 1)
    return ops.squeeze(ops.matmul(ops.tanh(sums), weight), -1)
