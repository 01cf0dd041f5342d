"""The scene to take away: the page asks for a format or an animation, and gets a file."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from attention.export import FORMATS, export
from attention.export.animations import MOST_PICTURES, Moving, Sweep, Training, animate
from attention.scene import MOST_COLUMNS, Model, Scene
from attention.texts import Language, UserError, one_of, texts
from attention.ui.endpoints import file, json_endpoint

# What the browser has to know of animations.
LIMITS = {"pictures": MOST_PICTURES, "formats": {"gif": "GIF", "webp": "WebP"}}
MOST_KEPT = 16  # a class presses the same button; one has at most about 1 MB
Feature = Annotated[int, Field(strict=True, ge=0, lt=MOST_COLUMNS)]
Axes = tuple[Feature, Feature] | None


class Request(Model):
    """Which scene, in which format, with the words of which language.

    `axes` are the features on the plane of a figure, as far as the scene has them.
    """

    scene: Scene
    format: Annotated[str, one_of(lambda: FORMATS)]
    lang: Language = "en"
    axes: Axes = None


def for_page() -> list[dict[str, Any]]:
    """The formats as the page offers them; a scene's program is shown there, all else is a file."""
    return [
        {"name": name, "label": format.label, "shown": format.ending == "py" and not format.name}
        for name, format in FORMATS.items()
    ]


class AnimationRequest(Model):
    """Which scene moves, and what: one number of it, or all that a training moves."""

    scene: Scene
    format: Moving
    sweep: Sweep | None = None
    training: Training | None = None
    lang: Language = "en"
    axes: Axes = None

    @model_validator(mode="after")
    def _moves(self) -> Self:
        if (self.sweep is None) == (self.training is None):
            raise UserError("rule_moves", came=2 if self.sweep else 0)
        return self


@json_endpoint
def take_away(request: Any) -> dict[str, Any]:
    """One format of a scene: `name` and `type` of the file, and its `content` in base64."""
    checked = Request.model_validate(request)
    content = export(checked.scene, checked.format, texts()[checked.lang], checked.axes)
    format = FORMATS[checked.format]
    name = format.name or f"{checked.scene.kind}.{format.ending}"
    return file(name, format.media_type, content)


@json_endpoint
def take_animation(request: Any) -> dict[str, Any]:
    """An animation of a scene, as `take_away` gives a file."""
    checked = AnimationRequest.model_validate(request)
    content = _animation(checked.model_dump_json())
    return file(f"{checked.scene.kind}.{checked.format}", f"image/{checked.format}", content)


@lru_cache(MOST_KEPT)
def _animation(request_json: str) -> bytes:
    asked = AnimationRequest.model_validate_json(request_json)
    moves = asked.sweep or asked.training
    assert moves is not None  # as its model promises
    return animate(asked.scene, moves, asked.format, texts()[asked.lang], asked.axes)
