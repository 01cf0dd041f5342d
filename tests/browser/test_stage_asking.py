"""Whichever number a lesson asks for, it is nowhere in the picture until one has answered."""

from __future__ import annotations

import re

import pytest
from playing import next_frame
from playwright.sync_api import Browser, Page, expect

from attention.export import handout
from attention.lessons import Lesson

ROWS, VECTORS = ["a", "b", "c", "d"], [[1.1, 0.3], [2.3, 5.2], [3.7, 1.9], [0.7, 8.3]]
ONE = {"rows": [[one] for one, _ in VECTORS], "w": [[0.31, 0.17, -0.23, 0.11]] * 4}
KINDS = {
    "tanh": {"activation": "tanh", "temperature": 0.3, "w": [0.13, 0.07]},
    "linear": {"activation": "linear", "temperature": 2, "w": [0.13, 0.07]},
    "huge": {"activation": "linear", "temperature": 0.05, "w": [0.33, 0.27]},  # max is taken off
    "gate": {"kind": "gate", "x": ONE["rows"], "w": ONE["w"], "temperature": 2},
    "scaled": {"kind": "scaled_dot_product", "query": [0.71, 0.34], "temperature": 2},
}
STEPS = ("score", "scaled", "exp", "sum", "share")
# Where each of them is told once it is answered.
TOLD = {"logits": "score", "scores": "score", "weights": "share", "output": None}


def asking(kind: str, of: str, index: int | None) -> Lesson:
    """A lesson of one's own that asks for a number, or for the row that has the largest."""
    words = {"en": "Which?"}
    choices = [{"text": words, "at_least": 0}, {"text": words, "at_most": -1e-9}]
    scene = {"kind": "attention", "x": VECTORS} | KINDS[kind]
    scene |= {} if kind == "scaled" else {"b": [0.21, -0.32, 0.43, -0.74]}
    return Lesson.model_validate(
        {
            **{"level": 1, "title": words, "story": words, "focus": 1, "scene": scene},
            **{"rows": {"en": ROWS}, "columns": {"en": ["one", "two"][: len(scene["x"][0])]}},
            "predict": {"text": words, "of": of, "index": index}
            | ({} if index is None else {"choices": choices}),
            "challenge": {
                **{"text": words, "goals": [{"of": "weights", "index": 0, "at_most": 0}]},
                "solution": {"mask": [False, True, True, True]},
            },
        }
    )


@pytest.fixture
def opened(browser: Browser, tmp_path):
    """`opened(lesson)`: its handout, wide enough for two views."""
    size = {"width": 1280, "height": 900}
    context = browser.new_context(viewport=size, locale="en-US", reduced_motion="reduce")
    file = tmp_path / "lesson.html"

    def opened(lesson: Lesson) -> Page:
        file.write_text(handout(lesson, lang="en"), "utf-8")
        page = context.new_page()
        page.goto(file.as_uri())
        page.locator("table[data-ready='true']").wait_for(state="attached")
        return page

    yield opened
    context.close()


# Of a drawing each text by itself: Firefox writes them one behind the other.
_READ = """(node) => {
    const drawn = [...node.querySelectorAll("svg text")].filter((text) => text.checkVisibility());
    return [node.innerText, ...drawn.map((text) => text.textContent)].join("\\n");
}"""


def pictures(page: Page) -> dict[str, str]:
    """What one can read in each view, and in each step of softmax."""
    found = {}
    panes = page.locator(".stage .panes")
    if page.get_by_test_id("stage-code").is_visible():
        page.get_by_test_id("stage-code").click()
        for line in page.locator("button.code-line").all():
            line.click()
            found[line.get_attribute("data-testid")] = panes.evaluate(_READ)
    for view in ("flow", "plane", "loss", "softmax"):
        page.get_by_test_id(f"stage-{view}").click()
        found[view] = panes.evaluate(_READ)
    for step in STEPS:
        page.get_by_test_id(f"softmax-step-{step}").click()
        found[step] = panes.evaluate(_READ)
    return found


def secrets(page: Page) -> list[str]:
    """The numbers that are asked for, as the table would write them."""
    asked = page.locator(".playground").get_attribute("data-asked").split()
    named = [name.split("-") for name in asked if re.fullmatch(r"[a-z]+-\d", name)]
    cells = [page.get_by_test_id(f"{of.removesuffix('s')}-{i}") for of, i in named]
    return [re.findall(r"[−\d.<]+", cell.text_content())[-1] for cell in cells]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("index", [1, None])
@pytest.mark.parametrize("of", TOLD)
def test_the_number_that_is_asked_for_is_in_no_view(opened, of, index, kind):
    page = opened(asking(kind, of, index))
    numbers = secrets(page)
    assert numbers
    of = page.locator(".playground").get_attribute("data-asked").split()[0].removeprefix("of-")
    page.get_by_test_id("pin").click()  # nor is it in what is kept to compare with
    hidden = pictures(page)
    for view, text in hidden.items():
        words = re.findall(r"[−\d.<]+", text)
        assert not set(numbers) & set(words), (view, text)
    if of == "scores":
        expect(page.locator(".softmax-curve")).not_to_be_visible()
        page.get_by_test_id("softmax-step-sum").click()
        expect(page.locator(".softmax-columns .sum")).to_have_text("?")
    page.get_by_test_id("stage-plane").click()
    is_told = page.locator(".pull").evaluate_all(
        """(nodes) => nodes.map((node) =>
            Boolean(node.getAttribute("d")) && Number(node.getAttribute("stroke-width")) > 0)"""
    )
    if of == "weights" or (of == "output" and kind != "gate"):
        assert not any(is_told), "the lines lead to the output"
    elif of == "output":
        assert is_told == [index is not None and row != index for row in range(4)]
    else:
        assert all(is_told)
    page.get_by_test_id("step-predict").click()
    page.get_by_test_id("predict-skip").click()
    next_frame(page)
    shown = pictures(page)[TOLD[of] or "flow"]
    told = set(re.findall(r"[−\d.<]+", shown))
    own = numbers[1:2] if of == "logits" and index is None else numbers  # in the chosen row's line
    assert set(own) <= told
