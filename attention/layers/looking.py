"""Where a model looks: the weights of one layer in it, however deep it sits inside.

A model is run as always, and whenever it calls the layer, the layer shows its weights here.
"""

import inspect
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from typing import Any

import keras

from attention.layers.tensors import Shape, Tensor

# The layer that is being looked at, and the weights that it has shown so far.
_WATCHED: ContextVar[tuple[keras.layers.Layer, list[Tensor]] | None] = ContextVar(
    "watched", default=None
)


def is_watched(layer: keras.layers.Layer) -> bool:
    """Whether somebody is looking at this layer."""
    watched = _WATCHED.get()
    return watched is not None and watched[0] is layer


def show(layer: keras.layers.Layer, weights: Tensor) -> None:
    """Called by a layer in each call that computes weights: keep them if somebody is looking."""
    watched = _WATCHED.get()
    if watched is not None and watched[0] is layer:
        watched[1].append(weights)


def attention_in(layer: keras.layers.Layer, model: keras.Model, index: int) -> keras.Model:
    """A model with the inputs of `model`, and the weights of one call of `layer` as the output.

    Raises:
        ValueError: the model does not call this layer, or not so often.
    """
    if not isinstance(model, keras.Model) or not _holds(model, layer):
        raise ValueError(f"the model must hold the layer {layer.name}; got {model!r}")
    graph = _graph(model)
    if graph is None:  # a subclassed model, which is known only by running it
        return _Weights(model, layer, index)
    found: list[Tensor] = []

    def call(operation: Any, *args: Any, **kwargs: Any) -> Tensor:
        if _holds(operation, layer):
            found.extend(_calls(operation, layer, args, kwargs))
        return operation(*args, **kwargs)

    # The same layers once more, one after the other: on the way the symbols are met that reach it.
    again = keras.models.clone_model(graph, clone_function=lambda one: one, call_function=call)
    return keras.Model(again.input, _pick(found, index, layer))


def _graph(model: keras.Model) -> keras.Model | None:
    """A functional model of the same graph; None: the model has none."""
    if isinstance(model, keras.Sequential):
        try:
            return keras.Model(model.inputs[0], model.outputs[0])  # it never says its one input
        except (AttributeError, ValueError) as error:
            raise ValueError(
                f"the model must be built: begin it with keras.Input(shape=...), or call it on "
                f"data; got {model!r}"
            ) from error
    return keras.Model(model.input, model.output) if hasattr(model, "inputs") else None


def _calls(
    operation: keras.layers.Layer, layer: keras.layers.Layer, args: Sequence[Any], kwargs: Any
) -> Sequence[Tensor]:
    """The weights of every call of `layer` within one call of an operation, as symbols."""
    if isinstance(operation, keras.layers.RNN):
        raise ValueError(
            f"the layer {layer.name} sits inside the loop of {operation.name}, from which nothing "
            "comes out but its outputs: let the cell return the weights"
        )
    if not isinstance(operation, keras.layers.TimeDistributed):
        return _Weights(operation, layer)(*args, **kwargs)
    x = args[0]
    step = keras.KerasTensor((x.shape[0], *x.shape[2:]), x.dtype)
    return [
        keras.layers.TimeDistributed(_OfAStep(operation.layer, layer, index, weights.shape))(
            *args, **kwargs
        )
        for index, weights in enumerate(_Weights(operation.layer, layer)(step))
    ]


class _Weights(keras.Model):
    """What `layer` shows while `owner`, in which it is called, computes.

    With an index the weights of that call, otherwise a list of all.
    """

    def __init__(
        self, owner: keras.layers.Layer, layer: keras.layers.Layer, index: int | None = None
    ) -> None:
        super().__init__(name=f"{layer.name}_weights", dtype=owner.dtype_policy)
        self.supports_masking = True
        self.owner, self.layer, self.index = owner, layer, index
        self.takes_mask = "mask" in inspect.signature(owner.call).parameters
        self.built = True

    def call(
        self, inputs: Tensor = None, *args: Any, mask: Tensor = None, **kwargs: Any
    ) -> Tensor | list[Tensor]:
        args = args if inputs is None else (inputs, *args)
        if self.takes_mask and mask is not None:
            kwargs["mask"] = mask
        if not all(one.built for one in _inside(self.owner, set())):
            self.owner(*args, **kwargs)  # Keras may build a model by running it, which shows too
        shown: list[Tensor] = []
        before = _WATCHED.set((self.layer, shown))
        try:
            self.owner(*args, **kwargs)
        finally:
            _WATCHED.reset(before)
        return shown if self.index is None else _pick(shown, self.index, self.layer)

    def compute_mask(self, inputs: Tensor, previous_mask: Tensor = None) -> None:
        return None


class _OfAStep(_Weights):
    """For `TimeDistributed`, which wants one output and asks for its shape in advance."""

    def __init__(
        self, owner: keras.layers.Layer, layer: keras.layers.Layer, index: int, shape: Shape
    ) -> None:
        super().__init__(owner, layer, index)
        self.shape = tuple(shape)

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        return self.shape


def _pick(found: Sequence[Tensor], index: int, layer: keras.layers.Layer) -> Tensor:
    """The weights of one call, if there are so many."""
    if not found:
        raise ValueError(f"the model must call the layer {layer.name}, which it only holds")
    if isinstance(index, bool) or not isinstance(index, int) or not 0 <= index < len(found):
        calls = "only call" if len(found) == 1 else f"{len(found)} calls"
        allowed = "0" if len(found) == 1 else f"a whole number from 0 to {len(found) - 1}"
        raise ValueError(
            f"index must be {allowed}, for the {calls} of the layer {layer.name} in this model; "
            f"got {index!r}"
        )
    return found[index]


def _holds(owner: Any, layer: keras.layers.Layer) -> bool:
    """Whether this is the layer, or has it somewhere inside."""
    return any(one is layer for one in _inside(owner, set()))


def _inside(value: Any, seen: set[int]) -> Iterator[keras.layers.Layer]:
    """A layer and those in its attributes; those of a list or a dictionary."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, keras.layers.Layer):
        yield value
        value = vars(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            yield from _inside(one, seen)
