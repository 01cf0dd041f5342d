"""A third language, made by a script: every text of the page in marks, ⟦so⟧, as one file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import tomlkit

from attention import texts
from attention.lessons import load_lessons
from attention.lessons.words import texts_within
from attention.reading import load_reading
from attention.ui import learn
from attention.variations import VARIATIONS

CODE = "xx"
SAID = ("title", "idea", "note", "source")  # of a variation
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")


def marked(text: str | list[str]) -> str | list[str]:
    """A text, or each name of a list, in marks; what is bold has marks of its own."""
    if isinstance(text, list):
        return [marked(one) for one in text]
    return "**".join(f"⟦{part}⟧" for part in text.split("**"))


def unmarked(text: str) -> str:
    """What of a text stands outside all marks."""
    while MARKED.search(text):
        text = MARKED.sub("", text)
    return text


def pseudo_language() -> str:
    """The file of a language that says everything."""
    words = {key: marked(text) for key, text in learn.words()["en"].items()}
    words["decimal_mark"] = "·"
    lessons = {name: _lesson(lesson) for name, lesson in load_lessons()[0].items()}
    variations = {
        name: {
            field: marked(getattr(one, field)["en"])
            for field in SAID
            if any(getattr(one, field).values())
        }
        for name, one in VARIATIONS.items()
    }
    reading = {entry.title: marked(entry.why["en"]) for entry in load_reading()}
    more = {"lessons": lessons, "variations": variations, "reading": reading}
    return tomlkit.dumps(words | more)


def _lesson(lesson) -> dict:
    told: dict = {}
    for place, text in texts_within(lesson):
        *way, last = [("choice", step) if isinstance(step, int) else step for step in place]
        found = told
        for step in way:
            if isinstance(step, tuple):
                found += [{} for _ in range(step[1] + 1 - len(found))]
                found = found[step[1]]
            else:
                found = found.setdefault(step, [] if step == "choices" else {})
        found[last] = marked(text["en"])
    return told


@contextmanager
def third_language(folder: Path, content: str | None = None) -> Iterator[None]:
    """The project as it is with one file more in `assets/text/`."""
    shutil.copytree(texts.FOLDER, folder, dirs_exist_ok=True)
    content = pseudo_language() if content is None else content
    (folder / f"{CODE}.toml").write_text(content, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "FOLDER", folder)
        _forget()
        yield
    _forget()


def _forget() -> None:
    texts._files.cache_clear()
    texts.texts.cache_clear()
