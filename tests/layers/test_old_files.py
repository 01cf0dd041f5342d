"""What public copies of the article's class saved can be loaded: configs, weights, whole models."""

import json

import h5py
import keras
import numpy as np
import pytest

from attention.layers import Attention

from .helpers import golden_cases

X = np.random.default_rng(4).normal(size=(2, 6, 3)).astype("float32")
W, B = np.array([0.5, -1.0, 2.0], "float32"), np.linspace(-1, 1, 6, dtype="float32")
PLAIN = {"name": "attention_1", "trainable": True, "dtype": "float32"}
L2 = {"class_name": "L1L2", "config": {"l1": 0.0, "l2": 0.009999999776482582}}

# What copies write into a config, and what the layer has for it.
CONFIGS = {
    "keys that carry nothing": (
        {"step_dim": 6, "supports_masking": True, "features_dim": 0, "init": "glorot_uniform"},
        {"step_dim": 6},
    ),
    "an initialiser as Keras 2 wrote it": (
        {"step_dim": 6, "init": {"class_name": "GlorotUniform", "config": {"seed": None}}},
        {"step_dim": 6},
    ),
    "no step_dim": ({"features_dim": 10}, {"step_dim": None}),
    "a policy of Keras 2": (
        {"step_dim": 6, "dtype": {"class_name": "Policy", "config": {"name": "mixed_float16"}}},
        {"compute_dtype": "float16"},
    ),
    "the weights asked for": ({"return_attention": True}, {"return_attention_scores": True}),
    "without a bias": ({"step_dim": 6, "bias": False}, {"bias": False}),
}


@pytest.mark.parametrize(("saved", "kept"), CONFIGS.values(), ids=CONFIGS)
def test_a_config_of_another_copy_is_understood(saved, kept):
    layer = Attention.from_config(PLAIN | saved)
    assert layer.name == "attention_1"
    assert {name: getattr(layer, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("old", "name"),
    [("W_regularizer",) * 2, ("w_regularizer", "W_regularizer"), ("b_reg", "b_regularizer")],
)
def test_a_regulariser_is_kept_under_the_names_that_copies_use(old, name):
    layer = Attention.from_config(PLAIN | {"step_dim": 6, old: L2})
    np.testing.assert_allclose(getattr(layer, name).l2, 0.01, rtol=1e-6)


def test_a_constraint_is_kept_as_keras_2_wrote_it():
    written = {"class_name": "MaxNorm", "config": {"max_value": 2, "axis": 0}}
    layer = Attention.from_config(PLAIN | {"step_dim": 6, "w_constraint": written})
    assert layer.W_constraint.max_value == 2


def test_what_no_copy_has_is_still_refused():
    with pytest.raises(TypeError, match="step_dimension"):
        Attention.from_config(PLAIN | {"step_dimension": 6})


def in_a_model(layer):
    return keras.Sequential([keras.Input(shape=X.shape[1:]), layer])


def filled():
    layer = Attention()
    model = in_a_model(layer)
    layer.set_weights([W, B])
    return model


COLUMNS = [W[:, None], B[:, None]]


@pytest.mark.parametrize("weights", [[W, B], COLUMNS, [W[None], B[None]]])
@pytest.mark.parametrize("of", ["layer", "model"])
def test_a_column_is_as_good_as_a_vector(of, weights):
    model = in_a_model(Attention())
    (model.layers[-1] if of == "layer" else model).set_weights(weights)
    for found, expected in zip(model.get_weights(), [W, B], strict=True):
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("weights", [[B, W], [np.outer(W, W), B], [np.stack([W, W]), B], [W]])
def test_other_weights_are_refused(weights):
    with pytest.raises(ValueError, match=r"shape|list of length"):
        in_a_model(Attention()).set_weights(weights)


def in_columns():
    """Another copy of the class, filled: it keeps its weights as some public copies do."""

    class Attention(keras.layers.Layer):
        def build(self, input_shape):
            self.W = self.add_weight(name="att_weight", shape=(input_shape[-1], 1))
            self.b = self.add_weight(name="att_bias", shape=(input_shape[1], 1))

        def call(self, x):
            return x[:, 0]

    model = in_a_model(Attention(name="attention"))
    model.set_weights(COLUMNS)
    return model


def answer(model):
    return model.predict(X, verbose=0)


@pytest.mark.parametrize("file", ["copy.weights.h5", "copy.h5"])
def test_a_file_of_columns_gives_the_weights(file, tmp_path):
    theirs = in_columns()
    if file.endswith(".weights.h5"):
        theirs.save_weights(tmp_path / file)
    else:
        theirs.save(tmp_path / file)
    ours = in_a_model(Attention(name="attention"))
    ours.load_weights(tmp_path / file)
    np.testing.assert_allclose(answer(ours), answer(filled()), rtol=1e-6)


@pytest.mark.parametrize("file", ["copy.keras", "copy.h5"])
def test_a_whole_model_of_a_copy_loads_with_one_line(file, tmp_path):
    in_columns().save(tmp_path / file)
    ours = keras.models.load_model(tmp_path / file, custom_objects={"Attention": Attention})
    np.testing.assert_allclose(answer(ours), answer(filled()), rtol=1e-6)


def old_file(path, config, weights, shape):
    """A whole functional model as Keras 2.2.4 wrote it: one layer, its weights by name."""
    name = config["name"]
    layers = [
        {
            "name": "input_1",
            "class_name": "InputLayer",
            "config": {
                "batch_input_shape": [None, *shape],
                "dtype": "float32",
                "sparse": False,
                "name": "input_1",
            },
            "inbound_nodes": [],
        },
        {
            "name": name,
            "class_name": "Attention",
            "config": config,
            "inbound_nodes": [[["input_1", 0, 0, {}]]],
        },
    ]
    model = {
        "class_name": "Model",
        "config": {
            "name": "model_1",
            "layers": layers,
            "input_layers": [["input_1", 0, 0]],
            "output_layers": [[name, 0, 0]],
        },
    }
    with h5py.File(path, "w") as file:
        file.attrs.update(
            keras_version=b"2.2.4",
            backend=b"tensorflow",
            model_config=json.dumps(model).encode(),
        )
        group = file.create_group("model_weights")
        group.attrs.update(
            layer_names=[b"input_1", name.encode()],
            keras_version=b"2.2.4",
            backend=b"tensorflow",
        )
        group.create_group("input_1").attrs["weight_names"] = []
        own = group.create_group(name)
        own.attrs["weight_names"] = [f"{name}/{name}_{weight}:0".encode() for weight in weights]
        for weight, numbers in weights.items():
            own[f"{name}/{name}_{weight}:0"] = numbers


KAGGLE = [
    case
    for case in golden_cases("kaggle_attention")
    if "mask" not in case.values[0]["inputs"] and case.values[0]["options"]["dtype"] == "float32"
]


@pytest.mark.parametrize("column", [False, True])
@pytest.mark.parametrize(("case", "tolerance"), KAGGLE[:3])
def test_a_whole_old_file_gives_the_outputs_of_the_class(case, tolerance, column, tmp_path):
    x, weights = case["inputs"]["x"], case["weights"]
    if column:
        weights = {name: weight[:, None] for name, weight in weights.items()}
    config = PLAIN | {"step_dim": x.shape[1], "bias": "b" in weights, "features_dim": x.shape[2]}
    old_file(tmp_path / "old.h5", config, weights, x.shape[1:])
    model = keras.models.load_model(tmp_path / "old.h5", custom_objects={"Attention": Attention})
    np.testing.assert_allclose(model.predict(x, verbose=0), case["outputs"]["y"], **tolerance)


def test_without_the_line_keras_takes_its_own_class_and_says_so(tmp_path):
    # The words of the error stand in the document of the layers, where a search finds them.
    old_file(tmp_path / "old.h5", PLAIN | {"step_dim": 6}, {"W": W, "b": B}, X.shape[1:])
    with pytest.raises((TypeError, ValueError), match=r"passed to Attention: \{'step_dim': 6\}"):
        keras.models.load_model(tmp_path / "old.h5")


def test_keras_own_attention_is_still_loaded_as_that(tmp_path):
    symbols = [keras.Input(shape=(4, 2)) for _ in range(2)]
    keras.Model(symbols, keras.layers.Attention()(symbols)).save(tmp_path / "own.keras")
    again = keras.models.load_model(tmp_path / "own.keras")
    assert type(again.layers[-1]) is keras.layers.Attention


@pytest.mark.parametrize("file", ["ours.keras", "ours.h5"])
def test_a_file_of_today_needs_no_line(file, tmp_path):
    model = filled()
    model.save(tmp_path / file)
    again = keras.models.load_model(tmp_path / file, compile=False)
    assert type(again.layers[-1]) is Attention
    assert again.layers[-1].step_dim == 6
    np.testing.assert_allclose(answer(again), answer(model), rtol=1e-6)


def test_without_step_dim_the_input_says_it():
    layer = Attention()
    assert layer.get_config()["step_dim"] is None
    model = keras.Sequential([keras.Input(shape=(7, 3)), layer])
    assert layer.step_dim == layer.get_config()["step_dim"] == 7
    assert tuple(layer.b.shape) == (7,)
    assert keras.models.clone_model(model).layers[-1].step_dim == 7
    eager = Attention()
    assert tuple(eager(X).shape) == (2, 3)
    assert eager.step_dim == 6


def test_without_step_dim_and_bias_any_length_is_taken():
    layer = Attention(bias=False)
    model = keras.Sequential([keras.Input(shape=(None, 3)), layer])
    for steps in (2, 5):
        assert model(X[:, :steps]).shape == (2, 3)
    assert layer.get_config()["step_dim"] is None


def test_the_vectors_are_named_trained_and_kept_in_32_bits():
    layer = Attention(W_regularizer="l2", b_constraint="non_neg", dtype="mixed_float16")
    model = keras.Sequential([keras.Input(shape=(6, 3)), layer])
    assert [weight.name for weight in layer.trainable_weights] == ["W", "b"]
    assert all(weight.path.endswith(f"{layer.name}/{weight.name}") for weight in layer.weights)
    assert {weight.dtype for weight in layer.weights} == {"float32"}
    before = [weight.copy() for weight in layer.get_weights()]
    model.compile(keras.optimizers.Adam(0.1), "mse")
    model.fit(X, np.ones((2, 3)), epochs=2, verbose=0)
    for new, old in zip(layer.get_weights(), before, strict=True):
        assert new.shape == old.shape
        assert (new != old).any()
    assert len(layer.losses) == 1


@pytest.mark.parametrize("name", ["tanh", "linear", "relu", "leaky_relu"])
def test_an_activation_may_be_a_name_or_the_function(name):
    function = getattr(keras.activations, name)
    for given in (name, function):
        layer = Attention(6, activation=given)
        assert layer.activation is function
        assert layer.get_config()["activation"] == name
        model = in_a_model(layer)
        layer.set_weights([W, B])
        again = in_a_model(Attention.from_config(layer.get_config()))
        again.set_weights([W, B])
        np.testing.assert_allclose(answer(again), answer(model), rtol=1e-6)
        scores = np.asarray(keras.ops.convert_to_numpy(function(X @ W + B)), "float64")
        expected = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
        expected = (expected[:, :, None] * X).sum(1)
        np.testing.assert_allclose(answer(model), expected, rtol=1e-5, atol=1e-6)


def test_no_activation_is_the_linear_one():
    assert Attention(6, activation=None).get_config()["activation"] == "linear"
