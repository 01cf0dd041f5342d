"""What may come into a layer. Every error states the rule, what is allowed and what came.

Shapes are checked as far as they are known: an axis that is None is known only when data comes.
"""

import math
from collections.abc import Collection, Sequence
from numbers import Integral, Real

Shape = Sequence[int | None]


def check_rank(shape: Shape, axes: str) -> tuple[int | None, ...]:
    """A shape with exactly these axes.

    >>> check_rank((2, 4), axes="(batch, steps, features)")
    Traceback (most recent call last):
    ...
    ValueError: x must have shape (batch, steps, features); got (2, 4)

    Args:
        shape: what came; for a list of inputs a list of shapes, which is refused.
        axes: the names of the axes, in brackets, for the message.

    Returns:
        The shape as a tuple of numbers and None.

    Raises:
        ValueError: another number of axes.
    """
    shape = tuple(shape)
    known = all(axis is None or isinstance(axis, Integral) for axis in shape)
    if not known or len(shape) != len(axes.split(",")):
        raise ValueError(f"x must have shape {axes}; got {shape}")
    return shape


def check_last_axis(shape: Shape, name: str, expected: int | None = None) -> None:
    """Weights are as long as the last axis: it must be known, and stay what it was.

    Args:
        shape: shape of x.
        name: what the last axis counts, for the message.
        expected: its length when the layer was built; None while it is being built.

    Raises:
        ValueError: a length that is unknown or 0 while the layer is built, or another one later.
    """
    size = shape[-1]
    if expected is None and not size:
        raise ValueError(
            f"the number of {name}, the last axis of x, must be known and at least 1, because the "
            f"shape of the weights follows from it; got x of shape {shape}. "
            "Say it in Input(shape=...)"
        )
    if None not in (expected, size) and size != expected:
        raise ValueError(
            f"x must have {expected} {name}, as when the layer was built; got x of shape {shape}"
        )


def check_mask(mask_shape: Shape, shape: Shape) -> None:
    """A mask has one switch a step: the shape (batch, steps) of what it hides.

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
            f"mask must have shape (batch, steps), one switch a step, here {shape}; "
            f"got {mask_shape}"
        )


def positive_int(name: str, value: object) -> int:
    """`value` as an int; a ValueError if it is not a whole number above 0."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"{name} must be a whole number above 0; got {value!r}")
    return int(value)


def positive_float(name: str, value: object) -> float:
    """`value` as a float; a ValueError if it is not a finite number above 0."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < value < math.inf:
        raise ValueError(f"{name} must be a finite number above 0; got {value!r}")
    return float(value)


def one_of(name: str, value: str, allowed: Collection[str]) -> str:
    """`value`; a ValueError if it is none of those that are allowed."""
    if value not in list(allowed):  # a dict would ask an unhashable value for its hash
        raise ValueError(f"{name} must be one of {', '.join(allowed)}; got {value!r}")
    return value
