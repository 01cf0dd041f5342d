"""Many at once are answered each with what they asked, and who has to wait is told so."""

from __future__ import annotations

import asyncio
import base64
import json

import crowd

from attention import attend
from attention.scene import Scene


def scene(number: int) -> Scene:
    """One that no other number has."""
    x = [[number, 1], [1, -number]]
    return Scene(rows=[f"row {number}", "b"], columns=["f", "g"], x=x, w=[0.25, number], b=[0, 1])


def test_everybody_gets_the_answer_to_their_own_scene(address):
    page = crowd.run(crowd.component(address))

    async def doing(visitor, number):
        mine = scene(number)
        request = {"scene": mine.model_dump(mode="json"), "format": "json"}
        answer, file = await asyncio.gather(
            visitor.attend(mine.x, mine.w, mine.b, None, "linear", 1),
            visitor.ask(page, "take_away", request),
        )
        expected = attend(mine.x, mine.w, mine.b, activation="linear")
        assert answer == {name: stage.tolist() for name, stage in vars(expected).items()}
        told = json.loads(base64.b64decode(file["content"]))
        assert Scene.model_validate(told["scene"]) == mine

    seen = crowd.run(crowd.all_at_once(address, 30, doing))
    assert not seen.failed and len(seen.seconds) == 30
