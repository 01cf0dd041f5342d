"""Every lesson keeps its promises, and a broken one says what is wrong and harms nobody."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from attention.lessons import FOLDER, load_lessons, read_lesson
from attention.scene import Scene
from attention.texts import languages
from attention.ui import playground

LESSONS, PROBLEMS = load_lessons()


def test_all_lessons_load():
    assert PROBLEMS == []
    assert list(LESSONS) == [
        "general",
        "love",
        "fear",
        "two-hundreds",
        "learn-fear",
        "learn-love",
        "dead-bias",
    ]


@pytest.mark.parametrize("name", LESSONS)
def test_a_challenge_is_open_at_the_start_and_can_be_solved(name):
    lesson = LESSONS[name]
    assert not lesson.done(lesson.start)
    solved = Scene.model_validate(lesson.start.model_dump() | lesson.challenge.solution)
    assert lesson.done(solved)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_the_same_in_every_language(name):
    traces = [LESSONS[name].at(language).trace().weights for language in languages()]
    assert all((trace == traces[0]).all() for trace in traces)


@pytest.mark.parametrize("name", LESSONS)
def test_sliders_start_within_their_ranges(name):
    lesson = LESSONS[name]
    ranges = lesson.ranges.x if isinstance(lesson.ranges.x, list) else [lesson.ranges.x] * 8
    for column, values in enumerate(zip(*lesson.start.x, strict=True)):
        assert all(ranges[column][0] <= value <= ranges[column][1] for value in values)
    assert all(lesson.ranges.w[0] <= value <= lesson.ranges.w[1] for value in lesson.start.w)
    assert all(lesson.ranges.b[0] <= value <= lesson.ranges.b[1] for value in lesson.start.b)


@pytest.mark.parametrize("name", LESSONS)
def test_the_solution_does_not_travel_to_the_page(name):
    assert "solution" not in json.dumps(LESSONS[name].for_page())


def test_only_a_lesson_about_learning_opens_its_panel_and_every_one_has_targets():
    for name, lesson in LESSONS.items():
        told = lesson.for_page()
        assert told["learns"] == (name in ("learn-fear", "learn-love", "dead-bias"))
        assert len(told["objective"]["target"]) == len(lesson.start.rows)


def test_fear_begins_with_a_bias_of_minus_100_on_the_ghost():
    lesson = LESSONS["fear"]
    assert lesson.start.b == [0, 0, 0, -100]
    assert lesson.start.trace().weights[3] < 0.01


def test_the_ghost_wins_only_when_fear_goes_off_the_scale_by_more_than_100():
    lesson = LESSONS["fear"]
    others = lesson.start.trace().logits[:3].max()
    for fear in range(0, 250, 10):
        x = [*lesson.start.x[:3], [fear, 20, 0]]
        scene = lesson.start.model_copy(update={"x": x})
        assert lesson.done(scene) <= (fear + 10 > others + 100)


def test_without_its_bias_the_ghost_would_have_had_most_attention():
    lesson = LESSONS["fear"]
    freed = lesson.start.model_copy(update={"b": [0, 0, 0, 0]})
    assert freed.trace().weights[3] > 0.5
    assert not lesson.done(freed)


def test_love_is_translated_90_9_1():
    np.testing.assert_allclose(LESSONS["love"].start.trace().weights, [0.9, 0.09, 0.01], atol=1e-12)


def test_the_general_gets_most_of_the_looks():
    assert LESSONS["general"].start.trace().weights[0] > 0.75


def test_under_tanh_the_ghost_keeps_the_floor_and_without_it_nothing():
    lesson = LESSONS["two-hundreds"]
    floor = 1 / (1 + 2 * np.e**2)
    assert floor == pytest.approx(0.063, abs=5e-4)
    assert lesson.start.trace().weights[2] == pytest.approx(floor, abs=1e-5)
    linear = lesson.start.model_copy(update={"activation": "linear"})
    assert linear.trace().weights[2] < 1e-30


@pytest.fixture
def folder(tmp_path):
    for file in FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    return tmp_path


BROKEN = {
    "not TOML": ("level = 2", "level = ", "must be TOML"),
    "no such level": ("level = 2", "level = 7", "level: .*1, 2, 3 or 4.*got 7"),
    "a missing language": ('ru = "Призраки: страх −100"', "", "title: .*en, ru,.*; got en"),
    "an infinite number": ("[90, 20, 0]", "[inf, 20, 0]", "x.3.0: .*finite.*got inf"),
    "a wrong shape": (
        "w = [1, 0.5, 0.2]",
        "w = [1]",
        r"Line 25, scene.w: must have 3 numbers; got 1",
    ),
    "a range that falls": (
        "b = [-100, 100, 1]",
        "b = [100, -100, 1]",
        "ranges.b: .*lowest < highest",
    ),
    "a focus outside": ("focus = 3", "focus = 9", "focus: must be a row, 0 to 3; got 9"),
    "a goal outside": ("index = 3", "index = 9", "weights has no index 9"),
    "an unknown field": ("focus = 3", "focus = 3\ncolour = 1", "colour: .*not permitted"),
    "too few targets": (
        "[challenge]",
        "[training]\ntarget = [1]\n[challenge]",
        "training.target: must have one number a row, here 4; got 1",
    ),
    "a rate of 0": (
        "[challenge]",
        "[training]\ntarget = [1, 0, 0, 0]\nrate = 0\n[challenge]",
        "training.rate: .*greater than or equal to 0.0001; got 0",
    ),
    "a long story": ("You are afraid", "very " * 60 + "afraid", "at most 60 words"),
}


@pytest.mark.parametrize(("old", "new", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_lesson_names_file_field_and_rule_and_leaves_the_others(folder, old, new, message):
    file = folder / "04-fear.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ValueError, match=rf"(?s)04-fear.toml: .*{message}"):
        read_lesson(file)
    lessons, problems = load_lessons(folder)
    assert list(lessons) == [name for name in LESSONS if name != "fear"]
    assert len(problems) == 1


def test_without_any_lesson_the_page_says_which_files_are_broken(tmp_path, monkeypatch):
    (tmp_path / "01-broken.toml").write_text("level = ", "utf-8")
    monkeypatch.setattr(playground, "load_lessons", lambda: load_lessons(tmp_path))
    with pytest.raises(
        ValueError, match=r"(?s)at least one lesson.*01-broken.toml: .*must be TOML"
    ):
        playground.Playground(render=False)
