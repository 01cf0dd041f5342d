"""Other numbers for every student of a class: the table's scene, drawn anew near where it stands.

What makes the lesson stays: a zero stays zero (it switches something off), equal numbers of a
column stay equal, and names, mask, activation and temperature stay, as does what the lesson has in
`fixed`. The rest moves in the steps of its slider, so that every variant can be set on the page.

A lesson asks and sets a challenge for its own numbers, so most others would lose both. Each variant
is therefore searched for: at first all numbers move, by a tenth of their sliders at most; then also
some of them alone, or a whole column by the same, and further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice, pairwise
from typing import Any

import numpy as np

from attention.export.solving import is_clear, solution
from attention.lessons import Lesson
from attention.lessons.prediction import Choice, Prediction
from attention.scene import PROJECTIONS, Scene
from attention.texts import Place, languages, texts

REACH = 0.1  # of its slider's way that a number may move at first
TRIES_A_REACH = 60
MOST_REACHES = 5
MOST_TRIES = 4_000  # of a class; once they are used up, each variant has but a few
FEWEST_TRIES = 10
SOME = (1, 0.5, 0.25)  # how many of the numbers move, once not all of them do
SHARES = (10, 30, 60)  # per cent: between which a share is to be guessed
NUMBER = re.compile(r"\d")
Ends = tuple[float, float, float]
Printed = tuple[float, ...]
Test = Callable[[Lesson], bool]


def on_table(lesson: Lesson, scene: Scene | None) -> Lesson:
    """The lesson, had it opened with this scene."""
    if scene is None:
        return lesson
    numbers = scene.model_dump(exclude={"rows", "columns"})
    names = {part: dict.fromkeys(languages(), getattr(scene, part)) for part in ("rows", "columns")}
    changed = _with_scene(lesson, numbers).model_copy(update=names)
    return changed if _plays(lesson) == _plays(changed) else _asking_anew(changed)


def variants(lesson: Lesson, seed: int) -> Iterator[Lesson]:
    """The lesson with the numbers of variant 1, 2 and so on; equal arguments give equal numbers.

    Each has a question with one right answer, a challenge that is open and can be met, as far as
    that holds on the table, and other numbers than the table and all variants before it. What
    cannot be found is given up in that order, from the end.

    Args:
        lesson: as it stands on the table.
        seed: of the whole class, 0 or more.
    """
    taken = {_printed(lesson)}
    if lesson.predict is None or any(map(NUMBER.search, lesson.predict.text.values())):
        lesson = _asking_anew(lesson)  # what it asks holds for its own numbers alone
    holding = [test for test in (is_clear, _can_be_met) if test(lesson)]
    tries_left = MOST_TRIES
    for number in count(1):
        rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, number])))
        draws = islice(_draws(rng), max(tries_left, FEWEST_TRIES))
        found, tries = _search(lesson, draws, taken, holding)
        tries_left -= tries
        taken.add(_printed(found))
        yield found


def _search(
    lesson: Lesson, draws: Iterable[_Draw], taken: Container[Printed], holding: Sequence[Test]
) -> tuple[Lesson, int]:
    """The first one drawn that is new and for which all holds, or else the best; and the tries."""
    kept, best, found, tries = staying(lesson), -1, lesson, 0
    for tries, draw in enumerate(draws, start=1):  # noqa: B007
        scene = lesson.scene | _put_back(draw.numbers(lesson), kept)
        drawn = _with_scene(lesson, scene)
        holds = 0 if _printed(drawn) in taken else 1 + sum(test(drawn) for test in holding)
        if holds > best:
            best, found = holds, drawn
        if best > len(holding):
            break
    return found, tries


def _can_be_met(lesson: Lesson) -> bool:
    return solution(lesson) is not None


def _printed(lesson: Lesson) -> Printed:
    """What tells one sheet from another: its numbers, with the decimals that are printed."""
    return tuple(round(number, 4) for number in lesson.start.cells().values())


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
    carried = {
        field: _carried(own[field], value, scene.get(field, own[field]))
        for field, value in lesson.challenge.solution.items()
    }
    challenge = lesson.challenge.model_copy(update={"solution": carried})
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
    """The lesson with a question that holds for any numbers.

    Where no row has clearly the largest share, whatever the numbers, it asks how large one is.
    """
    said = texts()
    most = Prediction(text={lang: words["sheet_most"] for lang, words in said.items()})
    asked = lesson.model_copy(update={"predict": most})
    if is_clear(asked):
        return asked
    row = lesson.focus if lesson.focus < len(lesson.start.rows) else 0
    names = {lang: lesson.rows.get(lang, lesson.start.rows)[row] for lang in said}
    share = Prediction(
        text={code: words["sheet_share"].format(name=names[code]) for code, words in said.items()},
        index=row,
        choices=tuple(_choices()),
    )
    return lesson.model_copy(update={"predict": share})


def _choices() -> Iterator[Choice]:
    for low, high in pairwise((None, *SHARES, None)):
        key = "less" if low is None else "more" if high is None else "between"
        bounds = {"at_least": low, "at_most": high}
        yield Choice(
            text={
                code: words[f"sheet_share_{key}"].format(low=low, high=high)
                for code, words in texts().items()
            },
            **{name: end / 100 for name, end in bounds.items() if end is not None},
        )


@dataclass(frozen=True)
class _Draw:
    """A way to draw numbers near those of a lesson.

    Attributes:
        rng: where the chance comes from.
        reach: how far each may move, as a part of its slider.
        moving: how many of the numbers move, as a part of all.
        together: whether all of a column move by the same.
    """

    rng: np.random.Generator
    reach: float
    moving: float = 1
    together: bool = False

    def numbers(self, lesson: Lesson) -> dict[str, Any]:
        """The numbers of a scene, each column of x and each vector by itself."""
        start, ranges = lesson.start, lesson.ranges
        each = ranges.x if isinstance(ranges.x, list) else [ranges.x]
        columns = [
            self._near(numbers, each[place] if place < len(each) else each[0])
            for place, numbers in enumerate(zip(*start.x, strict=True))
        ]
        drawn: dict[str, Any] = {"x": [list(row) for row in zip(*columns, strict=True)]}
        if start.kind == "self_attention":
            return drawn | {name: self._matrix(lesson, name) for name in PROJECTIONS}
        if start.is_dot_product:
            return drawn | {"query": self._near(start.factors, ranges.query)}
        if start.kind == "gate":
            drawn["w"] = [self._near(weights, ranges.w) for weights in start.factors]
        else:
            drawn["w"] = self._near(start.factors, ranges.w)
        return drawn | ({"b": self._near(start.b, ranges.b)} if start.b else {})

    def _matrix(self, lesson: Lesson, name: str) -> list[list[float]]:
        """Each column by itself, as of x."""
        ends: Any = lesson.ranges.of(name)
        columns = [self._near(one, ends) for one in zip(*getattr(lesson.start, name), strict=True)]
        return [list(row) for row in zip(*columns, strict=True)]

    def _near(self, numbers: Any, ends: Ends) -> list[float]:
        """Each number moved along its slider; equal ones by as much, and zeros not at all."""
        low, high, step = ends
        last = int((high - low) / step + 1e-9)
        reach = max(1, int(last * self.reach))
        distinct = [number for number in dict.fromkeys(numbers) if number]
        if not distinct:
            return list(numbers)
        here = np.rint((np.clip(distinct, low, high) - low) / step).astype(int)
        lowest, highest = np.maximum(here - reach, 0), np.minimum(here + reach, last)
        if self.together:
            by = self.rng.integers((lowest - here).max(), (highest - here).min(), endpoint=True)
            places = here + by * (self.rng.random() < self.moving)
        else:
            places = self.rng.integers(lowest, highest, endpoint=True)
            if self.moving < 1:
                places = np.where(self.rng.random(len(here)) < self.moving, places, here)
        to = {
            number: round(low + at * step, 10) if at != was else number
            for number, at, was in zip(distinct, places.tolist(), here.tolist(), strict=True)
        }
        return [to.get(number, number) for number in numbers]


def _draws(rng: np.random.Generator) -> Iterator[_Draw]:
    """Ways to draw, the nearest first."""
    for further in range(1, MOST_REACHES + 1):
        for again in range(TRIES_A_REACH):
            if further == 1 and again < TRIES_A_REACH // 3:
                yield _Draw(rng, REACH)
            else:
                moving, together = rng.choice(SOME), rng.random() < 0.5
                yield _Draw(rng, min(further * REACH, 1), moving, together)


def _put_back(numbers: dict[str, Any], kept: dict[Place, float]) -> dict[str, Any]:
    for (*outer, last), number in kept.items():
        inner: Any = numbers
        for step in outer:
            inner = inner[step]
        inner[last] = number
    return numbers
