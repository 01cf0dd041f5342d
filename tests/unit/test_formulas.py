"""A puzzle solved by a formula: what the small language computes, and what it refuses."""

from __future__ import annotations

import json
import string

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from puzzle_solutions import FORMULAS, WRONG_FORMULAS

from attention.scripts import script
from attention.texts import say

SCRIPTS = script(
    "core/puzzles/formula.js", "core/puzzles/shrink.js", "core/puzzles/names.js", "core/refused.js"
)
X = [[1, 5], [3, -2], [0.5, 0]]
COMPUTE = """
    const results = given.map(({ text, x, asked = 0 }) => {
        try { return { names: Object.fromEntries(readFormula(text)(x, asked)) }; }
        catch (error) { return { problem: problemOf(error) }; }
    });
    return results;"""
TRIAL = """
    const puzzle = PUZZLES[given.name];
    const compute = readFormula(given.text);
    const asks = puzzle.start.kind === "self_attention";
    const solution = (x, asked, step) =>
        outputIn(compute(x, asked, asks ? step : null), outputSize(puzzle, x));
    function smallest(...scene) {
        const tries = shrinking(...scene);
        for (;;) {
            const { done, value } = tries.next();
            if (done) return value;
        }
    }
    let last;
    for (const standing of grade(puzzle, solution, given.seed)) last = { ...standing };
    const asked = askedBy(puzzle, given.seed);
    return { ...last, least: last.failed && smallest(puzzle, solution, last.failed, asked) };"""


def run(page, body, given):
    call = "([body, given]) => JSON.stringify(new Function('given', body)(JSON.parse(given)))"
    return json.loads(page.evaluate(call, [SCRIPTS + body, json.dumps(given)]))


def compute(page, *texts, x=X, asked=0):
    return run(page, COMPUTE, [{"text": text, "x": x, "asked": asked} for text in texts])


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("output = 2 + 3 * 4", 14),
        ("output = (2 + 3) * 4", 20),
        ("output = -2 ** 2", -4),
        ("output = 2 ** 3 ** 2", 512),
        ("output = 7 − 2 − 1", 4),
        ("output = 8 / 2 / 2", 2),
        ("output = 1 < 2", 1),
        ("output = [1, 2, 3] * 2", [2, 4, 6]),
        ("output = [1, 2] + [3, 4]", [4, 6]),
        ("output = [1, 2] @ [3, 4]", 11),
        ("output = x[0]", X[0]),
        ("output = x[-1]", X[-1]),
        ("output = x[:, 1]", [5, -2, 0]),
        ("output = x[1][0]", 3),
        ("output = x[1, 0]", 3),
        ("output = 2.5e-1 * 1e2", 25),
        ("output = x @ [1, 1]", [6, 1, 0.5]),
        ("output = [1, 0, 2] @ x", [2, 5]),
        ("output = i * n", [0, 3, 6]),
        ("output = where(x[:, 0] > 0.7, 1, 0)", [1, 1, 0]),
        ("output = sum(x) + max([1, 5]) + min([2, 3]) + mean([2, 4])", 7.5 + 5 + 2 + 3),
        ("a = abs(-2)\n\nb = a + 1\noutput = [a, b, asked]", [2, 3, 0]),
    ],
)
def test_it_computes_as_one_would_on_paper(blank_page, text, output):
    (found,) = compute(blank_page, text)
    assert found["names"]["output"] == output


def test_its_functions_are_those_of_numpy_and_of_the_core(blank_page):
    x, w = np.array(X), np.array([2.0, -1.0])
    weights = np.exp(x @ w) / np.exp(x @ w).sum()
    expected = {
        "softmax(x @ [2, -1])": weights,
        "softmax(x @ [2, -1]) @ x": weights @ x,
        "attend(x, [2, -1])": weights @ x,
        "attend(x, [0, 0], [0, 0, log(3)])": np.array([1, 1, 3]) / 5 @ x,
        "dot_product(x, [2, -1])": weights @ x,
        "exp(tanh(x[:, 0])) - sqrt([4, 9, 16])": np.exp(np.tanh(x[:, 0])) - [2, 3, 4],
    }
    found = compute(blank_page, *(f"output = {text}" for text in expected))
    for one, right in zip(found, expected.values(), strict=True):
        np.testing.assert_allclose(one["names"]["output"], right, rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1 to 3 lines; got 0"),
        ("a = 1\nb = 1\nc = 1\noutput = 1", "1 to 3 lines; got 4"),
        ("weights = 1", "“output =”; it begins with “weights =”"),
        ("output = " + "1" * 200, "at most 200 characters; got 209"),
        ("output = 1 $ 2", "got “$”"),
        ("output = 1 👻 2", "got “👻”"),
        ("output = x.constructor", "got “.”"),
        ("output = `x`", "got “`”"),
        ("output = constructor", "A name must be one of x, n, asked, i"),
        ("output = __proto__", "A name must be one of"),
        ("output = x constructor", "got “constructor”"),
        ("output = eval(x)", "A function must be one of softmax, exp"),
        ("output = toString()", "A function must be one of"),
        ("output = softmax(x, x)", "softmax takes 1 values; got 2"),
        ("output = 1 +", "“x” was expected here; got “—”"),
        ("output = (1", "“)” was expected here"),
        ("output 1", "“=” was expected here; got “1”"),
        ("output = [x, 1]", "single numbers only"),
        ("output = [1, 2] + [1, 2, 3]", "same length.*got 2 · 3"),
        ("output = x @ x", "same length.*got 3 × 2 · 3 × 2"),
        ("output = x[3]", "from 0 to 2, or −1 for the last; got 3"),
        ("output = x[0.5]", "got 0.5"),
        ("output = n[0]", "pick from a list or a table; this has the shape 1"),
        ("output = " + "(" * 60 + "1" + ")" * 60, "at most 40 deep"),
    ],
)
def test_what_it_does_not_know_is_refused_with_the_rule_and_what_came(blank_page, text, told):
    (found,) = compute(blank_page, text)
    for part in told.split(".*"):
        assert part in say(found["problem"])


OUTPUT = """
    try { return { output: outputIn(readFormula(given.text)(given.x, 0), given.count) }; }
    catch (error) { return { problem: problemOf(error) }; }"""


def test_a_single_number_is_a_list_of_one_and_a_list_must_have_its_length(blank_page):
    def output(text, count):
        found = run(blank_page, OUTPUT, {"text": text, "x": X, "count": count})
        return found.get("output") or say(found["problem"])

    assert output("output = x[1][0]", 1) == [3]
    assert "this is a single number" in output("output = max(x)", 2)
    assert "of length 2; got 3" in output("output = x[:, 0]", 2)
    assert "of length 2; got 3 × 2" in output("output = x", 2)
    for empty in ("max([])", "min([])", "1 / 0"):
        assert "no finite number" in output(f"output = {empty}", 1)


PIECES = st.sampled_from(
    [*"+-*/@<>()[],:=._ \t", "**", "output", "x", "i", "n", "softmax", "where", "1", "0.5",
     "constructor", "__proto__", "window", "x[:, 0]", *string.printable]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(parts=st.lists(st.lists(PIECES, max_size=25), min_size=1, max_size=4))
def test_nothing_but_a_value_or_a_refusal_comes_of_any_text(blank_page, parts):
    texts = ["output = " + "".join(part) for part in parts]
    for found in compute(blank_page, *texts, "\n".join(texts)):
        if "problem" in found:
            assert say(found["problem"])
            continue
        for value in found["names"].values():
            assert value is None or np.array(value).dtype.kind in "ifO"


@pytest.mark.parametrize("seed", [0, 3])
@pytest.mark.parametrize("name", FORMULAS)
def test_a_puzzle_can_be_solved_by_a_formula(blank_page, name, seed):
    found = run(blank_page, TRIAL, {"name": name, "text": FORMULAS[name], "seed": seed})
    assert found["failed"] is None, found
    assert found["right"] == found["tried"] > 2000


@pytest.mark.parametrize("name", WRONG_FORMULAS)
def test_a_formula_that_is_nearly_right_fails_on_a_small_scene(blank_page, name):
    found = run(blank_page, TRIAL, {"name": name, "text": WRONG_FORMULAS[name], "seed": 0})
    assert 0 < len(found["least"]) <= 2
    assert found["right"] > 0.9 * found["tried"]
