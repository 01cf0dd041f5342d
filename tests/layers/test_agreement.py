"""The page is held to the real layers, and what differs is found and named."""

from __future__ import annotations

import json
import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scenes import CASES, as_scene

from attention.layers.agreement import differences, run
from attention.lessons import load_lessons
from attention.scene import Scene

STAGES = ["logits", "scores", "weights", "output"]
SCENE = Scene(
    rows=["a", "b", "c"],
    columns=["f", "g"],
    x=[[1, 2], [3, 4], [5, 6]],
    w=[0.1, 0.2],
    mask=[True, False, True],
    activation="linear",
)


def shown(scene: Scene) -> dict[str, list]:
    """What the page shows of a scene."""
    return {stage: numbers.tolist() for stage, numbers in vars(scene.trace()).items()}


def disagreements(scene: Scene, page: dict[str, list]) -> dict[str, tuple]:
    """Where which stage disagrees, with both numbers and how far apart they are."""
    return {
        one.stage: (one.index, one.keras, one.page, one.largest)
        for one in differences(scene, page)
        if not one.agrees
    }


@pytest.mark.parametrize("lesson", load_lessons()[0].values(), ids=load_lessons()[0])
def test_keras_agrees_on_every_lesson(lesson):
    found = differences(lesson.start, shown(lesson.start))
    assert [one.stage for one in found] == STAGES
    assert all(one.agrees for one in found), found


@pytest.mark.parametrize("case", CASES[::3], ids=lambda case: case["name"])
def test_keras_agrees_within_the_limits_of_the_page(case):
    scene = as_scene(case)
    assert all(one.agrees for one in differences(scene, shown(scene)))
    shapes = [numbers.shape for numbers in vars(run(scene)).values()]
    assert shapes == [numbers.shape for numbers in vars(scene.trace()).values()]


@pytest.mark.parametrize("stage", STAGES)
def test_a_wrong_number_is_found(stage):
    page = shown(SCENE)
    right = page[stage][1]
    page[stage][1] += 2e-5 * max(1, right)
    found = disagreements(SCENE, page)
    assert set(found) == {stage}
    index, keras, wrong, largest = found[stage]
    assert (index, wrong) == (1, page[stage][1])
    assert keras == pytest.approx(right, rel=1e-12)
    assert largest == abs(keras - wrong)


def test_half_the_tolerance_is_told_and_agrees():
    page = shown(SCENE)
    page["weights"][2] += 5e-6
    weights = differences(SCENE, page)[2]
    assert weights.agrees and weights.index == 2
    assert weights.largest == pytest.approx(5e-6, rel=1e-3)


def test_hidden_steps_have_logits_and_weights_to_agree_on():
    page = shown(SCENE)
    page["logits"][1], page["weights"][1] = 0, 0.01
    assert {stage: found[0] for stage, found in disagreements(SCENE, page).items()} == {
        "logits": 1,
        "weights": 1,
    }


def test_large_numbers_are_compared_relative_to_their_size_and_small_ones_beside_them_are_not():
    scene = SCENE.model_copy(update={"x": [[1e6, 0], [1e6, 0], [1e6, 0]], "w": [1e6, 0]})
    page = shown(scene)
    page["logits"][0] += 1e6  # of 1e12
    page["output"] = [1e6 + 1, 0.5]  # a millionth more, and a half where there is nothing
    found = disagreements(scene, page)
    assert found == {"output": (1, 0.0, 0.5, 0.5)}


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, None])
def test_a_number_that_is_none_is_a_disagreement_that_json_can_tell(number):
    page = shown(SCENE)
    page["scores"] = [page["scores"][0] + 1, number, page["scores"][2]]
    found = differences(SCENE, page)
    assert [one.agrees for one in found] == [True, False, True, True]
    told = json.loads(json.dumps(found[1].model_dump(), allow_nan=False))
    assert (told["index"], told["page"], told["largest"]) == (1, None, None)
    assert told["keras"] == pytest.approx(1.1)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"logits": [1, 2]}, "logits must have 3 numbers; got 2"),
        ({"output": [0] * 10_000}, "output must have 2 numbers; got 10000"),
        ({"scores": [1, "2", 3]}, "scores.1: .* valid number"),
        ({"scores": [1, True, 3]}, "scores.1: .* valid number"),
        ({"weights": {"0": 1}}, "weights: .* valid list"),
        ({"weights": [[1], [2], [3]]}, "weights.0: .* valid number"),
        ({"more": [1]}, "more: Extra inputs"),
    ],
)
def test_what_is_no_trace_of_the_scene_is_an_error_that_says_why(change, rule):
    with pytest.raises(ValueError, match=rule):
        differences(SCENE, shown(SCENE) | change)


def test_a_missing_stage_is_an_error_that_names_it():
    page = shown(SCENE)
    del page["weights"]
    with pytest.raises(ValueError, match="weights: Field required"):
        differences(SCENE, page)


def test_many_visitors_at_once_each_get_the_numbers_of_their_own_scene():
    scenes = [as_scene(case) for case in CASES[::7]]
    alone = [run(scene) for scene in scenes]
    with ThreadPoolExecutor(8) as visitors:
        together = list(visitors.map(run, scenes * 2))
    for one, other in zip(alone * 2, together, strict=True):
        for mine, theirs in zip(vars(one).values(), vars(other).values(), strict=True):
            np.testing.assert_array_equal(mine, theirs)
