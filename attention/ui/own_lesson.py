"""A teacher's own lesson: the table becomes a lesson's file, and a file becomes a lesson."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from attention.lessons import parse_lesson
from attention.lessons.file import LARGEST_FILE
from attention.lessons.writing import source_of, write_lesson
from attention.packing import LONGEST
from attention.scene import Model, Scene
from attention.texts import Language
from attention.ui.endpoints import file, json_endpoint

MOST_WORDS = 4_000  # characters of a field
# What the page has to know before it sends a file or words.
LIMITS = {"largest": LARGEST_FILE, "longest": LONGEST, "words": MOST_WORDS}

Source = Annotated[str, Field(strict=True)]  # of any length: a lesson's own rule says it better
Words = Annotated[str, Field(strict=True, max_length=MOST_WORDS)]


class Opening(Model):
    """The text of a lesson's file."""

    source: Source


class Saving(Model):
    """What to write a lesson of.

    Attributes:
        scene: what stands on the table.
        lang: the language of its names and of the page.
        lesson: the name of the lesson that is open.
        source: its file, where it is somebody's own.
        title, story, challenge: what was typed for them.
    """

    scene: Scene
    lang: Language = "en"
    lesson: Annotated[str, Field(max_length=40)] = ""
    source: Source | None = None
    title: Words = ""
    story: Words = ""
    challenge: Words = ""


@json_endpoint
def open_lesson(request: Any) -> dict[str, Any]:
    """A lesson's file, checked: the `lesson` as the page has those that ship."""
    source = Opening.model_validate(request).source
    return {"lesson": parse_lesson(source).for_page()}


@json_endpoint
def save_lesson(request: Any) -> dict[str, Any]:
    """The lesson's file: its `name` and `type`, and its `content` in base64."""
    asked = Saving.model_validate(request)
    words = {field: getattr(asked, field).strip() for field in ("title", "story", "challenge")}
    source = asked.source or source_of(asked.lesson)
    written = write_lesson(asked.scene, asked.lang, words, source)
    name = "lesson" if asked.source or not source else asked.lesson
    return file(f"{name}.toml", "application/toml", written.encode())
