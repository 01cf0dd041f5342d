"""What a model with one answer says of many examples at once, and where its attention goes."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from attention.layers.base import TracedLayer
from attention.training.task import Example, Inspection

DIGITS = 4  # of a weight: more than a picture shows
# By model, as long as it lives: Keras writes each new one down in all layers of the model.
_ATTENTION: WeakKeyDictionary[keras.Model, keras.Model | None] = WeakKeyDictionary()


def probabilities(model: keras.Model, x: NDArray) -> NDArray:
    """The probability of each answer, shape (examples, answers).

    At once: `predict` takes longer to begin than a small model takes to answer.
    """
    return model.predict_on_batch(x)


def accuracy(model: keras.Model, x: NDArray, answers: NDArray) -> float:
    """The share of the examples to which the likeliest answer is the right one, 0 to 1."""
    return float((probabilities(model, x).argmax(axis=1) == answers).mean())


def attention_weights(model: keras.Model, x: NDArray) -> NDArray | None:
    """The weights of the model's attention layer, shape (examples, …, steps); None: it has none."""
    if model not in _ATTENTION:
        layer = next((layer for layer in model.layers if isinstance(layer, TracedLayer)), None)
        _ATTENTION[model] = layer and layer.attention_in(model)
    weights_of = _ATTENTION[model]
    return weights_of and ops.convert_to_numpy(weights_of(x))


def inspections(
    sure: NDArray,
    answers: tuple[str, ...],
    examples: list[Example],
    weights: NDArray | None = None,
    asks: list[str] | None = None,
) -> list[Inspection]:
    """The likeliest answer to each example, and one row of weights, where there are any.

    >>> one = Example(x=None, steps=["a", "b"])
    >>> inspections(np.array([[0.25, 0.75]]), ("no", "yes"), [one], np.array([[0.0, 0.5, 0.5]]))
    [Inspection(answer='yes', weights=[[0.5, 0.5]], rows=('',), sure=0.75, right=None)]

    Args:
        sure: the probability of each answer, shape (examples, answers).
        answers: their names.
        examples: what was looked at.
        weights: shape (examples, steps), blanks first; None: the model has no attention.
        asks: what looks in each example: the name of the row.
    """
    rows = [None] * len(examples) if weights is None else weights
    names = asks or [""] * len(examples)
    return [
        Inspection(
            answer=answers[chance.argmax()],
            sure=float(chance.max()),
            **one_row(None if row is None else row[-len(example.steps) :], name),
        )
        for chance, example, row, name in zip(sure, examples, rows, names, strict=True)
    ]


def one_row(weights: NDArray | None, name: str = "") -> dict[str, Any]:
    """What an `Inspection` says of one row of weights, or of none."""
    if weights is None:
        return {}
    return {"weights": [np.round(weights.astype(float), DIGITS).tolist()], "rows": (name,)}
