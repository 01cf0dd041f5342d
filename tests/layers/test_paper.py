"""Small examples that can be checked on paper."""

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

from .helpers import attention, dense_gate, gradients, look

GHOST = [0.0, 0.0, 0.0, 0.0, -100.0]  # a bias of −100 on the last of five steps
ALIKE = np.ones((1, 5, 2), "float32")


def test_with_weights_of_0_every_step_counts_the_same():
    output, weights = look(attention([0.0, 0.0], [0.0] * 5), np.arange(10.0).reshape(1, 5, 2))
    np.testing.assert_allclose(weights, [[0.2] * 5], rtol=1e-6)
    np.testing.assert_allclose(output, [[4, 5]], rtol=1e-6)  # the mean of each column


def test_under_tanh_a_bias_of_minus_100_leaves_a_step_8_42_percent():
    # tanh(−100) = −1: shares of 1 : 1 : 1 : 1 : e⁻¹
    _, weights = look(attention([0.0, 0.0], GHOST), ALIKE)
    assert [f"{weight:.1%}" for weight in weights[0, :4]] == ["22.9%"] * 4
    assert f"{weights[0, 4]:.2%}" == "8.42%"


def test_under_tanh_a_bias_of_minus_9_gives_the_same_numbers():
    _, ghost = look(attention([0.0, 0.0], GHOST), ALIKE)
    _, nine = look(attention([0.0, 0.0], [*GHOST[:4], -9.0]), ALIKE)
    np.testing.assert_allclose(nine, ghost, rtol=1e-6)


def test_a_saturated_bias_has_a_gradient_of_exactly_0():
    x = np.random.default_rng(1).normal(size=(3, 5, 2)).astype("float32")
    _, _, db = gradients(attention([0.0, 0.0], GHOST), x, np.ones((3, 2), "float32"))
    assert db[4] == 0
    assert (db[:4] != 0).all()


def test_a_saturated_bias_never_learns_its_way_back():
    rng = np.random.default_rng(2)
    x, target = rng.normal(size=(16, 5, 2)), rng.normal(size=(16, 2))
    layer = attention([0.0, 0.0], GHOST)
    model = keras.Sequential([keras.Input(shape=(5, 2)), layer])
    model.compile(keras.optimizers.SGD(1.0), "mse")
    model.fit(x, target, epochs=3, verbose=0)
    bias = layer.b.numpy()
    assert bias[4] == -100
    assert (bias[:4] != 0).all()


def test_without_tanh_a_bias_of_minus_100_silences_a_step():
    _, weights = look(attention([0.0, 0.0], GHOST, activation="linear"), ALIKE)
    np.testing.assert_allclose(weights, [[0.25, 0.25, 0.25, 0.25, 0]], atol=1e-30)


def test_under_tanh_no_step_weighs_more_than_e_squared_times_another():
    x = np.array([[[1e6], [-1e6]]], "float32")
    _, weights = look(attention([1.0], [0.0, 0.0]), x)
    np.testing.assert_allclose(weights[0, 0] / weights[0, 1], np.e**2, rtol=1e-6)


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


def test_a_lower_temperature_makes_the_winner_stronger():
    # scores 0 and ln 3: 1 : 3; at temperature ½ the ratio is squared, 1 : 9
    x = np.log([[[1.0], [3.0]]])
    for temperature, expected in ((1.0, [0.25, 0.75]), (0.5, [0.1, 0.9])):
        layer = attention([1.0], steps=2, activation="linear", temperature=temperature)
        np.testing.assert_allclose(look(layer, x)[1], [expected], rtol=1e-6)


def test_a_gate_with_weights_of_0_halves_two_numbers():
    output, weights = look(dense_gate(np.zeros((2, 2)), [0.0, 0.0]), [[8.0, 4.0]])
    assert weights.tolist() == [[0.5, 0.5]]
    assert output.tolist() == [[4, 2]]


def test_column_j_of_the_kernel_is_what_all_numbers_say_about_number_j():
    # number 0 votes with ln 3 for number 1: 1 : 3
    kernel = [[0.0, np.log(3)], [0.0, 0.0]]
    output, weights = look(dense_gate(kernel), [[1.0, 8.0]])
    np.testing.assert_allclose(weights, [[0.25, 0.75]], rtol=1e-6)
    np.testing.assert_allclose(output, [[0.25, 6]], rtol=1e-6)


def test_in_a_gate_a_bias_of_minus_100_really_silences():
    output, _ = look(dense_gate(np.zeros((3, 3)), [0.0, -100.0, 0.0]), [[2.0, 2.0, 2.0]])
    np.testing.assert_allclose(output, [[1, 0, 1]], atol=1e-30)


def test_w_starts_within_the_limit_that_the_docstring_names():
    layer = Attention(1)
    layer.build((None, 1, 3000))
    largest = np.abs(layer.W.numpy()).max()
    limit = np.sqrt(3 / 3000)
    assert 0.99 * limit < largest <= limit
    assert layer.b.numpy().tolist() == [0]


LN_3 = np.log(3)
UNITS = np.array([[[1.0, 0.0], [0.0, 1.0]]])  # two steps that have nothing in common


def with_weights(layer, shape, *weights):
    layer.build(shape)
    layer.set_weights([np.array(weight) for weight in weights])
    return layer


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


def test_history_only_sees_no_future():
    layer = ScaledDotProductAttention(history_only=True)
    _, weights = look(layer, np.zeros((1, 3, 2)))
    np.testing.assert_allclose(weights, [[[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3] * 3]], rtol=1e-6)


@pytest.mark.parametrize(
    "options, expected",
    [
        ({}, [[1 / 4] * 4] * 4),
        ({"attention_width": 1}, np.eye(4)),
        (  # one step back, none ahead
            {"attention_width": 2},
            [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0, 0.5, 0.5, 0], [0, 0, 0.5, 0.5]],
        ),
        (  # one step back, one ahead
            {"attention_width": 3},
            [[0.5, 0.5, 0, 0], [1 / 3] * 3 + [0], [0] + [1 / 3] * 3, [0, 0, 0.5, 0.5]],
        ),
        (
            {"attention_width": 2, "history_only": True},
            [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [0, 0.5, 0.5, 0], [0, 0, 0.5, 0.5]],
        ),
        (
            {"attention_width": 3, "history_only": True},
            [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [1 / 3] * 3 + [0], [0] + [1 / 3] * 3],
        ),
        (
            {"history_only": True},
            [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [1 / 3] * 3 + [0], [0.25] * 4],
        ),
        # what old configs say for "all of the past"
        (
            {"history_only": True, "attention_width": 10**10},
            [[1, 0, 0, 0], [0.5, 0.5, 0, 0], [1 / 3] * 3 + [0], [0.25] * 4],
        ),
    ],
)
def test_a_window_is_as_wide_as_it_says(options, expected):
    for kind in ("additive", "multiplicative"):
        layer = SeqSelfAttention(3, attention_type=kind, **options)
        _, weights = look(layer, np.zeros((1, 4, 2)))
        np.testing.assert_allclose(weights[0], expected, rtol=1e-6)


def test_multiplicative_self_attention_asks_with_a_matrix():
    # Wa sends the first feature to the second: step 0 looks for step 1, with a score of ln 3
    layer = with_weights(
        SeqSelfAttention(attention_type="multiplicative"), (1, 2, 2), [[0, LN_3], [0, 0]], [7.0]
    )
    output, weights = look(layer, UNITS)
    np.testing.assert_allclose(weights, [[[0.25, 0.75], [0.5, 0.5]]], rtol=1e-6)
    np.testing.assert_allclose(output, weights, rtol=1e-6)  # as x is the identity


def test_additive_self_attention_adds_what_looks_and_what_is_looked_at():
    # tanh(1·(−1) + 1·1) = 0 for step 0 of itself; tanh(0 + 1) and so on, times Wa
    x = np.array([[[1.0], [0.0]]])
    layer = with_weights(SeqSelfAttention(1), (1, 2, 1), [[-1.0]], [[1.0]], [0.0], [[2.0]], [5.0])
    trace = layer.trace(x)
    high = 2 * np.tanh(1)
    np.testing.assert_allclose(trace.logits, [[[5, 5 - high], [5 + high, 5]]], rtol=1e-6)


def test_an_activation_stands_between_logits_and_scores():
    layer = with_weights(
        SeqSelfAttention(attention_type="multiplicative", attention_activation="relu"),
        (1, 2, 2),
        [[-LN_3, 0], [0, LN_3]],
        [0.0],
    )
    trace = layer.trace(UNITS)
    np.testing.assert_allclose(trace.logits, [[[-LN_3, 0], [0, LN_3]]], rtol=1e-6)
    np.testing.assert_allclose(trace.scores, [[[0, 0], [0, LN_3]]], rtol=1e-6)
    np.testing.assert_allclose(trace.weights, [[[0.5, 0.5], [0.25, 0.75]]], rtol=1e-6)


def test_steps_that_look_at_the_same_things_cost():
    # weights of ½ everywhere: a·aᵀ is ½ everywhere, minus I: ±½, squared ¼, four times: 1
    layer = SeqSelfAttention(3, attention_regularizer_weight=0.1)
    layer(np.zeros((5, 2, 2)))  # a batch of five: 5 · 1 / 5
    np.testing.assert_allclose(layer.losses, [0.1], rtol=1e-6)
    layer.trace(np.zeros((5, 2, 2)))
    assert len(layer.losses) == 1, "looking costs nothing"


def test_an_encoder_gives_the_decoder_what_it_asks_for():
    # U_a = 0: only the encoder counts. tanh(1) and tanh(0), V_a makes of them ln 3 and 0
    layer = with_weights(
        AttentionLayer(), [(1, 2, 1), (1, 3, 2)], [[1.0]], [[0.0], [0.0]], [[LN_3 / np.tanh(1)]]
    )
    attn_out, attn_states = layer([np.array([[[1.0], [0.0]]]), np.ones((1, 3, 2))])
    np.testing.assert_allclose(attn_states, [[[0.75, 0.25]] * 3], rtol=1e-6)
    np.testing.assert_allclose(attn_out, [[[0.75]] * 3], rtol=1e-6)


def test_one_bias_for_all_steps_changes_nothing():
    for bias in (0, -100):
        layer = with_weights(SeqWeightedAttention(), (1, 2, 2), [[LN_3], [0]], [bias])
        output, weights = look(layer, UNITS)
        np.testing.assert_allclose(weights, [[0.75, 0.25]], rtol=1e-5)
        np.testing.assert_allclose(output, [[0.75, 0.25]], rtol=1e-5)


def test_a_gate_of_steps_weighs_every_feature_by_its_own_steps():
    # shares of 3 : 1 in the first feature, of 1 : 1 in the second; 8 and 4 of each
    x = np.array([[[LN_3, 8.0], [0.0, 8.0]]])
    layer = with_weights(DenseGate(), (1, 2, 2), np.eye(2), [0.0, 0.0])
    output, weights = look(layer, x)
    np.testing.assert_allclose(weights, [[[0.75, 0.5], [0.25, 0.5]]], rtol=1e-6)
    np.testing.assert_allclose(output, weights * x, rtol=1e-6)
    single = with_weights(DenseGate(single_attention_vector=True), (1, 2, 2), np.eye(2), [0.0, 0.0])
    output, weights = look(single, x)
    np.testing.assert_allclose(weights, [[[0.625, 0.625], [0.375, 0.375]]], rtol=1e-6)
    np.testing.assert_allclose(output, weights * x, rtol=1e-6)


@pytest.mark.parametrize("single", [False, True])
def test_a_gate_of_steps_is_the_block_of_keras_layers(single):
    x = np.random.default_rng(6).normal(size=(2, 4, 3)).astype("float32")
    turned = keras.layers.Permute((2, 1))(x)
    dense = keras.layers.Dense(4, activation="softmax")
    shares = dense(turned)
    if single:
        shares = keras.ops.repeat(keras.ops.mean(shares, axis=1, keepdims=True), 3, axis=1)
    expected = keras.layers.Permute((2, 1))(shares)
    layer = with_weights(DenseGate(single_attention_vector=single), x.shape, *dense.get_weights())
    output, weights = look(layer, x)
    np.testing.assert_allclose(weights, expected, rtol=1e-6)
    np.testing.assert_allclose(output, x * expected, rtol=1e-6)


def test_weights_of_equal_shape_do_not_start_with_the_same_numbers():
    layer = SeqSelfAttention(3)
    layer.build((None, 4, 3))
    assert not np.allclose(layer.Wt, layer.Wx)
    again = SeqSelfAttention(3)
    again.build((None, 4, 3))
    assert not np.allclose(layer.Wt, again.Wt)


@pytest.mark.parametrize("layer", [AttentionLayer(), SeqWeightedAttention()])
def test_weights_start_within_the_limit_that_the_docstring_names(layer):
    layer.build([(1, 2, 40), (1, 2, 40)] if isinstance(layer, AttentionLayer) else (1, 2, 500))
    largest = np.abs(layer.get_weights()[0]).max()
    assert 0.045 < largest <= 0.05
