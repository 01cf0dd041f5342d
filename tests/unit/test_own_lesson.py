"""The table becomes a lesson's file and comes back the same; test_lessons.py has broken ones."""

from __future__ import annotations

import base64
import time

import pytest
import tomlkit
from hostile import IN_A_FILE
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import as_scene, names, scenes

from attention.lessons import FOLDER, load_lessons, parse_lesson
from attention.lessons.file import LARGEST_FILE
from attention.lessons.toml_lines import lines_of
from attention.lessons.writing import source_of, write_lesson
from attention.scene import Scene
from attention.texts import languages, say, texts
from attention.ui.own_lesson import open_lesson, save_lesson

LESSONS = load_lessons()[0]
FEAR = source_of("fear")
NOTHING = {"title": "", "story": "", "challenge": ""}


def same(loaded: Scene, saved: Scene) -> bool:
    return loaded == saved.model_copy(update={"mask": saved.mask if saved.hides else []})


@settings(max_examples=60)
@given(scenes(), st.lists(names(), min_size=1, max_size=3), st.sampled_from(languages()))
def test_a_saved_scene_opens_again_exactly_as_it_was(fields, labels, lang):
    scene = as_scene(fields, labels)
    for base in (None, FEAR):
        lesson = parse_lesson(write_lesson(scene, lang, NOTHING, base))
        assert same(lesson.at(lang), scene)
        assert not lesson.done(lesson.start), "what nobody can reach is never reached"


@pytest.mark.parametrize("words", IN_A_FILE)
def test_words_come_back_as_they_were_typed(words):
    typed = {"title": words, "story": words, "challenge": words}
    lesson = parse_lesson(write_lesson(LESSONS["love"].start, "en", typed))
    assert (lesson.title, lesson.story, lesson.challenge.text) == ({"en": words},) * 3


@pytest.mark.parametrize("name", LESSONS)
def test_an_unchanged_lesson_is_its_own_file_in_full(name):
    source = source_of(name)
    for lang in LESSONS[name].languages:
        assert write_lesson(LESSONS[name].at(lang), lang, NOTHING, source) == source


def test_words_for_an_unchanged_lesson_change_nothing_else_of_its_file():
    typed = NOTHING | {"title": "Mine"}
    written = write_lesson(LESSONS["fear"].start, "en", typed, FEAR)
    told = f'"Mine" # {texts()["en"]["own_file_same"]}'
    old = LESSONS["fear"].title
    assert written == FEAR.replace(old["en"], "Mine").replace(f'"{old["ru"]}"', told)


@pytest.mark.parametrize("lang", LESSONS["fear"].languages)
@pytest.mark.parametrize(
    "form", ["[title]\nen = 'a'\nru = 'b'\n", "title = { en = 'a', ru = 'b' }\n"]
)
def test_words_stand_in_every_language_of_the_file(form, lang):
    rest = FEAR[: FEAR.index("[title]")], FEAR[FEAR.index("[story]") :]
    typed = {"title": "Mine", "story": "of **mine**", "challenge": "mine"}
    written = write_lesson(LESSONS["fear"].at(lang), lang, typed, form.join(rest))
    lesson = parse_lesson(written)
    said = lesson.title, lesson.story, lesson.challenge.text
    assert said == tuple(
        dict.fromkeys(LESSONS["fear"].languages, words) for words in typed.values()
    )


def test_a_changed_scene_keeps_level_and_ranges_and_asks_for_the_rest():
    scene = LESSONS["fear"].start.model_copy(update={"temperature": 5})
    written = write_lesson(scene, "ru", NOTHING, FEAR)
    lesson = parse_lesson(written)
    assert (lesson.level, lesson.ranges) == (LESSONS["fear"].level, LESSONS["fear"].ranges)
    assert lesson.languages == ("ru",)
    assert "не больше 60 слов" in lesson.story["ru"]
    assert "# goals = [" in written


def test_a_longer_story_than_a_lesson_may_have_is_refused_with_the_rule():
    scene = LESSONS["love"].start.model_dump(mode="json")
    error = save_lesson({"scene": scene, "lang": "ru", "story": "слово " * 61})["error"]
    assert "story.ru: слов должно быть не больше 60; получено 61" in say(error, "ru")


def test_the_page_gets_the_file_and_opens_it():
    scene = LESSONS["love"].start.model_dump(mode="json")
    saved = save_lesson({"scene": scene | {"temperature": 9}, "lesson": "love"})
    source = base64.b64decode(saved["content"]).decode()
    opened = open_lesson({"source": source})["lesson"]
    assert opened["scene"]["temperature"] == 9
    assert set(opened["title"]) == set(languages()), "in every language of the page"
    assert opened["rows"]["ru"] == opened["rows"]["en"] == LESSONS["love"].rows["en"]


MANY_KEYS = "".join(f"k{i} = 'x'\n" for i in range(4_000))
BOMBS = {
    "too long": "#" * (LARGEST_FILE + 1),
    "deep lists": "a = " + "[" * 30_000,
    "deep tables": "a = " + "{a=" * 20_000,
    "a deep key": ".".join("a" * 30_000) + " = 1",
    "an open text": 'a = """' + '\\"' * 30_000,
    "quotes": '"' * 60_000,
    "a long number": FEAR.replace("level = 2", f"level = 0x{'f' * 50_000}"),
    "tables without end": "[[a]]\n[[a.b]]\n[a.b.c]\n" * 2_500,
    "many faults": "x = [" + "['a']," * 9_000 + "]",
    "many names of languages": FEAR.replace("[title]\n", f"[title]\n{MANY_KEYS}", 1),
    "a long name of a language": FEAR.replace("[title]\n", f"[title]\n{'k' * 50_000} = 'x'\n", 1),
    "a list of 29,000": FEAR.replace("fixed = [", f"fixed = [{'1,' * 29_000}"),
    "29,000 numbers": FEAR.replace("w = [1,", f"w = [{'0,' * 29_000}"),
    "commas": FEAR.replace("w = [1,", f"w = [{'0,5, ' * 30}{'#' * 50_000}\n"),
    "nothing": "",
}


@pytest.mark.parametrize("source", BOMBS.values(), ids=BOMBS)
def test_a_file_that_means_harm_is_refused_briefly_and_at_once(source):
    begin = time.thread_time()  # of this thread alone, however busy the machine is
    error = open_lesson({"source": source})["error"]
    assert time.thread_time() - begin < 1
    assert len(say(error)) < 1_500


TRICKY = """\
# [no.table]
a = "x = 1" # = 2
"b.c" . d = '''
[no]
'''
e = [ # one
  [1], { f = 2, g = [
 3] },
]
[h]
i.j = 2026-01-01 10:00:00
[[k]]
l = 1
[[k]]
[k.m]
n = \"""\\"\"""
"""
LINES = {
    ("a",): 2,
    ("b.c", "d"): 3,
    ("e",): 6,
    ("e", 0, 0): 7,
    ("e", 1, "f"): 7,
    ("e", 1, "g", 0): 8,
    ("h",): 10,
    ("h", "i", "j"): 11,
    ("k", 0, "l"): 13,
    ("k", 1): 14,
    ("k", 1, "m", "n"): 16,
}


def test_every_field_has_its_line():
    tomlkit.parse(TRICKY)
    assert {place: lines_of(TRICKY).get(place) for place in LINES} == LINES


def places(value, place=()):
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in items:
        yield (*place, key)
        if isinstance(one, dict | list):
            yield from places(one, (*place, key))


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_in_a_lesson_no_field_is_without_a_line(file):
    text = file.read_text("utf-8")
    assert set(places(tomlkit.parse(text).unwrap())) <= set(lines_of(text))
