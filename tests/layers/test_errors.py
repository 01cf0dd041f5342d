"""Every error states the rule, what is allowed and what came."""

import re

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

Dot, Self, Weighted = ScaledDotProductAttention, SeqSelfAttention, SeqWeightedAttention
SEQUENCES = (Attention(5), DenseGate(), Dot(), Self(), Weighted())


def x(*shape):
    return np.ones(shape, "float32")


def symbol(*shape, dtype="float32"):
    return keras.Input(shape=shape, dtype=dtype)


def built(layer, *shape):
    layer(x(*shape))
    return layer


def sequential(layer):
    return keras.Sequential([symbol(5, 3), layer])


def twice(layer):
    inputs = symbol(5, 3)
    return keras.Model(inputs, [layer(inputs), layer(inputs)])


def unused(layer):
    """A model with a layer that has the layer, and never calls it."""

    class Idle(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.layer = layer

        def call(self, x):
            return x

    inputs = symbol(5, 3)
    return keras.Model(inputs, Idle()(inputs))


def in_a_loop(layer):
    """A model with a recurrent cell that has the layer."""
    inputs, cell = symbol(5, 3), keras.layers.SimpleRNNCell(2)
    cell.layer = layer
    return keras.Model(inputs, keras.layers.RNN(cell)(inputs))


# What is wrong, and what the error says; "…" stands for anything.
WRONG = """
Attention(0) -> step_dim must be a whole number above 0; got 0
Attention(2.0) -> step_dim must be a whole number above 0; got 2.0
Attention("5") -> step_dim must be a whole number above 0; got '5'
Attention(True) -> step_dim must be a whole number above 0; got True
Attention(5, activation="tan") -> activation must be a name or function of keras…; got 'tan'
Attention(5, activation=np.tanh) -> activation must be a name or function of keras…<ufunc 'tanh'>
Attention()(symbol(None, 3)) -> step_dim=None takes from it; … unknown … Input(shape=(steps, 3))
Self(units=0) -> units must be a whole number above 0; got 0
Self(units=True) -> units must be a whole number above 0; got True
Self(attention_width=-1) -> attention_width must be a whole number above 0; got -1
Self(attention_width=2.0) -> attention_width must be a whole number above 0; got 2.0
Self(attention_type="dot") -> attention_type must be one of additive, multiplicative; got 'dot'
Self(attention_regularizer_weight=-1) -> weight must be a finite number, at least 0; got -1
Self(attention_regularizer_weight="1") -> weight must be a finite number, at least 0; got '1'
Attention(5)(x(2, 5)) -> x must have shape (batch, steps, features); got (2, 5)
Attention(5)(x(2, 5, 3, 1)) -> x must have shape (batch, steps, features); got (2, 5, 3, 1)
built(Attention(5), 2, 5, 3)(x(5, 3)) -> x must have shape (batch, steps, features); got (5, 3)
Attention(5)([x(2, 5, 3)] * 2) -> x must have shape (batch, steps, features); got
Self()(x(2, 5)) -> x must have shape (batch, steps, features); got (2, 5)
built(Self(), 2, 5, 3)(x(5, 3)) -> x must have shape (batch, steps, features); got (5, 3)
Self()([x(2, 5, 3)] * 2) -> x must have shape (batch, steps, features); got
Weighted()(x(2, 5, 3, 1)) -> x must have shape (batch, steps, features); got (2, 5, 3, 1)
Weighted()([x(2, 5, 3)] * 2) -> x must have shape (batch, steps, features); got
DenseGate()(x(2)) -> x must have shape (batch, n) or (batch, steps, features); got (2,)
DenseGate()(x(2, 5, 3, 1)) -> x must have shape (batch, n) or (batch, steps, features); got (2, 5
built(DenseGate(), 2, 3)(x(3)) -> x must have shape (batch, n) or (batch, steps, features); got (3,)
Dot()([x(2, 5, 3)]) -> must be x alone, [query, value] or [query, key, value]; got 1 inputs
Dot()([x(2, 5, 3)] * 4) -> must be x alone, [query, value] or [query, key, value]; got 4 inputs
AttentionLayer()([x(2, 5, 3)]) -> inputs must be [encoder, decoder]; got shape
AttentionLayer()([x(2, 5, 3)] * 3) -> inputs must be [encoder, decoder]; got shape
AttentionLayer()(x(2, 5, 3)) -> inputs must be [encoder, decoder]; got shape
Attention(5)(x(6, 1, 3)) -> as many steps as step_dim=5 says; got 1, in shape … step_dim=1
Attention(5).build((None, 6, 3)) -> as many steps as step_dim=5 says; got 6, in shape … step_dim=6
Attention(5, bias=False)(symbol(6, 3)) -> as many steps as step_dim=5 says; got 6, in shape …
built(Attention(5, bias=False), 2, 5, 3)(x(5, 1, 3)) -> as many steps as step_dim=5 says; got 1
Attention(5)(symbol(None, 3)) -> step_dim=5 says; … Input(shape=(5, 3)), or use bias=False
Attention(5)(symbol(5, None)) -> the last axis of x, must be known … got x of shape
DenseGate()(symbol(None)) -> the last axis of x, must be known … got x of shape
Dot()(symbol(5, None)) -> the last axis of query, must be known … got query of shape
Self()(symbol(5, None)) -> the last axis of x, must be known … got x of shape
Weighted()(symbol(5, None)) -> the last axis of x, must be known … got x of shape
DenseGate()(symbol(None, 3)) -> the number of steps… must be known … (None, None, 3)
built(Attention(5), 2, 5, 3)(x(2, 5, 4)) -> x must have 3 features, as when the layer was built; got
built(DenseGate(), 2, 3)(x(2, 4)) -> x must have 3 … as when the layer was built; got
built(DenseGate(), 2, 3, 4)(x(2, 4, 4)) -> x must have 3 … as when the layer was built; got
built(Self(), 2, 5, 3)(x(2, 5, 4)) -> x must have 3 features, as when the layer was built; got
built(Weighted(), 2, 5, 3)(x(2, 5, 4)) -> x must have 3 features, as when the layer was built; got
AttentionLayer()([x(2, 5, 3), x(2, 4, 3)], mask=[None] * 3) -> one for each of the 2 inputs…; got 3
Weighted().attention_in(sequential(Weighted())) -> must hold the layer seq_…; got <Sequential
layer.attention_in(layer) -> the model must hold the layer seq_…; got <SeqWeightedAttention
layer.attention_in(keras.Sequential([layer])) -> must be built: begin it with keras.Input…; got
layer.attention_in(sequential(layer), 1) -> index must be 0, for the only call …; got 1
layer.attention_in(sequential(layer), True) -> index must be 0, for the only call …; got True
layer.attention_in(twice(layer), 2) -> whole number from 0 to 1, for the 2 calls …; got 2
layer.attention_in(twice(layer), -1) -> whole number from 0 to 1, for the 2 calls …; got -1
layer.attention_in(unused(layer)) -> the model must call the layer seq_…, which it only holds
layer.attention_in(in_a_loop(layer)) -> sits inside the loop of rnn…: let the cell return
layer.trace(symbol(5, 3)) -> trace() takes numbers, not the symbols… layer(x, return_attention_sc
layer.trace(x(2, 5, 3), symbol(5)) -> trace() takes numbers, not the symbols…attention_in(model)
Dot().trace([x(2, 5, 3), symbol(5, 3), x(2, 5, 3)]) -> trace() takes numbers, not the symbols
Attention(5)(symbol(5, 3), mask=symbol(4, dtype="bool")) -> here (None, 5); got (None, 4)
Attention(5)(symbol(5, 3), mask=symbol(5, 1, dtype="bool")) -> here (None, 5); got (None, 5, 1)
AttentionLayer()([symbol(5, 3)] * 2, mask=symbol(4, dtype="bool")) -> here (None, 5); got (None, 4)
DenseGate()(symbol(5), mask=symbol(4, dtype="bool")) -> here (None, 5); got (None, 4)
"""
CASES = [line.split(" -> ") for line in WRONG.strip().splitlines()]


def refused(message):
    return pytest.raises(ValueError, match=".*".join(map(re.escape, message.split("…"))))


@pytest.mark.parametrize(("code", "message"), CASES, ids=[code for code, _ in CASES])
def test_an_error_states_the_rule_and_what_came(code, message):
    with refused(message):
        eval(code, globals() | {"layer": Weighted()})


@pytest.mark.parametrize("kind", READY)
def test_every_layer_checks_its_temperature_and_its_switches(kind):
    for wrong in (0, -1.0, float("nan"), float("inf"), "1", None, True):
        with refused(f"temperature must be a finite number above 0; got {wrong!r}"):
            READY[kind].make(temperature=wrong)
    config = READY[kind].make().get_config()
    switches = [name for name, value in config.items() if isinstance(value, bool)]
    for name in set(switches) - {"trainable"}:
        for wrong in (1, "yes", None):
            with refused(f"{name} must be True or False; got {wrong!r}"):
                READY[kind].make(**{name: wrong})
        assert getattr(READY[kind].make(**{name: np.bool_(True)}), name) is True


def test_an_unknown_attention_type_is_the_error_that_the_package_raised():
    for error in (ValueError, NotImplementedError):
        with pytest.raises(error, match="must be one of additive, multiplicative; got 'random'"):
            Self(attention_type="random")


def test_step_dim_may_be_a_numpy_integer():
    assert Attention(np.int64(5)).get_config()["step_dim"] == 5


@pytest.mark.parametrize(
    ("layer", "shapes", "message"),
    [
        (Dot(), [(2, 5, 3), (2, 5), (2, 5, 3)], "key must have shape (batch"),
        (AttentionLayer(), [(2, 5, 3), (2, 5)], "decoder must have shape (batch"),
        (Dot(), [(2, 4, 3), (2, 5, 4), (2, 5, 3)], "query and key must have equally many features"),
        (Dot(), [(2, 4, 3), (2, 5, 3), (2, 4, 3)], "key and value must have equally many steps"),
        (
            Dot(),
            [(2, 4, 3), (1, 5, 3), (1, 5, 3)],
            "value must have equally many rows in the batch",
        ),
        (
            AttentionLayer(),
            [(2, 4, 3), (1, 5, 3)],
            "decoder must have equally many rows in the batch",
        ),
    ],
)
def test_inputs_go_together(layer, shapes, message):
    for call in (layer, layer.trace, layer.build):
        with refused(f"{message}…; got "):
            call(shapes if call == layer.build else [x(*shape) for shape in shapes])


@pytest.mark.parametrize("mask", [(2, 4), (1, 5), (5,), (2, 5, 1), (2, 5, 3), ()])
def test_a_mask_has_one_switch_a_step(mask):
    message = f"mask must have shape (batch, steps), one switch per step, here (2, 5); got {mask}"
    for layer in SEQUENCES:
        with refused(message):
            layer(x(2, 5, 3), mask=np.ones(mask, bool))
    with refused(message):
        DenseGate()(x(2, 5), mask=np.ones(mask, bool))
    with refused(message):
        AttentionLayer()([x(2, 5, 3), x(2, 4, 3)], mask=[np.ones(mask, bool), None])


def test_a_new_layer_is_told_what_it_has_to_say():
    class Mine(TracedLayer):
        pass

    with pytest.raises(NotImplementedError, match=r"Mine must say its shapes in output_shapes\(\)"):
        Mine().build((None, 5))
    with pytest.raises(NotImplementedError, match=r"Mine must say its formula in trace\(\)"):
        Mine().trace(x(2, 5))
