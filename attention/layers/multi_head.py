"""Keras' own `MultiHeadAttention` with the matrices of a scene in it, and every stage of it."""

from __future__ import annotations

import math
import warnings
from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from attention.core import SelfAttentionTrace, Trace
from attention.layers.tensors import Tensor
from attention.precision import LOWEST_BESIDE_HIDDEN
from attention.scene import Scene


def multi_head(
    features: int, d_k: int, d_v: int, heads: int, dtype: str
) -> keras.layers.MultiHeadAttention:
    """The layer of this shape: without bias, and with nothing done to what the heads have found.

    Its query kernel is (features, heads, d_k / heads), a scene's `wq` with its columns in heads.
    """
    how = {"use_bias": False, "output_shape": d_v, "dtype": dtype}
    layer = keras.layers.MultiHeadAttention(heads, d_k // heads, d_v // heads, **how)
    layer.build((1, None, features), (1, None, features))
    layer.output_dense.kernel.assign(np.eye(d_v).reshape(heads, d_v // heads, d_v))
    return layer


def trace_all(layer: Any, scene: Scene) -> SelfAttentionTrace:
    """All that the layer makes of a scene, with a batch axis of 1.

    Queries, keys, values and logits are those of its own kernels; weights and output come out of
    its call. It knows no temperature, so what asks is divided by it; and where a step sees nothing,
    it spreads the weight over all, which is 0 here.
    """
    x = _placed(scene)
    seen = np.tile(scene.shown, (len(x), 1))
    seen = np.tril(seen) if scene.causal else seen
    queries, keys, values = (
        dense(x[None]) for dense in (layer.query_dense, layer.key_dense, layer.value_dense)
    )  # (1, steps, heads, d)
    logits = ops.einsum("bthd,bshd->bhts", queries, keys)
    scores = logits / math.sqrt(layer.key_dim)
    low = ops.min(ops.where(seen, scores, 0)) < LOWEST_BESIDE_HIDDEN * scene.temperature
    asking = x / scene.temperature
    output, weights = (
        _step_by_step(layer, asking, x, seen) if low else _call(layer, asking, x, seen)
    )
    sees = np.any(seen, axis=1, keepdims=True)
    weights, output = ops.where(sees, weights, 0), ops.where(sees, output, 0)
    queries, keys, values = (ops.reshape(one, (1, len(x), -1)) for one in (queries, keys, values))
    return SelfAttentionTrace(queries, keys, values, logits, scores, weights, output)


def trace_asking(layer: Any, scene: Scene) -> Trace:
    """What happens to the step that asks, in the head that is looked at; a batch axis of 1."""
    whole, head, step = trace_all(layer, scene), scene.head, scene.asking
    logits, scores, weights = (
        one[:, head, step] for one in (whole.logits, whole.scores, whole.weights)
    )
    return Trace(logits, scores, weights, whole.output[:, step])


def scores_asking(layer: Any, scene: Scene) -> Tensor:
    """Only the scores of the step that asks, in the head that is looked at, (1, steps)."""
    x, step = _placed(scene), scene.asking
    query, keys = layer.query_dense(x[None, step : step + 1]), layer.key_dense(x[None])
    logits = ops.einsum("bthd,bshd->bhts", query, keys)
    return logits[:, scene.head, 0] / math.sqrt(layer.key_dim)


def _placed(scene: Scene) -> NDArray:
    return np.array(scene.x, float) + (0 if scene.placed is None else np.array(scene.placed))


def _call(layer: Any, asking: NDArray, x: NDArray, seen: NDArray) -> tuple[Tensor, Tensor]:
    """Output (1, steps, d_v) and weights (1, heads, steps, steps), by one call."""
    with warnings.catch_warnings():  # of a softmax over a single step
        warnings.simplefilter("ignore", UserWarning)
        output, weights = layer(
            asking[None], x[None], attention_mask=seen[None], return_attention_scores=True
        )
    return output, weights


def _step_by_step(layer: Any, asking: NDArray, x: NDArray, seen: NDArray) -> tuple[Tensor, Tensor]:
    """The same with nothing to hide: each step is given only what it sees."""
    output = np.zeros((1, len(x), layer.output_dense.kernel.shape[-1]))
    weights = np.zeros((1, layer.num_heads, len(x), len(x)))
    for step, which in enumerate(seen):
        if which.any():
            alone = np.ones((1, which.sum()), bool)
            one, shares = _call(layer, asking[step : step + 1], x[which], alone)
            output[:, step] = one[:, 0]
            weights[:, :, step, which] = shares[:, :, 0]
    return output, weights
