"""Gradient descent on the scene: every number of it can be checked on paper or in NumPy."""

from __future__ import annotations

import math
from typing import get_args

import numpy as np
import pytest
from effort import many

from attention.lessons import load_lessons
from attention.objective import Objective
from attention.scene import Kind, Scene
from attention.texts import UserError
from attention.training.agreement import compare_step
from attention.training.descent import descend

LESSONS = load_lessons()[0]
PARTS = {kind: ("w", "b") for kind in ("attention", "gate")}
PARTS |= {kind: ("query",) for kind in ("dot_product", "scaled_dot_product")}
PARTS["self_attention"] = ("wq", "wk")
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
    for part in PARTS[scene.kind]:
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


def _projections(numbers: np.random.Generator) -> dict:
    return {
        **{name: numbers.normal(size=(3, 4)).tolist() for name in ("wq", "wk", "wv")},
        **{"heads": 2, "head": 1, "asks": 2, "causal": True, "positions": "sinusoidal"},
    }


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
        **(_projections(numbers) if kind == "self_attention" else {}),
    )


def test_a_step_takes_rate_times_gradient_off_what_may_turn():
    scene, aim = change(LINEAR, mask=[True, False, True]), np.array([0.9, 0, 0.1])
    objective = Objective(target=[0.9, 5, 0.1], rate=0.5, turns=("b",))
    first, second = descend(scene, objective, 1).points
    gradient = scene.trace().weights - aim
    np.testing.assert_allclose(first.gradients["b"], gradient, rtol=1e-12)
    # And of w, because the logit is x·w + b: the same, times x.
    np.testing.assert_allclose(first.gradients["w"], gradient @ np.array(LINEAR.x), rtol=1e-12)
    np.testing.assert_allclose(second.numbers["b"], LINEAR.b - 0.5 * gradient, rtol=1e-12)
    assert first.gradients["b"][1] == 0 and second.numbers["b"][1] == 0.3, "hidden"
    assert (first.numbers["b"], first.numbers["w"]) == (LINEAR.b, LINEAR.w)
    assert second.numbers["w"] == LINEAR.w and second.loss < first.loss


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("seed", range(3))
def test_every_kinds_gradients_are_the_slopes_of_the_cores_loss(kind, seed):
    fields = {"activation": ["tanh", "linear"][seed % 2]} if kind == "attention" else {}
    scene = scene_of(kind, seed, mask=[True, seed != 1, True, True], **fields)
    rules = {"regularizer": ["none", "l1", "l2"][seed], "strength": 0.05}
    rules = dict.fromkeys(("w", "b", "query", "wq", "wk"), rules)
    objective = Objective(target=[1, 2, 0, 3], **rules)
    point = descend(scene, objective, 1).points[0]
    assert point.loss + point.penalty == pytest.approx(loss_of(scene, objective), rel=1e-9)
    assert set(point.gradients) == set(PARTS[kind])
    for part, gradients in point.gradients.items():
        np.testing.assert_allclose(gradients, slopes_of(scene, objective, part), atol=1e-8)


@pytest.mark.parametrize("bias", [[-100] * 3, [100, -100, -100], [-100, 100, 100]])
def test_under_tanh_a_bias_of_100_has_a_gradient_of_exactly_0_and_stays(bias):
    scene, objective = change(LINEAR, activation="tanh", b=bias), Objective(target=[0, 0, 1])
    way = descend(scene, objective.model_copy(update={"rate": 1000}), 20)
    (point,) = way.points
    assert (way.end, point.numbers["b"]) == ("still", bias)
    assert point.gradients == {"w": [0.0, 0.0], "b": [0.0, 0.0, 0.0]}
    assert math.copysign(1, point.gradients["b"][0]) == 1  # not −0
    assert len(descend(change(scene, activation="linear"), objective, 5).points) > 1


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
    points = descend(lesson.start, lesson.training, 300).points
    early, late = (change(lesson.start, **points[step].numbers) for step in (90, 300))
    assert not lesson.done(early) and lesson.done(late)
    assert late.b[3] < -100 and late.w == lesson.start.w


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"target": [0, 0, 0]}, "^target: must be above 0 for at least one row"),
        ({"target": [0, 1, 0]}, "^target: .* that the mask shows$"),  # that one is hidden
        ({"target": [1, 2]}, "one number per row, here 3; got 2"),
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


def by_hand(scene: Scene, objective: Objective) -> dict:
    """A step of self-attention in closed form: x_a ⊗ Σ slope·key, and Σ slope·x ⊗ query_a."""
    whole, trace, asks = scene.whole_trace(), scene.trace(), scene.asking
    x = np.array(scene.x) + (0 if scene.placed is None else np.array(scene.placed))
    width = scene.d_k // scene.heads
    own = slice(scene.head * width, (scene.head + 1) * width)
    target, seen = np.array(objective.target_weights(scene)), np.array(scene.seen)
    slopes = (trace.weights - target) / scene.temperature / np.sqrt(width)
    gradients = {name: np.zeros((x.shape[1], scene.d_k)) for name in ("wq", "wk")}
    gradients["wq"][:, own] = np.outer(x[asks], slopes @ whole.keys[:, own])
    gradients["wk"][:, own] = np.outer(slopes @ x, whole.queries[asks, own])
    scores = trace.scores[seen] / scene.temperature
    below = scores - scores.max()
    loss = target[seen] @ (np.log(np.exp(below).sum()) - below)
    return {"loss": float(loss), "penalty": 0.0, "gradients": gradients}


def random_asking(random: np.random.Generator) -> Scene:
    steps, features, heads = random.integers(2, 9), random.integers(1, 9), random.integers(1, 5)
    d_k = int(heads * random.integers(1, 4 // heads + 1))
    size = float(random.choice([1, 100, 1e6]))
    numbers = lambda *shape: random.uniform(-size, size, shape).tolist()  # noqa: E731
    return Scene(
        kind="self_attention",
        rows=["row"] * steps,
        columns=["column"] * features,
        x=numbers(steps, features),
        wq=numbers(features, d_k),
        wk=numbers(features, d_k),
        wv=numbers(features, heads),
        heads=int(heads),
        head=int(random.integers(heads)),
        causal=bool(random.random() < 0.5),
        positions=str(random.choice(["none", "sinusoidal"])),
        mask=[True, *(random.random(steps - 1) < 0.8).tolist()],
        temperature=float(random.choice([0.01, 1, 1000])),
    )


def test_at_the_limits_of_the_page_the_gradients_of_self_attention_are_within_rounding():
    random = np.random.default_rng(2017)
    for _ in range(many(60, 600)):
        scene = random_asking(random)
        objective = Objective(target=random.random(len(scene.rows)).tolist(), rate=1e-4)
        page = by_hand(scene, objective)
        points = descend(scene, objective, 1).points
        moved = {
            name: np.array(getattr(scene, name)) - objective.rate * gradient * (len(points) > 1)
            for name, gradient in page["gradients"].items()
        }
        step = page | {"numbers": moved}
        for part in ("gradients", "numbers"):
            step[part] = {name: one.tolist() for name, one in step[part].items()}
        assert (held := compare_step(scene, objective, step)).agrees, (held, scene)


def test_a_value_matrix_does_not_learn_where_to_look():
    scene = scene_of("self_attention", 1)
    objective = Objective(target=[1, 0, 0, 0], turns=("w", "b"))
    with pytest.raises(UserError, match="must name at least one of wq, wk; got"):
        descend(scene, objective, 1)
    both = descend(scene, objective.model_copy(update={"turns": ("wq",)}), 1).points[1].numbers
    assert set(both) == {"wq", "wk"} and both["wk"] == scene.wk and both["wq"] != scene.wq
