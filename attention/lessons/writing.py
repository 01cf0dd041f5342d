"""Writing lessons: the scene on a table as the TOML file of a lesson, to be read and completed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, Table

from attention.lessons.file import lesson_files, parse_lesson
from attention.lessons.lesson import LONGEST_STORY, Lesson, Ranges
from attention.scene import USED, Scene
from attention.texts import texts

Words = Mapping[str, str]  # what was typed: title, story, challenge; "" where nothing was


def write_lesson(scene: Scene, lang: str, words: Words, source: str | None = None) -> str:
    """The file of a lesson with this scene.

    Args:
        scene: what stands on the table.
        lang: the language of its names, and of the words; a source has them in all of its own.
        words: its title, story and challenge; what is empty is asked for in the file itself.
        source: the file of the lesson that was open. An unchanged scene keeps it in full, with
            its question, its challenge and its comments; a changed one keeps level and ranges.

    Raises:
        attention.texts.UserError: a word breaks a rule of a lesson, or the source does.
    """
    base = parse_lesson(source) if source else None
    if source and base and any(_counts(base.at(code)) == _counts(scene) for code in base.languages):
        written = _with_words(source, lang, words)
    else:
        written = _new(scene, lang, words, base)
    parse_lesson(written)
    return written


def source_of(name: str) -> str | None:
    """The file of a lesson that ships with the page."""
    file = lesson_files().get(name)
    return file.read_text("utf-8") if file else None


def _counts(scene: Scene) -> dict[str, Any]:
    """What of a scene counts, in one form: a mask in full, and nothing that its kind lacks."""
    unused = {name for used in USED.values() for name in used} - {*USED[scene.kind]}
    return scene.model_dump(exclude=unused) | {"mask": scene.shown}


def _with_words(source: str, lang: str, words: Words) -> str:
    document = tomlkit.parse(source)
    homes = {"title": document["title"], "story": document["story"]}
    homes["challenge"] = document["challenge"]["text"]
    for field, text in homes.items():
        if words[field]:
            _say(text, lang, words[field])
    return tomlkit.dumps(document)


def _say(text: MutableMapping[str, Any], lang: str, words: str) -> None:
    """The words in every language of the file, so that none keeps the old ones."""
    for code in list(text):
        text[code] = words
        if code != lang and not isinstance(text, InlineTable):  # which has no room for comments
            text[code].comment(texts()[lang]["own_file_same"])


def _new(scene: Scene, lang: str, words: Words, base: Lesson | None) -> str:
    said = texts()[lang]
    document = tomlkit.document()
    for line in said["own_file_intro"].split("\n"):
        document.add(tomlkit.comment(line))
    document.add("level", tomlkit.item(base.level if base else 1))
    for field in ("title", "story"):
        instead = said[f"own_file_{field}"].format(most=LONGEST_STORY)
        document.add(field, _table({lang: words[field] or instead}))
    document.add("rows", _table({lang: scene.rows}))
    document.add("columns", _table({lang: scene.columns}))
    document.add("scene", _table(_fields(scene)))
    document.add("ranges", _table(_ranges(scene, base), [said["own_file_ranges"]]))
    document.add("challenge", _challenge(lang, words["challenge"]))
    return tomlkit.dumps(document)


def _table(fields: Mapping[str, Any], comments: Iterable[str] = ()) -> Table:
    table = tomlkit.table()
    for line in comments:
        table.add(tomlkit.comment(line))
    for name, value in fields.items():
        table.add(name, value)
    return table


def _fields(scene: Scene) -> dict[str, Any]:
    given = scene.model_dump(exclude={"rows", "columns"}, exclude_none=True)
    if not scene.hides:
        del given["mask"]
    return {name: _short(value) for name, value in given.items()}


def _short(value: Any) -> Any:
    """Numbers as one types them: 50, and not 50.0."""
    if isinstance(value, list | tuple):
        return [_short(one) for one in value]
    whole = isinstance(value, float) and value.is_integer() and str(value) != "-0.0"
    return int(value) if whole else value


def _ranges(scene: Scene, base: Lesson | None) -> dict[str, Any]:
    ranges = (base.ranges if base else Ranges()).model_dump()
    x, features = ranges["x"], len(scene.columns)
    if isinstance(x, list):
        rest = [Ranges().x] * (features - len(x))
        ranges["x"] = (x + rest)[:features]
    return {name: _short(ends) for name, ends in ranges.items() if ends is not None}


def _challenge(lang: str, text: str) -> Table:
    said = texts()[lang]
    table = _table({}, said["own_file_goals"].split("\n"))
    table.add("text", _table({lang: text or said["own_file_challenge"]}))
    return table
