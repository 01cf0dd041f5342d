"""A lesson's texts: each in one or more languages, `{"en": "Fear", "ru": "Страх"}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from attention.scene import Model, Name
from attention.texts import Place, UserError, languages


def _in_known_languages(text: dict[str, Any]) -> dict[str, Any]:
    if not text or not set(text) <= set(languages()):
        raise UserError("rule_language", languages=list(languages()), came=list(text))
    return text


def _by_language(example: str) -> BeforeValidator:
    """The rule that words come by language; the error shows how."""

    def check(words: Any) -> Any:
        if isinstance(words, str | list):
            raise UserError("rule_by_language", example=example, came=repr(words))
        return words

    return BeforeValidator(check)


Text = Annotated[
    dict[str, Annotated[str, Field(min_length=1)]],
    _by_language('{ en = "…" }'),
    AfterValidator(_in_known_languages),
]
Labels = Annotated[
    dict[str, list[Name]],
    _by_language('{ en = ["…", "…"] }'),
    AfterValidator(_in_known_languages),
]


def texts_within(value: Any, place: Place = ()) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every text of a model by its place: what languages alone are the keys of."""
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from texts_within(getattr(value, name), (*place, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts_within(item, (*place, index))
    elif isinstance(value, dict) and value and set(value) <= set(languages()):
        yield place, value
