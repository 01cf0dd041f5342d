"""Predict first: a question before the result is seen, whose answer is computed from the scene."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from attention.errors import remap_error_location
from attention.lessons.challenge import Bounds, Index, Stage
from attention.lessons.words import Text
from attention.scene import MOST_ROWS, Model, Scene
from attention.texts import UserError


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
        draw: on the page one draws the share instead of choosing; on paper one still chooses.
    """

    text: Text
    of: Stage = "weights"
    index: Index | None = None
    change: dict[str, Any] = Field(default={})
    difference: bool = False
    choices: Annotated[tuple[Choice, ...], Field(max_length=MOST_ROWS)] = ()
    draw: bool = False

    @model_validator(mode="after")
    def _asks_for_a_number_or_a_row(self) -> Prediction:
        if (self.index is None) == bool(self.choices):
            raise UserError("rule_choices")
        if self.difference and not (self.change and self.choices):
            raise UserError("rule_difference", at=("difference",))
        if self.draw and (self.of != "weights" or self.index is None or self.difference):
            raise UserError("rule_draw", at=("draw",))
        return self

    def numbers(self, start: Scene) -> list[float]:
        """The number that is asked for; one for each row, where the rows are the choices."""
        with remap_error_location({}, "predict", "change"):
            after = start.having(self.change)
        found = getattr(after.trace(), self.of)
        last = len(found) - 1
        if self.index is not None and self.index > last:
            place = ("predict", "index")
            raise UserError("rule_goal", at=place, of=self.of, came=self.index, last=last)
        if self.difference:
            found = found - getattr(start.trace(), self.of)
        return list(found) if self.index is None else [found[self.index]]

    def answer(self, start: Scene) -> int:
        """Which choice is right in the scene as the lesson opens it.

        Raises:
            UserError: none is, or more than one.
        """
        numbers = self.numbers(start)
        if self.choices:
            right = [i for i, choice in enumerate(self.choices) if choice.hold(numbers[0])]
        else:
            right = [i for i, number in enumerate(numbers) if number == max(numbers)]
        if len(right) != 1:
            came = ", ".join(f"{number:.3g}" for number in numbers)
            raise UserError("rule_answers", at=("predict",), count=len(right), numbers=came)
        return right[0]
