"""A third language is one file, which may say as little as it likes: the rest is English."""

from __future__ import annotations

import re

import pytest
from pseudo import CODE, third_language, unmarked

from attention.late_scripts import parts
from attention.lessons import load_lessons, parse_lesson
from attention.scripts import packed_script
from attention.texts import ASSETS, UserError, in_every_language, languages, texts, typeset
from attention.training.task import Options
from attention.ui import gallery
from attention.ui.learn import words

SCENE = {"rows": ["a"], "columns": ["f"], "x": [[1]], "w": [1]}


@pytest.fixture
def whole(tmp_path):
    with third_language(tmp_path):
        yield


@pytest.fixture
def bare(tmp_path):
    with third_language(tmp_path, 'language = "Newspeak"\n[lessons.fear]\ntitle = "Doubleplus"\n'):
        yield


def english_left(value, path=()):
    """Every text of a language among plain data that has a word outside the marks."""
    if isinstance(value, dict):
        if CODE in value:
            return english_left(value[CODE], path)
        return [one for key in value for one in english_left(value[key], (*path, key))]
    if isinstance(value, list | tuple):
        return [one for key, item in enumerate(value) for one in english_left(item, (*path, key))]
    return [(path, value)] if isinstance(value, str) and re.search(r"\w", unmarked(value)) else []


def test_a_language_that_says_everything_leaves_no_english(whole):
    assert languages()[0] == "en" and CODE in languages()
    for name, lesson in load_lessons()[0].items():
        told = lesson.for_page(name)
        texts_alone = {key: told[key] for key in ("title", "story", "rows", "columns", "seen")}
        texts_alone |= {"text": told["challenge"]["text"], "article": told["article"]}
        if told["predict"]:
            choices = [choice["text"] for choice in told["predict"]["choices"]]
            texts_alone |= {"question": told["predict"]["text"], "choices": choices}
        assert not english_left(texts_alone), name
    for one in gallery.for_page():
        assert not english_left({"title": one["title"], "idea": one["idea"]})
    assert not english_left(words()[CODE])


def test_what_it_does_not_say_is_said_in_english(bare):
    assert texts()[CODE] == texts()["en"] | {"language": "Newspeak"}
    lesson = load_lessons()[0]["fear"].for_page("fear")
    assert lesson["title"][CODE] == "Doubleplus"
    assert lesson["rows"][CODE] == lesson["rows"]["en"]
    assert lesson["predict"]["text"][CODE] == lesson["predict"]["text"]["en"]


def test_a_task_without_data_in_it_shows_those_in_english(whole):
    assert Options(lang=CODE).lang == "en"
    assert Options(lang="ru").lang == "ru"


def test_names_that_do_not_fit_the_table_are_not_taken_from_a_file(tmp_path):
    broken = '[lessons.fear]\nrows = ["one"]\ntitle = 7\nstory = ["a"]\n'
    with third_language(tmp_path, broken):
        lesson = load_lessons()[0]["fear"]
        told = lesson.for_page("fear")
    for field in ("rows", "title", "story"):
        assert told[field][CODE] == typeset(getattr(lesson, field)["en"])


def test_a_lesson_of_ones_own_is_shown_in_its_own_language_whatever_the_page_speaks():
    assert in_every_language({"ru": "Страх"}) == dict.fromkeys(languages(), "Страх")


def test_a_lesson_is_in_the_same_languages_throughout():
    fear = (ASSETS / "lessons" / "04-fear.toml").read_text("utf-8")
    with pytest.raises(UserError, match=r"story: must be written in .*en.*ru, .*; got en"):
        parse_lesson(re.sub(r"(?m)(?<=^\[story\]\n)(en = .*\n)ru = .*\n", r"\1", fear))


def test_no_language_stands_in_the_scripts():
    # `lang: "en"` names the language of an English title.
    assert not re.search(
        r"(?<!lang:)[\"'`](?:en|ru)[\"'`]", packed_script(parts("gradio.js").everything())
    )
