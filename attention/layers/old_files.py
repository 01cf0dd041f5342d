"""What files of old and of other hands say differently: keys of configs, weights as columns."""

from collections.abc import Iterable
from typing import Any

import keras
from keras import ops

from attention.layers.tensors import Tensor

# Keys that public copies of a class write into its config, and that say nothing to a constructor.
EMPTY_KEYS = ("supports_masking", "support_masking", "init", "initializer", "features_dim")


def todays_config(config: dict[str, Any], renamed: dict[str, str]) -> dict[str, Any]:
    """The config in today's words; what carries nothing is left out.

    >>> todays_config({"step_dim": 6, "features_dim": 0, "W_reg": None}, {"W_reg": "W_regularizer"})
    {'step_dim': 6, 'W_regularizer': None}

    Args:
        config: as a file holds it.
        renamed: what some copies call an argument, and its name.
    """
    config = {
        renamed.get(name, name): value for name, value in config.items() if name not in EMPTY_KEYS
    }
    dtype = config.get("dtype")
    if isinstance(dtype, dict) and dtype.get("class_name", "").startswith("Policy"):  # Keras 2
        config["dtype"] = dtype["config"]["name"]
    return config


class Vector(keras.Variable):
    """A weight of one axis, for which (n, 1) or (1, n) numbers are as good as (n,).

    Public copies of the article's class keep their weights as columns. Every way to fill a weight,
    `set_weights` or a file of any format, compares shapes first and assigns then: so both are here.
    """

    @property
    def shape(self) -> tuple[int, ...]:
        """One axis, equal to (n, 1) and (1, n)."""
        return _Shape(super().shape)

    def assign(self, value: Tensor) -> Tensor:
        """Take the numbers, in the shape of this weight."""
        value = ops.convert_to_tensor(value, self.dtype)
        return super().assign(
            ops.reshape(value, tuple(self.shape)) if self.shape == value.shape else value
        )


class _Shape(tuple):
    """A shape that is equal to another if only axes of length 1 tell them apart."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Iterable) and _long_axes(self) == _long_axes(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = tuple.__hash__


def _long_axes(shape: Iterable) -> list[int | None]:
    return [size for size in shape if size != 1]
