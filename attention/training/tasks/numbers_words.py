"""Whole numbers in words, as num2words says them."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

LARGEST = 999_999
FILLERS = {"and"}  # "two hundred and one" and "two hundred one" are the same number
ARTICLES = {"a", "an"}  # "a hundred"


def say(number: int, lang: str) -> tuple[str, ...]:
    """The words of a number, without hyphens, commas and "and".

    >>> say(237, "en"), say(237, "ru")
    (('two', 'hundred', 'thirty', 'seven'), ('двести', 'тридцать', 'семь'))

    Args:
        number: 0 to 999,999.
        lang: "en", "ru" or another language of num2words.
    """
    from num2words import num2words  # which the first page does not wait for

    return _words(num2words(number, lang=lang))


@cache
def most_words(lang: str) -> int:
    """How many words the longest number has."""
    return len(say(LARGEST, lang))


@cache
def word_values(lang: str) -> dict[str, int]:
    """What each word that numbers are made of is worth: the vocabulary of a language.

    >>> word_values("en")["hundred"], word_values("ru")["две"], word_values("ru")["тысячи"]
    (100, 2, 1000)
    """
    thousands = [say(1_000 * count, lang) for count in range(1, 21)]
    scales = dict.fromkeys((words[-1] for words in thousands), 1_000) | {say(100, lang)[-1]: 100}
    # Russian counts its thousands in the feminine: «одна», «две».
    counts = {words[0]: count for count, words in enumerate(thousands, 1)}
    alone = {said[0]: number for number in range(1_000) if len(said := say(number, lang)) == 1}
    return counts | scales | alone


@cache
def reading(lang: str) -> dict[str, Any]:
    """What the page needs to say any number, and to understand one.

    Returns:
        `values`, of each word, in the order of the vocabulary; `below`, the words of 0 to 999, and
        `thousands`, those of 1,000 to 999,000: a number has the words of its thousands, then those
        of the rest; the `largest`; and which words stand for nothing.
    """
    return {
        "values": word_values(lang),
        "below": [" ".join(say(number, lang)) for number in range(1_000)],
        "thousands": [" ".join(say(1_000 * number, lang)) for number in range(1, 1_000)],
        "largest": LARGEST,
        "fillers": sorted(FILLERS),
        "articles": sorted(ARTICLES),
    }


def _words(text: str) -> tuple[str, ...]:
    """The words in a text, in lower case and without ё."""
    found = re.findall(r"[^\W_]+", text.lower().replace("ё", "е"))
    return tuple(word for word in found if word not in FILLERS)
