"""Lessons: a scene with its story, its question and its challenge, as models that check them.

README shows a lesson's file; file.py beside this one reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from attention.objective import Objective
from attention.rules import at_home
from attention.scene import LARGEST_NUMBER, Model, Name, Number, Scene
from attention.texts import Told, in_every_language, languages

LONGEST_STORY = 60  # words


def _in_known_languages(text: dict[str, Any]) -> dict[str, Any]:
    if not text or not set(text) <= set(languages()):
        raise Told("rule_language", languages=list(languages()), came=list(text))
    return text


def _short(story: dict[str, str]) -> dict[str, str]:
    for language, text in story.items():
        if len(text.split()) > LONGEST_STORY:
            raise Told("rule_words", at=(language,), most=LONGEST_STORY, came=len(text.split()))
    return story


def _rising(ends: tuple[float, float, float]) -> tuple[float, float, float]:
    low, high, step = ends
    if not (low < high and 0 < step <= high - low):
        raise Told("rule_range", came=str(list(ends)))
    return ends


Text = Annotated[
    dict[str, Annotated[str, Field(min_length=1)]], AfterValidator(_in_known_languages)
]
Labels = Annotated[dict[str, list[Name]], AfterValidator(_in_known_languages)]
Range = Annotated[tuple[Number, Number, Number], AfterValidator(_rising)]
Index = Annotated[int, Field(ge=0)]
Stage = Literal["logits", "scores", "weights", "output"]


class Ranges(Model):
    """How far the sliders of this lesson go: `[lowest, highest, step]`.

    Attributes:
        x: one range for all columns, or one for each.
        w: the weights' range. query: the query's. b: the bias'.
        temperature: its range.
    """

    x: Range | list[Range] = (-10, 10, 0.1)
    w: Range = (-2, 2, 0.05)
    query: Range = (-2, 2, 0.05)
    b: Range = (-100, 100, 1)
    temperature: Range = (0.1, 10, 0.1)


class Bounds(Model):
    """From where to where a number may be, both ends included."""

    at_least: Number = -LARGEST_NUMBER
    at_most: Number = LARGEST_NUMBER

    def hold(self, number: float) -> bool:
        """Whether the number is within."""
        return self.at_least <= number <= self.at_most


class Goal(Bounds):
    """One number of the trace that has to come within bounds."""

    of: Stage
    index: Index


class Keep(Model):
    """What has to stay as the lesson set it: a whole field, or only a row or column of it."""

    of: Literal["x", "w", "b", "query", "mask", "activation", "temperature", "kind"]
    row: Index | None = None
    column: Index | None = None


class Challenge(Model):
    """What to reach.

    Attributes:
        text: it in words.
        goals: the numbers that have to be reached, all of them; without: the page cannot tell.
        keep: what has to stay meanwhile.
        solution: fields of a scene that reach it; a test tries those of the lessons that ship.
    """

    text: Text
    goals: tuple[Goal, ...] = ()
    keep: tuple[Keep, ...] = ()
    solution: dict[str, Any] = Field(default={})


class Choice(Bounds):
    """One of the answers to choose from: right where the number that is asked for is within."""

    text: Text


class Prediction(Model):
    """A question that one answers before one sees. Which answer is right is computed, not written.

    Attributes:
        text: the question.
        of, index: the number that it asks for; without an index: which row has the largest one.
        change: fields of the scene that are set first; without: the scene as the lesson opens it.
        difference: it asks by how much `change` moves the number.
        choices: bounds of the number, of which exactly one holds; without an index: the rows.
    """

    text: Text
    of: Stage = "weights"
    index: Index | None = None
    change: dict[str, Any] = Field(default={})
    difference: bool = False
    choices: tuple[Choice, ...] = ()

    @model_validator(mode="after")
    def _asks_for_a_number_or_a_row(self) -> Prediction:
        if (self.index is None) == bool(self.choices):
            raise Told("rule_choices")
        if self.difference and not (self.change and self.choices):
            raise Told("rule_difference", at=("difference",))
        return self

    def numbers(self, start: Scene) -> list[float]:
        """The number that is asked for; one for each row, where the rows are the choices."""
        with at_home({}, "predict", "change"):
            after = Scene.model_validate(start.model_dump() | self.change)
        found = getattr(after.trace(), self.of)
        if self.difference:
            found = found - getattr(start.trace(), self.of)
        return list(found) if self.index is None else [found[self.index]]

    def answer(self, start: Scene) -> int:
        """Which choice is right in the scene as the lesson opens it.

        Raises:
            Told: none is, or more than one.
        """
        numbers = self.numbers(start)
        if self.choices:
            right = [i for i, choice in enumerate(self.choices) if choice.hold(numbers[0])]
        else:
            right = [i for i, number in enumerate(numbers) if number == max(numbers)]
        if len(right) != 1:
            came = ", ".join(f"{number:.3g}" for number in numbers)
            raise Told("rule_answers", at=("predict",), count=len(right), numbers=came)
        return right[0]


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
        training: what gradient descent is to reach, where the lesson is about learning.
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
    tasks: tuple[str, ...] = ()
    training: Objective | None = None

    @model_validator(mode="after")
    def _everything_fits(self) -> Lesson:
        for place, text in texts_within(self):
            if set(text) != set(self.languages):
                raise Told(
                    "rule_languages", at=place, languages=list(self.languages), came=list(text)
                )
        self._check_scene()
        steps, features = len(self.start.rows), len(self.start.columns)
        if self.focus >= steps:
            raise Told("rule_focus", at=("focus",), last=steps - 1, came=self.focus)
        if isinstance(self.ranges.x, list) and len(self.ranges.x) != features:
            came = len(self.ranges.x)
            raise Told("rule_ranges", at=("ranges", "x"), count=features, came=came)
        trace = self.start.trace()
        for number, goal in enumerate(self.challenge.goals):
            last = len(getattr(trace, goal.of)) - 1
            if goal.index > last:
                place = ("challenge", "goals", number, "index")
                raise Told("rule_goal", at=place, of=goal.of, came=goal.index, last=last)
        if self.predict:
            self.predict.answer(self.start)
        if self.training:
            with at_home({}, "training"):
                self.training.shares(self.start)  # one target a row, and not all 0
        return self

    def _check_scene(self) -> None:
        for language in self.languages:
            homes = {"rows": ("rows", language), "columns": ("columns", language)}
            with at_home(homes, "scene"):
                self.at(language)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it is written in."""
        return tuple(
            code for code in languages() if any(code in text for _, text in texts_within(self))
        )

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
        trace = scene.trace()
        reached = bool(self.challenge.goals) and all(
            goal.hold(getattr(trace, goal.of)[goal.index]) for goal in self.challenge.goals
        )
        return reached and all(
            _part(scene, keep) == _part(self.start, keep) for keep in self.challenge.keep
        )

    def for_page(self, name: str = "") -> dict[str, Any]:
        """Plain data for the browser, without the solution, and in every language of the page.

        `objective` is there in any case: without one of its own, all rows are as good a target.

        Args:
            name: under which the file of a language may have what the lesson does not say itself.
        """
        kept = {"scene": True, "training": True, "challenge": {"solution"}}
        objective = self.training or Objective(target=[1.0] * len(self.start.rows))
        told = self.model_dump(mode="json", exclude=kept)
        for place, text in texts_within(self):
            _at(told, place).update(in_every_language(text, "lessons", name, *place))
        return told | {
            "scene": self.start.model_dump(mode="json", exclude={"rows", "columns"}),
            "objective": objective.model_dump(mode="json"),
            "learns": self.training is not None,
        }


def _part(scene: Scene, keep: Keep) -> Any:
    value = scene.shown if keep.of == "mask" else getattr(scene, keep.of)
    if keep.row is not None and isinstance(value, list):
        value = value[keep.row]
    if keep.column is not None and isinstance(value, list):
        value = (
            [row[keep.column] for row in value]
            if isinstance(value[0], list)
            else value[keep.column]
        )
    return value


def texts_within(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple, dict]]:
    """Every text of a model by its place: what languages alone are the keys of."""
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from texts_within(getattr(value, name), (*place, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts_within(item, (*place, index))
    elif isinstance(value, dict) and value and set(value) <= set(languages()):
        yield place, value


def _at(data: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        data = data[step]
    return data
