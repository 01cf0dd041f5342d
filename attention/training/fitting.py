"""The training itself: real `model.fit`, reported as it goes on.

This module imports Keras. It runs in a process of its own (`worker.py`), so that the seed, which
Keras keeps once for a whole process, belongs to one training alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from attention.layers.base import TracedLayer
from attention.training.graph import graph
from attention.training.packed_weights import pack, unpack
from attention.training.recording import Epoch
from attention.training.task import Options, Task

MOST_DRAWN = 256  # numbers of one weight of a layer; a larger one is not reported
# What is added to all scores alike, softmax takes away again: it learns nothing, and is moved by
# rounding alone.
CANCELLED = ("ba",)
PAUSE = 0.2  # seconds between two reports of the batches

Report = Callable[[str, Any], None]


def train(task: Task, options: Options, report: Report, seconds: float | None = None) -> None:
    """Train the task's models in turns, so that at every moment they have seen equally much.

    Args:
        task: what is trained.
        options: how; equal ones give equal numbers on one machine.
        report: called with an event and its data: ("models", their `parameters` and `graphs`),
            ("batch", how far an epoch is), ("epoch", an `Epoch`) and at last ("over", "done" or
            "time").
        seconds: the longest that it may take; None: what the task allows on the page.
    """
    clock = _Clock(task.seconds if seconds is None else seconds)
    models = {name: _build(task, options, name) for name in task.models}
    report(
        "models",
        {
            "parameters": {name: model.count_params() for name, model in models.items()},
            "graphs": {name: graph(model) for name, model in models.items()},
        },
    )
    x, y = task.train_on(options)
    trained_score = getattr(task.keras(), "trained_score", None)

    def inspect(name: str, epoch: int, loss: float | None, seconds: float | None) -> None:
        model = models[name]
        exact = model.get_weights()
        weights = pack(exact)
        model.set_weights(unpack(weights))  # what the page will have
        record = Epoch(
            model=name,
            epoch=epoch,
            loss=loss,
            score=task.keras().score(model, options),
            trained_score=trained_score and trained_score(model, options),
            seconds=seconds,
            weights=weights,
            layer=_layer(model),
        )
        model.set_weights(exact)
        report("epoch", record)

    for name in models:
        inspect(name, 0, None, None)
    for done in range(0, options.epochs, task.every):
        upto = min(done + task.every, options.epochs)
        for name, model in models.items():
            begin = time.process_time()  # the same whatever else the machine does
            history = model.fit(
                x,
                y,
                batch_size=task.batch_size,
                initial_epoch=done,
                epochs=upto,
                verbose=0,
                callbacks=[_Batches(name, clock, report)],
            )
            if clock.is_up():
                return report("over", "time")
            each = (time.process_time() - begin) / (upto - done)
            inspect(name, upto, history.history["loss"][-1], each)
    report("over", "done")


class _Clock:
    """Says when the time of a training is up."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def is_up(self) -> bool:
        return time.monotonic() > self._end


class _Batches(keras.callbacks.Callback):
    """Tells now and then how far the epoch is, and ends it when the time is up."""

    def __init__(self, name: str, clock: _Clock, report: Report) -> None:
        super().__init__()
        self._name, self._clock, self._report = name, clock, report
        self._reported = time.monotonic()

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        now = time.monotonic()
        if self._clock.is_up():
            self.model.stop_training = True
        if now - self._reported < PAUSE:
            return
        self._reported = now
        fraction = (batch + 1) / (self.params["steps"] or batch + 1)
        loss = float((logs or {}).get("loss", "nan"))
        state = {"model": self._name, "epoch": self._epoch + fraction, "loss": loss}
        self._report("batch", state | {"loss": loss if np.isfinite(loss) else None})


def _build(task: Task, options: Options, name: str) -> keras.Model:
    keras.utils.set_random_seed(options.seed)  # each model begins at the same seed
    return getattr(task.keras(), name)(options)


def _layer(model: keras.Model) -> dict[str, Any]:
    """The weights of the model's attention layer that tell something and are few enough to draw."""
    layers = (layer for layer in model.layers if isinstance(layer, TracedLayer))
    return {
        weight.name: np.round(weight.numpy().astype(float), 4).tolist()
        for layer in layers
        for weight in layer.weights
        if np.prod(weight.shape) <= MOST_DRAWN and weight.name not in CANCELLED
    }
