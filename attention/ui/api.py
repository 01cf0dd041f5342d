"""The endpoint `/attend`: the core, for programs."""

from __future__ import annotations

from typing import Annotated, Any

import gradio as gr
from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticKnownError

from attention import core
from attention.errors import explain
from attention.scene import Activation, Model, Number, Temperature

MOST_STEPS, MOST_FEATURES = 1_000, 64

Features = Annotated[list[Number], Field(min_length=1, max_length=MOST_FEATURES)]
Steps = Annotated[list[Number], Field(min_length=1, max_length=MOST_STEPS)]


def _no_word(switch: Any) -> Any:
    """Pydantic takes "off", "yes" and "t" for booleans; no other argument takes a word."""
    if isinstance(switch, str | bytes):
        raise PydanticKnownError("bool_type")
    return switch


Switch = Annotated[bool, BeforeValidator(_no_word)]


class Arguments(Model):
    """What `/attend` takes: up to 1,000 steps and 64 features, every number within ±1,000,000.

    None stands for the default, for JavaScript's client sends it in place of what is left out.
    """

    x: Annotated[list[Features], Field(min_length=1, max_length=MOST_STEPS)]
    w: Features
    b: Steps | None = None
    mask: Annotated[list[Switch], Field(max_length=MOST_STEPS)] | None = None
    activation: Activation = "tanh"
    temperature: Temperature = 1.0

    @model_validator(mode="before")
    @classmethod
    def _none_is_the_default(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        required = [name for name, field in cls.model_fields.items() if field.is_required()]
        return {name: one for name, one in given.items() if one is not None or name in required}


def attend(
    x: list[list[float]],
    w: list[float],
    b: list[float] | None = None,
    mask: list[bool] | None = None,
    activation: str = "tanh",
    temperature: float = 1.0,
) -> dict[str, Any]:
    """Attention over the rows of x, stage by stage.

    logits x·w + b, scores activation(logits), weights softmax(scores / temperature) over the
    visible rows, output: the weighted sum of the rows.

    Args:
        x: input vectors, (steps, features); at most 1,000 steps and 64 features.
        w: one weight per feature.
        b: one bias per step, or nothing.
        mask: true (visible) or false (hidden) for each step, or nothing: all are visible.
        activation: "tanh" or "linear".
        temperature: divides the scores, 0.01 to 1,000.
    """
    try:
        checked = Arguments(
            x=x, w=w, b=b, mask=mask, activation=activation, temperature=temperature
        )
        trace = core.attend(**checked.model_dump())
    except ValidationError as error:
        raise gr.Error(explain(error), print_exception=False) from None
    except ValueError as error:
        raise gr.Error(str(error), print_exception=False) from None
    return {
        name: getattr(trace, name).tolist() for name in ("logits", "scores", "weights", "output")
    }
