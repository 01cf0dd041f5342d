"""Without recurrence: two letters of a line are capitals; which of them comes first?

A recurrent layer has to carry the answer through every letter that follows, so it gets harder the
longer the line is. Attention looks back at any letter at once (Vaswani et al. 2017,
arXiv:1706.03762, section 4).
"""

from __future__ import annotations

from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from attention.training.task import Example, Options, Task, Try, Units

LENGTHS = (20, 50, 100, 200)  # of which there are recordings
SHORTEST, LONGEST = LENGTHS[0], LENGTHS[-1]
ALPHABET = ascii_lowercase + ascii_uppercase  # a letter is its place in here plus 1; 0 is a blank
ANSWERS = tuple(ascii_uppercase)
CAPITALS = 2
TRAINED, UNSEEN, SHOWN = 16_000, 400, 6


class WithoutRecurrenceOptions(Options):
    """The options of every task, and one more.

    Attributes:
        length: letters a line, 20 to 200.
    """

    epochs: Annotated[int, Field(strict=True, ge=1, le=50)] = 10
    units: Units = 32
    length: Annotated[int, Field(strict=True, ge=SHORTEST, le=LONGEST)] = SHORTEST


class WithoutRecurrence(Task[WithoutRecurrenceOptions]):
    """A line of letters goes in, the first of its two capitals comes out.

    A model's x is whole numbers, one a letter, of shape (batch, length).
    """

    name = "without_recurrence"
    by_language = False
    place = 4
    view, joint = "sequence", ""
    models = ("lstm", "gru", "self_attention")
    Options = WithoutRecurrenceOptions
    seconds = 120
    batch_size = 64
    seeds = (0, 1, 2)
    chance = 1 / len(ANSWERS)

    def train_on(self, options: WithoutRecurrenceOptions) -> tuple[NDArray, NDArray]:
        """Lines, (16000, length), and which of `ANSWERS` each has, (16000,)."""
        return lines(options.seed, 0, TRAINED, options.length)

    def examples(self, options: WithoutRecurrenceOptions) -> list[Example]:
        """The first held-out lines."""
        x, answers = held_out(options.seed, options.length)
        return [
            example_of(line, ANSWERS[answer])
            for line, answer in zip(x[:SHOWN], answers[:SHOWN], strict=True)
        ]

    def tries(self, options: WithoutRecurrenceOptions) -> list[Try]:
        """Lines with their capitals where those that are trained on have them seldom."""
        letters = lines(0, 2, 1, options.length)[0][0]
        small = decode((letters - 1) % len(ANSWERS) + 1)
        return [
            Try("ends", {"text": f"Q{small[2:]}B"}),
            Try("beside", {"text": f"{small[2:]}KC"}),
            Try("short", {"text": "aBcD"}),
        ]

    def reader(self, options: WithoutRecurrenceOptions) -> dict[str, Any]:
        """Letters, two of them capitals, of which the first is the truth; blanks come before."""
        return {
            "reads": "characters",
            "numbers": {letter: number for number, letter in enumerate(ALPHABET, 1)},
            "most": options.length,
            "among": "".join(ANSWERS),
            "count": CAPITALS,
        }

    def answers(self, options: WithoutRecurrenceOptions) -> tuple[str, ...]:
        """The capitals."""
        return ANSWERS

    def recordings(self) -> list[WithoutRecurrenceOptions]:
        """One for each of `LENGTHS`: letters are the same in every language."""
        return [self.Options(length=length) for length in LENGTHS]

    def recorded(self, options: WithoutRecurrenceOptions) -> WithoutRecurrenceOptions:
        """The one whose length is nearest."""
        return min(self.recordings(), key=lambda one: abs(one.length - options.length))

    def file_name(self, options: WithoutRecurrenceOptions) -> str:
        """The task's name and the length."""
        return f"{self.name}.{options.length}"


def lines(seed: int, part: int, count: int, length: int) -> tuple[NDArray, NDArray]:
    """Random lines in which two letters at random places are capitals.

    Args:
        seed: of everything.
        part: 0 is trained on, 1 is held out.
        count: how many lines; each letter is the answer to equally many, give or take one.
        length: letters a line.

    Returns:
        Lines, (count, length), and which of `ANSWERS` is the first capital of each, (count,).
    """
    random = np.random.default_rng([seed, part])
    x = random.integers(1, len(ANSWERS) + 1, (count, length), np.int32)
    answers = np.arange(count) % len(ANSWERS)
    row = np.arange(count)
    first, second = np.sort(random.random((count, length)).argsort(axis=1)[:, :CAPITALS]).T
    x[row, first] = answers + 1
    x[row, first] += len(ANSWERS)
    x[row, second] += len(ANSWERS)
    return x, answers


@lru_cache(8)
def held_out(seed: int, length: int) -> tuple[NDArray, NDArray]:
    """400 lines, as from `lines`, that are never trained on."""
    return lines(seed, 1, UNSEEN, length)


@lru_cache(8)
def practised(seed: int, length: int) -> tuple[NDArray, NDArray]:
    """The first 400 lines that are trained on."""
    x, answers = lines(seed, 0, TRAINED, length)
    return x[:UNSEEN], answers[:UNSEEN]


def encode(text: str, length: int) -> NDArray:
    """A line as numbers, blanks before it.

    >>> encode("abZ", length=5).tolist()
    [0, 0, 1, 2, 52]
    """
    letters = [ALPHABET.index(letter) + 1 for letter in text]
    return np.array([0] * (length - len(text)) + letters, np.int32)


def decode(x: NDArray) -> str:
    """The line that `encode` was given.

    >>> decode(np.array([0, 0, 1, 2, 52]))
    'abZ'
    """
    return "".join(ALPHABET[letter - 1] for letter in x if letter)


def example_of(x: NDArray, truth: str) -> Example:
    """A line with the first of its capitals."""
    return Example(x, list(decode(x)), truth)
