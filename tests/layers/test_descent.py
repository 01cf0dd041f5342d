"""Gradient descent on the scene: every number of it can be checked on paper or in NumPy."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest

from attention.lessons import load_lessons
from attention.objective import Objective
from attention.scene import Kind, Scene
from attention.texts import UserError
from attention.training.descent import descend

LESSONS = load_lessons()[0]
LINEAR = Scene(
    rows=["a", "b", "c"],
    columns=["f", "g"],
    x=[[1, 2], [3, -1], [0.5, 0]],
    w=[0.2, -0.1],
    b=[0, 0.3, 0],
    activation="linear",
)


def change(scene: Scene, **fields) -> Scene:
    """The scene with other fields, checked."""
    return Scene.model_validate(scene.model_dump() | fields)


def follow(scene: Scene, objective: Objective, most: int = 600) -> tuple[Scene, list, str | None]:
    """Where a run comes to, its losses, and how it ends."""
    way = descend(scene, objective, most)
    losses = [point.loss for point in way.points]
    return change(scene, **way.points[-1].numbers), losses, way.end


def loss_of(scene: Scene, objective: Objective) -> float:
    """Cross-entropy and penalty by the core alone."""
    weights, shares = scene.trace().weights, np.array(objective.target_weights(scene))
    loss = -(shares * np.log(np.where(shares > 0, weights, 1))).sum()
    for part in ("w", "b", "query"):
        rules, numbers = getattr(objective, part), getattr(scene, part)
        numbers = np.array(numbers if numbers is not None else 0.0)
        size = {"l1": np.abs(numbers), "l2": numbers**2, "none": np.zeros(1)}[rules.regularizer]
        loss += rules.strength * size.sum()
    return loss


def slopes_of(scene: Scene, objective: Objective, part: str) -> np.ndarray:
    """How that grows with each number of a part, by central differences."""
    numbers = np.array(getattr(scene, part), float)
    slopes = np.zeros_like(numbers)
    for place in np.ndindex(numbers.shape):
        ends = []
        for side in (-1e-6, 1e-6):
            moved = numbers.copy()
            moved[place] += side
            ends.append(loss_of(change(scene, **{part: moved.tolist()}), objective))
        slopes[place] = (ends[1] - ends[0]) / 2e-6
    return slopes


def scene_of(kind: str, seed: int, **fields) -> Scene:
    """A random scene of four rows and three columns; a gate has one."""
    numbers = np.random.default_rng(seed)
    columns = 1 if kind == "gate" else 3
    return Scene(
        kind=kind,
        rows=list("abcd"),
        columns=list("fgh")[:columns],
        x=numbers.normal(size=(4, columns)).tolist(),
        w=numbers.normal(size=(4, 4) if kind == "gate" else columns).tolist(),
        b=numbers.normal(size=4).tolist(),
        query=numbers.normal(size=columns).tolist(),
        **{"temperature": 1.5} | fields,
    )


def test_the_gradient_of_the_bias_is_weights_minus_targets():
    objective = Objective(target=[0.9, 0.09, 0.01])
    (point, _) = descend(LINEAR, objective, 1).points
    expected = LINEAR.trace().weights - [0.9, 0.09, 0.01]
    np.testing.assert_allclose(point.gradients["b"], expected, rtol=1e-12)
    # And of w, because the logit is x·w + b: the same, times x.
    np.testing.assert_allclose(point.gradients["w"], expected @ np.array(LINEAR.x), rtol=1e-12)
    assert point.loss == pytest.approx(loss_of(LINEAR, objective), rel=1e-12)
    assert point.penalty == 0


def test_a_step_takes_rate_times_gradient_off_and_the_first_point_is_the_scene_itself():
    first, second = descend(LINEAR, Objective(target=[1, 0, 0], rate=0.5), 1).points
    for part in ("w", "b"):
        assert first.numbers[part] == getattr(LINEAR, part)
        by_hand = np.array(first.numbers[part]) - 0.5 * np.array(first.gradients[part])
        np.testing.assert_allclose(second.numbers[part], by_hand, rtol=1e-12)
    assert second.loss < first.loss


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("seed", range(3))
def test_every_kinds_gradients_are_the_slopes_of_the_cores_loss(kind, seed):
    fields = {"activation": ["tanh", "linear"][seed % 2]} if kind == "attention" else {}
    scene = scene_of(kind, seed, mask=[True, seed != 1, True, True], **fields)
    rules = {"regularizer": ["none", "l1", "l2"][seed], "strength": 0.05}
    objective = Objective(target=[1, 2, 0, 3], w=rules, b=rules, query=rules)
    point = descend(scene, objective, 1).points[0]
    assert set(point.gradients) == ({"query"} if scene.is_dot_product else {"w", "b"})
    for part, gradients in point.gradients.items():
        np.testing.assert_allclose(gradients, slopes_of(scene, objective, part), atol=1e-8)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_learns_where_to_look(kind):
    scene, losses, _ = follow(
        scene_of(kind, 5, activation="linear"), Objective(target=[0, 0, 1, 0], rate=0.3), 100
    )
    assert scene.trace().weights[2] > max(0.6, 2 * scene_of(kind, 5).trace().weights[2])
    assert all(later <= earlier + 1e-12 for earlier, later in pairwise(losses))


def test_two_visitors_at_once_each_train_their_own_scene():
    scenes = [change(LINEAR, b=[start, 0, 0]) for start in (0, 1, 2, 3)] * 3
    objective = Objective(target=[0, 1, 0])
    alone = [descend(scene, objective, 5) for scene in scenes]
    with ThreadPoolExecutor(4) as visitors:
        together = list(visitors.map(lambda scene: descend(scene, objective, 5), scenes))
    assert together == alone


def test_a_hidden_row_has_no_gradient_and_stays():
    scene = change(LINEAR, mask=[True, False, True])
    way = descend(scene, Objective(target=[1, 5, 0]), 10)
    assert [point.gradients["b"][1] for point in way.points] == [0.0] * 11
    assert way.points[-1].numbers["b"][1] == 0.3
    assert way.points[-1].numbers["b"][0] > 0


def test_what_may_not_turn_stands_still_and_still_shows_its_gradient():
    way = descend(LINEAR, Objective(target=[1, 0, 0], turns=("b",)), 5)
    assert all(point.numbers["w"] == LINEAR.w for point in way.points)
    assert all(np.any(point.gradients["w"]) for point in way.points)


def test_without_a_bias_only_w_learns():
    way = descend(change(LINEAR, b=None), Objective(target=[1, 0, 0]), 2)
    assert [set(point.numbers) for point in way.points] == [{"w"}] * 3


@pytest.mark.parametrize(
    ("regularizer", "penalty", "slopes"),
    [("l1", 0.1 * 0.3, [0.1, -0.1]), ("l2", 0.1 * 0.05, [0.04, -0.02])],
)
def test_a_regulariser_adds_its_penalty_and_its_slope(regularizer, penalty, slopes):
    free = descend(LINEAR, Objective(target=[1, 0, 0]), 1).points[0]
    rules = {"regularizer": regularizer, "strength": 0.1}
    held = descend(LINEAR, Objective(target=[1, 0, 0], w=rules), 1).points[0]
    assert held.penalty == pytest.approx(penalty)
    assert held.loss == free.loss
    added = np.array(held.gradients["w"]) - free.gradients["w"]
    np.testing.assert_allclose(added, slopes, rtol=1e-9)  # strength·sign(w), 2·strength·w
    assert held.gradients["b"] == free.gradients["b"]


@pytest.mark.parametrize(
    ("constraint", "holds"),
    [
        ("non_neg", lambda numbers: numbers.min() >= 0 and numbers.max() > 0),
        ("max_norm", lambda numbers: np.linalg.norm(numbers) == pytest.approx(2, abs=1e-5)),
        ("unit_norm", lambda numbers: np.linalg.norm(numbers) == pytest.approx(1, abs=1e-5)),
    ],
)
def test_a_constraint_holds_after_every_step(constraint, holds):
    objective = Objective(target=[1, 0, 0], rate=20, b={"constraint": constraint})
    points = descend(LINEAR, objective, 4).points
    assert all(holds(np.array(point.numbers["b"])) for point in points[1:])


@pytest.mark.parametrize("bias", [[-100] * 3, [100, -100, -100], [-100, 100, 100]])
def test_under_tanh_a_bias_of_100_has_a_gradient_of_exactly_0_and_stays(bias):
    scene = change(LINEAR, activation="tanh", b=bias)
    way = descend(scene, Objective(target=[0, 0, 1], rate=1000), 20)
    assert way.end == "still"
    (point,) = way.points
    assert point.gradients == {"w": [0.0, 0.0], "b": [0.0, 0.0, 0.0]}
    assert math.copysign(1, point.gradients["b"][0]) == 1  # not −0
    assert point.numbers["b"] == bias
    assert (
        len(descend(change(scene, activation="linear"), Objective(target=[0, 0, 1]), 5).points) > 1
    )


def test_too_high_a_learning_rate_ends_at_the_last_good_step():
    rules = {"regularizer": "l2", "strength": 1}  # each step multiplies b by 1 − 2·10 = −19
    objective = Objective(target=[1, 0, 0], rate=10, turns=("b",), b=rules)
    way = descend(LINEAR, objective, 50)
    assert way.end == "diverged"
    assert 3 < len(way.points) < 10
    found = [np.abs(point.numbers["b"]).max() for point in way.points]
    assert 1_000_000 / 20 < found[-1] <= 1_000_000
    assert all(np.isfinite([point.loss, point.penalty]).all() for point in way.points)


def test_learning_love_arrives_at_the_logarithms_up_to_a_constant():
    lesson = LESSONS["learn-love"]
    scene, losses, end = follow(lesson.start, lesson.training)
    assert end == "arrived" and 90 <= len(losses) <= 600  # 3 to 20 seconds
    apart = np.array(scene.b) - np.log([0.9, 0.09, 0.01])
    np.testing.assert_allclose(apart, apart[0], atol=1e-3)
    assert lesson.done(scene)


def test_learning_fear_brings_the_ghosts_bias_below_minus_100_by_itself():
    lesson = LESSONS["learn-fear"]
    assert lesson.start.b == [0] * 4
    early, _, _ = follow(lesson.start, lesson.training, 90)
    assert not lesson.done(early)
    scene, _, _ = follow(lesson.start, lesson.training, 300)
    assert scene.b[3] < -100 and scene.w == lesson.start.w
    assert lesson.done(scene)


def test_the_dead_bias_learns_nothing_under_tanh_and_everything_without():
    lesson = LESSONS["dead-bias"]
    assert descend(lesson.start, lesson.training, 50).end == "still"
    scene, losses, end = follow(change(lesson.start, activation="linear"), lesson.training)
    assert end == "arrived" and 90 <= len(losses) <= 600
    assert lesson.done(scene)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"target": [0, 0, 0]}, "^target: must be above 0 for at least one row"),
        ({"target": [0, 1, 0]}, "^target: .* that the mask shows$"),  # that one is hidden
        ({"target": [1, 2]}, "one number a row, here 3; got 2"),
        ({"target": [1, 0, 0], "turns": ()}, "^turns: must name at least one of w, b; got “”$"),
        (
            {"target": [1, 0, 0], "turns": ("query",)},
            "^turns: .* of w, b; got “query”$",
        ),
    ],
)
def test_what_cannot_be_reached_is_refused_in_words(fields, words):
    with pytest.raises(UserError, match=words):
        descend(change(LINEAR, mask=[True, False, True]), Objective(**fields), 1)
