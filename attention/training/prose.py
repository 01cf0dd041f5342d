"""The text that *The next character* is trained on: the project's own prose, by language.

```
python -m attention.training.prose    # gather it anew, in assets/data/
```

It is kept as a file of its own, so that what was recorded of it stays true when a lesson is
reworded. Gathered anew it asks for new recordings.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from attention.texts import ASSETS

ROOT = ASSETS.parent
SHORTEST = 25  # characters of a paragraph: less is a label, not prose
SELDOM = 4  # a paragraph with a character that the text has less often than this is left out
HELD_OUT_EVERY = 10  # of the paragraphs, one is never trained on
# What Markdown has beside its prose: links and pictures keep their words.
LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
PLAIN = str.maketrans("éï", "ei", "`*")
NOT_PROSE = ("#", "|", "---", "<", "[", "!", ">")


def gather(lang: str, root: Path = ROOT) -> str:
    """All prose of the project in a language, a paragraph a line, each of them once.

    Lessons first, then the reading list, the words of the page, READMEs and the short judgements of
    *Which word decides?*; without program code, tables, labels and what is filled in by the page.
    """
    found: dict[str, None] = {}
    for text in _passages(lang, root / "assets", root):
        line = " ".join(text.translate(PLAIN).split())
        if len(line) >= SHORTEST and not set("{}\\") & set(line):
            found[line] = None
    counts = Counter("".join(found))
    seldom = {character for character, count in counts.items() if count < SELDOM}
    return "".join(f"{line}\n" for line in found if not seldom & set(line))


def _passages(lang: str, assets: Path, root: Path) -> Iterator[str]:
    for file in (*sorted((assets / "lessons").glob("*.toml")), assets / "reading.toml"):
        yield from _said_in(tomllib.loads(file.read_text("utf-8")), lang)
    yield from _strings(tomllib.loads((assets / "text" / f"{lang}.toml").read_text("utf-8")))
    for file in sorted(_readmes(root, lang)):
        prose = FENCED.sub("\n\n", file.read_text("utf-8"))
        for block in re.split(r"\n\s*\n|\n(?=- )", prose):
            if not block.startswith(NOT_PROSE):
                yield LINK.sub(r"\1", block.removeprefix("- "))
    for line in (assets / "data" / f"sentences.{lang}.tsv").read_text("utf-8").splitlines():
        yield line.split("\t")[2]


def _readmes(root: Path, lang: str) -> list[Path]:
    """In English `README.md` of every folder, in another language `README.<lang>.md`."""
    name = "README.md" if lang == "en" else f"README.{lang}.md"
    folders = (root, *(root / "assets").rglob("."), *(root / "attention").rglob("."))
    return [folder / name for folder in folders if (folder / name).exists()]


def _said_in(value: Any, lang: str) -> Iterator[str]:
    """Every text of a language in nested tables, `{"en": …, "ru": …}`."""
    if isinstance(value, list):
        for one in value:
            yield from _said_in(one, lang)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key == lang and isinstance(one, str):
                yield one
            else:
                yield from _said_in(one, lang)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)


@cache
def paragraphs(lang: str, unseen: bool = False) -> tuple[str, ...]:
    """Those that are trained on, or every tenth, which is not; each ends with a line break."""
    lines = text_file(lang).read_text("utf-8").splitlines(keepends=True)
    return tuple(
        line for place, line in enumerate(lines, 1) if (place % HELD_OUT_EVERY == 0) == unseen
    )


@cache
def alphabet(lang: str) -> str:
    """The characters of the text; a character's place among them is its number.

    >>> alphabet("en").index("a") < alphabet("en").index("b")
    True
    """
    return "".join(sorted(set(text_file(lang).read_text("utf-8"))))


def text_file(lang: str) -> Path:
    """Where the text of a language is kept."""
    return ASSETS / "data" / f"prose.{lang}.txt"


if __name__ == "__main__":
    for sentences in sorted((ASSETS / "data").glob("sentences.*.tsv")):
        _, language, _ = sentences.name.split(".")
        text_file(language).write_text(gather(language), "utf-8")
        print(f"{text_file(language).name}: {len(text_file(language).read_text('utf-8')):,}")
