"""The table of self-attention on paper: what the step that asks finds in the head one looks at."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from attention.export.grid import Column, computed
from attention.scene import PROJECTIONS, Scene

Words = Mapping[str, str]


def own_columns(scene: Scene, width: int) -> range:
    """Which of so many columns belong to the head."""
    each = width // scene.heads
    return range(scene.head * each, (scene.head + 1) * each)


def columns_of_asking(scene: Scene, words: Words) -> list[Column]:
    """The table from left to right: x, what is seen, then keys, shares, and values to gather.

    The query stands above the keys and the output below the values, both to be computed.
    """
    whole = scene.whole_trace()
    keys, values = own_columns(scene, scene.d_k), own_columns(scene, scene.d_v)
    x = np.array(scene.x) + (0 if scene.placed is None else np.array(scene.placed))
    table = [
        Column("", name, column) for name, column in zip(scene.columns, x.T.tolist(), strict=True)
    ]
    if not all(scene.seen):
        table.append(Column("", words["mask"], [float(seen) for seen in scene.seen]))
    table += [
        Column(
            f"key-{place}",
            f"k{place + 1}",
            whole.keys[:, place].tolist(),
            above=(f"query-{place}", float(whole.queries[scene.asking, place])),
        )
        for place in keys
    ]
    table += computed(scene, words)
    return table + [
        Column(
            f"value-{place}",
            f"v{place + 1}",
            whole.values[:, place].tolist(),
            under=(f"output-{place}", float(whole.output[scene.asking, place])),
        )
        for place in values
    ]


def weights_of_asking(scene: Scene) -> tuple[list[str], list[tuple[str, list[float]]]]:
    """What multiplies x in this head: the heads of its columns, and a row for each feature."""
    heads, matrices = [], []
    for name in PROJECTIONS:
        matrix = np.array(getattr(scene, name))
        own = own_columns(scene, matrix.shape[1])
        heads += [f"{name[1]}{place + 1}" for place in own]
        matrices.append(matrix[:, own])
    return heads, list(zip(scene.columns, np.hstack(matrices).tolist(), strict=True))


def steps_of_asking(scene: Scene, words: Words) -> list[tuple[str, str]]:
    """What is to be computed before the shares: a formula and its words."""
    width = len(own_columns(scene, scene.d_k))
    name = scene.rows[scene.asking]
    steps = [
        ("q = x·W_q", words["sheet_ask"].format(name=name)),
        ("k = x·W_k, v = x·W_v", words["sheet_key_value"]),
        (f"{words['formula_logit']} = q·k", words["sheet_logit_key"]),
    ]
    if width > 1:
        formula = f"{words['formula_score']} = {words['formula_logit']} / √d"
        steps.append((formula, words["sheet_scaled_key"].format(count=width)))
    return steps


def setting_of_asking(scene: Scene, words: Words) -> list[str]:
    """What holds for the whole table."""
    parts = [f"{words['asks']}: {scene.rows[scene.asking]}"]
    if scene.heads > 1:
        parts.append(words["figure_head"].format(number=scene.head + 1))
    parts += [words["causal_mask"]] * scene.causal
    return parts + [words["sheet_positions"]] * (scene.positions != "none")
