"""Four ways to make one vector of 20 steps; what stands before and after them is the same."""

from __future__ import annotations

import keras
import numpy as np
from keras import KerasTensor
from keras.layers import LSTM, Dense, GlobalAveragePooling1D

from attention.layers import Attention
from attention.training.task import Example, Inspection, Options
from attention.training.tasks import inspection
from attention.training.tasks.loud_second import ANSWERS, BANDS, STEPS, held_out

UNITS = 16
LEARNING_RATE = 0.01


def attention(options: Options) -> keras.Model:
    """It decides by itself which steps count.

    Linear, for under tanh no step can weigh more than 7.4 times another: too little to find one
    among 20. Without a bias, for the tone may come at any step.
    """
    clip, steps = listen()
    pooled = Attention(STEPS, bias=False, activation="linear", name="attention")(steps)
    return answer(clip, pooled)


def mean(options: Options) -> keras.Model:
    """Every step counts the same."""
    clip, steps = listen()
    pooled = GlobalAveragePooling1D()(steps)
    return answer(clip, pooled)


def last(options: Options) -> keras.Model:
    """Only the last step counts."""
    clip, steps = listen()
    pooled = steps[:, -1]
    return answer(clip, pooled)


def lstm(options: Options) -> keras.Model:
    """It walks through the steps and keeps in mind what it thinks it will need."""
    clip, steps = listen()
    pooled = LSTM(UNITS)(steps)
    return answer(clip, pooled)


def listen() -> tuple[KerasTensor, KerasTensor]:
    """The clip, and what is heard in each step: how loud its bands are, seen in 16 ways."""
    clip = keras.Input([STEPS, BANDS], name="clip")
    return clip, Dense(UNITS, activation="tanh", name="listen")(clip)


def answer(clip: KerasTensor, pooled: KerasTensor) -> keras.Model:
    """The probability of each tone."""
    tones = Dense(len(ANSWERS), activation="softmax", name="tones")(pooled)
    model = keras.Model(clip, tones)
    model.compile(keras.optimizers.Adam(LEARNING_RATE), "sparse_categorical_crossentropy")
    return model


def score(model: keras.Model, options: Options) -> float:
    """The share of the held-out clips of which it names the tone."""
    return inspection.accuracy(model, *held_out(options.seed))


def inspect(model: keras.Model, options: Options, examples: list[Example]) -> list[Inspection]:
    """The tone that it hears, and how much each step counts for it."""
    x = np.stack([example.x for example in examples])
    weights = inspection.attention_weights(model, x)
    return inspection.inspections(inspection.probabilities(model, x), ANSWERS, examples, weights)
