"""What stands in Python and in the scripts gives the same: goals, questions, words, address."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from attention.address import fragment, url_table
from attention.export.one_file import LIMITS
from attention.lessons import load_lessons
from attention.scene import Scene
from attention.scripts import script
from attention.texts import languages, say, texts

LESSONS = load_lessons()[0]
DATA = {
    "lessons": {name: lesson.for_page(name) for name, lesson in LESSONS.items()},
    "home": next(iter(LESSONS)),
    "texts": texts(),
    "rules": LIMITS,
    **url_table().for_page(),
}


def in_browser(
    page: Page, entries: tuple[str, ...], expression: str, asked: Any, data: Any = DATA
) -> Any:
    """The value of an expression over what is `asked`, with the page's modules and its data."""
    body = f"{script(*entries)}\nreceive(data);\nreturn JSON.stringify({expression});"
    call = "([body, data, asked]) => new Function('data', 'asked', body)(data, asked)"
    return json.loads(page.evaluate(call, [body, data, asked]))


def test_a_new_key_of_the_address_is_one_row_of_the_table(blank_page):
    row = {"key": "look", "path": "gallery.look", "type": "choice", "among": ["flow", "plane"]}
    data = DATA | {"keys": [*DATA["keys"], row | {"default": "flow", "control": "look-"}]}
    reading = "readAddress(hash).gallery.look, writeAddress(readAddress(hash))"
    expression = f"asked.map((hash) => [{reading}])"
    hashes = ["", "#look=plane", "#look=x"]
    found = in_browser(blank_page, ("state/url.js",), expression, hashes, data)
    assert found == [["flow", ""], ["plane", "look=plane"], ["flow", ""]]


def some_scenes(name: str) -> list[Scene]:
    """The lesson as it opens, as it is solved, with one kept part changed, and at random."""
    lesson, random = LESSONS[name], np.random.default_rng(7)
    start = lesson.start.model_dump()
    solved = start | lesson.challenge.solution
    scenes = [start, solved, solved | {"temperature": start["temperature"] * 2}]
    for _ in range(5):
        part = random.choice(["x", "b"]) if start["b"] else "x"
        moved = np.array(solved[part]) + random.normal(size=np.shape(solved[part])).round(1)
        scenes.append(solved | {part: moved.tolist()})
    return [Scene.model_validate(scene) for scene in scenes]


@pytest.mark.parametrize("name", LESSONS)
def test_the_page_sees_a_challenge_done_where_python_does(blank_page, name):
    scenes = some_scenes(name)
    expression = f"""asked.map((fields) => {{
        const start = sceneOf({json.dumps(name)});
        const scene = {{ ...structuredClone(start), ...fields }};
        return challengeStanding(scene, start, currentLesson({json.dumps(name)}).challenge,
            run(scene)).done;
    }})"""
    entries = ("core/challenge.js", "state/lessons.js")
    plain = [
        scene.model_dump(exclude={"rows", "columns"}, exclude_none=True) | {"mask": scene.shown}
        for scene in scenes
    ]
    found = in_browser(blank_page, entries, expression, plain)
    assert found == [LESSONS[name].done(scene) for scene in scenes]
    assert found[1] or not LESSONS[name].challenge.goals


@pytest.mark.parametrize("name", [name for name, one in LESSONS.items() if one.predict])
def test_the_page_answers_a_lessons_question_as_python_does(blank_page, name):
    lesson = LESSONS[name]
    asked = f"asked, sceneOf({json.dumps(name)})"
    expression = f"[predictedNumbers({asked}), predictedAnswer({asked})]"
    entries = ("core/prediction.js", "state/lessons.js")
    question = lesson.for_page(name)["predict"]
    numbers, answer = in_browser(blank_page, entries, expression, question)
    assert answer == lesson.predict.answer(lesson.start)
    assert numbers == pytest.approx(lesson.predict.numbers(lesson.start), rel=1e-9, abs=1e-12)


def test_a_text_is_filled_alike_with_words_lists_and_other_texts(blank_page):
    long = {"key": "refused_long", "values": {"most": 200, "came": "x"}}
    fillings = [
        long,
        {"key": "rule_choice", "values": {"allowed": ["a", "b"], "came": "c"}},
        {"key": "server_error", "values": {"error": [long, long]}},
    ]
    for lang in languages():
        expression = f"asked.map(({{ key, values }}) => textIn({lang!r}, key, values))"
        found = in_browser(blank_page, ("state/texts.js",), expression, fillings)
        assert found == [say(one, lang) for one in fillings]


def test_the_page_reads_the_address_that_python_writes_as_the_same_scene(blank_page):
    scenes = [lesson.start for lesson in LESSONS.values()]
    expression = 'asked.map((hash) => toPlain(readAddress(hash).scene, "en"))'
    data = [f"#{fragment(scene)}" for scene in scenes]
    found = in_browser(blank_page, ("state/url.js",), expression, data)
    for plain, scene in zip(found, scenes, strict=True):
        assert (
            Scene.model_validate(plain).trace().weights.tolist() == scene.trace().weights.tolist()
        )
        assert plain["rows"] == scene.rows and plain["kind"] == scene.kind
