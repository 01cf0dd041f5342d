"""The weights of a model as JSON: a byte a number, so that those of every epoch can travel.

What is small stays whole, in 32 bits; of the rest each column (along the last axis) has one scale,
and its numbers are the nearest of the 255 multiples of it from −127 to 127. What is unpacked again
is what answers, here and in the browser, and what is scored.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SMALL = 64  # numbers, which would not be worth a scale
STEPS = 127  # to each side of 0

Packed = dict[str, Any]


def pack(arrays: Sequence[NDArray]) -> list[Packed]:
    """Arrays of float32 as `unpack` and `assets/page/core/models/weights.js` read them.

    >>> packed = pack([np.float32([0.5, 2.0]), np.float32(np.arange(130)).reshape(65, 2)])
    >>> [sorted(one) for one in packed], packed[1]["shape"]
    ([['float32', 'shape'], ['int8', 'scales', 'shape']], [65, 2])
    >>> [one.tolist()[-1] for one in unpack(packed)]
    [2.0, [128.0, 129.0]]
    """
    return [_packed(np.ascontiguousarray(one, np.float32)) for one in arrays]


def unpack(packed: Sequence[Packed]) -> list[NDArray]:
    """What `pack` was given, each number to half of its column's scale."""
    return [_unpacked(one) for one in packed]


def _packed(array: NDArray) -> Packed:
    shape = list(array.shape)
    if array.size <= SMALL:
        return {"shape": shape, "float32": _text(array)}
    columns = array.reshape(-1, shape[-1])
    scales = np.abs(columns).max(axis=0) / np.float32(STEPS)
    steps = np.rint(columns / np.where(scales > 0, scales, 1)).astype(np.int8)
    return {"shape": shape, "scales": _text(scales), "int8": _text(steps)}


def _unpacked(packed: Packed) -> NDArray:
    if "float32" in packed:
        return _numbers(packed["float32"], "<f4").reshape(packed["shape"])
    steps = _numbers(packed["int8"], "i1").reshape(-1, packed["shape"][-1])
    return (steps * _numbers(packed["scales"], "<f4")).reshape(packed["shape"])


def _text(array: NDArray) -> str:
    return base64.b64encode(array.tobytes()).decode()


def _numbers(text: str, kind: str) -> NDArray:
    numbers: NDArray = np.frombuffer(base64.b64decode(text), kind)
    return numbers
