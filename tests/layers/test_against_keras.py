"""Where Keras has the same layer, both give the same outputs, weights and gradients."""

import keras
import numpy as np
import pytest
from keras import ops

from attention.layers import AttentionLayer, ScaledDotProductAttention

from .backends import HAS_64_BITS, array, slopes

BATCH, QUERIES, KEYS, FEATURES = 3, 4, 5, 3
MASK = np.array([[1, 1, 0, 1, 1], [1, 0, 0, 0, 0], [1, 1, 1, 1, 0]], bool)  # the first is visible
TOLERANCE = {"rtol": 1e-9, "atol": 1e-11} if HAS_64_BITS else {"rtol": 1e-5, "atol": 1e-6}
MASKS = pytest.mark.parametrize("mask", [None, MASK], ids=["all visible", "some hidden"])


def tensors(*lengths, features=FEATURES):
    rng = np.random.default_rng(3)
    return [rng.normal(size=(BATCH, each, features)) for each in lengths]


def with_random_weights(layer, shape):
    layer.build(shape)
    rng = np.random.default_rng(8)
    layer.set_weights([rng.normal(size=weight.shape) for weight in layer.weights])
    return layer


def assert_same(*pairs):
    """Outputs, weights, and the gradients of both: (call, its inputs, its variables)."""
    results = []
    for call, inputs, variables in pairs:

        def loss(*inputs, call=call):
            output, weights = call(*inputs)
            return ops.sum(ops.sin(output)) + ops.sum(ops.square(weights))

        results.append([*map(array, call(*inputs)), *slopes(loss, inputs, variables)])
    for found, expected in zip(*results, strict=True):
        # Keras has a weight of its additive attention as a vector.
        np.testing.assert_allclose(found, expected.reshape(found.shape), **TOLERANCE)


def additive(scale):
    """Keras' additive attention with this scale."""
    layer = keras.layers.AdditiveAttention(dtype="float64")
    layer.build([(None, None, len(scale)), (None, None, len(scale))])
    layer.set_weights([scale])
    return layer


@MASKS
def test_attention_layer_is_additive_attention_with_its_projections(mask):
    encoder, decoder = tensors(KEYS, QUERIES)
    ours = with_random_weights(AttentionLayer(dtype="float64"), [encoder.shape, decoder.shape])
    W_a, U_a, V_a = map(array, ours.weights)
    theirs = additive(V_a[:, 0])

    def keras_attention(encoder, decoder, W_a, U_a):
        return theirs(
            [ops.matmul(decoder, U_a), encoder, ops.matmul(encoder, W_a)],
            mask=None if mask is None else [None, mask],
            return_attention_scores=True,
        )

    assert_same(
        (lambda *inputs: ours(list(inputs), mask=[mask, None]), [encoder, decoder], ours.weights),
        (keras_attention, [encoder, decoder, W_a, U_a], theirs.weights),
    )


@MASKS
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("scale", [False, True])
def test_dot_products_are_keras_attention(scale, causal, mask):
    query, key, value = tensors(QUERIES, KEYS, KEYS)
    ours = ScaledDotProductAttention(True, causal, scale=scale, dtype="float64")
    theirs = keras.layers.Attention(use_scale=True, dtype="float64")
    theirs.build([query.shape, value.shape, key.shape])
    theirs.set_weights([np.array(FEATURES**-0.5 if scale else 1)])
    mask_of_keys = None if mask is None else [None, mask]
    assert_same(
        (lambda q, k, v: ours([q, k, v], mask=[None, mask, mask]), [query, key, value], []),
        (
            lambda q, k, v: theirs(
                [q, v, k], mask=mask_of_keys, return_attention_scores=True, use_causal_mask=causal
            ),
            [query, key, value],
            [],
        ),
    )
