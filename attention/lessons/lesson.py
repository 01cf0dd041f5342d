"""A lesson: a scene with its story, its question and its challenge, as a model that checks them.

README shows a lesson's file; file.py beside this one reads it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator

from attention.lessons.challenge import Challenge, Index
from attention.lessons.checking import check_lesson, names_of
from attention.lessons.prediction import Prediction
from attention.lessons.words import Labels, Text, texts_within
from attention.objective import Objective
from attention.scene import PROJECTIONS, Model, Number, Scene, form_of
from attention.texts import Place, UserError, in_every_language, languages, one_of
from attention.training.tasks import TASKS

LONGEST_STORY = 60  # words
Control = Literal["kind", "activation", "temperature", "train", "formula"]
View = Literal["flow", "plane", "softmax", "loss", "code"]
MOST_PLACES = 1_000_000  # on a slider
MOST_FIXED = 64
MOST_TOUCHED = 3


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
        wq, wk, wv, pos: those of self-attention; None: as the weights'.
        temperature: its range.
    """

    x: RangeOrRanges = (-10, 10, 0.1)
    w: Range = (-2, 2, 0.05)
    query: Range = (-2, 2, 0.05)
    b: Range = (-100, 100, 1)
    temperature: Range = (0.1, 10, 0.1)
    wq: Range | None = None
    wk: Range | None = None
    wv: Range | None = None
    pos: Range | None = None

    def of(self, field: str) -> RangeOrRanges | None:
        """The range of a field of a scene; None: it has no slider."""
        own: RangeOrRanges | None = getattr(self, field, None)
        return self.w if own is None and field in (*PROJECTIONS, "pos") else own


class Lesson(Model):
    """One lesson; see README for a file.

    Its texts are all in the same languages, one or more; those that ship have English and Russian.

    Attributes:
        level: 1 principle, 2 in general terms, 3 every operation, 4 why it learns.
        title: a few words.
        story: at most 60 words; `**so**` is bold.
        rows: the names of the steps. columns: of the features.
        focus: the row whose formula is open at the start.
        scene: the fields of `Scene` except the names.
        ranges: how far the sliders go.
        predict: what to ask before the result is shown.
        challenge: what to reach.
        seen: what could be seen, in two or three sentences.
        article: where it stands in the article.
        tasks: of the tab Learn, to go on to.
        controls: what it is about besides the table itself. A projector shows it too, and a phone
            the settings among it above the table.
        touch: what to take hold of first, shown large: a number of the scene ("b.3", "x.0.1"), a
            row's switch ("mask.2"), the row itself ("move.3"), or what makes it ask ("asks.1"),
            "kind", "activation", "temperature", "heads", "head", "causal", "positions", "code",
            "train" or its "rate"; without: the first feature of the focus row.
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
        check_lesson(self)
        return self

    @property
    def fixed_cells(self) -> dict[Place, float]:
        """The numbers that are `fixed`, by their places in the scene."""
        cells, fixed = self.start.cells(), set(self.fixed)
        return {place: number for place, number in cells.items() if fixed & set(names_of(place))}

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


def _at(data: Any, place: Place) -> Any:
    for step in place:
        data = data[step]
    return data
