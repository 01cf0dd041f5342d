"""NumPy, browser and Keras on thousands of scenes that nobody thought of: the same to 1e-6."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from promise import hold, pairs
from random_scenes import MANY, TOGETHER, Family, families
from twins import STAGES, family_in_numpy

from attention.scene import COLDEST, HOTTEST, LARGEST_NUMBER, MOST_COLUMNS, MOST_ROWS

FAMILIES = families()


# How many need no allowance for rounding. In float32 it matters how a processor adds, with vectors
# of its own length.
OUTRIGHT = {"float64": 0.99, "float32": 0.95, "float32 and float64": 0.95}


def test_numpy_browser_and_keras_agree_to_1e_6_on_many_scenes(blank_page):
    for pair, precision, held in pairs(blank_page, FAMILIES):
        broken = [(FAMILIES[i // TOGETHER], i % TOGETHER) for i in np.flatnonzero(~held.kept)]
        assert not broken, f"{pair}: {len(broken)} of {MANY} break the promise, first {broken[0]}"
        assert len(held.kept) == MANY and held.outright.sum() >= MANY * OUTRIGHT[precision], pair
        if pair == "browser and NumPy":
            # Both add in the same order, so that even huge sums come out alike, to the last bit.
            assert held.outright.all() and held.apart["logits"].max() == 0


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 1e-6)])
def test_weights_are_shares_of_one_whatever_comes(dtype, tolerance):
    for family in FAMILIES:
        trace = family_in_numpy(family, dtype)
        weights, visible = trace.weights, family.shown.any(axis=1)
        assert {stage.dtype for stage in vars(trace).values()} == {np.dtype(dtype)}
        assert (weights >= 0).all() and (weights[~family.shown] == 0).all()
        assert (np.abs(weights.sum(axis=1) - visible) < tolerance).all()
        assert all(np.isfinite(stage).all() for stage in vars(trace).values())


def test_the_scenes_are_of_all_kinds_and_sizes():
    assert len({(one.kind, one.activation) for one in FAMILIES}) == 8
    assert {one.x.shape[1] for one in FAMILIES} == set(range(1, MOST_ROWS + 1))
    assert {one.x.shape[2] for one in FAMILIES} == set(range(1, MOST_COLUMNS + 1))
    temperatures = [one.temperature for one in FAMILIES]
    assert {COLDEST, 1.0, HOTTEST} < set(temperatures) and len(set(temperatures)) > 50
    for part in ("x", "w", "b", "query"):
        given = [getattr(one, part) for one in FAMILIES]
        values = np.concatenate([one.ravel() for one in given if one is not None])
        assert {-LARGEST_NUMBER, 0, LARGEST_NUMBER} < set(values)
        assert np.signbit(values[values == 0]).any(), f"{part} has a −0"
    assert any(one.b is None for one in FAMILIES) and any(one.mask is None for one in FAMILIES)
    assert sum((~one.shown.any(axis=1)).sum() for one in FAMILIES) > 50, "nothing is visible"
    both = [(family, family_in_numpy(family)) for family in FAMILIES]
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
