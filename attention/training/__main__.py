"""Train in a terminal, or make the recordings that ship with the project.

```
python -m attention.training                             # the tasks, and what is recorded
python -m attention.training numbers lang=ru epochs=5    # train, and tell about it
python -m attention.training --record                    # make every recording anew
python -m attention.training --record numbers            # those of one task
```
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import os
from typing import Any

from pydantic import ValidationError

from attention.errors import explain
from attention.training import growth
from attention.training.process import QUIET
from attention.training.recording import FOLDER, Recording, load
from attention.training.task import Options, Task
from attention.training.tasks import TASKS


def main() -> None:
    """Read the command, and do it."""
    parser = argparse.ArgumentParser(
        prog="python -m attention.training", description="Train what the tab Learn shows."
    )
    parser.add_argument("task", nargs="?", choices=TASKS, help="which task; none: all, or a list")
    parser.add_argument("options", nargs="*", help="key=value, such as lang=ru or epochs=5")
    parser.add_argument("--record", action="store_true", help="write the shipped recordings")
    asked = parser.parse_args()
    os.environ |= QUIET  # as on the page, so that a recording tells what a visitor will see
    tasks = [TASKS[asked.task]] if asked.task else list(TASKS.values())
    if asked.record:
        for task in tasks:
            record_all(task)
    elif asked.task:
        try:
            chosen = tasks[0].Options(**dict(map(_option, asked.options)))
        except ValidationError as error:
            parser.error(explain(error))
        record(tasks[0], chosen)
    else:
        print("| recording | model | parameters | held-out right | seconds per epoch |")
        print("| --- | --- | --- | --- | --- |")
        for task in tasks:
            for options in task.recordings():
                tell_results(task.file_name(options))
        print("\n| task | length | model | seeds | least | median | most right |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for task in tasks:
            tell_growth(task)


def record_all(task: Task) -> None:
    """Write the recordings of a task, and how their results grow, over all its seeds."""
    found: list[growth.Result] = []
    for options in task.recordings():
        recording = record(task, options)
        recording.save(FOLDER / f"{task.file_name(options)}.json")
        if "length" not in task.Options.model_fields:
            continue
        others = [options.model_copy(update={"seed": seed}) for seed in task.seeds[1:]]
        for one in (recording, *(record(task, other) for other in others)):
            found += growth.results(one)
            growth.save(found, growth.FOLDER / f"{task.name}.json")


def record(task: Task, options: Options) -> Recording:
    """One training in this process, reported line by line."""
    from attention.training.fitting import train  # Keras comes with it

    recording = Recording(task.name, options.model_dump())

    def report(event: str, data: Any) -> None:
        recording.record(event, data)
        if event == "epoch":
            loss = "" if data.loss is None else f"loss {data.loss:.4f}, {data.seconds:.2f} s, "
            print(f"{data.model}, epoch {data.epoch}: {loss}{data.score:.1%} right", flush=True)

    print(f"{task.name} {options.model_dump_json()}")
    train(task, options, report, seconds=math.inf)  # whoever waits here can stop it
    print(f"over: {recording.over}")
    return recording


def tell_results(name: str) -> None:
    """What came of a shipped recording, a line for each model; a task may do without one."""
    if not (FOLDER / f"{name}.json").exists():
        return
    recording = load(FOLDER / f"{name}.json")
    for model, parameters in recording.parameters.items():
        score = [one.score for one in recording.epochs if one.model == model][-1]
        seconds = recording.pace()[model]
        print(f"| {name} | {model} | {parameters:,} | {score:.0%} | {seconds:.2f} |")


def tell_growth(task: Task) -> None:
    """The range of the scores over all seeds, a line for each length and model."""
    for point in growth.growth(growth.load(growth.FOLDER / f"{task.name}.json")):
        scores = (point["least"]["score"], point["score"], point["most"]["score"])
        told = " | ".join(f"{score:.0%}" for score in scores)
        print(f"| {task.name} | {point['length']} | {point['model']} | {point['seeds']} | {told} |")


def _option(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


if __name__ == "__main__":
    logging.basicConfig()
    main()
