"""Every lesson keeps its promises, and a broken one says what is wrong and harms nobody."""

from __future__ import annotations

import json
import re
import shutil

import numpy as np
import pytest
from lesson_scenes import LESSONS, SHIPPED

from attention.lessons import FOLDER, load_lessons, parse_lesson, read_lesson
from attention.lessons.challenge import Challenge
from attention.lessons.writing import source_of
from attention.texts import say
from attention.ui import playground

FEAR = source_of("fear")
EACH = pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
OURS = pytest.mark.parametrize("name", SHIPPED)


def test_all_lessons_load_in_the_order_of_the_course():
    assert load_lessons()[1] == []
    assert [name for name in LESSONS if name in SHIPPED] == SHIPPED


@EACH
def test_a_challenge_is_open_at_the_start_and_can_be_solved(lesson):
    solved = lesson.start.having(lesson.challenge.solution)
    assert not lesson.done(lesson.start)
    assert lesson.done(solved) == bool(lesson.challenge.goals)


@EACH
def test_a_lesson_is_the_same_in_every_language(lesson):
    for language in lesson.languages:
        np.testing.assert_array_equal(
            lesson.at(language).trace().weights, lesson.start.trace().weights
        )


@EACH
def test_sliders_start_within_their_ranges(lesson):
    ranges, start = lesson.ranges, lesson.start
    columns = ranges.x if isinstance(ranges.x, list) else [ranges.x] * len(start.columns)
    pairs = list(zip(columns, zip(*start.x, strict=True), strict=True))
    pairs += [
        (getattr(ranges, name), getattr(start, name))
        for name in ("w", "b", "query", "temperature")
        if getattr(start, name) is not None
    ]
    for (lowest, highest, _), values in pairs:
        assert lowest <= np.min(values) and np.max(values) <= highest


@EACH
def test_no_answer_hangs_on_a_rounding_error(lesson):
    if lesson.predict:
        numbers = sorted(lesson.predict.numbers(lesson.start))
        ends = [end for one in lesson.predict.choices for end in (one.at_least, one.at_most)]
        assert all(abs(numbers[0] - end) >= 0.001 for end in ends)
        assert ends or numbers[-1] - numbers[-2] >= 0.1


@EACH
def test_what_travels_to_the_page_has_targets_and_no_solution(lesson):
    sent = lesson.for_page()
    assert "solution" not in json.dumps(sent)
    assert sent["learns"] == (lesson.training is not None)
    assert len(sent["objective"]["target"]) == len(lesson.start.rows)


@OURS
def test_our_lessons_ask_first_sum_up_in_60_words_and_have_their_place_in_the_article(name):
    lesson = LESSONS[name]
    assert lesson.predict and len(lesson.start.rows) <= 5
    assert len(lesson.start.columns) <= (8 if name == "sqrt-d" else 4)
    for language in ("en", "ru"):
        assert 15 <= len(lesson.seen[language].split()) <= 60
        assert 3 <= len(lesson.article[language].split()) <= 40


def test_the_last_of_our_lessons_opens_the_doors_to_our_tasks():
    ours = {"numbers", "loud_second", "deciding_word", "without_recurrence", "demand"}
    ours.add("next_character")
    assert set(LESSONS["dead-bias"].tasks) == ours


def test_the_right_answer_does_not_always_stand_at_the_same_place():
    places = [LESSONS[name].predict.answer(LESSONS[name].start) for name in SHIPPED]
    assert all(places.count(place) <= len(places) / 2 for place in places)


# Names of functions, units and people; a single letter is a symbol.
FOREIGN = set(
    """tanh softmax exp ln keras input dense multiply call nan float love attention is not
    explanation et al hinton vinyals dean luong vaswani jain wallace passion merge mode mul compute
    mask none self keras ops input shape olsson""".split()
)


@OURS
def test_no_english_is_left_over_in_a_russian_lesson_and_russian_is_set_as_russian(name):
    lesson = LESSONS[name]
    told = [lesson.title, lesson.story, lesson.predict.text, lesson.challenge.text, lesson.seen]
    prose = " ".join(text["ru"] for text in [*told, *(one.text for one in lesson.predict.choices)])
    names = " ".join([*lesson.rows["ru"], *lesson.columns["ru"], lesson.article["ru"]])
    assert set(re.findall(r"[a-z]{2,}", f"{prose} {names}".lower())) <= FOREIGN
    assert not re.search(r"[“”\"]|(?<!\w)-\d| - |\d\.\d", prose)


def test_the_ghost_of_fear_wins_only_when_fear_goes_off_the_scale_by_more_than_100():
    lesson = LESSONS["fear"]
    assert lesson.start.b == [0, 0, 0, -100]
    assert lesson.start.trace().weights[3] < 0.01
    others = lesson.start.trace().logits[:3].max()
    for fear in range(0, 250, 10):
        x = [*lesson.start.x[:3], [fear, 20, 0]]
        scene = lesson.start.model_copy(update={"x": x})
        assert lesson.done(scene) <= (fear + 10 > others + 100)
    freed = lesson.start.model_copy(update={"b": [0, 0, 0, 0]})
    assert freed.trace().weights[3] > 0.5 and not lesson.done(freed)


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


# What of fear's file becomes what, and what is said of it, with the line where it is another one;
# "…" stands for anything.
BROKEN = r"""
level = 2 -> level = -> after “=” must come a number, …, a text in straight quotes
level = 2 -> level = two -> after “=” must come a number, …, a text in straight quotes
level = 2 -> level = 2 2 -> after the value the line must end
level = 2 -> level: 2 -> a field must be a name, “=” and a value
level = 2 -> уровень = 2 -> a line must begin with the name of a field in Latin letters
level = 2 -> level = 2\nlevel = 3 -> a field or a heading must stand in the file only once
level = 2 -> levle = 2 -> levle: …no field has this name; got 2. Did you mean “level”?
level = 2 -> Level = 2 -> Level: …no field has this name; got 2. Did you mean “level”?
of = "weights" -> off = "weights" -> predict.off: …Did you mean “of”?
[scene] -> [scene -> a heading must stand in square brackets, such as [scene]
w = [1, 0.5, 0.2] -> w = [1, 0.5, 0.2 -> the list needs a “]” at its end
w = [1, 0.5, 0.2] -> w = [1 0.5, 0.2] -> …a comma between any two of its items
w = [1, 0.5, 0.2] -> w = [1, −0.5, 0.2] -> …the minus of the keyboard: write -0.5; got −0.5
w = [1, 0.5, 0.2] -> w = [1, 50%, 0.2] -> a number has no % sign: write 0.5 …; got 50%
"ghost 👻" -> „ghost“ -> a text needs straight quotes, "\u2026"; got „
at_least = 0.5 }] -> at_least = 0.5 ] -> what begins with “{” needs a “}” at its end
en = "Ghosts: fear −100" -> en = "Ghosts: fear −100 -> …straight quotes at both ends
en = "Ghosts: fear −100" -> en = "Ghosts: "fear"" -> …Inside a text, no straight quotes
en = "Ghosts: fear −100" -> en = "Ghosts: \ghost" -> …a backslash must be doubled
level = 2 -> level = 7 -> level: must be one of 1, 2, 3 or 4; got 7
focus = 3 -> focus = 9 -> focus: must be a row, 0 to 3; got 9
fixed = ["b.3"] -> fixed = ["b", "b.4"] -> fixed.1: must be one of b, …; got 'b.4'
touch = ["b.3", "x.3.0"] -> touch = ["b"] -> touch.0: must be one of kind, …; got 'b'
touch = ["b.3", "x.3.0"] -> touch = ["b.3", "mask.4"] -> touch.1: must be one of …; got 'mask.4'
touch = ["b.3", "x.3.0"] -> touch = ["b.0", "b.1", "b.2", "x.3.0"] -> touch: must have at most 3
stage = "flow" -> stage = "river" -> stage: must be one of 'flow', …; got 'river'
stage = "flow" -> axes = [1, 1] -> axes: must be two different columns, 0 to 2; got [1, 1]
stage = "flow" -> axes = [0, 3] -> axes: must be two different columns, 0 to 2; got [0, 3]
focus = 3 -> focuss = 3 -> focuss: not permitted
[title] -> [title]\nxx = 'x' -> title: must be written in one or more
[title] -> level_ = 1\n[title] -> level_: not permitted
ru = "Призраки: страх −100" -> -> Line 7, title: must be written in …; got en
You are afraid -> {long} afraid -> story.en: must have at most 60 words; got 112
[90, 20, 0] -> [inf, 20, 0] -> scene.x.3.0: must be …finite…; got inf
[90, 20, 0] -> [90, 'a', 0] -> scene.x.3.1: must be a valid number; got 'a'
w = [1, 0.5, 0.2] -> w = [1, 2] -> scene.w: must have 3 numbers; got 2
kind = "attention" -> kind = "gate" -> Line 20, columns.en: must be one column…; got 3
[scene] -> [scene]\nrows = ['a'] -> scene.rows: not permitted: no field has this name; got list
b = [-100, 100, 1] -> b = [10, 0, 0.5] -> ranges.b: …; got 10 as the lowest and 0
x = [[0, 250, 1], [0, 100, 1], [0, 100, 1]] -> x = [10, 0, 0.5] -> ranges.x: …; got 10 as the lowest
b = [-100, 100, 1] -> b = [-100, 100, 0,5] -> three…; got 4. A comma …: write 0.5 …0,5
w = [1, 0.5, 0.2] -> w = [1,0,5,0,2] -> scene.w: must have 3 numbers; got 5. A comma …: write 0.5
x = [[50, 30, 4] -> x = [[50,5, 30, 4] -> …4, 3, 3, 3. A comma …: write 50.5
w = [1, 0.5, 0.2] -> w = [1, 2,3, 4, 5] -> scene.w: must have 3 numbers; got 5
temperature = 20 -> temperature = 0,5 -> a number needs a decimal point: write 0.5; got 0,5
at_least = 0.5 -> at_least = 0,5 -> a number needs a decimal point: write 0.5; got 0,5
en = "Ghosts: fear −100" -> en = “Ghosts” -> a text needs straight quotes, "\u2026"; got “
query = [0, 2, 0.05] -> query = [0, 2, 1e-300] -> ranges.query: …a step above 0…; got 1e-300
query = [0, 2, 0.05] -> query = [0, 2] -> ranges.query: must be three numbers…; got 2
stage = "flow" -> tasks = ["numbers", "nunbers"] -> tasks.1: must be one of …numbers…; got 'nunbers'
at_least = 0.5 -> at_least = 0.001 -> must not be reached when …: weights.3 = 0.009578 ≥ 0.001
[predict] -> [predict]\nchange = {ghost} -> Line 47, challenge.goals: …what the question changes
[200, 20, 0] -> [91, 20, 0] -> challenge.solution: must reach every goal…: weights.3 = 0.01006 < 0.5
{ x = [[50, 30, 4] -> { b = [0, 0, 0, 0], x = [[50, 30, 4] -> challenge.solution: …: keep b.3
[200, 20, 0] -> [300, 20, 0] -> challenge.solution.x: must be on the slider, 0 … 250
fixed = [ -> fixed = [{many} -> fixed: must have at most 64 items; got 2,001
x = [[0, 250, 1], [0, 100, 1], [0, 100, 1]] -> x = [[0, 250, 1]] -> must be one range, or 3; got 1
[predict] -> [predict]\ndifference = true -> predict.difference: must come with a change and choices
of = "weights"\n -> of = "weights"\nindex = 9\n{choices} -> predict.index: weights has no index 9
index = 3 -> index = 9 -> challenge.goals.0.index: weights has no index 9
row = 3 -> row = 4 -> challenge.keep.0.row: b has no index 4
solution = { -> solution = { b = [1, 2], -> challenge.solution.b: must have 4 numbers; got 2
[challenge] -> [training]\ntarget = [1]\n[challenge] -> must have one number per row, here 4; got 1
[challenge] -> {training}rate = 0\n[challenge] -> training.rate: must be …to 0.0001; got 0
"""
LONG = {
    r"\n": "\n",
    r"\u2026": "…",
    "{ghost}": "{ x = [[0, 0, 0], [0, 0, 0], [0, 0, 0], [250, 0, 0]] }",
    "{many}": '"b.3", ' * 2000,
    "{long}": "very " * 60,
    "{choices}": 'choices = [{ text = { en = "a", ru = "b" } }]\n',
    "{training}": "[training]\ntarget = [1, 0, 0, 0]\n",
}


def broken(line: str) -> list[str]:
    for short, whole in LONG.items():
        line = line.replace(short, whole)
    return re.split(" ?-> ?", line)


@pytest.mark.parametrize("line", BROKEN.strip().splitlines())
def test_a_broken_lesson_is_told_with_line_field_and_rule(line):
    old, new, message = broken(line)
    assert old in FEAR
    text = FEAR.replace(old, new, 1)
    first = FEAR[: FEAR.index(old)].count("\n") + 1
    with pytest.raises(ValueError) as error:
        parse_lesson(text)
    told = str(error.value)
    assert re.search(".*".join(map(re.escape, message.split("…"))), told), told
    assert told.count("\n") == 0, "each fault once"
    found = int(re.match(r"Line (\d+)", told)[1])
    assert first <= found <= first + new.count("\n") or message.startswith("Line"), told


ONCE = {
    "w = [1, 0.5, 0.2] -> w = '1'": ["scene.w"],
    "w = [1, 0.5, 0.2] -> w = [1, 'a', inf]": ["scene.w.1", "scene.w.2"],
    "w = [1, 0.5, 0.2] -> w = [['a', 1], [2, 3]]": ["scene.w.0.0"],
    "x = [[0, 250, 1], [0, 100, 1], [0, 100, 1]] -> x = [[0, 250, 1], [9, 0, 1], 3]": [
        "ranges.x.1",
        "ranges.x.2",
    ],
    "focus = 3 -> focus = 9\ntasks = ['a', 'numbers', 'b']": ["tasks.0", "tasks.2"],
    "focus = 3 -> focus = 9\naxes = [1, 1]": ["focus", "axes"],
}


@pytest.mark.parametrize("change", ONCE)
def test_each_fault_is_told_and_only_once(change):
    with pytest.raises(ValueError) as error:
        parse_lesson(FEAR.replace(*change.split(" -> "), 1))
    told = [re.match(r"Line \d+, ([\w.]+): ", line)[1] for line in str(error.value).split("\n")]
    assert told == ONCE[change]


@pytest.mark.parametrize(
    ("field", "words", "example"),
    [("title", '"Fear"', '{ en = "…" }'), ("rows", '["a", "b"]', '{ en = ["…", "…"] }')],
)
def test_words_without_a_language_are_shown_how_to_name_it(field, words, example):
    begin = FEAR.index(f"[{field}]")
    rest = FEAR[:begin] + FEAR[FEAR.index("\n\n", begin) :]
    with pytest.raises(ValueError) as error:
        parse_lesson(f"{field} = {words}\n{rest}")
    told = f"Line 1, {field}: must be written by language, as in {example}; got "
    assert str(error.value).startswith(told)


@pytest.mark.parametrize("text", ["", " \n", "# nothing but a comment\n"])
def test_an_empty_file_is_told_in_one_line(text):
    with pytest.raises(ValueError, match=r"^The file must hold a lesson; nothing is in it\.$"):
        parse_lesson(text)


def test_a_byte_order_mark_of_windows_is_no_fault():
    assert parse_lesson("\ufeff" + FEAR.replace("\n", "\r\n")) == LESSONS["fear"]


def test_several_faults_are_told_in_the_order_of_the_file_eight_at_most_and_in_any_language():
    text = "".join(f"field{i} = {i}\n" for i in range(20)) + FEAR
    with pytest.raises(ValueError) as error:
        parse_lesson(text)
    told = str(error.value).split("\n")
    assert [line.split(",")[0] for line in told] == [
        *(f"Line {i}" for i in range(1, 9)),
        "… and 12 more",
    ]
    assert say(error.value.text, "ru").startswith("Строка 1, field0: ")


def test_a_broken_file_costs_its_own_lesson_only_and_is_named(tmp_path, monkeypatch):
    for file in FOLDER.glob("*.toml"):
        shutil.copy(file, tmp_path)
    file = tmp_path / "04-fear.toml"
    file.write_bytes("страх".encode("cp1251"))
    with pytest.raises(ValueError, match=r"04-fear.toml: The file must be a text in UTF-8"):
        read_lesson(file)
    lessons, problems = load_lessons(tmp_path)
    assert list(lessons) == [name for name in LESSONS if name != "fear"] and len(problems) == 1
    for other in set(tmp_path.iterdir()) - {file}:
        other.unlink()
    monkeypatch.setattr(playground, "load_lessons", lambda: load_lessons(tmp_path))
    with pytest.raises(
        ValueError, match=r"(?s)at least one lesson.*04-fear.toml: The file must be"
    ):
        playground.Playground(render=False)
