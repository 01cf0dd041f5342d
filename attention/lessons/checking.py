"""What of a lesson has to fit together: its languages, places, question, training and challenge."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from attention.errors import check_all, remap_error_location
from attention.lessons.words import texts_within
from attention.texts import Place, UserError, languages

if TYPE_CHECKING:
    from attention.lessons.lesson import Lesson


def check_lesson(lesson: Lesson) -> None:
    """Check everything that its fields do not say each by itself.

    Raises:
        ValidationError: of all that does not fit; of its challenge only once all the rest does.
        UserError: the challenge does not fit.
    """
    check_all("Lesson", *(partial(check, lesson) for check in (_check_languages, _check_scene)))
    check_all("Lesson", *(partial(check, lesson) for check in CHECKS))
    _check_challenge(lesson)


def names_of(place: Place) -> list[str]:
    """A number's name in `fixed`, and those of the row and the field that it is in.

    >>> names_of(("x", 0, 1))
    ['x', 'x.0', 'x.0.1']
    """
    return [".".join(map(str, place[:end])) for end in range(1, len(place) + 1)]


def _check_languages(lesson: Lesson) -> None:
    said = list(texts_within(lesson))
    known = [code for code in languages() if any(code in text for _, text in said)]
    for place, text in said:
        if set(text) != set(known):
            raise UserError("rule_languages", at=place, languages=known, came=list(text))


def _check_scene(lesson: Lesson) -> None:
    for name in ("rows", "columns"):  # which stand beside the scene, in each language
        if name in lesson.scene:
            raise UserError(
                "rule_unknown", at=("scene", name), came=type(lesson.scene[name]).__name__
            )
    for language in lesson.languages:
        with remap_error_location(
            {"rows": ("rows", language), "columns": ("columns", language)}, "scene"
        ):
            lesson.at(language)
    with remap_error_location({}, "challenge", "solution"):
        lesson.start.having(lesson.challenge.solution)


def _check_places(lesson: Lesson) -> None:
    steps, features = len(lesson.start.rows), len(lesson.start.columns)
    if lesson.focus >= steps:
        raise UserError("rule_focus", at=("focus",), last=steps - 1, came=lesson.focus)
    came = len(lesson.ranges.x) if isinstance(lesson.ranges.x, list) else features
    if came != features:
        raise UserError("rule_ranges", at=("ranges", "x"), count=features, came=came)


def _check_goals(lesson: Lesson) -> None:
    trace = lesson.start.trace()
    for number, goal in enumerate(lesson.challenge.goals):
        last = len(getattr(trace, goal.of)) - 1
        place = ("challenge", "goals", number)
        if goal.index > last:
            at = (*place, "index")
            raise UserError("rule_goal", at=at, of=goal.of, came=goal.index, last=last)
        with remap_error_location({}, *map(str, place), "like"):
            goal.settled(lesson.start)


def _check_kept(lesson: Lesson) -> None:
    for number, keep in enumerate(lesson.challenge.keep):
        whole = keep.whole(lesson.start)
        if not isinstance(whole, list):
            continue
        across = whole[0] if isinstance(whole[0], list) else whole
        for name, last in (("row", len(whole) - 1), ("column", len(across) - 1)):
            came = getattr(keep, name)
            if came is not None and came > last:
                place = ("challenge", "keep", number, name)
                raise UserError("rule_goal", at=place, of=keep.of, came=came, last=last)


def _check_fixed(lesson: Lesson) -> None:
    names = {name for place in lesson.start.cells() for name in names_of(place)}
    for number, name in enumerate(lesson.fixed):
        if name not in names:
            allowed = sorted(names, key=lambda name: (name.count("."), name))
            raise UserError("rule_choice", at=("fixed", number), allowed=allowed, came=repr(name))


def _check_touched(lesson: Lesson) -> None:
    rows = range(len(lesson.start.rows))
    switches = [f"{name}.{row}" for name in ("mask", "move", "asks") for row in rows]
    numbers = [".".join(map(str, place)) for place in lesson.start.cells()]
    settings = ["kind", "activation", "temperature", "heads", "head", "causal", "positions"]
    allowed = [*settings, "train", "rate", "code", *switches, *numbers]
    for number, name in enumerate(lesson.touch):
        if name not in allowed:
            raise UserError("rule_choice", at=("touch", number), allowed=allowed, came=repr(name))


def _check_question(lesson: Lesson) -> None:
    if lesson.predict:
        lesson.predict.answer(lesson.start)


def _check_training(lesson: Lesson) -> None:
    if lesson.training:
        with remap_error_location({}, "training"):
            lesson.training.target_weights(lesson.start)  # one target per row, and not all 0


def _check_challenge(lesson: Lesson) -> None:
    """It is open when the lesson opens, and its solution, if one is given, solves it."""
    start = lesson.start
    challenge, solution = lesson.challenge.settled(start), lesson.challenge.solution
    if not challenge.goals:
        return
    change = lesson.predict.change if lesson.predict else {}
    for rule, fields in (("rule_met", {}), ("rule_met_asked", change)):
        if challenge.done(start.having(fields), start):
            came = challenge.told(start.having(fields))
            raise UserError(rule, at=("challenge", "goals"), came=came)
    if solution and (lacking := challenge.lacking(start.having(solution), start)):
        raise UserError("rule_solution", at=("challenge", "solution"), came=lacking)
    _check_solution_on_sliders(lesson)


def _check_solution_on_sliders(lesson: Lesson) -> None:
    for field, value in lesson.challenge.solution.items():
        ends = lesson.ranges.of(field)
        if ends is None or value is None:
            continue
        each = ends if isinstance(ends, list) else [ends]
        low, high = np.transpose(each)[:2]
        if not np.all((low <= np.array(value)) & (np.array(value) <= high)):
            allowed = ", ".join(f"{a:.15g} … {b:.15g}" for a, b, _ in each)
            place = ("challenge", "solution", field)
            raise UserError("rule_off_slider", at=place, allowed=allowed, came=str(value))


def _check_axes(lesson: Lesson) -> None:
    last = len(lesson.start.columns) - 1
    if lesson.axes and (lesson.axes[0] == lesson.axes[1] or max(lesson.axes) > last):
        raise UserError("rule_axes", at=("axes",), last=last, came=str(list(lesson.axes)))


CHECKS = (
    _check_places,
    _check_goals,
    _check_kept,
    _check_fixed,
    _check_touched,
    _check_axes,
    _check_question,
    _check_training,
)
