"""Several heads: each looks with its share of the features, as in Keras' multi-head attention."""

import keras
import numpy as np
import pytest
from keras import ops

from attention.layers import (
    ResidualScaledDotProductAttention,
    ScaledDotProductAttention,
    SeqSelfAttention,
)

HEADS, QUERIES, KEYS, SIZE = 3, 4, 5, 2
RNG = np.random.default_rng(6)
QUERY, KEY, VALUE = (RNG.normal(size=(2, steps, HEADS * SIZE)) for steps in (QUERIES, KEYS, KEYS))
MASK = np.array([[1, 1, 0, 1, 1], [1, 0, 0, 0, 1]], bool)
MASKS = pytest.mark.parametrize("mask", [None, MASK], ids=["all visible", "some hidden"])


def numbers(tensor):
    return np.asarray(ops.convert_to_numpy(tensor), "float64")


def share(x, head):
    return x[..., head * x.shape[-1] // HEADS : (head + 1) * x.shape[-1] // HEADS]


def looked(layer, x, mask=None):
    output, weights = layer(x, mask=mask, return_attention_scores=True)
    return numbers(output), numbers(weights)


@MASKS
@pytest.mark.parametrize("causal", [False, True])
def test_each_head_is_the_layer_with_one_head_on_its_share(causal, mask):
    layers = [
        ScaledDotProductAttention(history_only=causal, num_heads=heads, dtype="float64")
        for heads in (HEADS, 1)
    ]
    masks = None if mask is None else [None, mask, mask]
    output, weights = looked(layers[0], [QUERY, KEY, VALUE], masks)
    assert weights.shape == (2, HEADS, QUERIES, KEYS)
    for head in range(HEADS):
        alone = looked(layers[1], [share(one, head) for one in (QUERY, KEY, VALUE)], masks)
        np.testing.assert_allclose(share(output, head), alone[0], rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(weights[:, head], alone[1], rtol=1e-5, atol=1e-6)


@MASKS
@pytest.mark.parametrize("causal", [False, True])
def test_it_is_keras_multi_head_attention_without_its_projections(causal, mask):
    width = HEADS * SIZE
    theirs = keras.layers.MultiHeadAttention(HEADS, SIZE, use_bias=False, dtype="float64")
    theirs.build(QUERY.shape, VALUE.shape, KEY.shape)
    apart = np.eye(width).reshape(width, HEADS, SIZE)
    theirs.set_weights([apart, apart, apart, np.eye(width).reshape(HEADS, SIZE, width)])
    hidden = None if mask is None else np.repeat(mask[:, None], QUERIES, 1)
    expected = theirs(
        QUERY,
        VALUE,
        KEY,
        attention_mask=hidden,
        use_causal_mask=causal,
        return_attention_scores=True,
    )
    ours = ScaledDotProductAttention(history_only=causal, num_heads=HEADS, dtype="float64")
    found = looked(ours, [QUERY, KEY, VALUE], None if mask is None else [None, mask, None])
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, numbers(other), rtol=1e-5, atol=1e-6)


def self_attention(kind, units, heads, weights):
    layer = SeqSelfAttention(units, attention_type=kind, num_heads=heads, dtype="float64")
    layer.build((None, None, weights[0].shape[0]))
    layer.set_weights(weights)
    return layer


@MASKS
def test_additive_heads_share_units_and_features(mask):
    units = 2 * HEADS
    Wt, Wx = RNG.normal(size=(2, HEADS * SIZE, units))
    bh, Wa, ba = RNG.normal(size=units), RNG.normal(size=(units, 1)), RNG.normal(size=1)
    layer = self_attention("additive", units, HEADS, [Wt, Wx, bh, Wa, ba])
    output, weights = looked(layer, VALUE, mask)
    assert weights.shape == (2, HEADS, KEYS, KEYS)
    for head in range(HEADS):
        # All features ask, with the units of the head; the head gathers its features.
        parts = [share(Wt, head), share(Wx, head), share(bh, head), share(Wa.T, head).T, ba]
        alone = looked(self_attention("additive", 2, 1, parts), VALUE, mask)
        np.testing.assert_allclose(weights[:, head], alone[1], rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(share(output, head), share(alone[0], head), rtol=1e-5, atol=1e-6)


@MASKS
def test_multiplicative_heads_share_the_features(mask):
    Wa, ba = RNG.normal(size=(HEADS * SIZE, HEADS * SIZE)), RNG.normal(size=1)
    layer = self_attention("multiplicative", 1, HEADS, [Wa, ba])
    output, weights = looked(layer, VALUE, mask)
    for head in range(HEADS):
        logits = np.einsum("bqf,bkf->bqk", share(VALUE @ Wa, head), share(VALUE, head)) + ba
        seen = np.ones((2, KEYS), bool) if mask is None else mask
        exps = np.exp(logits) * seen[:, None] * seen[:, :, None]
        expected = exps / np.maximum(exps.sum(-1, keepdims=True), 1e-300)
        np.testing.assert_allclose(weights[:, head], expected, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(
            share(output, head), expected @ share(VALUE, head), rtol=1e-5, atol=1e-6
        )


@pytest.mark.parametrize("kind", ["additive", "multiplicative"])
def test_the_weights_are_the_same_with_any_number_of_heads(kind):
    one, three = (SeqSelfAttention(6, attention_type=kind, num_heads=heads) for heads in (1, 3))
    for layer in (one, three):
        layer.build((None, None, 6))
    described = [[(one.name, tuple(one.shape)) for one in layer.weights] for layer in (one, three)]
    assert described[0] == described[1]


def test_the_loss_of_steps_that_look_alike_counts_every_head():
    layer = SeqSelfAttention(6, num_heads=HEADS, attention_regularizer_weight=0.5, dtype="float64")
    weights = looked(layer, VALUE)[1]
    apart = weights @ weights.swapaxes(-1, -2) - np.eye(KEYS)
    np.testing.assert_allclose(
        numbers(layer.losses[0]), 0.5 * np.square(apart).sum() / 2, rtol=1e-5
    )


WRONG = {
    "features": lambda: ScaledDotProductAttention(num_heads=4)(VALUE),
    "features of value": lambda: ScaledDotProductAttention(num_heads=3)(
        [QUERY, KEY, VALUE[..., :5]]
    ),
    "units": lambda: SeqSelfAttention(32, num_heads=3),
    "features ": lambda: SeqSelfAttention(32, num_heads=4)(VALUE),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_cut_evenly_is_refused(what):
    with pytest.raises(ValueError, match=f"must divide the {what.strip()}; got "):
        WRONG[what]()


def test_the_residual_layer_adds_the_scores_of_each_head():
    layer = ResidualScaledDotProductAttention(num_heads=HEADS, return_attention_scores=True)
    alone = ResidualScaledDotProductAttention(return_attention_scores=True)
    previous = RNG.normal(size=(2, HEADS, QUERIES, KEYS))
    output, scores, weights = map(numbers, layer([QUERY, KEY, VALUE, previous]))
    for head in range(HEADS):
        parts = [share(one, head) for one in (QUERY, KEY, VALUE)]
        expected = [*map(numbers, alone([*parts, previous[:, head]]))]
        found = share(output, head), scores[:, head], weights[:, head]
        for one, other in zip(found, expected, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)
    rows = np.array([[1, 0, 1, 1], [1, 1, 1, 0]], bool)
    *_, hidden = layer([QUERY, KEY, VALUE, previous], mask=[None, None, None, rows])
    *_, without = layer([QUERY, KEY, VALUE, np.where(rows[:, None, :, None], previous, 0)])
    np.testing.assert_allclose(numbers(hidden), numbers(without), rtol=1e-5)
