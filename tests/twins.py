"""The same scene by three ways, NumPy, browser and Keras, and a comparison that names the stage."""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Page

from attention import Trace, attend, dot_product, gate
from attention.ui.playground import script

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
    return dot_product(x, scene["query"], scale=scene["kind"].startswith("scaled"), **how)


def in_browser(page: Page, scenes: list[dict[str, Any]]) -> list[dict[str, list[float]]]:
    """By assets/attention.js, as scene.js calls it."""
    body = script("attention.js", "scene.js") + "\nreturn scenes.map(run);"
    return page.evaluate("([body, scenes]) => new Function('scenes', body)(scenes)", [body, scenes])


def in_keras(scene: dict[str, Any]) -> dict[str, np.ndarray]:
    """By the real layers in float64. -> weights and output

    The dot products by Keras' own layer, without masks: for those it has another rule.
    """
    import keras

    from attention.layers import Attention, DenseGate

    x = np.array([scene["x"]], np.float64)
    mask = None if scene["mask"] is None else np.array([scene["mask"]], bool)
    how = {"dtype": "float64", "temperature": scene["temperature"]}
    if scene["kind"] == "attention":
        bias = scene["b"] is not None
        layer = Attention(x.shape[1], bias=bias, activation=scene["activation"], **how)
        weights = [scene["w"]] + ([scene["b"]] if bias else [])
    elif scene["kind"] == "gate":
        x = x[:, :, 0]
        layer = DenseGate(use_bias=scene["b"] is not None, **how)
        weights = [scene["w"]] + ([scene["b"]] if scene["b"] is not None else [])
    else:
        scale = 1 / scene["temperature"]
        if scene["kind"].startswith("scaled"):
            scale /= np.sqrt(x.shape[-1])
        query = np.array([[scene["query"]]], np.float64) * scale
        layer = keras.layers.Attention(dtype="float64")
        output, shares = layer([query, x], return_attention_scores=True)
        return {"weights": np.array(shares)[0, 0], "output": np.array(output)[0, 0]}
    layer.build(x.shape)
    layer.set_weights([np.array(weight, np.float64) for weight in weights])
    output, shares = layer(x, mask=mask, return_attention_scores=True)
    return {"weights": np.array(shares)[0], "output": np.array(output)[0]}


def agree(name: str, got: Any, expected: Any, tolerance: float, scale: float = 1.0) -> None:
    """Fail with the name of the first stage that differs by more than `tolerance` of the numbers.

    `scale` is the size of the numbers that went in: a sum in which large ones cancel is only as
    exact as they are.
    """
    for stage in STAGES:
        if isinstance(got, dict) and stage not in got:
            continue  # Keras shows only weights and output
        mine, theirs = (
            np.asarray(one[stage] if isinstance(one, dict) else getattr(one, stage), float)
            for one in (got, expected)
        )
        room = tolerance * np.maximum(1.0 if stage == "weights" else scale, np.abs(theirs))
        worst = np.abs(mine - theirs) - room
        assert mine.shape == theirs.shape and (worst <= 0).all(), (
            f"{name}: {stage} differ: {mine.tolist()} is not {theirs.tolist()}"
        )
