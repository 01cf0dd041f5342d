"""Where Keras has the same layer, both give the same outputs, weights and gradients."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from attention.layers import AttentionLayer, ScaledDotProductAttention

BATCH, QUERIES, KEYS, FEATURES = 3, 4, 5, 3
MASK = np.array([[1, 1, 0, 1, 1], [1, 0, 0, 0, 0], [1, 1, 1, 1, 0]], bool)  # the first is visible
MASKS = pytest.mark.parametrize("mask", [None, MASK], ids=["all visible", "some hidden"])


def tensors(*lengths, features=FEATURES):
    rng = np.random.default_rng(3)
    return [tf.constant(rng.normal(size=(BATCH, each, features)), "float64") for each in lengths]


def with_random_weights(layer, shape):
    layer.build(shape)
    rng = np.random.default_rng(8)
    layer.set_weights([rng.normal(size=weight.shape) for weight in layer.weights])
    return layer


def assert_same(ours, theirs, sources, same_sources=None):
    """Outputs, weights, and the gradients of both by `sources` (theirs by `same_sources`)."""
    results = []
    for call, variables in ((ours, sources), (theirs, same_sources or sources)):
        with tf.GradientTape() as tape:
            tape.watch(variables)
            output, weights = call()
            loss = tf.reduce_sum(tf.sin(output)) + tf.reduce_sum(tf.square(weights))
        results.append([output, weights, *tape.gradient(loss, variables)])
    for found, expected in zip(*results, strict=True):
        # Keras has a weight of its additive attention as a vector.
        np.testing.assert_allclose(found, tf.reshape(expected, found.shape), rtol=1e-9, atol=1e-11)


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
    W_a, U_a, V_a = (weight.value for weight in ours.weights)
    theirs = additive(V_a.numpy()[:, 0])
    assert_same(
        lambda: ours([encoder, decoder], mask=[mask, None]),
        lambda: theirs(
            [ops.matmul(decoder, U_a), encoder, ops.matmul(encoder, W_a)],
            mask=None if mask is None else [None, mask],
            return_attention_scores=True,
        ),
        [encoder, decoder, W_a, U_a, V_a],
        [encoder, decoder, W_a, U_a, theirs.scale.value],
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
    assert_same(
        lambda: ours([query, key, value], mask=[None, mask, mask]),
        lambda: theirs(
            [query, value, key],
            mask=None if mask is None else [None, mask],
            return_attention_scores=True,
            use_causal_mask=causal,
        ),
        [query, key, value],
    )
