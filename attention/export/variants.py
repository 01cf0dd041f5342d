"""Other numbers for every student: the table's scene, drawn anew near where it stands.

What makes the lesson stays: a zero stays zero (it switches something off), equal numbers of a
column stay equal, and names, mask, activation and temperature stay, as does what the lesson has in
`fixed`. The rest moves by at most a tenth of its slider, in the slider's steps, so that every
variant can be set on the page too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from attention.lessons import Lesson
from attention.lessons.prediction import Prediction
from attention.scene import Scene
from attention.texts import Place, languages, texts

SHARE = 10  # of its slider's way that a number may move: one in so many
TRIES = 20
NUMBER = re.compile(r"\d")


def on_table(lesson: Lesson, scene: Scene | None) -> Lesson:
    """The lesson, had it opened with this scene."""
    if scene is None:
        return lesson
    numbers = scene.model_dump(exclude={"rows", "columns"})
    names = {part: dict.fromkeys(languages(), getattr(scene, part)) for part in ("rows", "columns")}
    changed = _with_scene(lesson, numbers).model_copy(update=names)
    return changed if _plays(lesson) == _plays(changed) else _asking_anew(changed)


def variant(lesson: Lesson, seed: int, number: int) -> Lesson:
    """The lesson with the numbers of one variant; equal arguments give equal numbers.

    It is drawn again until its question has one right answer and its challenge is open and can be
    met as the lesson meets it, as far as that holds on the table. Where that does not come, the
    last one drawn is taken.

    Args:
        lesson: as it stands on the table.
        seed: of the whole class, 0 or more.
        number: of the variant, 1 or more.
    """
    if lesson.predict is None or any(map(NUMBER.search, lesson.predict.text.values())):
        lesson = _asking_anew(lesson)  # what it asks holds for its own numbers alone
    kept = staying(lesson)
    holding = [test for test in (answer, solution) if test(lesson) is not None]
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, number])))
    for _ in range(TRIES):
        numbers = _drawn(lesson, rng)
        drawn = _with_scene(lesson, lesson.scene | _put_back(numbers, kept))
        if all(test(drawn) is not None for test in holding):
            break
    return drawn


def staying(lesson: Lesson) -> dict[Place, float]:
    """The numbers to leave as they are; none, where there would be nothing else to move.

    >>> from attention.lessons import load_lessons
    >>> lessons = load_lessons()[0]
    >>> staying(lessons["fear"]), staying(lessons["temperature"])
    ({('b', 3): -100.0}, {})
    """
    fixed = lesson.fixed_cells
    movable = {place for place, number in lesson.start.cells().items() if number}
    return fixed if movable - fixed.keys() else {}


def _with_scene(lesson: Lesson, scene: dict[str, Any]) -> Lesson:
    """The lesson with another scene, where its solution sets what it set in its own."""
    own = lesson.start.model_dump()
    solution = {
        field: _carried(own[field], value, scene.get(field, own[field]))
        for field, value in lesson.challenge.solution.items()
    }
    challenge = lesson.challenge.model_copy(update={"solution": solution})
    return lesson.model_copy(update={"scene": scene, "challenge": challenge})


def _carried(before: Any, after: Any, here: Any) -> Any:
    """What is `here`, but where `before` and `after` differ it is what came after."""
    lists = all(isinstance(value, list) for value in (before, after, here))
    if lists and len(before) == len(after) == len(here):
        return [_carried(*each) for each in zip(before, after, here, strict=True)]
    return here if before == after else after


def _plays(lesson: Lesson) -> dict[str, Any]:
    """What its question speaks of: all of the scene but the names."""
    return lesson.start.model_dump(exclude={"rows", "columns", "mask"}) | {
        "mask": lesson.start.shown
    }


def _asking_anew(lesson: Lesson) -> Lesson:
    """The lesson with a question that holds for any numbers."""
    asked = {lang: words["worksheet_most"] for lang, words in texts().items()}
    return lesson.model_copy(update={"predict": Prediction(text=asked)})


def answer(lesson: Lesson) -> int | None:
    """Which choice of its question is right; None: it has none, or not one right answer."""
    try:
        return lesson.predict.answer(lesson.start) if lesson.predict else None
    except ValueError:  # another shape than the question's, two rows alike, or between the choices
        return None


def solution(lesson: Lesson) -> dict[str, Any] | None:
    """Fields of a scene that meet the challenge; None: it is met already, or not by these."""
    fields = lesson.challenge.solution
    try:
        after = Scene.model_validate(lesson.start.model_dump() | fields)
        return fields if lesson.done(after) and not lesson.done(lesson.start) else None
    except (ValueError, IndexError):  # another shape than the challenge's
        return None


def _drawn(lesson: Lesson, rng: np.random.Generator) -> dict[str, Any]:
    """The numbers of a scene, each column of x and each vector by itself."""
    start, ranges = lesson.start, lesson.ranges
    each = ranges.x if isinstance(ranges.x, list) else [ranges.x]
    columns = [
        _near(numbers, each[place] if place < len(each) else each[0], rng)
        for place, numbers in enumerate(zip(*start.x, strict=True))
    ]
    drawn: dict[str, Any] = {"x": [list(row) for row in zip(*columns, strict=True)]}
    if start.is_dot_product:
        return drawn | {"query": _near(start.factors, ranges.query, rng)}
    if start.kind == "gate":
        drawn["w"] = [_near(weights, ranges.w, rng) for weights in start.factors]
    else:
        drawn["w"] = _near(start.factors, ranges.w, rng)
    return drawn | ({"b": _near(start.b, ranges.b, rng)} if start.b else {})


def _near(
    numbers: Iterable[float], ends: tuple[float, float, float], rng: np.random.Generator
) -> list[float]:
    """Each number moved along its slider; equal ones by as much, and zeros not at all."""
    low, high, step = ends
    last = int((high - low) / step + 1e-9)
    reach = max(1, last // SHARE)
    numbers = list(numbers)
    distinct = [number for number in dict.fromkeys(numbers) if number]
    here = np.rint((np.clip(distinct, low, high) - low) / step).astype(int)
    lowest, highest = np.maximum(here - reach, 0), np.minimum(here + reach, last)
    places = rng.integers(lowest, highest, endpoint=True).tolist()
    to = {number: round(low + at * step, 10) for number, at in zip(distinct, places, strict=True)}
    return [to.get(number, number) for number in numbers]


def _put_back(numbers: dict[str, Any], kept: dict[Place, float]) -> dict[str, Any]:
    for (*outer, last), number in kept.items():
        inner: Any = numbers
        for step in outer:
            inner = inner[step]
        inner[last] = number
    return numbers
