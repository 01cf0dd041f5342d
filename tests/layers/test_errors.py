"""Every error states the rule, what is allowed and what came."""

import keras
import numpy as np
import pytest

from attention.layers import (
    Attention,
    AttentionLayer,
    DenseGate,
    ScaledDotProductAttention,
    SeqSelfAttention,
    SeqWeightedAttention,
)
from attention.layers.base import TracedLayer

from .helpers import READY


def x(*shape):
    return np.ones(shape, "float32")


def built(layer, *shape):
    layer(x(*shape))
    return layer


@pytest.mark.parametrize("step_dim", [0, -1, 2.0, "5", None, True, (5,)])
def test_step_dim_is_a_whole_number_above_0(step_dim):
    with pytest.raises(ValueError, match=r"step_dim must be a whole number above 0; got "):
        Attention(step_dim)


def test_step_dim_may_be_a_numpy_integer():
    assert Attention(np.int64(5)).get_config()["step_dim"] == 5


@pytest.mark.parametrize("activation", ["relu", "Tanh", None, "", np.tanh, ["tanh"]])
def test_activation_is_one_of_two(activation):
    with pytest.raises(ValueError, match=r"activation must be one of tanh, linear; got "):
        Attention(5, activation=activation)


@pytest.mark.parametrize("temperature", [0, -1.0, float("nan"), float("inf"), "1", None, True])
def test_temperature_is_finite_and_above_0(temperature):
    for ready in READY.values():
        with pytest.raises(ValueError, match=r"temperature must be a finite number above 0; got "):
            ready.make(temperature=temperature)


@pytest.mark.parametrize(
    "make, name",
    [
        *((ready.make, "return_attention_scores") for ready in READY.values()),
        (lambda **wrong: Attention(5, **wrong), "bias"),
        (DenseGate, "use_bias"),
        (DenseGate, "single_attention_vector"),
        (ScaledDotProductAttention, "return_attention"),
        (ScaledDotProductAttention, "history_only"),
        (ScaledDotProductAttention, "scale"),
        (SeqSelfAttention, "return_attention"),
        (SeqSelfAttention, "history_only"),
        (SeqSelfAttention, "use_additive_bias"),
        (SeqSelfAttention, "use_attention_bias"),
        (SeqWeightedAttention, "use_bias"),
        (SeqWeightedAttention, "return_attention"),
    ],
)
def test_a_switch_is_true_or_false(make, name):
    for value in (1, "yes", None):
        with pytest.raises(ValueError, match=rf"{name} must be True or False; got {value!r}"):
            make(**{name: value})
    assert getattr(make(**{name: np.bool_(True)}), name) is True


@pytest.mark.parametrize("name", ["units", "attention_width"])
@pytest.mark.parametrize("value", [0, -1, 2.0, "5", True])
def test_units_and_width_are_whole_numbers_above_0(name, value):
    with pytest.raises(ValueError, match=rf"{name} must be a whole number above 0; got {value!r}"):
        SeqSelfAttention(**{name: value})


@pytest.mark.parametrize("kind", ["Additive", "dot", None, ""])
def test_attention_type_is_one_of_two(kind):
    message = r"attention_type must be one of additive, multiplicative; got "
    with pytest.raises(ValueError, match=message):
        SeqSelfAttention(attention_type=kind)


@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf"), "1", None, True])
def test_the_weight_of_a_loss_is_finite_and_not_negative(weight):
    message = r"attention_regularizer_weight must be a finite number, at least 0; got "
    with pytest.raises(ValueError, match=message):
        SeqSelfAttention(attention_regularizer_weight=weight)


@pytest.mark.parametrize(
    "layer, shape",
    [
        (Attention(5), (2, 5)),
        (Attention(5), (2, 5, 3, 1)),
        (built(Attention(5), 2, 5, 3), (5, 3)),
        (Attention(5, bias=False), (5,)),
        (SeqSelfAttention(), (2, 5)),
        (SeqSelfAttention(), (2, 5, 3, 1)),
        (built(SeqSelfAttention(), 2, 5, 3), (5, 3)),
        (SeqWeightedAttention(), (2, 5)),
        (SeqWeightedAttention(), (2, 5, 3, 1)),
    ],
)
def test_a_sequence_has_three_axes(layer, shape):
    with pytest.raises(ValueError, match=r"x must have shape \(batch, steps, features\); got \("):
        layer(x(*shape))


@pytest.mark.parametrize(
    "layer, shape",
    [(DenseGate(), (2, 5, 3, 1)), (DenseGate(), (2,)), (built(DenseGate(), 2, 3), (3,))],
)
def test_dense_gate_takes_two_axes_or_three(layer, shape):
    message = r"x must have shape \(batch, n\) or \(batch, steps, features\); got \("
    with pytest.raises(ValueError, match=message):
        layer(x(*shape))


@pytest.mark.parametrize("layer", [Attention(5), SeqSelfAttention(), SeqWeightedAttention()])
def test_a_list_of_inputs_is_refused(layer):
    with pytest.raises(ValueError, match=r"x must have shape \(batch, steps, features\); got "):
        layer([x(2, 5, 3), x(2, 5, 3)])


@pytest.mark.parametrize("shapes", [[(2, 5, 3)], [(2, 5, 3)] * 2, [(2, 5, 3)] * 4])
def test_dot_product_takes_one_input_or_three(shapes):
    message = rf"inputs must be x alone or \[query, key, value\]; got {len(shapes)} inputs"
    with pytest.raises(ValueError, match=message):
        ScaledDotProductAttention()([x(*shape) for shape in shapes])


@pytest.mark.parametrize("shapes", [[(2, 5, 3)], [(2, 5, 3)] * 3])
def test_attention_layer_takes_two_inputs(shapes):
    with pytest.raises(ValueError, match=r"inputs must be \[encoder, decoder\]; got shape"):
        AttentionLayer()([x(*shape) for shape in shapes])


def test_attention_layer_does_not_take_one_input_alone():
    with pytest.raises(ValueError, match=r"inputs must be \[encoder, decoder\]; got shape"):
        AttentionLayer()(x(2, 5, 3))


@pytest.mark.parametrize(
    "layer, shapes, message",
    [
        (
            ScaledDotProductAttention(),
            [(2, 5, 3), (2, 5), (2, 5, 3)],
            r"key must have shape \(batch",
        ),
        (AttentionLayer(), [(2, 5, 3), (2, 5)], r"decoder must have shape \(batch"),
        (
            ScaledDotProductAttention(),
            [(2, 4, 3), (2, 5, 4), (2, 5, 3)],
            r"query and key must have equally many features; got shapes \(2, 4, 3\) and ",
        ),
        (
            ScaledDotProductAttention(),
            [(2, 4, 3), (2, 5, 3), (2, 4, 3)],
            r"key and value must have equally many steps; got shapes \(2, 5, 3\) and ",
        ),
        (
            ScaledDotProductAttention(),
            [(2, 4, 3), (1, 5, 3), (1, 5, 3)],
            r"query and key and value must have equally many rows in the batch; got shapes ",
        ),
        (
            AttentionLayer(),
            [(2, 4, 3), (1, 5, 3)],
            r"encoder and decoder must have equally many rows in the batch; got shapes ",
        ),
    ],
)
def test_inputs_go_together(layer, shapes, message):
    for call in (layer, layer.trace, layer.build):
        with pytest.raises(ValueError, match=message):
            call(shapes if call == layer.build else [x(*shape) for shape in shapes])


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("shape", [(2, 6, 3), (6, 1, 3), (5, 1, 3), (1, 4, 3)])
def test_a_wrong_step_dim_is_found_when_the_layer_is_built_and_when_it_is_called(shape, bias):
    message = rf"as many steps as step_dim=5 says; got {shape[1]}, in shape .*step_dim={shape[1]}"
    with pytest.raises(ValueError, match=message):
        Attention(5, bias=bias)(x(*shape))
    with pytest.raises(ValueError, match=message):
        Attention(5, bias=bias).build((None, *shape[1:]))
    with pytest.raises(ValueError, match=message):
        Attention(5, bias=bias)(keras.Input(shape=shape[1:]))
    with pytest.raises(ValueError, match=message):
        built(Attention(5, bias=bias), 2, 5, 3)(x(*shape))


def test_bias_needs_a_known_number_of_steps():
    message = r"with bias=True.*step_dim=5.*Input\(shape=\(5, 3\)\), or use bias=False"
    with pytest.raises(ValueError, match=message):
        Attention(5)(keras.Input(shape=(None, 3)))


@pytest.mark.parametrize(
    "layer, shape",
    [
        (Attention(5), (5, None)),
        (DenseGate(), (None,)),
        (ScaledDotProductAttention(), (5, None)),
        (SeqSelfAttention(), (5, None)),
        (SeqWeightedAttention(), (5, None)),
    ],
)
def test_the_last_axis_must_be_known(layer, shape):
    with pytest.raises(
        ValueError, match=r"the last axis of \w+, must be known .* got \w+ of shape"
    ):
        layer(keras.Input(shape=shape))


def test_a_gate_of_steps_must_know_how_many():
    message = (
        r"the number of steps, the axis 1 of x, must be known .* got x of shape \(None, None, 3\)"
    )
    with pytest.raises(ValueError, match=message):
        DenseGate()(keras.Input(shape=(None, 3)))


@pytest.mark.parametrize(
    "layer, shape",
    [
        (built(Attention(5), 2, 5, 3), (2, 5, 4)),
        (built(DenseGate(), 2, 3), (2, 4)),
        (built(DenseGate(), 2, 3, 4), (2, 4, 4)),
        (built(SeqSelfAttention(), 2, 5, 3), (2, 5, 4)),
        (
            built(SeqSelfAttention(attention_type="multiplicative"), 2, 5, 3),
            (2, 5, 4),
        ),
        (built(SeqWeightedAttention(), 2, 5, 3), (2, 5, 4)),
    ],
)
def test_a_built_layer_keeps_its_number_of_features(layer, shape):
    with pytest.raises(ValueError, match=r"x must have 3 \w+, as when the layer was built; got "):
        layer(x(*shape))


@pytest.mark.parametrize("mask", [(2, 4), (1, 5), (5,), (2, 5, 1), (2, 5, 3), ()])
def test_a_mask_has_one_switch_a_step(mask):
    message = r"mask must have shape \(batch, steps\), one switch a step, here \(2, 5\); got \("
    with pytest.raises(ValueError, match=message):
        DenseGate()(x(2, 5), mask=np.ones(mask, bool))
    for layer in (
        Attention(5),
        DenseGate(),
        ScaledDotProductAttention(),
        SeqSelfAttention(),
        SeqWeightedAttention(),
    ):
        with pytest.raises(ValueError, match=message):
            layer(x(2, 5, 3), mask=np.ones(mask, bool))
    with pytest.raises(ValueError, match=message):
        AttentionLayer()([x(2, 5, 3), x(2, 4, 3)], mask=[np.ones(mask, bool), None])


def test_a_list_of_masks_has_one_for_each_input():
    message = r"a list of masks must have one for each of the 2 inputs, or None in its place; got 3"
    with pytest.raises(ValueError, match=message):
        AttentionLayer()([x(2, 5, 3), x(2, 4, 3)], mask=[None] * 3)


def test_a_layer_is_seen_only_in_a_model_that_holds_it():
    layer, other = SeqWeightedAttention(), SeqWeightedAttention()
    model = keras.Sequential([keras.Input(shape=(5, 3)), layer])
    message = (
        r"must be functional or sequential, built, and hold the layer seq_\w+; got <Sequential "
    )
    with pytest.raises(ValueError, match=message):
        other.attention_in(model)
    with pytest.raises(ValueError, match=message):
        other.attention_in(keras.Sequential([other]))


@pytest.mark.parametrize("mask", [(4,), (5, 1)])
def test_a_wrong_mask_is_found_while_the_model_is_put_together(mask):
    message = r"mask must have shape \(batch, steps\).* here \(None, 5\); got \(None, "
    symbol = keras.Input(shape=mask, dtype="bool")
    with pytest.raises(ValueError, match=message):
        Attention(5)(keras.Input(shape=(5, 3)), mask=symbol)
    with pytest.raises(ValueError, match=message):
        AttentionLayer()([keras.Input(shape=(5, 3))] * 2, mask=symbol)
    with pytest.raises(ValueError, match=message):
        DenseGate()(keras.Input(shape=(5,)), mask=symbol)


def test_a_new_layer_is_told_what_it_has_to_say():
    class Mine(TracedLayer):
        pass

    with pytest.raises(NotImplementedError, match=r"Mine must say its shapes in output_shapes\(\)"):
        Mine().build((None, 5))
    with pytest.raises(NotImplementedError, match=r"Mine must say its formula in trace\(\)"):
        Mine().trace(x(2, 5))
