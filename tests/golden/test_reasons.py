"""Why an answer is what it is: each kind of reason, worked out on paper."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page

from attention.lessons import Lesson, load_lessons
from attention.scripts import script
from attention.texts import texts

LESSONS = load_lessons()[0]
# exp: e⁻² = 0.135, e⁻¹ = 0.368, e⁰ = 1, e¹ = 2.718, e² = 7.389
ROWS = ["a", "b", "c"]
PLAIN = {"kind": "attention", "activation": "linear", "temperature": 1.0, "b": [0, 0, 0]}
PLAIN |= {"columns": ["f"], "x": [[2], [1], [0]], "w": [1], "query": [1], "mask": []}
WEIGHT = {"of": "weights", "index": 0, "change": {}, "difference": False, "choices": []}


def reason(page: Page, predict: dict[str, Any], scene: dict[str, Any], choice: Any = None) -> str:
    """The sentence, in English."""
    opened = {"rows": {"en": scene.get("rows", ROWS)}, "columns": {"en": scene["columns"]}}
    lesson = opened | {"scene": scene, "objective": {"target": [1, 1, 1]}}
    body = f"""{script("core/reason.js")}
        const start = openLesson(lesson, ["en"]);
        return JSON.stringify(reasonFor(predict, start, lesson.rows.en, choice));"""
    call = "([body, ...given]) => new Function('predict', 'lesson', 'choice', body)(...given)"
    said = json.loads(page.evaluate(call, [body, predict, lesson, choice]))
    blank = lambda found: str(said["values"][found[1]])  # noqa: E731
    return re.sub(r"\{(\w+)\}", blank, texts()["en"][said["key"]]).replace("\xa0", " ")


ON_PAPER = [
    # What is asked, what the scene is, what one chose, what is said.
    ({"index": None}, {}, 2, "“c” has a score of 0, “a” has 2: e^2 ≈ 7.39 · e^0."),
    (
        {"index": None},
        {"temperature": 2.0},
        1,
        "“b” has a score of 1, “a” has 2: e^(2/2) ≈ 1.65 · e^(1/2).",
    ),
    ({"index": None}, {}, None, "“b” has a score of 1, “a” has 2: e^2 ≈ 2.72 · e^1."),
    (
        {"index": None},
        {"mask": [True, False, True]},
        1,
        "The mask hides “b”: its weight is exactly 0.",
    ),
    ({"index": None, "of": "scores"}, {}, 2, "“c” has 0, “a” has 2."),
    ({}, {}, 1, "“a” has a score of 2: e^2 ≈ 7.39, and 7.39 ÷ (7.39 + 2.72 + 1) ≈ 66.5 %."),
    (
        {"index": 2},
        {"activation": "tanh", "x": [[100], [100], [-100]]},
        1,
        "tanh turns −100 into −1, so “c” has e^−1 ≈ 0.368, "
        "and 0.368 ÷ (2.72 + 2.72 + 0.368) ≈ 6.3 %.",
    ),
    (
        {},
        {"x": [[102], [101], [100]]},
        1,
        "Only the distance to the highest score counts: for “a” e^0 = 1, "
        "and 1 ÷ (1 + 0.368 + 0.135) ≈ 66.5 %.",
    ),
    (
        {"change": {"mask": [False, True, True]}},
        {},
        1,
        "The mask hides “a”: its weight is exactly 0.",
    ),
    (
        {"index": 1, "change": {"mask": [False, True, True]}},  # 24.5 % → 73.1 %
        {},
        1,
        "The remaining rows had 33.5 % together. They keep their proportions: "
        "each weight is multiplied by 2.99 (1 ÷ 0.335).",
    ),
    (  # a row more, or another: nobody is merely left
        {"index": 0, "change": {"mask": [True, True, True]}},
        {"mask": [True, False, True]},
        1,
        "“a” has a score of 2: e^2 ≈ 7.39, and 7.39 ÷ (7.39 + 2.72 + 1) ≈ 66.5 %.",
    ),
    (
        {"change": {"temperature": 2.0}},  # e^1, e^½, 1
        {},
        1,
        "At T = 2 a score of 2 counts as e^(2/2) ≈ 2.72, and 2.72 ÷ (2.72 + 1.65 + 1) ≈ 50.6 %.",
    ),
    (
        {"change": {"b": [50, 0, 0]}},
        {"activation": "tanh", "x": [[100], [1], [0]]},
        1,
        "tanh of 100 is 1, and so is tanh of 150: no score moves, so no weight does either.",
    ),
    (
        {"change": {"b": [-100, -100, -100]}},
        {},
        1,
        "Every score moves by the same −100, and softmax sees only differences: no share changes.",
    ),
    (
        {"change": {"b": [1, 0, 0]}},
        {},
        1,
        "The score of “a” rises by 1, so its exp becomes 2.72 times as large; "
        "then all shares are scaled back to 100 %.",
    ),
    (
        {"change": {"b": [-2, 0, 0]}},
        {},
        1,
        "The score of “a” falls by 2, so its exp is multiplied by 0.135; "
        "then all shares are scaled back to 100 %.",
    ),
    (
        {"change": {"b": [0, -1, -1]}},  # more than one score moves
        {},
        1,
        "“a” has a score of 2: e^2 ≈ 7.39, and 7.39 ÷ (7.39 + 1 + 0.368) ≈ 84.4 %.",
    ),
    (
        {"of": "output"},
        {"x": [[6], [0], [0]], "w": [0]},
        1,
        "The output is the weighted sum of the column: 33.3 % · 6 + 33.3 % · 0 + 33.3 % · 0 ≈ 2.",
    ),
    ({"of": "logits"}, {"b": [-3, 0, 0]}, 1, "2 · 1 + (−3) = −1."),
    (
        {"of": "scores"},
        {"activation": "tanh", "x": [[0.5], [0], [0]]},
        1,
        "The sum is 0.5, and tanh turns it into 0.4621.",
    ),
    (
        {"of": "scores"},
        {"kind": "scaled_dot_product", "columns": list("abcd"), "x": [[1] * 4] * 3}
        | {"query": [1, 1, 1, 1], "w": None, "b": None},
        1,
        "4 ÷ √4 = 2.",
    ),
]
GATE = {"kind": "gate", "x": [[6], [5], [9]], "w": [[0, 0, 0], [0, 0, 0], [0, 0, 0]]}
ON_PAPER += [
    (
        {"of": "output", "change": {"x": [[6], [5], [0]]}},
        GATE,
        1,
        "With these weights the share of “a” stays 33.3 %: 33.3 % · 6 ≈ 2.",
    ),
    (
        {"of": "output", "change": {"b": [100, 0, 0]}},
        GATE,
        1,
        "The gate lets 100 % of “a” through: 100 % · 6 = 6.",
    ),
]


@pytest.mark.parametrize(("asked", "fields", "choice", "said"), ON_PAPER)
def test_a_reason_says_what_one_would_work_out_on_paper(blank_page, asked, fields, choice, said):
    assert reason(blank_page, WEIGHT | asked, PLAIN | fields, choice) == said


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_every_lesson_has_a_reason_for_each_wrong_answer(blank_page, lesson: Lesson):
    sent = lesson.for_page()
    predict, scene = sent["predict"], sent["scene"]
    scene |= {"rows": sent["rows"]["en"], "columns": sent["columns"]["en"]}
    answers = range(len(predict["choices"]) or len(scene["rows"]))
    for choice in [None, *(i for i in answers if i != lesson.predict.answer(lesson.start))]:
        said = reason(blank_page, predict, scene, choice)
        assert not re.search(r"undefined|NaN|null|\{", said), said
