"""The scene on the table through the real layer, to see whether Keras agrees."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from attention.scene import Model, Scene
from attention.ui.endpoints import json_endpoint, until_ready
from attention.warming import warm_up

Numbers = list[Annotated[float, Field(strict=True)] | None]


class Stages(Model):
    """What the page says of a scene, as JSON has it. None is a number that is not finite."""

    logits: Numbers
    scores: Numbers
    weights: Numbers
    output: Numbers


class Request(Model):
    """A scene, and the page's own numbers for it."""

    scene: Scene
    page: Stages


@json_endpoint
def keras_agrees(request: Any) -> dict[str, Any]:
    """How far page and layer are apart; while TensorFlow warms up, only how far it has come.

    The page then asks again, and meanwhile plays on.
    """
    checked = Request.model_validate(request)
    if not_yet := until_ready(warm_up()):
        return not_yet
    from attention.layers.agreement import compare  # TensorFlow is there now

    return compare(checked.scene, checked.page.model_dump()).model_dump()
