"""Every number in a lesson is what the core computes, and every language says the same ones."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from lesson_scenes import (
    AGREED,
    LEARNT,
    LESSONS,
    SCALED,
    SHIPPED,
    START,
    TRACE,
    base,
    bounds,
    changed,
    predicted,
    solved,
)

from attention import softmax

LARGEST = float(np.finfo(np.float32).max)
SPREAD = float(np.sqrt(np.mean(TRACE["sqrt-d"].logits ** 2)))

# For each lesson every number in its texts, as it is written in English, and what it comes to.
# "x^y" is a power; a number that stands for several things has them all.
CLAIMS = {
    "general": {
        "0": START["general"].w[1],
        "1": [START["general"].w[0], TRACE["general"].weights.sum()],
    },
    "gate": {
        "0": [np.max(START["gate"].w), np.max(START["gate"].b), predicted("gate").output[2]],
        "1": TRACE["gate"].weights.sum(),
        "2": TRACE["gate"].output[0],
        "5": bounds("gate").at_least,
        "6": START["gate"].x[0][0],
        "9": START["gate"].x[2][0],
    },
    "love": {
        "90": [math.exp(START["love"].b[0]), 100 * TRACE["love"].weights[0]],
        "9": [math.exp(START["love"].b[1]), 100 * TRACE["love"].weights[1]],
        "1": [math.exp(START["love"].b[2]), 100 * TRACE["love"].weights[2]],
        "2.2": START["love"].b[1],
        "3.2": LESSONS["love"].predict.change["b"][1],
        "10": 9 + 1,  # what adding to the share would give
        "13": 9 * 3.2 / 2.2,  # what multiplying it by the bias would give
        "21": 100 * predicted("love").weights[1],
        "2.72": base(1),
        "50": 100 * bounds("love").at_least,
    },
    "fear": {
        "90": START["fear"].x[3][0],
        "100": [-START["fear"].b[3], TRACE["fear"].logits[3] - START["fear"].b[3]],
        "1": 100 * TRACE["fear"].weights[3],
    },
    "mask": {
        "0": [
            TRACE["mask"].scores[2],
            solved("mask").weights[2],
            *changed("mask", mask=[False] * 4).weights,
            *changed("mask", mask=[False] * 4).output,
        ],
        "^0": TRACE["mask"].scores[2],
        "1": math.exp(TRACE["mask"].scores[2]),
        "40": 100 * TRACE["mask"].weights[2],
        "-100": LESSONS["mask"].ranges.b[0],
        "10^-43": 1e-43,  # test_lesson_claims.py holds what is left under it
    },
    "shift": {
        "100": -np.array(LESSONS["shift"].predict.change["b"]),
        "-100": LESSONS["shift"].predict.change["b"],
        "-97": predicted("shift").scores[0],
        "-1": changed("shift", b=[-100] * 3, activation="tanh").scores,
        "^-100": LESSONS["shift"].predict.change["b"],
        "0.1": 100 * bounds("shift").at_most,
        "73": [100 * solved("shift").weights[1], 100 * softmax([2.0, 1.0])[0]],
    },
    "two-hundreds": {
        "-100": START["two-hundreds"].b[2],
        "100": -START["two-hundreds"].b[2],
        "-91": TRACE["two-hundreds"].logits[2],
        "-1": [TRACE["two-hundreds"].scores[2], np.tanh(-1e9)],
        "1": [np.tanh(1e9), 100 * bounds("two-hundreds").at_most],
        "2": 2,
        "^2": 2,
        "7": START["two-hundreds"].x[0],
        "8": START["two-hundreds"].x[1],
        "9": START["two-hundreds"].x[2],
        "6.3": [100 * TRACE["two-hundreds"].weights[2], 100 / (1 + 2 * math.e**2)],
        "10^-43": 1e-43,  # test_lesson_claims.py, too
    },
    "temperature": {
        **{str(points): TRACE["temperature"].scores[4 - points] for points in (4, 3)},
        "2": [TRACE["temperature"].scores[2], base(1 / math.log(2))],
        "1": [TRACE["temperature"].scores[3], START["temperature"].temperature],
        "8": 8 * 2 ** (TRACE["temperature"].scores[0] - 4),
        "2.72": base(1),
        "64": 100 * TRACE["temperature"].weights[0],
        "10": LESSONS["temperature"].predict.change["temperature"],
        "0.1": LESSONS["temperature"].ranges.temperature[0],
        "1.44": 1 / math.log(2),
    },
    "query": {
        "0": START["query"].query[2],
        "1": START["query"].query[:2],
        "2": START["query"].x[1][:2],
        "5": START["query"].x[3][1],
    },
    "sqrt-d": {
        "1": [np.max(START["sqrt-d"].x), np.sqrt(np.mean(SCALED.scores**2))],
        "-1": [np.min(START["sqrt-d"].x)],
        "8": [len(START["sqrt-d"].columns), SPREAD**2],
        "6": AGREED[0],
        "4": [*AGREED[1:3], TRACE["sqrt-d"].scores[0]],
        "2": AGREED[3],
        "0": TRACE["sqrt-d"].scores[1:3],
        "-4": TRACE["sqrt-d"].scores[3],
        "38": 100 * AGREED[0] / sum(AGREED),
        "75": 100 * AGREED[0] / 8,
        "2.83": SPREAD,
        "96": 100 * TRACE["sqrt-d"].weights[0],
        "65": [100 * SCALED.weights[0], 100 * solved("sqrt-d").weights[0]],
    },
    "overflow": {
        "98": TRACE["overflow"].scores[0],
        "99": TRACE["overflow"].scores[1],
        "100": TRACE["overflow"].scores[2],
        "^100": TRACE["overflow"].scores[2],
        "3.4": LARGEST / 1e38,
        "10^38": LARGEST / 3.4028235,
        "^88.7": math.log(LARGEST),
        "0": [bounds("overflow").at_most, solved("overflow").scores[2]],
        "^0": solved("overflow").scores[2],
        "1": math.exp(solved("overflow").scores[2]),
        "2": 2,
        "3": 3,
    },
    "explanation": {
        "3": START["explanation"].b[0],
        "90": 100 * bounds("explanation").at_least,
        "3.97": [TRACE["explanation"].output[0], solved("explanation").output[0]],
        "1.03": [TRACE["explanation"].output[1], solved("explanation").output[1]],
        "2019": 2019,  # arXiv:1902.10186
    },
    "learn-fear": {
        "-100": LESSONS["learn-fear"].predict.change["b"][3],
        "0": LESSONS["learn-fear"].training.target[3],
        "1": 100 * predicted("learn-fear").weights[3],
        "0.2": 100 * bounds("learn-fear").at_most,
    },
    "learn-love": {
        "90": 100 * softmax(LEARNT)[0],
        "9": 100 * softmax(LEARNT)[1],
        "1": 100 * softmax(LEARNT)[2],
        "0": [*START["learn-love"].b, math.log(1)],
        "0.5": predicted("learn-love").weights[0],
        "0.25": predicted("learn-love").weights[1:],
        "2.27": LEARNT[0],
        "-0.04": LEARNT[1],
        "-2.23": LEARNT[2],
        "4.50": math.log(90),
        "2.20": [math.log(9), LEARNT[1] - LEARNT[2]],
        "2.30": [math.log(10), LEARNT[0] - LEARNT[1], math.log(90) - math.log(9)],
        "10": 10,
    },
    "dead-bias": {
        "100": np.abs(START["dead-bias"].b),
        "50": LESSONS["dead-bias"].predict.change["b"][2],
        "0": 1 - TRACE["dead-bias"].scores ** 2,  # the slope of tanh
        "-93": TRACE["dead-bias"].logits[0],
        "-92": TRACE["dead-bias"].logits[1],
        "109": TRACE["dead-bias"].logits[2],
        "-1": TRACE["dead-bias"].scores[:2],
        "1": [TRACE["dead-bias"].scores[2], 1],  # and the slope without tanh
        "5": 100 * bounds("dead-bias").at_most,
    },
}

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def numbers_in(text):
    """The numbers of a text as they would be written in English.

    >>> sorted(numbers_in("от 6,3 % до −1, e⁻¹⁰⁰ и 3,4·10³⁸: «9 − 2»"))
    ['-1', '10^38', '2', '3.4', '6.3', '9', '^-100']
    """
    text = re.sub("[⁰¹²³⁴-⁹⁻]+", lambda found: "^" + found[0].translate(_RAISED), text)
    text = re.sub(r"(\d),(\d)", r"\1.\2", text).replace("−", "-").replace("float32", "")
    return set(re.findall(r"10\^-?\d+|[-^]*\d+(?:\.\d+)?", text))


def sayings(name):
    """Every text of a lesson that may make a claim."""
    lesson = LESSONS[name]
    told = [lesson.story, lesson.predict.text, lesson.challenge.text, lesson.seen]
    return told + [choice.text for choice in lesson.predict.choices]


def rounds_to(written, number):
    """Whether a number, rounded as far as it is written, is what is written."""
    value = float(written.removeprefix("^").replace("10^", "1e"))
    if value == 0 or "10^" in written:  # nothing else rounds to these
        return math.isclose(number, value, rel_tol=1e-6)
    return abs(number - value) <= 0.5 * 10.0 ** -len(written.partition(".")[2])


def test_a_written_number_is_true_as_far_as_it_is_written():
    assert rounds_to("6.3", 6.338) and not rounds_to("6.3", 6.36)
    assert rounds_to("-1", -0.999) and not rounds_to("1", -1)
    assert rounds_to("10^-43", 1e-43) and not rounds_to("10^-43", 0)
    assert rounds_to("0", 0.0) and not rounds_to("0", 1e-43)
    assert numbers_in("1 / (1 + 2e²), 9 − 100 = −91") == {"1", "2", "^2", "9", "100", "-91"}


def test_our_lessons_are_all_accounted_for():
    assert list(CLAIMS) == SHIPPED


@pytest.mark.parametrize("name", CLAIMS)
def test_every_number_in_a_lesson_is_accounted_for_and_true(name):
    said = set().union(*(numbers_in(text["en"]) for text in sayings(name)))
    assert said == set(CLAIMS[name])
    for written, meant in CLAIMS[name].items():
        assert all(rounds_to(written, number) for number in np.ravel(meant)), written


@pytest.mark.parametrize("name", CLAIMS)
def test_every_language_says_the_same_numbers(name):
    for text in sayings(name):
        assert len({frozenset(numbers_in(text[language])) for language in ("en", "ru")}) == 1, text
