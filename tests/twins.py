"""The same scene by three ways, NumPy, browser and Keras, and a comparison that names the stage."""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Page
from scenes import as_scene

from attention import Trace, attend, dot_product, gate
from attention.scripts import joined

STAGES = ("logits", "scores", "weights", "output")


def in_numpy(scene: dict[str, Any], dtype: type = np.float64) -> Trace:
    """By attention/core.py; `scene` has the fields of a `Scene`, the names aside."""
    x, how = (
        np.array(scene["x"], dtype),
        {"mask": scene["mask"], "temperature": scene["temperature"]},
    )
    if scene["kind"] == "attention":
        return attend(x, scene["w"], scene["b"], activation=scene["activation"], **how)
    if scene["kind"] == "gate":
        return gate(x[:, 0], scene["w"], scene["b"], **how)
    return dot_product(x, scene["query"], scale=scene["kind"] == "scaled_dot_product", **how)


def in_browser(page: Page, scenes: list[dict[str, Any]]) -> list[dict[str, list[float]]]:
    """By assets/attention.js, as scene.js calls it."""
    body = joined("attention.js", "scene.js") + "\nreturn scenes.map(run);"
    return page.evaluate("([body, scenes]) => new Function('scenes', body)(scenes)", [body, scenes])


def in_keras(scene: dict[str, Any]) -> Trace:
    """By the real layers, in float64."""
    from attention.layers.agreement import run

    return run(as_scene(scene))


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
        room = tolerance * np.maximum(1.0 if stage == "weights" else scale, np.abs(theirs))
        worst = np.abs(mine - theirs) - room
        assert mine.shape == theirs.shape and (worst <= 0).all(), (
            f"{name}: {stage} differ: {mine.tolist()} is not {theirs.tolist()}"
        )
