"""How training time and skill grow with the length of what is read."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median
from typing import Any

from attention.training.recording import Epoch, Recording


def growth(recordings: Iterable[Recording]) -> list[dict[str, Any]]:
    """One point for each recording and model that has been trained, in their order.

    Args:
        recordings: of a task whose options have a `length`.

    Returns:
        `length`; `model`; `seconds` an epoch, the median without the first look's, in which Keras
        also prepares the model; `score` after the last epoch, 0 to 1.
    """
    return [
        {
            "length": recording.options["length"],
            "model": model,
            "seconds": median(epoch.seconds for epoch in trained[1:] or trained),
            "score": trained[-1].score,
        }
        for recording in recordings
        for model in recording.parameters
        if (trained := _trained(recording, model))
    ]


def _trained(recording: Recording, model: str) -> list[Epoch]:
    """What was recorded of a model, without epoch 0."""
    return [one for one in recording.epochs if one.model == model and one.epoch > 0]
