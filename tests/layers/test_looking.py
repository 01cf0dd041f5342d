"""How do I see the weights? One line for each layer, on data and inside a model."""

import inspect

import keras
import numpy as np
import pytest

import attention.layers

from .backends import array
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
    expected = array(expected)
    assert (expected == 0).any()

    weights = layer.attention_in(model).predict(WORDS, verbose=0)
    np.testing.assert_allclose(weights, expected, rtol=1e-5)
    weights = array(again.attention_in(loaded)(WORDS))
    np.testing.assert_allclose(weights, expected, rtol=1e-5)


def test_looking_leaves_the_model_as_it_was(tmp_path):
    model = reader_of_all(words=4)
    config = model.get_config()
    for layer in model.layers:
        if layer.__module__.startswith("attention."):
            weights = array(layer.attention_in(model)(WORDS))
            assert np.isfinite(weights).all()
    assert model.get_config() == config
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    for found, expected in zip(*(array(each(WORDS)) for each in (again, model)), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-5)


@pytest.mark.parametrize("kind", ["attention", "self-additive"])
def test_of_a_sequential_model_that_was_built_by_its_data(kind):
    layer = READY[kind].make()
    model = keras.Sequential([keras.layers.Embedding(6, 2, mask_zero=True), layer])
    model.predict(WORDS, verbose=0)
    weights = array(layer.attention_in(model)(WORDS))
    _, expected = layer(model.layers[0](WORDS), return_attention_scores=True)
    np.testing.assert_allclose(weights, array(expected), rtol=1e-6)


def test_with_a_mask_that_was_passed_by_hand():
    x, mask = keras.Input(shape=(4, 2)), keras.Input(shape=(4,), dtype="bool")
    layer = READY["weighted"].layer()
    model = keras.Model([x, mask], layer(x, mask=mask))
    data = [*READY["weighted"].inputs(), WORDS > 0]
    weights = array(layer.attention_in(model)(data))
    np.testing.assert_allclose(weights, look(layer, *data)[1], rtol=1e-6)


VECTORS = np.random.default_rng(4).normal(size=(3, 4, 2)).astype("float32")


def weights_of(layer, x, **more):
    """What the layer says of data when it is called by hand."""
    return look(layer, x, **more)[1]


def shown(layer, model, data, **more):
    return layer.attention_in(model, **more).predict(data, verbose=0)


def test_a_layer_of_two_models_shows_the_weights_of_the_one_that_is_asked():
    layer, symbol = READY["self-additive"].layer(), keras.Input(shape=(4, 2))
    for scale in (1, -2, 1):  # as a cell of a notebook that is run again makes a new model
        model = keras.Model(symbol, layer(keras.layers.Rescaling(scale)(symbol)))
        expected = weights_of(layer, scale * VECTORS)
        np.testing.assert_allclose(shown(layer, model, VECTORS), expected, rtol=1e-5)


def test_every_call_in_a_model_is_found_by_its_index():
    layer, symbol = READY["weighted"].layer(), keras.Input(shape=(4, 2))
    once, again = keras.Model(symbol, layer(symbol)), keras.layers.Rescaling(3)
    model = keras.Model(symbol, [layer(symbol), layer(again(symbol)), once(symbol)])
    found = [shown(layer, model, VECTORS, index=index) for index in range(3)]
    tripled = weights_of(layer, 3 * VECTORS)
    assert len([one for one in found if np.allclose(one, tripled)]) == 1
    assert len([one for one in found if np.allclose(one, weights_of(layer, VECTORS))]) == 2


class Block(keras.layers.Layer):
    """Somebody's own layer around an attention layer, which it calls twice."""

    def __init__(self, inner):
        super().__init__()
        self.parts = {"inner": [inner]}
        self.supports_masking = self.built = True

    def call(self, x):
        (inner,) = self.parts["inner"]
        return inner(x) + inner(2 * x, mask=None)


class Subclassed(keras.Model):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, x):
        return self.inner(x)


@pytest.mark.parametrize("kind", OF_ONE)
def test_it_is_found_inside_a_layer_of_ones_own(kind):
    layer, symbol = READY[kind].layer(), keras.Input(shape=(4, 2))
    x = VECTORS * (np.arange(4) < 3)[:, None]
    model = keras.Model(symbol, Block(layer)(keras.layers.Masking()(symbol)))
    masked = weights_of(layer, x, mask=np.any(x != 0, axis=-1))
    np.testing.assert_allclose(shown(layer, model, x), masked, rtol=1e-5, atol=1e-7)
    doubled = weights_of(layer, 2 * x)
    np.testing.assert_allclose(shown(layer, model, x, index=1), doubled, rtol=1e-5, atol=1e-7)


def test_it_is_found_inside_functional_sequential_and_subclassed_models():
    words, vectors = embedded()
    layer = READY["weighted"].make()
    inner = keras.Model(words, layer(vectors))
    expected = shown(layer, inner, WORDS)
    assert (expected[WORDS == 0] == 0).all() and (expected[WORDS > 0] > 0).all()
    for outer in (
        keras.Sequential([keras.Input(shape=(4,)), inner, keras.layers.Dense(2)]),
        keras.Model(words, keras.Sequential([inner, keras.layers.Dense(2)])(words)),
        keras.Model(words, Subclassed(inner)(words)),
        Subclassed(inner),
        Subclassed(Subclassed(inner)),
    ):
        np.testing.assert_allclose(shown(layer, outer, WORDS), expected, rtol=1e-6)


@pytest.mark.parametrize("sentences", [2, None])
def test_a_model_of_a_text_shows_the_words_of_every_sentence(sentences):
    words, vectors = embedded()
    layer, upper = READY["attention"].make(), READY["weighted"].make()
    sentence = keras.Model(words, layer(vectors))
    symbol = keras.Input(shape=(sentences, 4), dtype="int32")
    text = keras.Model(symbol, upper(keras.layers.TimeDistributed(sentence)(symbol)))
    texts = np.array([WORDS[:2], WORDS[1:]])
    found = shown(layer, text, texts)
    expected = shown(layer, sentence, texts.reshape(4, 4)).reshape(2, 2, 4)
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    assert shown(upper, text, texts).shape == (2, 2)


def test_a_dictionary_of_inputs_stays_one():
    layer = READY["encoder-decoder"].make()
    symbols = {"x": keras.Input(shape=(4, 2), name="x"), "y": keras.Input(shape=(4, 2), name="y")}
    model = keras.Model(symbols, layer(list(symbols.values())))
    found = shown(layer, model, {"y": VECTORS, "x": -VECTORS})
    expected = weights_of(layer, [-VECTORS, VECTORS])
    np.testing.assert_allclose(found, expected, rtol=1e-5)


@pytest.mark.parametrize("name", attention.layers.__all__)
def test_the_line_stands_in_the_docstring_of_every_layer(name):
    text = inspect.getdoc(getattr(attention.layers, name))
    assert "How do I see the weights?" in text
    assert "layer.attention_in(model).predict(data)" in text
    assert "layer.trace(" in text
