"""The page's training steps, by gradients in closed form, are those of real Keras layers."""

from __future__ import annotations

import json
from itertools import product

import make_descent
import numpy as np
import pytest
from effort import many
from twins import descents_in_browser

GOLDEN = json.loads(make_descent.FILE.read_text("utf-8"))
PARTS = {"w", "b", "query"}


def flat(point: dict) -> dict[str, np.ndarray]:
    """The numbers of a point by name."""
    both = {
        f"{what} of {part}": np.ravel(point[what][part])
        for what, part in product(("numbers", "gradients"), PARTS & set(point["numbers"]))
    }
    return both | {name: np.array([point[name]], float) for name in ("loss", "penalty")}


def assert_alike(case: dict, got: dict, expected: dict, tolerance: float) -> None:
    assert (got["end"], len(got["points"])) == (expected["end"], len(expected["points"])), case
    for step, (mine, theirs) in enumerate(zip(got["points"], expected["points"], strict=True)):
        mine, theirs = flat(mine), flat(theirs)
        assert set(mine) == set(theirs)
        for name, numbers in theirs.items():
            apart = np.abs(mine[name] - numbers)
            assert (apart <= tolerance * np.maximum(1, np.abs(numbers))).all(), (
                f"step {step}: {name} is {mine[name]}, not {numbers}, of {case}"
            )


def test_the_golden_file_has_todays_cases_and_what_keras_makes_of_them():
    cases = make_descent.cases()
    assert [{name: case[name] for name in cases[0]} for case in GOLDEN] == cases
    for case in GOLDEN[::5] + GOLDEN[-4:]:
        assert_alike(case, make_descent.in_keras(case), case, 1e-12)


def test_the_golden_file_comes_to_every_end():
    assert [case["end"] for case in GOLDEN[-4:]] == ["arrived", "still", "diverged", None]
    assert GOLDEN[-1]["points"][0]["gradients"]["b"][0] == -1  # its weight rounds to 0


def test_the_browser_takes_the_steps_of_the_golden_file(blank_page):
    for case, found in zip(GOLDEN, descents_in_browser(blank_page, GOLDEN), strict=True):
        assert_alike(case, found, case, 1e-9)


def test_the_browser_takes_keras_steps_from_scenes_that_nobody_thought_of(blank_page):
    random = np.random.default_rng(1965)
    every = list(product(make_descent.LAYERS, make_descent.RULES)) * many(1, 4)
    cases = [
        make_descent.draw(random, *one, int(random.integers(1, 17)), random.choice([0.1, 1, 3]))
        for one in every
    ]
    for case, found in zip(cases, descents_in_browser(blank_page, cases), strict=True):
        assert_alike(case, found, make_descent.in_keras(case), 1e-9)


@pytest.mark.parametrize("name", sorted(flat(GOLDEN[0]["points"][0])))
def test_a_number_that_is_wrong_is_found(name):
    case = GOLDEN[0]
    wrong = json.loads(json.dumps(case))
    what, _, part = name.partition(" of ")
    point = wrong["points"][1]
    if part:
        point[what][part][0] += 2e-9 * max(1, abs(point[what][part][0]))
    else:
        point[what] += 2e-9 * max(1, abs(point[what]))
    with pytest.raises(AssertionError, match=f"step 1: {name}"):
        assert_alike(case, wrong, case, 1e-9)
