"""What the page makes of somebody's own sentence, number, line, series or sound."""

from __future__ import annotations

import re

import numpy as np
import pytest
from models_in_browser import read_in_browser
from playwright.sync_api import Page

from attention.texts import say
from attention.training.task import languages_with_data
from attention.training.tasks import TASKS, deciding_word, demand, loud_second, numbers
from attention.training.tasks import deciding_word_sentences as sentences
from attention.training.tasks import without_recurrence as letters
from attention.training.tasks.numbers_words import LARGEST, most_words, word_values
from attention.training.tasks.numbers_words import say as said

RATE = loud_second.RATE
LANGUAGES = pytest.mark.parametrize("lang", languages_with_data())


def read(page: Page, task: str, *own: dict | str, **options) -> list[dict]:
    """The example that each input becomes; or `problem`, as the page says it in English."""
    found = TASKS[task]
    inputs = [one if isinstance(one, dict) else {"text": one} for one in own]
    reader = found.reader(found.Options(**options))
    return [
        {"problem": say(one["problem"])} if "problem" in one else one
        for one in read_in_browser(page, reader, inputs)
    ]


@pytest.mark.parametrize(
    ("text", "same", "lang"),
    [
        ("Скучную", "скучно", "ru"),
        ("disappoint", "disappointed", "en"),
        *(("not", so, "en") for so in ("isn't", "isn’t", "ISN'T")),
    ],
)
def test_forms_of_a_word_count_as_one_and_not_is_not_however_it_is_written(
    blank_page, text, same, lang
):
    one, other = read(blank_page, "deciding_word", text, same, lang=lang)
    assert one["x"] == other["x"]


def test_unknown_words_are_shown_and_hidden_from_the_models(blank_page):
    (example,) = read(blank_page, "deciding_word", "Flubber is wonderful, 100 quuxes!")
    assert example["steps"] == ["Flubber", "is", "wonderful", "quuxes"]
    assert example["unknown"] == [0, 3] and example["truth"] is None
    assert [bool(one) for one in example["x"][0][-4:]] == [False, True, True, False]
    assert len(example["x"][0]) == deciding_word.MOST_WORDS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n", "must have 1 to 16 words; got 0"),
        ("?! 123", "must have 1 to 16 words; got 0"),
        ("good " * 17, "must have 1 to 16 words; got 17"),
        ("good " * 100, "at most 300 characters; got 500"),
        ("Flubber quux", "at least one word that the models were trained on.*; got “Flubber quux”"),
        ("Суп вкусный", "must have at least one word that the models were trained on"),
        ("constructor toString", "at least one word that the models were trained on"),
    ],
)
def test_what_is_no_sentence_is_refused_with_the_rule_and_what_came(blank_page, text, message):
    (refused,) = read(blank_page, "deciding_word", text)
    assert re.search(message, refused["problem"])


@LANGUAGES
def test_every_sentence_is_read_as_the_models_were_trained_on_it(blank_page, lang):
    known = [*sentences.trained_on(lang), *sentences.held_out(lang)]
    found = read(blank_page, "deciding_word", *(one.text for one in known), lang=lang)
    for one, example in zip(known, found, strict=True):
        steps = sentences.words(one.text)
        assert example["steps"] == steps
        assert example["x"] == [deciding_word.encode(steps, lang).tolist()]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("abc", "exactly 2 letters must be capitals; got 0"),
        ("Abc", "got 1"),
        ("ABC", "got 3"),
        ("Ab, C!", "only these: A–Z a–z; got “ !,”"),
        ("Мыло", "only these: A–Z a–z; got “Млоы”"),
        ("AB" + "c" * 19, "at most 20 letters, like those that the models were trained on; got 21"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_a_reason(blank_page, text, message):
    (refused,) = read(blank_page, "without_recurrence", text)
    assert message in refused["problem"]


def test_a_line_of_letters_is_read_as_the_models_were_trained_on_it(blank_page):
    x, answers = letters.held_out(0, 50)
    lines = [letters.decode(line) for line in x]
    found = read(blank_page, "without_recurrence", *lines, "aBcD", length=50)
    for example, line, answer in zip(found, x, answers, strict=False):
        assert example["x"] == [line.tolist()]
        assert example["truth"] == letters.ANSWERS[answer]
    assert found[-1]["x"] == [letters.encode("aBcD", 50).tolist()] and found[-1]["truth"] == "B"


UNDERSTOOD = """\
en: Two Hundred and Thirty-Seven = 237
en: one thousand, two hundred and one = 1201
en: a hundred = 100
en: hundred thousand = 100000
en: zero = 0
en:  237  = 237
en: 12,500 = 12500
en: 12\u2009500 = 12500
en: 12\u00a0500 = 12500
en: 000007 = 7
ru: ДВЕСТИ ТРИДЦАТЬ СЕМЬ = 237
ru: четырёста = 400
ru: тысяча двести = 1200
ru: одна тысяча двести = 1200
ru: сто двадцать одна тысяча = 121000
ru: ноль = 0
ru: 999999 = 999999
"""
REFUSED = """\
en: 1000000 = 1000000 is larger
en: thousand thousand = “thousand thousand” is not a number; “two thousand” is: 2,000
en: 2.5 = such as 237 or 12,500; got 2.5
en: -5 = got -5
en: 1,2 = got 1,2
en: 2 hundred = got 2 hundred
en: ٣ = got ٣
en: ?! = got ?!
en: and = got and
en: two blue hundred cats = unknown words: blue, cats
en: one million = unknown words: million
en: двести = unknown words: двести
ru: two = unknown words: two
en: seven two = “seven two” is not a number; “nine” is: 9
en: a = unknown words: a
en: constructor = unknown words: constructor
ru: два тысячи = “два тысячи” is not a number; “две тысячи” is: 2,000
ru: сто двести = is not a number; 
en:    = got nothing
"""


def table(text):
    """What somebody types in a language, and what comes of it."""
    return [(line[:2], *line[4:].split(" = ")) for line in text.splitlines()]


@pytest.mark.parametrize(("lang", "text", "number"), table(UNDERSTOOD))
def test_the_usual_spellings_of_a_number_are_understood(blank_page, lang, text, number):
    (example,) = read(blank_page, "numbers", text, lang=lang)
    assert (example["truth"], tuple(example["steps"])) == (number, said(int(number), lang))


@pytest.mark.parametrize(("lang", "text", "message"), table(REFUSED))
def test_what_is_no_number_is_refused_and_named(blank_page, lang, text, message):
    (refused,) = read(blank_page, "numbers", text, lang=lang)
    told = refused["problem"]
    assert told.startswith("A number must be whole, from 0 to 999,999") and message in told


@LANGUAGES
def test_every_number_said_is_understood_and_its_words_are_the_vocabulary(blank_page, lang):
    every = [*range(1_000), *range(1_000, LARGEST, 9_973), LARGEST]
    texts = [" ".join(said(number, lang)) for number in every]
    for number, example in zip(every, read(blank_page, "numbers", *texts, lang=lang), strict=True):
        assert example["truth"] == str(number)
        assert example["x"] == [numbers.encode_words(said(number, lang), lang).tolist()]
    assert max(len(said(number, lang)) for number in every) == most_words(lang)
    parts = [*range(1_000), *range(1_000, 1_000_000, 1_000)]  # what numbers are put together from
    assert {word for number in parts for word in said(number, lang)} == set(word_values(lang))


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
def test_a_number_a_line_is_a_series_without_dates(blank_page, text):
    (example,) = read(blank_page, "demand", text)
    assert example["values"] == WEEK and example["truth"] is None
    assert example["steps"] == list("1234567") and example["after"] == "8"
    np.testing.assert_array_equal(example["x"][0], demand.encode(WEEK))


@pytest.mark.parametrize(
    "text",
    [
        "date,value\n" + "\n".join(f"2026-03-0{i + 1},{one}" for i, one in enumerate(WEEK)),
        "\n".join(f"0{i + 1}.03.2026;{one:g}".replace("2.5", "2,5") for i, one in enumerate(WEEK)),
        "день\tспрос\n" + "\n".join(f"2026-03-0{i + 1}\t{one}" for i, one in enumerate(WEEK)),
        "\n".join(f'"2026-03-0{i + 1}","{one:g}"' for i, one in enumerate(WEEK)),
        "\n".join(f"2026-03-0{i + 1}T00:00:00,{one}" for i, one in reversed([*enumerate(WEEK)])),
    ],
)
def test_with_dates_the_days_have_names_and_may_stand_in_any_order(blank_page, text):
    (example,) = read(blank_page, "demand", text)
    assert example["values"] == WEEK
    assert example["steps"] == [f"2026-03-0{i + 1}" for i in range(7)]
    assert example["after"] == "2026-03-08"


def test_a_missing_day_is_hidden_and_counted_as_a_day(blank_page):
    lines = "\n".join(f"2026-03-{i:02},{i}" for i in range(1, 12) if i != 9)
    (example,) = read(blank_page, "demand", lines)
    assert len(example["steps"]) == 11 and example["values"][8] is None
    np.testing.assert_array_equal(example["x"][0], demand.encode(example["values"]))
    assert np.argmax(example["x"][0][-7][1:]) == 0, "tomorrow's weekday, a week ago"


def test_of_a_long_series_the_last_four_weeks_are_taken(blank_page):
    (example,) = read(blank_page, "demand", "\n".join(map(str, range(1, 1_001))))
    assert example["values"] == list(range(973, 1_001))
    assert example["steps"][0] == "1" and example["after"] == "29"


def test_a_series_of_nothing_or_of_one_number_can_be_read(blank_page):
    texts = ["0\n" * 7, "0\n" * 6 + "5", "7\n" * 28, "1000000000\n" * 28]
    for example in read(blank_page, "demand", *texts):
        np.testing.assert_array_equal(example["x"][0], demand.encode(example["values"]))
        assert np.max(example["x"]) <= 1


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
        ("5" * 100_001, "at most 100,000 characters"),
    ],
)
def test_what_is_no_series_is_refused_with_the_rule_and_the_line(blank_page, text, message):
    (refused,) = read(blank_page, "demand", text)
    assert re.search(message, refused["problem"]), refused


def tone(frequency: float, seconds: float) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * frequency * np.arange(round(seconds * RATE)) / RATE)


def hear(page: Page, *sounds: np.ndarray) -> list[dict]:
    """As the page hears what the browser has decoded: 32 bits at the rate that it asked for."""
    return read(page, "loud_second", *({"samples": np.float32(one).tolist()} for one in sounds))


def test_a_clip_is_heard_in_the_browser_as_the_models_were_trained_on_it(blank_page):
    clips = [loud_second.synthesise(0, 1, number)[0] for number in range(8)]
    for clip, example in zip(clips, hear(blank_page, *clips), strict=True):
        # A microphone's constant is taken off, which these have hardly any of.
        expected = loud_second.bands(np.float32(clip - clip.mean()))
        np.testing.assert_allclose(example["x"][0], expected, atol=1e-4)
        drawn = np.array(example["wave"])
        assert (len(drawn), drawn.max(), drawn.min() >= 0) == (200, 1, True)


def test_a_short_recording_goes_on_in_silence(blank_page):
    (example,) = hear(blank_page, tone(990, 0.5))
    x = np.array(example["x"][0])
    assert (x[:5, 4] > 3).all()
    silence = (-20 - loud_second.USUAL) / loud_second.SPREAD
    np.testing.assert_allclose(x[5:], silence, atol=1e-3)
    assert (example["truth"], example["tone"], example["taken"]) == (None, None, None)


@pytest.mark.parametrize(("at", "taken"), [(0.2, [0, 2]), (3, [2.05, 4.05]), (5.9, [4, 6])])
def test_of_a_long_recording_the_loudest_part_is_heard(blank_page, at, taken):
    samples = 0.01 * np.random.default_rng(0).normal(size=6 * RATE)
    begin = round(at * RATE)
    samples[begin : begin + 800] += tone(1_485, 0.1)
    (example,) = hear(blank_page, samples)
    assert example["taken"] == pytest.approx(taken, abs=0.01)
    x = np.array(example["x"][0])
    step, band = np.unravel_index(x.argmax(), x.shape)
    assert band == 6 and step == pytest.approx((at - taken[0]) / 0.1, abs=1)


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (np.zeros(0), "empty"),
        (np.zeros(100), "silent: nothing sounds below 4,000\u00a0Hz"),
        (np.full(100, 0.3), "silent"),
        (tone(440, 10.1), r"at most 10 seconds; got 10\.1"),
    ],
)
def test_what_cannot_be_heard_is_refused(blank_page, samples, message):
    (refused,) = hear(blank_page, samples)
    assert re.search(message, refused["problem"])
