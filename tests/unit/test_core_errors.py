"""Every error of the core states the rule, what is allowed and what came, word for word."""

from __future__ import annotations

import numpy as np
import pytest

import attention
from attention import softmax

X, E = np.array([[1.0, 2.0], [3.0, 4.0]]), np.eye(2)
BATCH = np.ones((3, 2, 1))
WRONG = """
attend([1.0], [1.0]) -> x must have shape (..., steps, features), at least one of each; got (1,)
attend([[1.0], [1.0, 2.0]], [1.0]) -> x must be numbers of shape (..., steps, features); \
got rows of different lengths
attend([["1"]], [1.0]) -> x must be numbers of shape (..., steps, features); got str32
dot_product([[1j]], [1.0]) -> x must be numbers of shape (..., steps, features); got complex128
attend(np.ones((0, 2)), [1.0, 1.0]) -> \
x must have shape (..., steps, features), at least one of each; got (0, 2)
attend([[np.nan], [np.inf]], [1.0]) -> x must be finite, as float64; got nan
attend(np.array([[np.inf]], np.float32), [1.0]) -> x must be finite, as float32; got inf
attend(X, 1.0) -> w must have shape (2,), one weight per feature; got ()
attend(X, [1.0]) -> w must have shape (2,), one weight per feature; got (1,)
attend(X, ["a", "b"]) -> w must be numbers of shape (2,), one weight per feature; got str32
attend([[1.0]], [np.inf]) -> w must be finite, as float64; got inf
attend(np.ones((1, 1), np.float32), [1e300]) -> w must be finite, as float32; got inf
attend(X, [1, 1], [0, 0, 0]) -> b must have shape (2,), one bias per step; got (3,)
attend([[1.0]], [1.0], [np.nan]) -> b must be finite, as float64; got nan
attend(X, [1, 1], mask=[1, 1, 1]) -> mask must have shape (2,), one switch per step; got (3,)
attend(BATCH, [1], mask=[1, 1, 1]) -> mask must have shape (3, 2) or (2,), one switch per step; \
got (3,)
attend(BATCH[None], [1], mask=np.ones((3, 2))) -> \
mask must have shape (1, 3, 2) or (2,), one switch per step; got (3, 2)
attend(X, [1, 1], mask=["1", "0"]) -> mask must be numbers of shape (2,); got str32
attend(X, [1, 1], mask=[2, 3]) -> mask must hold only 1 (visible) and 0 (hidden); got 2.0
attend([[1e300]], [1e300]) -> every logit must be finite, as float64; got inf
attend([[1e300, 1e300]], [1e300, -1e300]) -> every logit must be finite, as float64; got nan
attend(X, [1, 1], activation="relu") -> activation must be one of tanh, linear; got 'relu'
softmax(1.0) -> scores must have shape (..., steps), at least one of each; got ()
softmax([np.nan, 1.0]) -> scores must be finite, as float64; got nan
gate(1.0, [[1.0]]) -> x must have shape (..., steps), at least one of each; got ()
gate([np.nan], [[1.0]]) -> x must be finite, as float64; got nan
gate([1.0, 2.0], [1.0, 2.0]) -> w must have shape (2, 2), from every step to every step; got (2,)
gate([1.0], [[1.0]], [1.0, 2.0]) -> b must have shape (1,), one bias per step; got (2,)
gate([1.0], [[1.0]], [np.nan]) -> b must be finite, as float64; got nan
gate([1e300], [[1e300]]) -> every logit must be finite, as float64; got inf
dot_product(X, 1.0) -> query must have shape (features,), at least one of each; got ()
dot_product(X, [1.0]) -> query must have shape (2,), one number per feature; got (1,)
dot_product(BATCH, [[1.0]]) -> query must have shape (3, 1), one number per feature; got (1, 1)
dot_product(X, [1.0, np.nan]) -> query must be finite, as float64; got nan
self_attention([1.0], E, E, E) -> \
x must have shape (..., steps, features), at least one of each; got (1,)
self_attention(X, [1.0], E, E) -> \
w_q must have shape (features, d_k), at least one of each; got (1,)
self_attention(X, E, [[1.0]], E) -> w_k must have shape (2, 2), as many columns as w_q; got (1, 1)
self_attention(X, E, E[:, :1], E) -> w_k must have shape (2, 2), as many columns as w_q; got (2, 1)
self_attention(X, E[:1], E, E) -> w_q must have shape (2, 2), a row per feature; got (1, 2)
self_attention(X, E, E, [1.0]) -> \
w_v must have shape (features, d_v), at least one of each; got (1,)
self_attention(X, E, E, E[:1]) -> w_v must have shape (2, 2), a row per feature; got (1, 2)
self_attention(X, E + np.nan, E, E) -> w_q must be finite, as float64; got nan
self_attention(X, E, E + np.inf, E) -> w_k must be finite, as float64; got inf
self_attention(X, E, E, E + np.inf) -> w_v must be finite, as float64; got inf
self_attention(X, E, E, E, heads=3) -> heads must divide d_k, which is 2; got 3
self_attention(X, E, E, E[:, :1], heads=2) -> heads must divide d_v, which is 1; got 2
self_attention(X, E, E, E, heads=0) -> heads must be one whole number above 0; got 0
self_attention(X, E, E, E, heads=True) -> heads must be one whole number above 0; got True
self_attention(X, E, E, E, heads=1.0) -> heads must be one whole number above 0; got 1.0
self_attention(X, E, E, E, [1]) -> mask must have shape (2,), one switch per step; got (1,)
self_attention(X, E, E, E, positions=[[1.0]]) -> \
positions must have shape (2, 2), a vector per step; got (1, 1)
self_attention(X, E, E, E, positions=X + np.nan) -> positions must be finite, as float64; got nan
self_attention([[1e308]], E[:1], E[:1], E[:1], positions=[[1e308]]) -> \
x + positions must be finite, as float64; got inf
self_attention(X * 1e300, E * 1e10, E, E) -> every query must be finite, as float64; got inf
self_attention(X * 1e300, E, E * 1e10, E) -> every key must be finite, as float64; got inf
self_attention(X * 1e300, E, E, E * 1e10) -> every value must be finite, as float64; got inf
self_attention(X * 1e200, E, E, E) -> every logit must be finite, as float64; got inf
self_attention(X, E, E, E, temperature=0) -> temperature must be one finite number above 0; got 0
sinusoidal(0, 1) -> steps must be one whole number above 0; got 0
sinusoidal(1, 2.0) -> features must be one whole number above 0; got 2.0
"""
CASES = [line.split(" -> ") for line in WRONG.strip().splitlines()]


@pytest.mark.parametrize(("call", "message"), CASES, ids=[call for call, _ in CASES])
def test_an_error_states_the_rule_and_what_came(call, message):
    # Also where NumPy would complain first, were it asked to.
    with np.errstate(over="raise", invalid="raise"), pytest.raises(ValueError) as error:
        eval(call, vars(attention) | {"np": np, "X": X, "E": E, "BATCH": BATCH})
    assert str(error.value) == message
    assert error.value.__cause__ is None, "one error, not two"


@pytest.mark.parametrize(
    "temperature",
    [
        0,
        -1,
        -0.0,
        np.nan,
        np.inf,
        np.float32(np.inf),
        "hot",
        True,
        np.True_,
        [1],
        None,
        1j,
        10**400,
    ],
    ids=lambda temperature: str(temperature)[:9],
)
def test_a_temperature_is_one_finite_number_above_0(temperature):
    with pytest.raises(ValueError) as error:
        softmax([1.0], temperature=temperature)
    assert str(error.value) == f"temperature must be one finite number above 0; got {temperature!r}"
