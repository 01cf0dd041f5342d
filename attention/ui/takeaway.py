"""The scene to take away: the page asks for one format, and gets its content."""

from __future__ import annotations

from typing import Annotated, Any

from attention.export import FORMATS, export
from attention.scene import Model, Scene
from attention.texts import Language, one_of, texts
from attention.ui.endpoints import file, json_endpoint


class Request(Model):
    """Which scene, in which format, with the words of which language."""

    scene: Scene
    format: Annotated[str, one_of(lambda: FORMATS)]
    lang: Language = "en"


def for_page() -> list[dict[str, Any]]:
    """The formats as the page offers them; a program is shown there, all else is a file."""
    return [
        {"name": name, "label": format.label, "shown": format.ending == "py"}
        for name, format in FORMATS.items()
    ]


@json_endpoint
def take_away(request: Any) -> dict[str, Any]:
    """One format of a scene: `name` and `type` of the file, and its `content` in base64."""
    checked = Request.model_validate(request)
    content = export(checked.scene, checked.format, texts()[checked.lang])
    format = FORMATS[checked.format]
    return file(f"{checked.scene.kind}.{format.ending}", format.media_type, content)
