"""Long sequences: blocks and bands find the same numbers, and never hold the whole square."""

import itertools

import keras
import numpy as np
import pytest
from keras import ops

from attention.layers import AttentionLayer, SeqSelfAttention
from attention.layers.blocks import cut, join

from .backends import BACKEND, HAS_64_BITS, array, slopes

STEPS = 50
RNG = np.random.default_rng(4)
X = ops.convert_to_tensor(RNG.normal(size=(2, STEPS, 4)), "float64")
MASK = RNG.random((2, STEPS)) > 0.3
MASK[1] = False
KINDS = [SeqSelfAttention.ATTENTION_TYPE_ADD, SeqSelfAttention.ATTENTION_TYPE_MUL]
BLOCKS = (1, 7, 64)
EXACT = 1e-12 if HAS_64_BITS else 1e-5


def like(layer, **options):
    """A layer with the same weights and other options."""
    other = type(layer).from_config(layer.get_config() | options)
    other.build(layer.build_shape)
    other.set_weights(layer.get_weights())
    return other


def with_weights(layer, shape):
    layer.build_shape = shape
    layer.build(shape)
    layer.set_weights([RNG.normal(size=weight.shape) for weight in layer.weights])
    return layer


def looks(kind="additive", **options):
    options = {"dtype": "float64"} | options
    return with_weights(SeqSelfAttention(4, attention_type=kind, **options), X.shape)


def assert_same(found, expected, atol=EXACT):
    for one, other in zip(map(array, found), map(array, expected), strict=True):
        assert one.shape == other.shape
        np.testing.assert_allclose(one, other, rtol=0 if HAS_64_BITS else 1e-5, atol=atol)


def everything(layer, inputs, masks, whole=False):
    """The output, and the gradients by the inputs and all weights."""

    def output(*inputs):
        given = list(inputs) if len(inputs) > 1 else inputs[0]
        if whole:
            return layer.trace(given, masks).output
        return layer(given, mask=masks, return_attention_scores=False)

    found = slopes(lambda *x: ops.sum(ops.sin(output(*x))), inputs, layer.trainable_variables)
    return [output(*inputs), *found]


OPTIONS = [
    {},
    {"history_only": True},
    {"attention_width": 3},
    {"attention_width": 4, "history_only": True},
    {"attention_width": 1, "attention_activation": "sigmoid", "temperature": 0.5},
    {"attention_width": 40},
    {"attention_width": 10_000_000_000},
    {"attention_width": 3, "num_heads": 2},
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_blocks_and_bands_find_the_same_output_and_gradients(options, kind):
    whole = looks(kind, **options)
    for mask in (None, MASK):
        expected = everything(whole, [X], mask, whole=True)
        for block in (None, *(BLOCKS if mask is None else (7,))):
            assert_same(everything(like(whole, block=block), [X], mask), expected)


@pytest.mark.parametrize("options", [{}, {"attention_width": 3}, {"num_heads": 2}], ids=str)
def test_every_stage_is_the_same_in_its_full_shape(options):
    whole = looks(**options)
    for mask, block in itertools.product((None, MASK), BLOCKS):
        other = like(whole, block=block)
        assert_same(vars(other.trace(X, mask)).values(), vars(whole.trace(X, mask)).values())
        given = {"mask": mask, "return_attention_scores": True}
        assert_same(other(X, **given), whole(X, **given))


def test_the_decoder_looks_in_blocks():
    encoder, decoder = X, ops.convert_to_tensor(RNG.normal(size=(2, 23, 3)), "float64")
    whole = with_weights(AttentionLayer(dtype="float64"), [encoder.shape, decoder.shape])
    for masks, block in itertools.product((None, [MASK, None]), (5, 23)):
        other = like(whole, block=block)
        expected = everything(whole, [encoder, decoder], masks, whole=True)
        assert_same(everything(other, [encoder, decoder], masks), expected)
        stages = (vars(one.trace([encoder, decoder], masks)).values() for one in (other, whole))
        assert_same(*stages)


@pytest.mark.parametrize("dtype", ["float32", "mixed_float16"])
@pytest.mark.parametrize("options", [{"block": 7}, {"attention_width": 5}], ids=str)
def test_in_short_numbers_too(options, dtype):
    layer = looks(dtype=dtype, **options)
    found = layer(X, mask=MASK)
    assert keras.backend.standardize_dtype(found.dtype) == layer.compute_dtype
    expected = ops.cast(layer.trace(ops.cast(X, layer.compute_dtype), MASK).output, found.dtype)
    assert_same([found], [expected], atol=1e-6 if dtype == "float32" else 2e-3)


@pytest.mark.parametrize("shape", [(0, 50, 4), (2, 0, 4), (0, 0, 4), (2, 1, 4)])
@pytest.mark.parametrize("options", [{"block": 7}, {"attention_width": 3}], ids=str)
def test_with_nothing_to_look_at_nothing_comes(options, shape):
    found = array(looks(**options)(np.ones(shape), mask=np.zeros(shape[:2], bool)))
    assert found.shape == shape and not found.any()


def test_an_activation_of_all_logits_of_a_step_sees_them_all():
    layer = looks(attention_width=3, attention_activation="softmax")
    assert_same([layer(X)], [layer.trace(X).output])
    mine = looks(attention_width=3, attention_activation=lambda x: x - ops.max(x))
    assert_same([mine(X)], [mine.trace(X).output])


@pytest.mark.parametrize("options", [{"block": 7}, {"attention_width": 3}], ids=str)
def test_any_length_that_a_model_meets(options):
    layer = looks(**options)
    x = keras.Input((None, 4), dtype="float64")
    model = keras.Model(x, layer(x))
    for steps in (0, 1, 6, 7, STEPS):
        found = model.predict(array(X)[:, :steps], verbose=0) if steps else model(X[:, :0])
        assert_same([found], [layer.trace(X[:, :steps]).output], atol=1e-6)  # a model has floatx


@pytest.mark.parametrize("options", [{"block": 7}, {"attention_width": 3}], ids=str)
@pytest.mark.parametrize("how", ["as a graph", "compiled", "any length", "mixed"])
def test_it_learns(options, how):
    layer = looks(dtype="mixed_float16" if how == "mixed" else "float32", **options)
    before = [weight + 0 for weight in layer.get_weights()]
    model = keras.Sequential([keras.Input((None if how == "any length" else STEPS, 4)), layer])
    model.compile("sgd", "mse", jit_compile=how == "compiled")
    losses = model.fit(array(X), np.flip(array(X), 1), epochs=3, verbose=0).history["loss"]
    assert losses == sorted(losses, reverse=True) and np.isfinite(losses).all()
    moved = [(now != old).any() for now, old in zip(layer.get_weights(), before, strict=True)]
    assert moved[:4] == [True] * 4  # `ba` changes nothing


def test_a_block_drops_the_same_weights_when_it_is_computed_once_more():
    whole = looks(dropout=0.5, seed=3)
    found = [
        slopes(
            lambda x, layer=layer: ops.sum(ops.sin(layer(x, training=True))),
            [X],
            layer.trainable_variables,
        )
        for layer in (like(whole), like(whole, block=7))
    ]
    assert_same(*reversed(found))
    band = looks(dropout=0.5, seed=3, attention_width=3)
    assert (array(band(X, training=True)) != array(band(X))).any()


@pytest.mark.parametrize("options", [{"block": 7}, {"attention_width": 3}], ids=str)
def test_whoever_looks_sees_all_weights(options):
    layer = looks(**options)
    x = keras.Input((STEPS, 4), dtype="float64")
    weights = layer.attention_in(keras.Model(x, layer(x))).predict(array(X), verbose=0)
    assert_same([weights], [layer.trace(X).weights], atol=1e-6)
    layer.attention_regularizer_weight = 0.1
    layer(X)
    assert float(array(layer.losses[0])) > 0


def largest(layer, steps):
    """The most numbers in one tensor of a training step, those inside of loops as well."""
    import tensorflow as tf

    @tf.function
    def step(x):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(layer(x))
        return tape.gradient(loss, [one.value for one in layer.trainable_variables])

    graph = step.get_concrete_function(tf.TensorSpec((1, steps, 4), "float64")).graph
    library = graph.as_graph_def(add_shapes=True)
    nodes = [*library.node, *(node for one in library.library.function for node in one.node_def)]
    sizes = [
        np.prod([axis.size for axis in shape.dim])
        for node in nodes
        for shape in node.attr["_output_shapes"].list.shape
        if not shape.unknown_rank and all(axis.size >= 0 for axis in shape.dim)
    ]
    return max(sizes)


@pytest.mark.skipif(BACKEND != "tensorflow", reason="reads TensorFlow's graph")
def test_a_band_costs_a_band_and_a_block_a_block():
    steps, units = 2000, 4
    assert largest(looks(), steps) >= steps**2 * units
    band = largest(looks(attention_width=15), steps)
    assert band <= 4 * 15 * steps * units
    assert largest(looks("multiplicative", attention_width=15), steps) <= 4 * 15 * steps
    assert largest(looks(block=20), steps) <= 20 * steps * units


def test_blocks_are_cut_with_their_neighbours_and_put_together_again():
    x = np.arange(1.0, 11.0).reshape(1, 5, 2)
    blocks = array(cut(x, 2, before=1, after=2))
    assert blocks.shape == (3, 1, 5, 2)
    assert blocks[:, 0, :, 0].tolist() == [[0, 1, 3, 5, 7], [3, 5, 7, 9, 0], [7, 9, 0, 0, 0]]
    assert array(join(cut(x, 2), 5)).tolist() == x.tolist()
    flags = array(cut(np.ones((1, 3), bool), 2, before=1))
    assert flags[:, 0].tolist() == [[False, True, True], [True, True, False]]


@pytest.mark.parametrize("block", [0, -1, True, 1.5, "7"])
def test_a_block_is_a_whole_number(block):
    for kind in (SeqSelfAttention, AttentionLayer):
        with pytest.raises(ValueError, match="block must be a whole number above 0; got"):
            kind(block=block)
