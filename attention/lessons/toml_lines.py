"""On which line of a TOML file each field stands: the standard library's reader does not tell.

Only for text that `tomllib` can read; but how deep it goes can be asked of any text beforehand.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from attention.texts import Place

TOKEN = re.compile(
    r'''
      """ (?: [^\\] | \\. )*? (?: """ "{0,2} | \Z)  # of several lines; it may end in quotes
    | \'\'\' .*? (?: \'\'\' '{0,2} | \Z)
    | " (?: [^"\\\n] | \\[^\n] )*+ "?             # a text; one without an end is no TOML
    | ' [^'\n]*+ '?
    | \# [^\n]*                            # a comment
    | \n
    | [\[\]{},=.]
    | [^\s\[\]{},=.\#"']+                  # a bare key, a number, a part of a date
    ''',
    re.VERBOSE | re.DOTALL,
)


def depth(text: str) -> int:
    """How many tables or lists stand in each other, or parts in one key.

    >>> depth("a = [[1], [2]]"), depth("a.b.c = 1")
    (2, 3)
    """
    deepest, brackets, parts = 0, 0, 1
    for token in TOKEN.findall(text):
        brackets += (token in "[{") - (token in "]}")
        parts = parts + 1 if token == "." else 1 if token in "[]{},=\n" else parts
        deepest = max(deepest, brackets, parts if parts > 1 else 0)
    return deepest


def lines_of(text: str) -> dict[Place, int]:
    r"""The line of each table, field and item, counted from 1.

    >>> lines_of("level = 1\n[scene]\nx = [[1],\n     [2]]")[("scene", "x", 1)]
    4
    """
    reader = _Reader(text)
    reader.file()
    return reader.lines


class _Reader:
    """One pass over the tokens, each with its line."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}  # of the tables in each [[array]]
        self.tokens = list(_tokens(text))
        self.at = 0

    def file(self) -> None:
        table: Place = ()
        while token := self.peek():
            if token == "\n":
                self.take()
            elif token == "[":
                table = self.header()
            else:
                self.field(table)

    def header(self) -> Place:
        self.take()
        repeated = self.peek() == "["
        if repeated:
            self.take()
        line, place = self.line, self.inside(self.key())
        self.skip_to("\n")
        if repeated:
            number = self.counts[place] = self.counts.get(place, -1) + 1
            self.note(place, line)
            place = (*place, number)
        self.note(place, line)
        return place

    def inside(self, key: Place) -> Place:
        """[fruit.taste] after [[fruit]] stands in the last fruit."""
        place: Place = ()
        for part in key[:-1]:
            place = (*place, part)
            if place in self.counts:
                place = (*place, self.counts[place])
        return (*place, *key[-1:])

    def field(self, table: Place) -> None:
        line, key = self.line, self.key()
        self.take()  # "="
        for end in range(1, len(key) + 1):
            self.note((*table, *key[:end]), line)
        self.value((*table, *key))

    def key(self) -> Place:
        parts = [_name(self.take())]
        while self.peek() == ".":
            self.take()
            parts.append(_name(self.take()))
        return tuple(parts)

    def value(self, place: Place) -> None:
        if self.peek() == "[":
            self.items(place)
        elif self.peek() == "{":
            self.inline_table(place)
        else:
            while self.peek() not in ("", "\n", ",", "]", "}"):
                self.take()

    def items(self, place: Place) -> None:
        self.take()
        number = 0
        while self.peek() != "]":
            if self.peek() in (",", "\n"):
                self.take()
                continue
            self.note((*place, number), self.line)
            self.value((*place, number))
            number += 1
        self.take()

    def inline_table(self, place: Place) -> None:
        self.take()
        while self.peek() != "}":
            if self.peek() in (",", "\n"):
                self.take()
            else:
                self.field(place)
        self.take()

    def skip_to(self, end: str) -> None:
        while self.peek() not in ("", end):
            self.take()

    def note(self, place: Place, line: int) -> None:
        self.lines.setdefault(place, line)

    def peek(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    @property
    def line(self) -> int:
        return self.tokens[min(self.at, len(self.tokens) - 1)][1]


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, end = 1, 0
    for found in TOKEN.finditer(text):
        line += text.count("\n", end, found.start())
        end = found.start()
        if not found[0].startswith("#"):
            yield found[0], line


def _name(token: str) -> str:
    return tomllib.loads(f"name = {token}")["name"] if token[:1] in "'\"" else token
