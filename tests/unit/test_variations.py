"""Every variation of the gallery keeps what its entry says, in the same honest setting."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from attention import dot_product
from attention.errors import explain
from attention.scene import Scene
from attention.ui import gallery
from attention.variations import VARIATIONS, Result, Setting, apply, compare

EACH = pytest.mark.parametrize("variation", VARIATIONS.values(), ids=VARIATIONS)
SENTENCE = "I fear what I love"
TABLE = {
    "rows": ["a", "b", "c"],
    "columns": ["f", "g"],
    "x": [[1.0, -2.0], [0.5, 3.0], [0.0, 1.0]],
    "w": [0.7, -0.2],
    "b": [0.0, -100.0, 0.5],
    "mask": [True, True, False],
}


def test_ours_stand_in_the_order_of_teaching():
    first = "dense_gate attention location dot scaled_dot luong_general bahdanau_additive cosine"
    then = "self_attention multi_head causal local_window"
    assert list(VARIATIONS)[:12] == [*first.split(), *then.split()]


@EACH
def test_an_entry_says_its_idea_in_one_sentence_and_names_its_source(variation):
    for text in [*variation.title.values(), *variation.idea.values()]:
        assert 1 <= len(text.split()) <= 25
    assert all(idea.endswith(".") for idea in variation.idea.values())
    assert all(not note or note.endswith(".") for note in variation.note.values())
    for source in variation.source.values():
        assert re.search(r" (19|20)\d\d, .", source)


@EACH
def test_the_lines_that_are_shown_are_the_ones_that_run(variation):
    lines = variation.numpy.splitlines()
    assert lines[0].startswith(f"def {variation.name}(x, visible") and len(lines) <= 6
    names = {}
    exec(variation.numpy_code, names)
    setting = Setting(sentence=SENTENCE)
    weights, output = names[variation.name](
        setting.x, setting.visible(variation.rows), **setting.parameters(variation)
    )
    assert (weights == apply(variation, setting).weights).all()
    assert (output == apply(variation, setting).output).all()


@EACH
@pytest.mark.parametrize("causal", [False, True])
def test_visible_weights_sum_to_1_and_hidden_ones_are_0(variation, causal):
    for window in (None, 1, 2, 5):
        seen = apply(variation, Setting(sentence=SENTENCE, causal=causal, window=window))
        assert (seen.weights[~seen.visible] == 0).all()
        assert (seen.weights[..., -2:] == 0).all(), "the padding"
        asking = seen.visible.any(axis=-1)
        assert seen.weights.sum(axis=-1) == pytest.approx(asking.astype(float))
        heads = len(asking) if asking.ndim == 2 else 1
        assert asking.sum() == heads * {"step": 5, "layer": 1, "feature": 4}[variation.rows]


class Counting(np.ndarray):
    """An array that counts how many numbers are multiplied with it."""

    count = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **how):
        plain = [np.asarray(one) if isinstance(one, Counting) else one for one in inputs]
        result = getattr(ufunc, method)(*plain, **how)
        if ufunc is np.multiply:
            Counting.count += result.size
        elif ufunc is np.matmul:
            Counting.count += result.size * plain[0].shape[-1]
        return result.view(Counting) if isinstance(result, np.ndarray) else result

    def __array_function__(self, function, types, inputs, how):
        result = super().__array_function__(function, types, inputs, how)
        if function is np.linalg.norm:
            Counting.count += inputs[0].size  # each number times itself
        return result.view(Counting) if isinstance(result, np.ndarray) else result


@EACH
@pytest.mark.parametrize(("steps", "features"), [(7, 4), (3, 5), (1, 1)])
def test_the_cost_is_what_is_really_multiplied(variation, steps, features):
    Counting.count = 0
    random = np.random.default_rng(0)
    shapes = variation.shapes(steps, features)
    visible = np.ones((steps, steps) if variation.rows == "step" else steps, bool)
    variation.function(
        random.normal(size=(steps, features)).view(Counting),
        visible,
        **{name: random.normal(size=shape).view(Counting) for name, shape in shapes.items()},
    )
    assert Counting.count == variation.multiplications(steps, features)


def test_a_step_that_asks_is_a_query_to_the_core():
    setting = Setting(sentence=SENTENCE)
    for name, scale in (("dot", False), ("scaled_dot", True)):
        seen = apply(VARIATIONS[name], setting)
        for step in range(5):
            trace = dot_product(setting.x, setting.x[step], setting.mask, scale=scale)
            assert seen.weights[step] == pytest.approx(trace.weights)
            assert seen.output[step] == pytest.approx(trace.output)


def test_the_articles_class_and_the_gate_take_the_numbers_on_the_table():
    scene = Scene(**TABLE)
    seen = apply(VARIATIONS["attention"], Setting(scene=scene, standardised=False))
    assert seen.weights == pytest.approx(scene.trace().weights)
    assert seen.output == pytest.approx(scene.trace().output)
    gate = {"kind": "gate", "columns": ["f"], "x": [[1.0], [2.0], [3.0]], "w": np.eye(3).tolist()}
    scene = Scene(**TABLE | gate)
    seen = apply(VARIATIONS["dense_gate"], Setting(scene=scene, standardised=False))
    assert seen.weights[0] == pytest.approx(scene.trace().weights)
    assert seen.output[:, 0] == pytest.approx(scene.trace().output)


@EACH
def test_the_largest_numbers_of_a_scene_do_not_overflow(variation):
    x = (1e6 * np.where(np.random.default_rng(1).random((16, 8)) < 0.5, -1, 1)).tolist()
    names = [str(number) for number in range(16)]
    scene = Scene(rows=names, columns=names[:8], x=x, w=[1e6] * 8, b=[-1e6] * 16)
    seen = apply(variation, Setting(scene=scene, standardised=False))
    assert np.isfinite(seen.weights).all() and np.isfinite(seen.output).all()


def test_masks_are_what_they_are_called():
    def shown(name, **how):
        return apply(VARIATIONS[name], Setting(sentence="a b c", padding=False, **how)).visible * 1

    lower, narrow = np.tri(5, dtype=int), np.tri(5, k=1, dtype=int) - np.tri(5, k=-2, dtype=int)
    assert (shown("causal") == lower).all() and (shown("dot", causal=True) == lower).all()
    assert (shown("local_window") == narrow).all() and (shown("dot", window=3) == narrow).all()
    # An even window looks back one step further than ahead; with the causal mask it ends at itself.
    assert shown("dot", window=2)[2].tolist() == [0, 1, 1, 0, 0]
    assert shown("dot", window=2, causal=True)[2].tolist() == [0, 1, 1, 0, 0]
    assert shown("dot", window=3, causal=True)[2].tolist() == [1, 1, 1, 0, 0]
    # The variation's own window and the setting's masks: what both let through.
    assert (shown("local_window", window=5) == narrow).all()
    assert (shown("local_window", causal=True) == narrow * lower).all()
    assert shown("local_window", window=3, causal=True)[2].tolist() == [0, 1, 1, 0, 0]
    assert (shown("local_window", window=1) == np.eye(5)).all()


def test_the_same_word_is_the_same_vector_wherever_it_stands():
    one, other = Setting(sentence="Любовь и ёж"), Setting(sentence="ЁЖ и любовь моя")
    assert (one.x[0] == other.x[2]).all() and (one.x[2] == other.x[0]).all()
    assert (Setting(sentence="е\u0308ж").x[0] == one.x[2]).all()  # ё in two characters
    assert (one.x[0] != Setting(sentence="Любовь и ёж", seed=1).x[0]).any()
    assert one.names == ["Любовь", "и", "ёж", "‹pad›", "‹pad›"]


def test_the_same_setting_gives_the_same_numbers_on_every_machine():
    setting = Setting(sentence="love", seed=7)
    assert setting.x[0].tolist() == [0.7, -0.2, 1.8, 0.3]
    W = setting.parameters(VARIATIONS["luong_general"])["W"]
    assert W[0].round(6).tolist() == [-0.205879, -0.452984, -0.030492, -0.093965]


@pytest.mark.parametrize("source", [{"sentence": SENTENCE}, {"scene": TABLE}])
def test_the_same_parameter_has_the_same_numbers_in_every_variation(source):
    setting = Setting(**source, window=3)
    general, local = (
        apply(VARIATIONS[name], setting) for name in ("luong_general", "local_window")
    )
    assert compare(general, local).largest == 0
    fewer, more = (
        setting.parameters(VARIATIONS[name]) for name in ("bahdanau_additive", "self_attention")
    )
    assert fewer.keys() < more.keys()
    assert all((value == more[name]).all() for name, value in fewer.items())


def test_a_comparison_says_how_far_apart_and_where():
    rows = np.array([[0.5, 0.5], [1.0, 0.0]])
    steps = Result("step", rows, rows, rows > 0)
    heads = Result("step", np.stack([rows, rows[::-1]]), rows, np.ones((2, 2, 2), bool))
    layer = Result("layer", np.array([0.25, 0.75]), rows[0], np.array([True, True]))
    features = Result("feature", rows, rows, rows > 0)
    assert compare(steps, steps).largest == 0
    assert compare(steps, heads).difference.tolist() == [[-0.25, 0.25], [0.25, -0.25]]
    one = compare(steps, layer)
    assert (one.largest, one.at) == (0.75, (1, 0)) and one.visible.all()
    assert compare(features, layer).difference.tolist() == [[0.5, -0.5]]
    assert compare(layer, steps).difference.tolist() == (-one.difference).tolist()
    three = apply(VARIATIONS["dot"], Setting(scene=Scene(**TABLE), standardised=False))
    with pytest.raises(ValueError, match="the same steps; got 2 and 3"):
        compare(steps, three)


WRONG = {
    "nothing": ({}, "either a scene or a sentence must be given; got 0"),
    "both": ({"sentence": "a", "scene": TABLE}, "got 2 of them"),
    "no words": ({"sentence": " \n"}, "sentence: .*1 to 16 words; got 0"),
    "17 words": ({"sentence": "a " * 17}, "1 to 16 words; got 17"),
    "a long word": ({"sentence": "a" * 41}, "at most 40 characters; got 41"),
    "a flood": ({"sentence": " " * 100_000 + "a"}, "at most 1280 characters"),
    "half a character": ({"sentence": "\ud800"}, "valid string"),
    "a seed below": ({"sentence": "a", "seed": -1}, "seed: .*greater than or equal to 0; got -1"),
    "a seed above": ({"sentence": "a", "seed": 10_000}, "seed: .*9999; got 10000"),
    "no window": ({"sentence": "a", "window": 0}, "window: .*1; got 0"),
    "a wide window": ({"sentence": "a", "window": 17}, "window: .*16; got 17"),
    "a broken scene": ({"scene": TABLE | {"w": [1.0]}}, r"scene.w: must have 2 numbers"),
    "a switch as a number": ({"sentence": "a", "causal": 1}, "causal: .*boolean; got 1"),
    "an unknown field": ({"sentence": "a", "hack": 1}, "hack: .*not permitted"),
}


@pytest.mark.parametrize(("fields", "message"), WRONG.values(), ids=WRONG)
def test_a_broken_setting_names_field_and_rule(fields, message):
    with pytest.raises(ValidationError) as error:
        Setting(**fields)
    assert re.search(message, explain(error.value))


@pytest.mark.parametrize("source", [{"sentence": SENTENCE}, {"scene": TABLE}])
def test_the_page_gets_the_numbers_that_a_seed_gives_and_what_it_cannot_compute(source):
    setting = Setting(**source, seed=30)
    answer = gallery.variation_numbers(
        {"setting": {**source, "seed": 30}, "names": ["multi_head", "attention", "attention"]}
    )
    assert answer["names"] == setting.names and answer["features"] == setting.features
    assert answer["x"] == (setting.x.tolist() if "sentence" in source else None)
    assert answer["padding"] == (2 if "sentence" in source else 0)
    for name, variation in VARIATIONS.items():
        expected = setting.parameters(variation)
        assert answer["parameters"][name] == {key: one.tolist() for key, one in expected.items()}
    assert set(answer["applied"]) == {"multi_head", "attention"}
    for name, shape in (("multi_head", 3), ("attention", 1)):
        result = apply(VARIATIONS[name], setting)
        weights = np.array(answer["applied"][name]["weights"])
        assert weights.ndim == 3 and result.weights.ndim == shape
        assert (weights.reshape(result.weights.shape) == result.weights).all()
        output = np.array(answer["applied"][name]["output"])
        assert (output.reshape(result.output.shape) == result.output).all()


@pytest.mark.parametrize(
    "names", [["multi_head"], ["attention"], ["dense_gate"], ["dot", "cosine"]]
)
def test_a_picture_to_take_away_is_a_png_of_its_name(names):
    answer = gallery.draw_variations({"setting": {"sentence": SENTENCE}, "names": names})
    assert (answer["name"], answer["type"]) == (f"{'-'.join(names)}.png", "image/png")
    picture = Image.open(BytesIO(base64.b64decode(answer["content"])))
    assert picture.size[0] == 2 * gallery.WIDTH


def test_a_table_is_standardised_by_the_steps_that_it_shows():
    table = {"rows": ["a", "b", "c"], "columns": ["f", "g"], "w": [1, 1]}
    scene = Scene(**table, x=[[90, 5], [70, 5], [1e6, 6]], mask=[True, True, False])
    x = Setting(scene=scene).x
    assert x[:2].tolist() == [[1, 0], [-1, 0]] and np.isfinite(x).all()
    assert Setting(scene=scene, standardised=False).x.tolist() == scene.x
    assert Setting(scene=scene, padding=False).x.std(axis=0) == pytest.approx([1, 1])


def test_a_constant_feature_is_0_whatever_its_mean_rounds_to():
    scene = Scene(rows=list("abc"), columns=["f", "g"], w=[1, 1], x=[[0.1, 1], [0.1, 2], [0.1, 3]])
    assert np.mean([0.1] * 3) != 0.1
    assert (Setting(scene=scene).x[:, 0] == 0).all()
