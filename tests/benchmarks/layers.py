"""Print how long a training step takes, of each layer and of Keras' nearest: `… layers.py`.

Both models of a pair have the same shapes and the same layers around the one that is compared, and
take their steps in turn, so that whatever else runs on the machine slows both alike. The ratio is
the median of the ratios of neighbouring steps.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
from keras.layers import Activation, AdditiveAttention, Dense, Dot, Flatten, Multiply, Permute

from attention import layers

SHAPES = [(32, 50, 64), (8, 200, 32)]  # batch, steps, features
WARM_UP, TURNS = 10, 150
PROMISED = 1.05  # no slower, within the noise of a machine that does other work


def weighted_sum(x, activation=None):
    """A Dense layer for the scores, their softmax over the steps, and the sum of the steps."""
    weights = Activation("softmax")(Flatten()(Dense(1, activation=activation)(x)))
    return Dot(axes=1)([weights, x])


def gate(x):
    """The block of Keras layers that gates a sequence over its steps."""
    turned = Permute((2, 1))(x)
    return Multiply()([x, Permute((2, 1))(Dense(turned.shape[-1], activation="softmax")(turned))])


def additive(queries, values):
    """Keras' own additive attention, with the projections that it leaves to others."""
    units = values.shape[-1]
    keys = Dense(units, use_bias=False)(values)
    return AdditiveAttention()([Dense(units)(queries), values, keys])


def row_gate(x):
    """The same of one row of numbers."""
    row = Flatten()(x[:, :, :1])
    return Multiply()([row, Dense(row.shape[1], activation="softmax")(row)])


# What is compared: our layer, and Keras' nearest, as functions of a sequence.
PAIRS: dict[str, tuple[Callable, Callable]] = {
    "`Attention`": (
        lambda x: layers.Attention(x.shape[1])(x),
        lambda x: weighted_sum(x, "tanh"),
    ),
    "`SeqWeightedAttention`": (lambda x: layers.SeqWeightedAttention()(x), weighted_sum),
    "`DenseGate`": (lambda x: layers.DenseGate()(Flatten()(x[:, :, :1])), row_gate),
    "`DenseGate` on a sequence": (lambda x: layers.DenseGate()(x), gate),
    "`AttentionLayer`": (
        lambda x: layers.AttentionLayer()([x, x])[0],
        lambda x: additive(x, x),
    ),
    "`SeqSelfAttention`, additive": (
        lambda x: layers.SeqSelfAttention(x.shape[-1])(x),
        lambda x: additive(x, x),
    ),
    "`SeqSelfAttention`, multiplicative": (
        lambda x: layers.SeqSelfAttention(attention_type="multiplicative")(x),
        lambda x: keras.layers.Attention()([Dense(x.shape[-1], use_bias=False)(x), x]),
    ),
    "`ScaledDotProductAttention`": (
        lambda x: layers.ScaledDotProductAttention()(x),
        lambda x: keras.layers.Attention(use_scale=True)([x, x]),
    ),
}


def stepper(layer: Callable, batch: int, steps: int, features: int) -> Callable[[], float]:
    """A function that takes one compiled training step and returns its milliseconds."""
    inputs = keras.Input(shape=(steps, features))
    outputs = layer(Dense(features)(inputs))  # something to learn in front of it, too
    model = keras.Model(inputs, outputs)
    model.compile("sgd", "mse")
    x = keras.random.normal((batch, steps, features), seed=1)
    y = keras.random.normal((batch, *outputs.shape[1:]), seed=2)

    def step() -> float:
        start = time.perf_counter()
        model.train_on_batch(x, y)
        return 1000 * (time.perf_counter() - start)

    for _ in range(WARM_UP):
        step()
    return step


def compare(ours: Callable, theirs: Callable, shape: tuple[int, int, int]) -> tuple[float, ...]:
    """Median milliseconds of ours and of theirs, and the median of ours / theirs."""
    one, other = stepper(ours, *shape), stepper(theirs, *shape)
    turns = []
    for turn in range(TURNS):  # each is the first in every other turn
        pair = [one(), other()] if turn % 2 else [other(), one()][::-1]
        turns.append(pair)
    return (
        *(statistics.median(times) for times in zip(*turns, strict=True)),
        statistics.median(mine / yours for mine, yours in turns),
    )


def main() -> None:
    """Measure every pair at every shape, and print a table."""
    print(
        f"Measured on {date.today()}, {os.cpu_count()} cores, {platform.system()} "
        f"{platform.machine()}, Keras {keras.__version__}.\n"
    )
    print("| layer | batch × steps × features | ours | Keras | ratio | promised |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, (ours, theirs) in PAIRS.items():
        for shape in SHAPES:
            mine, yours, ratio = compare(ours, theirs, shape)
            size = " × ".join(map(str, shape))
            print(
                f"| {name} | {size} | {mine:.1f} ms | {yours:.1f} ms | {ratio:.2f} "
                f"| ≤ {PROMISED:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
