"""What several tests need: reference cases, ready-made layers, gradients."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import ops

from attention.layers import (
    Attention,
    AttentionLayer,
    DenseGate,
    ResidualScaledDotProductAttention,
    ScaledDotProductAttention,
    SeqSelfAttention,
    SeqWeightedAttention,
)

from .backends import HAS_64_BITS, array, slopes

GOLDEN = Path(__file__).parents[1] / "golden"


def golden_cases(*files):
    """One pytest parameter a case: (case with arrays, tolerance of its precision)."""
    cases = []
    for file in files:
        golden = json.loads((GOLDEN / f"{file}.json").read_text("utf-8"))
        for case in golden["cases"]:
            dtype = case["options"]["dtype"] if HAS_64_BITS else "float32"
            tolerance = case.get("tolerance", golden["tolerance"][dtype])
            case["version"] = golden["library"].get("version", "")
            cases.append(pytest.param(arrays(case), tolerance, id=f"{file}-{case['id']}"))
    return cases


def arrays(node):
    """The same tree with every {"dtype", "shape", "data"} as a NumPy array."""
    if isinstance(node, list):
        return [arrays(item) for item in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {"dtype", "shape", "data"}:
        # Numbers that are not finite are strings there.
        return np.array(node["data"], object).astype(node["dtype"]).reshape(node["shape"])
    return {name: arrays(value) for name, value in node.items()}


def attention(w, b=None, steps=None, **options):
    """A built `Attention` with these weights."""
    steps = steps or len(b)
    layer = Attention(steps, bias=b is not None, **options)
    layer.build((None, steps, len(w)))
    layer.set_weights([np.array(w)] if b is None else [np.array(w), np.array(b)])
    return layer


def dense_gate(kernel, bias=None, **options):
    """A built `DenseGate` with these weights."""
    layer = DenseGate(use_bias=bias is not None, **options)
    layer.build((None, len(kernel)))
    layer.set_weights([np.array(kernel)] if bias is None else [np.array(kernel), np.array(bias)])
    return layer


@dataclass(frozen=True)
class Ready:
    """A layer with what a test needs to ask it anything.

    Attributes:
        make: the layer, from further options.
        shapes: the shape of each input, without the batch.
        seen: of the masks of all inputs, which weights may be other than 0; it stretches to them.
        axis: along which the weights sum to 1.
        rows: which input's mask says which rows of the output are visible; None: all are.
        any_length: once built for some number of steps, it takes any other.
    """

    make: Callable
    shapes: tuple = ((4, 2),)
    seen: Callable = lambda mask: mask
    axis: int = -1
    rows: int | None = None
    any_length: bool = True

    def layer(self, **options):
        """A new layer, always with the same weights."""
        layer = self.make(**options)
        shapes = [(None, *shape) for shape in self.shapes]
        layer.build(shapes if len(shapes) > 1 else shapes[0])
        rng = np.random.default_rng(9)
        layer.set_weights([rng.normal(size=weight.shape) for weight in layer.weights])
        return layer

    def inputs(self, batch=3, dtype="float32", seed=5):
        rng = np.random.default_rng(seed)
        return [rng.normal(size=(batch, *shape)).astype(dtype) for shape in self.shapes]

    def one(self, inputs):
        """Inputs or masks as the layer takes them: one alone, several as a list."""
        return inputs if len(self.shapes) > 1 else inputs[0]


def each_sees_visible(*masks):
    """Every query sees every visible key."""
    return masks[-1][:, None, :]


def near(past=9, ahead=9):
    """Which steps a step sees of those near it, if both are visible."""

    def seen(mask):
        distance = np.subtract.outer(*[np.arange(mask.shape[1])] * 2)
        return mask[:, :, None] & mask[:, None, :] & (distance <= past) & (-distance <= ahead)

    return seen


# Every layer, ready-made: the next one is taken up by all tests with one entry here.
READY = {
    "attention": Ready(lambda **more: Attention(4, **more), any_length=False),
    "attention-linear": Ready(
        lambda **more: Attention(4, **{"activation": "linear"} | more), any_length=False
    ),
    "attention-without-bias": Ready(
        lambda **more: Attention(4, **{"bias": False} | more), any_length=False
    ),
    "gate": Ready(DenseGate, shapes=((4,),), any_length=False),
    "gate-of-steps": Ready(
        DenseGate, seen=lambda mask: mask[:, :, None], axis=1, rows=0, any_length=False
    ),
    "gate-of-steps-single": Ready(
        lambda **more: DenseGate(**{"single_attention_vector": True} | more),
        seen=lambda mask: mask[:, :, None],
        axis=1,
        rows=0,
        any_length=False,
    ),
    "dot": Ready(
        lambda **more: ScaledDotProductAttention(**{"scale": False} | more),
        seen=each_sees_visible,
        rows=0,
    ),
    "scaled-dot-causal": Ready(
        lambda **more: ScaledDotProductAttention(**{"history_only": True} | more),
        seen=lambda mask: mask[:, None, :] & np.tri(mask.shape[1], dtype=bool),
        rows=0,
    ),
    "scaled-dot-of-three": Ready(
        ScaledDotProductAttention,
        shapes=((3, 2), (4, 2), (4, 5)),
        seen=lambda query, key, value: (key & value)[:, None, :],
        rows=0,
    ),
    "scaled-dot-heads": Ready(
        lambda **more: ScaledDotProductAttention(**{"num_heads": 2} | more),
        seen=lambda mask: mask[:, None, None, :],
        rows=0,
    ),
    "residual": Ready(
        ResidualScaledDotProductAttention,
        shapes=((4, 2), (4, 4)),
        seen=lambda mask, previous: mask[:, None, :],
        rows=0,
        any_length=False,
    ),
    "residual-of-four": Ready(
        ResidualScaledDotProductAttention,
        shapes=((3, 2), (4, 2), (4, 5), (3, 4)),
        seen=lambda query, key, value, previous: (key & value)[:, None, :],
        rows=0,
        any_length=False,
    ),
    "encoder-decoder": Ready(
        AttentionLayer,
        shapes=((4, 2), (3, 5)),
        seen=lambda encoder, decoder: encoder[:, None, :],
        rows=1,
    ),
    "self-additive": Ready(lambda **more: SeqSelfAttention(3, **more), seen=near(), rows=0),
    "self-window": Ready(
        lambda **more: SeqSelfAttention(3, **{"attention_width": 2} | more), seen=near(1, 0), rows=0
    ),
    "self-heads": Ready(
        lambda **more: SeqSelfAttention(4, **{"num_heads": 2} | more),
        seen=lambda mask: near()(mask)[:, None],
        rows=0,
    ),
    "self-multiplicative-causal": Ready(
        lambda **more: SeqSelfAttention(
            **{"attention_type": "multiplicative", "history_only": True} | more
        ),
        seen=near(ahead=0),
        rows=0,
    ),
    "weighted": Ready(SeqWeightedAttention),
}


def reader_of_all(words=5, **options):
    """A model of every layer that reads words: one answer, and the weights of the last reading."""
    symbol = keras.Input(shape=(words,), dtype="int32")
    x = keras.layers.Embedding(12, 4, mask_zero=True)(symbol)
    x = SeqSelfAttention(3, attention_width=3, attention_regularizer_weight=0.01, **options)(x)
    x = SeqSelfAttention(attention_type="multiplicative", history_only=True, **options)(x)
    x, seen = ScaledDotProductAttention(**options)([x, x, x], return_attention_scores=True)
    x, _ = ResidualScaledDotProductAttention(**options)([x, seen])
    x = DenseGate(kernel_regularizer="l1", **options)(x)
    context, _ = AttentionLayer(**options)([x, x])
    first = SeqWeightedAttention(**options)(context)
    second, weights = Attention(words, W_regularizer="l2", b_constraint="non_neg", **options)(
        x, return_attention_scores=True
    )
    x = DenseGate(kernel_constraint=keras.constraints.MaxNorm(2), **options)(first + second)
    answer = keras.layers.Dense(1, activation="sigmoid", dtype=keras.config.floatx())
    return keras.Model(symbol, [answer(x), weights])


def look(layer, x, mask=None):
    """(output, weights) of a layer as NumPy arrays."""
    several = isinstance(x, list) and isinstance(x[0], np.ndarray)
    output, *_, weights = layer(
        x if several else np.asarray(x), mask=mask, return_attention_scores=True
    )
    return array(output), array(weights)


def gradients(layer, x, dy, mask=None, dweights=None, dscores=None):
    """d(sum(y·dy) + …) / d[*inputs, *variables], as NumPy arrays.

    The dots stand for the weights and, where they are returned, the scores.
    """
    several = isinstance(x, list)

    def loss(*inputs):
        y, *scores, weights = layer(
            list(inputs) if several else inputs[0], mask=mask, return_attention_scores=True
        )
        parts = [(y, dy), (weights, dweights), *((one, dscores) for one in scores)]
        return sum(ops.sum(ops.multiply(one, by)) for one, by in parts if by is not None)

    return slopes(loss, x if several else [x], layer.trainable_variables)
