"""Small examples that can be checked on paper."""

import keras
import numpy as np
import pytest

from attention.layers import Attention

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
