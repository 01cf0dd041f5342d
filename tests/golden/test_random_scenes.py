"""NumPy, browser and Keras on thousands of scenes that nobody thought of: the same to 1e-6."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from promise import Held, hold
from random_scenes import MANY, TOGETHER, Family, families
from twins import STAGES, families_in_browser, family_in_keras, family_in_numpy

from attention import Trace
from attention.scene import COLDEST, HOTTEST, LARGEST_NUMBER, MOST_COLUMNS, MOST_ROWS

FAMILIES = families()


@pytest.fixture(scope="module")
def numpy() -> list[Trace]:
    return [family_in_numpy(family) for family in FAMILIES]


@pytest.fixture(scope="module")
def numpy_in_float32() -> list[Trace]:
    return [family_in_numpy(family, np.float32) for family in FAMILIES]


def assert_kept(held: Held, outright: int = MANY) -> None:
    """The promise is kept in all, and so many need no allowance for rounding."""
    broken = [(FAMILIES[i // TOGETHER], i % TOGETHER) for i in np.flatnonzero(~held.kept)]
    assert not broken, f"{len(broken)} of {MANY} break the promise, first {broken[0]}"
    assert len(held.kept) == MANY and held.outright.sum() >= outright


def test_browser_and_numpy_agree_to_1e_6_on_many_scenes(blank_page, numpy):
    held = hold(FAMILIES, families_in_browser(blank_page, FAMILIES), numpy)
    assert_kept(held)
    # Both add in the same order, so that even huge sums come out alike, to the last bit.
    assert held.apart["logits"].max() == 0


def test_keras_and_numpy_agree_to_1e_6_on_many_scenes_in_float64(numpy):
    # Another processor may add in another order: a few scenes are then within rounding only.
    assert_kept(hold(FAMILIES, map(family_in_keras, FAMILIES), numpy), MANY * 0.99)


def test_keras_and_numpy_agree_on_many_scenes_in_float32(numpy_in_float32):
    # Here how a processor adds, with vectors of its own length, decides one scene in fifty.
    found = (family_in_keras(family, "float32") for family in FAMILIES)
    assert_kept(hold(FAMILIES, found, numpy_in_float32, np.float32), MANY * 0.95)


def test_numpy_in_float32_agrees_with_float64_on_many_scenes(numpy, numpy_in_float32):
    assert {stage.dtype for one in numpy_in_float32 for stage in vars(one).values()} == {
        np.dtype(np.float32)
    }
    assert_kept(hold(FAMILIES, numpy_in_float32, numpy, np.float32), MANY * 0.95)


def test_weights_are_shares_of_one_whatever_comes(numpy, numpy_in_float32):
    for family, *traces in zip(FAMILIES, numpy, numpy_in_float32, strict=True):
        for trace, tolerance in zip(traces, (1e-12, 1e-6), strict=True):
            weights, visible = trace.weights, family.shown.any(axis=1)
            assert (weights >= 0).all() and (weights[~family.shown] == 0).all()
            assert (np.abs(weights.sum(axis=1) - visible) < tolerance).all()
            assert all(np.isfinite(stage).all() for stage in vars(trace).values())


def test_the_scenes_are_of_all_kinds_and_sizes(numpy):
    kinds = {(one.kind, one.activation) for one in FAMILIES}
    assert len(kinds) == 8
    assert {one.x.shape[1] for one in FAMILIES} == set(range(1, MOST_ROWS + 1))
    assert {one.x.shape[2] for one in FAMILIES} == set(range(1, MOST_COLUMNS + 1))
    temperatures = [one.temperature for one in FAMILIES]
    assert {COLDEST, 1.0, HOTTEST} < set(temperatures) and len(set(temperatures)) > 50
    assert (min(temperatures), max(temperatures)) == (COLDEST, HOTTEST)
    for part in ("x", "w", "b", "query"):
        given = [getattr(one, part) for one in FAMILIES]
        values = np.concatenate([one.ravel() for one in given if one is not None])
        assert {-LARGEST_NUMBER, 0, LARGEST_NUMBER} < set(values)
        assert np.signbit(values[values == 0]).any(), f"{part} has a −0"
    assert any(one.b is None for one in FAMILIES) and any(one.mask is None for one in FAMILIES)
    shown = [one.shown.sum(axis=1) for one in FAMILIES if one.mask is not None]
    assert (np.concatenate(shown) == 0).sum() > 100, "nothing is visible"
    both = list(zip(FAMILIES, numpy, strict=True))
    tied = [(one.weights[:, 0] == one.weights[:, -1])[family.shown[:, 0]] for family, one in both]
    assert sum(one.any() for one in tied) > 10, "steps weigh the same"
    flat = [family.has_tanh and (np.abs(one.scores) == 1).any() for family, one in both]
    assert sum(flat) > 10, "tanh is saturated"


def small(family: Family) -> Family:
    """The same with all numbers within ±1, and no temperature that would enlarge them."""
    given = {part: getattr(family, part) for part in ("x", "w", "b", "query")}
    within = {
        part: one / max(1, np.abs(one).max()) for part, one in given.items() if one is not None
    }
    return replace(family, **within, temperature=max(1.0, family.temperature))


@pytest.mark.parametrize("too_much", [2e-6, np.nan])
@pytest.mark.parametrize("stage", STAGES)
def test_two_millionths_too_many_break_the_promise(stage, too_much):
    for family in map(small, FAMILIES[:50]):
        right = family_in_numpy(family)
        wrong = getattr(right, stage).copy()
        wrong[:, 0] += too_much
        assert not hold([family], [replace(right, **{stage: wrong})], [right]).kept.any()
