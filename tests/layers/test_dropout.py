"""Dropout falls on the weights, in training alone, and as its seed says."""

import keras
import numpy as np
import pytest
from keras import ops

from attention.layers import Attention, DenseGate, SeqSelfAttention

from .helpers import READY

RATE = 0.4


def numbers(tensor):
    return np.asarray(ops.convert_to_numpy(tensor), "float64")


def ready(kind, **options):
    layer = READY[kind].layer(**{"dropout": RATE, "seed": 3} | options)
    return layer, READY[kind].one(READY[kind].inputs(batch=5))


@pytest.mark.parametrize("kind", READY)
def test_in_training_the_weights_are_dropped_and_the_returned_ones_are_whole(kind):
    layer, x = ready(kind)
    plain = layer(x, return_attention_scores=True)
    again = layer(x, return_attention_scores=True, training=False)
    trained = layer(x, return_attention_scores=True, training=True)
    for one, other in zip(plain, again, strict=True):
        np.testing.assert_array_equal(numbers(one), numbers(other))
    np.testing.assert_array_equal(numbers(trained[-1]), numbers(plain[-1]))
    assert not np.allclose(numbers(trained[0]), numbers(plain[0]))
    without, x = ready(kind, dropout=0.0)
    untouched = without(x, return_attention_scores=True, training=True)[0]
    np.testing.assert_array_equal(numbers(untouched), numbers(plain[0]))


@pytest.mark.parametrize("kind", READY)
def test_the_output_is_the_sum_by_what_keras_leaves_of_the_weights(kind, monkeypatch):
    layer, x = ready(kind)
    whole = layer.trace(x)
    kept = []

    def dropout(weights, rate, seed):
        assert rate == RATE
        assert seed is layer.seed_generator
        kept.append(weights)
        return 3 * weights

    monkeypatch.setattr(keras.random, "dropout", dropout)
    trained = layer.trace(x, training=True)
    assert len(kept) == 1
    np.testing.assert_allclose(
        numbers(trained.output), 3 * numbers(whole.output), rtol=1e-5, atol=1e-6
    )
    np.testing.assert_array_equal(numbers(trained.weights), numbers(whole.weights))


def test_what_is_left_is_made_larger_by_as_much():
    # With one feature that is 1 everywhere the output is the sum of the weights that are left.
    layer = Attention(4, activation="linear", bias=False, dropout=RATE, seed=1)
    outputs = numbers(layer(np.ones((4000, 4, 1)), training=True))
    left = np.round(outputs * 4 * (1 - RATE)).astype(int)
    np.testing.assert_allclose(outputs * 4 * (1 - RATE), left, atol=1e-5)
    assert set(np.unique(left)) == {0, 1, 2, 3, 4}
    assert abs(outputs.mean() - 1) < 0.03


def test_one_gate_for_all_features_is_dropped_for_all_of_them():
    layer = DenseGate(single_attention_vector=True, dropout=0.5, seed=2)
    output = numbers(layer(np.ones((50, 4, 3)), training=True))
    assert (output == 0).any()
    np.testing.assert_array_equal((output == 0).any(2), (output == 0).all(2))


def test_the_same_seed_drops_the_same_and_every_step_drops_others():
    (one, x), (two, _), (other, _) = (ready("self-additive", seed=seed) for seed in (5, 5, 6))
    first, same, unlike = (numbers(layer(x, training=True)) for layer in (one, two, other))
    np.testing.assert_array_equal(first, same)
    assert not np.allclose(first, unlike)
    assert not np.allclose(first, numbers(one(x, training=True)))


def trained(**options):
    keras.utils.set_random_seed(4)
    symbol = keras.Input(shape=(4, 2))
    x = SeqSelfAttention(3, seed=7, **options)(symbol)
    model = keras.Model(symbol, keras.layers.Dense(1)(Attention(seed=8, **options)(x)))
    model.compile("sgd", "mse")
    (data,) = READY["attention"].inputs(batch=12)
    state = [numbers(variable) for variable in seeds(model)]
    model.fit(data, data[:, 0, :1], epochs=2, batch_size=4, verbose=0, shuffle=False)
    moved = [numbers(variable) for variable in seeds(model)]
    assert [(one != other).any() for one, other in zip(state, moved, strict=True)] == [True] * (
        2 if options.get("dropout") else 0
    )
    return model.get_weights()


def seeds(model):
    """The states of the random numbers in the layers."""
    weights = {id(weight) for weight in model.weights}
    return [
        variable
        for variable in model.variables
        if "seed_generator" in variable.path and id(variable) not in weights
    ]


def test_fit_is_repeated_by_its_seed_and_moves_on_within_it():
    for one, other in zip(trained(dropout=RATE), trained(dropout=RATE), strict=True):
        np.testing.assert_array_equal(one, other)
    assert any(
        not np.allclose(one, other)
        for one, other in zip(trained(dropout=RATE), trained(), strict=True)
    )


@pytest.mark.parametrize("kind", READY)
def test_masks_hold_under_dropout(kind):
    layer, inputs = ready(kind, dtype="mixed_float16"), READY[kind].inputs(batch=2)
    masks = [np.zeros(x.shape[:2], bool) for x in inputs]
    output = layer[0](READY[kind].one(inputs), mask=READY[kind].one(masks), training=True)
    output = keras.tree.flatten(output)[0]
    assert keras.backend.standardize_dtype(output.dtype) == "float16"
    assert (numbers(output) == 0).all()


def test_a_model_with_dropout_is_saved_and_loaded(tmp_path):
    layer, (x,) = READY["self-additive"].layer(dropout=RATE, seed=5), READY["dot"].inputs()
    model = keras.Sequential([keras.Input(shape=x.shape[1:]), layer])
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert again.layers[-1].get_config() == layer.get_config()
    np.testing.assert_allclose(numbers(again(x)), numbers(model(x)), rtol=1e-6)
