"""How do I see the weights? One line for each layer, on data and inside a model."""

import inspect

import keras
import numpy as np
import pytest

import attention.layers

from .helpers import READY, look, reader_of_all

WORDS = np.array([[3, 1, 0, 0], [0, 0, 0, 0], [0, 5, 0, 2]])
OF_ONE = [kind for kind, ready in READY.items() if ready.shapes == ((4, 2),)]


def embedded():
    words = keras.Input(shape=(4,), dtype="int32")
    return words, keras.layers.Embedding(6, 2, mask_zero=True)(words)


@pytest.mark.filterwarnings("error::UserWarning")
@pytest.mark.parametrize("kind", [*OF_ONE, "encoder-decoder"])
def test_of_a_trained_model_before_and_after_it_is_saved(kind, tmp_path):
    two = kind == "encoder-decoder"
    words, vectors = embedded()
    layer = READY[kind].make()
    model = keras.Model(words, layer([vectors, vectors] if two else vectors))
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    again = next(one for one in loaded.layers if type(one) is type(layer))

    x = model.layers[1](WORDS)
    _, expected = layer([x, x] if two else x, return_attention_scores=True)
    assert (expected.numpy() == 0).any()

    weights = layer.attention_in(model).predict(WORDS, verbose=0)
    np.testing.assert_allclose(weights, expected, rtol=1e-5)
    weights = again.attention_in(loaded)(WORDS)
    np.testing.assert_allclose(weights, expected, rtol=1e-5)


def test_looking_leaves_the_model_as_it_was(tmp_path):
    model = reader_of_all(words=4)
    config = model.get_config()
    for layer in model.layers:
        if layer.__module__.startswith("attention."):
            weights = layer.attention_in(model)(WORDS)
            assert np.isfinite(weights).all()
    assert model.get_config() == config
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    for found, expected in zip(again(WORDS), model(WORDS), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-5)


@pytest.mark.parametrize("kind", ["attention", "self-additive"])
def test_of_a_sequential_model_that_was_built_by_its_data(kind):
    layer = READY[kind].make()
    model = keras.Sequential([keras.layers.Embedding(6, 2, mask_zero=True), layer])
    model.predict(WORDS, verbose=0)
    weights = layer.attention_in(model)(WORDS)
    _, expected = layer(model.layers[0](WORDS), return_attention_scores=True)
    np.testing.assert_allclose(weights, expected, rtol=1e-6)


def test_with_a_mask_that_was_passed_by_hand():
    x, mask = keras.Input(shape=(4, 2)), keras.Input(shape=(4,), dtype="bool")
    layer = READY["weighted"].layer()
    model = keras.Model([x, mask], layer(x, mask=mask))
    data = [*READY["weighted"].inputs(), WORDS > 0]
    weights = layer.attention_in(model)(data)
    np.testing.assert_allclose(weights, look(layer, *data)[1], rtol=1e-6)


@pytest.mark.parametrize("name", attention.layers.__all__)
def test_the_line_stands_in_the_docstring_of_every_layer(name):
    text = inspect.getdoc(getattr(attention.layers, name))
    assert "How do I see the weights?" in text
    assert "layer.attention_in(model).predict(data)" in text
    assert "layer.trace(" in text
