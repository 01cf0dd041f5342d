"""Two recurrent layers, and self-attention in their place; each answers from its last step."""

from __future__ import annotations

import keras
import numpy as np
from keras import KerasTensor, ops
from keras.layers import GRU, LSTM, Add, Dense, Embedding

from attention.layers import SeqSelfAttention
from attention.training.task import Example, Inspection
from attention.training.tasks import inspection
from attention.training.tasks.without_recurrence import ALPHABET, ANSWERS, held_out
from attention.training.tasks.without_recurrence import WithoutRecurrenceOptions as Options

UNITS = 32
# What each kind learns fastest with: recurrent layers at 0.01, or attention at 0.03, learn less.
RECURRENT_RATE, ATTENTION_RATE = 0.03, 0.01


def lstm(options: Options) -> keras.Model:
    """It walks through the line, and has to keep the answer in mind until the end."""
    line, letters = read_letters(options.length)
    return answer(line, LSTM(UNITS)(letters), RECURRENT_RATE)


def gru(options: Options) -> keras.Model:
    """The same with fewer weights."""
    line, letters = read_letters(options.length)
    return answer(line, GRU(UNITS)(letters), RECURRENT_RATE)


def self_attention(options: Options) -> keras.Model:
    """Every step looks at all others at once; places are learnt, for nothing else has an order."""
    line, letters = read_letters(options.length)
    places = ops.cumsum(ops.ones_like(line), axis=1) * ops.cast(line > 0, "int32")  # 0: a blank
    places = Embedding(options.length + 1, UNITS, mask_zero=True)(places)
    steps = SeqSelfAttention(attention_type="multiplicative")(Add()([letters, places]))
    return answer(line, steps[:, -1], ATTENTION_RATE)


def read_letters(length: int) -> tuple[KerasTensor, KerasTensor]:
    """The line, and a vector for each of its letters; blanks are masked."""
    line = keras.Input([length], dtype="int32", name="line")
    return line, Embedding(len(ALPHABET) + 1, UNITS, mask_zero=True, name="letters")(line)


def answer(line: KerasTensor, last_step: KerasTensor, learning_rate: float) -> keras.Model:
    """The probability of each letter to be the first capital."""
    model = keras.Model(line, Dense(len(ANSWERS), activation="softmax")(last_step))
    model.compile(keras.optimizers.Adam(learning_rate), "sparse_categorical_crossentropy")
    return model


def score(model: keras.Model, options: Options) -> float:
    """The share of the held-out lines of which it names the first capital."""
    return inspection.accuracy(model, *held_out(options.seed, options.length))


def inspect(model: keras.Model, options: Options, examples: list[Example]) -> list[Inspection]:
    """The letter that it names, and where its last step looks, for that one answers."""
    x = np.stack([example.x for example in examples])
    maps = inspection.attention_weights(model, x)
    rows = None if maps is None else maps[:, -1]
    asks = [example.steps[-1] for example in examples]
    return inspection.inspections(inspection.probabilities(model, x), ANSWERS, examples, rows, asks)
