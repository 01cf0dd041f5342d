"""A lesson: a scene with its story, its question and its challenge, as a model that checks them.

README shows a lesson's file; file.py beside this one reads it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from attention.errors import check_all, remap_error_location
from attention.lessons.challenge import Challenge, Index
from attention.lessons.prediction import Prediction
from attention.lessons.words import Labels, Text, texts_within
from attention.objective import Objective
from attention.scene import Model, Number, Scene, form_of
from attention.texts import Place, UserError, in_every_language, languages, one_of
from attention.training.tasks import TASKS

LONGEST_STORY = 60  # words
Control = Literal["kind", "activation", "temperature", "train", "formula"]
View = Literal["flow", "plane", "softmax", "loss"]
MOST_PLACES = 1_000_000  # on a slider
MOST_FIXED = 64
MOST_TOUCHED = 2


def _short(story: dict[str, str]) -> dict[str, str]:
    for language, text in story.items():
        if len(text.split()) > LONGEST_STORY:
            raise UserError(
                "rule_words", at=(language,), most=LONGEST_STORY, came=len(text.split())
            )
    return story


def _three(ends: Any) -> Any:
    if isinstance(ends, list | tuple) and len(ends) != 3:
        raise UserError("rule_range_three", came=len(ends))
    return ends


def _rising(ends: tuple[float, float, float]) -> tuple[float, float, float]:
    low, high, step = ends
    low_, high_, step_ = (f"{end:.15g}" for end in ends)
    if low >= high:
        raise UserError("rule_range_rising", low=low_, high=high_)
    if not (high - low) / MOST_PLACES <= step <= high - low:
        raise UserError("rule_range_step", low=low_, high=high_, came=step_)
    return ends


Range = Annotated[tuple[Number, Number, Number], BeforeValidator(_three), AfterValidator(_rising)]
RangeOrRanges = Annotated[
    Annotated[Range, Tag("[numbers]")] | Annotated[list[Range], Tag("[rows]")],
    Discriminator(form_of),
]


class Ranges(Model):
    """How far the sliders of this lesson go: `[lowest, highest, step]`.

    Attributes:
        x: one range for all columns, or one for each.
        w: the weights' range. query: the query's. b: the bias'.
        temperature: its range.
    """

    x: RangeOrRanges = (-10, 10, 0.1)
    w: Range = (-2, 2, 0.05)
    query: Range = (-2, 2, 0.05)
    b: Range = (-100, 100, 1)
    temperature: Range = (0.1, 10, 0.1)


class Lesson(Model):
    """One lesson; see README for a file.

    Its texts are all in the same languages, one or more; those that ship have English and Russian.

    Attributes:
        level: 1 principle, 2 how it is gathered, 3 every operation, 4 why it learns.
        title: a few words.
        story: at most 60 words; `**so**` is bold.
        rows: the names of the steps. columns: of the features.
        focus: the row whose formula is open at the start.
        scene: the fields of `Scene` except the names.
        ranges: how far the sliders go.
        predict: what to ask before the result is shown.
        challenge: what to reach.
        seen: what one saw, in two sentences.
        article: where it stands in the article.
        tasks: of the tab Learn, to go on to.
        controls: what it is about besides the table itself. A projector shows it too, and a phone
            the settings among it above the table.
        touch: what to take hold of first, shown large: a number of the scene ("b.3", "x.0.1"), a
            row's switch ("mask.2"), "kind", "activation", "temperature" or "train"; without: the
            first feature of the focus row.
        stage: the view in which the stage opens.
        axes: the two columns that its plane shows first; without: the first two.
        training: what gradient descent is to reach, where the lesson is about learning.
        fixed: the numbers that a worksheet leaves as they are, because the story names them: a
            whole field of the scene ("b"), a row of it ("x.0") or one number ("b.3", "x.0.1").
    """

    level: Literal[1, 2, 3, 4]
    title: Text
    story: Annotated[Text, AfterValidator(_short)]
    rows: Labels
    columns: Labels
    focus: Index = 0
    scene: dict[str, Any]
    ranges: Ranges = Ranges()
    predict: Prediction | None = None
    challenge: Challenge
    seen: Text | None = None
    article: Text | None = None
    tasks: tuple[Annotated[str, one_of(lambda: TASKS)], ...] = ()
    controls: tuple[Control, ...] = ()
    touch: Annotated[tuple[str, ...], Field(max_length=MOST_TOUCHED)] = ()
    stage: View = "flow"
    axes: tuple[Index, Index] | None = None
    training: Objective | None = None
    fixed: Annotated[tuple[str, ...], Field(max_length=MOST_FIXED)] = ()

    @model_validator(mode="after")
    def _everything_fits(self) -> Lesson:
        check_all("Lesson", self._check_languages, self._check_scene)
        check_all(
            "Lesson",
            self._check_places,
            self._check_goals,
            self._check_kept,
            self._check_fixed,
            self._check_touched,
            self._check_axes,
            self._check_question,
            self._check_training,
        )
        self._check_challenge()
        return self

    def _check_languages(self) -> None:
        said = list(texts_within(self))
        known = [code for code in languages() if any(code in text for _, text in said)]
        for place, text in said:
            if set(text) != set(known):
                raise UserError("rule_languages", at=place, languages=known, came=list(text))

    def _check_scene(self) -> None:
        for name in ("rows", "columns"):  # which stand beside the scene, in each language
            if name in self.scene:
                raise UserError(
                    "rule_unknown", at=("scene", name), came=type(self.scene[name]).__name__
                )
        for language in self.languages:
            with remap_error_location(
                {"rows": ("rows", language), "columns": ("columns", language)}, "scene"
            ):
                self.at(language)
        with remap_error_location({}, "challenge", "solution"):
            self.start.having(self.challenge.solution)

    def _check_places(self) -> None:
        steps, features = len(self.start.rows), len(self.start.columns)
        if self.focus >= steps:
            raise UserError("rule_focus", at=("focus",), last=steps - 1, came=self.focus)
        came = len(self.ranges.x) if isinstance(self.ranges.x, list) else features
        if came != features:
            raise UserError("rule_ranges", at=("ranges", "x"), count=features, came=came)

    def _check_goals(self) -> None:
        trace = self.start.trace()
        for number, goal in enumerate(self.challenge.goals):
            last = len(getattr(trace, goal.of)) - 1
            place = ("challenge", "goals", number)
            if goal.index > last:
                at = (*place, "index")
                raise UserError("rule_goal", at=at, of=goal.of, came=goal.index, last=last)
            with remap_error_location({}, *map(str, place), "like"):
                goal.settled(self.start)

    def _check_kept(self) -> None:
        for number, keep in enumerate(self.challenge.keep):
            whole = keep.whole(self.start)
            if not isinstance(whole, list):
                continue
            across = whole[0] if isinstance(whole[0], list) else whole
            for name, last in (("row", len(whole) - 1), ("column", len(across) - 1)):
                came = getattr(keep, name)
                if came is not None and came > last:
                    place = ("challenge", "keep", number, name)
                    raise UserError("rule_goal", at=place, of=keep.of, came=came, last=last)

    def _check_fixed(self) -> None:
        names = {name for place in self.start.cells() for name in _names(place)}
        for number, name in enumerate(self.fixed):
            if name not in names:
                allowed = sorted(names, key=lambda name: (name.count("."), name))
                raise UserError(
                    "rule_choice", at=("fixed", number), allowed=allowed, came=repr(name)
                )

    def _check_touched(self) -> None:
        switches = [f"mask.{row}" for row in range(len(self.start.rows))]
        numbers = [".".join(map(str, place)) for place in self.start.cells()]
        allowed = ["kind", "activation", "temperature", "train", *switches, *numbers]
        for number, name in enumerate(self.touch):
            if name not in allowed:
                raise UserError(
                    "rule_choice", at=("touch", number), allowed=allowed, came=repr(name)
                )

    def _check_question(self) -> None:
        if self.predict:
            self.predict.answer(self.start)

    def _check_training(self) -> None:
        if self.training:
            with remap_error_location({}, "training"):
                self.training.target_weights(self.start)  # one target a row, and not all 0

    def _check_challenge(self) -> None:
        """It is open when the lesson opens, and its solution, if one is given, solves it."""
        start = self.start
        challenge, solution = self.challenge.settled(start), self.challenge.solution
        if not challenge.goals:
            return
        change = self.predict.change if self.predict else {}
        for rule, fields in (("rule_met", {}), ("rule_met_asked", change)):
            if challenge.done(start.having(fields), start):
                came = challenge.told(start.having(fields))
                raise UserError(rule, at=("challenge", "goals"), came=came)
        if solution and (lacking := challenge.lacking(start.having(solution), start)):
            raise UserError("rule_solution", at=("challenge", "solution"), came=lacking)
        self._check_solution_on_sliders()

    def _check_solution_on_sliders(self) -> None:
        for field, value in self.challenge.solution.items():
            ends = getattr(self.ranges, field, None)
            if ends is None or value is None:
                continue
            each = ends if isinstance(ends, list) else [ends]
            low, high = np.transpose(each)[:2]
            if not np.all((low <= np.array(value)) & (np.array(value) <= high)):
                allowed = ", ".join(f"{a:.15g} … {b:.15g}" for a, b, _ in each)
                place = ("challenge", "solution", field)
                raise UserError("rule_off_slider", at=place, allowed=allowed, came=str(value))

    def _check_axes(self) -> None:
        last = len(self.start.columns) - 1
        if self.axes and (self.axes[0] == self.axes[1] or max(self.axes) > last):
            raise UserError("rule_axes", at=("axes",), last=last, came=str(list(self.axes)))

    @property
    def fixed_cells(self) -> dict[Place, float]:
        """The numbers that are `fixed`, by their places in the scene."""
        cells, fixed = self.start.cells(), set(self.fixed)
        return {place: number for place, number in cells.items() if fixed & set(_names(place))}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it is written in: those of its title."""
        return tuple(code for code in languages() if code in self.title)

    @property
    def start(self) -> Scene:
        """The scene as the lesson opens it, in the first language that it is written in."""
        return self.at(self.languages[0])

    def at(self, language: str) -> Scene:
        """The scene as the lesson opens it, with the names of one of its languages."""
        names = {"rows": self.rows[language], "columns": self.columns[language]}
        return Scene(**self.scene, **names)

    def done(self, scene: Scene) -> bool:
        """Whether the scene (with the lesson's rows) reaches the challenge by the rules."""
        start = self.start
        return self.challenge.settled(start).done(scene, start)

    def for_page(self, name: str = "") -> dict[str, Any]:
        """Plain data for the browser, without the solution, and in every language of the page.

        `objective` is there in any case: without one of its own, all rows are as good a target.

        Args:
            name: under which the file of a language may have what the lesson does not say itself.
        """
        objective = self.training or Objective(target=[1.0] * len(self.start.rows))
        settled = {"challenge": self.challenge.settled(self.start)}
        data = self.model_copy(update=settled).model_dump(
            mode="json",
            exclude={
                **dict.fromkeys(("scene", "training", "fixed"), True),
                "challenge": {"solution": True, "goals": {"__all__": {"like"}}},
            },
        )
        for place, text in texts_within(self):
            _at(data, place).update(in_every_language(text, "lessons", name, *place))
        return data | {
            "scene": self.start.model_dump(mode="json", exclude={"rows", "columns"}),
            "objective": objective.model_dump(mode="json"),
            "learns": self.training is not None,
        }


def _names(place: Place) -> list[str]:
    """A number's name in `fixed`, and those of the row and the field that it is in.

    >>> _names(("x", 0, 1))
    ['x', 'x.0', 'x.0.1']
    """
    return [".".join(map(str, place[:end])) for end in range(1, len(place) + 1)]


def _at(data: Any, place: Place) -> Any:
    for step in place:
        data = data[step]
    return data
