"""Gradient descent from the scene on the table: the page asks for some steps, and plays them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from attention.objective import MOST_STEPS, Objective
from attention.scene import Model, Scene
from attention.ui.endpoints import json_endpoint, until_ready
from attention.warming import warm_up


class Request(Model):
    """The scene as it stands, where it is to go, and how many steps of the way are wanted."""

    scene: Scene
    objective: Objective
    steps: Annotated[int, Field(strict=True, ge=1, le=MOST_STEPS)]


@json_endpoint
def descend(request: Any) -> dict[str, Any]:
    """The next steps; while TensorFlow warms up, only how far it has come.

    Returns:
        `points` and `end` of `attention.training.descent.Descent`; or `warming`.
    """
    checked = Request.model_validate(request)
    if not_yet := until_ready(warm_up()):
        return not_yet
    from attention.training import descent  # TensorFlow is there now

    return descent.descend(checked.scene, checked.objective, checked.steps).model_dump()
