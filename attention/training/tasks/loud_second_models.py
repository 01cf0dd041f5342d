"""Four ways to make one vector of 20 steps; what stands before and after them is the same."""

from __future__ import annotations

import keras
import numpy as np
from keras import KerasTensor
from keras.layers import LSTM, Dense, Dropout, GlobalAveragePooling1D

from attention.layers import Attention
from attention.training.task import Example, Inspection, Options
from attention.training.tasks import inspection
from attention.training.tasks.loud_second import ANSWERS, BANDS, STEPS, heard, held_out


def attention(options: Options) -> keras.Model:
    """It decides by itself which steps count.

    Linear, for under tanh no step can weigh more than 7.4 times another: too little to find one
    among 20. Without a bias, for the tone may come at any step.
    """
    clip, steps = listen(options)
    pooled = Attention(STEPS, bias=False, activation="linear", name="attention")(steps)
    return answer(clip, pooled, options)


def mean(options: Options) -> keras.Model:
    """Every step counts the same."""
    clip, steps = listen(options)
    pooled = GlobalAveragePooling1D()(steps)
    return answer(clip, pooled, options)


def last(options: Options) -> keras.Model:
    """Only the last step counts."""
    clip, steps = listen(options)
    pooled = steps[:, -1]
    return answer(clip, pooled, options)


def lstm(options: Options) -> keras.Model:
    """It walks through the steps and keeps in mind what it thinks it will need."""
    clip, steps = listen(options)
    pooled = LSTM(options.units)(steps)
    return answer(clip, pooled, options)


def listen(options: Options) -> tuple[KerasTensor, KerasTensor]:
    """The clip, and what is heard in each step: how loud its bands are, as each unit hears it."""
    clip = keras.Input([STEPS, BANDS], name="clip")
    return clip, Dense(options.units, activation="tanh", name="listen")(clip)


def answer(clip: KerasTensor, pooled: KerasTensor, options: Options) -> keras.Model:
    """The probability of each tone."""
    kept = Dropout(options.dropout, seed=options.seed)(pooled)
    tones = Dense(len(ANSWERS), activation="softmax", name="tones")(kept)
    model = keras.Model(clip, tones)
    model.compile(keras.optimizers.Adam(options.learning_rate), "sparse_categorical_crossentropy")
    return model


def score(model: keras.Model, options: Options) -> float:
    """The share of the held-out clips of which it names the tone."""
    return inspection.accuracy(model, *held_out(options.seed))


def trained_score(model: keras.Model, options: Options) -> float:
    """The same of as many that it was trained on."""
    return inspection.accuracy(model, *heard(options.seed))


def inspect(model: keras.Model, options: Options, examples: list[Example]) -> list[Inspection]:
    """The tone that it hears, and how much each step counts for it."""
    x = np.stack([example.x for example in examples])
    weights = inspection.attention_weights(model, x)
    return inspection.inspections(inspection.probabilities(model, x), ANSWERS, examples, weights)
