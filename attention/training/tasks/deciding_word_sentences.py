"""The labelled sentences in `assets/data/`, and what a model reads of a sentence: its words' stems.

Needs no more than the standard library, so that a server can look at a visitor's sentence at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import NamedTuple

from attention.texts import ASSETS

FOLDER = ASSETS / "data"
EVERY = 6  # the last of each six is held out; the six share a deciding word, or all say *not*
OFTEN = 4  # a word is known if so many of the sentences that are trained on have it
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
KEPT = 5  # letters of a word
ENDINGS = "aeiouаеиоуыэюяйь"


class Sentence(NamedTuple):
    """One line of the data.

    Attributes:
        label: how it speaks of something: "good" or "bad", in its own language.
        deciding: the words that decide that, in small letters: one, or two such as ("not", "bad").
        text: the sentence.
    """

    label: str
    deciding: tuple[str, ...]
    text: str


@cache
def sentences(lang: str) -> tuple[Sentence, ...]:
    """All sentences of a language.

    >>> label, deciding, text = sentences("en")[0]
    >>> label, deciding, text[:22]
    ('good', ('wonderful',), 'The film was wonderful')
    """
    lines = (FOLDER / f"sentences.{lang}.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return tuple(Sentence(label, tuple(deciding.split()), text) for label, deciding, text in rows)


def held_out(lang: str) -> tuple[Sentence, ...]:
    """Every sixth sentence: these are never trained on."""
    return sentences(lang)[EVERY - 1 :: EVERY]


def trained_on(lang: str) -> tuple[Sentence, ...]:
    """The others."""
    return tuple(one for place, one in enumerate(sentences(lang), 1) if place % EVERY)


@cache
def labels(lang: str) -> tuple[str, ...]:
    """What a sentence can say, ("good", "bad"), in its own language."""
    return tuple(dict.fromkeys(one.label for one in sentences(lang)))


@cache
def vocabulary(lang: str) -> dict[str, int]:
    """The stems that are known, and a number from 1 for each; the others are 0."""
    seen = Counter(stem for one in trained_on(lang) for stem in set(map(stem_of, words(one.text))))
    return {stem: n for n, stem in enumerate(sorted(s for s in seen if seen[s] >= OFTEN), 1)}


def words(text: str) -> list[str]:
    """The words of a text, as they stand in it.

    >>> words("Well-made, isn't it? 10 of 10!")
    ['Well-made', "isn't", 'it', 'of']
    """
    return WORD.findall(unicodedata.normalize("NFC", text))


def stem_of(word: str) -> str:
    """What the forms of a word have in common, roughly: five letters, and no vowel at their end.

    >>> [stem_of(word) for word in ("вкусный", "Вкусная", "вкусно", "Disappointed")]
    ['вкусн', 'вкусн', 'вкусн', 'disap']

    Words of three letters stay whole, and what ends in n't says *not*:

    >>> [stem_of(word) for word in ("Зря", "sea", "isn't")]
    ['зря', 'sea', 'not']
    """
    word = word.lower().replace("ё", "е").replace("’", "'")
    if word.endswith("n't"):
        return "not"
    return word if len(word) <= 3 else word[:KEPT].rstrip(ENDINGS)
