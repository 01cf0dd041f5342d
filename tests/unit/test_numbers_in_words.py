"""Numbers are said and understood, and what cannot be is named."""

from __future__ import annotations

import numpy as np
import pytest

from attention.texts import UserError
from attention.training.tasks.numbers import SHOWN, Numbers, split
from attention.training.tasks.numbers_words import LARGEST, most_words, say, understand, word_values

TASK = Numbers()
ENGLISH, RUSSIAN = TASK.Options(lang="en"), TASK.Options(lang="ru")


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "two hundred thirty-seven", 237),
        ("en", "Two Hundred and Thirty-Seven", 237),
        ("en", "one thousand, two hundred and one", 1_201),
        ("en", "a hundred", 100),
        ("en", "hundred thousand", 100_000),
        ("en", "zero", 0),
        ("en", " 237 ", 237),
        ("en", "12,500", 12_500),
        ("en", "12\u2009500", 12_500),
        ("en", "12\u00a0500", 12_500),
        ("en", "000007", 7),
        ("ru", "двести тридцать семь", 237),
        ("ru", "ДВЕСТИ ТРИДЦАТЬ СЕМЬ", 237),
        ("ru", "четырёста", 400),
        ("ru", "две тысячи один", 2_001),
        ("ru", "тысяча двести", 1_200),
        ("ru", "одна тысяча двести", 1_200),
        ("ru", "сто двадцать одна тысяча", 121_000),
        ("ru", "ноль", 0),
        ("ru", "999999", LARGEST),
    ],
)
def test_the_usual_spellings_are_understood(lang, text, number):
    assert understand(text, lang) == number


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_number_said_is_understood(lang):
    numbers = [*range(1_000), *range(1_000, LARGEST, 9_973), LARGEST]
    assert [understand(" ".join(say(number, lang)), lang) for number in numbers] == numbers
    assert max(len(say(number, lang)) for number in numbers) == most_words(lang)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_word_of_a_number_is_in_the_vocabulary(lang):
    parts = [*range(1_000), *range(1_000, 1_000_000, 1_000)]  # what numbers are put together from
    assert {word for number in parts for word in say(number, lang)} == set(word_values(lang))


@pytest.mark.parametrize(
    ("options", "text", "message"),
    [
        (ENGLISH, "1000000", "1000000 is larger"),
        (ENGLISH, "9" * 200, "is larger"),
        (ENGLISH, "thousand thousand", "thousand thousand is none, but two thousand is 2,000"),
        (ENGLISH, "2.5", "such as 237 or 12,500; got 2.5"),
        (ENGLISH, "-5", "got -5"),
        (ENGLISH, "1,2", "got 1,2"),
        (ENGLISH, "2 hundred", "got 2 hundred"),
        (ENGLISH, "٣", "got ٣"),
        (ENGLISH, "?!", r"got \?!"),
        (ENGLISH, "and", "got and"),
        (ENGLISH, "two blue hundred cats", "unknown words: blue, cats"),
        (ENGLISH, "one million", "unknown words: million"),
        (ENGLISH, "двести", "unknown words: двести"),
        (RUSSIAN, "two", "unknown words: two"),
        (ENGLISH, "seven two", "seven two is none, but nine is 9"),
        (ENGLISH, "a", "unknown words: a"),
        (RUSSIAN, "два тысячи", "два тысячи is none, but две тысячи is 2,000"),
        (RUSSIAN, "сто двести", "is none, but"),
        (ENGLISH, "  ", "got nothing"),
    ],
)
def test_what_is_no_number_is_refused_and_named(options, text, message):
    with pytest.raises(UserError, match=rf"^A number must be whole, from 0 to 999,999.*{message}"):
        TASK.read(options, {"text": text})


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, 0], "digit 1 must have one weight for each of the 4 words; got 2"),
        ([0, 0, 0, 0], "digit 1 must look somewhere: all its weights are 0"),
    ],
)
def test_a_digit_can_only_be_forced_to_look_at_the_words(weights, message):
    with pytest.raises(UserError, match=message):
        TASK.read(ENGLISH, {"text": "237", "forced": {"0": weights}})


def test_digits_and_words_are_read_as_the_same_example():
    digits, words = (TASK.read(RUSSIAN, {"text": text}) for text in ("237", "Двести тридцать семь"))
    assert digits.steps == words.steps == ["двести", "тридцать", "семь"]
    assert digits.truth == words.truth == "237"
    assert all(map(np.array_equal, digits.x, words.x))


def test_forced_weights_come_back_as_shares():
    own = {"text": "237", "forced": {"1": [0, 1, 3]}}
    assert TASK.read(RUSSIAN, own).for_page()["forced"] == {"1": [0, 0.25, 0.75]}


@pytest.mark.parametrize("seed", [0, 1, 999_999])
def test_nothing_that_is_held_out_is_trained_on(seed):
    trained, unseen = split(seed)
    assert not set(trained) & set(unseen)
    assert len(set(unseen)) == 400
    assert set(SHOWN) < set(unseen)
    assert set(range(100)) <= set(trained)


def test_the_same_numbers_are_drawn_for_the_same_seed():
    first, again = (split.__wrapped__(7) for _ in range(2))
    assert all(map(np.array_equal, first, again))


def test_the_examples_are_unseen_and_of_every_length_from_three():
    examples = TASK.examples(ENGLISH)
    assert [int(example.truth) for example in examples] == list(SHOWN)
    assert {len(example.truth) for example in examples} == {3, 4, 5, 6}
    assert examples[0].steps == ["two", "hundred", "thirty", "seven"]
