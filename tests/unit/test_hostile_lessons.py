"""Whatever somebody opens as a lesson, it is one, or they are told in a few words why not."""

from __future__ import annotations

import re
from random import Random

import pytest
from effort import many
from hostile import NUMERALS, TEXTS, mutated_text, sound_json, try_all

from attention.lessons import FOLDER
from attention.texts import say
from attention.ui.own_lesson import open_lesson

COUNT = many(1_000, 10_000)
FILES = [file.read_text("utf-8") for file in sorted(FOLDER.glob("*.toml"))]
MARKS = "\n=[]{},.\"' "
# All that a lesson's file can have in it, and more of TOML than any has.
PIECES = sorted(
    {piece for file in FILES for piece in re.findall(r"\w+|[^\w\s]+|\n", file)}
    | {"[[", "]]", '"""', "'''", "\\u0000", "\\ud800", "\\", "#", "\r", "inf", "1979-05-27"}
)
SMALL = """\
level = 1
title = { en = "a" }
story.en = "b"
rows.en = ["a", "b"]
columns.en = ["c"]
scene = { x = [[1], [2]], w = [1], b = [0, 0], mask = [true, true], temperature = 1 }
ranges = { w = [-1, 1, 0.5] }
[predict]
text.en = "d"
index = 0
[[predict.choices]]
text.en = "e"
at_most = 0.5
[challenge]
text.en = "f"
goals = [{ of = "weights", index = 1, at_least = 0.9 }]
keep = [{ of = "b", row = 0 }]
solution = { w = [9] }
[training]
target = [1, 0]
turns = ["w"]
"""


def file(random: Random) -> str:
    """A lesson's file, or what has become of one."""
    valid = SMALL if random.randrange(6) else random.choice(FILES)
    return mutated_text(random, valid, [*PIECES, *TEXTS, *NUMERALS], MARKS)


def assert_opens_or_is_refused_in_words(source: str) -> None:
    answer = open_lesson({"source": source})
    sound_json(answer)
    if set(answer) == {"error"}:
        assert 0 < len(say(answer["error"])) < 2_000
    else:
        assert set(answer) == {"lesson"}


def test_many_broken_files_open_or_are_refused_in_words():
    try_all(COUNT, "lesson", file, assert_opens_or_is_refused_in_words)


@pytest.mark.parametrize("field", re.findall(r"^\w+(?= =)", SMALL, re.M))
def test_no_value_of_a_field_is_more_than_a_lesson_can_bear(field):
    values = [*NUMERALS, "nan", "{}", "[]", "[[]]", "{a=1}", "''", "[nan]", "[[[1]]]", "07:32:00"]
    for value in [*values, *("[" * depth + "]" * depth for depth in (5, 50, 20_000))]:
        source = re.sub(rf"^{field} = .*$", lambda _, v=value: f"{field} = {v}", SMALL, flags=re.M)
        assert_opens_or_is_refused_in_words(source)


def test_the_small_lesson_is_one():
    assert "lesson" in open_lesson({"source": SMALL})
