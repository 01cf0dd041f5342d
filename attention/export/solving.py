"""What the key of a worksheet has to know: the right answer, and a way to meet the challenge."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from attention.lessons import Lesson
from attention.lessons.challenge import Challenge
from attention.scene import Scene

CLEAR = 0.005  # by how much an answer is right, at least: nobody's rounding turns it over
Ends = tuple[float, float, float]
Fields = dict[str, Any]


def answer(lesson: Lesson) -> int | None:
    """Which choice of its question is right; None: it has none, or not one right answer."""
    try:
        return lesson.predict.answer(lesson.start) if lesson.predict else None
    except ValueError:  # another shape than the question's, two rows alike, or between the choices
        return None


def is_clear(lesson: Lesson) -> bool:
    """Whether its question has one right answer, and by more than people round."""
    asked = lesson.predict
    if asked is None or answer(lesson) is None:
        return False
    numbers = sorted(asked.numbers(lesson.start))
    if not asked.choices:
        return len(numbers) > 1 and numbers[-1] - numbers[-2] >= CLEAR
    ends = [end for choice in asked.choices for end in (choice.at_least, choice.at_most)]
    return all(abs(numbers[0] - end) >= CLEAR / 10 for end in ends)


def solution(lesson: Lesson) -> Fields | None:
    """Fields of a scene that meet the challenge; None: it is met already, or none are found.

    They are those of the lesson's own solution; where these are not enough, all numbers that it
    sets in one field are moved along their sliders together, as little as is enough.
    """
    try:
        start = lesson.start
        challenge = lesson.challenge.settled(start)
        if not challenge.goals or challenge.done(start, start):
            return None
        return _way(lesson, start, challenge)
    except (ValueError, IndexError):  # another shape than the challenge's
        return None


def _way(lesson: Lesson, start: Scene, challenge: Challenge) -> Fields | None:
    after = start.having(lesson.challenge.solution)
    own = {field: getattr(after, field) for field in lesson.challenge.solution}
    if challenge.done(after, start):
        return own
    for field in own:
        ends, before = lesson.ranges.of(field), getattr(start, field)
        if ends is None or before is None or before == own[field]:
            continue
        steps = _steps(before, own[field], ends)

        def lacking(by: int, field: str = field, ends: Any = ends, before: Any = before) -> float:
            moved = _moved(before, own[field], by, ends)
            return _lacking(challenge, after.model_copy(update={field: moved}))

        by = _nearest(lacking, *steps)
        if by is None:
            continue
        fields = own | {field: _moved(before, own[field], by, ends)}
        if challenge.done(start.having(fields), start):
            return fields
    return None


def _lacking(challenge: Challenge, scene: Scene) -> float:
    """How far the goals are from being reached."""
    trace = scene.trace()
    numbers = [(goal, goal.number(trace)) for goal in challenge.goals]
    return sum(max(goal.at_least - at, at - goal.at_most, 0) for goal, at in numbers)


def _nearest(lacking: Callable[[int], float], lowest: int, highest: int) -> int | None:
    """The whole number nearest to 0 for which nothing is lacking.

    What is lacking falls up to where it is nothing, and rises from there on.
    """
    low, high = lowest, highest
    if low >= 0 or high <= 0:
        return None
    if math.isclose(lacking(-1), lacking(1), rel_tol=1e-9):  # it hangs on something else
        return None
    while low < high:
        middle = (low + high) // 2
        here, next_one = lacking(middle), lacking(middle + 1)
        if here <= 0:
            low = high = middle
        elif here > next_one or (here == next_one and lacking(low) > lacking(high)):
            low = middle + 1
        else:
            high = middle
    if lacking(low) > 0:
        return None
    enough, too_little = low, 0
    while abs(enough - too_little) > 1:
        middle = (enough + too_little) // 2
        enough, too_little = (enough, middle) if lacking(middle) > 0 else (middle, too_little)
    return enough


def _steps(before: Any, after: Any, ends: Any) -> tuple[int, int]:
    """From how many steps to how many all numbers that were set stay on their sliders."""
    reaches = [
        (math.ceil((low - number) / step - 1e-9), math.floor((high - number) / step + 1e-9))
        for was, number, (low, high, step) in _flat(before, after, ends)
        if was != number
    ]
    lowest, highest = zip(*reaches, strict=True)
    return max(lowest), min(highest)


def _moved(before: Any, after: Any, by: int, ends: Any) -> Any:
    """The field with every number that was set moved so many steps more."""
    if isinstance(after, list):
        parts = zip(before, after, _ends_of(after, ends), strict=True)
        return [_moved(was, now, by, each) for was, now, each in parts]
    return after if before == after else round(after + by * ends[2], 10)


def _flat(before: Any, after: Any, ends: Any) -> Iterator[tuple[float, float, Ends]]:
    if isinstance(after, list):
        for was, now, each in zip(before, after, _ends_of(after, ends), strict=True):
            yield from _flat(was, now, each)
    else:
        yield before, after, ends


def _ends_of(numbers: list[Any], ends: Any) -> list[Any]:
    """The sliders' ends of each item: those of x may differ from column to column."""
    by_column = isinstance(ends, list) and not isinstance(numbers[0], list)
    return ends if by_column else [ends] * len(numbers)
