"""One rule for masks: hidden is exactly 0, and what is hidden reaches nothing."""

import keras
import numpy as np
import pytest

from attention.layers import Attention, DenseGate

from .helpers import attention, dense_gate, gradients, look

PRECISIONS = ("float64", "float32", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16")
MASK = np.array([[1, 1, 0, 1], [0, 0, 0, 0], [0, 0, 1, 0]], bool)
SEEN = MASK.any(axis=1)
LAYERS = {
    "attention-tanh": lambda **options: attention([0.5, -2.0], [0.1, 0.2, 0.3, 0.4], **options),
    "attention-linear": lambda **options: attention(
        [0.5, -2.0], [0.1, 0.2, 300.0, 0.4], activation="linear", **options
    ),
    "attention-without-bias": lambda **options: attention([0.5, -2.0], steps=4, **options),
    "gate": lambda **options: dense_gate(
        np.linspace(-2, 2, 16).reshape(4, 4), [0.1, 0.2, 300.0, 0.4], **options
    ),
}


def inputs(kind, dtype="float32"):
    shape = (3, 4) if kind == "gate" else (3, 4, 2)
    return np.random.default_rng(5).normal(size=shape).astype(dtype)


@pytest.fixture(params=LAYERS)
def kind(request):
    return request.param


@pytest.mark.parametrize("precision", PRECISIONS)
def test_hidden_steps_weigh_exactly_0_and_fully_hidden_rows_are_0(kind, precision):
    output, weights = look(LAYERS[kind](dtype=precision), inputs(kind), MASK)
    assert output.dtype.name == weights.dtype.name == precision.removeprefix("mixed_")
    output, weights = output.astype("float64"), weights.astype("float64")
    assert (weights[~MASK] == 0).all()
    assert (output[~SEEN] == 0).all()
    np.testing.assert_allclose(weights[SEEN].sum(axis=1), 1, atol=0.01)
    assert np.isfinite(output).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_hidden_reaches_neither_output_nor_gradients(kind, bad):
    layer, clean = LAYERS[kind](), inputs(kind)
    spoiled = clean.copy()
    spoiled[~MASK] = bad
    dy = np.ones_like(layer(clean))

    for with_bad, without in zip(look(layer, spoiled, MASK), look(layer, clean, MASK), strict=True):
        np.testing.assert_array_equal(with_bad, without)
    with_bad, without = (gradients(layer, x, dy, MASK) for x in (spoiled, clean))
    for one, other in zip(with_bad, without, strict=True):
        np.testing.assert_array_equal(one, other)
        assert np.isfinite(one).all()
    assert (with_bad[0][~MASK] == 0).all()


def test_a_hidden_row_is_as_if_its_steps_were_not_there(kind):
    if kind == "gate":
        layer = dense_gate(np.eye(4)[:2, :2], [0.1, 0.2])
        whole = dense_gate(np.eye(4), [0.1, 0.2, 0.3, 0.4])
    else:
        layer, whole = attention([0.5, -2.0], steps=2), attention([0.5, -2.0], steps=4)
    x = inputs(kind)
    mask = np.repeat([[1, 1, 0, 0]], 3, axis=0)
    _, few = look(layer, x[:, :2])
    _, many = look(whole, x, mask)
    np.testing.assert_allclose(many[:, :2], few, rtol=1e-6)


@pytest.mark.parametrize("dtype", ["bool", "int32", "float32"])
def test_a_mask_may_be_booleans_or_numbers(kind, dtype):
    layer, x = LAYERS[kind](), inputs(kind)
    np.testing.assert_array_equal(look(layer, x, MASK)[1], look(layer, x, MASK.astype(dtype))[1])


def test_a_mask_of_ones_changes_nothing(kind):
    layer, x = LAYERS[kind](), inputs(kind)
    np.testing.assert_array_equal(look(layer, x)[0], look(layer, x, np.ones_like(MASK))[0])


def test_the_mask_of_an_embedding_arrives():
    words = np.array([[3, 1, 0, 0], [0, 0, 0, 0], [0, 5, 0, 2]])
    embedding = keras.layers.Embedding(6, 2, mask_zero=True)
    layer = Attention(4, return_attention_scores=True)
    _, weights = layer(embedding(words))
    assert ((weights.numpy() == 0) == (words == 0)).all()


def test_the_mask_of_a_masking_layer_arrives_in_a_functional_model():
    symbol = keras.Input(shape=(4, 2))
    masked = keras.layers.Masking(mask_value=-9.0)(symbol)
    model = keras.Model(symbol, Attention(4)(masked, return_attention_scores=True))
    x = inputs("attention")
    x[~MASK] = -9
    output, weights = model.predict(x, verbose=0)
    assert ((weights != 0) == MASK).all()
    assert (output[~SEEN] == 0).all()


@pytest.mark.filterwarnings("error")  # Keras warns where a layer loses a mask that it ignored
def test_the_mask_ends_here():
    embedded = keras.layers.Embedding(6, 2, mask_zero=True)(np.array([[3, 1, 0, 0]]))
    for pair in (False, True):
        layer = Attention(4, return_attention_scores=pair)
        assert layer.compute_mask(embedded, np.ones((1, 4), bool)) is None
        for output in layer(embedded) if pair else [layer(embedded)]:
            assert getattr(output, "_keras_mask", None) is None
    assert DenseGate().compute_mask(np.ones((3, 4)), MASK) is None


def test_a_masked_gate_trains_under_a_loss():
    # A mask over numbers that went on to the loss would not fit its one value a row.
    x, mask = keras.Input(shape=(4,)), keras.Input(shape=(4,), dtype="bool")
    model = keras.Model([x, mask], keras.layers.Dense(1)(DenseGate()(x, mask=mask)))
    model.compile("sgd", "mse")
    history = model.fit([inputs("gate"), MASK], np.ones((3, 1)), epochs=1, verbose=0).history
    assert np.isfinite(history["loss"]).all()
