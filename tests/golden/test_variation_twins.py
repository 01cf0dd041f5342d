"""The variations in Python and in the browser give the same on settings that nobody thought of."""

from __future__ import annotations

import numpy as np
import pytest
from effort import many
from twins import differences_in_browser, variations_in_browser

from attention.scene import MOST_COLUMNS, MOST_ROWS, Scene
from attention.variations import VARIATIONS, Setting, apply, compare

COUNT = many(150, 1_500)
TOLERANCE = 1e-9
WORDS = "I fear what love Love любовь ЁЖ a the dog chased ‹pad› 50 %".split()


def settings() -> list[Setting]:
    """Scenes of all kinds and sizes, and sentences, under all masks; some with large numbers."""
    random = np.random.default_rng(11)
    return [_scene(random) if number % 4 else _sentence(random) for number in range(COUNT)]


def _masks(random: np.random.Generator) -> dict:
    window = None if random.random() < 0.5 else int(random.integers(1, MOST_ROWS + 1))
    padding, causal = (bool(one) for one in random.random(2) < 0.5)
    return {
        "padding": padding,
        "causal": causal,
        "window": window,
        "seed": int(random.integers(10_000)),
    }


def _sentence(random: np.random.Generator) -> Setting:
    words = random.choice(WORDS, random.integers(1, MOST_ROWS + 1))
    return Setting(sentence=" ".join(words), **_masks(random))


def _scene(random: np.random.Generator) -> Setting:
    kind = str(random.choice(["attention", "gate", "dot_product", "scaled_dot_product"]))
    steps = int(random.integers(1, MOST_ROWS + 1))
    features = 1 if kind == "gate" else int(random.integers(1, MOST_COLUMNS + 1))
    standardised = bool(random.random() < 0.5)
    # What is not standardised is not so large that rounding alone would turn a softmax.
    largest = float(random.choice([1, 30, 1e6] if standardised else [1, 10, 90]))

    def numbers(*shape: int) -> list:
        values = largest * random.uniform(-1, 1, shape)
        return (np.where(random.random(shape) < 0.2, 0, values).round(2) + 0.0).tolist()

    x = np.array(numbers(steps, features))
    if random.random() < 0.3:
        x[:, 0] = x[0, 0]  # a constant feature
    scene = Scene(
        kind=kind,
        rows=[f"r{row}" for row in range(steps)],
        columns=[f"c{column}" for column in range(features)],
        x=x.tolist(),
        w=numbers(steps, steps) if kind == "gate" else numbers(features),
        b=None if random.random() < 0.3 else numbers(steps),
        query=numbers(features),
        mask=(random.random(steps) < random.choice([0.0, 0.7, 1.0])).tolist(),
    )
    return Setting(scene=scene, standardised=standardised, **_masks(random))


def asked_of(variation, setting: Setting) -> dict:
    """What the page computes from: raw vectors, masks, and the parameters as it has them."""
    scene = setting.scene
    raw = scene.x if scene else setting.x.tolist()
    shown = Setting(**setting.model_dump() | {"padding": True}).mask
    parameters = setting.parameters(variation)
    return {
        "name": variation.name,
        "rows": variation.rows,
        "x": raw,
        "mask": shown.tolist(),
        "standardised": bool(scene and setting.standardised),
        "masks": setting.model_dump(include={"padding", "causal"}) | {"width": setting.window},
        "parameters": {name: value.tolist() for name, value in parameters.items()},
    }


def by_head(weights: np.ndarray) -> np.ndarray:
    """(heads, rows, steps): the page has no axis left out."""
    return weights.reshape((1,) * (3 - weights.ndim) + weights.shape)


SETTINGS = settings()


def test_every_variation_has_a_twin_in_the_browser_that_agrees_to_1e_9(blank_page):
    ours = list(VARIATIONS.values())[:12]  # a further one may be in Python alone
    cases = [(one, setting) for setting in SETTINGS for one in ours]
    found = variations_in_browser(blank_page, [asked_of(*case) for case in cases])
    assert len(found) == 12 * COUNT
    for (variation, setting), got in zip(cases, found, strict=True):
        expected, x = apply(variation, setting), setting.x
        assert np.array(got["x"]) == pytest.approx(x, abs=TOLERANCE), setting
        weights = by_head(expected.weights)
        assert np.shape(got["weights"]) == weights.shape
        assert np.abs(np.array(got["weights"]) - weights).max() <= TOLERANCE, (variation, setting)
        output = np.atleast_2d(expected.output)
        allowed = TOLERANCE * max(1.0, np.abs(x).max())
        assert np.abs(np.array(got["output"]) - output).max() <= allowed, (variation, setting)


def test_the_largest_difference_of_two_is_the_same_and_at_a_place_where_it_is_so_large(blank_page):
    random, names = np.random.default_rng(5), list(VARIATIONS)[:12]
    chosen = [(setting, *random.choice(names, 2)) for setting in SETTINGS]
    results = [
        (apply(VARIATIONS[a], setting), apply(VARIATIONS[b], setting)) for setting, a, b in chosen
    ]
    pairs = [
        [{"rows": one.rows, "weights": by_head(one.weights).tolist()} for one in pair]
        for pair in results
    ]
    for (a, b), got in zip(results, differences_in_browser(blank_page, pairs), strict=True):
        expected = compare(a, b)
        assert abs(got["difference"]) == pytest.approx(expected.largest, abs=TOLERANCE)
        at = expected.difference[got["row"], got["column"]]
        assert at == pytest.approx(got["difference"], abs=TOLERANCE)
        assert got["single"] == (len(expected.difference) == 1)
