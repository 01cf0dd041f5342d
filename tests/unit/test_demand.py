"""Tomorrow's demand: what the series promise, and what becomes of a series of one's own."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

from attention.texts import UserError
from attention.training.tasks import demand as task

DEMAND = task.Demand()
OPTIONS = DEMAND.Options(seed=3)


def read(text):
    return DEMAND.read(OPTIONS, {"text": text})


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


WEEK = [3, 1, 4, 1, 5, 9, 2.5]


@pytest.mark.parametrize(
    "text",
    [
        "3\n1\n4\n1\n5\n9\n2.5",
        "3\r\n1\r\n4\r\n1\r\n5\r\n9\r\n2,5\r\n",
        "\ufeffdemand\n3\n1\n4\n1\n5\n9\n\n2,50\n",
        "3.0\n+1\n4\n1\n5\n9\n2.5",
    ],
)
def test_a_number_a_line_is_a_series_without_dates(text):
    example = read(text)
    assert example.more["values"] == WEEK
    assert example.steps == list("1234567") and example.more["after"] == "8"
    assert not example.x[: task.DAYS - 7].any() and example.truth is None
    np.testing.assert_allclose(example.x[-7:, 0], np.array(WEEK) / 3)
    np.testing.assert_array_equal(example.x[-7:, 1:], np.eye(task.WEEK))


@pytest.mark.parametrize(
    "text",
    [
        "date,value\n" + "\n".join(f"2026-03-0{i + 1},{one}" for i, one in enumerate(WEEK)),
        "\n".join(f"0{i + 1}.03.2026;{one:g}".replace("2.5", "2,5") for i, one in enumerate(WEEK)),
        "день\tспрос\n" + "\n".join(f"2026-03-0{i + 1}\t{one}" for i, one in enumerate(WEEK)),
        "\n".join(f'"2026-03-0{i + 1}", "{one:g}"' for i, one in enumerate(WEEK)).replace(
            '", "', '","'
        ),
        "\n".join(f"2026-03-0{i + 1}T00:00:00,{one}" for i, one in reversed([*enumerate(WEEK)])),
    ],
)
def test_with_dates_the_days_have_names_and_may_stand_in_any_order(text):
    example = read(text)
    assert example.more["values"] == WEEK
    assert example.steps == [f"2026-03-0{i + 1}" for i in range(7)]
    assert example.more["after"] == "2026-03-08"


def test_a_missing_day_is_hidden_and_counted_as_a_day():
    example = read("\n".join(f"2026-03-{i:02},{i}" for i in range(1, 12) if i != 9))
    assert len(example.steps) == 11 and example.more["values"][8] is None
    assert not example.x[-3].any() and example.x[-2].any()
    assert np.argmax(example.x[-7, 1:]) == 0, "tomorrow's weekday, a week ago"


def test_of_a_long_series_the_last_four_weeks_are_taken():
    example = read("\n".join(map(str, range(1, 1_001))))
    assert example.more["values"] == list(range(973, 1_001))
    assert example.steps[0] == "1" and example.more["after"] == "29"


@pytest.mark.parametrize("text", ["0\n" * 7, "0\n" * 6 + "5", "7\n" * 28, "1000000000\n" * 28])
def test_a_series_of_nothing_or_of_one_number_can_be_read(text):
    example = read(text)
    assert np.isfinite(example.x).all() and example.x.max() <= 1


SEVEN = "\n".join(f"2026-03-0{i},5" for i in range(1, 8))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the last 28 days, at least 7 must have a number; got 0"),
        ("value", "Line 1: a demand must be a number in digits.*got “value”"),
        ("1\n2\n3", "at least 7 must have a number; got 3"),
        (f"2020-01-01,5\n{SEVEN[:-13]}", "at least 7 must have a number; got 6"),
        ("5\n" * 1_001, "at most 1,000 rows; got 1,001"),
        ("5\n" * 7 + "1,234", "Line 8: .*two readings.*got “1,234”"),
        ("5\n" * 7 + "1,2,3", "Line 8: a row must hold one number.*got 3 columns"),
        ("5\n" * 7 + "1e3", "Line 8: .*digits.*“1e3”"),
        ("5\n" * 7 + "nan", "Line 8: .*digits.*“nan”"),
        ("5\n" * 7 + "inf", "Line 8: .*digits.*“inf”"),
        ("5\n" * 7 + "٣", "Line 8: .*digits.*“٣”"),
        ("5\n" * 7 + "-1", "Line 8: a demand must be from 0 to 1,000,000,000; got -1"),
        ("5\n" * 7 + "−1", "from 0 to 1,000,000,000; got −1"),
        ("5\n" * 7 + "9" * 400, "from 0 to 1,000,000,000; got 9{60}…"),
        ("5\n" * 7 + "<img src=x onerror=alert(1)>", "Line 8: .*got “<img src=x"),
        (f"{SEVEN}\n2026-03-07,6", "each date must come once; 2026-03-07 already stands in line 7"),
        (f"{SEVEN}\n2026-02-30,6", "a date must be written like .*got “2026-02-30”"),
        (f"{SEVEN}\n03/08/2026,6", "a date must be written like .*got “03/08/2026”"),
        (f"{SEVEN}\n9999-12-31,6", "from the year 1900 to 2200.*got “9999-12-31”"),
        (f"{SEVEN}\n6", "in every row or in none; got “”"),
        (f"{SEVEN}\n2026-03-08,", "Line 8: .*digits.*got “”"),
        ("5\n" * 7 + "\0", "Line 8: .*digits"),
    ],
)
def test_what_is_no_series_is_refused_with_the_rule_and_the_line(text, message):
    with pytest.raises(UserError) as refused:
        read(text)
    assert re.search(message, str(refused.value)), str(refused.value)
    assert len(str(refused.value)) < 300


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
