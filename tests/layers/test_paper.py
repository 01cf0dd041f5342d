"""Small examples that can be checked on paper; the golden files and random scenes hold the rest."""

import keras
import numpy as np
import pytest

from attention.layers import (
    Attention,
    AttentionLayer,
    DenseGate,
    ScaledDotProductAttention,
    SeqSelfAttention,
    SeqWeightedAttention,
)

from .backends import HAS_64_BITS, array
from .helpers import attention, dense_gate, gradients, look

GHOST = [0.0, 0.0, 0.0, 0.0, -100.0]  # a bias of −100 on the last of five steps
ALIKE = np.ones((1, 5, 2), "float32")
LN_3 = np.log(3)


def with_weights(layer, shape, *weights):
    layer.build(shape)
    layer.set_weights([np.array(weight) for weight in weights])
    return layer


def test_under_tanh_a_bias_of_minus_100_leaves_a_step_8_42_percent_and_so_does_minus_9():
    # tanh(−100) = −1: shares of 1 : 1 : 1 : 1 : e⁻¹
    _, weights = look(attention([0.0, 0.0], GHOST), ALIKE)
    assert [f"{weight:.1%}" for weight in weights[0, :4]] == ["22.9%"] * 4
    assert f"{weights[0, 4]:.2%}" == "8.42%"
    _, nine = look(attention([0.0, 0.0], [*GHOST[:4], -9.0]), ALIKE)
    np.testing.assert_allclose(nine, weights, rtol=1e-6)


def test_without_tanh_a_bias_of_minus_100_silences_a_step_and_a_number_of_a_gate():
    _, weights = look(attention([0.0, 0.0], GHOST, activation="linear"), ALIKE)
    np.testing.assert_allclose(weights, [[0.25, 0.25, 0.25, 0.25, 0]], atol=1e-30)
    output, _ = look(dense_gate(np.zeros((3, 3)), [0.0, -100.0, 0.0]), [[2.0, 2.0, 2.0]])
    np.testing.assert_allclose(output, [[1, 0, 1]], atol=1e-30)


def test_a_saturated_bias_has_a_gradient_of_exactly_0_and_never_learns_its_way_back():
    rng = np.random.default_rng(2)
    x, target = rng.normal(size=(16, 5, 2)).astype("float32"), rng.normal(size=(16, 2))
    layer = attention([0.0, 0.0], GHOST)
    _, _, db = gradients(layer, x, np.ones((16, 2), "float32"))
    assert db[4] == 0 and (db[:4] != 0).all()
    model = keras.Sequential([keras.Input(shape=(5, 2)), layer])
    model.compile(keras.optimizers.SGD(1.0), "mse")
    model.fit(x, target, epochs=3, verbose=0)
    bias = array(layer.b)
    assert bias[4] == -100 and (bias[:4] != 0).all()


def test_tanh_attention_is_the_articles_formula_to_the_letter_epsilon_included():
    rng = np.random.default_rng(12)
    x, w, b = rng.normal(size=(50, 4, 3)), rng.normal(size=3), rng.normal(size=4)
    mask = rng.integers(0, 2, (50, 4))
    u = np.exp(np.tanh(x @ w + b)) * mask
    a = u / (u.sum(axis=1, keepdims=True) + 1e-7)
    output, weights = look(attention(w, b, dtype="float64"), x, mask)
    rtol = 1e-12 if HAS_64_BITS else 1e-5
    np.testing.assert_allclose(weights, a, rtol=rtol)
    np.testing.assert_allclose(output, (a[..., None] * x).sum(axis=1), rtol=rtol, atol=rtol)


@pytest.mark.parametrize(
    "scores, expected",
    [
        ([100.0, 0.0, -100.0], [1, 0, 0]),  # exp(100) is infinite in float32
        ([1e4, 1e4, 0.0], [0.5, 0.5, 0]),
        ([-100.0, -101.0, -102.0], [0.66524, 0.24473, 0.09003]),  # all below epsilon
    ],
)
def test_without_tanh_neither_high_nor_low_scores_break_the_weights(scores, expected):
    x = np.array(scores, "float32").reshape(1, 3, 1)
    layer = attention([1.0], [0.0] * 3, activation="linear")
    output, weights = look(layer, x)
    np.testing.assert_allclose(weights, [expected], atol=5e-6)
    np.testing.assert_allclose(weights.sum(), 1, rtol=1e-6)
    for gradient in gradients(layer, x, np.ones_like(output)):
        assert np.isfinite(gradient).all()


@pytest.mark.parametrize("temperature", [1e-300, 1e-30, 1e-3, 1e3, 1e300])
@pytest.mark.parametrize("activation", ["tanh", "linear"])
def test_every_finite_temperature_gives_finite_weights_that_sum_to_1(temperature, activation):
    x = np.array([[[3.0], [3.0], [-2.0], [1.0]]])
    layer = attention([1.0], steps=4, activation=activation, temperature=temperature)
    _, weights = look(layer, x)
    np.testing.assert_allclose(weights.sum(), 1, rtol=1e-6)
    expected = [0.5, 0.5, 0, 0] if temperature < 0.01 else [0.25] * 4
    np.testing.assert_allclose(weights, [expected], atol=0.002)


def test_a_dot_product_finds_what_is_like_it():
    # logits 2·ln 3 and 0 on the diagonal and beside it, over √4: ln 3 and 0, so 3 : 1
    x = np.sqrt(2 * LN_3) * np.array([[[1.0, 0, 0, 0], [0, 1.0, 0, 0]]])
    trace = ScaledDotProductAttention().trace(x)
    np.testing.assert_allclose(trace.logits, [[[2 * LN_3, 0], [0, 2 * LN_3]]], atol=1e-6)
    np.testing.assert_allclose(trace.scores, [[[LN_3, 0], [0, LN_3]]], atol=1e-6)
    np.testing.assert_allclose(trace.weights, [[[0.75, 0.25], [0.25, 0.75]]], rtol=1e-6)
    # Luong's dot leaves √4 out: 2·ln 3 is ln 9, so 9 : 1
    trace = ScaledDotProductAttention(scale=False).trace(x)
    np.testing.assert_allclose(trace.weights, [[[0.9, 0.1], [0.1, 0.9]]], rtol=1e-6)


ONE_BACK = [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0, 0.5, 0.5, 0], [0, 0, 0.5, 0.5]]
ALL_BACK = [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [1 / 3] * 3 + [0], [0.25] * 4]
EACH_SIDE = [[0.5, 0.5, 0, 0], [1 / 3] * 3 + [0], [0] + [1 / 3] * 3, [0, 0, 0.5, 0.5]]
TWO_BACK = [*ALL_BACK[:3], EACH_SIDE[2]]


@pytest.mark.parametrize(
    "width, history_only, expected",
    [
        (None, False, [[1 / 4] * 4] * 4),
        (1, False, np.eye(4)),
        (2, False, ONE_BACK),
        (3, False, EACH_SIDE),
        (2, True, ONE_BACK),
        (3, True, TWO_BACK),
        (None, True, ALL_BACK),
        (10**10, True, ALL_BACK),  # what old configs say for "all of the past"
    ],
)
def test_a_window_is_as_wide_as_it_says(width, history_only, expected):
    options = {"attention_width": width, "history_only": history_only}
    for kind in ("additive", "multiplicative"):
        _, weights = look(SeqSelfAttention(3, attention_type=kind, **options), np.zeros((1, 4, 2)))
        np.testing.assert_allclose(weights[0], expected, rtol=1e-6)


def test_an_activation_stands_between_logits_and_scores():
    layer = SeqSelfAttention(attention_type="multiplicative", attention_activation="relu")
    trace = with_weights(layer, (1, 2, 2), [[-LN_3, 0], [0, LN_3]], [0.0]).trace(np.eye(2)[None])
    np.testing.assert_allclose(array(trace.logits), [[[-LN_3, 0], [0, LN_3]]], rtol=1e-6)
    np.testing.assert_allclose(array(trace.scores), [[[0, 0], [0, LN_3]]], rtol=1e-6)
    np.testing.assert_allclose(array(trace.weights), [[[0.5, 0.5], [0.25, 0.75]]], rtol=1e-6)


def test_steps_that_look_at_the_same_things_cost():
    # weights of ½ everywhere: a·aᵀ is ½ everywhere, minus I: ±½, squared ¼, four times: 1
    layer = SeqSelfAttention(3, attention_regularizer_weight=0.1)
    layer(np.zeros((5, 2, 2)))  # a batch of five: 5 · 1 / 5
    np.testing.assert_allclose(array(layer.losses), [0.1], rtol=1e-6)
    layer.trace(np.zeros((5, 2, 2)))
    assert len(layer.losses) == 1, "looking costs nothing"


@pytest.mark.parametrize("single", [False, True])
def test_a_gate_of_steps_is_the_block_of_keras_layers(single):
    x = np.random.default_rng(6).normal(size=(2, 4, 3)).astype("float32")
    dense = keras.layers.Dense(4, activation="softmax")
    shares = dense(keras.layers.Permute((2, 1))(x))
    if single:
        shares = keras.ops.repeat(keras.ops.mean(shares, axis=1, keepdims=True), 3, axis=1)
    expected = array(keras.layers.Permute((2, 1))(shares))
    layer = with_weights(DenseGate(single_attention_vector=single), x.shape, *dense.get_weights())
    output, weights = look(layer, x)
    np.testing.assert_allclose(weights, expected, rtol=1e-6)
    np.testing.assert_allclose(output, x * expected, rtol=1e-6)


def test_weights_of_equal_shape_do_not_start_with_the_same_numbers():
    one, other = SeqSelfAttention(3), SeqSelfAttention(3)
    for layer in (one, other):
        layer.build((None, 4, 3))
    assert not np.allclose(one.Wt, one.Wx) and not np.allclose(one.Wt, other.Wt)


@pytest.mark.parametrize(
    ("layer", "shape", "limit"),
    [
        (Attention(1), (None, 1, 3000), np.sqrt(3 / 3000)),
        (AttentionLayer(), [(1, 2, 40), (1, 2, 40)], 0.05),
        (SeqWeightedAttention(), (1, 2, 500), 0.05),
    ],
)
def test_weights_start_within_the_limit_that_the_docstring_names(layer, shape, limit):
    layer.build(shape)
    assert 0.9 * limit < np.abs(layer.get_weights()[0]).max() <= limit
