"""The page's words: one file a language in `assets/text/`, all with the same keys."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from attention.scene import one_of

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
