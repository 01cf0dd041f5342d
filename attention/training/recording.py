"""What a training leaves: a line for each epoch, with the weights of that moment.

A recording is the same for a training that goes on now, one that is over, and one that ships with
the project, so that the page shows all three alike.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Literal

from pydantic import Field

from attention.scene import Model
from attention.texts import ASSETS
from attention.training.packed_weights import Packed

FOLDER = ASSETS / "data" / "recordings"
Over = Literal["done", "time", "stopped", "left", "failed"]


class Epoch(Model):
    """One model after one epoch; epoch 0 is before the first.

    Attributes:
        model: its name.
        epoch: how often it has seen every example.
        loss: the mean over the epoch, as Keras tells it; None at epoch 0.
        score: the share of held-out examples that it answers right, 0 to 1.
        trained_score: the same of examples that it was trained on; None where nobody asked.
        seconds: what the epoch's training took of a processor; None at epoch 0.
        weights: of the model, as `packed_weights.unpack` reads them. The scores are theirs.
        layer: the weights of its attention layer, by name; empty if it has none.
    """

    model: str
    epoch: int
    loss: float | None
    score: float
    seconds: float | None
    weights: list[Packed]
    layer: dict[str, Any] = Field(default_factory=dict)
    trained_score: float | None = None


@dataclass
class Recording:
    """One training, as far as it has come.

    Attributes:
        task: its name.
        options: what it was asked to do, as JSON has it.
        parameters: how many weights each model has.
        graphs: of each model, as `graph.graph` describes it.
        epochs: what was seen, in the order of time.
        over: why it ended: "done"; "time" was up; "stopped" by hand; the visitor had "left"; it
            "failed". None while it goes on.
    """

    task: str
    options: dict[str, Any]
    parameters: dict[str, int] = field(default_factory=dict)
    graphs: dict[str, Any] = field(default_factory=dict)
    epochs: list[Epoch] = field(default_factory=list)
    over: Over | None = None

    def record(self, event: str, data: Any) -> None:
        """Write down one event of `fitting.train`; how far a batch is leaves nothing."""
        if event == "models":
            self.parameters, self.graphs = data["parameters"], data["graphs"]
        elif event == "epoch":
            self.epochs.append(data)
        elif event == "over":
            self.over = data

    def for_page(self, since: int = 0) -> dict[str, Any]:
        """Everything, with the epochs from number `since` on, and the `pace`."""
        return self._record(since) | {"pace": self.pace()}

    def _record(self, since: int = 0) -> dict[str, Any]:
        return {
            "options": self.options,
            "parameters": self.parameters,
            "graphs": self.graphs,
            "epochs": [epoch.model_dump() for epoch in self.epochs[since:]],
            "over": self.over,
        }

    def pace(self) -> dict[str, float]:
        """The seconds that an epoch of each model takes, of those that have been trained.

        That is the median without the first epoch, which builds the graph too, unless there is no
        other.
        """
        seconds: dict[str, list[float]] = {}
        for epoch in self.epochs:
            if epoch.seconds is not None:
                seconds.setdefault(epoch.model, []).append(epoch.seconds)
        return {model: median(each[1:] or each) for model, each in seconds.items()}

    def trained(self) -> dict[str, int]:
        """After which epoch of each model its weights were taken."""
        return {one.model: one.epoch for one in self.epochs}

    def last(self, model: str) -> Epoch:
        """What was recorded last of a model."""
        return [one for one in self.epochs if one.model == model][-1]

    def save(self, file: Path) -> None:
        """Write everything into one JSON file, an epoch a line."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_in_lines({"task": self.task, **self._record()}) + "\n", "utf-8")


def load(file: Path) -> Recording:
    """A recording that `save` wrote."""
    said = json.loads(file.read_text("utf-8"))
    epochs = [Epoch(**epoch) for epoch in said.pop("epochs")]
    return Recording(**said, epochs=epochs)


def _in_lines(value: Any, depth: int = 3) -> str:
    """JSON whose outer lists and tables have a line for each of their items."""
    if not depth or not value or not isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"
    fields = [f"{json.dumps(key)}: {_in_lines(one, depth - 1)}" for key, one in value.items()]
    return "{\n" + ",\n".join(fields) + "\n}"
