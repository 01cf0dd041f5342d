"""One rule for masks: hidden is exactly 0, and what is hidden reaches nothing."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from attention.layers import (
    Attention,
    AttentionLayer,
    ScaledDotProductAttention,
    SeqSelfAttention,
)

from .backends import array
from .helpers import READY, gradients, look

PRECISIONS = ("float64", "float32", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16")
MASK = np.array([[1, 1, 0, 1], [0, 0, 0, 0], [0, 0, 1, 0]], bool)
SEEN = MASK.any(axis=1)
EXTREME = [np.nan, np.inf, -np.inf, 1e30]


@pytest.fixture(params=READY)
def ready(request):
    return READY[request.param]


def masks_for(ready):
    """`MASK` for every input of four steps, its first columns for the others."""
    return [MASK[:, : shape[0]] for shape in ready.shapes]


def put(inputs, masks, value):
    """The inputs, with this value wherever their masks hide them."""
    return [
        np.where(mask if x.ndim == 2 else mask[:, :, None], x, value).astype(x.dtype)
        for x, mask in zip(inputs, masks, strict=True)
    ]


def assert_hidden_is_0(ready, output, weights, masks, tolerance):
    seen = np.broadcast_to(ready.seen(*masks), weights.shape)
    assert (weights[~seen] == 0).all()
    assert np.isfinite(output).all()
    some = seen.any(axis=ready.axis)
    np.testing.assert_allclose(weights.sum(axis=ready.axis), some, atol=tolerance)
    if output.ndim == weights.ndim == 3 and ready.axis == -1:
        assert (output[~some] == 0).all()  # a row of the output for each row of weights
    else:
        assert (output[~seen.any(axis=tuple(range(1, seen.ndim)))] == 0).all()


@pytest.mark.parametrize("precision", PRECISIONS)
def test_hidden_steps_weigh_exactly_0_and_where_nothing_is_visible_all_is_0(ready, precision):
    masks = masks_for(ready)
    layer = ready.layer(dtype=precision)
    output, weights = look(layer, ready.one(ready.inputs()), ready.one(masks))
    assert output.dtype.name == weights.dtype.name == precision.removeprefix("mixed_")
    output, weights = output.astype("float64"), weights.astype("float64")
    assert_hidden_is_0(ready, output, weights, masks, tolerance=0.01)


@pytest.mark.parametrize("kind", READY)
@settings(max_examples=4)
@given(data=st.data())
def test_what_is_hidden_reaches_neither_output_nor_gradients(kind, data):
    ready = READY[kind]
    layer, inputs = ready.layer(), ready.inputs()
    masks = [data.draw(arrays(bool, (3, shape[0]))) for shape in ready.shapes]
    bad = data.draw(st.sampled_from(EXTREME))
    with_0 = put(inputs, masks, 0)
    spoiled = put(inputs, masks, bad)
    dy = np.ones_like(look(layer, ready.one(inputs))[0])

    found, expected = (look(layer, ready.one(x), ready.one(masks)) for x in (spoiled, with_0))
    assert_hidden_is_0(ready, *found, masks, tolerance=1e-6)
    rows = ready.rows
    shown = slice(None) if rows is None else masks[rows]
    for one, other in zip(found, expected, strict=True):
        if one.ndim == 4:  # (batch, heads, queries, keys)
            one, other = one.swapaxes(1, 2), other.swapaxes(1, 2)
        np.testing.assert_array_equal(one[shown], other[shown])

    # A loss leaves hidden rows of the output out.
    dy = dy if rows is None else dy * masks[rows][:, :, None]
    found, expected = (
        gradients(layer, ready.one(x), dy, ready.one(masks)) for x in (spoiled, with_0)
    )
    for one, other in zip(found, expected, strict=True):
        assert np.isfinite(one).all()
        np.testing.assert_array_equal(one, other)
    for gradient, mask in zip(found, masks, strict=False):
        assert (gradient[~mask] == 0).all()


@pytest.mark.parametrize(
    "kind", [name for name, ready in READY.items() if ready.any_length and len(ready.shapes) == 1]
)
def test_hidden_steps_at_the_end_are_as_if_they_were_not_there(kind):
    ready = READY[kind]
    layer, (x,) = ready.layer(), ready.inputs()
    mask = np.repeat([[1, 1, 0, 0]], 3, axis=0)
    output, few = look(layer, x[:, :2])
    found, many = look(layer, x, mask)
    np.testing.assert_allclose(
        many[..., :2] if many.ndim == 2 else many[..., :2, :2], few, rtol=1e-5
    )
    np.testing.assert_allclose(
        found if found.ndim == 2 else found[:, :2], output, rtol=1e-5, atol=1e-6
    )


@pytest.mark.parametrize("dtype", ["bool", "int32", "float32"])
def test_a_mask_may_be_booleans_or_numbers(ready, dtype):
    layer, x, masks = ready.layer(), ready.one(ready.inputs()), masks_for(ready)
    numbers = [mask.astype(dtype) for mask in masks]
    np.testing.assert_array_equal(
        look(layer, x, ready.one(masks))[1], look(layer, x, ready.one(numbers))[1]
    )


def test_one_mask_for_several_inputs_hides_what_is_looked_at():
    for kind, place in (("scaled-dot-of-three", 1), ("encoder-decoder", 0)):
        ready = READY[kind]
        layer, inputs = ready.layer(), ready.inputs()
        masks = [MASK if at == place else None for at in range(len(inputs))]
        np.testing.assert_array_equal(look(layer, inputs, MASK)[1], look(layer, inputs, masks)[1])


def test_the_mask_of_a_masking_layer_arrives_in_a_functional_model():
    symbol = keras.Input(shape=(4, 2))
    masked = keras.layers.Masking(mask_value=-9.0)(symbol)
    model = keras.Model(symbol, Attention(4)(masked, return_attention_scores=True))
    (x,) = READY["attention"].inputs()
    x[~MASK] = -9
    output, weights = model.predict(x, verbose=0)
    assert ((weights != 0) == MASK).all()
    assert (output[~SEEN] == 0).all()


@pytest.mark.parametrize("pair", [False, True])
def test_a_mask_goes_on_where_the_output_still_has_those_steps(ready, pair):
    masks = [np.array(mask) for mask in masks_for(ready)]
    inputs = ready.inputs()
    outputs = ready.layer(return_attention_scores=pair)(ready.one(inputs), mask=ready.one(masks))
    output, *others = keras.tree.flatten(outputs)
    goes_on = getattr(output, "_keras_mask", None)
    if ready.rows is None:
        assert goes_on is None
    else:
        np.testing.assert_array_equal(goes_on, masks[ready.rows])
    assert len(others) >= pair
    assert {getattr(one, "_keras_mask", None) for one in others} <= {None}


def test_one_mask_for_several_inputs_goes_no_further_than_it_belongs():
    query, key = np.ones((3, 2, 2)), np.ones((3, 4, 2))
    for layer, inputs in (
        (ScaledDotProductAttention(), [query, key, key]),
        (AttentionLayer(return_attention_scores=False), [key, query]),
    ):
        assert getattr(layer(inputs, mask=MASK), "_keras_mask", None) is None


def test_a_loss_leaves_out_the_steps_that_the_decoder_hides():
    words = np.array([[1, 2, 0, 0]])
    encoder, decoder = keras.Input(shape=(5,)), keras.Input(shape=(4,))
    read, write = (keras.layers.Embedding(9, 3, mask_zero=True)(one) for one in (encoder, decoder))
    context, _ = AttentionLayer()([read, write])
    model = keras.Model([encoder, decoder], keras.layers.Dense(1)(context))
    model.compile("sgd", "mse")
    source, target = np.array([[4, 0, 3, 0, 0]]), np.array([[[1.0], [2.0], [9.0], [9.0]]])
    answer = array(model([source, words]))
    expected = np.square(answer - target)[0, :2].mean()
    loss = model.evaluate([source, words], target, verbose=0)
    np.testing.assert_allclose(loss, expected, rtol=1e-5)


@pytest.mark.parametrize("temperature", [1.0, 2.0])
@pytest.mark.parametrize("masked", [False, True])
def test_no_rows_and_no_steps_have_their_shapes(ready, masked, temperature):
    layer = ready.layer(temperature=temperature)
    for batch, steps in ((0, 4), *([(2, 0), (0, 0)] if ready.any_length else [])):
        shapes = [(batch, min(steps, shape[0]), *shape[1:]) for shape in ready.shapes]
        inputs = [np.zeros(shape, "float32") for shape in shapes]
        masks = [np.zeros(shape[:2], bool) for shape in shapes] if masked else None
        output, weights = look(layer, ready.one(inputs), masks and ready.one(masks))
        assert (output.shape, weights.shape) == layer.output_shapes(ready.one(shapes))
        assert (output == 0).all() and (weights == 0).all()


def test_a_batch_without_rows_costs_nothing():
    layer = SeqSelfAttention(attention_regularizer_weight=0.5)
    layer(np.zeros((0, 4, 2), "float32"))
    (loss,) = layer.losses
    assert float(loss) == 0
