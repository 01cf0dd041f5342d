"""The page's training steps, by gradients in closed form, are those of real Keras layers."""

from __future__ import annotations

import json
from itertools import product

import make_descent
import numpy as np
import pytest
from effort import many
from make_descent import RULES
from random_scenes import families
from twins import descents_in_browser

from attention.lessons import load_lessons
from attention.objective import Objective
from attention.precision import step_tolerance
from attention.texts import UserError
from attention.training.agreement import compare_step
from attention.training.descent import descend

GOLDEN = json.loads(make_descent.FILE.read_text("utf-8"))


def flat(point: dict) -> dict[str, np.ndarray]:
    """The numbers of a point by name."""
    both = {
        f"{what} of {part}": np.ravel(point[what][part])
        for what in ("numbers", "gradients")
        for part in point[what]
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
    every = list(product(make_descent.LAYERS, RULES)) * many(1, 4)
    cases = [
        make_descent.draw(random, *one, int(random.integers(1, 17)), random.choice([0.1, 1, 3]))
        for one in every
    ]
    for case, found in zip(cases, descents_in_browser(blank_page, cases), strict=True):
        assert_alike(case, found, make_descent.in_keras(case), 1e-9)


def test_at_the_limits_of_the_page_a_step_is_within_what_rounding_decides(blank_page):
    random = np.random.default_rng(7)
    cases = []
    for i, family in enumerate(families(many(1_000, 10_000))):
        layer = (family.kind, family.activation, family.b is not None)
        case = make_descent.draw(random, layer, RULES[i % len(RULES)], family.x.shape[1], 1)
        scene = {"x": family.x[0], "w": family.w, "b": family.b, "query": family.query[0]}
        case["scene"] |= {
            name: part if part is None else part.tolist() for name, part in scene.items()
        }
        case["scene"]["temperature"] = family.temperature
        cases.append(case | {"steps": 1})
    for case, found in zip(cases, descents_in_browser(blank_page, cases), strict=True):
        scene, objective = make_descent.checked(case)
        page = found["points"][0] | {"numbers": found["points"][-1]["numbers"]}
        assert (held := compare_step(scene, objective, page)).agrees, (held, case)


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


@pytest.mark.parametrize(
    "place", ["loss", "penalty", "gradient of w[0]", "gradient of b[2]", "w[0]", "b[1]"]
)
def test_keras_tells_which_number_of_the_page_s_step_is_wrong(place):
    case = GOLDEN[4]
    step = json.loads(json.dumps(case["points"][0] | {"numbers": case["points"][1]["numbers"]}))
    scene, objective = make_descent.checked(case)
    assert compare_step(scene, objective, step).agrees
    what, _, rest = place.rpartition(" of ")
    name, _, index = rest.rstrip("]").partition("[")
    holder = step["gradients"] if what else step["numbers"] if index else step
    if index:
        holder[name][int(index)] += 2e-5
    else:
        holder[name] += 2e-5
    found = compare_step(scene, objective, step)
    assert (found.stage, found.agrees, found.place) == ("step", False, place)
    assert found.largest == pytest.approx(2e-5) and found.page - found.keras == pytest.approx(2e-5)


def test_a_step_of_other_parameters_is_refused():
    case = GOLDEN[0]
    scene, objective = make_descent.checked(case)
    step = case["points"][0] | {"gradients": {"query": [1.0]}}
    with pytest.raises(UserError, match=r"step must have .* numbers; got"):
        compare_step(scene, objective, step)


@pytest.mark.parametrize("lesson", load_lessons()[0].values(), ids=load_lessons()[0])
def test_steps_of_lessons_are_held_to_the_fifth_decimal(lesson):
    objective = lesson.training or Objective(target=[1.0] * len(lesson.start.rows))
    gradients = descend(lesson.start, objective, 1).points[0].gradients
    found = step_tolerance(
        lesson.start, objective, {name: np.array(one) for name, one in gradients.items()}, 1e-5
    )
    assert found.loss == found.penalty == 1e-5
    assert all((one == 1e-5).all() for one in found.gradients.values())
