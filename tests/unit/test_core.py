"""The core: examples that one can check on paper, masks, batches, precision and limits."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

import attention
from attention import attend, dot_product, gate, softmax
from attention.checks import visible


def test_the_public_names_are_these():
    traces = ["SelfAttentionTrace", "Trace"]
    functions = ["attend", "dot_product", "gate", "self_attention", "sinusoidal", "softmax"]
    assert attention.__all__ == traces + functions


def test_ghosts_keep_eight_percent_under_tanh_and_nothing_without():
    # W = 0 and five steps, a bias of −100 on one of them
    ghost = {"x": np.zeros((5, 1)), "w": [0], "b": [0, 0, 0, 0, -100]}
    np.testing.assert_allclose(attend(**ghost).weights, [0.2289] * 4 + [0.0842], atol=5e-5)
    assert attend(**ghost, activation="linear").weights[4] < 1e-43


def test_a_bias_on_every_step_changes_nothing_without_tanh():
    x, w = [[1.0, 2.0], [3.0, -1.0]], [0.5, 0.25]
    plain = attend(x, w, activation="linear").weights
    np.testing.assert_allclose(attend(x, w, [-100, -100], activation="linear").weights, plain)


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
    many.append(dot_product(x, w, mask, scale=True))  # one query for all
    for i, j in np.ndindex(2, 4):
        one = [
            attend(x[i, j], w, b, mask[i, j]),
            dot_product(x[i, j], query[i, j], mask[i, j]),
            gate(x[i, j, :, 0], square, b, mask[i, j]),
            dot_product(x[i, j], w, mask[i, j], scale=True),
        ]
        for batch, single in zip(many, one, strict=True):
            for name, stage in vars(single).items():
                assert np.array_equal(getattr(batch, name)[i, j], stage), name


def test_a_thousand_steps_with_the_largest_numbers_stay_finite():
    x = np.where(np.arange(64_000).reshape(1000, 64) % 2, 1e6, -1e6)
    trace = attend(x, np.full(64, 1e6), np.full(1000, -1e6), activation="linear")
    assert all(np.isfinite(stage).all() for stage in vars(trace).values())
    assert trace.weights.sum() == pytest.approx(1)


def test_one_mask_serves_a_whole_batch():
    x, mask = np.random.default_rng(2).normal(size=(2, 4, 5, 3)), np.array([1, 0, 1, 1, 0])
    many = np.broadcast_to(mask, (2, 4, 5))
    for one, each in (
        (attend(x, [1, 2, 3], mask=mask), attend(x, [1, 2, 3], mask=many)),
        (gate(x[..., 0], np.eye(5), mask=mask), gate(x[..., 0], np.eye(5), mask=many)),
    ):
        np.testing.assert_array_equal(one.output, each.output)
    shown = visible(mask, (2, 4, 5))
    assert shown.shape == (2, 4, 5) and shown.dtype == bool and (shown == mask).all()


def test_sums_are_taken_from_left_to_right_to_the_last_bit():
    random = np.random.default_rng(3)
    x, w = random.uniform(-1e6, 1e6, (16, 8)), random.uniform(-1e6, 1e6, 8)
    trace = attend(x, w, activation="linear", temperature=1e12)
    assert trace.logits.tolist() == [_from_the_left(row * w) for row in x]
    assert trace.output.tolist() == [_from_the_left(column * trace.weights) for column in x.T]
    square = random.uniform(-1e6, 1e6, (16, 16))
    logits = gate(x[:, 0], square).logits
    assert logits.tolist() == [_from_the_left(column * x[:, 0]) for column in square.T]


def _from_the_left(numbers):
    total = 0.0
    for number in numbers.tolist():
        total += number
    return total


@pytest.mark.parametrize("dtype", [np.float16, np.int8, np.uint16, np.int64, bool, np.longdouble])
def test_all_but_float32_is_computed_in_float64(dtype):
    trace = attend(np.array([[1, 0], [0, 1]], dtype), [np.log(3), 0], activation="linear")
    assert {stage.dtype for stage in vars(trace).values()} == {np.dtype(np.float64)}
    np.testing.assert_allclose(trace.weights, [0.75, 0.25], rtol=1e-15)


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


def test_what_is_hidden_and_no_number_is_read_as_0():
    mask = [0, 1]
    assert attend(
        [[np.nan], [1.0]], [2.0], [5.0, 5.0], mask, activation="linear"
    ).logits.tolist() == [
        5.0,
        7.0,
    ]
    assert softmax([np.nan, 1.0], mask).tolist() == [0.0, 1.0]
    batch = attend(
        [[[np.inf, 1, 0], [2, 3, 0]], [[4, 5, 0], [6, 7, 0]]], [1, 1, 1], mask=[[0, 1], [1, 0]]
    )
    assert batch.logits.tolist() == [[1.0, 5.0], [9.0, 13.0]]


def test_a_hidden_logit_may_overflow():
    for trace in (
        attend([[1e300], [1.0]], [1e300], mask=[0, 1], activation="linear"),
        gate([1.0, 1e300], [[1, 1], [1e300, 1]], mask=[0, 1]),
        dot_product([[1e300], [1.0]], [1e300], mask=[0, 1]),
    ):
        assert all(np.isfinite(stage).all() for stage in vars(trace).values())


def test_scores_far_below_the_highest_weigh_nothing_and_nobody_is_warned():
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert softmax([0.0, -1e308], temperature=1e-3).tolist() == [1.0, 0.0]
        assert softmax([0.0, -1e308], [0, 0], temperature=1e-3).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("temperature", [2, 2.0, np.float32(2), np.float16(2), np.int8(2)])
def test_a_temperature_may_be_any_kind_of_number(temperature):
    np.testing.assert_array_equal(softmax([0, 2], temperature=temperature), softmax([0, 1]))


def test_a_temperature_may_be_as_large_as_a_float():
    assert softmax([0, 1], temperature=10**300).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_coldest_temperature_gives_all_to_the_highest(dtype):
    weights = softmax(np.array([3, 3, 1], dtype), temperature=1e-320)
    assert weights.tolist() == [0.5, 0.5, 0.0] and weights.dtype == dtype


def test_nothing_visible_gives_zeros():
    for trace in (attend([[1.0]], [1.0], mask=[0]), gate([1.0], [[1.0]], mask=[0])):
        assert trace.weights.tolist() == trace.output.tolist() == [0.0]
        assert not np.signbit(trace.weights), "nor −0"


def test_a_trace_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        attend([[1.0]], [1.0]).weights = None


def test_arguments_are_left_as_they_were():
    x, w, mask = np.array([[1.0, np.nan]]), np.array([1.0, 1.0]), np.array([False])
    attend(x, w, mask=mask)
    assert np.isnan(x[0, 1]) and w.tolist() == [1, 1] and not mask[0]
