"""The page's words: one file a language in `assets/text/`, and what is said in them.

A language is one file. What else the project says, in lessons and variations, may be in fewer
languages; the file of a language may have it in tables, as `[lessons.fear]` or `[variations.dot]`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator

ASSETS = Path(__file__).resolve().parent.parent / "assets"
FOLDER = ASSETS / "text"
LONGEST_ECHO = 60  # characters of what came, in a message
LONGEST_LIST = 40  # of words, in a message; there are fewer lessons
Place = tuple[str | int, ...]  # of a field in a model: ("scene", "x", 0)
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
# No line ends before a dash, between a number and its unit or sign, or after a Russian word of one
# letter.
BOUND = re.compile(
    r"(?<=\S) (?=—)|(?<=§) (?=\d)|(?<=[\d}]) (?=(?:%|s|Hz|с|Гц)(?!\w))"
    r"|(?<=\b[авикосуАВИКОСУ]) (?=\S)"
)


@cache
def _files() -> dict[str, dict[str, Any]]:
    files = sorted(FOLDER.glob("*.toml"), key=lambda file: (file.stem != "en", file.stem))
    return {file.stem: typeset(tomllib.loads(file.read_text("utf-8"))) for file in files}


def typeset(said: Any) -> Any:
    """Texts with no-break spaces and apostrophes, so that nobody has to type them.

    >>> typeset("The tone's — 100 %").replace("\N{NO-BREAK SPACE}", "_")
    'The tone’s_— 100_%'

    Args:
        said: a text, or tables of them; the names in a list stay as they are.
    """
    if isinstance(said, str):
        return APOSTROPHE.sub("’", BOUND.sub("\N{NO-BREAK SPACE}", said))
    if isinstance(said, dict):
        return {key: typeset(value) for key, value in said.items()}
    return said


@cache
def texts() -> dict[str, dict[str, str]]:
    """Every language's texts, `{"en": {"reset": "Reset", …}, "ru": …}`; English comes first.

    What a language does not say yet is said in English.
    """
    said = {lang: _plain(words) for lang, words in _files().items()}
    return {lang: said["en"] | words for lang, words in said.items()}


def _plain(words: dict[str, Any]) -> dict[str, str]:
    return {key: text for key, text in words.items() if isinstance(text, str)}


def languages() -> tuple[str, ...]:
    """The codes of all languages, the default one first."""
    return tuple(_files())


def in_every_language(words: Mapping[str, Any], *path: str | int) -> dict[str, Any]:
    """The same in each language: its own words, or those of its file, or else English.

    >>> in_every_language({"en": "Fear"}, "lessons", "fear", "title")["en"]
    'Fear'

    Args:
        words: by language; without English, the first language stands in for it.
        path: where the file of a language would have them.
    """
    words = {lang: typeset(one) if isinstance(one, str) else one for lang, one in words.items()}
    instead = words.get("en", next(iter(words.values())))
    return {
        lang: words[lang] if lang in words else _from_file(lang, path, instead)
        for lang in languages()
    }


def _from_file(lang: str, path: Place, instead: Any) -> Any:
    found: Any = _files()[lang]
    for step in path:
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            return instead
    alike = type(found) is type(instead)
    return found if alike and (isinstance(found, str) or len(found) == len(instead)) else instead


def say(text: Mapping[str, Any] | str, lang: str = "en") -> str:
    """A text with its blanks filled in: `{"key": …, "values": …}`, as the page gets it.

    A value may be such a text itself, or a list: of texts, a line each, or of words with commas.
    What comes as a string is said as it is.

    >>> say({"key": "refused_long", "values": {"most": 200, "came": 1_234}})
    'A text must have at most 200 characters; got 1,234.'
    """
    if isinstance(text, str):
        return text
    values = {name: _written(value, lang) for name, value in text.get("values", {}).items()}
    return texts()[lang][text["key"]].format(**values)


def _written(value: Any, lang: str) -> str:
    if isinstance(value, list):
        between = ", " if all(isinstance(one, str) for one in value) else "\n"
        return between.join(_written(one, lang) for one in value)
    if isinstance(value, Mapping | str):
        return say(value, lang)
    mark = texts()[lang]["decimal_mark"]
    between = "," if mark == "." else "\N{NO-BREAK SPACE}"
    return f"{value:,}".translate(str.maketrans(",.-", f"{between}{mark}−"))


def short(text: object) -> str:
    """What came from outside, as far as a message needs it.

    >>> short("a" * 100) == "a" * 60 + "…"
    True
    """
    text = str(text)
    return text if len(text) <= LONGEST_ECHO else f"{text[:LONGEST_ECHO]}…"


def _brief(value: Any) -> Any:
    """A value for a text: words from outside are cut short, and so is a long list."""
    if isinstance(value, list):
        left_out = ["…"] if len(value) > LONGEST_LIST else []
        return [_brief(one) for one in value[:LONGEST_LIST]] + left_out
    return short(value) if isinstance(value, str) else value


class UserError(ValueError):
    """What was asked for cannot be done; the page says why in the reader's language.

    As a string it is the English text, for programs and logs.

    >>> str(UserError("refused_long", most=200, came=1_234))
    'A text must have at most 200 characters; got 1,234.'

    Args:
        key: which text.
        values: what is filled in: numbers, other texts of the page (see `say`), or words from
            outside, which are cut short.
        at: for a rule of a model: the field that breaks it, seen from that model.
    """

    def __init__(self, key: str, *, at: Place = (), **values: Any) -> None:
        self.key = key
        self.at = at
        self.values: dict[str, Any] = {name: _brief(value) for name, value in values.items()}
        super().__init__(key)

    def __str__(self) -> str:
        return say(self.text)

    @property
    def rule(self) -> dict[str, Any]:
        """What is said, without the field that it is said of."""
        return {"key": self.key, "values": self.values}

    @property
    def text(self) -> dict[str, Any]:
        """The same for the page, with the field."""
        if not self.at:
            return self.rule
        place = ".".join(map(short, self.at))
        return {"key": "rule_at", "values": {"place": place, "rule": self.rule}}


def one_of(allowed: Callable[[], Collection[str]]) -> AfterValidator:
    """The rule that a text is one of a list; the error says which there are."""

    def check(value: str) -> str:
        if value not in allowed():
            raise UserError("rule_choice", allowed=list(allowed()), came=repr(value))
        return value

    return AfterValidator(check)


Language = Annotated[str, one_of(languages)]
