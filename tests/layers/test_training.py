"""The layers work where Keras puts them: in models, in fit, compiled, at any batch size."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from attention.layers import Attention, DenseGate

from .helpers import attention, dense_gate, look

WORDS = np.random.default_rng(7).integers(1, 12, size=(24, 5))
WORDS[::3, 3:] = 0  # shorter sentences
WORDS[5] = 0  # and an empty one
LABELS = (WORDS == 7).any(axis=1).astype("float32")


def reader(**options):
    """A model that reads words: everything up to `Attention` and the answer after it."""
    words = keras.Input(shape=(5,), dtype="int32")
    vectors = keras.layers.Embedding(12, 8, mask_zero=True)(words)
    x = Attention(5, W_regularizer="l2", **options)(vectors)
    x = DenseGate(kernel_constraint=keras.constraints.MaxNorm(2))(x)
    answer = keras.layers.Dense(1, activation="sigmoid", dtype=keras.config.floatx())(x)
    return keras.Model(words, answer)


@pytest.fixture(params=["mixed_float16", "mixed_bfloat16", "float64"])
def precision(request):
    """A precision for everything that a test makes."""
    policy, floatx = keras.config.dtype_policy(), keras.config.floatx()
    keras.config.set_floatx("float64" if request.param == "float64" else "float32")
    keras.config.set_dtype_policy(request.param)
    yield request.param
    keras.config.set_dtype_policy(policy)
    keras.config.set_floatx(floatx)


def losses(model, epochs=3, **options):
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy", **options)
    return model.fit(WORDS, LABELS, batch_size=8, epochs=epochs, verbose=0).history["loss"]


@pytest.mark.parametrize("activation", ["tanh", "linear"])
def test_a_model_that_reads_learns_which_word_counts(activation):
    history = losses(reader(activation=activation), epochs=20)
    assert np.isfinite(history).all()
    assert history[-1] < history[0] / 2


def test_fit_stays_finite_in_every_precision_with_an_empty_sentence(precision):
    model = reader()
    assert np.isfinite(losses(model)).all()
    assert all(np.isfinite(weight).all() for weight in model.get_weights())
    reading = next(layer for layer in model.layers if isinstance(layer, Attention))
    assert reading.output.dtype == precision.removeprefix("mixed_")


def test_in_mixed_precision_the_scores_keep_32_bits():
    # 1 and 1.0001 are the same number in float16; times 20,000 they are two apart.
    w, x = [1.0, 1.0001], np.array([[[2e4, 0.0], [0.0, 2e4]]], "float32")
    _, weights = look(attention(w, steps=2, activation="linear", dtype="mixed_float16"), x)
    np.testing.assert_allclose(weights, [[0.1192, 0.8808]], atol=2e-3)
    gate = dense_gate([[1.0, 1.0001], [0.0, 0.0]], dtype="mixed_float16")
    np.testing.assert_allclose(look(gate, x[:, 0])[1], [[0.1192, 0.8808]], atol=2e-3)


@pytest.mark.parametrize("layer", [Attention(5), Attention(5, activation="linear")])
def test_in_16_bits_large_numbers_are_summed_without_overflow(layer):
    layer = Attention.from_config(layer.get_config() | {"dtype": "float16"})
    output = layer(np.full((1, 5, 1), 60_000, "float16"))
    np.testing.assert_allclose(output, [[60_000]], rtol=1e-3)


def test_compiled_with_xla_it_trains_to_the_same_weights():
    trained = []
    for jit_compile in (False, True):
        keras.utils.set_random_seed(3)
        model = reader()
        losses(model, jit_compile=jit_compile)
        trained.append(model.get_weights())
    for plain, compiled in zip(*trained, strict=True):
        np.testing.assert_allclose(compiled, plain, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("batch", [1, 2, 5, 33])
def test_every_row_of_a_batch_is_computed_as_if_alone(batch):
    # 5 is also the number of steps, where a careless sum over the wrong axis goes unnoticed.
    x = np.random.default_rng(batch).normal(size=(batch, 5, 3)).astype("float32")
    layer = attention([0.3, -0.5, 1.0], [0.1, -0.2, 0.3, 0.0, 0.5])
    alone = np.concatenate([layer(row[None]) for row in x])
    np.testing.assert_allclose(layer(x), alone, rtol=1e-5, atol=1e-6)
    gate = dense_gate(np.eye(3), [0.1, 0.2, 0.3])
    alone = np.concatenate([gate(row[None]) for row in x[:, 0]])
    np.testing.assert_allclose(gate(x[:, 0]), alone, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("steps", [1, 3, 5, 9])
def test_without_bias_an_input_of_unknown_length_takes_any(steps):
    symbol = keras.Input(shape=(None, 3))
    model = keras.Model(symbol, Attention(5, bias=False)(symbol, return_attention_scores=True))
    x = np.random.default_rng(steps).normal(size=(2, steps, 3)).astype("float32")
    output, weights = model(x)
    assert weights.shape == (2, steps)
    assert output.shape == (2, 3)


def test_data_of_unknown_shape_still_trains_a_layer_with_bias():
    signature = tf.TensorSpec((None, None, 2)), tf.TensorSpec((None, 2))
    batch = np.ones((4, 5, 2)), np.ones((4, 2))
    data = tf.data.Dataset.from_generator(lambda: iter([batch]), output_signature=signature)
    model = keras.Sequential([keras.Input(shape=(5, 2)), Attention(5)])
    model.compile("sgd", "mse")
    assert np.isfinite(
        model.fit(data.repeat(), steps_per_epoch=2, shuffle=False, verbose=0).history["loss"]
    ).all()


def test_one_step_is_not_stretched_to_five_biases_when_shapes_are_unknown():
    layer = attention([1.0, 1.0], [0.0] * 5)
    call = tf.function(layer, input_signature=[tf.TensorSpec((None, None, 2))])
    assert call(np.ones((5, 5, 2), "float32")).shape == (5, 2)
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError), match="shape"):
        call(np.ones((5, 1, 2), "float32"))


def test_whole_numbers_may_come_in():
    assert attention([1.0], [0.0, 0.0])(np.array([[[2], [4]]])).dtype == "float32"
    assert dense_gate(np.zeros((2, 2)))(np.array([[8, 4]])).numpy().tolist() == [[4, 2]]


def test_texts_of_sentences_are_read_sentence_by_sentence():
    texts = keras.Input(shape=(7, 5, 3))
    model = keras.Model(texts, keras.layers.TimeDistributed(Attention(5))(texts))
    assert model.output.shape == (None, 7, 3)
    assert model(np.ones((2, 7, 5, 3), "float32")).shape == (2, 7, 3)


@pytest.mark.parametrize(
    "layer, shape, output, weights",
    [
        (Attention, (4, 5, 3), (4, 3), (4, 5)),
        (Attention, (None, 5, 3), (None, 3), (None, 5)),
        (DenseGate, (4, 3), (4, 3), (4, 3)),
        (DenseGate, (None, 3), (None, 3), (None, 3)),
    ],
)
def test_symbols_have_the_shapes_that_numbers_will_have(layer, shape, output, weights):
    def make(**options):
        return layer(5, **options) if layer is Attention else layer(**options)

    symbol = keras.KerasTensor(shape, dtype="float32")
    assert make().compute_output_shape(shape) == output
    assert make(return_attention_scores=True).compute_output_shape(shape) == (output, weights)
    assert make()(symbol).shape == output
    assert make(return_attention_scores=True)(symbol, return_attention_scores=False).shape == output
    for pair in (
        make(return_attention_scores=True)(symbol),
        make()(symbol, return_attention_scores=True),
        make(dtype="mixed_float16")(symbol, return_attention_scores=True),
    ):
        assert tuple(part.shape for part in pair) == (output, weights)
    assert {part.dtype for part in pair} == {"float16"}


def test_the_weights_of_an_old_model_fit():
    layer = Attention(5)
    layer.build((None, 5, 3))
    layer.set_weights([np.arange(3), np.arange(5)])
    assert [weight.name for weight in layer.weights] == ["W", "b"]
    assert layer.W.numpy().tolist() == [0, 1, 2]
    assert layer.b.numpy().tolist() == [0, 1, 2, 3, 4]

    layer = Attention(5, None, None, None, None, False)  # the article's order of arguments
    layer.build((None, 5, 3))
    layer.set_weights([np.arange(3)])
    assert layer.b is None
