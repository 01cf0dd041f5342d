"""The address of the page: its keys, and what a link can hide (`assets/page/state/keys.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any, Literal
from urllib.parse import quote

from attention.packing import pack_lesson
from attention.scene import Model, Scene
from attention.texts import ASSETS

FILE = ASSETS / "page" / "state" / "keys.toml"


class Key(Model):
    """A row of the table: its comment says what each field is."""

    key: str
    path: str
    type: str
    limits: str | tuple[float, float] | None = None
    among: str | tuple[str, ...] | None = None
    default: bool | float | str | None = None
    kinds: tuple[str, ...] | None = None
    only: tuple[str, ...] | None = None
    control: str
    toolbar: Literal["select", "switch", "slider"] | None = None
    hide: str | None = None


class Hideable(Model):
    """What a link can hide: its name, where the page offers it, and what the style takes away."""

    name: str
    group: str
    selectors: tuple[str, ...]


class Table(Model):
    """The whole file."""

    keys: tuple[Key, ...]
    hide: tuple[Hideable, ...]
    also_called: dict[str, str]

    def for_page(self) -> dict[str, Any]:
        """Plain data for the browser."""
        return self.model_dump(mode="json", exclude_none=True)


@cache
def url_table() -> Table:
    """The keys of the address, in their order, and what `hide` can name."""
    return Table.model_validate(tomllib.loads(FILE.read_text("utf-8")))


def fragment(scene: Scene, lesson: str | None = None) -> str:
    """A scene as `key=value` joined by `&`. Every field is written, so it holds beside any lesson.

    >>> scene = Scene(rows=["a", "b & c"], columns=["f"], x=[[1], [2]], w=[0.5])
    >>> for pair in fragment(scene).split("&"):
    ...     print(pair)
    kind=attention
    activation=tanh
    rows=a,b%20%26%20c
    columns=f
    x=1.0;2.0
    w=0.5
    b=none
    temperature=1.0
    mask=11

    Args:
        scene: what stands on the table.
        lesson: the text of a lesson's file, whose story, question and challenge the link brings.

    Raises:
        attention.texts.UserError: it is no lesson, or too long for an address.
    """
    pairs = []
    for row in url_table().keys:
        place, _, field = row.path.partition(".")
        used = not row.kinds or scene.kind in row.kinds
        if place == "scene" and "." not in field and used:
            value = scene.shown if field == "mask" else getattr(scene, field)
            pairs.append(f"{row.key}={_written(row.type, value)}")
    pairs += [f"own={pack_lesson(lesson)}"] if lesson else []
    return "&".join(pairs)


def _written(type: str, value: Any) -> str:
    """As the codec of this type in `assets/page/state/codecs.js` writes it."""
    if type == "names":
        return ",".join(quote(name, safe="") for name in value)
    if type == "mask":
        return "".join("01"[shown] for shown in value)
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(int(value))
    if not isinstance(value, list):
        return str(value)
    is_matrix = isinstance(value[0], list)
    return (";" if is_matrix else ",").join(map(_joined, value) if is_matrix else map(str, value))


def _joined(numbers: Iterable[float]) -> str:
    return ",".join(map(str, numbers))
