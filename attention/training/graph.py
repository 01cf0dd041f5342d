"""A Keras model as plain data, from which the page computes what the model answers.

A graph is a list of nodes in the order in which they are computed, without the axis of the batch.
Masks are inputs like others, as Keras wires them itself. What a node does with them stands in
`assets/page/core/models/`, a module for each kind of layer.

This module imports Keras.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

from attention.layers import Attention, AttentionLayer, SeqSelfAttention

Node = dict[str, Any]
# A node and which of its outputs, as [node, output].
Place = list[int]


def graph(model: keras.Model) -> list[Node]:
    """The nodes of a functional model; the last one is its output.

    Each has an `op`, `from` (the places of what goes in), `mask` (likewise; None where nothing is
    hidden), `weights` (which of `model.get_weights()`) and what else the op needs. Of a layer of
    which only the last step is used later, `only` is "last".

    >>> line = keras.Input([3], dtype="int32")
    >>> vectors = keras.layers.Embedding(5, 2, mask_zero=True)(line)
    >>> model = keras.Model(line, keras.layers.GlobalAveragePooling1D()(vectors))
    >>> [(node["op"], node["from"], node["mask"]) for node in graph(model)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('InputLayer', [], None), ('Embedding', [[0, 0]], None), ('NotEqual', [[0, 0]], None),
     ('GlobalAveragePooling1D', [[1, 0]], [2, 0])]

    Raises:
        ValueError: a layer that the page cannot compute.
    """
    builder = _Builder(model)
    builder.visit(model.outputs[0])
    nodes = builder.nodes
    for node in nodes:
        users = [one for one in nodes if any(nodes[place] is node for place, _ in one["from"])]
        if [(one["op"], one.get("index")) for one in users] == [("GetItem", -1)]:
            node["only"] = "last"
    return nodes


class _Builder:
    """Walks from a model's output back to its inputs, each node after those that it needs."""

    def __init__(self, model: keras.Model) -> None:
        self.nodes: list[Node] = []
        self._places: dict[int, Place] = {}  # by the tensor's id
        self._weights = {id(weight): place for place, weight in enumerate(model.weights)}
        for tensor in model.inputs:
            self.visit(tensor)

    def visit(self, tensor: Any) -> Place:
        """Where a tensor comes from; its node is made if there is none."""
        if id(tensor) in self._places:
            return self._places[id(tensor)]
        operation, node, output = tensor._keras_history
        if isinstance(operation, keras.layers.Dropout):  # which does nothing but in training
            self._places[id(tensor)] = self.visit(operation._inbound_nodes[node].input_tensors[0])
            return self._places[id(tensor)]
        made = self._node(operation, operation._inbound_nodes[node].arguments)
        for place, one in enumerate(operation._inbound_nodes[node].output_tensors):
            self._places[id(one)] = [len(self.nodes), place]
        self.nodes.append(made)
        return [len(self.nodes) - 1, output]

    def _node(self, operation: Any, arguments: Any) -> Node:
        op = type(operation).__name__
        if op not in OPS:
            allowed = ", ".join(sorted(OPS))
            raise ValueError(f"the page computes the layers {allowed}, and Dropout; got {op}")
        first = arguments.args[0] if arguments.args else []
        tensors = list(first) if isinstance(first, list | tuple) else [first]
        tensors += [one for one in arguments.args[1:] if isinstance(one, keras.KerasTensor)]
        if (state := arguments.kwargs.get("initial_state")) is not None:
            tensors.append(state)
        # A layer finds the masks of a list of inputs itself; of a GRU that is told its state, Keras
        # passes none on.
        found = (
            getattr(tensors[0], "_keras_mask", None) if isinstance(first, list) and first else None
        )
        given = arguments.kwargs.get("mask", found)
        weights = [
            self._weights[id(one)]
            for one in getattr(operation, "weights", [])
            if id(one) in self._weights
        ]  # the state of a random seed is none
        return {
            "op": op,
            "from": [self.visit(one) for one in tensors],
            "mask": None if op in UNMASKED or given is None else self.visit(given),
            "weights": weights,
            **OPS[op](operation, arguments),
        }


# These make masks, or pass them on: what goes in is all that they look at.
UNMASKED = (
    "InputLayer",
    "Embedding",
    "NotEqual",
    "Greater",
    "Any",
    "LogicalOr",
    "Cast",
    "OnesLike",
    "Cumsum",
    "Multiply",
    "Add",
    "Concatenate",
    "GetItem",
    "Dense",
    "Masking",
    "LayerNormalization",
)


ACTIVATIONS = ("linear", "relu", "sigmoid", "softmax", "tanh")


def _activation(operation: Any, _: Any = None) -> Node:
    name = keras.activations.serialize(operation.activation)
    if name not in ACTIVATIONS:
        allowed = ", ".join(ACTIVATIONS)
        raise ValueError(f"the page computes the activations {allowed}; got {name}")
    return {"activation": name}


def _constant(_: Any, arguments: Any) -> Node:
    """Of `x > 0`, the 0."""
    return {"value": float(arguments.args[1])}


def _nothing(*_: Any) -> Node:
    return {}


def _input(layer: Any, _: Any) -> Node:
    return {"shape": list(layer.output.shape[1:])}


def _get_item(_: Any, arguments: Any) -> Node:
    key = arguments.args[1]
    if not (isinstance(key, tuple) and len(key) == 2 and key[0] == slice(None)):
        raise ValueError(f"the page computes x[:, step] alone; got x[{key}]")
    return {"index": int(key[1])}


def _recurrent(layer: Any, _: Any = None) -> Node:
    _expect(layer, activation="tanh", recurrent_activation="sigmoid", go_backwards=False)
    return {"sequences": layer.return_sequences}


def _gru(layer: Any, _: Any = None) -> Node:
    _expect(layer, reset_after=True)
    return _recurrent(layer)


def _bidirectional(layer: Any, _: Any) -> Node:
    _expect(layer, merge_mode="concat")
    one = type(layer.forward_layer).__name__
    if one != "GRU":
        raise ValueError(f"the page computes Bidirectional(GRU) alone; got {one}")
    # Unrolled, Keras hides the outputs of the way back by the mask of the way there.
    _expect(layer.forward_layer, unroll=True, zero_output_for_mask=True)
    return _gru(layer.forward_layer)


def _attention(layer: Attention, _: Any) -> Node:
    name = keras.activations.serialize(layer.activation)
    if name not in ("linear", "tanh"):
        raise ValueError(f"the page computes Attention with linear or tanh alone; got {name}")
    return {"activation": name, "temperature": layer.temperature}


def _seq_self_attention(layer: SeqSelfAttention, _: Any) -> Node:
    _expect(
        layer,
        num_heads=1,
        attention_width=None,
        attention_activation=None,
        use_additive_bias=True,
        use_attention_bias=True,
        history_only=False,
    )
    return {"type": layer.attention_type, "temperature": layer.temperature}


def _attention_layer(layer: AttentionLayer, _: Any) -> Node:
    return {"temperature": layer.temperature}


def _layer_normalization(layer: Any, _: Any) -> Node:
    return {"epsilon": layer.epsilon}


def _multi_head(layer: Any, arguments: Any) -> Node:
    return {"heads": layer.num_heads, "causal": bool(arguments.kwargs.get("use_causal_mask"))}


def _expect(layer: Any, **values: Any) -> None:
    """Refuse a layer with an argument that the page does not know."""
    for name, value in values.items():
        came = getattr(layer, name)
        came = keras.activations.serialize(came) if callable(came) else came
        if came != value:
            rule = f"the page computes {type(layer).__name__} with {name}={value!r} alone"
            raise ValueError(f"{rule}; got {came!r}")


# What the page has to know of each, besides its inputs and weights.
OPS: dict[str, Callable[..., Node]] = {
    "InputLayer": _input,
    "Dense": _activation,
    "Embedding": _nothing,
    "Masking": _nothing,
    "Add": _nothing,
    "Multiply": _nothing,
    "Concatenate": _nothing,
    "GetItem": _get_item,
    "NotEqual": _constant,
    "Greater": _constant,
    "Any": _nothing,
    "LogicalOr": _nothing,
    "Cast": _nothing,
    "OnesLike": _nothing,
    "Cumsum": _nothing,
    "GlobalAveragePooling1D": _nothing,
    "LSTM": _recurrent,
    "GRU": _gru,
    "Bidirectional": _bidirectional,
    "Attention": _attention,
    "SeqSelfAttention": _seq_self_attention,
    "AttentionLayer": _attention_layer,
    "LayerNormalization": _layer_normalization,
    "MultiHeadAttention": _multi_head,
}
