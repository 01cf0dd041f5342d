"""A task of the tab *Learn* in one HTML file: its models answer in it, without a server.

It is the page's own code (`assets/page/task-file.js`) with the recording that ships. What does not
fit is left out, and the file says so: epochs in between first, then examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from attention import scripts
from attention.export.one_file import packed_page
from attention.texts import in_every_language, languages, texts
from attention.training.task import Task

PROGRAM = "task-file.js"
LARGEST = 250_000  # bytes of a file
FEWEST_EPOCHS, FEWEST_EXAMPLES = 4, 2
# Keys that a program puts together: `learn_series_${part}`.
FAMILY = re.compile(r"[`\"]([a-z_]+_)\$?\{")


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
    data = {"tasks": [known], "lang": lang, "texts": words, "lessons": {}}
    title = f"{words[lang][f'task_{task.name}_title']} · {words[lang]['page_title']}"
    for held in _ever_less(opened):
        page = packed_page(
            PROGRAM, data | {"opened": held}, lang=lang, title=title, plays=task.view == "sound"
        )
        if len(page.encode()) < LARGEST:
            return page
    raise ValueError(f"a task's file must have less than {LARGEST:,} bytes; {task.name} has more")


def _ever_less(opened: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """All of it, then with fewer epochs, then with fewer examples too."""
    all_epochs = sorted({epoch["epoch"] for epoch in opened["recording"]["epochs"]})
    examples = opened["examples"]
    for count in range(len(all_epochs), min(FEWEST_EPOCHS, len(all_epochs)) - 1, -1):
        yield _with_less(opened, _spread(all_epochs, count), len(examples))
    for count in range(len(examples) - 1, FEWEST_EXAMPLES - 1, -1):
        yield _with_less(opened, _spread(all_epochs, min(FEWEST_EPOCHS, len(all_epochs))), count)


def _with_less(opened: Mapping[str, Any], epochs: list[int], examples: int) -> dict[str, Any]:
    recording = opened["recording"]
    kept = [epoch for epoch in recording["epochs"] if epoch["epoch"] in epochs]
    return dict(opened) | {
        "recording": recording | {"epochs": kept},
        "examples": opened["examples"][:examples],
        "all_epochs": len({epoch["epoch"] for epoch in recording["epochs"]}),
    }


def _spread(epochs: list[int], count: int) -> list[int]:
    """So many of them, the first and the last among them.

    >>> _spread([0, 1, 2, 3, 4], 3)
    [0, 2, 4]
    """
    if count < 2:
        return epochs[-1:]
    return [epochs[round(i * (len(epochs) - 1) / (count - 1))] for i in range(count)]


def _words(task: Task[Any]) -> dict[str, dict[str, str]]:
    """The texts that its program asks for, in every language."""
    own = {key: in_every_language(said, key) for key, said in task.texts().items()}
    others = re.compile(rf"(?:task|model)_(?!{task.name}_)")
    return {
        lang: {
            key: text
            for key, text in (
                texts()[lang] | {key: said[lang] for key, said in own.items()}
            ).items()
            if _is_asked(key) and not others.match(key)
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
