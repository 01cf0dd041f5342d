"""Tomorrow's demand: what the series promise, and what becomes of a series of one's own."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from attention.training.tasks import demand as task

DEMAND = task.Demand()
OPTIONS = DEMAND.Options(seed=3)


def test_equal_seeds_make_equal_series_and_what_is_held_out_or_of_another_seed_is_like_none():
    (sold, _), again = task.shops(7, 0, 200), task.shops.__wrapped__(7, 0, 200)[0]
    np.testing.assert_array_equal(sold, again)
    for seed, part in ((8, 0), (7, 1)):
        other, _ = task.shops(seed, part, 200)
        assert np.abs(sold[:, None] - other[None]).max(axis=-1).min() > 5


def test_the_same_weekdays_say_what_comes_and_all_days_do_not():
    sold, rare = task.shops(0, 1, 500)
    truth, same = sold[:, -1], sold[:, : task.DAYS : task.WEEK]
    assert not rare[:, -1].any()
    assert np.mean(rare[:, :-1]) == pytest.approx(task.RARE, abs=0.01)
    assert task.is_right(np.median(same, axis=1), truth).mean() > 0.8
    assert task.is_right(sold[:, : task.DAYS].mean(axis=1), truth).mean() < 0.3


def test_a_rare_day_is_closed_or_sells_twice_as_much_and_more():
    sold, rare = task.shops(0, 1, 500)
    alone = rare[:, 0] & ~rare[:, task.WEEK]
    first = sold[alone, 0] / sold[alone, task.WEEK]
    closed = first == 0
    assert 0.3 < closed.mean() < 0.7
    assert 1.7 < first[~closed].min() and first[~closed].max() < 3.5


def test_the_examples_are_held_out_and_their_days_follow_one_another():
    x, shares = task.as_shares(*task.shops(OPTIONS.seed, 1, task.UNSEEN))
    for i, example in enumerate(DEMAND.examples(OPTIONS)):
        np.testing.assert_allclose(example.x, x[i], rtol=1e-6)
        usual = task.usual_value(example.more["values"])
        assert int(example.truth) == round(shares[i] * usual)
        days = [date.fromisoformat(step).toordinal() for step in example.steps]
        days.append(date.fromisoformat(example.more["after"]).toordinal())
        assert np.diff(days).tolist() == [1] * task.DAYS
        low, high = example.more["near"]
        assert (low, high) == pytest.approx((0.9 * int(example.truth), 1.1 * int(example.truth)))


def test_what_is_worth_trying_is_what_its_name_says():
    tried = {one.name: task.MADE[one.name] for one in DEMAND.tries(OPTIONS)}
    promotion, closed, doubled = (tried[name] for name in ("promotion", "closed", "doubled"))
    assert promotion.sold[-task.WEEK] == 3 * promotion.truth, "tomorrow's weekday, a week ago"
    assert promotion.rare == [task.DAYS - task.WEEK]
    assert closed.sold[:: task.WEEK] == [closed.truth, 0, 0, 0] and closed.rare == [7, 14, 21]
    assert doubled.sold[-task.WEEK] == doubled.truth == 2 * doubled.sold[0]
    assert len(set(tried["flat"].sold)) == 1


def test_an_answer_has_as_many_decimals_as_the_series_asks_for():
    assert task.written(41.7, usual=120) == "42"
    assert task.written(4.17, usual=3) == "4.17"
    assert task.written(-0.1, usual=120) == "0"
    assert len(task.written(1e-300, usual=1e-300)) < 20


def test_there_is_one_recording_for_all_languages():
    (options,) = DEMAND.recordings()
    russian = DEMAND.Options(lang="ru", seed=3)
    assert DEMAND.recorded(russian) == options
    assert DEMAND.file_name(russian) == DEMAND.file_name(options)
