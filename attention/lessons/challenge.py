"""A challenge: which numbers of the trace are to come where, and what has to stay meanwhile."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from attention.core import Trace
from attention.lessons.words import Text
from attention.scene import LARGEST_NUMBER, Model, Number, Scene

Index = Annotated[int, Field(ge=0)]
# What self-attention uses; see USED in scene.py.
SelfAttention = Literal["wq", "wk", "wv", "heads", "causal", "positions", "pos", "asks", "head"]
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

    def number(self, trace: Trace) -> float:
        """The number that it is about."""
        return float(getattr(trace, self.of)[self.index])

    def told(self, trace: Trace) -> str:
        """The number, and its bounds or the one that it breaks: "weights.3 = 0.0114 < 0.5"."""
        number = self.number(trace)
        said = f"{self.of}.{self.index} = {number:.4g}"
        if number < self.at_least:
            return f"{said} < {self.at_least:.4g}"
        if number > self.at_most:
            return f"{said} > {self.at_most:.4g}"
        least = f" ≥ {self.at_least:.4g}" * (self.at_least > -LARGEST_NUMBER)
        return said + least + f" ≤ {self.at_most:.4g}" * (self.at_most < LARGEST_NUMBER)

    def settled(self, start: Scene) -> Goal:
        """The goal with bounds that count from 0."""
        if self.like is None:
            return self
        number = self.number(start.having(self.like).trace())
        bounds = {name: getattr(self, name) + number for name in ("at_least", "at_most")}
        return self.model_copy(update=bounds | {"like": None})


class Keep(Model):
    """What has to stay as the lesson set it: a whole field, or only a row or column of it."""

    of: Literal["x", "mask", "temperature", "kind", "w", "b", "activation", "query"] | SelfAttention
    row: Index | None = None
    column: Index | None = None

    @property
    def name(self) -> str:
        """In short: "b.3"."""
        parts = (self.of, self.row, self.column)
        return ".".join(str(part) for part in parts if part is not None)

    def whole(self, scene: Scene) -> Any:
        """The whole field, of which the rest may be free."""
        return scene.shown if self.of == "mask" else getattr(scene, self.of)


class Challenge(Model):
    """What to reach.

    Attributes:
        text: it in words.
        goals: the numbers that have to be reached, all of them; without: the page cannot tell.
        keep: what has to stay meanwhile.
        solution: fields of a scene that reach it; they are tried when the lesson is read.
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
        return bool(self.goals) and not self.lacking(scene, start)

    def lacking(self, scene: Scene, start: Scene) -> list[str]:
        """Which goals are not reached, and what should have stayed and has not, in short."""
        trace = scene.trace()
        missed = [goal.told(trace) for goal in self.goals if not goal.hold(goal.number(trace))]
        changed = [keep for keep in self.keep if _part(scene, keep) != _part(start, keep)]
        return missed + [f"keep {keep.name}" for keep in changed]

    def told(self, scene: Scene) -> list[str]:
        """The numbers that the goals are about."""
        trace = scene.trace()
        return [goal.told(trace) for goal in self.goals]


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
