"""Three ways to make one vector out of the words of a sentence: all alike, by weight, together."""

from __future__ import annotations

import keras
import numpy as np
from keras import KerasTensor
from keras.layers import Dense, Dropout, Embedding, GlobalAveragePooling1D

from attention.layers import Attention, SeqSelfAttention
from attention.training.task import Example, Inspection, Options
from attention.training.tasks import inspection
from attention.training.tasks.deciding_word import MOST_WORDS, encoded
from attention.training.tasks.deciding_word_sentences import labels, vocabulary

PENALTY = 0.002  # keeps vectors short: a word met seldom, and by chance in good ones, means little
# Nothing in a word can make it weigh less: what says good is looked at as well as what says bad.
# Else attention may look at bad words alone, and take all other sentences for good ones.
LOUDER = "non_neg"


def mean(options: Options) -> keras.Model:
    """Every word counts the same."""
    sentence, words = read_words(options)
    return judge(sentence, GlobalAveragePooling1D()(words), options)


def attention(options: Options) -> keras.Model:
    """Each word says itself how much it counts; where it stands (the bias) does not matter."""
    sentence, words = read_words(options)
    return judge(sentence, Attention(MOST_WORDS, W_constraint=LOUDER, bias=False)(words), options)


def self_attention(options: Options) -> keras.Model:
    """Each word looks at all the others, so that *not* can count more beside *good*."""
    sentence, words = read_words(options)
    gathered = SeqSelfAttention(units=options.units, kernel_constraint=LOUDER)(words)
    return judge(sentence, GlobalAveragePooling1D()(gathered), options)


def read_words(options: Options) -> tuple[KerasTensor, KerasTensor]:
    """The sentence, and a vector for each of its words; blanks and unknown ones are masked."""
    sentence = keras.Input([MOST_WORDS], dtype="int32", name="sentence")
    vectors = Embedding(
        len(vocabulary(options.lang)) + 1,
        options.units,
        mask_zero=True,
        embeddings_constraint=LOUDER,
        embeddings_regularizer=keras.regularizers.L2(PENALTY),
        name="words",
    )
    return sentence, vectors(sentence)


def judge(sentence: KerasTensor, vector: KerasTensor, options: Options) -> keras.Model:
    """The probability of good and of bad."""
    kept = Dropout(options.dropout, seed=options.seed)(vector)
    model = keras.Model(sentence, Dense(2, activation="softmax")(kept))
    optimizer = keras.optimizers.Adam(options.learning_rate)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model


def score(model: keras.Model, options: Options) -> float:
    """The share of the held-out sentences that it judges right."""
    return inspection.accuracy(model, *encoded(options.lang, unseen=True))


def trained_score(model: keras.Model, options: Options) -> float:
    """The same of those that it was trained on."""
    return inspection.accuracy(model, *encoded(options.lang))


def inspect(model: keras.Model, options: Options, examples: list[Example]) -> list[Inspection]:
    """The judgement, and the share of each word in the vector that decides it."""
    x = np.stack([example.x for example in examples])
    shares = word_shares(model, x)
    return inspection.inspections(
        inspection.probabilities(model, x), labels(options.lang), examples, shares
    )


def word_shares(model: keras.Model, x: np.ndarray) -> np.ndarray | None:
    """How much each word counts, shape (sentences, 16); None: there is no attention."""
    weights = inspection.attention_weights(model, x)
    if weights is None or weights.ndim == 2:
        return weights
    # The mean of what the words have gathered: the mean of the rows that look at anything.
    return weights.sum(axis=1) / weights.sum(axis=(1, 2))[:, None]
