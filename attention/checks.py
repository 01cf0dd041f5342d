"""What may come into the core. Every error states the rule, what is allowed and what came.

For each function of the core there is one here, `of_…`, that returns its arguments as arrays of one
precision, with the mask as booleans and what is hidden and not finite as 0.
"""

from __future__ import annotations

from collections.abc import Collection
from numbers import Integral, Real

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray


def of_softmax(
    scores: ArrayLike, mask: ArrayLike | None, temperature: float
) -> tuple[NDArray, NDArray, float]:
    """Scores (..., steps), their mask and the temperature.

    Raises:
        ValueError: a wrong shape, a visible score that is not finite, no temperature.
    """
    scores = numbers("scores", scores, "(..., steps)", axes=1)
    mask = visible(mask, scores.shape)
    return finite("scores", scores, mask), mask, positive("temperature", temperature)


def of_attend(
    x: ArrayLike,
    w: ArrayLike,
    b: ArrayLike | None,
    mask: ArrayLike | None,
    activation: str,
    activations: Collection[str],
) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """X (..., steps, features), w (features,), b (steps,) and the mask (..., steps).

    Raises:
        ValueError: a wrong shape, a visible number that is not finite, an unknown activation.
    """
    if activation not in activations:
        raise ValueError(f"activation must be one of {', '.join(activations)}; got {activation!r}")
    x, mask = steps(x, mask)
    w = shaped("w", w, x.shape[-1:], "one weight per feature", x.dtype)
    return x, w, bias(b, x.shape[-2], x.dtype), mask


def of_gate(
    x: ArrayLike, w: ArrayLike, b: ArrayLike | None, mask: ArrayLike | None
) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """X (..., steps), 0 where it is hidden, w (steps, steps), b (steps,) and the mask (..., steps).

    Raises:
        ValueError: a wrong shape, or a visible number that is not finite.
    """
    x = numbers("x", x, "(..., steps)", axes=1)
    mask = visible(mask, x.shape)
    x = np.where(mask, finite("x", x, mask), 0)
    count = x.shape[-1]
    w = shaped("w", w, (count, count), "from every step to every step", x.dtype)
    return x, w, bias(b, count, x.dtype), mask


def of_dot_product(
    x: ArrayLike, query: ArrayLike, mask: ArrayLike | None
) -> tuple[NDArray, NDArray, NDArray]:
    """X (..., steps, features), the mask (..., steps), and one query for all or one for each.

    Raises:
        ValueError: a wrong shape, or a visible number that is not finite.
    """
    x, mask = steps(x, mask)
    query = numbers("query", query, "(features,)", axes=1)
    batch = x.shape[:-2] if query.ndim > 1 else ()
    query = shaped("query", query, (*batch, x.shape[-1]), "one number per feature", x.dtype)
    return x, query, mask


def of_self_attention(
    x: ArrayLike,
    w_q: ArrayLike,
    w_k: ArrayLike,
    w_v: ArrayLike,
    mask: ArrayLike | None,
    heads: int,
    positions: ArrayLike | None,
) -> tuple[NDArray, tuple[NDArray, NDArray, NDArray], NDArray]:
    """X with its positions (..., steps, features), w_q, w_k and w_v, and the mask (..., steps).

    Raises:
        ValueError: a wrong shape, a visible number that is not finite, heads that do not divide
            the columns of a matrix.
    """
    vectors, mask = steps(x, mask)
    heads, features = count("heads", heads), vectors.shape[-1]
    w_q = numbers("w_q", w_q, "(features, d_k)", axes=2)
    w_k = shaped("w_k", w_k, (features, w_q.shape[1]), "as many columns as w_q", vectors.dtype)
    w_q = shaped("w_q", w_q, w_k.shape, "a row per feature", vectors.dtype)
    w_v = numbers("w_v", w_v, "(features, d_v)", axes=2)
    w_v = shaped("w_v", w_v, (features, w_v.shape[1]), "a row per feature", vectors.dtype)
    for name, columns in (("d_k", w_q.shape[1]), ("d_v", w_v.shape[1])):
        if columns % heads:
            raise ValueError(f"heads must divide {name}, which is {columns}; got {heads}")
    if positions is not None:
        places = shaped(
            "positions", positions, vectors.shape[-2:], "a vector per step", vectors.dtype
        )
        with np.errstate(over="ignore"):  # `finite` finds the infinity
            vectors = vectors + places
    return finite("x + positions", vectors, mask[..., None]), (w_q, w_k, w_v), mask


def numbers(
    name: str, values: ArrayLike, shape: str, axes: int = 0, dtype: DTypeLike | None = None
) -> NDArray:
    """An array with at least `axes` axes, none of length 0; float32 stays, all else is float64.

    Raises:
        ValueError: rows of different lengths, no numbers, too few axes, nothing in it.
    """
    try:
        array = np.asarray(values)
    except ValueError:
        came = "rows of different lengths"
        raise ValueError(f"{name} must be numbers of shape {shape}; got {came}") from None
    if array.dtype.kind not in "fiub":
        raise ValueError(f"{name} must be numbers of shape {shape}; got {array.dtype.name}")
    if array.ndim < axes or array.size == 0:
        raise ValueError(f"{name} must have shape {shape}, at least one of each; got {array.shape}")
    with np.errstate(over="ignore"):  # too large for float32: `finite` finds the infinity
        return array.astype(dtype or (np.float32 if array.dtype == np.float32 else np.float64))


def shaped(
    name: str, values: ArrayLike, shape: tuple[int, ...], meaning: str, dtype: DTypeLike
) -> NDArray:
    """Finite numbers of exactly this shape.

    Raises:
        ValueError: another shape, or a number that is not finite.
    """
    array = numbers(name, values, f"{shape}, {meaning}", dtype=dtype)
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, {meaning}; got {array.shape}")
    return finite(name, array)


def bias(b: ArrayLike | None, steps: int, dtype: DTypeLike) -> NDArray:
    """One finite number per step; None is 0 for each.

    Raises:
        ValueError: another shape, or a number that is not finite.
    """
    return shaped("b", np.zeros(steps) if b is None else b, (steps,), "one bias per step", dtype)


def steps(x: ArrayLike, mask: ArrayLike | None) -> tuple[NDArray, NDArray]:
    """Input vectors (..., steps, features) and their mask (..., steps).

    Raises:
        ValueError: a wrong shape, or a visible number that is not finite.
    """
    x = numbers("x", x, "(..., steps, features)", axes=2)
    shown = visible(mask, x.shape[:-1])
    return finite("x", x, shown[..., None]), shown


def visible(mask: ArrayLike | None, shape: tuple[int, ...]) -> NDArray:
    """The mask as booleans of this shape; without one, every step is visible.

    Raises:
        ValueError: another shape, or anything but 1 and 0.
    """
    if mask is None:
        return np.ones(shape, bool)
    allowed = " or ".join(map(str, dict.fromkeys([shape, shape[-1:]])))
    array = numbers("mask", mask, allowed)
    if array.shape not in (shape, shape[-1:]):
        raise ValueError(f"mask must have shape {allowed}, one switch per step; got {array.shape}")
    others = array[~np.isin(array, (0, 1))]
    if others.size:
        raise ValueError(f"mask must hold only 1 (visible) and 0 (hidden); got {others[0]}")
    return np.broadcast_to(array.astype(bool), shape)


def finite(name: str, array: NDArray, shown: NDArray | bool = True) -> NDArray:
    """The numbers, finite wherever they are shown; hidden ones that are not become 0.

    Raises:
        ValueError: a number that is shown is NaN or infinite.
    """
    good = np.isfinite(array)
    if good.all():
        return array
    bad = array[~good & shown]
    if bad.size:
        raise ValueError(f"{name} must be finite, as {array.dtype.name}; got {bad[0]}")
    return np.where(good, array, 0)


def count(name: str, value: int) -> int:
    """One whole number above 0.

    Raises:
        ValueError: anything else.
    """
    if not isinstance(value, Integral) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name} must be one whole number above 0; got {value!r}")
    return int(value)


def positive(name: str, value: float) -> float:
    """One finite number above 0.

    Raises:
        ValueError: anything else.
    """
    real = isinstance(value, Real) and not isinstance(value, bool)
    try:
        number = float(value) if real else np.nan
    except OverflowError:  # a whole number may be larger than any float
        number = np.inf
    if not 0 < number < np.inf:
        raise ValueError(f"{name} must be one finite number above 0; got {value!r}")
    return number
