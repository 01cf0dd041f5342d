"""What a lesson tells of its numbers, so that they stay: "100 points", "ln 90", "leave his bias".

A worksheet for each student moves the numbers; a story about a bias of −100 needs just that one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from attention.lessons import Lesson
from attention.scene import Scene
from attention.texts import Place

EXACT = 9  # decimals: a logarithm in a file is one in a text
NUMBER = re.compile(r"(ln )?(?<![\w.,])(\d+(?:[.,]\d+)?)")


def staying(lesson: Lesson) -> dict[Place, float]:
    """The numbers to leave as they are; none, where there would be nothing else to move.

    >>> from attention.lessons import load_lessons
    >>> lessons = load_lessons()[0]
    >>> staying(lessons["fear"]), staying(lessons["temperature"])
    ({('b', 3): -100.0}, {})
    """
    told = told_by(lesson)
    return told if told.keys() < _cells(lesson.start).keys() else {}


def told_by(lesson: Lesson) -> dict[Place, float]:
    """The numbers of its scene, without zeros, that stand in its texts or are a part to keep."""
    sizes = _sizes(lesson)
    return {
        place: number
        for place, number in _cells(lesson.start).items()
        if round(abs(number), EXACT) in sizes or _is_kept(lesson, place)
    }


def _cells(scene: Scene) -> dict[Place, float]:
    fields = scene.model_dump(include={"x", "w", "query", "b"}, exclude_none=True)
    return {place: number for place, number in _numbers(fields) if number}


def _numbers(value: Any, place: Place = ()) -> Iterator[tuple[Place, float]]:
    if not isinstance(value, dict | list):
        yield place, value
        return
    for step, part in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _numbers(part, (*place, step))


def _sizes(lesson: Lesson) -> set[float]:
    """The numbers of story and challenge without their signs; how far to come is none of them."""
    texts = [*lesson.story.values(), *lesson.challenge.text.values()]
    found = {_size(*match) for text in texts for match in NUMBER.findall(text)}
    return found - {end for goal in lesson.challenge.goals for end in (goal.at_least, goal.at_most)}


def _size(ln: str, digits: str) -> float:
    number = float(digits.replace(",", "."))
    return round(math.log(number) if ln and number else number, EXACT)


def _is_kept(lesson: Lesson, place: Place) -> bool:
    """Whether the challenge keeps a row or column with this number; a whole field is all it has."""
    field, first, *_ = place
    return any(
        keep.of == field
        and (keep.row, keep.column) != (None, None)
        and keep.row in (None, first)
        and keep.column in (None, place[-1])
        for keep in lesson.challenge.keep
    )
