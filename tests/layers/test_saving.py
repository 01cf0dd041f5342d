"""What was trained can be saved, and loaded by somebody who has only this package."""

import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from attention.layers import Attention, DenseGate

ROOT = Path(__file__).parents[2]
X = np.random.default_rng(11).integers(0, 9, size=(6, 5))

FULL_ATTENTION = {
    "step_dim": 5,
    "W_regularizer": keras.regularizers.L1L2(0.1, 0.2),
    "b_regularizer": "l2",
    "W_constraint": keras.constraints.MaxNorm(0.7),
    "b_constraint": "non_neg",
    "bias": True,
    "activation": "linear",
    "return_attention_scores": True,
    "temperature": 0.5,
    "name": "where_it_looks",
    "dtype": "mixed_float16",
}
FULL_GATE = {
    "kernel_initializer": keras.initializers.RandomNormal(stddev=0.3, seed=1),
    "bias_initializer": "ones",
    "kernel_regularizer": "l1",
    "bias_regularizer": keras.regularizers.L2(0.4),
    "kernel_constraint": "unit_norm",
    "bias_constraint": keras.constraints.MinMaxNorm(0.1, 0.9),
    "use_bias": True,
    "return_attention_scores": True,
    "temperature": 2.0,
    "name": "what_passes",
    "dtype": "float64",
}
FULL = [(Attention, FULL_ATTENTION, (None, 5, 3)), (DenseGate, FULL_GATE, (None, 4))]


def trained_model():
    words = keras.Input(shape=(5,), dtype="int32")
    vectors = keras.layers.Embedding(9, 4, mask_zero=True)(words)
    x, weights = Attention(
        5, W_regularizer="l2", b_constraint="non_neg", activation="linear", temperature=0.5
    )(vectors, return_attention_scores=True)
    x = DenseGate(kernel_regularizer="l1")(x)
    model = keras.Model(words, [keras.layers.Dense(1)(x), weights])
    model.compile("adam", ["mse", None])
    model.fit(X, np.ones((6, 1)), epochs=1, verbose=0)
    return model


def test_a_fresh_python_that_imports_only_the_layers_loads_and_runs_the_model(tmp_path):
    model = trained_model()
    model.save(tmp_path / "model.keras")
    np.save(tmp_path / "x.npy", X)
    program = (
        "import sys, attention.layers, keras, numpy as np\n"
        "folder = sys.argv[1]\n"
        "model = keras.models.load_model(folder + '/model.keras')\n"
        "answer, weights = model.predict(np.load(folder + '/x.npy'), verbose=0)\n"
        "np.savez(folder + '/found.npz', answer=answer, weights=weights)\n"
        "model.compile('sgd', ['mse', None])\n"
        "model.fit(np.load(folder + '/x.npy'), answer, epochs=1, verbose=0)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    found = np.load(tmp_path / "found.npz")
    answer, weights = model.predict(X, verbose=0)
    np.testing.assert_allclose(found["answer"], answer, rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(found["weights"], weights, rtol=1e-6, atol=1e-7)
    assert (found["weights"][X == 0] == 0).all()


@pytest.mark.parametrize("layer, options, shape", FULL)
def test_every_argument_survives_a_round_trip(layer, options, shape):
    config = layer(**options).get_config()
    again = keras.saving.deserialize_keras_object(
        keras.saving.serialize_keras_object(layer(**options))
    )
    assert type(again) is layer
    assert again.get_config() == config == layer.from_config(config).get_config()
    assert set(options) <= set(config)


@pytest.mark.parametrize("layer, options, shape", FULL)
def test_regularisers_and_constraints_reach_their_weights(layer, options, shape):
    built = layer(**options)
    built.build(shape)
    of_weight = {
        "W": ("W_regularizer", "W_constraint"),
        "b": ("b_regularizer", "b_constraint"),
        "kernel": ("kernel_regularizer", "kernel_constraint"),
        "bias": ("bias_regularizer", "bias_constraint"),
    }
    for weight in built.weights:
        regularizer, constraint = of_weight[weight.name]
        assert weight.regularizer is getattr(built, regularizer) is not None
        assert weight.constraint is getattr(built, constraint) is not None
    assert len(built.losses) == len(built.weights) == 2


def test_a_model_of_unknown_length_still_takes_any_length_when_loaded(tmp_path):
    model = keras.Sequential([keras.Input(shape=(None, 3)), Attention(5, bias=False)])
    model.save(tmp_path / "any.keras")
    again = keras.models.load_model(tmp_path / "any.keras")
    x = np.random.default_rng(3).normal(size=(2, 8, 3)).astype("float32")
    np.testing.assert_allclose(again(x), model(x), rtol=1e-6)


def test_a_clone_and_a_file_of_weights_give_the_same_model(tmp_path):
    model = trained_model()
    model.save_weights(tmp_path / "model.weights.h5")
    clone = keras.models.clone_model(model)
    clone.load_weights(tmp_path / "model.weights.h5")
    for found, expected in zip(clone(X), model(X), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-6)
