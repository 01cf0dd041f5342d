"""The core: examples that one can check on paper, and errors that say what to do."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

import attention
from attention import attend, dot_product, gate, softmax


def test_the_public_names_are_these():
    assert attention.__all__ == ["Trace", "attend", "dot_product", "gate", "softmax"]


def test_softmax_of_one_and_zero_is_that_of_the_textbook():
    np.testing.assert_allclose(softmax([0.0, 1.0]), [0.26894142, 0.73105858], atol=1e-8)


def test_ghosts_keep_eight_percent_under_tanh_and_nothing_without():
    # W = 0 and five steps, a bias of −100 on one of them
    ghost = {"x": np.zeros((5, 1)), "w": [0], "b": [0, 0, 0, 0, -100]}
    np.testing.assert_allclose(attend(**ghost).weights, [0.2289] * 4 + [0.0842], atol=5e-5)
    assert attend(**ghost, activation="linear").weights[4] < 1e-43


def test_under_tanh_no_step_weighs_more_than_e_squared_times_another():
    weights = attend([[1e6], [-1e6]], [1]).weights
    assert weights[0] / weights[1] == pytest.approx(np.e**2)


def test_a_bias_on_every_step_changes_nothing_without_tanh():
    x, w = [[1.0, 2.0], [3.0, -1.0]], [0.5, 0.25]
    plain = attend(x, w, activation="linear").weights
    np.testing.assert_allclose(attend(x, w, [-100, -100], activation="linear").weights, plain)


def test_the_output_is_the_weighted_sum_of_the_rows():
    trace = attend([[10, 0], [0, 10]], [0, 0])
    assert trace.output.tolist() == [5.0, 5.0]


def test_a_gate_keeps_one_number_a_step():
    trace = gate([3.0, 5.0, 7.0], np.zeros((3, 3)))
    np.testing.assert_allclose(trace.output, [1, 5 / 3, 7 / 3])


def test_scaling_divides_by_the_root_of_the_number_of_features():
    x, query = np.ones((2, 9)), np.ones(9)
    assert dot_product(x, query, scale=True).scores.tolist() == [3.0, 3.0]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precision_is_kept(dtype):
    x = np.ones((3, 2), dtype)
    traces = [attend(x, [1, 2], [0, 1, 2]), gate(x[:, 0], np.ones((3, 3))), dot_product(x, [1, 2])]
    for trace in traces:
        assert all(stage.dtype == dtype for stage in vars(trace).values())


def test_leading_axes_are_batches():
    random = np.random.default_rng(0)
    x, query = random.normal(size=(2, 4, 5, 3)), random.normal(size=(2, 4, 3))
    w, b, mask = random.normal(size=3), random.normal(size=5), random.integers(0, 2, (2, 4, 5))
    square = random.normal(size=(5, 5))
    many = [attend(x, w, b, mask), dot_product(x, query, mask), gate(x[..., 0], square, b, mask)]
    for i, j in np.ndindex(2, 4):
        one = [
            attend(x[i, j], w, b, mask[i, j]),
            dot_product(x[i, j], query[i, j], mask[i, j]),
            gate(x[i, j, :, 0], square, b, mask[i, j]),
        ]
        for batch, single in zip(many, one, strict=True):
            for name, stage in vars(single).items():
                np.testing.assert_array_equal(getattr(batch, name)[i, j], stage)


def test_a_thousand_steps_with_the_largest_numbers_stay_finite():
    x = np.where(np.arange(64_000).reshape(1000, 64) % 2, 1e6, -1e6)
    trace = attend(x, np.full(64, 1e6), np.full(1000, -1e6), activation="linear")
    assert all(np.isfinite(stage).all() for stage in vars(trace).values())
    assert trace.weights.sum() == pytest.approx(1)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_hidden_never_reaches_the_output(bad):
    x, mask = np.array([[1.0, 2.0], [bad, bad], [3.0, 4.0]]), [True, False, True]
    clean = np.where(np.isfinite(x), x, 5.0)
    for compute in (
        lambda x: attend(x, [1, 1], [0, 0, 0], mask),
        lambda x: dot_product(x, [1, 1], mask),
        lambda x: gate(x[:, 0], np.ones((3, 3)), None, mask),
    ):
        dirty = compute(x)
        np.testing.assert_array_equal(dirty.output, compute(clean).output)
        assert dirty.weights[1] == 0
        assert all(np.isfinite(stage).all() for stage in vars(dirty).values())


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_coldest_temperature_gives_all_to_the_highest(dtype):
    weights = softmax(np.array([3, 3, 1], dtype), temperature=1e-320)
    assert weights.tolist() == [0.5, 0.5, 0.0] and weights.dtype == dtype


def test_nothing_visible_gives_zeros():
    for trace in (attend([[1.0]], [1.0], mask=[0]), gate([1.0], [[1.0]], mask=[0])):
        assert trace.weights.tolist() == trace.output.tolist() == [0.0]


def test_a_trace_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        attend([[1.0]], [1.0]).weights = None


def test_arguments_are_left_as_they_were():
    x, w, mask = np.array([[1.0, np.nan]]), np.array([1.0, 1.0]), np.array([False])
    attend(x, w, mask=mask)
    assert np.isnan(x[0, 1]) and w.tolist() == [1, 1] and not mask[0]


X = [[1.0, 2.0], [3.0, 4.0]]
WRONG = {
    "x has one axis": (
        lambda: attend([1.0], [1.0]),
        r"x must have shape .*steps, features.*\(1,\)",
    ),
    "x is ragged": (lambda: attend([[1.0], [1.0, 2.0]], [1.0]), "rows of different lengths"),
    "x is text": (lambda: attend([["1"]], [1.0]), "x must be numbers"),
    "x is empty": (lambda: attend(np.ones((0, 2)), [1.0, 1.0]), "at least one"),
    "w is short": (lambda: attend(X, [1.0]), r"w must have shape \(2,\).*got \(1,\)"),
    "b is long": (lambda: attend(X, [1, 1], [0, 0, 0]), r"b must have shape \(2,\).*got \(3,\)"),
    "mask is long": (lambda: attend(X, [1, 1], mask=[1, 1, 1]), r"mask must have shape.*\(3,\)"),
    "mask is 2": (lambda: attend(X, [1, 1], mask=[1, 2]), "only 1 .* and 0 .*got 2"),
    "x is NaN": (lambda: attend([[np.nan]], [1.0]), "x must be finite.*nan"),
    "w is infinite": (lambda: attend([[1.0]], [np.inf]), "w must be finite.*inf"),
    "b is NaN": (lambda: attend([[1.0]], [1.0], [np.nan]), "b must be finite.*nan"),
    "the sum overflows": (lambda: attend([[1e300]], [1e300]), "logit must be finite.*inf"),
    "activation": (lambda: attend(X, [1, 1], activation="relu"), "tanh, linear; got 'relu'"),
    "temperature 0": (lambda: softmax([1.0], temperature=0), "above 0; got 0"),
    "temperature below": (lambda: softmax([1.0], temperature=-1), "above 0; got -1"),
    "temperature NaN": (lambda: softmax([1.0], temperature=np.nan), "above 0; got nan"),
    "temperature text": (lambda: softmax([1.0], temperature="hot"), "above 0; got 'hot'"),
    "temperature True": (lambda: softmax([1.0], temperature=True), "above 0; got True"),
    "temperature list": (lambda: softmax([1.0], temperature=[1, 2]), r"above 0; got \[1, 2\]"),
    "scores are one number": (lambda: softmax(1.0), r"scores must have shape.*got \(\)"),
    "scores are NaN": (lambda: softmax([np.nan, 1.0]), "scores must be finite.*nan"),
    "gate w": (lambda: gate([1.0, 2.0], [1.0, 2.0]), r"w must have shape \(2, 2\).*got \(2,\)"),
    "query": (lambda: dot_product(X, [1.0]), r"query must have shape \(2,\).*got \(1,\)"),
    "query NaN": (lambda: dot_product(X, [1.0, np.nan]), "query must be finite.*nan"),
}


@pytest.mark.parametrize(("call", "message"), WRONG.values(), ids=WRONG)
def test_an_error_states_the_rule_and_what_came(call, message):
    with pytest.raises(ValueError, match=message):
        call()
