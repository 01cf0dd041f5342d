"""Every error states the rule, what is allowed and what came."""

import keras
import numpy as np
import pytest

from attention.layers import Attention, DenseGate


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
@pytest.mark.parametrize(
    "make", [lambda t: Attention(5, temperature=t), lambda t: DenseGate(temperature=t)]
)
def test_temperature_is_finite_and_above_0(make, temperature):
    with pytest.raises(ValueError, match=r"temperature must be a finite number above 0; got "):
        make(temperature)


@pytest.mark.parametrize(
    "layer, shape",
    [
        (Attention(5), (2, 5)),
        (Attention(5), (2, 5, 3, 1)),
        (built(Attention(5), 2, 5, 3), (5, 3)),
        (Attention(5, bias=False), (5,)),
    ],
)
def test_attention_takes_three_axes(layer, shape):
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


def test_a_list_of_inputs_is_refused():
    with pytest.raises(ValueError, match=r"x must have shape \(batch, steps, features\); got "):
        Attention(5)([x(2, 5, 3), x(2, 5, 3)])


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


@pytest.mark.parametrize("layer, shape", [(Attention(5), (5, None)), (DenseGate(), (None,))])
def test_the_last_axis_must_be_known(layer, shape):
    with pytest.raises(ValueError, match=r"the last axis of x, must be known .* got x of shape"):
        layer(keras.Input(shape=shape))


@pytest.mark.parametrize(
    "layer, shape",
    [(built(Attention(5), 2, 5, 3), (2, 5, 4)), (built(DenseGate(), 2, 3), (2, 4))],
)
def test_a_built_layer_keeps_its_number_of_features(layer, shape):
    with pytest.raises(ValueError, match=r"x must have 3 \w+, as when the layer was built; got "):
        layer(x(*shape))


@pytest.mark.parametrize("mask", [(2, 4), (1, 5), (5,), (2, 5, 1), (2, 5, 3), ()])
def test_a_mask_has_one_switch_a_step(mask):
    message = r"mask must have shape \(batch, steps\), one switch a step, here \(2, 5\); got \("
    with pytest.raises(ValueError, match=message):
        Attention(5)(x(2, 5, 3), mask=np.ones(mask, bool))
    with pytest.raises(ValueError, match=message):
        DenseGate()(x(2, 5), mask=np.ones(mask, bool))


@pytest.mark.parametrize("mask", [(4,), (5, 1)])
def test_a_wrong_mask_is_found_while_the_model_is_put_together(mask):
    message = r"mask must have shape \(batch, steps\).* here \(None, 5\); got \(None, "
    symbol = keras.Input(shape=mask, dtype="bool")
    with pytest.raises(ValueError, match=message):
        Attention(5)(keras.Input(shape=(5, 3)), mask=symbol)
    with pytest.raises(ValueError, match=message):
        DenseGate()(keras.Input(shape=(5,)), mask=symbol)
