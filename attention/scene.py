"""A scene: everything that stands on the table, as one validated object without a page.

Limits and choices are written here once. The models below check files and API calls with them,
and the page receives them (`LIMITS`) to check addresses and typed numbers.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import numpy as np
from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)

from attention import core
from attention.texts import Place, UserError

Kind = Literal["attention", "gate", "dot_product", "scaled_dot_product"]
Activation = Literal["tanh", "linear"]

MOST_ROWS, MOST_COLUMNS, LONGEST_NAME = 16, 8, 40
LARGEST_NUMBER = 1_000_000
COLDEST, HOTTEST = 0.01, 1_000

Number = Annotated[
    float, Field(strict=True, ge=-LARGEST_NUMBER, le=LARGEST_NUMBER, allow_inf_nan=False)
]
Temperature = Annotated[float, Field(strict=True, ge=COLDEST, le=HOTTEST, allow_inf_nan=False)]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)
]
# No list is longer than there may be rows: a million wrong numbers are refused at the 17th.
AtMostRows = Field(max_length=MOST_ROWS)
Vector = Annotated[list[Number], AtMostRows]
Matrix = Annotated[list[Vector], AtMostRows]
Names = Annotated[list[Name], Field(min_length=1)]


def form_of(value: Any) -> str:
    """Which of two forms a field has that is a list, or a list of lists; its faults are of that."""
    first = value[0] if isinstance(value, list | tuple) and value else None
    return "[rows]" if isinstance(first, list | tuple) else "[numbers]"


Factors = Annotated[
    Annotated[Vector, Tag("[numbers]")] | Annotated[Matrix, Tag("[rows]")], Discriminator(form_of)
]

# What the browser has to know of the above.
LIMITS = {
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
    w: Factors | None = None
    b: Vector | None = None
    query: Vector | None = None
    mask: Annotated[list[Annotated[bool, Field(strict=True)]], AtMostRows] = []
    activation: Activation = "tanh"
    temperature: Temperature = 1.0

    @model_validator(mode="after")
    def _shapes_agree(self) -> Scene:
        steps, features = len(self.rows), len(self.columns)
        if self.kind == "gate" and features != 1:
            raise UserError("rule_gate", at=("columns",), came=features)
        _expect("x", self.x, steps, features)
        needs = "query" if self.is_dot_product else "w"
        if getattr(self, needs) is None:
            raise UserError("rule_needed", at=(needs,), kind=self.kind)
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
    def factors(self) -> Any:
        """What multiplies x: `query` or `w`. The kind says which, and whether it is a matrix."""
        return self.query if self.is_dot_product else self.w

    @property
    def bias(self) -> Vector | None:
        """The bias that counts: the dot products do without, whatever is kept aside."""
        return None if self.is_dot_product else self.b

    @property
    def has_bias(self) -> bool:
        """Whether a bias counts."""
        return self.bias is not None

    @property
    def has_tanh(self) -> bool:
        """Whether the scores are the tanh of the logits: no other kind has an activation."""
        return self.kind == "attention" and self.activation == "tanh"

    @property
    def shown(self) -> list[bool]:
        """Which steps the mask shows, one switch per step."""
        return self.mask or [True] * len(self.rows)

    @property
    def hides(self) -> bool:
        """Whether the mask hides a step."""
        return not all(self.mask)

    def cells(self) -> dict[Place, float]:
        """The numbers of `x`, `w`, `b` and `query` by their places.

        >>> Scene(rows=["a"], columns=["f", "g"], x=[[1, 2]], w=[3, 4]).cells()
        {('x', 0, 0): 1.0, ('x', 0, 1): 2.0, ('w', 0): 3.0, ('w', 1): 4.0}
        """
        return {
            (field, *index): float(number)
            for field in ("x", "w", "b", "query")
            if (numbers := getattr(self, field)) is not None
            for index, number in np.ndenumerate(numbers)
        }

    def having(self, fields: dict[str, Any]) -> Scene:
        """The scene with some of its fields set.

        Raises:
            ValidationError: it is no scene any more.
        """
        return Scene.model_validate(self.model_dump() | fields)

    def trace(self) -> core.Trace:
        """Compute the scene: logits, scores, weights and output, in float64."""
        how: dict[str, Any] = {"mask": self.mask or None, "temperature": self.temperature}
        if self.kind == "attention":
            return core.attend(self.x, self.factors, self.b, activation=self.activation, **how)
        if self.kind == "gate":
            return core.gate([number for (number,) in self.x], self.factors, self.b, **how)
        scale = self.kind == "scaled_dot_product"
        return core.dot_product(self.x, self.factors, scale=scale, **how)


def _expect(name: str, values: Vector | Matrix | list[bool], *shape: int) -> None:
    """One list of the first length; with a second length, of lists of that one."""
    lengths = [len(row) for row in values if isinstance(row, list)]
    wanted = list(shape[1:]) * shape[0]
    if len(values) == shape[0] and lengths == wanted:
        return
    at, came, rows = (name,), len(values), shape[0]
    if wanted and lengths:
        each = ", ".join(map(str, lengths))
        raise UserError("rule_matrix", at=at, rows=rows, count=shape[1], came=came, lengths=each)
    if wanted:
        raise UserError("rule_matrix_flat", at=at, rows=rows, count=shape[1], came=came)
    flat = "rule_switches" if name == "mask" else "rule_count"
    raise UserError("rule_flat" if lengths else flat, at=at, count=rows, came=came)
