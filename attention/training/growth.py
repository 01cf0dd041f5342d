"""How training time and skill grow with the length of what is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from attention.training.recording import Epoch, Recording


def growth(recordings: Iterable[Recording]) -> list[dict[str, Any]]:
    """One point for each recording and model that has been trained, in their order.

    Args:
        recordings: of a task whose options have a `length`.

    Returns:
        `length`; `model`; `seconds` an epoch, as `usual_seconds` has them; `score` after the last
        epoch, 0 to 1.
    """
    return [
        {
            "length": recording.options["length"],
            "model": model,
            "seconds": usual_seconds(trained),
            "score": trained[-1].score,
        }
        for recording in recordings
        for model in recording.parameters
        if (trained := _trained(recording, model))
    ]


def usual_seconds(trained: Sequence[Epoch]) -> float:
    """What an epoch takes: the median, without the first look's, for it prepares the model too.

    Args:
        trained: epochs of one model, at least one of them after epoch 0.
    """
    seconds = [epoch.seconds for epoch in trained if epoch.seconds is not None]
    return median(seconds[1:] or seconds)


def _trained(recording: Recording, model: str) -> list[Epoch]:
    """What was recorded of a model, without epoch 0."""
    return [one for one in recording.epochs if one.model == model and one.epoch > 0]
