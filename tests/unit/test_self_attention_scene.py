"""A scene of kind `self_attention`: its rules, trace and address, and lessons about it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from pydantic import ValidationError

from attention.address import fragment
from attention.core import self_attention, sinusoidal
from attention.errors import explain
from attention.lessons.file import parse_lesson
from attention.lessons.writing import write_lesson
from attention.objective import Objective
from attention.scene import USED, Kind, Scene

GOOD = {
    "kind": "self_attention",
    "rows": ["a", "b", "c"],
    "columns": ["f", "g"],
    "x": [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]],
    "wq": [[1.0, 0.5], [0.0, 2.0]],
    "wk": [[1.0, 0.0], [0.0, 1.0]],
    "wv": [[1.0, 2.0, 3.0, 4.0], [0.5, 0.0, -1.0, 1.0]],
}


def whole(scene):
    return vars(scene.whole_trace())


def test_the_step_that_asks_and_the_head_that_is_looked_at_give_the_trace():
    scene = Scene(**GOOD, heads=2, asks=1, head=1, temperature=0.5)
    stages = whole(scene)
    for name, stage in vars(scene.trace()).items():
        expected = stages["output"][1] if name == "output" else stages[name][1, 1]
        assert np.array_equal(stage, expected), name


def test_the_last_step_asks_unless_another_does():
    scene = Scene(**GOOD)
    assert scene.asking == 2
    assert np.array_equal(scene.trace().output, whole(scene)["output"][2])
    assert scene.having({"asks": 0}).asking == 0


@pytest.mark.parametrize("positions", ["none", "sinusoidal", "learned"])
def test_it_is_the_core_with_all_that_the_scene_says(positions):
    pos = [[0.5, 1.0], [2.0, -1.0], [0.0, 0.0]]
    how = {"causal": True, "heads": 2, "temperature": 2.0, "mask": [True, False, True]}
    scene = Scene(**GOOD, **how, positions=positions, pos=pos)
    places = {"none": None, "sinusoidal": sinusoidal(3, 2), "learned": pos}[positions]
    expected = self_attention(
        *(GOOD[name] for name in ("x", "wq", "wk", "wv")), **how, positions=places
    )
    for name, stage in vars(expected).items():
        assert np.array_equal(whole(scene)[name], stage), name


def test_only_what_the_mask_shows_and_no_later_step_is_seen():
    scene = Scene(**GOOD, mask=[False, True, True], asks=1)
    assert scene.seen == [False, True, True]
    assert scene.having({"causal": True}).seen == [False, True, False]
    assert Scene(rows=["a"], columns=["f"], x=[[1]], w=[1], causal=True, asks=0).seen == [True]
    target = Objective(target=[1, 1, 1]).target_weights(scene.having({"causal": True}))
    assert target == [0, 1, 0]


def test_another_kind_has_no_whole_trace():
    with pytest.raises(ValueError, match="kind must be self_attention; got 'attention'"):
        Scene(rows=["a"], columns=["f"], x=[[1]], w=[1]).whole_trace()


WRONG = {
    "wq missing": ({"wq": None}, "wq: must be given for kind self_attention"),
    "wk missing": ({"wk": None}, "wk: must be given for kind self_attention"),
    "wv missing": ({"wv": None}, "wv: must be given for kind self_attention"),
    "wq flat": ({"wq": [1.0, 2.0]}, "wq.0: must be in square brackets.*got 1.0"),
    "wq too wide": ({"wq": [[1.0] * 5] * 2}, "wq: must have 1 to 4 numbers in each row; got 5"),
    "wv empty": ({"wv": [[], []]}, "wv: must have 1 to 4 numbers in each row; got 0"),
    "wv has no rows": ({"wv": []}, "wv: must have 1 to 4 numbers in each row; got 0"),
    "wq too short": ({"wq": [[1.0, 2.0]]}, "wq: must have 2 rows of 2 numbers; got 1 rows of 2"),
    "wq ragged": ({"wq": [[1.0, 2.0], [1.0]]}, "wq: must have 2 rows of 2 .*got 2 rows of 2, 1"),
    "wk narrower": ({"wk": [[1.0], [1.0]]}, "wk: must have 2 rows of 2 .*got 2 rows of 1, 1"),
    "3 heads": ({"heads": 3}, "heads: must divide the 2 columns of wq; got 3"),
    "4 heads": ({"heads": 4}, "heads: must divide the 2 columns of wq; got 4"),
    "heads of v": (
        {"heads": 2, "wv": [[1.0], [1.0]]},
        "heads: must divide the 1 columns of wv; got 2",
    ),
    "no heads": ({"heads": 0}, "heads: must be greater than or equal to 1; got 0"),
    "5 heads": ({"heads": 5}, "heads: must be less than or equal to 4; got 5"),
    "half a head": ({"heads": 1.5}, "heads: must be a whole number.*got 1.5"),
    "a head that is not there": ({"head": 1}, "head: must be a head, 0 to 0; got 1"),
    "a row that is not there": ({"asks": 3}, "asks: must be a row, 0 to 2; got 3"),
    "a row before the first": ({"asks": -1}, "asks: must be greater than or equal to 0; got -1"),
    "causal by number": ({"causal": 1}, "causal: must be true or false.*got 1"),
    "unknown positions": ({"positions": "some"}, "positions: must be one of.*got 'some'"),
    "learned nothing": ({"positions": "learned"}, "pos: must be given for positions learned"),
    "pos too short": ({"pos": [[1.0, 1.0]]}, "pos: must have 3 rows of 2 numbers; got 1 rows of 2"),
}


@pytest.mark.parametrize(("change", "message"), WRONG.values(), ids=WRONG)
def test_a_broken_scene_names_field_and_rule(change, message):
    with pytest.raises(ValidationError) as error:
        Scene(**GOOD | change)
    assert re.match(message, explain(error.value), re.DOTALL), explain(error.value)


def test_what_another_kind_does_not_use_is_checked_too_and_not_written_unless_it_is_given():
    plain = {"rows": ["a"], "columns": ["f"], "x": [[1]], "w": [1]}
    with pytest.raises(ValidationError, match="wq"):
        Scene(**plain, wq=[[1] * 5])
    assert not set(Scene(**plain).model_dump()) & set(USED["self_attention"])
    kept = Scene(**plain, wv=[[2]], heads=1, causal=True).model_dump()
    assert set(kept) & set(USED["self_attention"]) == {"wv", "causal"}


def test_every_kind_says_what_it_uses():
    assert set(USED) == set(Kind.__args__)
    scene = Scene(**GOOD, b=[1.0] * 3, w=[1.0, 1.0])
    assert not scene.has_bias and not scene.is_dot_product and not scene.has_tanh


def test_its_numbers_are_called_by_their_places():
    cells = Scene(**GOOD, pos=[[0.0, 9.0]] * 3).cells()
    assert cells["wq", 0, 1] == 0.5 and cells["wv", 1, 3] == 1.0 and cells["pos", 2, 1] == 9.0


def test_its_address_has_every_field_that_it_uses():
    how = {"heads": 2, "head": 1, "causal": True, "positions": "learned", "asks": 0}
    written = fragment(Scene(**GOOD, **how, pos=[[1.0, 2.0]] * 3))
    pairs = dict(pair.split("=") for pair in written.split("&"))
    assert pairs["wq"] == "1.0,0.5;0.0,2.0" and pairs["wv"] == "1.0,2.0,3.0,4.0;0.5,0.0,-1.0,1.0"
    assert pairs["pos"] == "1.0,2.0;1.0,2.0;1.0,2.0" and pairs["positions"] == "learned"
    assert [pairs[key] for key in ("heads", "head", "asks", "causal_mask")] == ["2", "1", "0", "1"]
    assert not {"w", "b", "query", "activation"} - {"activation"} & set(pairs)
    plain = fragment(Scene(**GOOD))
    assert "asks=none" in plain and "pos=none" in plain and "causal_mask=0" in plain


LESSON = """\
level = 3
title = { en = "Asking" }
story = { en = "Who asks whom?" }
rows = { en = ["a", "b", "c"] }
columns = { en = ["f", "g"] }
touch = ["wq.0.1", "asks.1"]
fixed = ["wv", "pos.0"]

[scene]
kind = "self_attention"
x = [[1, 0], [0, 1], [1, 1]]
wq = [[1, 0], [0, 1]]
wk = [[1, 0], [0, 1]]
wv = [[1], [2]]
pos = [[0, 0], [0, 0], [0, 0]]
positions = "learned"

[ranges]
wk = [-5, 5, 0.5]

[challenge]
text = { en = "Let the last step look at the first." }
goals = [{ of = "weights", index = 0, at_least = 0.6 }]
keep = [
  { of = "wk", row = 1 }, { of = "wv" }, { of = "pos" }, { of = "heads" }, { of = "causal" },
  { of = "positions" }, { of = "asks" },
]
solution = { wq = [[2, -2], [0, -2]] }

[training]
target = [1, 0, 0]
turns = ["wq", "wk"]
wq = { regularizer = "l2" }
"""


def test_a_lesson_may_be_about_it():
    lesson = parse_lesson(LESSON)
    assert lesson.done(lesson.start.having(lesson.challenge.solution))
    assert set(lesson.fixed_cells) == {("wv", 0, 0), ("wv", 1, 0), ("pos", 0, 0), ("pos", 0, 1)}
    assert lesson.ranges.of("wk") == (-5, 5, 0.5) and lesson.ranges.of("wq") == (-2, 2, 0.05)
    assert lesson.ranges.of("heads") is None
    sent = lesson.for_page()["scene"]
    assert sent["wq"] == [[1, 0], [0, 1]] and sent["heads"] == 1 and sent["asks"] is None


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("wq.0.1", "wq.0.2", r"Line 6, touch.0: must be one of .*wq\.0\.1.* got 'wq.0.2'"),
        ("asks.1", "asks.3", r"Line 6, touch.1: must be one of .*asks\.2.* got 'asks.3'"),
        ('"wv", "pos.0"', '"wv.3"', r"Line 7, fixed.0: must be one of .*got 'wv.3'"),
        ("row = 1", "row = 2", r"Line 25, challenge.keep.0.row: wk has no index 2"),
        (
            "[[2, -2], [0, -2]]",
            "[[9, -2], [0, -2]]",
            r"challenge.solution.wq: must be on the slider",
        ),
        ("wq = [[1, 0], [0, 1]]", "wq = [[1], [0]]", r"Line 13, scene.wk: must have 2 rows of 1"),
    ],
)
def test_a_lesson_that_names_what_is_not_there_is_told_so(old, new, rule):
    assert old in LESSON
    with pytest.raises(ValueError, match=rule):
        parse_lesson(LESSON.replace(old, new, 1))


def test_a_table_becomes_the_file_of_a_lesson_and_back():
    words = {"title": "T", "story": "S", "challenge": "C"}
    scene = Scene(**GOOD, heads=2, causal=True, mask=[True, True, False])
    text = write_lesson(scene, "en", words)
    assert parse_lesson(text).start == scene
    unchanged = write_lesson(parse_lesson(LESSON).start, "en", dict.fromkeys(words, ""), LESSON)
    assert unchanged == LESSON
