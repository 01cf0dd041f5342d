"""Two recurrent layers, and self-attention in their place; each answers from its last step."""

from __future__ import annotations

import keras
import numpy as np
from keras import KerasTensor, ops
from keras.layers import GRU, LSTM, Add, Dense, Dropout, Embedding

from attention.layers import SeqSelfAttention
from attention.training.task import Example, Inspection
from attention.training.tasks import inspection
from attention.training.tasks.without_recurrence import ALPHABET, ANSWERS, held_out, practised
from attention.training.tasks.without_recurrence import WithoutRecurrenceOptions as Options


def lstm(options: Options) -> keras.Model:
    """It walks through the line, and has to keep the answer in mind until the end."""
    line, letters = read_letters(options)
    return answer(line, LSTM(options.units)(letters), options)


def gru(options: Options) -> keras.Model:
    """The same with fewer weights."""
    line, letters = read_letters(options)
    return answer(line, GRU(options.units)(letters), options)


def self_attention(options: Options) -> keras.Model:
    """Every step looks at all others at once; places are learnt, for nothing else has an order."""
    line, letters = read_letters(options)
    places = ops.cumsum(ops.ones_like(line), axis=1) * ops.cast(line > 0, "int32")  # 0: a blank
    places = Embedding(options.length + 1, options.units, mask_zero=True)(places)
    steps = SeqSelfAttention(attention_type="multiplicative")(Add()([letters, places]))
    return answer(line, steps[:, -1], options)


def read_letters(options: Options) -> tuple[KerasTensor, KerasTensor]:
    """The line, and a vector for each of its letters; blanks are masked."""
    line = keras.Input([options.length], dtype="int32", name="line")
    letters = Embedding(len(ALPHABET) + 1, options.units, mask_zero=True, name="letters")
    return line, letters(line)


def answer(line: KerasTensor, last_step: KerasTensor, options: Options) -> keras.Model:
    """The probability of each letter to be the first capital."""
    kept = Dropout(options.dropout, seed=options.seed)(last_step)
    model = keras.Model(line, Dense(len(ANSWERS), activation="softmax")(kept))
    optimizer = keras.optimizers.Adam(options.learning_rate)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model


def score(model: keras.Model, options: Options) -> float:
    """The share of the held-out lines of which it names the first capital."""
    return inspection.accuracy(model, *held_out(options.seed, options.length))


def trained_score(model: keras.Model, options: Options) -> float:
    """The same of as many that it was trained on."""
    return inspection.accuracy(model, *practised(options.seed, options.length))


def inspect(model: keras.Model, options: Options, examples: list[Example]) -> list[Inspection]:
    """The letter that it names, and where its last step looks, for that one answers."""
    x = np.stack([example.x for example in examples])
    maps = inspection.attention_weights(model, x)
    rows = None if maps is None else maps[:, -1]
    asks = [example.steps[-1] for example in examples]
    return inspection.inspections(inspection.probabilities(model, x), ANSWERS, examples, rows, asks)
