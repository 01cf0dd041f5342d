"""Numbers in words → digits: a translation short enough to see every word of it looked at."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from attention.training.task import Dropout, Example, Options, Task, Try, Units
from attention.training.tasks.numbers_words import LARGEST, most_words, reading, say, word_values

MOST_DIGITS = len(str(LARGEST))
STEPS = MOST_DIGITS + 1  # the digits, and the end
END = 10  # what is answered after the last digit; below it stand the digits themselves
SHOWN = (237, 408, 5_016, 12_345, 90_210, 736_594)
TRAINED, UNSEEN, DRAWN = 8_000, 400, 10_000
LONGEST_TEXT = 200  # characters


class NumbersOptions(Options):
    """The options of every task; here a few epochs are enough."""

    epochs: Annotated[int, Field(strict=True, ge=1, le=30)] = 8
    units: Units = 32
    dropout: Dropout = 0.1


class Numbers(Task[NumbersOptions]):
    """0 to 999,999 in words go in, digits come out, one after the other.

    A model's x is two arrays of whole numbers, of shapes (batch, words) and (batch, 7): the words,
    and what was written before each digit. 0 is padding in both.
    """

    name = "numbers"
    place = 2
    view, answers_with = "alignment", "digits"
    models = ("attention", "plain")
    Options = NumbersOptions
    seconds = 120

    def train_on(self, options: NumbersOptions) -> tuple[tuple[NDArray, NDArray], NDArray]:
        """Words and the digits before each digit; the digits, and `END` from their end on."""
        numbers, _ = split(options.seed)
        digits = encode_digits(numbers)
        return (encode_numbers(numbers, options.lang), written_before(digits)), digits

    def examples(self, options: NumbersOptions) -> list[Example]:
        """The same six for every seed, in the order of their length."""
        return [example_of(number, options.lang) for number in SHOWN]

    def tries(self, options: NumbersOptions) -> list[Try]:
        """Numbers hard to write, and one whose first digit has to look at its last word."""
        last = [0] * (len(say(SHOWN[0], options.lang)) - 1) + [1]
        return [
            Try("twice", {"text": "999999"}),
            Try("zeros", {"text": "99009"}),
            Try("teens", {"text": "13013"}),
            Try("forced", {"text": str(SHOWN[0]), "forced": {"0": last}}),
        ]

    def reader(self, options: NumbersOptions) -> dict[str, Any]:
        """A number in digits or in words."""
        return {"reads": "numbers", "longest": LONGEST_TEXT, **reading(options.lang)}


@lru_cache(8)
def split(seed: int) -> tuple[NDArray, NDArray]:
    """Numbers to train on, 8,000 with repetitions, and 400 others that are held out.

    Of every length there are many. Numbers below 100 are never held out: with so few of them, one
    that is missing would take a word with it.

    >>> trained, unseen = split(seed=0)
    >>> len(trained), len(unseen), set(trained) & set(unseen)
    (8000, 400, set())
    """
    random = np.random.default_rng(seed)
    drawn = random.integers(0, 10 ** random.integers(2, MOST_DIGITS + 1, DRAWN))
    others = np.setdiff1d(drawn[drawn >= 100], SHOWN)
    unseen = np.append(random.choice(others, UNSEEN - len(SHOWN), replace=False), SHOWN)
    return drawn[~np.isin(drawn, unseen)][:TRAINED], unseen


@lru_cache(8)
def held_out(seed: int, lang: str) -> tuple[NDArray, NDArray]:
    """The unseen numbers of `split` in words and in digits, as the models have them."""
    _, unseen = split(seed)
    return encode_numbers(unseen, lang), encode_digits(unseen)


@lru_cache(8)
def learnt(seed: int, lang: str) -> tuple[NDArray, NDArray]:
    """The first 400 of the numbers that are trained on, likewise."""
    trained, _ = split(seed)
    return encode_numbers(trained[:UNSEEN], lang), encode_digits(trained[:UNSEEN])


def encode_words(words: tuple[str, ...], lang: str) -> NDArray:
    """The place of each word in the vocabulary, from 1 on; then 0. Shape (words,)."""
    places = {word: place for place, word in enumerate(word_values(lang), 1)}
    padding = [0] * (most_words(lang) - len(words))
    return np.array([places[word] for word in words] + padding, np.int32)


def encode_numbers(numbers: NDArray, lang: str) -> NDArray:
    """`encode_words` of many numbers. Shape (numbers, words)."""
    return np.stack([encode_words(say(int(number), lang), lang) for number in numbers])


def encode_digits(numbers: NDArray) -> NDArray:
    """The digits of each number, and `END` from there on.

    >>> encode_digits(np.array([237])).tolist()
    [[2, 3, 7, 10, 10, 10, 10]]

    Returns:
        Shape (numbers, 7).
    """
    rows = [[*map(int, str(number))] for number in numbers]
    return np.array([row + [END] * (STEPS - len(row)) for row in rows], np.int32)


def written_before(digits: NDArray) -> NDArray:
    """What a decoder is given at each step: the answer before it plus 1; after the end 0.

    At the first step that is the end of the number before.

    >>> written_before(np.array([[2, 3, 7, 10, 10, 10, 10]])).tolist()
    [[11, 3, 4, 8, 0, 0, 0]]

    Args:
        digits: shape (numbers, 7), as from `encode_digits`.
    """
    before = np.where(digits == END, -1, digits)[:, :-1] + 1
    return np.insert(before, 0, END + 1, axis=1)


def example_of(number: int, lang: str, forced: dict[str, list[float]] | None = None) -> Example:
    """A number in words; the weights over them that are forced on some of its digits, from "0"."""
    words = say(number, lang)
    before = written_before(encode_digits(np.array([number])))[0]
    more = {"forced": forced} if forced else {}
    return Example((encode_words(words, lang), before), list(words), str(number), more)
