"""The scene on the table as a Keras model that can be trained: this project's layers, and a loss.

Scenes come in many shapes, and TensorFlow makes a new graph for each. So every scene is padded to
the largest table, and the mask hides the padding, as it does in a batch of sentences: one graph
serves all tables of a kind, and adding a row costs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, get_args

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from numpy.typing import NDArray

from attention.core import Trace
from attention.layers import Attention, DenseGate, ScaledDotProductAttention
from attention.layers.masked import LOWEST_SCORE
from attention.objective import Constraint, Objective, Part, Rules
from attention.scene import MOST_COLUMNS, MOST_ROWS, Scene

PRECISION = "float64"  # what the table shows survives the way here and back
# All that there can be: TensorFlow never gives all of a dropped model's memory back. Pairs of
# constraints on w and b for tanh, linear and the gate; one on the query of 1 + 8 dot products.
CONSTRAINTS = len(get_args(Constraint))
MOST_MODELS = 3 * CONSTRAINTS**2 + CONSTRAINTS * (1 + MOST_COLUMNS)


class Adjustable(keras.regularizers.Regularizer):
    """Keras' L1 and L2 with strengths that can be turned without a new graph."""

    def __init__(self) -> None:
        self.terms = {"l1": keras.regularizers.L1(0.0), "l2": keras.regularizers.L2(0.0)}
        for name, term in self.terms.items():
            setattr(term, name, _number())

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        """`l1 · Σ|x| + l2 · Σx²`."""
        return sum(term(x) for term in self.terms.values())

    def follow(self, rules: Rules) -> None:
        """Take the strength of the regulariser that the rules name, and 0 for the other."""
        for name, term in self.terms.items():
            getattr(term, name).assign(rules.strength if rules.regularizer == name else 0.0)


class DescentModel(keras.Model):
    """Attention that learns to look where it is told; a subclass says which attention.

    It gives scores. Softmax and cross-entropy are one function, `from_logits=True`, so that the
    gradient of a score is `(weight − target) / temperature` even where a weight rounds to 0.

    Attributes:
        columns: how many features x has here.
        parts: the variables that can learn, by their names in the scene.
    """

    parts: dict[Part, keras.Variable]

    def __init__(self, columns: int = MOST_COLUMNS) -> None:
        super().__init__(dtype=PRECISION)
        self.columns = columns
        self.regularizers = {part: Adjustable() for part in get_args(Part)}
        self.switches = {part: _number() for part in get_args(Part)}

    def trace(self, x: tf.Tensor, mask: tf.Tensor) -> Trace:
        """Every stage, as the layer computes it from x (1, steps, columns)."""
        raise NotImplementedError(f"{type(self).__name__} must say what it computes in trace()")

    def call(self, inputs: Mapping[str, tf.Tensor]) -> tf.Tensor:
        """The scores over the temperature, (1, steps); what is hidden is below all of them."""
        scores = ops.reshape(self.trace(inputs["x"], inputs["mask"]).scores, (1, MOST_ROWS))
        return ops.where(inputs["mask"], scores, LOWEST_SCORE) / inputs["temperature"]

    def train_step(self, data: Any) -> dict[str, tf.Tensor]:
        """One step of gradient descent; also tells what it was taken for.

        Source:
            Keras' guide "Customizing what happens in `fit()` with TensorFlow".
        """
        inputs, target, _ = data
        variables = list(self.parts.values())
        with tf.GradientTape() as tape:
            scores = self(inputs, training=True)
            loss = keras.losses.categorical_crossentropy(target, scores, from_logits=True)[0]
            penalty = ops.sum(self.losses)
            whole = loss + penalty
        gradients = tape.gradient(whole, variables)
        switches = [self.switches[part] for part in self.parts]
        turned = [gradient * switch for gradient, switch in zip(gradients, switches, strict=True)]
        self.optimizer.apply(turned, variables)
        return {"loss": loss, "penalty": penalty, **dict(zip(self.parts, gradients, strict=True))}

    def follow(self, objective: Objective, turns: Sequence[Part]) -> None:
        """Take the learning rate, what turns, and the strengths of the regularisers."""
        self.optimizer.learning_rate.assign(objective.rate)
        for part in self.parts:
            self.switches[part].assign(float(part in turns))
            self.regularizers[part].follow(getattr(objective, part))

    def set_numbers(self, numbers: Mapping[Part, NDArray]) -> None:
        """Put the scene's numbers into the parts; the padding is 0."""
        for part, variable in self.parts.items():
            variable.assign(padded(numbers.get(part, 0.0), tuple(variable.shape)))


class AttentionDescent(DescentModel):
    """The article's class."""

    def __init__(self, constraints: Mapping[Part, str], activation: str) -> None:
        super().__init__()
        self.layer = Attention(
            MOST_ROWS,
            W_regularizer=self.regularizers["w"],
            b_regularizer=self.regularizers["b"],
            W_constraint=constraints.get("w"),
            b_constraint=constraints.get("b"),
            activation=activation,
            dtype=PRECISION,
        )
        self.layer.build((1, MOST_ROWS, self.columns))
        self.parts = {"w": self.layer.W, "b": self.layer.b}

    def trace(self, x: tf.Tensor, mask: tf.Tensor) -> Trace:
        """The stages of `Attention`."""
        return self.layer.trace(x, mask)


class GateDescent(DescentModel):
    """The article's three lines; the numbers of the vector are the first column of x."""

    def __init__(self, constraints: Mapping[Part, str]) -> None:
        super().__init__()
        self.layer = DenseGate(
            kernel_regularizer=self.regularizers["w"],
            bias_regularizer=self.regularizers["b"],
            kernel_constraint=constraints.get("w"),
            bias_constraint=constraints.get("b"),
            dtype=PRECISION,
        )
        self.layer.build((1, MOST_ROWS))
        self.parts = {"w": self.layer.kernel, "b": self.layer.bias}

    def trace(self, x: tf.Tensor, mask: tf.Tensor) -> Trace:
        """The stages of `DenseGate`."""
        return self.layer.trace(x[:, :, 0], mask)


class QueryDescent(DescentModel):
    """Both dot products, with a query that learns."""

    def __init__(self, constraints: Mapping[Part, str], scale: bool, columns: int) -> None:
        super().__init__(columns)
        self.layer = ScaledDotProductAttention(scale=scale, dtype=PRECISION)
        query = self.add_weight(
            name="query",
            shape=(columns,),
            regularizer=self.regularizers["query"],
            constraint=keras.constraints.get(constraints.get("query")),
        )
        self.parts = {"query": query}

    def trace(self, x: tf.Tensor, mask: tf.Tensor) -> Trace:
        """The stages of `ScaledDotProductAttention`, for one query."""
        query = ops.reshape(self.parts["query"], (1, 1, self.columns))
        return self.layer.trace([query, x, x], [None, mask, mask])


def model_for(scene: Scene, constraints: Mapping[Part, str]) -> DescentModel:
    """The model that trains scenes of this kind under these constraints, made when first asked for.

    Only √features of the scaled dot product depends on how many columns there really are.

    Args:
        scene: what it will be given.
        constraints: names that Keras knows, by the part that they hold for.
    """
    columns = len(scene.columns) if scene.kind == "scaled_dot_product" else MOST_COLUMNS
    return _model(scene.kind, scene.has_tanh, columns, frozenset(constraints.items()))


@lru_cache(MOST_MODELS)
def _model(kind: str, tanh: bool, columns: int, pairs: frozenset[tuple[Part, str]]) -> DescentModel:
    constraints = dict(pairs)
    if kind == "attention":
        model: DescentModel = AttentionDescent(constraints, "tanh" if tanh else "linear")
    elif kind == "gate":
        model = GateDescent(constraints)
    else:
        model = QueryDescent(constraints, kind == "scaled_dot_product", columns)
    # Plain gradient descent: it remembers nothing from step to step.
    model.compile(keras.optimizers.SGD(), jit_compile=False)
    return model


def padded(numbers: object, shape: tuple[int, ...]) -> NDArray:
    """The numbers in the first corner of an array of zeros.

    >>> padded([1, 2], (4,)).tolist()
    [1.0, 2.0, 0.0, 0.0]
    """
    array = np.zeros(shape)
    numbers = np.asarray(numbers)
    array[tuple(slice(length) for length in numbers.shape)] = numbers
    return array


def _number() -> keras.Variable:
    """A number that a graph reads anew each time."""
    return keras.Variable(0.0, dtype=PRECISION, trainable=False)
