"""Print how well and how fast each model of a task learns: `python tests/benchmarks/tasks.py`.

Seconds are those of the processor, on one core, so that others who use the machine change them
little. `python tests/benchmarks/tasks.py loud` measures only what has "loud" in its name.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from attention.training.process import QUIET

os.environ |= QUIET | {"CUDA_VISIBLE_DEVICES": "-1"}

import keras

from attention.training.task import Options, Task
from attention.training.tasks.loud_second import LoudSecond
from attention.training.tasks.without_recurrence import WithoutRecurrence

PROMISED = 0.12  # seconds of looking, as a share of the seconds of training


@dataclass
class Measured:
    """One model after its training.

    Attributes:
        parameters: how many weights it has.
        score: the share of held-out examples that it answers right.
        seconds: of one epoch, the median without the first.
        training: seconds of all epochs.
        looking: seconds of all looks, the one before the first epoch included.
    """

    parameters: int
    score: float
    seconds: float
    training: float
    looking: float


def measure(task: Task, options: Options, name: str) -> Measured:
    """Train one model as the page does."""
    keras.utils.set_random_seed(options.seed)
    model = getattr(task.keras(), name)(options)
    x, y = task.train_on(options)
    examples = task.examples(options)
    looks, fits = [], []
    for done in range(-task.every, options.epochs, task.every):
        begin, epochs = time.process_time(), min(task.every, options.epochs - done)
        if done >= 0:
            model.fit(x, y, task.batch_size, epochs=epochs, verbose=0)
            fits.append((time.process_time() - begin, epochs))
        begin = time.process_time()
        score = task.keras().score(model, options)
        task.keras().look(model, options, examples)
        looks.append(time.process_time() - begin)
    seconds = statistics.median(spent / epochs for spent, epochs in fits[1:])
    training = sum(spent for spent, _ in fits)
    return Measured(model.count_params(), score, seconds, training, sum(looks))


def main() -> None:
    """Measure every model, and print a table."""
    print(
        f"Measured on {date.today()}, one core, {platform.system()} {platform.machine()}, "
        f"Keras {keras.__version__}.\n"
    )
    print("| task | model | parameters | right | seconds an epoch | looking | promised |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for task in (LoudSecond(), WithoutRecurrence()):
        for options in task.recordings():
            file = task.file_name(options)
            if any(word in file for word in sys.argv[1:] or [""]):
                rows(file, task, options)


def rows(file: str, task: Task, options: Options) -> None:
    """One row for each model, and one for all of them."""
    models = [(name, measure(task, options, name)) for name in task.models]
    for name, one in models:
        print(
            f"| {file} | `{name}` | {one.parameters:,} | {one.score:.0%} after {options.epochs} "
            f"| {one.seconds:.2f} | {one.looking / one.training:.0%} | |"
        )
    training = sum(one.training for _, one in models)
    looking = sum(one.looking for _, one in models)
    print(
        f"| {file} | all, {training + looking:.0f} s | | | | {looking / training:.0%} "
        f"| ≤ {PROMISED:.0%} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
