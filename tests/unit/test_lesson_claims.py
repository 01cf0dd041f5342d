"""What a lesson says in numbers is what the core computes, number by number, in every language."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from attention import dot_product, softmax
from attention.lessons import load_lessons
from attention.scene import Scene
from attention.texts import languages

LESSONS = load_lessons()[0]
START = {name: lesson.start for name, lesson in LESSONS.items()}
TRACE = {name: start.trace() for name, start in START.items()}


def changed(name, **fields):
    """The lesson's trace with other numbers."""
    return Scene.model_validate(START[name].model_dump() | fields).trace()


def predicted(name):
    """The trace that the lesson's question is about."""
    return changed(name, **LESSONS[name].predict.change)


def solved(name):
    """The trace that the challenge is after."""
    return changed(name, **LESSONS[name].challenge.solution)


def bounds(name, goal=0):
    """The bounds of one of the challenge's goals."""
    return LESSONS[name].challenge.goals[goal]


def base(temperature):
    """How many times the attention one point more is worth."""
    low, high = softmax([0.0, 1.0], temperature=temperature)
    return high / low


def descend(name, steps):
    """The biases that plain gradient descent finds: downhill is where less was looked than came."""
    start, aim = START[name], LESSONS[name].training
    b = np.array(start.b)
    for _ in range(steps):
        miss = softmax(TRACE[name].scores + b, temperature=start.temperature) - aim.target
        b = b - aim.rate * miss / start.temperature
    return b


SILENT = changed("two-hundreds", activation="linear").weights[2]
LEARNT = descend("learn-love", 500)
LARGEST = float(np.finfo(np.float32).max)
SPREAD = float(np.sqrt(np.mean(TRACE["sqrt-d"].logits ** 2)))
SCALED = changed("sqrt-d", kind="scaled_dot_product")
AGREED = [
    sum(mine == theirs for mine, theirs in zip(START["sqrt-d"].query, key, strict=True))
    for key in START["sqrt-d"].x
]

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
        "-100": -100,
        "10^-43": 1e-43,  # test_a_blank_is_silenced_in_three_ways
    },
    "shift": {
        "100": 100,
        "-100": LESSONS["shift"].predict.change["b"],
        "-97": predicted("shift").scores[0],
        "-1": changed("shift", b=[-100] * 3, activation="tanh").scores,
        "^-100": -100,
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
        "10^-43": 1e-43,  # test_tanh_leaves_the_ghost_its_floor_and_without_it_nothing
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
        "9": [100 * softmax(LEARNT)[1], 100 * predicted("learn-love").weights[1]],
        "1": 100 * softmax(LEARNT)[2],
        "0": [*START["learn-love"].b, math.log(1)],
        "0.9": LESSONS["learn-love"].training.target[0],
        "0.09": LESSONS["learn-love"].training.target[1],
        "0.01": LESSONS["learn-love"].training.target[2],
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
    room = 0.5 * 10.0 ** -len(written.partition(".")[2])
    return abs(number - value) <= (1e-6 * abs(value) if "10^" in written else room)


def test_a_written_number_is_true_as_far_as_it_is_written():
    assert rounds_to("6.3", 6.338) and not rounds_to("6.3", 6.36)
    assert rounds_to("-1", -0.999) and not rounds_to("1", -1)
    assert rounds_to("10^-43", 1e-43) and not rounds_to("10^-43", 0)
    assert numbers_in("1 / (1 + 2e²), 9 − 100 = −91") == {"1", "2", "^2", "9", "100", "-91"}


@pytest.mark.parametrize("name", LESSONS)
def test_every_number_in_a_lesson_is_accounted_for_and_true(name):
    said = set().union(*(numbers_in(text["en"]) for text in sayings(name)))
    assert said == set(CLAIMS[name])
    for written, meant in CLAIMS[name].items():
        assert all(rounds_to(written, number) for number in np.ravel(meant)), written


@pytest.mark.parametrize("name", LESSONS)
def test_every_language_says_the_same_numbers(name):
    for text in sayings(name):
        assert len({frozenset(numbers_in(text[language])) for language in languages()}) == 1, text


def test_general_what_one_loses_the_others_get_in_proportion():
    before, after = TRACE["general"].weights, predicted("general").weights
    assert after[1:] / before[1:] == pytest.approx([1 / (1 - before[0])] * 3)
    assert after[1] >= before[0]  # the major gets as much as the general had


def test_gate_without_weights_nobody_is_heard_and_each_number_passes_by_a_third():
    assert TRACE["gate"].output == pytest.approx(np.ravel(START["gate"].x) / 3)
    assert predicted("gate").output[0] == TRACE["gate"].output[0]
    assert (solved("gate").output <= np.ravel(START["gate"].x)).all()  # none gets louder


def test_love_one_point_more_is_e_times_as_much_before_all_are_brought_back_to_1():
    habit, more = TRACE["love"].weights, predicted("love").weights
    assert more[1] / more[0] == pytest.approx(math.e * habit[1] / habit[0])
    assert more[1] > 2 * habit[1]


def test_fear_the_ghost_frightens_most_and_gets_least():
    sums = TRACE["fear"].logits - START["fear"].b
    assert sums.argmax() == TRACE["fear"].weights.argmin() == 3
    assert START["fear"].x[3][0] == max(x[0] for x in START["fear"].x)


def test_mask_a_blank_is_silenced_in_three_ways_and_they_are_not_the_same():
    zero = TRACE["mask"].weights
    fallen = changed("mask", b=[0, 0, -100, -100]).weights
    hidden = changed("mask", mask=[True, True, False, False]).weights
    assert min(zero[2:]) > max(zero[:2])  # more than a gloomy word
    assert (fallen[2:] > 0).all() and (fallen[2:] < 1e-43).all()
    assert (hidden[2:] == 0).all() and hidden.sum() == pytest.approx(1)


def test_shift_an_order_to_all_changes_nothing_without_tanh_and_an_order_to_one_does():
    start = TRACE["shift"].weights
    assert predicted("shift").weights == pytest.approx(start, rel=1e-12)
    alone = changed("shift", b=[-100, 0, 0]).weights
    assert alone[0] / alone[1] == pytest.approx(math.exp(-100) * start[0] / start[1])
    assert changed("shift", b=[0, 100, 100]).weights == pytest.approx(alone)
    assert changed("shift", b=[-100] * 3, activation="tanh").weights == pytest.approx([1 / 3] * 3)


def test_two_hundreds_tanh_leaves_the_ghost_its_floor_and_without_it_nothing():
    lower = changed("two-hundreds", b=[0, 0, -1_000_000]).weights[2]
    assert lower == pytest.approx(TRACE["two-hundreds"].weights[2])
    assert 0 < SILENT < 1e-43


def test_temperature_is_a_base_and_never_changes_the_order():
    for temperature in (0.1, 1, 1.44, 10):
        shares = changed("temperature", temperature=temperature).weights
        assert base(temperature) == pytest.approx(math.exp(1 / temperature))
        assert shares[:-1] / shares[1:] == pytest.approx([base(temperature)] * 3)
    assert 0.25 < predicted("temperature").weights[0] < 0.3  # not much more than a quarter
    assert changed("temperature", temperature=0.1).weights[0] > 0.999


def test_query_large_numbers_win_and_another_question_has_another_answer():
    assert TRACE["query"].weights.argmax() == 3
    assert changed("query", query=[1, -1, 0.5]).weights.argmax() == 2
    assert changed("query", query=[0, 0, 1]).weights.argmax() == 2


def test_sqrt_d_the_spread_of_random_scores_grows_like_the_root_and_scaled_it_stays_1():
    random = np.random.default_rng(5)
    for features in (2, 8, 32):
        keys, query = random.choice([-1.0, 1.0], (4000, features)), np.ones(features)
        assert dot_product(keys, query).scores.std() == pytest.approx(features**0.5, rel=0.04)
        assert dot_product(keys, query, scale=True).scores.std() == pytest.approx(1, rel=0.04)
    tempered = changed("sqrt-d", temperature=math.sqrt(8)).weights
    assert tempered == pytest.approx(SCALED.weights)
    assert (2 * np.array(AGREED) - 8 == TRACE["sqrt-d"].scores).all()


def test_overflow_the_plain_way_ends_in_nan_in_float32_and_the_shares_are_those_of_1_2_3():
    with np.errstate(over="ignore", invalid="ignore"):
        exps = np.exp(TRACE["overflow"].scores.astype(np.float32))
        assert exps[2] == np.inf and np.isnan(exps / exps.sum())[2]
    assert np.exp(np.float32(88.7)) < np.inf
    assert TRACE["overflow"].weights == pytest.approx(softmax([1.0, 2.0, 3.0]))
    assert solved("overflow").weights == pytest.approx(TRACE["overflow"].weights)
    assert np.abs(changed("overflow", activation="tanh").scores).max() <= 1  # keeps it safe


def test_explanation_two_equal_words_swap_their_weights_and_the_output_stays():
    before, after = TRACE["explanation"], predicted("explanation")
    assert before.weights[0] > 0.9  # looks almost only at the first
    assert after.weights == pytest.approx(before.weights[::-1])
    assert after.output == pytest.approx(before.output, rel=1e-12)


def test_learn_fear_the_ghost_goes_below_minus_100_by_itself_but_never_to_0():
    b = descend("learn-fear", 2000)
    assert b[3] < -100 < b[0] and b[0] > 0
    weight = changed("learn-fear", b=list(b)).weights[3]
    assert 0 < weight <= bounds("learn-fear").at_most
    ten = [10 * share for share in LESSONS["learn-fear"].training.target]
    assert ten == pytest.approx([5, 3, 2, 0])  # ten frights: five, three, two, none


def test_learn_love_descent_stops_where_it_began_plus_the_logarithms():
    assert LEARNT.sum() == pytest.approx(0, abs=1e-9)
    logs = np.log([90, 9, 1])
    assert LEARNT - LEARNT[2] == pytest.approx(logs, abs=1e-6)
    assert predicted("learn-love").weights == pytest.approx([0.9, 0.09, 0.01], abs=1e-5)


def test_dead_bias_tanh_is_flat_there_and_50_points_change_nothing():
    assert (predicted("dead-bias").weights == TRACE["dead-bias"].weights).all()
    assert TRACE["dead-bias"].weights[2] > 0.5  # most of the attention
    assert (1 - np.tanh(TRACE["dead-bias"].logits) ** 2 == 0).all()
