"""A task of the tab *Learn* in one HTML file: its models answer in it, without a server.

It is the page's own code (`assets/page/task-file.js`) with the recording that ships. What does not
fit is left out, and the file says so: epochs in between first, then examples. If that is not
enough, it holds the last epoch alone, of as many models as fit: at least of the last one.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from attention import scripts
from attention.export.one_file import packed_page
from attention.texts import in_every_language, languages, texts
from attention.training.task import Task

PROGRAM = "task-file.js"
LARGEST = 250_000  # bytes of a file
FEWEST_EPOCHS, FEWEST_EXAMPLES = 4, 2
LEAST_OF_ZLIB = 1.1  # digits of a file for each byte that zlib makes of its data; most often 1.2
# Keys that a program puts together: `learn_series_${part}`.
FAMILY = re.compile(r"[`\"]([a-z_]+_)\$?\{")

# How the keys of texts begin that some tasks alone say, and which these are.
SAID_BY_SOME: dict[tuple[str, ...], Callable[[Task[Any]], bool]] = {
    ("learn_mic_", "learn_wave", "refused_sound_"): lambda task: task.input == "sound",
    ("learn_series_", "refused_series_"): lambda task: task.input == "series",
    ("learn_write", "refused_characters"): lambda task: task.answers_with == "next",
    ("refused_number",): lambda task: task.answers_with == "digits",
    ("refused_sentence",): lambda task: task.view == "words",
    ("refused_line",): lambda task: task.view == "sequence",
}


def task_file(
    task: Task[Any], opened: Mapping[str, Any], known: Mapping[str, Any], *, lang: str
) -> str:
    """One HTML file, under 250,000 bytes, that needs nothing else.

    Args:
        task: whose models answer.
        opened: what the page learns of it when it opens it, with a recording.
        known: what the page knows of it before that.
        lang: the language in which it opens, and of its data; its words are in all of them.

    Returns:
        The file's text, to be written in UTF-8.

    Raises:
        ValueError: it has no recording, or does not fit whatever is left out.
    """
    if not opened["recording"]:
        raise ValueError(f"a task must have a recording; {task.name} has none")
    words = _words(task)
    data = {"lang": lang, "lessons": {}}
    title = f"{words[lang][f'task_{task.name}_title']} · {words[lang]['page_title']}"
    for held in _ever_less(task, opened):
        if _is_far_too_large(held):
            continue
        models = [name for name in task.models if name not in held["left_out"]]
        given = {"opened": held, "tasks": [dict(known) | {"models": models}]}
        given["texts"] = _without_comparison(words, task) if held["left_out"] else words
        page = packed_page(
            PROGRAM, data | given, lang=lang, title=title, plays=task.view == "sound"
        )
        if len(page.encode()) < LARGEST:
            return page
    raise ValueError(f"a task's file must have less than {LARGEST:,} bytes; {task.name} has more")


def _is_far_too_large(held: Mapping[str, Any]) -> bool:
    """What need not be packed, which takes a second, to know that it does not fit."""
    return len(zlib.compress(json.dumps(held).encode(), 1)) * LEAST_OF_ZLIB >= LARGEST


def _ever_less(task: Task[Any], opened: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """All of it, with fewer epochs, fewer examples too; then the last epoch of fewer models."""
    all_epochs = sorted({epoch["epoch"] for epoch in opened["recording"]["epochs"]})
    examples = opened["examples"]
    for count in range(len(all_epochs), min(FEWEST_EPOCHS, len(all_epochs)) - 1, -1):
        yield _with_less(opened, _spread(all_epochs, count), len(examples))
    for count in range(len(examples) - 1, FEWEST_EXAMPLES - 1, -1):
        yield _with_less(opened, _spread(all_epochs, min(FEWEST_EPOCHS, len(all_epochs))), count)
    for count in range(len(task.models)):
        yield _with_less(opened, all_epochs[-1:], len(examples), task.models[:count])


def _with_less(
    opened: Mapping[str, Any], epochs: list[int], examples: int, left_out: Sequence[str] = ()
) -> dict[str, Any]:
    recording = opened["recording"]
    kept = [
        epoch
        for epoch in recording["epochs"]
        if epoch["epoch"] in epochs and epoch["model"] not in left_out
    ]
    graphs = {name: one for name, one in recording["graphs"].items() if name not in left_out}
    return dict(opened) | {
        "recording": recording | {"epochs": kept, "graphs": graphs},
        "examples": opened["examples"][:examples],
        "all_epochs": len({epoch["epoch"] for epoch in recording["epochs"]}),
        "all_examples": len(opened["examples"]),
        "left_out": list(left_out),
    }


def _spread(epochs: list[int], count: int) -> list[int]:
    """So many of them, the first and the last among them.

    >>> _spread([0, 1, 2, 3, 4], 3)
    [0, 2, 4]
    """
    if count < 2:
        return epochs[-1:]
    return [epochs[round(i * (len(epochs) - 1) / (count - 1))] for i in range(count)]


def _without_comparison(
    words: Mapping[str, Mapping[str, str]], task: Task[Any]
) -> dict[str, dict[str, str]]:
    """Without the sentence that compares all models of a task."""
    unsaid = f"task_{task.name}_models"
    return {
        lang: {key: text for key, text in said.items() if key != unsaid}
        for lang, said in words.items()
    }


def _words(task: Task[Any]) -> dict[str, dict[str, str]]:
    """The texts that its program asks for, in every language."""
    own = {key: in_every_language(said, key) for key, said in task.texts().items()}
    others = re.compile(rf"(?:task|model)_(?!{task.name}_)")
    unsaid = tuple(
        start for starts, says in SAID_BY_SOME.items() if not says(task) for start in starts
    )
    return {
        lang: {
            key: text
            for key, text in (
                texts()[lang] | {key: said[lang] for key, said in own.items()}
            ).items()
            if _is_asked(key) and not others.match(key) and not key.startswith(unsaid)
        }
        for lang in languages()
    }


@cache
def _asked() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of its program, and how the keys begin that it puts together."""
    script = scripts.script(PROGRAM)
    return frozenset(re.findall(r"\w+", script)), tuple(set(FAMILY.findall(script)))


def _is_asked(key: str) -> bool:
    words, families = _asked()
    return key in words or key.startswith(families)
