"""The tab *Learn*: what its page asks of the server. The trained models answer in the browser."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field

from attention.export.task_file import task_file
from attention.fairness import present
from attention.scene import Model
from attention.texts import Language, in_every_language, one_of, texts
from attention.training import growth
from attention.training.job_queue import JobQueue
from attention.training.recording import FOLDER, Recording, load
from attention.training.task import Options, Task
from attention.training.tasks import TASKS
from attention.ui.endpoints import file, json_endpoint
from attention.ui.handout import HTML

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


class FileRequest(Choice):
    """The same for a file, in the language of the page."""

    lang: Language = "en"


class Follow(Model):
    """Which training, and how many of its epoch records the page has."""

    ticket: Ticket
    since: Annotated[int, Field(strict=True, ge=0)] = 0


def for_page() -> list[dict[str, Any]]:
    """What the page has to know before a task is opened.

    Returns:
        For each task what its attributes of this name say, and the `rules` of its options, as a
        JSON schema.
    """
    said = ("name", "models", "by_language", "seconds", "view", "joint", "input", "chance")
    return [
        {name: getattr(task, name) for name in (*said, "answers_with")}
        | {"rules": task.Options.model_json_schema()["properties"]}
        for task in TASKS.values()
    ]


# How the names of texts begin that stand on paper, or in learning systems, alone.
NOT_ON_THE_PAGE = ("lms_", "sheet_")


def words() -> dict[str, dict[str, str]]:
    """The page's texts by language, with what tasks say themselves."""
    said = {
        key: in_every_language(text, key)
        for task in TASKS.values()
        for key, text in task.texts().items()
    }
    return {
        lang: {key: text for key, text in own.items() if not key.startswith(NOT_ON_THE_PAGE)}
        | {key: text[lang] for key, text in said.items()}
        for lang, own in texts().items()
    }


@json_endpoint
def open_task(request: Any) -> dict[str, Any]:
    """All that can be seen of a task without training, and a process made ready for it.

    Returns:
        `code` of each model, and the `marked` lines that are its attention layer; the present
        `options`; the shipped `recording` that comes closest, or None; its `examples`; how an
        input of one's own is read: `reader`; the `answers`; what is worth trying: `tries`; how all
        the shipped ones grow with their length: `growth`.
    """
    task, options = Choice.model_validate(request).checked()
    jobs.warm()
    return _opened(task, options)


@json_endpoint
def make_task_file(request: Any) -> dict[str, Any]:
    """A task as one HTML file: `name`, `type`, and its `content` in base64."""
    asked = FileRequest.model_validate(request)
    task, options = asked.checked()
    known = next(one for one in for_page() if one["name"] == task.name)
    text = task_file(task, _opened(task, options), known, lang=asked.lang)
    return file(f"attention-{task.name}.html", HTML, text.encode())


def _opened(task: Task, options: Options) -> dict[str, Any]:
    recording = shipped(task, options)
    shown = task.Options(**recording.options) if recording else options
    return {
        "code": task.code(),
        "marked": task.attention_in_code(),
        "options": options.model_dump(),
        "recording": recording and recording.for_page(),
        "examples": _examples(task, shown),
        "reader": task.reader(shown),
        "answers": task.answers(shown),
        "tries": [one.for_page() for one in task.tries(shown)],
        "growth": _growth(task),
    }


@json_endpoint
def start_training(request: Any) -> dict[str, Any]:
    """Queue up; -> the `ticket` to follow it with, and what belongs to its options as above."""
    task, options = Choice.model_validate(request).checked()
    return {
        "ticket": jobs.enter(task, options, present.get()),
        "examples": _examples(task, options),
        "reader": task.reader(options),
        "answers": task.answers(options),
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


def _growth(task: Task) -> list[dict[str, Any]]:
    """As `growth` has it; empty for a task whose sequences have one length."""
    return growth.growth(growth.load(growth.FOLDER / f"{task.name}.json"))
