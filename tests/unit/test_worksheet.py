"""A worksheet asks, and its key answers: the same numbers, drawn again from the same seed."""

from __future__ import annotations

import re
import time
from itertools import islice

import numpy as np
import pytest

from attention.export import worksheet
from attention.export.solving import answer, is_clear, solution
from attention.export.variants import on_table, variants
from attention.lessons import Lesson, load_lessons
from attention.scene import Scene
from attention.texts import texts

LESSONS = load_lessons()[0]
FEAR = LESSONS["fear"]
OTHERS = texts()["en"]["sheet_others"]
EACH = pytest.mark.parametrize("name", LESSONS)
X = [[1.0, 2.0], [3.0, -1.0], [2.0, 5.0]]
PLAIN = {"rows": ["a", "b", "c"], "columns": ["f", "g"], "x": X, "w": [0.3, 0.1]}
GATE = {"rows": ["a", "b"], "columns": ["x"], "x": [[8.0], [4.0]], "w": [[0.1, 0.2], [0.3, 0.4]]}
QUERY = PLAIN | {"query": [0.3, 0.1]}
ASKING = {name: PLAIN[name] for name in ("rows", "columns", "x")} | {
    "kind": "self_attention",
    "wq": [[0.5, -0.2], [0.1, 0.3]],
    "wk": [[0.4, 0.1], [-0.3, 0.2]],
    "wv": [[1.0, 2.0, -1.0, 0.5], [0.5, 0.0, 2.0, 1.0]],
}
SCENES = {
    "attention": Scene(**PLAIN, b=[0.5, 0, -1]),
    "linear": Scene(**PLAIN, activation="linear", temperature=3.0),
    "masked": Scene(**PLAIN, mask=[True, False, True]),
    "nobody": Scene(**PLAIN, mask=[False] * 3),
    "gate": Scene(**GATE, kind="gate"),
    "dot_product": Scene(**QUERY, kind="dot_product"),
    "scaled_dot_product": Scene(**QUERY, kind="scaled_dot_product"),
    "self_attention": Scene(**ASKING),
    "causal": Scene(**ASKING, causal=True, asks=1, positions="sinusoidal", temperature=2.0),
    "sees nothing": Scene(**ASKING, causal=True, asks=0, mask=[False, True, True]),
}
STAGES = {"logit": "logits", "score": "scores", "weight": "weights", "output": "output"}


def variant(lesson: Lesson, seed: int, number: int) -> Lesson:
    return next(islice(variants(lesson, seed), number - 1, None))


def sheets_and_key(page: str) -> tuple[list[str], list[str]]:
    """The sheets of a page, and the articles of its key."""
    sheets, key = page.split('<section class="key">')
    return sheets.split('<section class="sheet">')[1:], key.split("<article>")[1:]


def answers_of(article: str) -> dict[str, float]:
    found = re.findall(r'data-testid="([\w-]+)" data-value="([^"]+)"', article)
    return {name: float(number) for name, number in found}


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_the_key_has_the_core_s_numbers_and_a_sheet_gives_none_away(scene):
    sheets, key = sheets_and_key(worksheet(FEAR, scene, count=2, seed=5, unvaried=True))
    base = on_table(FEAR, scene)
    for number, (sheet, article) in enumerate(zip(sheets, key, strict=True)):
        lesson = variant(base, 5, number) if number else base
        trace, found = lesson.start.trace(), answers_of(article)
        for cells, stage in STAGES.items():
            numbers = [value for name, value in found.items() if name.startswith(f"{cells}-")]
            if cells != "score" or numbers:  # a score that is its logit has no column
                assert numbers == getattr(trace, stage).tolist(), (number, cells)
        exps = [found[f"exp-{row}"] for row in range(len(scene.rows))]
        assert found["sum"] == pytest.approx(sum(exps), rel=1e-12)
        shares = np.array(exps) / (found["sum"] or 1)
        assert shares == pytest.approx(trace.weights.tolist(), rel=1e-12)

        assert "data-value" not in sheet
        blank = re.findall(r'<td class="?blank"?>(?:<small>Σ</small>)?(.*?)</td>', sheet)
        assert len(blank) == len(found) and not any(blank)
        told = {f"{number:.4f}".rstrip("0") for number in found.values()}
        fine = {number for number in told if len(number.partition(".")[2]) > 2}  # none is given
        assert not [number for number in fine if number in sheet]


def test_a_variant_is_the_same_every_time_and_whatever_the_count():
    few, many = (sheets_and_key(worksheet(FEAR, count=count, seed=2026))[0] for count in (2, 5))
    assert few == many[:2] and len(set(many)) == 5
    assert worksheet(FEAR, count=1, seed=7) != worksheet(FEAR, count=1, seed=8)
    pinned = [[56, 21, 10], [40, 15, 10], [63, 13, 15], [111, 13, 0]]
    assert variant(FEAR, 2026, 1).start.x == pinned


@EACH
def test_a_variant_can_be_set_on_the_sliders_near_the_table_and_keeps_what_makes_the_lesson(name):
    start, ranges = LESSONS[name].start, LESSONS[name].ranges.x
    each = ranges if isinstance(ranges, list) else [ranges] * len(start.columns)
    low, high, step = np.array(each).T
    before = np.array(start.x)
    for lesson in islice(variants(LESSONS[name], 3), 5):
        scene = lesson.start
        x = np.array(scene.x)
        places = (x - low) / step
        assert ((low <= x) & (x <= high) | (x == before)).all()
        assert np.abs(places - places.round()).max() < 1e-6
        assert (np.abs(x - before) <= np.maximum((high - low) / 5, step) + 1e-9).all()
        assert (x[before == 0] == 0).all(), "a zero stays"
        same = ("rows", "columns", "mask", "activation", "temperature", "kind")
        assert all(getattr(scene, field) == getattr(start, field) for field in same)
        fixed, cells = LESSONS[name].fixed_cells, scene.cells()
        if {place for place in cells if cells[place]} - fixed.keys():  # else nothing could move
            assert cells.items() >= fixed.items()


@EACH
@pytest.mark.parametrize("seed", [1, 2026])
def test_each_student_of_a_class_of_forty_has_a_question_a_challenge_and_numbers_of_his_own(
    name, seed
):
    drawn = list(islice(variants(LESSONS[name], seed), 40))
    for lesson in drawn:
        assert is_clear(lesson)
        solved = lesson.start.having(solution(lesson))
        assert lesson.done(solved) and not lesson.done(lesson.start)
    given = {tuple(f"{number:.4f}" for number in one.start.cells().values()) for one in drawn}
    assert len(given) == 40


def test_a_lesson_of_which_there_are_few_variants_and_an_impossible_challenge_end_in_time():
    few = Scene(rows=["a"], columns=["f"], x=[[1]], w=[0])
    assert len(list(islice(variants(on_table(FEAR, few), 1), 40))) == 40
    met = FEAR.start.having(FEAR.challenge.solution).trace().output[2]
    goal = {"of": "output", "index": 2, "at_least": met - 1e-9, "at_most": met + 1e-9}
    challenge = FEAR.challenge.model_dump() | {"goals": [goal]}
    lesson = Lesson.model_validate(FEAR.model_dump() | {"challenge": challenge})
    begin = time.thread_time()
    assert len(list(islice(variants(lesson, 1), 40))) == 40
    assert time.thread_time() - begin < 10


@EACH
def test_a_sheet_asks_only_what_has_one_answer_and_sets_only_what_can_be_met(name):
    sheets, key = sheets_and_key(worksheet(LESSONS[name], count=3, seed=11))
    for number, (sheet, article) in enumerate(zip(sheets, key, strict=True), start=1):
        drawn = variant(LESSONS[name], 11, number)
        right, fields = answer(drawn), solution(drawn)
        assert ("Guess before" in sheet) == ("Right answer" in article) == (right is not None)
        assert ("Challenge" in sheet) == ("One way" in article) == (fields is not None)
        if fields:
            assert drawn.done(Scene.model_validate(drawn.start.model_dump() | fields))
        if right is not None and not drawn.predict.choices:
            assert drawn.start.trace().weights.argmax() == right


def test_the_key_s_way_starts_from_the_sheet_s_own_number_and_is_a_way():
    _, key = sheets_and_key(worksheet(FEAR, count=5, seed=1))
    for number, article in enumerate(key, start=1):
        drawn = variant(FEAR, 1, number)
        way = re.search(r"<strong>ghost 👻 · fear: (\d+) → (\d+)</strong>", article)
        before, after = map(float, way.groups())
        x = [list(row) for row in drawn.start.x]
        assert x[3][0] == before < after and not drawn.done(drawn.start)
        x[3][0] = after
        assert drawn.done(drawn.start.model_copy(update={"x": x}))


def test_where_the_story_tells_every_number_the_variants_say_whose_count():
    sheets, _ = sheets_and_key(worksheet(LESSONS["temperature"], count=2, unvaried=True))
    assert [OTHERS in sheet for sheet in sheets] == [False, True, True]
    assert OTHERS not in worksheet(FEAR, count=2)


def test_one_number_a_row_or_a_field_may_be_fixed():
    scene = FEAR.scene | {"b": [7, 7, 7, 7]}
    challenge = {"text": FEAR.challenge.text}
    fields = FEAR.model_dump() | {"scene": scene, "challenge": challenge}
    fields |= {"fixed": ["b.0", "x.1.1"]}
    lesson = Lesson.model_validate(fields)
    cells = lesson.start.cells().items()
    whole = {place: number for place, number in cells if place[0] == "b" or place[:2] == ("x", 1)}
    assert lesson.model_copy(update={"fixed": ("b", "x.1")}).fixed_cells == whole
    drawn = [variant(lesson, 1, number).start for number in range(1, 6)]
    assert {(one.b[0], one.x[1][1]) for one in drawn} == {(7, 10)}
    assert len({one.b[1] for one in drawn}) > 1 < len({one.x[1][0] for one in drawn})


def test_the_lesson_s_own_question_is_asked_of_its_own_numbers_alone():
    own, other = FEAR.predict.text["en"].replace("**", ""), "Which row gets the largest share"
    sheets, _ = sheets_and_key(worksheet(FEAR, count=1, unvaried=True))
    plain = [re.sub("<.*?>", "", sheet) for sheet in sheets]
    assert [own in sheet for sheet in plain] == [True, False]
    assert [other in sheet for sheet in plain] == [False, True]


@pytest.mark.parametrize(("lang", "sign"), [("en", "."), ("ru", ",")])
def test_it_is_in_one_language_with_its_decimal_sign(lang, sign):
    page = worksheet(FEAR, count=2, seed=4, lang=lang)
    assert f'<html lang="{lang}">' in page
    assert set(re.findall(r">−?\d+([.,])\d+<", page)) == {sign}


def test_hostile_names_are_only_names():
    evil = '</td><img src=x onerror="alert(1)">&'
    scene = Scene(rows=[evil, "b"], columns=["<script>1</script>"], x=[[1], [2]], w=[0.5])
    page = worksheet(FEAR, scene, count=1, seed=1)
    assert "<img" not in page and "<script" not in page
    assert "&lt;/td&gt;&lt;img src=x" in page and "script-src 'none'" in page


@pytest.mark.parametrize(("count", "seed"), [(0, 1), (41, 1), (1, -1), (1, 1_000_001)])
def test_what_is_out_of_range_is_refused(count, seed):
    with pytest.raises(ValueError, match=r"must be \d+ to \d+; got"):
        worksheet(FEAR, count=count, seed=seed)


def test_a_sheet_of_self_attention_has_query_keys_and_values_of_the_head_one_looks_at():
    scene = Scene(**ASKING, heads=2, head=1, asks=0, causal=False, mask=[True, False, True])
    sheets, key = sheets_and_key(worksheet(FEAR, scene, count=1, seed=5, unvaried=True))
    found, whole = answers_of(key[0]), scene.whole_trace()
    assert found["query-1"] == whole.queries[0, 1] and "query-0" not in found
    for row in range(3):
        assert found[f"key-1-{row}"] == whole.keys[row, 1]
        for place in (2, 3):
            assert found[f"value-{place}-{row}"] == whole.values[row, place]
    outputs = {name: number for name, number in found.items() if name.startswith("output-")}
    assert outputs == {f"output-{place}": whole.output[0, place] for place in (2, 3)}
    assert "Asks: a" in sheets[0] and "head 2" in sheets[0]
    weights = sheets[0].split("<table class=weights>")[1].split("</table>")[0]
    heads = re.findall(r"<th>(.*?)</th>", weights)
    assert heads == ["weights w", "q2", "k2", "v3", "v4", "f", "g"]
    cells = re.findall(r"<td>(.*?)</td>", weights)
    assert cells == ["−0.2", "0.1", "−1", "0.5", "0.3", "0.2", "2", "1"]


def test_a_variant_of_self_attention_moves_its_matrices_and_keeps_how_it_attends():
    scene = Scene(**ASKING, heads=2, causal=True, asks=1)
    for lesson in islice(variants(on_table(FEAR, scene), 4), 3):
        drawn = lesson.start
        assert drawn.wq != scene.wq and drawn.wk != scene.wk and drawn.wv != scene.wv
        same = ("kind", "heads", "head", "causal", "positions", "asks", "mask")
        assert all(getattr(drawn, field) == getattr(scene, field) for field in same)
        assert drawn.wv[1][1] == 0, "a zero stays"
