"""A worksheet asks, and its key answers: the same numbers, drawn again from the same seed."""

from __future__ import annotations

import re

import numpy as np
import pytest

from attention.export import worksheet
from attention.export.variants import answer, on_table, solution, variant
from attention.lessons import Lesson, load_lessons
from attention.scene import Scene
from attention.texts import texts

LESSONS = load_lessons()[0]
FEAR = LESSONS["fear"]
NAMES = {"rows": ["a", "b", "c"], "columns": ["f", "g"]}
X = [[1.0, 2.0], [3.0, -1.0], [2.0, 5.0]]
SCENES = {
    "attention": Scene(**NAMES, x=X, w=[0.3, 0.1], b=[0.5, 0, -1]),
    "linear": Scene(**NAMES, x=X, w=[0.3, 0.1], activation="linear", temperature=3.0),
    "masked": Scene(**NAMES, x=X, w=[0.3, 0.1], mask=[True, False, True]),
    "nobody": Scene(**NAMES, x=X, w=[0.3, 0.1], mask=[False] * 3),
    "gate": Scene(
        kind="gate",
        rows=["a", "b"],
        columns=["x"],
        x=[[8.0], [4.0]],
        w=[[0.1, 0.2], [0.3, 0.4]],
    ),
    "dot_product": Scene(**NAMES, kind="dot_product", x=X, query=[0.3, 0.1]),
    "scaled_dot_product": Scene(**NAMES, kind="scaled_dot_product", x=X, query=[0.3, 0.1]),
}
STAGES = {"logit": "logits", "score": "scores", "weight": "weights", "output": "output"}


def sheets_and_key(page: str) -> tuple[list[str], str]:
    sheets, key = page.split('<section class="key">')
    return sheets.split('<section class="sheet">')[1:], key


def answers_of(article: str) -> dict[str, float]:
    found = re.findall(r'data-testid="([\w-]+)" data-value="([^"]+)"', article)
    return {name: float(number) for name, number in found}


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_the_key_has_the_core_s_numbers(scene):
    page = worksheet(FEAR, scene, count=2, seed=5, unvaried=True)
    base = on_table(FEAR, scene)
    for number, article in enumerate(page.split("<article>")[1:]):
        lesson = variant(base, 5, number) if number else base
        trace, found = lesson.start.trace(), answers_of(article)
        for key, stage in STAGES.items():
            numbers = [value for name, value in found.items() if name.startswith(f"{key}-")]
            if key != "score" or numbers:  # a score that is its logit has no column
                assert numbers == getattr(trace, stage).tolist(), (number, key)
        shares = [found[f"exp-{row}"] / (found["sum"] or 1) for row in range(len(scene.rows))]
        assert shares == pytest.approx(trace.weights.tolist(), rel=1e-12)


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_a_sheet_gives_nothing_away(scene):
    page = worksheet(FEAR, scene, count=3, seed=5)
    sheets, key = sheets_and_key(page)
    for sheet, article in zip(sheets, key.split("<article>")[1:], strict=True):
        assert "data-value" not in sheet
        blank = re.findall(r'<td class="?blank"?>(?:<small>Σ</small>)?(.*?)</td>', sheet)
        assert len(blank) == len(answers_of(article)) and not any(blank)
        told = {f"{number:.4f}".rstrip("0") for number in answers_of(article).values()}
        fine = {number for number in told if len(number.partition(".")[2]) > 2}  # none is given
        assert not [number for number in fine if number in sheet]


def test_a_variant_is_the_same_every_time_and_whatever_the_count():
    few, many = (sheets_and_key(worksheet(FEAR, count=count, seed=2026))[0] for count in (2, 5))
    assert few == many[:2]
    assert worksheet(FEAR, count=3, seed=7) == worksheet(FEAR, count=3, seed=7)
    assert worksheet(FEAR, count=1, seed=7) != worksheet(FEAR, count=1, seed=8)
    assert len(set(many)) == 5


def test_the_numbers_of_a_seed_are_pinned():
    assert variant(FEAR, 2026, 1).start.x == [
        [56.0, 21.0, 10.0],
        [40.0, 15.0, 10.0],
        [63.0, 13.0, 15.0],
        [111.0, 13.0, 0.0],
    ]


@pytest.mark.parametrize("name", LESSONS)
def test_a_variant_can_be_set_on_the_sliders_and_keeps_what_makes_the_lesson(name):
    lesson = LESSONS[name]
    start, each = lesson.start, lesson.ranges.x
    ranges = each if isinstance(each, list) else [each] * len(start.columns)
    for number in range(1, 6):
        drawn = variant(lesson, 3, number)
        scene = drawn.start
        for row, before in zip(scene.x, start.x, strict=True):
            for value, old, (low, high, step) in zip(row, before, ranges, strict=True):
                assert low <= value <= high or value == old
                assert abs((value - low) / step - round((value - low) / step)) < 1e-6
                assert bool(old) or value == old, "a zero stays"
        same = ("rows", "columns", "mask", "activation", "temperature", "kind")
        assert all(getattr(scene, field) == getattr(start, field) for field in same)


@pytest.mark.parametrize("name", LESSONS)
def test_a_sheet_asks_only_what_has_one_answer_and_sets_only_what_can_be_met(name):
    sheets, key = sheets_and_key(worksheet(LESSONS[name], count=3, seed=11))
    articles = key.split("<article>")[1:]
    for number, (sheet, article) in enumerate(zip(sheets, articles, strict=True), start=1):
        drawn = variant(LESSONS[name], 11, number)
        right, fields = answer(drawn), solution(drawn)
        assert ("Guess before" in sheet) == ("Right answer" in article) == (right is not None)
        assert ("Challenge" in sheet) == ("One way" in article) == (fields is not None)
        if fields:
            assert drawn.done(Scene.model_validate(drawn.start.model_dump() | fields))
        if right is not None and not drawn.predict.choices:
            assert drawn.start.trace().weights.argmax() == right


def test_the_key_s_way_starts_from_the_sheet_s_own_number_and_is_a_way():
    for number, article in enumerate(worksheet(FEAR, count=5, seed=1).split("<article>")[1:], 1):
        drawn = variant(FEAR, 1, number)
        told = re.search(r"<strong>ghost 👻 · fear: (\d+) → (\d+)</strong>", article)
        before, after = map(float, told.groups())
        x = [list(row) for row in drawn.start.x]
        assert x[3][0] == before < after
        x[3][0] = after
        assert drawn.done(drawn.start.model_copy(update={"x": x}))


def test_a_number_that_the_lesson_fixes_stays():
    for number in range(1, 6):
        drawn = {name: variant(lesson, 1, number).start for name, lesson in LESSONS.items()}
        assert drawn["fear"].b == [0, 0, 0, -100]
        assert drawn["love"].b == LESSONS["love"].start.b, "ln 90, ln 9, ln 1"
        assert drawn["dead-bias"].b == [-100, -100, 100]
        assert drawn["gate"].x[0] == [6], "5 of her 6"


def test_where_the_story_tells_every_number_the_variants_say_whose_count():
    others = texts()["en"]["worksheet_others"]
    sheets, _ = sheets_and_key(worksheet(LESSONS["temperature"], count=2, unvaried=True))
    assert [others in sheet for sheet in sheets] == [False, True, True]
    assert others not in worksheet(FEAR, count=2)


def test_one_number_a_row_or_a_field_may_be_fixed():
    scene = FEAR.scene | {"b": [7, 7, 7, 7]}
    fields = FEAR.model_dump() | {"scene": scene, "fixed": ["b.0", "x.1.1"]}
    lesson = Lesson.model_validate(fields)
    assert lesson.model_copy(update={"fixed": ("b", "x.1")}).fixed_cells == {
        place: number
        for place, number in lesson.start.cells().items()
        if place[0] == "b" or place[:2] == ("x", 1)
    }
    drawn = [variant(lesson, 1, number).start for number in range(1, 6)]
    assert {(one.b[0], one.x[1][1]) for one in drawn} == {(7, 10)}
    assert len({one.b[1] for one in drawn}) > 1 < len({one.x[1][0] for one in drawn})


def test_the_lesson_s_own_question_is_asked_of_its_own_numbers_alone():
    own, other = FEAR.predict.text["en"].replace("**", ""), "Which row gets the largest share"
    sheets, _ = sheets_and_key(worksheet(FEAR, count=1, unvaried=True))
    plain = [re.sub("<.*?>", "", sheet) for sheet in sheets]
    assert own in plain[0] and other not in plain[0]
    assert own not in plain[1] and other in plain[1]


def test_hostile_names_are_only_names():
    evil = '</td><img src=x onerror="alert(1)">&'
    scene = Scene(rows=[evil, "b"], columns=["<script>1</script>"], x=[[1], [2]], w=[0.5])
    page = worksheet(FEAR, scene, count=1, seed=1)
    assert "<img" not in page and "<script" not in page
    assert "&lt;/td&gt;&lt;img src=x" in page
    assert "script-src 'none'" in page


@pytest.mark.parametrize(("lang", "sign"), [("en", "."), ("ru", ",")])
def test_it_is_in_one_language_with_its_decimal_sign(lang, sign):
    page = worksheet(FEAR, count=2, seed=4, lang=lang)
    assert f'<html lang="{lang}">' in page
    assert {cell for cell in re.findall(r">−?\d+([.,])\d+<", page)} == {sign}


@pytest.mark.parametrize(("count", "seed"), [(0, 1), (41, 1), (1, -1), (1, 1_000_001)])
def test_what_is_out_of_range_is_refused(count, seed):
    with pytest.raises(ValueError, match=r"must be \d+ to \d+; got"):
        worksheet(FEAR, count=count, seed=seed)


def test_variants_lie_near_the_table():
    lesson = LESSONS["general"]
    start = np.array(lesson.start.x)
    for number in range(1, 20):
        assert np.abs(np.array(variant(lesson, 1, number).start.x) - start).max() <= 1
