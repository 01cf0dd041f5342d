"""Further reading: the article, what it refers to, and what is behind lessons and variations."""

from __future__ import annotations

import tomllib
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from attention.lessons.words import Text
from attention.scene import Model
from attention.texts import ASSETS, in_every_language

FILE = ASSETS / "reading.toml"
Words = Annotated[str, Field(min_length=1)]


def _safe(url: str) -> str:
    if not url.startswith("https://"):
        raise ValueError(f"an address must start with https; got {url!r}")
    return url


class Entry(Model):
    """One text to read.

    Attributes:
        kind: the "article" itself, a "reference" of it, or a "source" of a lesson or variation.
        title, authors: as they stand there, in the language of the text.
        year: of publication, where it is known.
        published: where: a journal, a conference, a site.
        url: where to read it, where that is known.
        why: one sentence; the file of a further language has it under `reading`, by the title.
        lessons: the names of those that it belongs to; it stands beside the first.
        tasks: the names of those of the tab Learn that it belongs to.
        variations: the names of those that it explains.
    """

    kind: Literal["article", "reference", "source"]
    title: Words
    authors: Words | None = None
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    published: Words | None = None
    url: Annotated[str, AfterValidator(_safe)] | None = None
    why: Text
    lessons: Annotated[tuple[Words, ...], Field(min_length=1)]
    tasks: tuple[Words, ...] = ()
    variations: tuple[Words, ...] = ()

    def for_page(self) -> dict[str, Any]:
        """Plain data for the browser."""
        return self.model_dump(mode="json") | {
            "why": in_every_language(self.why, "reading", self.title)
        }


def load_reading() -> list[Entry]:
    """All entries, in the order of the file.

    Raises:
        pydantic.ValidationError: an entry breaks a rule.
    """
    return [
        Entry.model_validate(entry) for entry in tomllib.loads(FILE.read_text("utf-8"))["entries"]
    ]
