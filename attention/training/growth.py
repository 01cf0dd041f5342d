"""How training time and skill grow with the length of what is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attention.training.recording import Recording


def growth(recordings: Iterable[Recording]) -> list[dict[str, Any]]:
    """One point for each recording and model that has been trained, in their order.

    Args:
        recordings: of a task whose options have a `length`.

    Returns:
        `length`; `model`; `seconds` an epoch, as `Recording.pace` has them; `score` after the last
        epoch, 0 to 1.
    """
    return [
        {
            "length": recording.options["length"],
            "model": model,
            "seconds": seconds,
            "score": [one.score for one in recording.epochs if one.model == model][-1],
        }
        for recording in recordings
        for model, seconds in recording.pace().items()
    ]
