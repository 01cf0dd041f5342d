"""Every lesson keeps its promises, and a broken one says what is wrong and harms nobody."""

from __future__ import annotations

import json
import re
import shutil

import numpy as np
import pytest

from attention.lessons import FOLDER, load_lessons, read_lesson
from attention.lessons.challenge import Challenge
from attention.scene import Scene
from attention.texts import languages
from attention.training.tasks import TASKS
from attention.ui import playground

LESSONS, PROBLEMS = load_lessons()


def test_all_lessons_load():
    assert PROBLEMS == []
    assert list(LESSONS) == [
        "general",
        "gate",
        "love",
        "fear",
        "mask",
        "shift",
        "two-hundreds",
        "temperature",
        "query",
        "sqrt-d",
        "overflow",
        "explanation",
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
def test_what_a_question_changes_does_not_meet_the_challenge(name):
    lesson = LESSONS[name]
    changed = Scene.model_validate(lesson.start.model_dump() | lesson.predict.change)
    assert not lesson.done(changed)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_the_same_in_every_language(name):
    traces = [LESSONS[name].at(language).trace().weights for language in languages()]
    assert all((trace == traces[0]).all() for trace in traces)


@pytest.mark.parametrize("name", LESSONS)
def test_sliders_start_within_their_ranges(name):
    lesson = LESSONS[name]
    ranges, start = lesson.ranges, lesson.start
    columns = ranges.x if isinstance(ranges.x, list) else [ranges.x] * len(start.columns)
    for ends, values in zip(columns, zip(*start.x, strict=True), strict=True):
        assert_within(ends, values)
    for name in ("w", "b", "query"):
        assert_within(getattr(ranges, name), np.ravel(getattr(start, name) or []))
    assert_within(ranges.temperature, [start.temperature])


def assert_within(ends, values):
    lowest, highest, _ = ends
    assert all(lowest <= value <= highest for value in values)


@pytest.mark.parametrize("name", LESSONS)
def test_a_solution_can_be_set_with_the_sliders(name):
    lesson = LESSONS[name]
    for field, values in lesson.challenge.solution.items():
        if field in ("w", "b", "query", "temperature"):
            assert_within(getattr(lesson.ranges, field), np.ravel(values))


@pytest.mark.parametrize("name", LESSONS)
def test_a_table_is_small_enough_to_be_seen_at_once(name):
    start = LESSONS[name].start
    assert len(start.rows) <= 5
    assert len(start.columns) <= (8 if name == "sqrt-d" else 4)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_asks_first_sums_up_in_two_sentences_and_has_its_place_in_the_article(name):
    lesson = LESSONS[name]
    assert lesson.predict
    for language in languages():
        assert len(re.split(r"[.!?](?:\s|$)", lesson.seen[language].strip())) == 2 + 1
        assert 3 <= len(lesson.article[language].split()) <= 20
    assert set(lesson.tasks) <= set(TASKS)


def test_the_last_lesson_opens_the_doors_to_all_tasks():
    assert set(LESSONS["dead-bias"].tasks) == set(TASKS)


@pytest.mark.parametrize("name", LESSONS)
def test_no_answer_hangs_on_a_rounding_error(name):
    lesson = LESSONS[name]
    numbers = sorted(lesson.predict.numbers(lesson.start))
    ends = [end for one in lesson.predict.choices for end in (one.at_least, one.at_most)]
    assert all(abs(numbers[0] - end) >= 0.001 for end in ends)
    assert ends or numbers[-1] - numbers[-2] >= 0.1


def test_the_right_answer_does_not_always_stand_at_the_same_place():
    places = [lesson.predict.answer(lesson.start) for lesson in LESSONS.values()]
    assert all(places.count(place) <= len(places) / 2 for place in places)


def prose(lesson, language):
    """All that a lesson says in sentences."""
    told = [lesson.title, lesson.story, lesson.predict.text, lesson.challenge.text, lesson.seen]
    told += [choice.text for choice in lesson.predict.choices]
    return " ".join(text[language] for text in told)


# Names of functions, units and people; a single letter is a symbol.
FOREIGN = set(
    """tanh softmax exp ln keras dense multiply call nan float love attention is not explanation
    et al hinton vinyals dean luong vaswani jain wallace""".split()
)


@pytest.mark.parametrize("name", LESSONS)
def test_no_english_is_left_over_in_a_russian_lesson(name):
    lesson = LESSONS[name]
    names = [*lesson.rows["ru"], *lesson.columns["ru"], lesson.article["ru"]]
    latin = set(re.findall(r"[a-z]{2,}", " ".join([prose(lesson, "ru"), *names]).lower()))
    assert latin <= FOREIGN


@pytest.mark.parametrize("name", LESSONS)
def test_russian_is_set_as_russian(name):
    assert not re.search(r"[“”\"]|(?<!\w)-\d| - |\d\.\d", prose(LESSONS[name], "ru"))


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
    "ranges of too few columns": (
        "x = [[0, 250, 1], [0, 100, 1], [0, 100, 1]]",
        "x = [[0, 250, 1]]",
        "ranges.x: must be one range, or 3; got 1",
    ),
    "a gate of vectors": (
        'kind = "attention"',
        'kind = "gate"',
        r"columns.en: must be one column.*got 3",
    ),
    "by how much, without a change": (
        "[predict]",
        "[predict]\ndifference = true",
        "predict.difference: must come with a change and choices",
    ),
    "a focus outside": ("focus = 3", "focus = 9", "focus: must be a row, 0 to 3; got 9"),
    "a goal outside": ("index = 3", "index = 9", "weights has no index 9"),
    "a kept row outside": ("row = 3", "row = 4", "challenge.keep.0.row: b has no index 4"),
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


def test_a_lesson_in_another_encoding_is_told_which_one_is_meant(tmp_path):
    file = tmp_path / "04-fear.toml"
    file.write_bytes("страх".encode("cp1251"))
    with pytest.raises(ValueError, match=r"04-fear.toml: must be a text in UTF-8"):
        read_lesson(file)


@pytest.mark.parametrize("field", ["x", "w"])
def test_of_a_kept_column_the_others_may_move(field):
    start = LESSONS["fear"].start
    first = {"of": "weights", "index": 0, "at_least": 0}
    kept = Challenge(text={"en": "…"}, goals=[first], keep=[{"of": field, "column": 1}])
    for column, stays in [(0, True), (1, False), (2, True)]:
        moved = np.array(getattr(start, field))
        moved[..., column] += 1
        scene = start.model_copy(update={field: moved.tolist()})
        assert kept.done(scene, start) == stays


def test_without_any_lesson_the_page_says_which_files_are_broken(tmp_path, monkeypatch):
    (tmp_path / "01-broken.toml").write_text("level = ", "utf-8")
    monkeypatch.setattr(playground, "load_lessons", lambda: load_lessons(tmp_path))
    with pytest.raises(
        ValueError, match=r"(?s)at least one lesson.*01-broken.toml: .*must be TOML"
    ):
        playground.Playground(render=False)
