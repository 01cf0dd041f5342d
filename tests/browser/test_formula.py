"""A row's numbers, put into the formula: what is written there is true arithmetic."""

import math
import re

import numpy as np
import pytest
from playing import SLIDERS, assert_agrees, drag, fragment, go, next_frame
from playwright.sync_api import expect

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def lines(page):
    """The lines of the formula by their names: what is calculated, and what comes out."""
    texts = page.get_by_test_id("formula").evaluate(
        """(node) => [...node.querySelectorAll("dt")].map(
            (name) => [name.textContent, name.nextElementSibling.textContent])"""
    )
    return {name: re.split(" [=≈] ", text.removeprefix("= ")) for name, text in texts}


def calculate(text):
    """What the written sum or product comes to."""
    for said, meant in (
        ("·10", "E"), ("−", "-"), ("·", "*"), ("÷", "/"), ("√", "math.sqrt "), ("^", "**"),
    ):  # fmt: skip
        text = text.replace(said, meant).translate(RAISED)
    text = re.sub(r"math\.sqrt (\d+)", r"math.sqrt(\1)", text)
    text = re.sub(r"\be\*\*", "math.e**", text).replace("tanh(", "math.tanh(")
    assert re.fullmatch(r"[\d\s.+\-*/()eE]*", re.sub(r"math\.(sqrt|tanh|e)\b", "", text)), text
    return eval(text, {"math": math})


def number(text):
    return float(text.replace("·10", "e").replace("−", "-").translate(RAISED))


@pytest.mark.parametrize("kind", SLIDERS)
def test_a_click_on_a_row_writes_its_numbers_into_the_formula(desk, kind):
    go(desk, f"#kind={kind}&temperature=19")
    trace = assert_agrees(desk)
    for row in range(4):
        desk.get_by_test_id(f"score-{row}").click()
        heading = desk.get_by_test_id("formula").get_by_role("heading")
        expect(heading).to_contain_text(trace.names[f"row-name-{row}"])
        found = lines(desk)
        for name, exactly in (("logit", 1e-6), ("weight", 0.001)):
            written, result = found[name]
            true = trace.numbers[f"{name}-{row}"]
            assert calculate(written) == pytest.approx(true, rel=exactly)
            assert number(result) == pytest.approx(true, rel=0.005, abs=0.005)
        for written, result in (line for name, line in found.items() if name in ("score", "exp")):
            assert calculate(written) == pytest.approx(number(result), rel=0.001)


@pytest.mark.parametrize(("lesson", "said"), [("love", ""), ("fear", "highest score (84.00)")])
def test_every_line_is_true_arithmetic_follows_the_drag_and_tells_of_a_shift(desk, lesson, said):
    go(desk, f"#lesson={lesson}&temperature=1")
    desk.get_by_test_id("x-1-0").focus()  # a row can be chosen by keyboard
    for share in (None, 0.1, 0.9):
        if share:
            drag(desk, "x-1-0", share)
        else:
            expect(desk.get_by_test_id("formula")).to_contain_text(said)
        numbers = assert_agrees(desk).numbers
        next_frame(desk)
        found = lines(desk)
        assert calculate(found["logit"][0]) == pytest.approx(numbers["logit-1"], rel=1e-4)
        for name in {"score", "exp", "weight"} & set(found):
            written, result = found[name]
            assert calculate(written) == pytest.approx(number(result), rel=0.01)


def test_the_contribution_of_a_row_is_its_weight_times_its_vector(desk):
    numbers = assert_agrees(desk).numbers
    desk.get_by_test_id("row-name-2").click()
    written, result = lines(desk)["adds to the output"]
    parts = [number(part) for part in result.strip("()").split(", ")]
    assert parts == pytest.approx([n * numbers["weight-2"] for n in (70, 20, 20)], abs=0.005)
    assert written.endswith("(70, 20, 20)")
    desk.get_by_test_id("mask-2").uncheck()
    desk.get_by_test_id("score-2").click()
    expect(desk.get_by_test_id("formula")).to_contain_text("The mask hides this row")


@pytest.mark.parametrize("fears", [[80, 99, 100], [88, 88, 88], [70, 80, 88]])
def test_where_float32_does_not_suffice_the_formula_says_what_the_articles_class_gives(desk, fears):
    go(desk, fragment(lesson="overflow", x=";".join(map(str, fears))))
    with np.errstate(over="ignore", invalid="ignore"):
        exps = np.exp(np.array(fears, np.float32))
        total = exps.sum()
        weights = exps / total
    for row, weight in enumerate(weights):
        desk.get_by_test_id(f"score-{row}").click()
        said = re.search(
            r"be (\S+) ÷ (\S+) = (\S+) there", desk.get_by_test_id("formula").inner_text()
        )
        if np.isfinite(total):
            assert not said
            continue
        found = [number(one.replace("∞", "inf")) for one in said.groups()]
        assert found == pytest.approx([exps[row], total, weight], rel=0.01, nan_ok=True)
