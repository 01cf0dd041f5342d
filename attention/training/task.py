"""What a task of the tab *Learn* has. Its own facts need NumPy only; its models need Keras.

A task `name` is a class in `tasks/<name>.py`, which is found there. Its models stand beside it in
`tasks/<name>_models.py`, which alone imports Keras, with one function a model, whose source the
page shows:

    def attention(options) -> keras.Model    # compiled; the name is one of Task.models
    def score(model, options) -> float       # share of held-out examples answered right, 0 to 1
    def trained_score(model, options) -> float    # the same of as many that it was trained on;
                                                  # the page does without where there is none
    def inspect(model, options, examples) -> list[Inspection]    # its answers and its weights
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

import numpy as np
from pydantic import AfterValidator, Field
from pydantic.fields import FieldInfo

from attention.scene import Model
from attention.texts import ASSETS, Language, UserError, languages
from attention.training.source import attention_lines, functions

MOST_EPOCHS = 100
# What may be chosen of a training, in steps that one sees in the curves.
RATES = (0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
UNITS = (4, 8, 16, 32, 64)
DROPOUTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def languages_with_data() -> tuple[str, ...]:
    """The languages that have all data to train on; a page in another shows those of the first."""
    files = ("sentences.{}.tsv", "prose.{}.txt")
    return tuple(
        code
        for code in languages()
        if all((ASSETS / "data" / name.format(code)).exists() for name in files)
    )


def _with_data(lang: str) -> str:
    return lang if lang in languages_with_data() else languages_with_data()[0]


def _among(allowed: tuple[float, ...]) -> tuple[AfterValidator, FieldInfo]:
    """The rule that a number is one of these, for pydantic and for the page."""

    def check(value: float) -> float:
        if value not in allowed:
            listed = [f"{one:g}" for one in allowed]
            raise UserError("rule_choice", allowed=listed, came=repr(value))
        return value

    return AfterValidator(check), Field(strict=True, json_schema_extra={"enum": list(allowed)})


LearningRate = Annotated[float, *_among(RATES)]
Units = Annotated[int, *_among(UNITS)]
Dropout = Annotated[float, *_among(DROPOUTS)]


class Options(Model):
    """What a visitor may choose of a training.

    A task with other defaults or with more of its own has a class of its own.

    Attributes:
        lang: the language of the data, and of what is answered; one without data gets the first.
        seed: of the data, the first weights and the order of the examples.
        epochs: how often every example is seen.
        learning_rate: how far the optimiser goes with each step.
        units: the size of the models' layers.
        dropout: which share of a layer's output is set to 0 at random while training.
    """

    lang: Annotated[Language, AfterValidator(_with_data)] = "en"
    seed: Annotated[int, Field(strict=True, ge=0, le=999_999)] = 0
    epochs: Annotated[int, Field(strict=True, ge=1, le=MOST_EPOCHS)] = 10
    learning_rate: LearningRate = 0.01
    units: Units = 16
    dropout: Dropout = 0.0


@dataclass(frozen=True)
class Example:
    """Something that a model looks at.

    Attributes:
        x: what goes into a model, without the batch axis: an array, or a tuple of them.
        steps: a name for each step that can be looked at, in order.
        truth: the right answer; None where nobody knows it.
        more: what else the page needs to show it, as JSON has it: a sound, say.
    """

    x: Any
    steps: list[str]
    truth: str | None = None
    more: dict[str, Any] = field(default_factory=dict)

    def for_page(self) -> dict[str, Any]:
        """Plain data; `x` is a list of inputs."""
        inputs = self.x if isinstance(self.x, tuple) else (self.x,)
        x = [np.asarray(one).tolist() for one in inputs]
        return {"x": x, "steps": self.steps, "truth": self.truth, **self.more}


@dataclass(frozen=True)
class Try:
    """An input that is worth trying, one tap away.

    Attributes:
        name: the page's texts say why it is worth it, as `task_<task>_<name>`, and, where it is no
            text, what it is called: `task_<task>_<name>_title`.
        own: what somebody would enter, as the page's reader takes it; or
        example: what nobody can type.
        truth: the right answer, where the reader cannot know it.
    """

    name: str
    own: dict[str, Any] | None = None
    example: Example | None = None
    truth: str | None = None

    def for_page(self) -> dict[str, Any]:
        """Plain data."""
        example = self.example and self.example.for_page()
        return {"name": self.name, "own": self.own, "example": example, "truth": self.truth}


class Inspection(Model):
    """What a model answers to one example, and where its attention goes.

    Attributes:
        answer: as the example's `truth` writes it.
        weights: the attention weights, (rows, steps); None for a model that has none.
        rows: a name for each row of weights: what asks. One without a name for a pooled sum.
        sure: the probability that the model gives its answer, 0 to 1; None if it has no single one.
        right: whether that counts as right, where it need not be what `truth` says to the letter;
            None: it must, or nobody knows it.
    """

    answer: str
    weights: list[list[float]] | None = None
    rows: tuple[str, ...] = ()
    sure: float | None = None
    right: bool | None = None


Chosen = TypeVar("Chosen", bound=Options)


class Task(ABC, Generic[Chosen]):
    """One task: what goes in, what should come out, and who competes.

    Attributes:
        name: as the address and the texts have it: `task_<name>_title`, `task_<name>_idea`.
        models: names of the models that compete, in the order of the page.
        helpers: functions that the page shows below the source of each model that calls them.
        words: what the page says of it, each in one or more languages: its `title`, `about`,
            `idea`, `score`, `own`, `try`, what its `tries` need, and a name for each model; or
            `assets/text/` has them.
        by_language: whether its data differ with the language; else one recording serves all.
        place: its place on the page; equal ones stand in the order of their names.
        view: how the page draws what a model looks at. A "series" needs of an example's `more` its
            `values`, one a step or None, and `after`, the name of what comes next; where there are
            any, `rare`, the places of rare steps, the `period` in steps, and `near`, the lowest and
            the highest number that count as right. Its answers are numbers; steps may be ISO dates.
        joint: what joins the steps of an example to one line; None: the example is a sound.
        answers_with: what the models' output means: a "choice" among `answers`, a "number" of a
            series, "digits", one after the other, or which character comes "next".
        input: what one may enter of one's own: a line of "text", a "sound", or a "series", which is
            a text of many lines or a file. How the page reads it says `reader`.
        Options: what may be chosen, the `Options` above or a class of the task's own.
        seconds: the longest that a training may take, all models together.
        batch_size: examples a step.
        every: the examples are inspected after so many epochs; that costs time too.
        seeds: with which each of `recordings` is trained where their results grow with a length;
            the first of them is the one that is shown.
        chance: the score of who guesses, 0 to 1; None where it is not said.
    """

    name: ClassVar[str]
    models: ClassVar[tuple[str, ...]]
    helpers: ClassVar[tuple[str, ...]] = ()
    words: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    by_language: ClassVar[bool] = True
    place: ClassVar[int] = 100
    view: ClassVar[Literal["words", "alignment", "sequence", "sound", "series", "characters"]] = (
        "words"
    )
    joint: ClassVar[str | None] = " "
    answers_with: ClassVar[Literal["choice", "number", "digits", "next"]] = "choice"
    input: ClassVar[Literal["text", "sound", "series"]] = "text"
    Options: type[Chosen]
    seconds: ClassVar[float] = 90
    batch_size: ClassVar[int] = 32
    every: ClassVar[int] = 1
    seeds: ClassVar[tuple[int, ...]] = (0,)
    chance: ClassVar[float | None] = None

    @abstractmethod
    def train_on(self, options: Chosen) -> tuple[Any, Any]:
        """The x and y for `model.fit`, the same for every model and the same for a seed."""

    @abstractmethod
    def examples(self, options: Chosen) -> list[Example]:
        """A few examples to look at, none of which is trained on."""

    @abstractmethod
    def reader(self, options: Chosen) -> dict[str, Any]:
        """How the page makes an example of what somebody typed, sang or pasted.

        Returns:
            `reads`, the name of a module in `assets/page/core/models/reading/`, and what it needs:
            of "characters" and "words", say, the `numbers` that stand for them.
        """

    def answers(self, options: Chosen) -> tuple[str, ...]:
        """The names of what is chosen among, in the order of the models' output."""
        return ()

    def tries(self, options: Chosen) -> list[Try]:
        """What is worth trying."""
        return []

    def texts(self) -> dict[str, Mapping[str, str]]:
        """Its `words`, by the keys that the file of a language has for them."""
        return {
            f"{'model' if part in self.models else 'task'}_{self.name}_{part}": text
            for part, text in self.words.items()
        }

    def recordings(self) -> list[Chosen]:
        """What may ship with the project, trained in advance: one in each language of its data."""
        if not self.by_language:
            return [self.Options()]
        return [self.Options(lang=lang) for lang in languages_with_data()]

    def recorded(self, options: Chosen) -> Chosen:
        """Which of `recordings` is shown to somebody who has not trained with these options yet."""
        found = self.recordings()
        return next((one for one in found if one.lang == options.lang), found[0])

    def file_name(self, options: Chosen) -> str:
        """What its recording is called, without an ending."""
        return f"{self.name}.{options.lang}" if self.by_language else self.name

    def keras(self) -> ModuleType:
        """The module with the models; the first time it imports Keras."""
        return import_module(self._keras_name)

    @property
    def _keras_name(self) -> str:
        return f"{type(self).__module__}_models"

    def code(self) -> dict[str, str]:
        """The source of each model, read without importing Keras."""
        return functions(self._models_file, self.models, self.helpers)

    def attention_in_code(self) -> dict[str, list[int]]:
        """Which lines of that source build or call an attention layer, from 0."""
        return attention_lines(self._models_file, self.models, self.helpers)

    @property
    def _models_file(self) -> Path:
        file = Path(inspect.getfile(type(self)))
        return file.with_name(f"{file.stem}_models.py")
