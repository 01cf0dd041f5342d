"""NumPy, browser and Keras on scenes that nobody thought of."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scenes import scenes
from twins import agree, epsilon, in_browser, in_keras, in_numpy

RELAXED = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=50, **RELAXED)
@given(many=st.lists(scenes(), min_size=1, max_size=8))
def test_browser_and_numpy_agree_on_every_stage(blank_page, many):
    # Both add in the same order, so even sums in which large numbers cancel come out alike.
    for scene, trace in zip(many, in_browser(blank_page, many), strict=True):
        agree(str(scene), trace, in_numpy(scene), 1e-9)


@settings(max_examples=100, **RELAXED)
@given(scene=scenes(largest=100, coldest=0.5))
def test_keras_and_numpy_agree(scene):
    trace = in_numpy(scene)
    # Keras adds in an order of its own: the last bits of large scores differ, and exp shows them.
    assume(np.abs(trace.scores).max() / scene["temperature"] < 1e6)
    agree(str(scene), in_keras(scene), trace, 1e-8 + epsilon(scene), 100)


@settings(max_examples=150, deadline=None)
@given(scene=scenes())
def test_weights_are_shares_of_one_whatever_comes(scene):
    trace = in_numpy(scene)
    total = trace.weights.sum()
    assert (trace.weights >= 0).all()
    hidden = ~np.array(scene["mask"] or [True] * len(scene["x"]))
    assert (trace.weights[hidden] == 0).all()
    assert total == 0 if hidden.all() else abs(total - 1) < 1e-12
    assert all(np.isfinite(stage).all() for stage in vars(trace).values())
