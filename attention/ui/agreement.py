"""The scene on the table through the real layer, to see whether Keras agrees."""

from __future__ import annotations

from typing import Any

from attention.export.for_keras import LAYERS
from attention.scene import Model, Scene
from attention.ui.answers import answering
from attention.warming import warm_up


class Request(Model):
    """A scene, and the page's own numbers for it, stage by stage."""

    scene: Scene
    page: dict[str, list[float | None]]


@answering
def keras_agrees(request: Any) -> dict[str, Any]:
    """How far page and layer are apart; while TensorFlow warms up, only how far it has come.

    The page then asks again, and meanwhile plays on.
    """
    checked = Request.model_validate(request)
    progress = warm_up()
    if progress.error:
        raise ValueError(progress.error)
    if not progress.ready:
        return {"warming": {"share": progress.share, "seconds": progress.seconds}}
    from attention.layers.agreement import differences  # TensorFlow is there now

    found = differences(checked.scene, checked.page)
    return {
        "layer": LAYERS[checked.scene.kind],
        "differences": [one.model_dump() for one in found],
    }
