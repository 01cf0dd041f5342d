"""A challenge: which numbers of the trace are to come where, and what has to stay meanwhile."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from attention.lessons.words import Text
from attention.scene import LARGEST_NUMBER, Model, Number, Scene

Index = Annotated[int, Field(ge=0)]
Stage = Literal["logits", "scores", "weights", "output"]
MOST_GOALS = 64  # four stages of 16 rows


class Bounds(Model):
    """From where to where a number may be, both ends included."""

    at_least: Number = -LARGEST_NUMBER
    at_most: Number = LARGEST_NUMBER

    def hold(self, number: float) -> bool:
        """Whether the number is within."""
        return self.at_least <= number <= self.at_most


class Goal(Bounds):
    """One number of the trace that has to come within bounds.

    Attributes:
        of, index: which number.
        like: the same number, of the scene as the lesson opens it with these fields set, is where
            the bounds count from: `like = {}` and bounds of ±0.01 ask that it stays what it was.
    """

    of: Stage
    index: Index
    like: dict[str, Any] | None = None

    def settled(self, start: Scene) -> Goal:
        """The goal with bounds that count from 0."""
        if self.like is None:
            return self
        number = getattr(start.having(self.like).trace(), self.of)[self.index]
        bounds = {name: getattr(self, name) + number for name in ("at_least", "at_most")}
        return self.model_copy(update=bounds | {"like": None})


class Keep(Model):
    """What has to stay as the lesson set it: a whole field, or only a row or column of it."""

    of: Literal["x", "w", "b", "query", "mask", "activation", "temperature", "kind"]
    row: Index | None = None
    column: Index | None = None

    def whole(self, scene: Scene) -> Any:
        """The whole field, of which the rest may be free."""
        return scene.shown if self.of == "mask" else getattr(scene, self.of)


class Challenge(Model):
    """What to reach.

    Attributes:
        text: it in words.
        goals: the numbers that have to be reached, all of them; without: the page cannot tell.
        keep: what has to stay meanwhile.
        solution: fields of a scene that reach it; a test tries those of the lessons that ship.
    """

    text: Text
    goals: Annotated[tuple[Goal, ...], Field(max_length=MOST_GOALS)] = ()
    keep: Annotated[tuple[Keep, ...], Field(max_length=MOST_GOALS)] = ()
    solution: dict[str, Any] = Field(default={})

    def settled(self, start: Scene) -> Challenge:
        """The challenge of a lesson that opens so, with goals whose bounds count from 0."""
        goals = tuple(goal.settled(start) for goal in self.goals)
        return self.model_copy(update={"goals": goals})

    def done(self, scene: Scene, start: Scene) -> bool:
        """Whether a scene (with the rows of `start`, where the lesson opens) reaches it.

        Args:
            scene: what was made of the lesson's own.
            start: for which the challenge is `settled`.
        """
        trace = scene.trace()
        reached = bool(self.goals) and all(
            goal.hold(getattr(trace, goal.of)[goal.index]) for goal in self.goals
        )
        return reached and all(_part(scene, keep) == _part(start, keep) for keep in self.keep)


def _part(scene: Scene, keep: Keep) -> Any:
    value = keep.whole(scene)
    if keep.row is not None and isinstance(value, list):
        value = value[keep.row]
    if keep.column is not None and isinstance(value, list):
        value = (
            [row[keep.column] for row in value]
            if isinstance(value[0], list)
            else value[keep.column]
        )
    return value
