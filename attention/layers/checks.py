"""What may come into a layer. Every error states the rule, what is allowed and what came.

Shapes are checked as far as they are known: an axis that is None is known only when data comes.
"""

import math
import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from numbers import Integral, Real
from typing import Any

import keras
import numpy as np
from keras import ops

from attention.layers.tensors import Shape, Tensor, Weight


def known_shape(x: Tensor) -> tuple[int | None, ...]:
    """The shape of a tensor; None for an axis that is no number while a backend traces.

    JAX writes such an axis as an expression, and PyTorch as a symbol. On its way to ONNX, PyTorch
    writes it as a tensor, which has a number.
    """
    return tuple(
        operator.index(axis) if isinstance(axis, Integral) or ops.is_tensor(axis) else None
        for axis in x.shape
    )


def check_numbers(*inputs: Any) -> None:
    """Numbers came, and none of Keras' symbols, for which there is no formula to be kept.

    Raises:
        ValueError: a symbol among them.
    """
    if any(isinstance(one, keras.KerasTensor) for one in keras.tree.flatten(inputs)):
        raise ValueError(
            "trace() takes numbers, not the symbols of a functional model, which would lose the "
            "layer and its weights. There: layer(x, return_attention_scores=True), or "
            "layer.attention_in(model); every stage on data: layer.trace(data)"
        )


def is_shape(shape: Sequence[Any]) -> bool:
    """Whether this is the shape of one input, and not a list of shapes."""
    return all(axis is None or isinstance(axis, Integral) for axis in shape)


def check_rank(shape: Shape, *axes: str, name: str = "x") -> tuple[int | None, ...]:
    """A shape with exactly these axes.

    >>> check_rank((4,), "(batch, steps, features)")
    Traceback (most recent call last):
    ...
    ValueError: x must have shape (batch, steps, features); got (4,)

    Args:
        shape: what came; for a list of inputs a list of shapes, which is refused.
        *axes: the names of the axes, in brackets, for the message; one for each rank allowed.
        name: what has that shape, for the message.

    Returns:
        The shape as a tuple of numbers and None.

    Raises:
        ValueError: another number of axes.
    """
    refuse_names(shape, f"{name} alone")
    shape = tuple(shape)
    if not is_shape(shape) or len(shape) not in [len(names.split(",")) for names in axes]:
        hint = ""
        if is_shape(shape) and len(shape) == 2:
            hint = (
                ", without steps. Does the layer before, such as LSTM, say return_sequences=True?"
            )
        raise ValueError(f"{name} must have shape {' or '.join(axes)}; got {shape}{hint}")
    return shape


def refuse_names(shapes: Any, allowed: str) -> None:
    """Inputs are known by their order.

    Args:
        shapes: those of the inputs.
        allowed: what the layer takes, for the message.

    Raises:
        ValueError: a dict came.
    """
    if isinstance(shapes, Mapping):
        names = ", ".join(map(repr, shapes))
        raise ValueError(f"inputs must be {allowed}, not a dict; got one of {names}")


def check_axis(
    shape: Shape, meaning: str, expected: int | None = None, axis: int = -1, name: str = "x"
) -> None:
    """Weights are as long as an axis: it must be known, and stay what it was.

    Args:
        shape: shape of what came in.
        meaning: what the axis counts, for the message.
        expected: its length when the layer was built; None while it is being built.
        axis: which axis it is.
        name: what has that shape, for the message.

    Raises:
        ValueError: a length that is unknown or 0 while the layer is built, or another one later.
    """
    size = shape[axis]
    if expected is None and not size:
        which = "last axis" if axis == -1 else f"axis {axis}"
        raise ValueError(
            f"the number of {meaning}, the {which} of {name}, must be known and at least 1, "
            f"because the layer depends on it; got {name} of shape {tuple(shape)}. "
            "Say it in Input(shape=...)"
        )
    if None not in (expected, size) and size != expected:
        raise ValueError(
            f"{name} must have {expected} {meaning}, as when the layer was built; "
            f"got {name} of shape {tuple(shape)}"
        )


def check_steps(shape: Shape, weight: Weight, name: str = "x") -> tuple[int | None, ...]:
    """A shape (batch, steps, features) with as many features as the weight has rows.

    Args:
        shape: shape of what came in.
        weight: shape (features, …); None: it is not built yet.
        name: what has that shape, for the message.

    Raises:
        ValueError: another number of axes, or of features.
    """
    shape = check_rank(shape, "(batch, steps, features)", name=name)
    check_axis(shape, "features", None if weight is None else weight.shape[0], name=name)
    return shape


def check_equal(shapes: dict[str, Shape], axis: int, meaning: str) -> None:
    """Inputs that go together are as long as each other along one axis, as far as it is known.

    >>> check_equal({"query": (2, 3, 4), "key": (2, 5, 6)}, -1, "features")
    Traceback (most recent call last):
    ...
    ValueError: query and key must have equally many features; got shapes (2, 3, 4) and (2, 5, 6)

    Args:
        shapes: the shape of each input, by its name.
        axis: which axis.
        meaning: what the axis counts, for the message.

    Raises:
        ValueError: two different lengths.
    """
    if len({shape[axis] for shape in shapes.values()} - {None}) > 1:
        came = " and ".join(str(tuple(shape)) for shape in shapes.values())
        names = " and ".join(shapes)
        raise ValueError(f"{names} must have equally many {meaning}; got shapes {came}")


def check_heads(sizes: dict[str, int | None], heads: int) -> None:
    """Every head gets an equal share of what is cut.

    >>> check_heads({"features of x": 6}, 4)
    Traceback (most recent call last):
    ...
    ValueError: num_heads=4 must divide the features of x; got 6

    Args:
        sizes: how long it is, by what is cut.
        heads: how many heads share it.

    Raises:
        ValueError: a length that is unknown, or that the number of heads does not divide.
    """
    for meaning, size in sizes.items():
        if heads > 1 and (size is None or size % heads):
            raise ValueError(f"num_heads={heads} must divide the {meaning}; got {size}")


def check_mask(mask_shape: Shape, shape: Shape) -> None:
    """A mask has one switch per step: the shape (batch, steps) of what it hides.

    Args:
        mask_shape: shape of the mask that came.
        shape: shape (batch, steps).

    Raises:
        ValueError: another number of axes, or an axis of another length.
    """
    mask_shape, shape = tuple(mask_shape), tuple(shape)
    same = len(mask_shape) == len(shape) and all(
        None in pair or pair[0] == pair[1] for pair in zip(mask_shape, shape, strict=True)
    )
    if not same:
        raise ValueError(
            f"mask must have shape (batch, steps), one switch per step, here {shape}; "
            f"got {mask_shape}"
        )


def positive_int(name: str, value: object) -> int:
    """`value` as an int; a ValueError if it is not a whole number above 0."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number above 0; got {value!r}")
    return int(value)


def finite_float(name: str, value: object, above: bool = True) -> float:
    """`value` as a float; a ValueError if it is not finite and above 0, or at least 0."""
    number = float(value) if isinstance(value, Real) and not isinstance(value, bool) else math.nan
    if not (number > 0 if above else number >= 0) or number == math.inf:
        rule = "a finite number above 0" if above else "a finite number, at least 0"
        raise ValueError(f"{name} must be {rule}; got {value!r}")
    return number


def share(name: str, value: object) -> float:
    """`value` as a float; a ValueError if it is not at least 0 and below 1."""
    number = float(value) if isinstance(value, Real) and not isinstance(value, bool) else math.nan
    if not 0 <= number < 1:
        raise ValueError(f"{name} must be a number, at least 0 and below 1; got {value!r}")
    return number


def whole_number(name: str, value: object) -> int:
    """`value` as an int; a ValueError if it is not a whole number, at least 0."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 0:
        raise ValueError(f"{name} must be a whole number, at least 0; got {value!r}")
    return int(value)


def boolean(name: str, value: object) -> bool:
    """`value` as a bool; a ValueError if it is neither True nor False."""
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{name} must be True or False; got {value!r}")
    return bool(value)


class NotOneOfThemError(ValueError, NotImplementedError):
    """None of the values that are allowed; keras-self-attention has NotImplementedError for it."""


def one_of(name: str, value: str, allowed: Collection[str]) -> str:
    """`value`; a ValueError if it is none of those that are allowed."""
    if value not in list(allowed):  # a dict would ask an unhashable value for its hash
        raise NotOneOfThemError(f"{name} must be one of {', '.join(allowed)}; got {value!r}")
    return value


def activation_of(name: str, value: Any) -> Callable:
    """The function that Keras knows by this name; a ValueError if it knows none."""
    try:
        found = keras.activations.get(value)
    except (TypeError, ValueError):
        found = None
    if found is None or isinstance(found, np.ufunc):  # NumPy's have no gradient
        raise ValueError(
            f"{name} must be a name or function of keras.activations, such as tanh, or None for "
            f"none; got {value!r}"
        )
    return found
