"""The same scene by three ways, NumPy, browser and Keras, and a comparison that names the stage."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import numpy as np
from playwright.sync_api import Page
from random_scenes import Family
from scenes import as_scene

from attention import Trace, attend, dot_product, gate
from attention.scripts import script

STAGES = ("logits", "scores", "weights", "output")


def in_numpy(scene: dict[str, Any], dtype: type = np.float64) -> Trace:
    """By attention/core.py; `scene` has the fields of a `Scene`, the names aside."""
    fields = ("kind", "w", "b", "query", "activation", "mask", "temperature")
    return _core(np.array(scene["x"], dtype), *map(scene.get, fields))


def family_in_numpy(family: Family, dtype: type = np.float64) -> Trace:
    """All scenes of a family at once, by attention/core.py."""
    x, one = family.x.astype(dtype), family
    rest = (one.kind, one.w, one.b, one.query, one.activation, one.mask, one.temperature)
    return _core(x, *rest)


def _core(x, kind, w, b, query, activation, mask, temperature) -> Trace:
    how = {"mask": mask, "temperature": temperature}
    if kind == "attention":
        return attend(x, w, b, activation=activation, **how)
    if kind == "gate":
        return gate(x[..., 0], w, b, **how)
    return dot_product(x, query, scale=kind == "scaled_dot_product", **how)


def in_browser(page: Page, scenes: list[dict[str, Any]]) -> list[dict[str, list[float | None]]]:
    """By assets/page/core/attention.js, as scene.js calls it. None: not a finite number."""
    return ask(page, "given.map(run)", scenes)


def families_in_browser(page: Page, families: list[Family]) -> list[Trace]:
    """The scenes of each family, which the browser computes one by one."""
    one = "run({ ...family, x, query: family.query[i], mask: family.mask && family.mask[i] })"
    given = [
        {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in fields}
        for fields in (vars(family).items() for family in families)
    ]
    found = ask(page, f"given.map((family) => family.x.map((x, i) => {one}))", given)
    return [
        Trace(*(np.array([scene[stage] for scene in scenes], float) for stage in STAGES))
        for scenes in found
    ]


def descents_in_browser(page: Page, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By assets/page/core/descent.js: `points` and `end` of each scene, objective and steps."""
    one = "({ scene, objective, steps }) => descend(scene, objective, steps)"
    return ask(page, f"given.map({one})", cases)


def variations_in_browser(page: Page, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By assets/page/core/variations.js: `x`, `weights` (a matrix a head) and `output` of each."""
    one = """(asked) => {
        const shown = shownSteps(asked);
        const x = asked.standardised ? standardised(asked.x, shown) : asked.x;
        return { x, ...applyVariation(asked, { ...asked, x }, asked.parameters) };
    }"""
    return ask(page, f"given.map({one})", cases, "core/variation-setting.js")


def differences_in_browser(page: Page, pairs: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """By the same file: the largest difference of each pair of results, and where it is."""
    return ask(
        page, "given.map(([a, b]) => largestDifference(a, b))", pairs, "core/variation-setting.js"
    )


def pasted_in_browser(page: Page, texts: list[str], limits: dict[str, Any]) -> list[dict[str, Any]]:
    """By assets/page/core/paste.js: the `table` or the `problem` of each text."""
    one = f"(text) => readPasted(text, {json.dumps(limits)})"
    return ask(page, f"given.map({one})", texts, "core/paste.js")


def ask(page: Page, expression: str, given: Any, entry: str = "core/descent.js") -> Any:
    """The value of an expression over what is `given`, in the browser, with the page's scripts."""
    body = script(entry) + f"\nreturn JSON.stringify({expression});"
    # As one text each way: Playwright would wrap every single number.
    call = "([body, given]) => new Function('given', body)(JSON.parse(given))"
    return json.loads(page.evaluate(call, [body, json.dumps(given)]))


def in_keras(scene: dict[str, Any]) -> Trace:
    """By the real layers, in float64."""
    from attention.layers.agreement import run

    return run(as_scene(scene))


def family_in_keras(family: Family, dtype: str = "float64") -> Trace:
    """All scenes of a family at once, by a real layer in this precision."""
    bias, batch = family.b is not None, family.x.astype(dtype)
    layer = _layer(family.kind, *batch.shape[1:], bias, family.activation, dtype)
    layer.temperature = family.temperature
    weights = ([family.w, family.b] if bias else [family.w]) if layer.weights else []
    layer.set_weights(weights)
    if family.kind == "gate":
        stages = layer.trace(batch[..., 0], family.mask)
    elif family.kind == "attention":
        stages = layer.trace(batch, family.mask)
    else:
        stages = layer.trace([family.query[:, None].astype(dtype), batch, batch], family.mask)
    # One query a scene: the dot products have an axis for it.
    return Trace(*(np.array(one).reshape(len(batch), -1) for one in vars(stages).values()))


@lru_cache(None)
def _layer(kind: str, steps: int, features: int, bias: bool, activation: str, dtype: str) -> Any:
    """A layer of this shape, built once: building takes longer than computing."""
    from attention import layers

    if kind == "attention":
        layer = layers.Attention(steps, bias=bias, activation=activation, dtype=dtype)
    elif kind == "gate":
        layer = layers.DenseGate(use_bias=bias, dtype=dtype)
    else:
        scale = kind == "scaled_dot_product"
        return layers.ScaledDotProductAttention(scale=scale, dtype=dtype)
    layer.build((None, steps) if kind == "gate" else (None, steps, features))
    return layer


def epsilon(scene: dict[str, Any]) -> float:
    """How much of itself the article's ε takes from a weight: at most ε / e⁻¹, or nothing."""
    return 2.8e-7 if as_scene(scene).has_tanh and scene["temperature"] == 1 else 0.0


def agree(name: str, got: Any, expected: Any, tolerance: float, scale: float = 1.0) -> None:
    """Fail with the name of the first stage that differs by more than `tolerance` of the numbers.

    `scale` is the size of the numbers that went in: a sum in which large ones cancel is only as
    exact as they are.
    """
    for stage in STAGES:
        mine, theirs = (
            np.asarray(one[stage] if isinstance(one, dict) else getattr(one, stage), float)
            for one in (got, expected)
        )
        allowed = tolerance * np.maximum(1.0 if stage == "weights" else scale, np.abs(theirs))
        worst = np.abs(mine - theirs) - allowed
        assert mine.shape == theirs.shape and (worst <= 0).all(), (
            f"{name}: {stage} differ: {mine.tolist()} is not {theirs.tolist()}"
        )
