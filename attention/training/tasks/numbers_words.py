"""Whole numbers in words: said by num2words, and understood again."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from attention.texts import UserError

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


def understand(text: str, lang: str) -> int:
    """The number that somebody typed, in digits or in words.

    >>> understand("Two hundred thirty-seven", "en"), understand("12 500", "en")
    (237, 12500)

    Args:
        text: digits, in groups of three if one likes, or words in their usual spellings.
        lang: the language of the words.

    Raises:
        UserError: it is no whole number from 0 to 999,999; it says what is wrong.
    """
    text = unicodedata.normalize("NFKC", text)  # also makes plain spaces of thin ones
    number = _from_digits(text) if re.search(r"\d", text) else _from_words(text, lang)
    if number > LARGEST:
        raise UserError("refused_number_large", largest=LARGEST, came=text)
    return number


def _from_digits(text: str) -> int:
    if not re.fullmatch(r"\s*([0-9]+|[0-9]{1,3}([,\s][0-9]{3})+)\s*", text):
        raise UserError("refused_number_digits", largest=LARGEST, came=text)
    return int(re.sub(r"[,\s]", "", text))


def _from_words(text: str, lang: str) -> int:
    if not text:
        raise UserError("refused_number_empty", largest=LARGEST)
    words = _words(text)
    if not words:
        raise UserError("refused_number", largest=LARGEST, came=text)
    if words[0] in ARTICLES and words[1:]:
        words = words[1:]
    if unknown := dict.fromkeys(word for word in words if word not in word_values(lang)):
        raise UserError("refused_number_words", largest=LARGEST, unknown=", ".join(unknown))
    number = _value(words, lang)
    if number <= LARGEST and not _is_said(words, say(number, lang), lang):
        right = " ".join(say(number, lang))
        raise UserError(
            "refused_number_said", largest=LARGEST, came=text, right=right, number=number
        )
    return number


def _words(text: str) -> tuple[str, ...]:
    """The words in a text, in lower case and without ё."""
    found = re.findall(r"[^\W_]+", text.lower().replace("ё", "е"))
    return tuple(word for word in found if word not in FILLERS)


def _value(words: tuple[str, ...], lang: str) -> int:
    """The number, if the words are one: hundreds and thousands multiply what stands before them."""
    total = group = 0
    for value in (word_values(lang)[word] for word in words):
        if value == 1_000:
            total, group = total + max(group, 1) * value, 0
        elif value == 100:
            group = max(group, 1) * value
        else:
            group += value
    return total + group


def _is_said(words: tuple[str, ...], right: tuple[str, ...], lang: str) -> bool:
    """Whether the words are the right ones; a leading one may be left out: «тысяча», "hundred"."""
    return words == right or (word_values(lang)[right[0]] == 1 and words == right[1:])
