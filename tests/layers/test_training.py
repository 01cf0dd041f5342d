"""The layers work where Keras puts them: in models, in fit, compiled, at any batch size."""

import keras
import numpy as np
import pytest

from attention.layers import Attention, DenseGate

from .backends import BACKEND, HAS_64_BITS, array, compiled
from .helpers import READY, attention, dense_gate, look, reader_of_all

WORDS = np.random.default_rng(7).integers(1, 12, size=(24, 5))
WORDS[::3, 3:] = 0  # shorter sentences
WORDS[5] = 0  # and an empty one
LABELS = (WORDS == 7).any(axis=1).astype("float32")


@pytest.fixture(params=["mixed_float16", "mixed_bfloat16", "float64"])
def precision(request):
    """A precision for everything that a test makes."""
    policy, floatx = keras.config.dtype_policy(), keras.config.floatx()
    keras.config.set_floatx("float64" if request.param == "float64" else "float32")
    keras.config.set_dtype_policy(request.param)
    yield request.param
    keras.config.set_dtype_policy(policy)
    keras.config.set_floatx(floatx)


def losses(model, epochs=1, optimizer=keras.optimizers.SGD, **options):
    # Plain descent by default: most of a compiled step of Adam is Adam, not the layers.
    loss = ["binary_crossentropy"] + [None] * (len(model.outputs) - 1)
    model.compile(optimizer(0.05), loss, **options)
    return model.fit(WORDS, LABELS, batch_size=8, epochs=epochs, verbose=0).history["loss"]


def test_a_model_that_reads_learns_which_word_counts():
    words = keras.Input(shape=(5,), dtype="int32")
    x = keras.layers.Embedding(12, 8, mask_zero=True)(words)
    x = DenseGate(kernel_constraint="max_norm")(Attention(5, W_regularizer="l2")(x))
    model = keras.Model(words, keras.layers.Dense(1, activation="sigmoid")(x))
    history = losses(model, 20, keras.optimizers.Adam)
    assert np.isfinite(history).all()
    assert history[-1] < history[0] / 2


def test_fit_stays_finite_in_every_precision_with_an_empty_sentence(precision):
    model = reader_of_all()
    # Once as a graph, which takes long to put together.
    eagerly = precision != "mixed_float16"
    assert np.isfinite(losses(model, run_eagerly=eagerly)).all()
    assert all(np.isfinite(weight).all() for weight in model.get_weights())
    for layer in model.layers:
        if layer.__module__.startswith("attention."):
            for output in keras.tree.flatten(layer.output):
                assert output.dtype == precision.removeprefix("mixed_")


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
    output = array(layer(np.full((1, 5, 1), 60_000, "float16")))
    np.testing.assert_allclose(output, [[60_000]], rtol=1e-3)


def test_compiled_with_xla_it_trains_to_the_same_answers():
    answers = []
    for how in ({"run_eagerly": True}, {"jit_compile": True}):
        keras.utils.set_random_seed(3)
        model = reader_of_all()
        losses(model, **how)
        answers.append(array(model(WORDS)))
    for plain, by_xla in zip(*answers, strict=True):
        np.testing.assert_allclose(by_xla, plain, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("kind", READY)
def test_every_row_of_a_batch_is_computed_as_if_alone(kind):
    # 4 is also the number of steps, where a careless sum over the wrong axis goes unnoticed.
    layer = READY[kind].layer()
    for batch in (1, 4, 5):
        inputs = READY[kind].inputs(batch)
        together = look(layer, READY[kind].one(inputs))
        rows = [look(layer, READY[kind].one([x[[row]] for x in inputs])) for row in range(batch)]
        for found, alone in zip(together, zip(*rows, strict=True), strict=True):
            np.testing.assert_allclose(found, np.concatenate(alone), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("kind", [name for name, ready in READY.items() if ready.any_length])
def test_an_input_of_unknown_length_takes_any(kind):
    ready = READY[kind]
    symbols = [keras.Input(shape=(None, shape[1])) for shape in ready.shapes]
    layer = ready.make(return_attention_scores=True)
    model = keras.Model(symbols, layer(ready.one(symbols)))
    run = compiled(model)
    for steps in (1, 4, 9):
        inputs = [np.ones((2, steps, shape[1]), "float32") for shape in ready.shapes]
        output, weights = run(inputs)
        assert output.shape[0] == 2
        assert weights.shape[-1] == steps
        np.testing.assert_allclose(array(weights).sum(-1), np.ones(weights.shape[:-1]), 1e-6)


@pytest.mark.parametrize("kind", READY)
def test_looking_shows_every_stage_of_what_a_call_computes(kind):
    ready = READY[kind]
    dtypes = [("mixed_float16", "float32"), ("float32",) * 2, *[("float64",) * 2] * HAS_64_BITS]
    for dtype, working in dtypes:
        layer = ready.layer(dtype=dtype)
        trace = layer.trace(ready.one(ready.inputs(dtype=working)))
        assert {array(stage).dtype.name for stage in vars(trace).values()} == {working}
        assert trace.logits.shape == trace.scores.shape == trace.weights.shape
        output, weights = look(layer, ready.one(ready.inputs(dtype=working)))
        tolerance = {"atol": 1e-2} if working != dtype else {"rtol": 1e-6}
        np.testing.assert_allclose(output, array(trace.output), **tolerance)
        np.testing.assert_allclose(weights, array(trace.weights), **tolerance)
    fresh = ready.make()
    fresh.trace(ready.one(ready.inputs()))
    assert fresh.built, "a layer that was never called may be looked at"


def test_one_step_is_not_stretched_to_five_biases_when_shapes_are_unknown():
    layer = attention([1.0, 1.0], [0.0] * 5)
    x = np.ones((5, 1, 2), "float32")
    call = compiled(layer)
    if BACKEND == "tensorflow":  # the one backend in which a graph knows no shapes
        import tensorflow as tf

        call = tf.function(layer, input_signature=[tf.TensorSpec((None, None, 2))])
        assert call(np.ones((5, 5, 2), "float32")).shape == (5, 2)
        with pytest.raises((ValueError, tf.errors.InvalidArgumentError), match="shape"):
            call(x)
    else:
        with pytest.raises(ValueError, match="as many steps as step_dim=5"):
            call(x)


def test_whole_numbers_may_come_in():
    assert array(attention([1.0], [0.0, 0.0])(np.array([[[2], [4]]]))).dtype == "float32"
    assert array(dense_gate(np.zeros((2, 2)))(np.array([[8, 4]]))).tolist() == [[4, 2]]


@pytest.mark.parametrize("kind", [name for name, one in READY.items() if len(one.shapes) == 1])
def test_texts_of_sentences_are_read_sentence_by_sentence(kind):
    ready = READY[kind]
    layer, (sentences,) = ready.layer(), ready.inputs(batch=6)
    text = sentences.reshape(2, 3, *sentences.shape[1:])
    symbol = keras.Input(shape=text.shape[1:])
    model = keras.Model(symbol, keras.layers.TimeDistributed(layer)(symbol))
    expected = look(layer, sentences)[0]
    assert model.output.shape == (None, 3, *expected.shape[1:])
    np.testing.assert_allclose(
        array(model(text)).reshape(expected.shape), expected, rtol=1e-5, atol=1e-6
    )


def shapes_of(returned):
    """The shapes of what is returned: of tensors, or shapes already, alone or several."""
    if hasattr(returned, "shape"):
        return (returned.shape,)
    several = hasattr(returned[0], "shape") or isinstance(returned[0], tuple)
    return tuple(getattr(one, "shape", one) for one in (returned if several else [returned]))


@pytest.mark.parametrize("batch", [3, None])
@pytest.mark.parametrize("kind", READY)
def test_symbols_have_the_shapes_that_numbers_will_have(kind, batch):
    ready = READY[kind]
    shapes = [(batch, *shape) for shape in ready.shapes]
    symbols = ready.one([keras.KerasTensor(shape, dtype="float32") for shape in shapes])
    output, weights = (
        (batch, *found.shape[1:]) for found in look(ready.layer(), ready.one(ready.inputs()))
    )

    def make(pair, **options):
        return ready.make(return_attention_scores=pair, **options)

    # A layer that hands its scores on returns them too; they have the shape of the weights.
    alone = (output, *[weights for _ in make(False).returned[1:]])
    assert shapes_of(make(False).compute_output_shape(ready.one(shapes))) == alone
    assert make(True).compute_output_shape(ready.one(shapes)) == (*alone, weights)
    assert shapes_of(make(False)(symbols)) == alone
    assert shapes_of(make(True)(symbols, return_attention_scores=False)) == alone
    for pair in (
        make(True)(symbols),
        make(False)(symbols, return_attention_scores=True),
        make(False, dtype="mixed_float16")(symbols, return_attention_scores=True),
    ):
        assert shapes_of(pair) == (*alone, weights)
    assert {part.dtype for part in pair} == {"float16"}


def test_the_weights_of_an_old_model_fit():
    layer = Attention(5)
    layer.build((None, 5, 3))
    layer.set_weights([np.arange(3), np.arange(5)])
    assert [weight.name for weight in layer.weights] == ["W", "b"]
    assert array(layer.W).tolist() == [0, 1, 2]
    assert array(layer.b).tolist() == [0, 1, 2, 3, 4]

    layer = Attention(5, None, None, None, None, False)  # the article's order of arguments
    layer.build((None, 5, 3))
    layer.set_weights([np.arange(3)])
    assert layer.b is None
