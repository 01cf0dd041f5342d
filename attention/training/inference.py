"""What a trained model makes of something new: the weights of a recording, put to use."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from attention.texts import UserError
from attention.training.recording import Recording
from attention.training.task import Example, Inspection, Options
from attention.training.tasks import TASKS

if TYPE_CHECKING:
    import keras

# One at a time: the models are shared, and each is given the weights of whoever asks.
LOCK = Lock()
MOST_MODELS = 32  # a few MB each; the shipped recordings need 30


def predict(recording: Recording, own: Any) -> tuple[Example, dict[str, Inspection]]:
    """What the models of a recording make of one's own input: their answers and weights.

    Imports Keras, which takes seconds the first time.

    Raises:
        UserError: nothing was trained yet, or the input cannot be read.
        pydantic.ValidationError: the input has not the form that the task asks for.
    """
    task = TASKS[recording.task]
    options = task.Options(**recording.options)
    example = task.read(options, own)
    if not recording.weights:
        raise UserError("refused_untrained")
    return example, _inspect(recording, [example])[0]


def answer_tries(recording: Recording) -> list[dict[str, Inspection]]:
    """What the models of a recording make of each input that is worth trying, by model."""
    task = TASKS[recording.task]
    return _inspect(recording, task.tried(task.Options(**recording.options)))


def _inspect(recording: Recording, examples: list[Example]) -> list[dict[str, Inspection]]:
    task = TASKS[recording.task]
    options = task.Options(**recording.options)
    found: list[dict[str, Inspection]] = [{} for _ in examples]
    with LOCK:
        for name, weights in recording.weights.items():
            model = _model(task.name, _shape(options), name)
            model.set_weights(weights)
            for example, inspections in zip(examples, found, strict=True):
                inspections[name] = task.keras().inspect(model, options, [example])[0]
    return found


def _shape(options: Options) -> Options:
    """What of the options a model's shape depends on: not on how it was trained."""
    return options.model_copy(
        update={"seed": 0, "epochs": 1, "learning_rate": 0.01, "dropout": 0.0}
    )


@lru_cache(MOST_MODELS)
def _model(task: str, options: Options, name: str) -> keras.Model:
    return getattr(TASKS[task].keras(), name)(options)
