"""Four ways to make one vector of 28 days; what stands before and after them is the same."""

from __future__ import annotations

import keras
import numpy as np
from keras import KerasTensor, ops
from keras.layers import LSTM, Dense, Dropout, GlobalAveragePooling1D, Masking
from numpy.typing import NDArray

from attention.layers import Attention, SeqSelfAttention
from attention.training.task import Example, Inspection
from attention.training.tasks import inspection
from attention.training.tasks.demand import (
    DAYS,
    TOLERANCE,
    TRAINED,
    UNSEEN,
    WEEK,
    as_shares,
    is_right,
    shops,
    usual_value,
    written,
)
from attention.training.tasks.demand import DemandOptions as Options


def attention(options: Options) -> keras.Model:
    """It decides by itself which days count.

    With a bias, for here a place has a meaning: the last step is always the day before the one that
    is asked for. Linear, for under tanh no day can weigh more than 7.4 times another.
    """
    series, days = look_at_days(options)
    pooled = Attention(DAYS, activation="linear", name="attention")(days)
    return forecast(series, pooled, options)


def self_attention(options: Options) -> keras.Model:
    """Every day looks at all others; the last one answers."""
    series, days = look_at_days(options)
    looked = SeqSelfAttention(attention_type="multiplicative", name="self_attention")(days)
    return forecast(series, looked[:, -1], options)


def lstm(options: Options) -> keras.Model:
    """It walks through the days and keeps in mind what it thinks it will need."""
    series, days = look_at_days(options)
    pooled = LSTM(options.units)(days)
    return forecast(series, pooled, options)


def mean(options: Options) -> keras.Model:
    """Every day counts the same."""
    series, days = look_at_days(options)
    pooled = GlobalAveragePooling1D()(days)
    return forecast(series, pooled, options)


def look_at_days(options: Options) -> tuple[KerasTensor, KerasTensor]:
    """The series, and each day of it: its demand and its weekday, as each unit sees them."""
    series = keras.Input([DAYS, 1 + WEEK], name="series")
    known = Masking()(series)
    return series, Dense(options.units, activation="tanh", name="days")(known)


def forecast(series: KerasTensor, pooled: KerasTensor, options: Options) -> keras.Model:
    """Tomorrow's demand, as a share of the series' median."""
    kept = Dropout(options.dropout, seed=options.seed)(pooled)
    model = keras.Model(series, Dense(1, name="tomorrow")(kept))
    model.compile(keras.optimizers.Adam(options.learning_rate), how_far_off)
    return model


def how_far_off(truth: KerasTensor, said: KerasTensor) -> KerasTensor:
    """In shares of the truth, as the score counts; the few that are far off pull no harder."""
    return keras.losses.huber(ops.ones_like(truth), said / truth, delta=TOLERANCE)


def score(model: keras.Model, options: Options) -> float:
    """The share of the held-out series whose next day it says to within a tenth."""
    return _right(model, *as_shares(*shops(options.seed, 1, UNSEEN)))


def trained_score(model: keras.Model, options: Options) -> float:
    """The same of as many that it was trained on."""
    x, y = as_shares(*shops(options.seed, 0, TRAINED))
    return _right(model, x[:UNSEEN], y[:UNSEEN])


def inspect(model: keras.Model, options: Options, examples: list[Example]) -> list[Inspection]:
    """Its forecast, and how much each day counts for it."""
    x = np.stack([example.x for example in examples])
    weights = inspection.attention_weights(model, x)
    if weights is not None and weights.ndim == 3:
        weights = weights[:, -1]  # the last day asks
    shares = model.predict_on_batch(x)[:, 0]
    looks = [None] * len(examples) if weights is None else list(weights)
    return [_inspection(*each) for each in zip(examples, shares, looks, strict=True)]


def _right(model: keras.Model, x: NDArray, y: NDArray) -> float:
    return float(is_right(model.predict_on_batch(x)[:, 0], y).mean())


def _inspection(example: Example, share: float, weights: NDArray | None) -> Inspection:
    usual = usual_value(example.more["values"])
    forecast, near = float(share) * usual, example.more["near"]
    return Inspection(
        answer=written(forecast, usual),
        right=None if near is None else near[0] <= forecast <= near[1],
        **inspection.one_row(None if weights is None else weights[-len(example.steps) :]),
    )
