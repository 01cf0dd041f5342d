"""Hands and eyes for the tab Learn, and a server whose answers a test writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from engines import body_of
from models_in_browser import read_in_browser
from playing import SERVER, fragment, go
from playwright.sync_api import Locator, Page, Request, Route, expect

from attention.texts import texts
from attention.training.packed_weights import unpack
from attention.training.recording import FOLDER
from attention.training.task import Example
from attention.training.tasks import TASKS
from attention.ui import learn

# A task may do without recordings.
RECORDED = [
    name
    for name, task in TASKS.items()
    if (FOLDER / f"{task.file_name(task.recordings()[0])}.json").exists()
]
NEVER = object()  # an answer that does not come, over a connection that stays open


def open_task(page: Page, task: str, **keys: str) -> Locator:
    """The page of a task, as it opens: its shipped recording before training, the first example."""
    go(page, fragment(tab="learn", task=task, **keys))
    opened = page.get_by_test_id(f"task-{task}")
    expect(opened).to_be_visible()
    expect(opened).to_have_attribute("data-ready", "true", timeout=20_000)
    if task in RECORDED:
        opened.get_by_test_id("learn-source-shipped").click()
    opened.get_by_test_id("learn-example-0").click()
    return opened


def shipped(task: str, lang: str = "en", **options: Any) -> dict[str, Any]:
    """What the server says of a task."""
    return learn.open_task({"task": task, "options": {"lang": lang, **options}})


def last_of(recording: dict[str, Any], model: str, upto: float = float("inf")) -> dict[str, Any]:
    """The last epoch record of a model, up to an epoch."""
    return [r for r in recording["epochs"] if r["model"] == model and r["epoch"] <= upto][-1]


def looks(
    name: str, model: str, upto: float = float("inf"), examples: list[Example] | None = None
) -> list[dict[str, Any]]:
    """What Keras makes of examples with the shipped weights of an epoch; none: the task's own."""
    task, recording = TASKS[name], learn.shipped(TASKS[name], TASKS[name].Options())
    options = task.Options(**recording.options)
    weights = [one for one in recording.epochs if one.model == model and one.epoch <= upto]
    made = getattr(task.keras(), model)(options)
    made.set_weights(unpack(weights[-1].weights))
    found = task.keras().inspect(made, options, examples or task.examples(options))
    return [one.model_dump() for one in found]


def read(page: Page, name: str, own: dict[str, Any]) -> Example:
    """An input of one's own as an example for Keras, read by the page's own reader."""
    task = TASKS[name]
    (one,) = read_in_browser(page, task.reader(task.Options()), [own])
    x = tuple(np.array(each) for each in one.pop("x"))
    if task.answers_with == "digits":  # what was written before them is found while writing
        x = (x[0].astype(np.int32), None)
    steps, truth = one.pop("steps"), one.pop("truth")
    return Example(x if len(x) > 1 else x[0], steps, truth, one)


def to_the_last_epoch(opened: Locator) -> None:
    """What the models know in the end."""
    opened.get_by_test_id("learn-scrubber").press("End")


def weights_in(opened: Locator, model: str) -> list[float]:
    """The weights that are drawn on the card of a model, as ribbons, columns or rows of heads."""
    drawn = opened.get_by_test_id(f"look-{model}").locator("[data-weight], [data-weights]")
    return drawn.evaluate_all(
        "(nodes) => nodes.flatMap((node) =>"
        " (node.dataset.weight ?? node.dataset.weights).split(' ').map(Number))"
    )


def is_right(look: dict[str, Any], truth: str) -> bool:
    """Whether a model's answer counts as right."""
    return look["answer"] == truth if look["right"] is None else look["right"]


def asked_of(request: Request) -> tuple[str, Any]:
    """Which function of the server the page asks, and what for."""
    sent = json.loads(body_of(request))
    return sent["fn_name"], sent["data"]


@contextmanager
def answers(page: Page, **by_name: Callable[[Any], Any]) -> Iterator[list[tuple[str, Any]]]:
    """The server's functions as a test writes them; None: no answer comes.

    Yields:
        What has been asked of them so far, in order.
    """
    asked = []

    def handle(route: Route, request: Request) -> None:
        name, data = asked_of(request)
        if name not in by_name:
            return route.continue_()
        asked.append((name, data))
        answer = by_name[name](data)
        if answer is NEVER:
            return None
        return route.abort() if answer is None else route.fulfill(json=answer)

    page.route(SERVER, handle)
    try:
        yield asked
    finally:
        page.unroute(SERVER, handle)


def said(key: str, **values: Any) -> str:
    """A text of the page in English."""
    return texts()["en"][key].format(**values)


def number_in(opened: Locator, testid: str) -> float:
    """The number in full that stands in a cell."""
    return float(opened.get_by_test_id(testid).get_attribute("data-value"))


def record(model: str, epoch: int) -> dict[str, Any]:
    """A record of a training as `Recording` has it, of a model without weights."""
    return {
        **{"model": model, "epoch": epoch, "loss": 0.5 if epoch else None, "score": epoch / 4},
        **{"seconds": 1.0 if epoch else None, "weights": [], "layer": {}},
    }


def standing(
    over: str | None = None, epochs: Iterable[dict[str, Any]] = (), **changes: Any
) -> dict[str, Any]:
    """How a training stands, as `JobQueue.follow` says it."""
    recording = {"options": {"lang": "en", "seed": 0, "epochs": 4}, "parameters": {}, "graphs": {}}
    recording |= {"epochs": (epochs := list(epochs)), "over": over}
    recording["pace"] = {one["model"]: one["seconds"] for one in epochs if one["seconds"]}
    still = {"place": 0, "warming": False, "seconds": 0.0, "batch": None}
    return still | {"recording": recording} | changes
