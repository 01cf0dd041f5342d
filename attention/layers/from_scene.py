"""The layer that computes what stands on the table, with the table's numbers in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

import keras
import numpy as np
from keras import ops

from attention.core import Trace
from attention.layers import Attention, DenseGate, ScaledDotProductAttention
from attention.layers.base import TracedLayer
from attention.layers.multi_head import multi_head, scores_asking, trace_asking
from attention.scene import PROJECTIONS, Scene

# By a scene's kind.
CLASSES: dict[str, type[keras.Layer]] = {
    "attention": Attention,
    "gate": DenseGate,
    "dot_product": ScaledDotProductAttention,
    "scaled_dot_product": ScaledDotProductAttention,
    "self_attention": keras.layers.MultiHeadAttention,
}
# What its first variables are called in a scene.
VARIABLES: dict[str, tuple[str, ...]] = {
    "attention": ("w", "b"),
    "gate": ("w", "b"),
    "dot_product": ("query",),
    "scaled_dot_product": ("query",),
    "self_attention": PROJECTIONS,
}
PRECISION = "float64"  # as the page computes
# A layer serves one visitor at a time, for it is given the scene's numbers first.
LOCK = Lock()


@dataclass(frozen=True)
class SceneLayer:
    """A layer, and the scene that stands in it.

    Attributes:
        layer: it has the scene's numbers and, unless it is Keras' own, its temperature.
        parts: its variables that can learn where to look, by their names in the scene: `w` and `b`,
            or `query`, or `wq` and `wk`, of which the layer has the columns in heads.
        scene: what stands on the table.
    """

    layer: Any
    parts: dict[str, keras.Variable]
    scene: Scene

    def trace(self) -> Trace:
        """Every stage, as tensors with a batch axis of 1; a dot product also has one of queries."""
        if self.scene.kind == "self_attention":
            return trace_asking(self.layer, self.scene)
        x, mask = np.array([self.scene.x], float), np.array([self.scene.shown])
        if self.scene.is_dot_product:
            query = ops.reshape(self.parts["query"], (1, 1, -1))
            return self.layer.trace([query, x, x], [None, mask, mask])
        return self.layer.trace(x[:, :, 0] if self.scene.kind == "gate" else x, mask)

    def scores(self) -> Any:
        """The scores alone, (steps,), which are all that gradient descent needs."""
        if self.scene.kind == "self_attention":
            return ops.reshape(scores_asking(self.layer, self.scene), -1)
        return ops.reshape(self.trace().scores, -1)


@contextmanager
def layer_from(scene: Scene) -> Iterator[SceneLayer]:
    """Lend the layer of the scene's kind and shape, in float64; nobody else has it meanwhile.

    >>> names = {"rows": ["a", "b"], "columns": ["f"]}
    >>> with layer_from(Scene(**names, x=[[1], [2]], w=[3], activation="linear")) as table:
    ...     ops.convert_to_numpy(table.trace().logits).tolist()
    [[3.0, 6.0]]
    """
    with LOCK:
        layer = _multi_head(scene) if scene.kind == "self_attention" else _traced(scene)
        parts = dict(zip(VARIABLES[scene.kind], layer.weights, strict=False))
        for name, variable in parts.items():
            variable.assign(np.reshape(getattr(scene, name), variable.shape))
        parts.pop("wv", None)  # it says what is gathered, not where one looks
        yield SceneLayer(layer, parts, scene)


def _traced(scene: Scene) -> TracedLayer:
    steps, features = np.shape(scene.x)
    layer = _layer(scene.kind, steps, features, scene.has_bias, scene.activation)
    layer.temperature = scene.temperature
    return layer


def _multi_head(scene: Scene) -> keras.layers.MultiHeadAttention:
    return _layer_of_heads(len(scene.columns), scene.d_k, scene.d_v, scene.heads)


@lru_cache(None)
def _layer(kind: str, steps: int, features: int, bias: bool, activation: str) -> TracedLayer:
    """One for each shape of table: TensorFlow never gives all of a dropped layer's memory back."""
    if kind == "attention":
        layer: TracedLayer = Attention(steps, bias=bias, activation=activation, dtype=PRECISION)
        layer.build((1, steps, features))
    elif kind == "gate":
        layer = DenseGate(use_bias=bias, dtype=PRECISION)
        layer.build((1, steps))
    else:
        layer = ScaledDotProductAttention(scale=kind == "scaled_dot_product", dtype=PRECISION)
        layer.add_weight(name="query", shape=(features,))
    return layer


@lru_cache(None)
def _layer_of_heads(
    features: int, d_k: int, d_v: int, heads: int
) -> keras.layers.MultiHeadAttention:
    return multi_head(features, d_k, d_v, heads, PRECISION)
