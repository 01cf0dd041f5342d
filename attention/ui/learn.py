"""The tab *Learn*: what its page asks of the server. Keras is needed for one's own input alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field

from attention.fairness import present
from attention.scene import Model
from attention.texts import UserError, in_every_language, one_of, texts
from attention.training import growth
from attention.training.job_queue import JobQueue
from attention.training.recording import FOLDER, Recording, load
from attention.training.task import Options, Task
from attention.training.tasks import TASKS
from attention.ui.endpoints import json_endpoint, until_ready
from attention.warming import warm_up

# Like the warm-up, one for the whole process: it is the machine that has two cores.
jobs = JobQueue()

Name = Annotated[str, one_of(lambda: TASKS)]
Ticket = Annotated[str, Field(min_length=1, max_length=40)]


class Choice(Model):
    """A task, and what was chosen of it; each task checks its own options."""

    task: Name
    options: dict[str, Any] = Field(default_factory=dict)

    def checked(self) -> tuple[Task, Options]:
        """The task itself, and its options."""
        task = TASKS[self.task]
        return task, task.Options(**self.options)


class Follow(Model):
    """Which training, and how many of its epoch records the page has."""

    ticket: Ticket
    since: Annotated[int, Field(strict=True, ge=0)] = 0


class Own(Choice):
    """One's own input, for one's own training or, without a ticket, for the shipped recording."""

    ticket: Ticket | None = None
    own: Any

    def recording(self) -> Recording:
        """Whose weights answer.

        Raises:
            UserError: there are none, or the ticket is of another task.
        """
        task, options = self.checked()
        found = jobs.recording(self.ticket) if self.ticket else shipped(task, options)
        if found is None or found.task != task.name:
            raise UserError("refused_untrained")
        return found


def for_page() -> list[dict[str, Any]]:
    """What the page has to know before a task is opened.

    Returns:
        For each task what its attributes of this name say, and the `rules` of its options, as a
        JSON schema.
    """
    said = ("name", "models", "by_language", "seconds", "view", "joint", "input", "chance")
    return [
        {name: getattr(task, name) for name in said}
        | {"rules": task.Options.model_json_schema()["properties"]}
        for task in TASKS.values()
    ]


def words() -> dict[str, dict[str, str]]:
    """The page's texts by language, with what tasks say themselves."""
    said = {
        key: in_every_language(text, key)
        for task in TASKS.values()
        for key, text in task.texts().items()
    }
    return {
        lang: own | {key: text[lang] for key, text in said.items()} for lang, own in texts().items()
    }


@json_endpoint
def open_task(request: Any) -> dict[str, Any]:
    """All that can be seen of a task without training, and a process made ready for it.

    Returns:
        `code` of each model, and the `marked` lines that are its attention layer; the present
        `options`; the shipped `recording` that comes closest, or None, and its `examples`; what is
        worth trying: `tries`; how all the shipped ones grow with their length: `growth`.
    """
    task, options = Choice.model_validate(request).checked()
    jobs.warm()
    recording = shipped(task, options)
    shown = task.Options(**recording.options) if recording else options
    return {
        "code": task.code(),
        "marked": task.attention_in_code(),
        "options": options.model_dump(),
        "recording": recording and recording.for_page(),
        "examples": _examples(task, shown),
        "tries": _tries(task, shown, recording),
        "growth": _growth(task),
    }


@json_endpoint
def start_training(request: Any) -> dict[str, Any]:
    """Queue up; -> the `ticket` to follow it with, and the `examples` that it will look at."""
    task, options = Choice.model_validate(request).checked()
    return {
        "ticket": jobs.enter(task, options, present.get()),
        "examples": _examples(task, options),
    }


@json_endpoint
def follow_training(request: Any) -> dict[str, Any]:
    """How it stands: see `JobQueue.follow`. Who does not ask for a while has left."""
    checked = Follow.model_validate(request)
    return jobs.follow(checked.ticket, checked.since)


@json_endpoint
def stop_training(request: Any) -> dict[str, Any]:
    """End it now; what it has learnt so far stays. -> how it stands."""
    checked = Follow.model_validate(request)
    jobs.stop(checked.ticket)
    return jobs.follow(checked.ticket, checked.since)


@json_endpoint
def answer_own(request: Any) -> dict[str, Any]:
    """One's own input through the trained models; while TensorFlow warms up, how far it is.

    Returns:
        `example`; by model its `looks`, and the `epochs` after which it was asked; or `warming`.
    """
    checked = Own.model_validate(request)
    task, options = checked.checked()
    task.read(options, checked.own)  # what is wrong with it is said at once
    recording = checked.recording()
    if not_yet := until_ready(warm_up()):
        return not_yet
    from attention.training.inference import predict

    example, inspections = predict(recording, checked.own)
    return {
        "example": example.for_page(),
        "looks": {name: one.model_dump() for name, one in inspections.items()},
        "epochs": recording.trained(),
    }


def shipped(task: Task, options: Options) -> Recording | None:
    """The recording of the project that is closest to some options."""
    return _shipped(task.file_name(task.recorded(options)))


@lru_cache(16)
def _shipped(name: str) -> Recording | None:
    file = FOLDER / f"{name}.json"
    return load(file) if file.exists() else None


@lru_cache(64)
def _examples_json(task: str, options: Options) -> list[dict[str, Any]]:
    return [example.for_page() for example in TASKS[task].examples(options)]


def _examples(task: Task, options: Options) -> list[dict[str, Any]]:
    return _examples_json(task.name, options)


def _tries(task: Task, options: Options, recording: Recording | None) -> list[dict[str, Any]]:
    """Each with what the models of the recording make of it; None where nobody asked them."""
    tries, examples = task.tries(options), _tried_json(task.name, options)
    answers = recording.tries if recording and len(recording.tries) == len(tries) else []
    looks = [{model: look.model_dump() for model, look in each.items()} for each in answers]
    return [
        {"name": one.name, "own": one.own, "example": example, "looks": looks[i] if looks else None}
        for i, (one, example) in enumerate(zip(tries, examples, strict=True))
    ]


@lru_cache(64)
def _tried_json(task: str, options: Options) -> list[dict[str, Any]]:
    return [example.for_page() for example in TASKS[task].tried(options)]


def _growth(task: Task) -> list[dict[str, Any]]:
    """As `growth` has it; empty for a task whose sequences have one length."""
    return growth.growth(growth.load(growth.FOLDER / f"{task.name}.json"))
