"""Two correct programs may be as far apart as rounding takes them, and no farther."""

from __future__ import annotations

import numpy as np
import pytest
from effort import many
from hypothesis import given, settings
from lesson_scenes import LESSONS, SHIPPED
from scenes import VECTOR_KINDS, as_scene, scenes

from attention.precision import tolerance
from attention.scene import Scene


@pytest.mark.parametrize("name", SHIPPED)
def test_lessons_are_held_to_the_fifth_decimal(name):
    stages = vars(tolerance(LESSONS[name].start, 1e-5)).values()
    assert all((stage == 1e-5).all() for stage in stages)


@settings(max_examples=many(50, 100))
def small(fields):
    """The same with no number beyond ±3: a score of self-attention multiplies four of them."""
    matrices = {name: fields[name] for name in ("x", "wq", "wk", "wv", "pos")}
    clipped = {name: one and np.clip(one, -3, 3).tolist() for name, one in matrices.items()}
    return fields | clipped


@given(
    fields=scenes(largest=100, kinds=VECTOR_KINDS) | scenes(3, kinds=["self_attention"]).map(small)
)
def test_ordinary_scenes_are_held_to_the_fifth_decimal(fields):
    scene = as_scene(fields)
    tolerances, output = vars(tolerance(scene, 1e-5)), scene.trace().output
    # Of an output beyond 37 the article's epsilon alone may take more: 2.72e-7 of it.
    epsilon = 2.72e-7 * np.abs(output) if scene.has_tanh and scene.temperature == 1 else 0
    assert (tolerances.pop("output") <= np.maximum(1e-5, 1.01 * epsilon)).all()
    assert all((stage == 1e-5).all() for stage in tolerances.values())


def test_there_is_room_for_sums_in_another_order():
    random, farthest = np.random.default_rng(0), 0.0
    for _ in range(200):
        # Two rows of the same products in another order: equal on paper, not in 64 bits.
        row = random.uniform(-1e6, 1e6, 8)
        x, w = np.array([row, random.permutation(row)]), np.full(8, random.uniform(-1e6, 1e6))
        fields = {"rows": ["a", "b"], "columns": list("abcdefgh"), "activation": "linear"}
        fields |= {"w": w.tolist(), "temperature": 10.0 ** random.uniform(-2, 3)}
        scene = Scene(x=x.tolist(), **fields)
        # Columns in another order: the same scene.
        here, there = (vars(Scene(x=one.tolist(), **fields).trace()) for one in (x, x[:, ::-1]))
        there["output"] = there["output"][::-1]
        for stage, room in vars(tolerance(scene, 1e-6)).items():
            assert (np.abs(here[stage] - there[stage]) <= room).all()
        farthest = max(farthest, np.abs(here["weights"] - there["weights"]).max())
    assert farthest > 0.01, "rounding must have decided somewhere"


def test_each_number_has_its_own_room():
    huge = {"rows": ["a", "b"], "columns": ["f", "g"], "x": [[1e6, 1], [1, 1]], "w": [1e6, 1]}
    flat = tolerance(Scene(**huge), 1e-5)
    assert flat.logits[0] > 1e-3 and flat.logits[1] == 1e-5
    # Where tanh is flat, rounding says nothing; and a hidden row moves no weight.
    hidden = tolerance(Scene(**huge, activation="linear", mask=[False, True]), 1e-5)
    assert all((room == 1e-5).all() for room in (flat.scores, flat.weights, hidden.weights))
