"""Which word decides? Short everyday judgements, and whether they praise or complain.

One word decides most of them, or two, such as *not bad*. Which one, the models are not told: they
see the labels alone, and where attention goes in the end is what they found out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from attention.training.task import Example, LearningRate, Options, Task, Try
from attention.training.tasks.deciding_word_sentences import (
    Sentence,
    held_out,
    labels,
    stem_of,
    trained_on,
    vocabulary,
    words,
)

MOST_WORDS = 16
LONGEST = 300  # characters
SHOWN_EVERY = 10  # of the held-out sentences
# By language: why it is worth trying, the sentence, and which of `labels` it deserves.
TRIES = {
    "en": [
        ("not_bad", "The film was not bad at all", 0),
        ("order", "The soup was good, not bad", 0),
        ("reversed", "The soup was bad, not good", 1),
        ("nobody", "Nobody liked the wonderful film", 1),
    ],
    "ru": [
        ("not_bad", "Фильм был совсем не плохой", 0),
        ("order", "Суп был хороший, не плохой", 0),
        ("reversed", "Суп был плохой, не хороший", 1),
        ("nobody", "Никто не хвалил этот отличный фильм", 1),
    ],
}


class DecidingWordOptions(Options):
    """The options of every task; the seed is only that of the first weights and of the order."""

    epochs: Annotated[int, Field(strict=True, ge=1, le=50)] = 12
    learning_rate: LearningRate = 0.02


class DecidingWord(Task[DecidingWordOptions]):
    """A sentence goes in; good or bad comes out.

    A model's x is whole numbers, one a word, of shape (batch, 16): blanks first. A word that is not
    known is a 0 as blanks are, so that the mask hides it.
    """

    name = "deciding_word"
    place = 3
    models = ("mean", "attention", "self_attention")
    Options = DecidingWordOptions
    every = 3  # an epoch takes a tenth of a second: to look after each would cost as much again

    def train_on(self, options: DecidingWordOptions) -> tuple[NDArray, NDArray]:
        """Sentences, (400, 16), and the place of each one's label in `labels`, (400,)."""
        return encoded(options.lang)

    def examples(self, options: DecidingWordOptions) -> list[Example]:
        """Eight held-out sentences, half of them good; two say *not*, or the like."""
        shown = held_out(options.lang)[SHOWN_EVERY - 1 :: SHOWN_EVERY]
        return [_labelled(sentence, options.lang) for sentence in shown]

    def tries(self, options: DecidingWordOptions) -> list[Try]:
        """Sentences in which no single word decides; nobody was trained on them."""
        names = labels(options.lang)
        return [
            Try(name, {"text": text}, truth=names[label])
            for name, text, label in TRIES.get(options.lang, [])
        ]

    def reader(self, options: DecidingWordOptions) -> dict[str, Any]:
        """Words, as `words` and `stem_of` find them, with at least one that is known."""
        return {
            "reads": "words",
            "numbers": vocabulary(options.lang),
            "most": MOST_WORDS,
            "longest": LONGEST,
            "known": trained_on(options.lang)[0].text,
        }

    def answers(self, options: DecidingWordOptions) -> tuple[str, ...]:
        """Good and bad, in their language."""
        return labels(options.lang)


@cache
def encoded(lang: str, unseen: bool = False) -> tuple[NDArray, NDArray]:
    """The sentences that are trained on, or those that are not, as `train_on` has them."""
    chosen = held_out(lang) if unseen else trained_on(lang)
    x = np.stack([encode(words(one.text), lang) for one in chosen])
    return x, np.array([labels(lang).index(one.label) for one in chosen])


def encode(steps: Sequence[str], lang: str) -> NDArray:
    """Words as numbers, blanks before them; unknown ones are 0 too.

    >>> encode(["Wonderful", "flubber"], "en").nonzero()[0].tolist()
    [14]
    """
    known = vocabulary(lang)
    numbers = [known.get(stem_of(word), 0) for word in steps]
    return np.array([0] * (MOST_WORDS - len(steps)) + numbers, np.int32)


def example_of(steps: list[str], lang: str, truth: str | None = None, **more: Any) -> Example:
    """An example that says at which places the words stand that are not known."""
    x = encode(steps, lang)
    unknown = np.flatnonzero(x[-len(steps) :] == 0).tolist()
    return Example(x, steps, truth, {"unknown": unknown, **more})


def _labelled(sentence: Sentence, lang: str) -> Example:
    """An example that says, too, at which places the words stand that decide."""
    steps = words(sentence.text)
    deciding = [place for place, word in enumerate(steps) if word.lower() in sentence.deciding]
    return example_of(steps, lang, sentence.label, deciding=deciding)
