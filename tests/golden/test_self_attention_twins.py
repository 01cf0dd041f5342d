"""Self-attention in NumPy and in the browser, by the plain definition and on random cases."""

from __future__ import annotations

import json
from typing import Any

import make_self_attention
import numpy as np
import pytest
from effort import many
from make_self_attention import STAGES
from playwright.sync_api import Page
from twins import ask

from attention import SelfAttentionTrace, self_attention, sinusoidal

GOLDEN = json.loads(make_self_attention.FILE.read_text("utf-8"))
CASES = GOLDEN["cases"]
HOW = ("heads", "causal", "positions", "temperature")


def in_numpy(case: dict[str, Any], dtype: type = np.float64) -> SelfAttentionTrace:
    matrices = (case[name] for name in ("wq", "wk", "wv"))
    how = {name: case[name] for name in HOW}
    return self_attention(np.array(case["x"], dtype), *matrices, case["mask"], **how)


def in_browser(page: Page, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    expression = """given.map((one) =>
        self_attention(one.x, one.wq, one.wk, one.wv, one.mask, one))"""
    return ask(page, expression, cases, "core/attention.js")


def sizes(case: dict[str, Any]) -> dict[str, Any]:
    """How large the numbers are that each stage adds up, at least 1: sums may cancel."""
    x, *matrices = (np.abs(case[name]) for name in ("x", "wq", "wk", "wv"))
    x = x + np.abs(case["positions"] or 0)
    queries, keys, values = (x @ matrix for matrix in matrices)
    logits = (queries @ keys.T).max()
    parts = {"queries": queries, "keys": keys, "values": values, "logits": logits}
    whole = parts | {"scores": logits, "weights": 1, "output": values.max()}
    return {name: max(1.0, np.max(size)) for name, size in whole.items()}


def agree(case: dict[str, Any], got: Any, expected: Any, tolerance: float) -> None:
    """Fail with the first stage that differs by more than `tolerance` of its numbers."""
    large = sizes(case)
    for stage in STAGES:
        mine, theirs = (
            np.asarray(one[stage] if isinstance(one, dict) else getattr(one, stage), float)
            for one in (got, expected)
        )
        assert mine.shape == theirs.shape, stage
        apart = np.abs(mine - theirs).max() / large[stage]
        assert apart <= tolerance, f"{case['name']}: {stage} differ by {apart}"


def test_the_golden_file_is_to_the_byte_what_its_script_writes():
    assert make_self_attention.FILE.read_bytes() == make_self_attention.text().encode()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_numpy_computes_the_definition(case):
    agree(case, in_numpy(case), case, 1e-12)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_numpy_computes_the_definition_in_float32(case):
    trace = in_numpy(case, np.float32)
    assert {stage.dtype for stage in vars(trace).values()} == {np.dtype(np.float32)}
    # The precision of a weight is that of its score, after the temperature has enlarged it.
    enlarged = sizes(case)["scores"] / case["temperature"]
    if enlarged < 1000:
        agree(case, trace, case, 1e-6 * max(1, enlarged))


def test_the_browser_computes_the_definition(blank_page):
    for case, trace in zip(CASES, in_browser(blank_page, CASES), strict=True):
        agree(case, trace, case, 1e-12)


def test_core_and_browser_set_sinusoidal_positions_by_the_definition(blank_page):
    asked = [[one["steps"], one["features"]] for one in GOLDEN["sinusoidal"]]
    expression = "given.map(([steps, features]) => sinusoidal(steps, features))"
    found = ask(blank_page, expression, asked, "core/attention.js")
    for one, browser in zip(GOLDEN["sinusoidal"], found, strict=True):
        for positions in (browser, sinusoidal(one["steps"], one["features"])):
            np.testing.assert_allclose(positions, one["positions"], rtol=0, atol=4e-15)


def random_case(random: np.random.Generator) -> dict[str, Any]:
    steps, features = int(random.integers(1, 17)), int(random.integers(1, 9))
    heads = int(random.integers(1, 5))
    d_k, d_v = (heads * int(random.integers(1, 4 // heads + 1)) for _ in range(2))
    size = float(random.choice([1, 10, 1e6]))
    numbers = lambda *shape: random.uniform(-size, size, shape).tolist()  # noqa: E731
    return {
        "name": f"{steps} × {features}, heads {heads}",
        "x": numbers(steps, features),
        "wq": numbers(features, d_k),
        "wk": numbers(features, d_k),
        "wv": numbers(features, d_v),
        "mask": (random.random(steps) < 0.7).tolist() if random.random() < 0.5 else None,
        "heads": heads,
        "causal": bool(random.random() < 0.5),
        "positions": numbers(steps, features) if random.random() < 0.5 else None,
        "temperature": float(random.choice([1, 0.01, 1000, 0.3])),
    }


def test_numpy_and_browser_agree_on_cases_that_nobody_thought_of(blank_page):
    random = np.random.default_rng(2017)
    cases = [random_case(random) for _ in range(many(300, 3_000))]
    for case, browser in zip(cases, in_browser(blank_page, cases), strict=True):
        trace = in_numpy(case)
        agree(case, browser, trace, 1e-12)
        # Both add in the same order, so that all comes out alike to the last bit up to exp.
        for stage in STAGES[:5]:
            numbers = np.asarray(browser[stage], float)
            assert np.array_equal(numbers, getattr(trace, stage)), (case["name"], stage)
