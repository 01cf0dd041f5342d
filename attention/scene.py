"""A scene: everything that stands on the table, as one validated object without a page.

Limits and choices are written here once. The models below check files and API calls with them,
and the page receives them (`RULES`) to check addresses and typed numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Annotated, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from attention import core

Kind = Literal["attention", "gate", "dot_product", "scaled_dot_product"]
Activation = Literal["tanh", "linear"]

MOST_ROWS, MOST_COLUMNS, LONGEST_NAME = 16, 8, 40
LARGEST_NUMBER = 1_000_000
COLDEST, HOTTEST = 0.01, 1_000
LONGEST_ECHO = 60  # characters of what came, in a message

Number = Annotated[
    float, Field(strict=True, ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, allow_inf_nan=False)
]
Temperature = Annotated[float, Field(strict=True, ge=COLDEST, le=HOTTEST, allow_inf_nan=False)]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)
]
Vector = list[Number]
Matrix = list[Vector]
Names = Annotated[list[Name], Field(min_length=1)]

# What the browser has to know of the above.
RULES = {
    "kinds": get_args(Kind),
    "activations": get_args(Activation),
    "rows": MOST_ROWS,
    "columns": MOST_COLUMNS,
    "name": LONGEST_NAME,
    "number": [-LARGEST_NUMBER, LARGEST_NUMBER],
    "temperature": [COLDEST, HOTTEST],
}


class Model(BaseModel):
    """A frozen record that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Scene(Model):
    """The words of the page, as the page writes them.

    Attributes:
        kind: which attention stands on the table.
        rows: names of the time steps, 1 to 16.
        columns: names of the features, 1 to 8; a gate has just one.
        x: input vectors, (steps, features).
        w: weights, (features,); for a gate (steps, steps). The dot products do without.
        b: bias, (steps,), or None: no bias. The dot products do without.
        query: what the dot products compare each row with, (features,).
        mask: True is visible, (steps,); empty: all are.
        activation: what kind "attention" does to its logits.
        temperature: divides the scores, 0.01 to 1,000.
    """

    kind: Kind = "attention"
    rows: Annotated[Names, Field(max_length=MOST_ROWS)]
    columns: Annotated[Names, Field(max_length=MOST_COLUMNS)]
    x: Matrix
    w: Vector | Matrix | None = None
    b: Vector | None = None
    query: Vector | None = None
    mask: list[Annotated[bool, Field(strict=True)]] = []
    activation: Activation = "tanh"
    temperature: Temperature = 1.0

    @model_validator(mode="after")
    def _shapes_agree(self) -> Scene:
        steps, features = len(self.rows), len(self.columns)
        if self.kind == "gate" and features != 1:
            raise ValueError(f"a gate must have one column, a number a row; got {features}")
        _expect("x", self.x, steps, features)
        needs = "query" if self.is_dot_product else "w"
        if getattr(self, needs) is None:
            raise ValueError(f"{needs} must be given for kind {self.kind}; got nothing")
        if self.w is not None:
            _expect("w", self.w, *((steps, steps) if self.kind == "gate" else (features,)))
        if self.query is not None:
            _expect("query", self.query, features)
        if self.b is not None:
            _expect("b", self.b, steps)
        if self.mask:
            _expect("mask", self.mask, steps)
        return self

    @property
    def is_dot_product(self) -> bool:
        """Whether each row is compared with the query, scaled or not."""
        return self.kind in ("dot_product", "scaled_dot_product")

    @property
    def has_bias(self) -> bool:
        """Whether a bias counts: the dot products do without, whatever is kept aside."""
        return self.b is not None and not self.is_dot_product

    @property
    def has_tanh(self) -> bool:
        """Whether the scores are the tanh of the logits: no other kind has an activation."""
        return self.kind == "attention" and self.activation == "tanh"

    @property
    def shown(self) -> list[bool]:
        """Which steps the mask shows, one switch a step."""
        return self.mask or [True] * len(self.rows)

    @property
    def hides(self) -> bool:
        """Whether the mask hides a step."""
        return not all(self.mask)

    def trace(self) -> core.Trace:
        """Compute the scene: logits, scores, weights and output, in float64."""
        how = {"mask": self.mask or None, "temperature": self.temperature}
        if self.kind == "attention":
            return core.attend(self.x, self.w, self.b, activation=self.activation, **how)
        if self.kind == "gate":
            return core.gate([number for (number,) in self.x], self.w, self.b, **how)
        scale = self.kind == "scaled_dot_product"
        return core.dot_product(self.x, self.query, scale=scale, **how)


class Refused(ValueError):
    """What was asked for cannot be done; the message is for whoever asked."""


def short(text: object) -> str:
    """What came from outside, as far as a message needs it.

    >>> short("a" * 100) == "a" * 60 + "…"
    True
    """
    text = str(text)
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"


def one_of(allowed: Callable[[], Collection[str]]) -> AfterValidator:
    """The rule that a text is one of a list; the error says which there are."""

    def check(value: str) -> str:
        if value not in allowed():
            raise ValueError(f"must be one of {', '.join(allowed())}; got {short(repr(value))}")
        return value

    return AfterValidator(check)


def explain(error: ValidationError, most: int = 5) -> str:
    """Say for each broken field its place, the rule and what came, a line each, at most so many."""
    found = error.errors(include_url=False)
    lines = [
        f"{'.'.join(map(short, one['loc'])) or 'request'}: {one['msg']}{_came(one)}"
        for one in found[:most]
    ]
    return "\n".join(lines + [f"… and {len(found) - most} more"] * (len(found) > most))


def _came(found: dict) -> str:
    if found["type"] == "value_error" or isinstance(found["input"], dict):
        return ""  # the message tells already, or what came is the whole
    return f"; got {short(repr(found['input']))}"


def _expect(name: str, values: list, *shape: int) -> None:
    """One list of the first length; with a second length, of lists of that one."""
    came = [len(row) if isinstance(row, list) else None for row in values]
    if len(values) != shape[0] or set(came) != {*shape[1:]} | (
        {None} if len(shape) == 1 else set()
    ):
        lengths = f"{len(values)} rows of lengths {short(came)}"
        got = lengths if any(came) else f"{len(values)} numbers"
        raise ValueError(f"{name} must have shape {shape}; got {got}")
