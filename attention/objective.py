"""What gradient descent is to reach from a scene, and how: targets, learning rate, what turns.

A lesson says it in its file, the page turns it and asks with it; no Keras in here.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from attention.scene import LARGEST_NUMBER, Model, Scene
from attention.texts import UserError

Parameter = Literal["w", "b", "query", "wq", "wk"]
Regularizer = Literal["none", "l1", "l2"]
Constraint = Literal["none", "non_neg", "max_norm", "unit_norm"]

SLOWEST, FASTEST = 0.0001, 1_000
STRONGEST = 1

Share = Annotated[float, Field(strict=True, ge=0, le=LARGEST_NUMBER, allow_inf_nan=False)]
Rate = Annotated[float, Field(strict=True, ge=SLOWEST, le=FASTEST, allow_inf_nan=False)]
Strength = Annotated[float, Field(strict=True, ge=0, le=STRONGEST, allow_inf_nan=False)]

# What the browser has to know of the above.
LIMITS = {
    "target": [0, LARGEST_NUMBER],
    "rate": [SLOWEST, FASTEST],
    "regularizers": get_args(Regularizer),
    "strength": [0, STRONGEST],
    "constraints": get_args(Constraint),
}


class ParameterOptions(Model):
    """The regulariser and the constraint of one part, by the names that Keras gives them.

    Attributes:
        regularizer: "l1" adds strength · Σ|number| to the loss, "l2" strength · Σ number².
        strength: of the regulariser, 0 to 1.
        constraint: what every step ends with: no number below 0, a norm of at most 2, of exactly 1.
    """

    regularizer: Regularizer = "none"
    strength: Strength = 0.01
    constraint: Constraint = "none"


class Objective(Model):
    """Where the attention should go, and what may turn for it.

    Attributes:
        target: one number per row, at least 0; over their sum they are what the weights should be.
        rate: the learning rate, 0.0001 to 1,000.
        turns: which parts may turn; the others stand still. What a scene lacks is passed over.
        w: the rules for `w` (the article's `W_regularizer` and `W_constraint`).
        b: the rules for `b`. query: for the query of a dot product. wq, wk: for those of
            self-attention, whose `wv` has no say in where it looks.
    """

    target: list[Share]
    rate: Rate = 1.0
    turns: tuple[Parameter, ...] = get_args(Parameter)
    w: ParameterOptions = ParameterOptions()
    b: ParameterOptions = ParameterOptions()
    query: ParameterOptions = ParameterOptions()
    wq: ParameterOptions = ParameterOptions()
    wk: ParameterOptions = ParameterOptions()

    @model_validator(mode="after")
    def _each_part_once(self) -> Objective:
        if len(set(self.turns)) != len(self.turns):
            raise UserError("rule_turns_once", at=("turns",), came=list(self.turns))
        return self

    def target_weights(self, scene: Scene) -> list[float]:
        """What the weights should be: 0 for a row that is not seen, and the others sum to 1.

        >>> names = {"rows": ["a", "b", "c"], "columns": ["f"], "mask": [True, True, False]}
        >>> scene = Scene(**names, x=[[1], [2], [3]], w=[0])
        >>> Objective(target=[3, 1, 9]).target_weights(scene)
        [0.75, 0.25, 0.0]

        Raises:
            UserError: not one number per row, or no target among the rows that are seen.
        """
        if len(self.target) != len(scene.rows):
            raise UserError(
                "rule_targets", at=("target",), count=len(scene.rows), came=len(self.target)
            )
        seen = [
            number if seen else 0.0 for number, seen in zip(self.target, scene.seen, strict=True)
        ]
        total = sum(seen)
        if total == 0:
            raise UserError("rule_no_target", at=("target",))
        return [number / total for number in seen]
