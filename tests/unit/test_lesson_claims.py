"""What a lesson says happens in its scene does happen, by the core."""

from __future__ import annotations

import math

import numpy as np
import pytest
from lesson_scenes import (
    AGREED,
    LEARNT,
    LESSONS,
    SCALED,
    START,
    TRACE,
    base,
    bounds,
    changed,
    descend,
    predicted,
    solved,
)

from attention import dot_product, softmax

SILENT = changed("two-hundreds", activation="linear").weights[2]


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
    before, after = TRACE["explanation"], solved("explanation")
    assert before.weights[0] > 0.9  # looks almost only at the first
    assert after.weights == pytest.approx(before.weights[::-1])
    assert after.output == pytest.approx(before.output, rel=1e-12)
    shared = predicted("explanation")
    assert shared.weights[[0, 2]] == pytest.approx([0.5, 0.5], abs=0.01)
    assert shared.output[0] == pytest.approx(before.output[0], abs=0.05)


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
    assert predicted("learn-love").weights == pytest.approx([0.5, 0.25, 0.25], abs=1e-5)


def test_dead_bias_tanh_is_flat_there_and_50_points_change_nothing():
    assert (predicted("dead-bias").weights == TRACE["dead-bias"].weights).all()
    assert TRACE["dead-bias"].weights[2] > 0.5  # most of the attention
    assert (1 - np.tanh(TRACE["dead-bias"].logits) ** 2 == 0).all()
