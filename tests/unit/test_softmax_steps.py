"""The steps of softmax on the stage: numbers on paper, and as the formula writes them."""

from __future__ import annotations

import math

import pytest

from attention.scripts import script

ASK = """([body, given]) => {
    const core = new Function(`${body}
        return { SOFTMAX_STEPS, softmaxNumbers, writtenPower, isPlainExp }`)();
    const { scene, trace } = given;
    return {
        ...Object.fromEntries(core.SOFTMAX_STEPS.map((step) =>
            [step, core.softmaxNumbers(step, scene, trace)])),
        powers: trace.scores.map((_, row) => core.writtenPower(scene, trace.scores, row)),
        plain: core.isPlainExp(scene, trace.scores),
    };
}"""


def steps(page, scores, temperature=1.0, mask=None, activation="linear"):
    mask = mask or [True] * len(scores)
    exps = [math.exp(score / temperature) * seen for score, seen in zip(scores, mask, strict=True)]
    total = sum(exps) or 1
    scene = {"kind": "attention", "activation": activation, "mask": mask}
    trace = {"scores": scores, "weights": [exp / total for exp in exps]}
    given = {"scene": scene | {"temperature": temperature}, "trace": trace}
    return page.evaluate(ASK, [script("core/softmax-steps.js"), given])


def test_two_scores_one_apart_on_paper(blank_page):
    found = steps(blank_page, [2.0, 4.0], temperature=2)
    assert found["score"] == [2, 4] and found["scaled"] == [1, 2]
    assert found["exp"] == found["sum"] == pytest.approx([math.e, math.e**2])
    assert found["share"] == pytest.approx([1 / (1 + math.e), math.e / (1 + math.e)])
    assert found["powers"] == ["e^(2.00 / 2)", "e^(4.00 / 2)"] and found["plain"]


def test_what_the_mask_hides_adds_nothing(blank_page):
    found = steps(blank_page, [1.0, 5.0], mask=[True, False])
    assert found["exp"] == pytest.approx([math.e, 0]) and found["share"] == [1, 0]
    assert found["score"] == [1, 5], "its score is there all the same"
    assert steps(blank_page, [1.0, 5.0], mask=[False, False])["exp"] == [0, 0]


def test_of_huge_scores_the_highest_visible_one_is_taken_off_first(blank_page):
    found = steps(blank_page, [98.0, 100.0, 500.0], mask=[True, True, False])
    assert not found["plain"] and found["exp"] == pytest.approx([math.exp(-2), 1, 0])
    assert found["powers"][0] == "e^(98.00 − 100.00)"
    assert steps(blank_page, [-98.0, -100.0])["powers"][1] == "e^(−100.00 − (−98.00))"


def test_a_negative_power_stands_in_brackets_and_tanh_has_four_decimals(blank_page):
    assert steps(blank_page, [-1.0, 2.0])["powers"] == ["e^(−1.00)", "e^2.00"]
    assert steps(blank_page, [0.5], activation="tanh")["powers"] == ["e^0.5000"]
