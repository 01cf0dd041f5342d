"""Lessons: a scene with its story and its challenge, one file each in `assets/lessons/`.

A lesson's name is its file's name without the number: `04-fear.toml` is the lesson `fear`.
The next lesson is the next file; the models below say what it holds, and README shows one.
"""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator

from attention.objective import Objective
from attention.scene import LARGEST_NUMBER, Model, Name, Number, Scene, explain
from attention.texts import ASSETS, languages

FOLDER = ASSETS / "lessons"
LONGEST_STORY = 60  # words


def _in_every_language(text: dict[str, Any]) -> dict[str, Any]:
    if set(text) != set(languages()):
        raise ValueError(f"must be written in {', '.join(languages())}; got {', '.join(text)}")
    return text


def _short(story: dict[str, str]) -> dict[str, str]:
    for language, text in story.items():
        if len(text.split()) > LONGEST_STORY:
            raise ValueError(
                f"{language} must have at most {LONGEST_STORY} words; got {len(text.split())}"
            )
    return story


def _rising(ends: tuple[float, float, float]) -> tuple[float, float, float]:
    low, high, step = ends
    if not (low < high and 0 < step <= high - low):
        raise ValueError(f"must be lowest < highest and a step that fits between; got {list(ends)}")
    return ends


Text = Annotated[dict[str, Annotated[str, Field(min_length=1)]], AfterValidator(_in_every_language)]
Labels = Annotated[dict[str, list[Name]], AfterValidator(_in_every_language)]
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
    """What to reach. `solution` are fields of a scene that reach it: a test tries them."""

    text: Text
    goals: Annotated[list[Goal], Field(min_length=1)]
    keep: tuple[Keep, ...] = ()
    solution: dict[str, Any]


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
            raise ValueError("must have an index and choices, or neither: then the rows are meant")
        if self.difference and not (self.change and self.choices):
            raise ValueError("difference must come with a change and choices")
        return self

    def numbers(self, start: Scene) -> list[float]:
        """The number that is asked for; one for each row, where the rows are the choices."""
        after = Scene.model_validate(start.model_dump() | self.change)
        found = getattr(after.trace(), self.of)
        if self.difference:
            found = found - getattr(start.trace(), self.of)
        return list(found) if self.index is None else [found[self.index]]

    def answer(self, start: Scene) -> int:
        """Which choice is right in the scene as the lesson opens it.

        Raises:
            ValueError: none is, or more than one.
        """
        numbers = self.numbers(start)
        if self.choices:
            right = [i for i, choice in enumerate(self.choices) if choice.hold(numbers[0])]
        else:
            right = [i for i, number in enumerate(numbers) if number == max(numbers)]
        if len(right) != 1:
            raise ValueError(f"predict must have one right answer; got {len(right)}, for {numbers}")
        return right[0]


class Lesson(Model):
    """One lesson; see README for a file.

    Attributes:
        level: 1 principle, 2 how it is gathered, 3 every operation, 4 why it learns.
        title: a few words in every language.
        story: at most 60 words in every language; `**so**` is bold.
        rows: the names of the steps in every language. columns: of the features.
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
        for language in languages():
            self.at(language)  # as many names as numbers
        steps, features = len(self.start.rows), len(self.start.columns)
        if self.focus >= steps:
            raise ValueError(f"focus must be a row, 0 to {steps - 1}; got {self.focus}")
        if isinstance(self.ranges.x, list) and len(self.ranges.x) != features:
            raise ValueError(f"ranges.x must be one range, or {features}; got {len(self.ranges.x)}")
        trace = self.start.trace()
        for goal in self.challenge.goals:
            if goal.index >= len(getattr(trace, goal.of)):
                raise ValueError(f"challenge.goals: {goal.of} has no index {goal.index}")
        if self.predict:
            self.predict.answer(self.start)
        if self.training:
            self.training.shares(self.start)  # one target a row, and not all 0
        return self

    @property
    def start(self) -> Scene:
        """The scene as the lesson opens it, in the default language."""
        return self.at(languages()[0])

    def at(self, language: str) -> Scene:
        """The scene as the lesson opens it, with the names of a language."""
        names = {"rows": self.rows[language], "columns": self.columns[language]}
        return Scene(**self.scene, **names)

    def done(self, scene: Scene) -> bool:
        """Whether the scene (with the lesson's rows) reaches the challenge by the rules."""
        trace = scene.trace()
        reached = all(
            goal.hold(getattr(trace, goal.of)[goal.index]) for goal in self.challenge.goals
        )
        return reached and all(
            _part(scene, keep) == _part(self.start, keep) for keep in self.challenge.keep
        )

    def for_page(self) -> dict[str, Any]:
        """Plain data for the browser, without the solution.

        `objective` is there in any case: without one of its own, all rows are as good a target.
        """
        kept = {"scene": True, "training": True, "challenge": {"solution"}}
        objective = self.training or Objective(target=[1.0] * len(self.start.rows))
        return self.model_dump(mode="json", exclude=kept) | {
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


def read_lesson(file: Path) -> Lesson:
    """One lesson file.

    Raises:
        ValueError: it is not TOML or breaks a rule; the message names file, field and rule.
    """
    try:
        return Lesson.model_validate(tomllib.loads(file.read_text("utf-8")))
    except ValidationError as error:
        raise ValueError(f"{file.name}: {explain(error)}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{file.name}: must be TOML in UTF-8; {error}") from None


def load_lessons(folder: Path = FOLDER) -> tuple[dict[str, Lesson], list[str]]:
    """All lessons by name in the order of their numbers, and what is wrong with the others.

    A broken file costs its own lesson only: it is logged and reported, and the others are there.
    """
    lessons, problems = {}, []
    for file in sorted(folder.glob("*.toml")):
        try:
            lessons[file.stem.partition("-")[2] or file.stem] = read_lesson(file)
        except ValueError as error:
            logging.getLogger(__name__).warning("lesson left out: %s", error)
            problems.append(str(error))
    return lessons, problems
