"""The next character: read the beginning of a line, say how it goes on, and go on from there.

It is what large language models are trained for, with characters instead of pieces of words, on
the project's own prose. Its largest model is the block of Vaswani et al. 2017 (arXiv:1706.03762),
twice, as GPT-2 arranges it: normalisation comes first (Radford et al. 2019, section 2.3).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from attention.training.prose import alphabet, paragraphs
from attention.training.task import Dropout, Example, LearningRate, Options, Task, Try, Units

LENGTH = 48  # characters that a model looks back at
STRIDE = 16  # of these windows in the text
HEADS = 4
SHOWN_EVERY, SHOWN_UPTO = 20, 32  # of the held-out paragraphs, and how much of each is shown
# By language: why it is worth trying, a beginning, and how it goes on.
TRIES = {
    "en": [
        ("frequent", "How much of the attention does th", "e"),
        ("word", "One row gets most of the att", "e"),
        ("far", "The ghost", " "),
    ],
    "ru": [
        ("frequent", "Сколько внимания достанется эт", "о"),
        ("word", "Одна строка получает больше всего вн", "и"),
        ("far", "Призраку", " "),
    ],
}


class NextCharacterOptions(Options):
    """The options of every task; the text is the same for every seed."""

    epochs: Annotated[int, Field(strict=True, ge=1, le=20)] = 10
    learning_rate: LearningRate = 0.002
    units: Units = 64
    dropout: Dropout = 0.1


class NextCharacter(Task[NextCharacterOptions]):
    """A beginning goes in, the next character comes out.

    A model's x is whole numbers, one a character, of shape (batch, steps) with up to 48 steps, and
    its y the character that follows each of them.
    """

    name = "next_character"
    place = 6
    view, joint, answers_with = "characters", "", "next"
    models = ("bigram", "one_layer", "two_layers")
    helpers = ("block",)
    Options = NextCharacterOptions
    seconds = 120
    every = 5  # epochs: what is kept of each look are a quarter of a million bytes of weights

    def train_on(self, options: NextCharacterOptions) -> tuple[NDArray, NDArray]:
        """Windows of the text, (windows, 48), and what follows each character, (windows, 48)."""
        return windows(options.lang)

    def examples(self, options: NextCharacterOptions) -> list[Example]:
        """The beginnings of some held-out paragraphs."""
        shown = [one for one in paragraphs(options.lang, unseen=True) if len(one) > SHOWN_UPTO]
        return [
            example(line[:SHOWN_UPTO], options.lang, line[SHOWN_UPTO])
            for line in shown[::SHOWN_EVERY]
        ]

    def tries(self, options: NextCharacterOptions) -> list[Try]:
        """Beginnings that show what two letters, a word and a sentence tell of the next letter."""
        return [
            Try(name, {"text": text}, truth=written(truth))
            for name, text, truth in TRIES.get(options.lang, [])
        ]

    def reader(self, options: NextCharacterOptions) -> dict[str, Any]:
        """Characters that the text has; of a long beginning the last 48 are looked at."""
        numbers = {one: place for place, one in enumerate(alphabet(options.lang))}
        return {"reads": "beginning", "numbers": numbers, "most": LENGTH}

    def answers(self, options: NextCharacterOptions) -> tuple[str, ...]:
        """The characters, as `written`."""
        return tuple(map(written, alphabet(options.lang)))


@lru_cache(4)
def windows(lang: str, unseen: bool = False, stride: int = STRIDE) -> tuple[NDArray, NDArray]:
    """Pieces of the text, and the same one character on.

    Args:
        lang: of the text.
        unseen: those of the held-out paragraphs.
        stride: characters from the beginning of a piece to that of the next.

    Returns:
        Numbers of characters, (windows, 48) both.
    """
    text = encode("".join(paragraphs(lang, unseen)), lang)
    pieces = np.lib.stride_tricks.sliding_window_view(text, LENGTH + 1)[::stride]
    return pieces[:, :-1], pieces[:, 1:]


def encode(text: str, lang: str) -> NDArray:
    """Characters as numbers: their places in `alphabet`.

    >>> "".join(alphabet("en")[number] for number in encode("key", "en"))
    'key'
    """
    places = {character: place for place, character in enumerate(alphabet(lang))}
    return np.array([places[character] for character in text], np.int32)


def example(text: str, lang: str, truth: str | None = None) -> Example:
    """The end of a text, as far as a model looks back."""
    seen = text[-LENGTH:]
    return Example(encode(seen, lang), list(seen), truth and written(truth))


def written(character: str) -> str:
    """A character that is an answer, so that a blank and the end of a line can be seen.

    >>> written("a"), written(" ")
    ('a', '␣')
    """
    return {" ": "␣", "\n": "↵"}.get(character, character)
