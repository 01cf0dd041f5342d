"""The page is held to the real layers, and what differs is found and named."""

from __future__ import annotations

import json
import math
from concurrent.futures import ThreadPoolExecutor
from typing import get_args

import keras
import numpy as np
import pytest
from effort import many
from hypothesis import given, settings
from scenes import CASES, as_scene, scenes

from attention import precision, self_attention
from attention.layers import from_scene
from attention.layers.agreement import compare, run
from attention.layers.from_scene import layer_from
from attention.layers.multi_head import multi_head, trace_all
from attention.lessons import load_lessons
from attention.scene import PROJECTIONS, Kind, Scene
from attention.texts import UserError

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
        for one in compare(scene, page).differences
        if not one.agrees
    }


SCENES = {name: lesson.start for name, lesson in load_lessons()[0].items()}
SCENES |= {case["name"]: as_scene(case) for case in CASES[::3]}


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_keras_agrees_on_every_lesson_and_within_the_limits_of_the_page(scene):
    found = compare(scene, shown(scene)).differences
    assert [one.stage for one in found] == STAGES
    assert all(one.agrees for one in found), found
    shapes = [numbers.shape for numbers in vars(run(scene)).values()]
    assert shapes == [numbers.shape for numbers in vars(scene.trace()).values()]


@pytest.mark.parametrize("stage", STAGES)
def test_a_wrong_number_is_found(stage):
    page = shown(SCENE)
    right = page[stage][1]
    page[stage][1] += 2e-5
    ((found, (index, keras, wrong, largest)),) = disagreements(SCENE, page).items()
    assert (found, index, wrong) == (stage, 1, page[stage][1])
    assert keras == pytest.approx(right, rel=1e-12)
    assert largest == abs(keras - wrong)


def test_half_the_tolerance_is_told_and_agrees():
    page = shown(SCENE)
    page["weights"][2] += 5e-6
    weights = compare(SCENE, page).differences[2]
    assert weights.agrees and weights.index == 2
    assert weights.largest == pytest.approx(5e-6, rel=1e-3)


def test_hidden_steps_have_logits_and_weights_to_agree_on():
    page = shown(SCENE)
    page["logits"][1], page["weights"][1] = 0, 0.01
    found = disagreements(SCENE, page)
    assert set(found) == {"logits", "weights"} and all(one[0] == 1 for one in found.values())


def test_of_huge_numbers_only_what_rounding_decides_is_free_and_small_ones_beside_them_are_not():
    scene = SCENE.model_copy(update={"x": [[1e6, 0], [1e6, 0], [1e6, 0]], "w": [1e6, 0]})
    page = shown(scene)
    page["logits"][0] += 1e-3  # of 1e12
    assert disagreements(scene, page) == {}
    page["logits"][0] += 1
    page["output"] = [1e6, 0.5]  # a half where there is nothing
    found = disagreements(scene, page)
    assert set(found) == {"logits", "output"} and found["output"] == (1, 0.0, 0.5, 0.5)


@settings(max_examples=many(30, 300))
@given(fields=scenes())
def test_keras_agrees_on_any_scene_that_the_page_can_hold(fields):
    scene = as_scene(fields)
    assert disagreements(scene, shown(scene)) == {}


@pytest.mark.parametrize("kind", ["attention", "dot_product", "scaled_dot_product"])
def test_keras_agrees_with_a_page_that_adds_huge_numbers_in_another_order(kind):
    random, decided = np.random.default_rng(0), 0.0
    fields = {"kind": kind, "activation": "linear", "temperature": 0.01}
    fields |= {"rows": list("abcd"), "columns": list("efghijkl")}
    for _ in range(10):
        # The same products in another order in every row: on paper all rows weigh the same.
        row, w = random.uniform(-1e6, 1e6, 8), [random.uniform(1e5, 1e6)] * 8
        x = np.array([random.permutation(row) for _ in range(4)])
        fields |= {"w": w, "query": w}
        scene, mirrored = (Scene(**fields, x=one.tolist()) for one in (x, x[:, ::-1]))
        page = shown(mirrored)
        page["output"].reverse()
        assert disagreements(scene, page) == {}
        decided = max(decided, np.abs(np.array(page["weights"]) - run(scene).weights).max())
    assert decided > 1e-4, "rounding must have decided somewhere"


def test_the_epsilon_of_the_article_is_known():
    scene = Scene(rows=["a"], columns=["f"], x=[[-1e6]], w=[1])  # one step, with a score of −1
    assert precision.EPSILON == keras.config.epsilon()
    (output,) = run(scene).output
    assert output == pytest.approx(-1e6 + 0.2718, abs=1e-4)
    assert disagreements(scene, shown(scene)) == {}
    assert set(disagreements(scene, shown(scene) | {"output": [-1e6 - 0.1]})) == {"output"}


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, None])
def test_a_number_that_is_none_is_a_disagreement_that_json_can_tell(number):
    page = shown(SCENE)
    page["scores"] = [page["scores"][0] + 1, number, page["scores"][2]]
    found = compare(SCENE, page).differences
    assert [one.agrees for one in found] == [True, False, True, True]
    told = json.loads(json.dumps(found[1].model_dump(), allow_nan=False))
    assert (told["index"], told["page"], told["largest"]) == (1, None, None)
    assert told["keras"] == pytest.approx(1.1)


@pytest.mark.parametrize(
    ("stage", "numbers", "rule"),
    [
        ("logits", [1, 2], "logits must have 3 numbers; got 2"),
        ("scores", [1], "scores must have 3 numbers; got 1"),
        ("output", [0] * 10_000, "output must have 2 numbers; got 10,000"),
    ],
)
def test_a_stage_of_another_length_is_refused(stage, numbers, rule):
    with pytest.raises(UserError, match=rule):
        compare(SCENE, shown(SCENE) | {stage: numbers})


@pytest.mark.parametrize("kind", get_args(Kind))
def test_the_same_layers_serve_again_whatever_numbers_they_are_given(kind):
    fields = {"rows": ["a", "b"], "columns": ["f"], "query": [1], "b": [1, 2]}
    fields |= {name: [[1, 2]] for name in PROJECTIONS}
    w = [[1, 2], [3, 4]] if kind == "gate" else [1]
    build = lambda number: Scene(  # noqa: E731
        kind=kind, **fields, x=[[number], [2]], w=w, temperature=1 + number
    )
    run(build(0))
    caches = (from_scene._layer, from_scene._layer_of_heads)
    built = [cache.cache_info().misses for cache in caches]
    for number in range(50):
        np.testing.assert_allclose(run(build(number)).scores, build(number).trace().scores)
    assert [cache.cache_info().misses for cache in caches] == built


def test_many_visitors_at_once_each_get_the_numbers_of_their_own_scene():
    scenes = [as_scene(case) for case in CASES[::7]]
    alone = [run(scene) for scene in scenes]
    with ThreadPoolExecutor(8) as visitors:
        together = list(visitors.map(run, scenes * 2))
    for one, other in zip(alone * 2, together, strict=True):
        for mine, theirs in zip(vars(one).values(), vars(other).values(), strict=True):
            np.testing.assert_array_equal(mine, theirs)


SELF_ATTENTION = scenes(largest=10, coldest=0.1, kinds=["self_attention"])


@settings(max_examples=many(60, 600))
@given(fields=SELF_ATTENTION)
def test_kerass_multi_head_attention_computes_every_stage_of_every_step_and_head(fields):
    scene = as_scene(fields)
    with layer_from(scene) as table:
        assert type(table.layer) is keras.layers.MultiHeadAttention
        found = vars(trace_all(table.layer, scene))
    for name, stage in vars(scene.whole_trace()).items():
        size = max(1, np.abs(stage).max())
        apart = np.abs(np.array(found[name])[0] - stage).max()
        assert apart <= 1e-6 * size, name


def test_the_layer_holds_exactly_the_matrices_of_the_scene():
    matrices = {name: [[1.5, -2, 0, 4], [5, 6, 7.25, 8]] for name in PROJECTIONS}
    scene = Scene(
        kind="self_attention", rows=["a"], columns=["f", "g"], x=[[1, 2]], **matrices, heads=2
    )
    with layer_from(scene) as table:
        *kernels, output = (np.array(one).reshape(-1, 4) for one in table.layer.weights)
        assert [kernel.tolist() for kernel in kernels] == [*matrices.values()]
        assert np.array_equal(output, np.eye(4)) and set(table.parts) == {"wq", "wk"}


def test_keras_hides_steps_however_low_the_scores_of_the_others_are():
    # Keras hides by a score of −1e9, which here would be the highest.
    far = {"wq": [[1e6]], "wk": [[-1e6]], "wv": [[1.0]], "causal": True, "asks": 1}
    scene = Scene(kind="self_attention", rows=list("abc"), columns=["f"], x=[[1], [2], [3]], **far)
    assert disagreements(scene, shown(scene)) == {}
    assert run(scene.having({"mask": [True, False, True]})).weights.tolist() == [1, 0, 0]


def test_in_float32_kerass_layer_computes_what_numpy_does():
    random = np.random.default_rng(2)
    x, wq, wk, wv = (
        random.normal(size=shape).astype(np.float32) for shape in ((6, 3), *[(3, 4)] * 3)
    )
    layer = multi_head(3, 4, 4, heads=2, dtype="float32")
    kernels = [one.reshape(3, 2, 2) for one in (wq, wk, wv)]
    layer.set_weights([*kernels, layer.get_weights()[3]])
    seen = np.tril(np.ones((1, 6, 6), bool))
    output, weights = layer(x[None], x[None], attention_mask=seen, return_attention_scores=True)
    expected = self_attention(x, wq, wk, wv, heads=2, causal=True)
    assert expected.output.dtype == np.float32 == np.array(output).dtype
    np.testing.assert_allclose(np.array(weights)[0], expected.weights, atol=1e-6)
    np.testing.assert_allclose(np.array(output)[0], expected.output, atol=5e-6)
