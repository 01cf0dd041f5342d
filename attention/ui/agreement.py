"""The scene on the table through the real layer, to see whether Keras agrees."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from attention.objective import Objective, Parameter
from attention.scene import Model, Scene
from attention.ui.endpoints import json_endpoint, until_ready
from attention.warming import warm_up

# As JSON has it; None is a number that is not finite.
Number = Annotated[float, Field(strict=True)] | None
Numbers = list[Number]


class Stages(Model):
    """What the page says of a scene."""

    logits: Numbers
    scores: Numbers
    weights: Numbers
    output: Numbers


class Step(Model):
    """What the page says of a step of gradient descent from there, and where it ends."""

    objective: Objective
    loss: Number
    penalty: Number
    gradients: dict[Parameter, Numbers | list[Numbers]]
    numbers: dict[Parameter, Numbers | list[Numbers]]


class Request(Model):
    """A scene, and the page's own numbers for it; without a step where nothing can be trained."""

    scene: Scene
    page: Stages
    step: Step | None = None


@json_endpoint
def keras_agrees(request: Any) -> dict[str, Any]:
    """How far page and layer are apart; while TensorFlow warms up, only how far it has come.

    The page then asks again, and meanwhile plays on.

    Returns:
        `layer` and `differences` of `attention.layers.agreement.Agreement`; or `warming`.
    """
    checked = Request.model_validate(request)
    if not_yet := until_ready(warm_up()):
        return not_yet
    from attention.layers.agreement import compare  # TensorFlow is there now
    from attention.training.agreement import compare_step

    scene, step = checked.scene, checked.step
    found = compare(scene, checked.page.model_dump()).model_dump()
    if step is not None:
        found["differences"].append(compare_step(scene, step.objective, vars(step)).model_dump())
    return found
