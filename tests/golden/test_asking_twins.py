"""A scene of self-attention in the browser: its trace, its gradients and its map of the loss."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from effort import many
from playwright.sync_api import Page
from scenes import as_scene
from twins import STAGES, ask, in_browser

from attention.objective import Objective
from attention.training.descent import descend

SMALL = 1e-6  # how far a number is moved for a slope


def random_scene(random: np.random.Generator) -> dict[str, Any]:
    """The fields of a scene, and where its attention should go."""
    steps, features, heads = random.integers(1, 7), random.integers(1, 5), random.integers(1, 5)
    d_k, d_v = (int(heads * random.integers(1, 4 // heads + 1)) for _ in range(2))
    numbers = lambda *shape: random.normal(size=shape).round(3).tolist()  # noqa: E731
    mask = random.random(steps) < 0.8
    mask[0] = True  # nobody asks in vain
    return {
        "kind": "self_attention",
        "x": numbers(steps, features),
        **{
            "wq": numbers(features, d_k),
            "wk": numbers(features, d_k),
            "wv": numbers(features, d_v),
        },
        **{"heads": int(heads), "head": int(random.integers(heads))},
        "causal": bool(random.random() < 0.5),
        "positions": str(random.choice(["none", "sinusoidal", "learned"])),
        "pos": numbers(steps, features),
        "asks": int(random.integers(steps)) if random.random() < 0.8 else None,
        "mask": mask.tolist(),
        "temperature": float(random.choice([0.5, 1, 3])),
        "target": random.random(steps).round(3).tolist(),
        **{"activation": "tanh", "w": None, "b": None, "query": None},
    }


RANDOM = np.random.default_rng(2017)
CASES = [random_scene(RANDOM) for _ in range(many(60, 600))]


def test_the_step_that_asks_gets_what_numpy_gives_it(blank_page: Page) -> None:
    for case, found in zip(CASES, in_browser(blank_page, CASES), strict=True):
        trace = as_scene(case).trace()
        for stage in STAGES:
            assert found[stage] == pytest.approx(getattr(trace, stage), rel=1e-12, abs=1e-12), case


def objective_of(case: dict[str, Any], **rules: Any) -> dict[str, Any]:
    own = {"target": case["target"], "rate": 0.3, "turns": ["wq", "wk"], **rules}
    return Objective.model_validate(own).model_dump(mode="json")


def loss_of(case: dict[str, Any]) -> float:
    """The cross-entropy, by its definition."""
    scene = as_scene(case)
    target = np.array(case["target"]) * scene.seen
    weights = scene.trace().weights
    return float(-(target / target.sum() * np.log(np.where(weights > 0, weights, 1))).sum())


def test_gradients_are_the_slopes_of_the_loss(blank_page: Page) -> None:
    found = ask(
        blank_page,
        "given.map(({ scene, objective }) => descentPoint(scene, objective))",
        [{"scene": one, "objective": objective_of(one)} for one in CASES],
    )
    for case, point in zip(CASES, found, strict=True):
        assert point["loss"] == pytest.approx(loss_of(case), rel=1e-9)
        assert set(point["gradients"]) == {"wq", "wk"}
        for part in ("wq", "wk"):
            for place in np.ndindex(np.shape(case[part])):
                moved = [json.loads(json.dumps(case)) for _ in range(2)]
                for one, by in zip(moved, (SMALL, -SMALL), strict=True):
                    one[part][place[0]][place[1]] += by
                slope = (loss_of(moved[0]) - loss_of(moved[1])) / (2 * SMALL)
                got = point["gradients"][part][place[0]][place[1]]
                assert got == pytest.approx(slope, rel=1e-5, abs=1e-7), (case, part, place)


RULES = [
    {},
    {"wq": {"regularizer": "l2", "strength": 0.01, "constraint": "max_norm"}},
    {"wk": {"regularizer": "l1", "strength": 0.1, "constraint": "unit_norm"}, "turns": ["wk"]},
]


@pytest.mark.parametrize("rules", RULES)
def test_the_browser_takes_the_steps_of_keras_own_layer(blank_page: Page, rules: Any) -> None:
    cases = CASES[: many(4, 40)]
    given = [{"scene": one, "objective": objective_of(one, **rules), "steps": 3} for one in cases]
    found = ask(
        blank_page,
        "given.map(({ scene, objective, steps }) => descend(scene, objective, steps))",
        given,
    )
    for case, one, browser in zip(cases, given, found, strict=True):
        keras = descend(as_scene(case), Objective.model_validate(one["objective"]), 3)
        assert (browser["end"], len(browser["points"])) == (keras.end, len(keras.points))
        for mine, theirs in zip(browser["points"], keras.points, strict=True):
            assert mine["loss"] == pytest.approx(theirs.loss, rel=1e-9, abs=1e-12)
            for part, numbers in theirs.numbers.items():
                assert np.allclose(mine["numbers"][part], numbers, rtol=1e-9, atol=1e-10)
                gradients = theirs.gradients[part]
                assert np.allclose(mine["gradients"][part], gradients, rtol=1e-9, atol=1e-10)


def test_the_map_of_the_loss_is_the_loss_wherever_two_numbers_stand(blank_page: Page) -> None:
    given = [{"scene": {**one, "objective": objective_of(one)}} for one in CASES[:20]]
    found = ask(
        blank_page,
        """given.map(({ scene }) => {
            const learners = learnersOf(scene);
            const [one, other] = [learners[0], learners[learners.length - 1]];
            const moved = structuredClone(scene);
            setLearner(moved, one, 0.7);
            setLearner(moved, other, -1.3);
            const mapped = lossOver(scene, one, other)(0.7, -1.3);
            return [mapped, descentPoint(moved, scene.objective).loss];
        })""",
        given,
        "core/loss-map.js",
    )
    for mapped, there in found:
        assert mapped == pytest.approx(there, rel=1e-9, abs=1e-12)
