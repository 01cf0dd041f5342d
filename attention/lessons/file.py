"""Reading lessons: TOML files, each of whose faults is named with its line, field and rule.

A lesson's name is its file's name without the number: `04-fear.toml` is the lesson `fear`.
The next lesson is the next file.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from attention.errors import faults, line_of
from attention.lessons.hints import Faults, with_hints
from attention.lessons.lesson import Lesson
from attention.lessons.misspelt import with_names
from attention.lessons.toml_faults import not_toml
from attention.lessons.toml_lines import lines_of
from attention.texts import ASSETS, Place, UserError, short

FOLDER = ASSETS / "lessons"
HOME = "fear"  # whose scene the page opens
LARGEST_FILE = 64 * 1024  # bytes
DEEPEST = 12
MOST_ITEMS = 64  # of a list or a table
MOST_FAULTS = 8
# `tomllib` takes half a minute for a key of 30,000 parts.
LONG_KEY = re.compile(
    rf"""(?:^|[\[{{,])[ \t]*(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{DEEPEST}}}""", re.M
)


def parse_lesson(text: str) -> Lesson:
    """A lesson from the text of its file.

    Raises:
        UserError: it is too long or too deep, is not TOML, or breaks rules; which ones, and where.
    """
    size = len(text.encode("utf-8", "replace"))
    if size > LARGEST_FILE:
        raise UserError("rule_file_long", most=LARGEST_FILE, came=size)
    if LONG_KEY.search(text):
        raise UserError("rule_file_deep", most=DEEPEST)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = _read(text)
    if isinstance(found, Lesson):
        return found
    found = with_names(with_hints(found, text, _faults), text)
    raise UserError("rule_faults", faults=found)


def _read(text: str) -> Lesson | Faults:
    fields = _tables(text)
    try:
        return Lesson.model_validate(fields)
    except ValidationError as error:
        return faults(error, lines_of(text), MOST_FAULTS)


def _faults(text: str) -> Faults:
    """What is wrong with a text in which something was mended; nothing, where it is no TOML."""
    try:
        found = _read(text)
    except UserError:
        return []
    return [] if isinstance(found, Lesson) else found


def _tables(text: str) -> dict[str, Any]:
    """What stands in the file; too much of it is refused before anybody reads it item by item."""
    try:
        fields = tomllib.loads(text)
    except RecursionError:
        raise UserError("rule_file_deep", most=DEEPEST) from None
    except ValueError as error:  # not TOML, or a number of thousands of digits
        raise not_toml(str(error), text) from None
    if not fields:
        raise UserError("rule_file_empty")
    if _depth(fields) > DEEPEST:
        raise UserError("rule_file_deep", most=DEEPEST)
    if crowd := _crowd(fields):
        place, came = crowd
        rule = {"key": "rule_crowded", "values": {"most": MOST_ITEMS, "came": came}}
        at = {"line": line_of(place, lines_of(text)), "place": ".".join(map(short, place))}
        fault = {"key": "rule_at_line", "values": at | {"rule": rule}}
        raise UserError("rule_faults", faults=[fault])
    return fields


def _crowd(fields: dict[str, Any]) -> tuple[Place, int] | None:
    """The first list or table that has more in it than any lesson needs, and how much."""
    level: list[tuple[Place, Any]] = [((), fields)]
    while level:
        for place, value in level:
            if len(value) > MOST_ITEMS:
                return place, len(value)
        level = [
            ((*place, key), inside)
            for place, value in level
            for key, inside in (value.items() if isinstance(value, dict) else enumerate(value))
            if isinstance(inside, dict | list)
        ]
    return None


def _depth(value: Any) -> int:
    """How many tables and lists stand in each other, and in the whole.

    >>> _depth({"a": [[1], 2]}), _depth({})
    (2, 0)
    """
    depth, level = -1, [value]
    while level:
        depth += 1
        insides = (one.values() if isinstance(one, dict) else one for one in level)
        level = [one for inside in insides for one in inside if isinstance(one, dict | list)]
    return depth


def read_lesson(file: Path) -> Lesson:
    """One lesson file.

    Raises:
        ValueError: it is not TOML or breaks a rule; the message names file, line, field and rule.
    """
    try:
        return parse_lesson(file.read_text("utf-8"))
    except UnicodeDecodeError:
        raise ValueError(f"{file.name}: {UserError('rule_utf')}") from None
    except UserError as error:
        raise ValueError(f"{file.name}: {error}") from None


def load_lessons(folder: Path = FOLDER) -> tuple[dict[str, Lesson], list[str]]:
    """All lessons by name in the order of their numbers, and what is wrong with the others.

    A broken file costs its own lesson only: it is logged and reported, and the others are there.
    """
    lessons, problems = {}, []
    for name, file in lesson_files(folder).items():
        try:
            lessons[name] = read_lesson(file)
        except ValueError as error:
            logging.getLogger(__name__).warning("lesson left out: %s", error)
            problems.append(str(error))
    return lessons, problems


def home_of(lessons: Mapping[str, Lesson]) -> str:
    """Whose scene an address without a lesson opens."""
    return HOME if HOME in lessons else next(iter(lessons))


def lesson_files(folder: Path = FOLDER) -> dict[str, Path]:
    """The files of all lessons by name, in the order of their numbers."""
    return {name_of(file): file for file in sorted(folder.glob("*.toml"))}


def name_of(file: Path) -> str:
    """The lesson's name, by that of its file.

    >>> name_of(Path("04-fear.toml"))
    'fear'
    """
    return file.stem.partition("-")[2] or file.stem
