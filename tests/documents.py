"""The documents of the project: every Markdown file, and the blocks of code in it.

The line that opens a block names its language and, where the block is a whole file, its path:
```` ```toml assets/lessons/24-voices.toml ````.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```(.*)\n((?s:.*?))^```$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A block of code: what opens it, its text, and the number of its first line."""

    language: str
    path: str | None
    text: str
    line: int


def documents() -> list[Path]:
    """All Markdown files."""
    folders = [ROOT / part for part in ("attention", "assets", "tests")]
    return [ROOT / "README.md", *sorted(one for part in folders for one in part.rglob("*.md"))]


def blocks(document: Path) -> list[Block]:
    """The blocks of code in a document, in their order."""
    text = document.read_text("utf-8")
    found = []
    for match in BLOCK.finditer(text):
        language, _, path = match[1].partition(" ")
        line = text.count("\n", 0, match.start(2)) + 1
        found.append(Block(language, path or None, match[2], line))
    return found


def example_files() -> dict[str, str]:
    """What the documents show as whole files, by their paths: a lesson, a language, a task …"""
    return {
        block.path: block.text
        for document in documents()
        for block in blocks(document)
        if block.path
    }
