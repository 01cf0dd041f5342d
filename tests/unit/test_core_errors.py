"""Every error of the core states the rule, what is allowed and what came, word for word."""

from __future__ import annotations

import numpy as np
import pytest

from attention import attend, dot_product, gate, softmax

X = [[1.0, 2.0], [3.0, 4.0]]
BATCH = np.ones((3, 2, 1))
WRONG = {
    "x has one axis": (
        lambda: attend([1.0], [1.0]),
        "x must have shape (..., steps, features), at least one of each; got (1,)",
    ),
    "x is ragged": (
        lambda: attend([[1.0], [1.0, 2.0]], [1.0]),
        "x must be numbers of shape (..., steps, features); got rows of different lengths",
    ),
    "x is text": (
        lambda: attend([["1"]], [1.0]),
        "x must be numbers of shape (..., steps, features); got str32",
    ),
    "x is complex": (
        lambda: dot_product([[1j]], [1.0]),
        "x must be numbers of shape (..., steps, features); got complex128",
    ),
    "x is empty": (
        lambda: attend(np.ones((0, 2)), [1.0, 1.0]),
        "x must have shape (..., steps, features), at least one of each; got (0, 2)",
    ),
    "x is NaN": (
        lambda: attend([[np.nan], [np.inf]], [1.0]),
        "x must be finite, as float64; got nan",
    ),
    "x is infinite in float32": (
        lambda: attend(np.array([[np.inf]], np.float32), [1.0]),
        "x must be finite, as float32; got inf",
    ),
    "w is one number": (
        lambda: attend(X, 1.0),
        "w must have shape (2,), one weight a feature; got ()",
    ),
    "w is short": (
        lambda: attend(X, [1.0]),
        "w must have shape (2,), one weight a feature; got (1,)",
    ),
    "w is text": (
        lambda: attend(X, ["a", "b"]),
        "w must be numbers of shape (2,), one weight a feature; got str32",
    ),
    "w is infinite": (
        lambda: attend([[1.0]], [np.inf]),
        "w must be finite, as float64; got inf",
    ),
    "w is too large for float32": (
        lambda: attend(np.ones((1, 1), np.float32), [1e300]),
        "w must be finite, as float32; got inf",
    ),
    "b is long": (
        lambda: attend(X, [1, 1], [0, 0, 0]),
        "b must have shape (2,), one bias a step; got (3,)",
    ),
    "b is NaN": (
        lambda: attend([[1.0]], [1.0], [np.nan]),
        "b must be finite, as float64; got nan",
    ),
    "mask is long": (
        lambda: attend(X, [1, 1], mask=[1, 1, 1]),
        "mask must have shape (2,), one switch a step; got (3,)",
    ),
    "mask of a batch is long": (
        lambda: attend(BATCH, [1], mask=[1, 1, 1]),
        "mask must have shape (3, 2) or (2,), one switch a step; got (3,)",
    ),
    "mask of two batch axes": (
        lambda: attend(BATCH[None], [1], mask=np.ones((3, 2))),
        "mask must have shape (1, 3, 2) or (2,), one switch a step; got (3, 2)",
    ),
    "mask is text": (
        lambda: attend(X, [1, 1], mask=["1", "0"]),
        "mask must be numbers of shape (2,); got str32",
    ),
    "mask is 2": (
        lambda: attend(X, [1, 1], mask=[2, 3]),
        "mask must hold only 1 (visible) and 0 (hidden); got 2.0",
    ),
    "the sum overflows": (
        lambda: attend([[1e300]], [1e300]),
        "every logit must be finite, as float64; got inf",
    ),
    "infinities cancel": (
        lambda: attend([[1e300, 1e300]], [1e300, -1e300]),
        "every logit must be finite, as float64; got nan",
    ),
    "activation": (
        lambda: attend(X, [1, 1], activation="relu"),
        "activation must be one of tanh, linear; got 'relu'",
    ),
    "scores are one number": (
        lambda: softmax(1.0),
        "scores must have shape (..., steps), at least one of each; got ()",
    ),
    "scores are NaN": (
        lambda: softmax([np.nan, 1.0]),
        "scores must be finite, as float64; got nan",
    ),
    "gate x is one number": (
        lambda: gate(1.0, [[1.0]]),
        "x must have shape (..., steps), at least one of each; got ()",
    ),
    "gate x is NaN": (
        lambda: gate([np.nan], [[1.0]]),
        "x must be finite, as float64; got nan",
    ),
    "gate w": (
        lambda: gate([1.0, 2.0], [1.0, 2.0]),
        "w must have shape (2, 2), from every step to every step; got (2,)",
    ),
    "gate b is long": (
        lambda: gate([1.0], [[1.0]], [1.0, 2.0]),
        "b must have shape (1,), one bias a step; got (2,)",
    ),
    "gate b is NaN": (
        lambda: gate([1.0], [[1.0]], [np.nan]),
        "b must be finite, as float64; got nan",
    ),
    "gate overflows": (
        lambda: gate([1e300], [[1e300]]),
        "every logit must be finite, as float64; got inf",
    ),
    "query is one number": (
        lambda: dot_product(X, 1.0),
        "query must have shape (features,), at least one of each; got ()",
    ),
    "query is short": (
        lambda: dot_product(X, [1.0]),
        "query must have shape (2,), one number a feature; got (1,)",
    ),
    "queries of another batch": (
        lambda: dot_product(BATCH, [[1.0]]),
        "query must have shape (3, 1), one number a feature; got (1, 1)",
    ),
    "query is NaN": (
        lambda: dot_product(X, [1.0, np.nan]),
        "query must be finite, as float64; got nan",
    ),
}
COMPLEX, LONG = np.complex64(1), 10**400


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=WRONG)
def test_an_error_states_the_rule_and_what_came(call, message):
    # Also where NumPy would complain first, were it asked to.
    with np.errstate(over="raise", invalid="raise"), pytest.raises(ValueError) as error:
        call()
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
        [1, 2],
        None,
        COMPLEX,
        LONG,
    ],
    ids=lambda temperature: str(temperature)[:9],
)
def test_a_temperature_is_one_finite_number_above_0(temperature):
    with pytest.raises(ValueError) as error:
        softmax([1.0], temperature=temperature)
    assert str(error.value) == f"temperature must be one finite number above 0; got {temperature!r}"
