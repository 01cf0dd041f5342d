"""How training time and skill grow with the length of what is read, over several seeds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from attention.scene import Model
from attention.texts import ASSETS
from attention.training.recording import Recording

FOLDER = ASSETS / "data" / "growth"


class Result(Model):
    """What came of one model in one training.

    Attributes:
        length: of what it read.
        seed: of the training.
        model: its name.
        epochs: that it had.
        seconds: an epoch, as `Recording.pace` has them.
        score: after the last epoch, 0 to 1.
    """

    length: int
    seed: int
    model: str
    epochs: int
    seconds: float
    score: float


def results(recording: Recording) -> list[Result]:
    """One for each model that has been trained, of a task whose options have a `length`."""
    last = {one.model: one for one in recording.epochs}
    return [
        Result(
            length=recording.options["length"],
            seed=recording.options["seed"],
            model=model,
            epochs=last[model].epoch,
            seconds=seconds,
            score=last[model].score,
        )
        for model, seconds in recording.pace().items()
    ]


def growth(found: Iterable[Result]) -> list[dict[str, Any]]:
    """One point for each length, model and number of epochs, in their order.

    Returns:
        `length`; `model`; how many `epochs` and `seeds`; the median `seconds` and `score` of these;
        and of both the `least` and the `most`.
    """
    alike: dict[tuple[int, str, int], list[Result]] = {}
    for one in found:
        alike.setdefault((one.length, one.model, one.epochs), []).append(one)
    return [
        {"length": length, "model": model, "epochs": epochs, "seeds": len(each)}
        | {key: median(values) for key, values in _measured(each).items()}
        | {"least": {key: min(values) for key, values in _measured(each).items()}}
        | {"most": {key: max(values) for key, values in _measured(each).items()}}
        for (length, model, epochs), each in alike.items()
    ]


def _measured(each: list[Result]) -> dict[str, list[float]]:
    return {key: [getattr(one, key) for one in each] for key in ("seconds", "score")}


def save(found: Iterable[Result], file: Path) -> None:
    """Write them down, one a line."""
    lines = ",\n".join(json.dumps(one.model_dump()) for one in found)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"[\n{lines}\n]\n", "utf-8")


def load(file: Path) -> list[Result]:
    """What `save` wrote; nothing where there is no file."""
    return [Result(**one) for one in json.loads(file.read_text("utf-8"))] if file.exists() else []
