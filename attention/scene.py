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
    SerializerFunctionWrapHandler,
    StringConstraints,
    Tag,
    model_serializer,
    model_validator,
)

from attention import core
from attention.texts import Place, UserError

Kind = Literal["attention", "gate", "dot_product", "scaled_dot_product", "self_attention"]
Activation = Literal["tanh", "linear"]
Positions = Literal["none", "sinusoidal", "learned"]

# What each kind uses besides x, mask and temperature; whatever else a scene has is kept aside.
USED: dict[Kind, tuple[str, ...]] = {
    "attention": ("w", "b", "activation"),
    "gate": ("w", "b"),
    "dot_product": ("query",),
    "scaled_dot_product": ("query",),
    "self_attention": ("wq", "wk", "wv", "heads", "causal", "positions", "pos", "asks", "head"),
}
PROJECTIONS = ("wq", "wk", "wv")

MOST_ROWS, MOST_COLUMNS, LONGEST_NAME = 16, 8, 40
MOST_PROJECTED = 4  # columns of wq, wk and wv, and so of heads too
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
Switch = Annotated[bool, Field(strict=True)]
Index = Annotated[int, Field(strict=True, ge=0)]


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
    "projected": MOST_PROJECTED,
    "heads": [1, MOST_PROJECTED],
    "positions": get_args(Positions),
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
        w: weights, (features,); for a gate (steps, steps). `USED` says which kinds do without.
        b: bias, (steps,), or None: no bias.
        query: what the dot products compare each row with, (features,).
        mask: True is visible, (steps,); empty: all are.
        activation: what kind "attention" does to its logits.
        temperature: divides the scores, 0.01 to 1,000.
        wq: of self-attention, what a step asks with, (features, d_k); d_k is 1 to 4.
        wk: what it is found by, (features, d_k).
        wv: what it says, (features, d_v); d_v is 1 to 4.
        heads: so many parts attend for themselves, each with its share of the columns.
        causal: no step sees a later one.
        positions: what is added to x: nothing, waves, or `pos`.
        pos: a vector for each place, (steps, features); "learned" positions are these.
        asks: which step asks, whose numbers `trace` gives. None: the last one.
        head: which head `trace` looks at.
    """

    kind: Kind = "attention"
    rows: Annotated[Names, Field(max_length=MOST_ROWS)]
    columns: Annotated[Names, Field(max_length=MOST_COLUMNS)]
    x: Matrix
    w: Factors | None = None
    b: Vector | None = None
    query: Vector | None = None
    mask: Annotated[list[Switch], AtMostRows] = []
    activation: Activation = "tanh"
    temperature: Temperature = 1.0
    wq: Matrix | None = None
    wk: Matrix | None = None
    wv: Matrix | None = None
    heads: Annotated[int, Field(strict=True, ge=1, le=MOST_PROJECTED)] = 1
    causal: Switch = False
    positions: Positions = "none"
    pos: Matrix | None = None
    asks: Index | None = None
    head: Index = 0

    @model_validator(mode="after")
    def _shapes_agree(self) -> Scene:
        steps, features = len(self.rows), len(self.columns)
        if self.kind == "gate" and features != 1:
            raise UserError("rule_gate", at=("columns",), came=features)
        _expect("x", self.x, steps, features)
        for needed in USED[self.kind]:
            if needed in ("w", "query", *PROJECTIONS) and getattr(self, needed) is None:
                raise UserError("rule_needed", at=(needed,), kind=self.kind)
        if self.w is not None:
            _expect("w", self.w, *((steps, steps) if self.kind == "gate" else (features,)))
        if self.query is not None:
            _expect("query", self.query, features)
        if self.b is not None:
            _expect("b", self.b, steps)
        if self.mask:
            _expect("mask", self.mask, steps)
        self._check_self_attention(steps, features)
        return self

    def _check_self_attention(self, steps: int, features: int) -> None:
        """Its shapes, wherever they are given, and that each index is there."""
        widths = {}
        for name in PROJECTIONS:
            if (matrix := getattr(self, name)) is not None:
                width = widths[name] = len(matrix[0]) if matrix else 0
                if not 1 <= width <= MOST_PROJECTED:
                    raise UserError("rule_width", at=(name,), most=MOST_PROJECTED, came=width)
                _expect(name, matrix, features, widths.get("wq", width) if name == "wk" else width)
        for name, width in widths.items():
            if width % self.heads:
                raise UserError("rule_heads", at=("heads",), of=name, count=width, came=self.heads)
        if self.pos is not None:
            _expect("pos", self.pos, steps, features)
        elif self.positions == "learned":
            raise UserError("rule_pos", at=("pos",))
        if (self.asks or 0) >= steps:
            raise UserError("rule_focus", at=("asks",), last=steps - 1, came=self.asks)
        if self.head >= self.heads:
            raise UserError("rule_head", at=("head",), last=self.heads - 1, came=self.head)

    @model_serializer(mode="wrap")
    def _without_what_is_not_used(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Another kind says nothing of self-attention, unless something is kept aside for it."""
        whole: dict[str, Any] = handler(self)
        if self.kind == "self_attention":
            return whole
        own = {name: type(self).model_fields[name].default for name in USED["self_attention"]}
        return {
            name: value for name, value in whole.items() if name not in own or value != own[name]
        }

    @property
    def is_dot_product(self) -> bool:
        """Whether each row is compared with the query, scaled or not."""
        return self.kind in ("dot_product", "scaled_dot_product")

    @property
    def factors(self) -> Any:
        """What multiplies x: `query` or `w`. The kind says which, and whether it is a matrix.

        Self-attention has three matrices instead, and no factors.
        """
        return self.query if self.is_dot_product else self.w

    @property
    def bias(self) -> Vector | None:
        """The bias that counts: other kinds do without, whatever is kept aside."""
        return self.b if "b" in USED[self.kind] else None

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
    def asking(self) -> int:
        """Which step asks."""
        return len(self.rows) - 1 if self.asks is None else self.asks

    @property
    def seen(self) -> list[bool]:
        """Which steps can get attention: those shown, and in causal self-attention no later one."""
        last = self.asking if self.kind == "self_attention" and self.causal else len(self.rows)
        return [shown and step <= last for step, shown in enumerate(self.shown)]

    @property
    def d_k(self) -> int:
        """How many columns `wq` and `wk` have; 0 without them."""
        return len(self.wq[0]) if self.wq else 0

    @property
    def d_v(self) -> int:
        """How many columns `wv` has; 0 without it."""
        return len(self.wv[0]) if self.wv else 0

    @property
    def output_names(self) -> list[str]:
        """What the numbers of the output are called: by row, by column of x, or by one of wv."""
        if self.kind == "self_attention":
            return [f"v{column}" for column in range(1, self.d_v + 1)]
        return self.rows if self.kind == "gate" else self.columns

    @property
    def placed(self) -> Matrix | None:
        """What is added to x for the places, (steps, features); None: nothing."""
        if self.positions == "sinusoidal":
            waves: Matrix = core.sinusoidal(len(self.rows), len(self.columns)).tolist()
            return waves
        return self.pos if self.positions == "learned" else None

    @property
    def hides(self) -> bool:
        """Whether the mask hides a step."""
        return not all(self.mask)

    def cells(self) -> dict[Place, float]:
        """The numbers of `x`, of all that multiplies it, and of `b` and `pos`, by their places.

        >>> Scene(rows=["a"], columns=["f", "g"], x=[[1, 2]], w=[3, 4]).cells()
        {('x', 0, 0): 1.0, ('x', 0, 1): 2.0, ('w', 0): 3.0, ('w', 1): 4.0}
        """
        return {
            (field, *index): float(number)
            for field in ("x", "w", "b", "query", *PROJECTIONS, "pos")
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
        """Compute the scene: logits, scores, weights and output, in float64.

        Of self-attention it is what happens to the step that asks, in the head that is looked at;
        the output has the numbers of all heads.
        """
        how: dict[str, Any] = {"mask": self.mask or None, "temperature": self.temperature}
        if self.kind == "self_attention":
            whole, at = self.whole_trace(), (self.head, self.asking)
            stages = (whole.logits[at], whole.scores[at], whole.weights[at])
            return core.Trace(*stages, whole.output[self.asking])
        if self.kind == "attention":
            return core.attend(self.x, self.factors, self.b, activation=self.activation, **how)
        if self.kind == "gate":
            return core.gate([number for (number,) in self.x], self.factors, self.b, **how)
        scale = self.kind == "scaled_dot_product"
        return core.dot_product(self.x, self.factors, scale=scale, **how)

    def whole_trace(self) -> core.SelfAttentionTrace:
        """Compute self-attention for all steps and heads, in float64.

        Raises:
            ValueError: the scene is of another kind.
        """
        if self.kind != "self_attention" or not (self.wq and self.wk and self.wv):
            raise ValueError(f"kind must be self_attention; got {self.kind!r}")
        return core.self_attention(
            self.x,
            self.wq,
            self.wk,
            self.wv,
            self.mask or None,
            heads=self.heads,
            causal=self.causal,
            positions=self.placed,
            temperature=self.temperature,
        )


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
