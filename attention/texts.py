"""The page's words: one file a language in `assets/text/`, all with the same keys."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from attention.scene import Refused, one_of, short

ASSETS = Path(__file__).resolve().parent.parent / "assets"


@cache
def texts() -> dict[str, dict[str, str]]:
    """Every language's texts, `{"en": {"reset": "Reset", …}, "ru": …}`; English comes first."""
    files = sorted(
        (ASSETS / "text").glob("*.toml"), key=lambda file: (file.stem != "en", file.stem)
    )
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in files}


def languages() -> tuple[str, ...]:
    """The codes of all languages, the default one first."""
    return tuple(texts())


Language = Annotated[str, one_of(languages)]


class Told(Refused):
    """What is refused in words of the page, so that every reader is told in their own language.

    As a string it is the English text, for programs and logs.

    >>> str(Told("refused_long", most=200, came=1_234))
    'A text must have at most 200 characters; got 1,234.'

    Args:
        key: which text.
        values: what is filled in: numbers, or words from outside, which are cut short.
    """

    def __init__(self, key: str, **values: float | str) -> None:
        self.key = key
        self.values: dict[str, Any] = {
            name: short(value) if isinstance(value, str) else value
            for name, value in values.items()
        }
        written = {
            name: value if isinstance(value, str) else f"{value:,}"
            for name, value in self.values.items()
        }
        super().__init__(texts()["en"][key].format(**written))
