"""Scenes for tests: chosen ones with their stages, random ones, and names that mean harm."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
from hostile import IN_A_FILE
from hypothesis import strategies as st

from attention.scene import (
    COLDEST,
    HOTTEST,
    LARGEST_NUMBER,
    LONGEST_NAME,
    MOST_PROJECTED,
    Kind,
    Positions,
    Scene,
)

# Every kind, with and without bias and mask, at the limits of the page; see make_core.py.
CASES = json.loads((Path(__file__).parent / "golden/core.json").read_text("utf-8"))


def size(case: dict[str, Any]) -> float:
    """How large the numbers are that a sum may have to cancel."""
    scene = as_scene(case)
    factors = scene.query if scene.is_dot_product else np.ravel(scene.w)
    largest = [np.abs(values).max() for values in (case["x"], factors, case.get("b") or [0])]
    return max(1.0, largest[0], largest[0] * largest[1], largest[2])


def as_scene(fields: dict[str, Any], names: list[str] | None = None) -> Scene:
    """The `Scene` of these fields, with names and without what it does not know."""
    names = names or ["step"]
    labels = {
        "rows": [names[step % len(names)] for step in range(len(fields["x"]))],
        "columns": [names[-1 - step % len(names)] for step in range(len(fields["x"][0]))],
        "mask": [bool(shown) for shown in fields["mask"] or []],
    }
    known = {name: value for name, value in fields.items() if name in Scene.model_fields}
    return Scene(**known | labels)


def names() -> st.SearchStrategy[str]:
    """Any name that a scene takes."""
    anything = st.text(min_size=1, max_size=LONGEST_NAME).filter(str.strip)
    return st.sampled_from(IN_A_FILE) | anything


VECTOR_KINDS = [kind for kind in get_args(Kind) if kind != "self_attention"]


@st.composite
def scenes(
    draw: st.DrawFn,
    largest: float = LARGEST_NUMBER,
    coldest: float = COLDEST,
    kinds: Sequence[Kind] = get_args(Kind),
) -> dict:
    """The fields of a `Scene`, names aside, anywhere within the limits of the page."""
    kind = draw(st.sampled_from(kinds))
    steps = draw(st.integers(1, 6))
    features = 1 if kind == "gate" else draw(st.integers(1, 8))
    reach = draw(st.sampled_from([1, 10, largest]))
    number = st.floats(-reach, reach) | st.sampled_from(
        [0.0, -0.0, 1.0, -100.0 if reach > 1 else -1.0]
    )
    vector = lambda length: st.lists(number, min_size=length, max_size=length)  # noqa: E731
    matrix = lambda rows, columns: draw(st.lists(vector(columns), min_size=rows, max_size=rows))  # noqa: E731
    own = _of_self_attention(draw, matrix, steps, features) if kind == "self_attention" else {}
    return own | {
        "kind": kind,
        "x": matrix(steps, features),
        "w": matrix(steps, steps) if kind == "gate" else draw(vector(features)),
        "b": draw(st.none() | vector(steps)),
        "query": draw(vector(features)),
        "mask": draw(st.none() | st.lists(st.booleans(), min_size=steps, max_size=steps)),
        "activation": draw(st.sampled_from(["tanh", "linear"])),
        "temperature": draw(st.floats(coldest, HOTTEST) | st.just(1.0)),
    }


def _of_self_attention(
    draw: st.DrawFn, matrix: Callable[[int, int], list], steps: int, features: int
) -> dict:
    heads = draw(st.integers(1, MOST_PROJECTED))
    d_k, d_v = (heads * draw(st.integers(1, MOST_PROJECTED // heads)) for _ in range(2))
    positions = draw(st.sampled_from(get_args(Positions)))
    return {
        "wq": matrix(features, d_k),
        "wk": matrix(features, d_k),
        "wv": matrix(features, d_v),
        "heads": heads,
        "head": draw(st.integers(0, heads - 1)),
        "causal": draw(st.booleans()),
        "positions": positions,
        "pos": matrix(steps, features) if positions == "learned" else None,
        "asks": draw(st.none() | st.integers(0, steps - 1)),
    }
