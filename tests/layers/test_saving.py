"""What was trained can be saved, and loaded by somebody who has only this package."""

import h5py
import keras
import numpy as np
import pytest

from attention import layers
from attention.layers import (
    Attention,
    ScaledDotProductAttention,
    SeqSelfAttention,
    SeqWeightedAttention,
)

from .backends import array
from .helpers import READY, golden_cases, reader_of_all

X = np.random.default_rng(11).integers(0, 9, size=(6, 5))

# For an option whose name ends so, a value that it does not have by default.
OTHER = {
    "initializer": keras.initializers.RandomNormal(stddev=0.3, seed=1),
    "regularizer": keras.regularizers.L1L2(0.1, 0.2),
    "constraint": keras.constraints.MaxNorm(0.7),
    "activation": "linear",
    "attention_type": "multiplicative",
    "attention_width": 3,
    "regularizer_weight": 0.5,
    "units": 7,
    "temperature": 0.5,
    "name": "where_it_looks",
    "dtype": "mixed_bfloat16",
    "step_dim": 5,
    "dropout": 0.25,
    "seed": 3,
    "num_heads": 2,
    "block": 16,
}


def other(name, value):
    """Another value of an option."""
    if isinstance(value, bool):
        return not value
    return next((new for end, new in OTHER.items() if name.endswith(end)), value)


@pytest.mark.parametrize("name", layers.__all__)
def test_every_argument_survives_a_round_trip(name):
    kind = getattr(layers, name)
    usual = (kind(4) if kind is Attention else kind()).get_config()
    layer = kind(**{name: other(name, value) for name, value in usual.items()})
    config = layer.get_config()
    assert not {name for name in config if config[name] == usual[name]}
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(layer))
    assert type(again) is kind
    assert again.get_config() == config == kind.from_config(config).get_config()


@pytest.mark.parametrize("kind", ["attention", "gate", "self-additive"])
def test_regularisers_and_constraints_reach_their_weights(kind):
    names = READY[kind].make().get_config()
    layer = READY[kind].layer(
        **{
            name: other(name, None)
            for name in names
            if name.endswith(("regularizer", "constraint"))
        }
    )
    parts = dict.fromkeys(["Wt", "Wx", "Wa"], "kernel") | dict.fromkeys(["bh", "ba"], "bias")
    for weight in layer.weights:
        part = parts.get(weight.name, weight.name)
        assert weight.regularizer is getattr(layer, f"{part}_regularizer") is not None
        assert weight.constraint is getattr(layer, f"{part}_constraint") is not None
    assert len(layer.losses) == len(layer.weights)


@pytest.mark.parametrize(
    "layer", [ScaledDotProductAttention, SeqSelfAttention, SeqWeightedAttention]
)
def test_both_words_for_the_weights_mean_the_same(layer):
    for word in ("return_attention", "return_attention_scores"):
        asked = layer(**{word: True})
        assert asked.return_attention is asked.return_attention_scores is True
        assert layer.from_config(asked.get_config()).return_attention is True
    assert layer.get_custom_objects() == {layer.__name__: layer}


@pytest.mark.parametrize("kind", READY)
def test_every_layer_is_the_same_when_loaded(kind, tmp_path):
    ready = READY[kind]
    symbols = [keras.Input(shape=shape) for shape in ready.shapes]
    layer = ready.layer()
    model = keras.Model(symbols, layer(ready.one(symbols)))
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    inputs = ready.inputs()
    found, expected = (keras.tree.flatten(array(each(inputs))) for each in (again, model))
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-6)


@pytest.mark.parametrize(
    "layer",
    [
        Attention(5, bias=False),
        ScaledDotProductAttention(history_only=True),
        SeqSelfAttention(4, attention_width=3),
        SeqWeightedAttention(),
    ],
)
def test_a_model_of_unknown_length_still_takes_any_length_when_loaded(layer, tmp_path):
    model = keras.Sequential([keras.Input(shape=(None, 3)), layer])
    model.save(tmp_path / "any.keras")
    again = keras.models.load_model(tmp_path / "any.keras")
    x = np.random.default_rng(3).normal(size=(2, 8, 3)).astype("float32")
    np.testing.assert_allclose(array(again(x)), array(model(x)), rtol=1e-6)


def test_a_clone_and_a_file_of_weights_give_the_same_model(tmp_path):
    model = reader_of_all()
    model.save_weights(tmp_path / "model.weights.h5")
    clone = keras.models.clone_model(model)
    clone.load_weights(tmp_path / "model.weights.h5")
    for found, expected in zip(array(clone(X)), array(model(X)), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-6)


@pytest.mark.parametrize(
    "case, tolerance", golden_cases("ksa042_seq_self_attention", "ksa042_seq_weighted_attention")
)
def test_a_file_of_weights_of_the_old_package_gives_its_predictions(case, tolerance, tmp_path):
    # As Keras 2 wrote it: a group a layer, its weights by name, in order.
    options = dict(case["options"])
    kind = options.pop("layer")
    old = "seq_self_attention_1"
    names = [f"{old}/{old}_Add_{name}:0".encode() for name in case["weights"]]
    with h5py.File(tmp_path / "old.h5", "w") as file:
        file.attrs.update(layer_names=[b"input_1", old.encode()], keras_version=b"2.2.4")
        file.create_group("input_1").attrs["weight_names"] = []
        group = file.create_group(old)
        group.attrs["weight_names"] = names
        for name, weight in zip(names, case["weights"].values(), strict=True):
            group[name.decode()] = weight

    x, mask = case["inputs"]["x"], case["inputs"].get("mask")
    symbols = keras.Input(shape=x.shape[1:]), keras.Input(shape=x.shape[1:2], dtype="bool")
    layer = {"SeqSelfAttention": SeqSelfAttention, "SeqWeightedAttention": SeqWeightedAttention}
    output = layer[kind](**options)(symbols[0], mask=symbols[1])
    model = keras.Model(symbols, output)
    model.load_weights(tmp_path / "old.h5")
    everything = np.ones(x.shape[:2], bool)
    found = array(model([x, everything if mask is None else mask]))
    np.testing.assert_allclose(found, case["outputs"]["y"], **tolerance)
