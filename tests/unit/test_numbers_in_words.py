"""Numbers are said and understood, and what cannot be is named."""

from __future__ import annotations

import numpy as np
import pytest

from attention.texts import UserError
from attention.training.tasks.numbers import SHOWN, Numbers, split
from attention.training.tasks.numbers_words import LARGEST, most_words, say, understand, word_values

TASK = Numbers()
OPTIONS = {lang: TASK.Options(lang=lang) for lang in ("en", "ru")}
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
en: thousand thousand = thousand thousand is not one, but two thousand is 2,000
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
en: seven two = seven two is not one, but nine is 9
en: a = unknown words: a
ru: два тысячи = два тысячи is not one, but две тысячи is 2,000
ru: сто двести = is not one, but
en:    = got nothing
"""


def table(text):
    """What somebody types in a language, and what comes of it."""
    return [(line[:2], *line[4:].split(" = ")) for line in text.splitlines()]


@pytest.mark.parametrize(("lang", "text", "number"), table(UNDERSTOOD))
def test_the_usual_spellings_are_understood(lang, text, number):
    assert understand(text, lang) == int(number)


@pytest.mark.parametrize(("lang", "text", "message"), table(REFUSED))
def test_what_is_no_number_is_refused_and_named(lang, text, message):
    with pytest.raises(UserError) as refused:
        TASK.read(OPTIONS[lang], {"text": text})
    told = str(refused.value)
    assert told.startswith("A number must be whole, from 0 to 999,999") and message in told


@pytest.mark.parametrize("lang", OPTIONS)
def test_every_number_said_is_understood_and_its_words_are_the_vocabulary(lang):
    numbers = [*range(1_000), *range(1_000, LARGEST, 9_973), LARGEST]
    assert [understand(" ".join(say(number, lang)), lang) for number in numbers] == numbers
    assert max(len(say(number, lang)) for number in numbers) == most_words(lang)
    parts = [*range(1_000), *range(1_000, 1_000_000, 1_000)]  # what numbers are put together from
    assert {word for number in parts for word in say(number, lang)} == set(word_values(lang))


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([1, 0], "digit 1 must have one weight for each of the 4 words; got 2"),
        ([0, 0, 0, 0], "digit 1 must look somewhere: all its weights are 0"),
    ],
)
def test_a_digit_can_only_be_forced_to_look_at_the_words(weights, message):
    with pytest.raises(UserError, match=message):
        TASK.read(OPTIONS["en"], {"text": "237", "forced": {"0": weights}})


def test_digits_and_words_are_read_as_the_same_example_and_forced_weights_as_shares():
    own = {"forced": {"1": [0, 1, 3]}}
    texts = ("237", "Двести тридцать семь")
    digits, words = (TASK.read(OPTIONS["ru"], own | {"text": text}) for text in texts)
    assert digits.steps == words.steps == ["двести", "тридцать", "семь"]
    assert digits.truth == words.truth == "237"
    assert all(map(np.array_equal, digits.x, words.x))
    assert digits.for_page()["forced"] == {"1": [0, 0.25, 0.75]}


@pytest.mark.parametrize("seed", [0, 1, 999_999])
def test_what_is_held_out_and_shown_is_not_trained_on_and_a_seed_draws_the_same_again(seed):
    trained, unseen = split(seed)
    assert not set(trained) & set(unseen)
    assert len(set(unseen)) == 400
    assert set(SHOWN) < set(unseen) and set(range(100)) <= set(trained)
    assert all(map(np.array_equal, (trained, unseen), split.__wrapped__(seed)))
    shown = [example.truth for example in TASK.examples(TASK.Options(seed=seed))]
    assert shown == [str(number) for number in SHOWN] and {*map(len, shown)} == {3, 4, 5, 6}
