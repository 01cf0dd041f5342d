"""Demand: four weeks of what a shop sold each day; how much will it sell tomorrow?

Each shop has a weekly pattern of its own, so what says most about a Saturday are the Saturdays
before it, unless something rare happened on one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import floor, log10
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from attention.training.task import Example, Options, Task, Try

WEEK, DAYS = 7, 28
LEAST = WEEK  # days that a series of one's own must have
TOLERANCE = 0.1  # of the truth: so far off, a forecast still counts as right
TRAINED, UNSEEN, SHOWN = 3_000, 500, 6

LEVEL = (80, 400)  # sold on a middling day
WEEKLY = (0.5, 1.5)  # what a weekday has of that
NOISE, DRIFT = 0.04, 0.03  # of a day, and of the level from week to week
RARE = 1 / 14  # of all days: half of them promotions, half closed
PROMOTION = (2.0, 3.0)  # times what the day would have sold
FIRST = date(2026, 1, 1)  # the earliest day of all

Values = Sequence[float | None]  # one a day; None: nothing is known of it


class DemandOptions(Options):
    """The options of every task."""

    epochs: Annotated[int, Field(strict=True, ge=1, le=50)] = 15


class Demand(Task[DemandOptions]):
    """Tomorrow's demand, right to within a tenth.

    A model's x is (28, 8): of each day its demand, as a share of the series' median, and which day
    of the week it is, counted from tomorrow's weekday. A day that nothing is known of is all 0.
    """

    name = "demand"
    by_language = False
    place = 5
    view, joint, input, answers_with = "series", None, "series", "number"
    models = ("attention", "self_attention", "lstm", "mean")
    Options = DemandOptions
    seconds = 120

    def train_on(self, options: DemandOptions) -> tuple[NDArray, NDArray]:
        """Series, (3000, 28, 8), and tomorrow's share of each one's median, (3000,)."""
        return as_shares(*shops(options.seed, 0, TRAINED))

    def examples(self, options: DemandOptions) -> list[Example]:
        """The first held-out series."""
        sold, rare = shops(options.seed, 1, UNSEEN)
        begin = np.random.default_rng([options.seed, 2]).integers(365, size=SHOWN)
        return [
            example_of(
                list(map(float, sold[i, :DAYS])),
                _dates(FIRST + timedelta(days=int(begin[i]))),
                truth=float(sold[i, DAYS]),
                rare=np.flatnonzero(rare[i]).tolist(),
            )
            for i in range(SHOWN)
        ]

    def tries(self, options: DemandOptions) -> list[Try]:
        """Rare days where one looks, a level that has just doubled, and days that are all alike."""
        return [
            Try(name, example=example_of(made.sold, _dates(FIRST), made.truth, made.rare))
            for name, made in MADE.items()
        ]

    def reader(self, options: DemandOptions) -> dict[str, Any]:
        """The last four weeks of a series of one's own."""
        return {"reads": "series", "days": DAYS, "least": LEAST, "period": WEEK}


@dataclass(frozen=True)
class MadeSeries:
    """A series that is worth trying, what comes after it, and which of its days are rare."""

    sold: list[float]
    truth: float
    rare: list[int]


def _made() -> dict[str, MadeSeries]:
    week = [110.0, 120, 130, 150, 210, 320, 240]  # from tomorrow's weekday on, a slow one
    same = list(range(0, DAYS, WEEK))  # the places of tomorrow's weekday
    usual = week * len(same)
    promotion, closed = list(usual), list(usual)
    promotion[same[-1]] *= 3
    for place in same[1:]:
        closed[place] = 0
    return {
        "promotion": MadeSeries(promotion, week[0], same[-1:]),
        "closed": MadeSeries(closed, week[0], same[1:]),
        "doubled": MadeSeries(usual[:-WEEK] + [2 * day for day in week], 2 * week[0], []),
        "flat": MadeSeries([200.0] * DAYS, 200, []),
    }


MADE = _made()


@lru_cache(4)
def shops(seed: int, part: int, count: int) -> tuple[NDArray, NDArray]:
    """What shops sold in four weeks and on the day after, and which of the days were rare.

    Args:
        seed: of everything.
        part: 0 is trained on, 1 is held out.
        count: how many shops.

    Returns:
        Whole numbers, (count, 29), and whether something rare happened, (count, 29): on the last
        day never.
    """
    random = np.random.default_rng([seed, part])
    day = np.arange(DAYS + 1)
    weekly = random.uniform(*WEEKLY, (count, WEEK))[:, day % WEEK]
    steps = random.normal(0, DRIFT / np.sqrt(WEEK), (count, DAYS + 1))
    level = random.uniform(*LEVEL, (count, 1)) * np.exp(np.cumsum(steps, axis=1))
    usual = level * weekly * np.exp(random.normal(0, NOISE, (count, DAYS + 1)))
    rare = (random.random((count, DAYS + 1)) < RARE) & (day < DAYS)
    times = np.where(random.random(rare.shape) < 0.5, 0, random.uniform(*PROMOTION, rare.shape))
    return np.round(np.where(rare, times, 1) * usual), rare


def as_shares(sold: NDArray, rare: NDArray) -> tuple[NDArray, NDArray]:
    """The x and y of many series with the day after; see `Demand`."""
    median = np.median(sold[:, :DAYS], axis=1, keepdims=True)
    shares = (sold / median).astype(np.float32)
    weekday = np.broadcast_to(
        np.eye(WEEK, dtype=np.float32)[np.arange(DAYS) % WEEK], (len(sold), DAYS, WEEK)
    )
    return np.concatenate([shares[:, :DAYS, None], weekday], axis=2), shares[:, DAYS]


def usual_value(values: Values) -> float:
    """The median of the days that something is known of; a shop that was mostly closed has none.

    >>> usual_value([1.0, None, 2.0, 6.0]), usual_value([0.0, 0.0, 0.0, 4.0]), usual_value([0.0])
    (2.0, 4.0, 1.0)
    """
    known = [value for value in values if value is not None]
    return float(np.median(known)) or float(np.median([one for one in known if one] or [1.0]))


def encode(values: Values) -> NDArray:
    """The x of a series that may be short or have gaps, (28, 8)."""
    x = np.zeros((DAYS, 1 + WEEK), np.float32)
    usual = usual_value(values)
    for place, value in enumerate(values, DAYS - len(values)):
        if value is not None:
            x[place, 0], x[place, 1 + place % WEEK] = value / usual, 1
    return x


def written(value: float, usual: float) -> str:
    """A demand in whole numbers, or with as many decimals as make three digits of a usual one.

    >>> written(123.4, 200.0), written(0.1234, 0.5)
    ('123', '0.123')
    """
    decimals = max(0, 2 - floor(log10(usual)))
    return f"{max(value, 0):.{min(decimals, 12)}f}"


def is_right(forecast: NDArray, truth: NDArray) -> NDArray:
    """Which forecasts are near enough."""
    return np.abs(forecast - truth) <= TOLERANCE * truth


def example_of(
    values: Values, dates: list[date] | None, truth: float | None, rare: list[int]
) -> Example:
    """A series with what the page needs to draw it; without dates its days have numbers."""
    if dates is None:
        steps, after = [str(i + 1) for i in range(len(values))], str(len(values) + 1)
    else:
        steps, after = [day.isoformat() for day in dates], _day_after(dates[-1])
    usual = usual_value(values)
    near = None if truth is None else [(1 - TOLERANCE) * truth, (1 + TOLERANCE) * truth]
    more = {"values": list(values), "rare": rare, "after": after, "period": WEEK, "near": near}
    said = None if truth is None else written(truth, usual)
    return Example(encode(values), steps, said, more)


def _dates(begin: date) -> list[date]:
    return [begin + timedelta(days=day) for day in range(DAYS)]


def _day_after(day: date) -> str:
    return (day + timedelta(days=1)).isoformat()
