"""What a lesson says is so: every number in its texts, in every language, and what it tells."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from lesson_scenes import LESSONS, SHIPPED

from attention import dot_product, softmax
from attention.scene import Scene
from attention.training.recording import FOLDER, load


class Opened:
    """A lesson's numbers and stages, and those that its question and its challenge come to."""

    def __init__(self, name):
        self.lesson = LESSONS[name]
        self.change, goals = self.lesson.predict.change, self.lesson.challenge.goals
        self.bound = min(goals[0].at_least, goals[0].at_most, key=abs) if goals else None
        self.fields = self.lesson.start.model_dump()
        parts = ("x", "w", "b", "query", "wq", "wk", "wv", "pos")
        numbers = {part: np.array(self.fields.get(part)) for part in parts}
        vars(self).update(numbers | vars(self.having()))
        self.asked = self.having(**self.change)
        self.solved = self.having(**self.lesson.challenge.solution)

    def having(self, **fields):
        """The trace with other numbers."""
        return Scene.model_validate(self.fields | fields).trace()

    def descend(self, steps):
        """The biases of plain gradient descent: downhill is where less was looked than came."""
        b, aim, temperature = self.b, self.lesson.training, self.fields["temperature"]
        for _ in range(steps):
            miss = softmax(self.scores + b, temperature=temperature) - aim.target
            b = b - aim.rate * miss / temperature
        return b


def base(temperature):
    """How many times the attention one point more is worth."""
    low, high = softmax([0.0, 1.0], temperature=temperature)
    return high / low


general, gate, love, fear, position, mask, shift, hundreds, *others = map(Opened, SHIPPED)
warm, query, sqrt_d, overflow, recognise, explained, *others = others
key_value, who_asks, order, two_heads, block, *others = others
learn_fear, learn_love, learning_rate, dead = others
LARGEST = float(np.finfo(np.float32).max)
SCALED = sqrt_d.having(kind="scaled_dot_product")
SPREAD = float(np.sqrt(np.mean(sqrt_d.logits**2)))
AGREED = (sqrt_d.x == sqrt_d.query).sum(axis=1)
LEARNT = learn_love.descend(500)
FALLEN_TANH = mask.having(b=[0, 0, -100, -100], activation="tanh")
TARGET = np.array(learning_rate.lesson.training.target)
# The loss is curved by diag(p) − ppᵀ; plain descent arrives below 2 over the largest curvature.
STEADY = 2 / np.linalg.eigvalsh(np.diag(TARGET) - np.outer(TARGET, TARGET)).max()
TEMPERATURE = learn_fear.fields["temperature"]
ALL_HIDDEN = mask.having(mask=[False] * 4)

# For each lesson what all the numbers in its texts come to. 1e-43 is an upper bound; of what,
# the tests below say.
CLAIMS = {
    "general": [(general.weights.sum(),)],
    "gate": [
        (gate.w.max(), gate.b.max(), gate.asked.output[2], gate.weights.sum()),
        (gate.output[0], gate.bound, gate.x[0], gate.x[2]),
    ],
    "love": [
        (np.exp(love.b), 100 * love.weights, 100 * love.asked.weights[1], 100 * love.bound),
        (love.b[1], love.change["b"][1], base(1)),
        (9 + 1, 9 * 3.2 / 2.2),  # what adding to the share, or multiplying it, would give
    ],
    "fear": [
        (fear.x[3, 0], -fear.b[3], fear.logits[3] - fear.b[3], 100 * fear.weights[3]),
        (fear.logits[2], 0),
    ],
    "position": [
        (position.b[3], 1 + np.argmin(position.b), 100 * position.weights[0]),
        (100 * position.bound,),
    ],
    "mask": [
        (mask.scores[2], math.exp(mask.scores[2]), 100 * mask.weights[2], mask.solved.weights[2]),
        (100 * FALLEN_TANH.weights[2],),
        (ALL_HIDDEN.weights, ALL_HIDDEN.output, mask.lesson.ranges.b[0], 1e-43),
    ],
    "shift": [
        (shift.change["b"], np.abs(shift.change["b"]), shift.asked.scores[0]),
        (shift.having(b=[-100] * 3, activation="tanh").scores, 100 * shift.bound),
        (100 * shift.solved.weights[1], 100 * softmax([2.0, 1.0])[0]),
    ],
    "two-hundreds": [
        (hundreds.x[:3], hundreds.b[2], -hundreds.b[2], hundreds.logits[2], hundreds.scores[2], 2),
        (np.tanh([-1e9, 1e9]), 100 * hundreds.weights[2], 100 / (1 + 2 * math.e**2)),
        (100 * hundreds.bound, 1e-43, fear.fields["temperature"], -100 / 20),
    ],
    "temperature": [
        (warm.scores, 8 * 2 ** (warm.scores[0] - 4), warm.fields["temperature"]),
        (base(1), base(1 / math.log(2)), 1 / math.log(2), 100 * warm.weights[0]),
        (warm.change["temperature"], warm.lesson.ranges.temperature[0]),
    ],
    "query": [(query.query, query.x[1, :2], query.x[3, 1])],
    "sqrt-d": [
        (sqrt_d.x.min(), sqrt_d.x.max(), len(sqrt_d.query), AGREED, sqrt_d.scores),
        (SPREAD, SPREAD**2, np.sqrt(np.mean(SCALED.scores**2))),
        (100 * AGREED[0] / AGREED.sum(), 100 * AGREED[0] / 8, 100 * sqrt_d.weights[0]),
        (100 * SCALED.weights[0], 100 * sqrt_d.solved.weights[0]),
    ],
    "overflow": [
        (overflow.scores, LARGEST / 1e38, LARGEST / 3.4028235, math.log(LARGEST), 1, 2, 3),
        (overflow.bound, overflow.solved.scores[2], math.exp(overflow.solved.scores[2])),
    ],
    "recognise": [
        (recognise.x[1, 0], recognise.change["x"][1][0], np.tanh(1e9), 0),
        (math.e / (math.e + 2 / math.e) * 100, 2, 100 * recognise.bound, 1e-7),
    ],
    "explanation": [
        (explained.b[0], 100 * explained.bound),
        [goal.at_most for goal in explained.lesson.challenge.goals if goal.like is not None],
        (2019,),  # arXiv:1902.10186
    ],
    "key-value": [(100 * key_value.weights[0], key_value.x[1, 2], key_value.bound)],
    "who-asks": [(who_asks.wq[0], 100 * who_asks.weights, 100 * who_asks.bound)],
    "order": [(order.pos, 100 * order.bound)],
    "two-heads": [
        (two_heads.output[0], two_heads.asked.output[0], two_heads.change["heads"]),
        (100 * two_heads.weights.sum(), two_heads.output[0] / two_heads.weights[0]),
        (two_heads.bound,),
    ],
    "block": [
        (block.wq[1], 100 / len(block.x), block.bound),
        [1 + goal.index for goal in block.lesson.challenge.goals],  # "v2"
    ],
    "learn-fear": [
        (learn_fear.change["b"][3], learn_fear.lesson.training.target[3]),
        (100 * learn_fear.asked.weights[3], 100 * learn_fear.bound),
    ],
    "learn-love": [
        (learn_love.b, learn_love.asked.weights, 100 * softmax(LEARNT), 10),
        (LEARNT, LEARNT[:2] - LEARNT[1:], np.log([90, 9, 1]), math.log(10)),
    ],
    "learning-rate": [
        (
            learning_rate.lesson.training.rate,
            *(100 * np.array(learning_rate.lesson.training.target)),
        ),
        (learning_rate.change["b"], 60, learning_rate.b, 2),
        (STEADY / 2, STEADY - 0.05, STEADY),
        (
            learn_fear.lesson.training.rate,
            TEMPERATURE,
            learn_fear.lesson.training.rate / 20**2,
            -100,
        ),
    ],
    "dead-bias": [
        (np.abs(dead.b), dead.change["b"][2], dead.logits, dead.scores, 100 * dead.bound),
        (1 - dead.scores**2, 1),  # the slopes with tanh and without
    ],
}

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def numbers_in(text):
    """The numbers of a text as they would be written in English; "^x" is a power.

    >>> sorted(numbers_in("от 6,3 % до −1, e⁻¹⁰⁰ и 3,4·10³⁸: «9 − 2e²»"))
    ['-1', '10^38', '2', '3.4', '6.3', '9', '^-100', '^2']
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
    """Whether a number, rounded as far as it is written, is what is written.

    >>> rounds_to("6.3", 6.338), rounds_to("-1", -0.999), rounds_to("10^-43", 1e-43)
    (True, True, True)
    >>> rounds_to("6.3", 6.36), rounds_to("1", -1), rounds_to("10^-43", 0), rounds_to("0", 1e-43)
    (False, False, False, False)
    """
    value = float(written.removeprefix("^").replace("10^", "1e"))
    if value == 0 or "10^" in written:  # nothing else rounds to these
        return math.isclose(number, value, rel_tol=1e-6)
    return abs(number - value) <= 0.5 * 10.0 ** -len(written.partition(".")[2])


@pytest.mark.parametrize("name", SHIPPED)
def test_every_number_in_a_lesson_is_accounted_for_and_true_in_each_language(name):
    texts = sayings(name)
    said = set().union(*(numbers_in(text["en"]) for text in texts))
    meant = np.concatenate([np.ravel(value) for row in CLAIMS[name] for value in row])
    assert not [one for one in said if not any(rounds_to(one, number) for number in meant)]
    assert not [number for number in meant if not any(rounds_to(one, number) for one in said)]
    for text in texts:
        assert numbers_in(text["en"]) == numbers_in(text["ru"]), text


def test_general_what_one_loses_the_others_get_in_proportion():
    before, after = general.weights, general.asked.weights
    assert after[1:] / before[1:] == pytest.approx([1 / (1 - before[0])] * 3)
    assert after[1] >= before[0]  # the major gets as much as the general had


def test_gate_without_weights_nobody_is_heard_and_each_number_passes_by_a_third():
    assert gate.output == pytest.approx(gate.x[:, 0] / 3)
    assert gate.asked.output[0] == gate.output[0]
    assert (gate.solved.output <= gate.x[:, 0]).all()  # none gets louder


def test_love_one_point_more_is_e_times_as_much_before_all_are_brought_back_to_1():
    habit, more = love.weights, love.asked.weights
    assert more[1] / more[0] == pytest.approx(math.e * habit[1] / habit[0])
    assert more[1] > 2 * habit[1]


def test_fear_the_ghost_frightens_most_and_gets_least():
    assert (fear.logits - fear.b).argmax() == fear.weights.argmin() == fear.x[:, 0].argmax() == 3


@pytest.mark.parametrize("rivals", [fear.x[:3].tolist(), [[0, 0, 0]] * 3])
def test_fear_the_ghost_comes_first_just_when_it_beats_the_best_rival_by_more_than_100(rivals):
    best = max(fear.having(x=[*rivals, [0, 0, 0]]).logits[:3])
    for more in (-1, -0.01, 0.01, 1):
        shares = fear.having(x=[*rivals, [best + 100 + more, 0, 0]]).weights
        assert (shares.argmax() == 3) == (more > 0)
    assert fear.solved.weights.argmax() == 3  # half of the attention is more than to come first


def test_position_the_bias_stays_behind_and_hits_who_stands_there():
    last = [1, 2, 3, 0]  # the ghost goes to the end, and the others one up
    moved = position.having(x=position.x[last].tolist())
    assert position.weights.argmax() == 0 and position.weights.argmin() == 3
    assert moved.weights == pytest.approx(fear.weights)  # as in the lesson before
    assert position.solved.weights == pytest.approx(fear.weights[[3, 0, 1, 2]])


def test_mask_a_blank_is_silenced_in_three_ways_and_they_are_not_the_same():
    fallen = mask.having(b=[0, 0, -100, -100]).weights
    hidden = mask.having(mask=[True, True, False, False]).weights
    assert min(mask.weights[2:]) > max(mask.weights[:2])  # more than a gloomy word
    assert (fallen[2:] > 0).all() and (fallen[2:] < 1e-43).all()
    assert (hidden[2:] == 0).all() and hidden.sum() == pytest.approx(1)


def test_shift_an_order_to_all_changes_nothing_without_tanh_and_an_order_to_one_does():
    start = shift.weights
    assert shift.asked.weights == pytest.approx(start, rel=1e-12)
    alone = shift.having(b=[-100, 0, 0]).weights
    assert alone[0] / alone[1] == pytest.approx(math.exp(-100) * start[0] / start[1])
    assert shift.having(b=[0, 100, 100]).weights == pytest.approx(alone)
    assert shift.having(b=[-100] * 3, activation="tanh").weights == pytest.approx([1 / 3] * 3)


def test_two_hundreds_tanh_leaves_the_ghost_its_floor_and_without_it_nothing():
    lower = hundreds.having(b=[0, 0, -1_000_000]).weights[2]
    assert lower == pytest.approx(hundreds.weights[2])
    assert 0 < hundreds.having(activation="linear").weights[2] < 1e-43


def test_temperature_is_a_base_and_never_changes_the_order():
    for temperature in (0.1, 1, 1.44, 10):
        shares = warm.having(temperature=temperature).weights
        assert base(temperature) == pytest.approx(math.exp(1 / temperature))
        assert shares[:-1] / shares[1:] == pytest.approx([base(temperature)] * 3)
    assert 0.25 < warm.asked.weights[0] < 0.3  # not much more than a quarter
    assert warm.having(temperature=0.1).weights[0] > 0.999


def test_query_large_numbers_win_and_another_question_has_another_answer():
    assert query.weights.argmax() == 3
    for another in ([1, -1, 0.5], [0, 0, 1]):
        assert query.having(query=another).weights.argmax() == 2


def test_sqrt_d_the_spread_of_random_scores_grows_like_the_root_and_scaled_it_stays_1():
    random = np.random.default_rng(5)
    for features in (2, 8, 32):
        keys, ones = random.choice([-1.0, 1.0], (4000, features)), np.ones(features)
        assert dot_product(keys, ones).scores.std() == pytest.approx(features**0.5, rel=0.04)
        assert dot_product(keys, ones, scale=True).scores.std() == pytest.approx(1, rel=0.04)
    assert sqrt_d.having(temperature=math.sqrt(8)).weights == pytest.approx(SCALED.weights)
    assert (2 * AGREED - 8 == sqrt_d.scores).all()


def test_overflow_the_plain_way_ends_in_nan_in_float32_and_the_shares_are_those_of_1_2_3():
    with np.errstate(over="ignore", invalid="ignore"):
        exps = np.exp(overflow.scores.astype(np.float32))
        assert exps[2] == np.inf and np.isnan(exps / exps.sum())[2]
    assert np.exp(np.float32(88.7)) < np.inf
    assert overflow.weights == pytest.approx(softmax([1.0, 2.0, 3.0]))
    assert overflow.solved.weights == pytest.approx(overflow.weights)
    assert np.abs(overflow.having(activation="tanh").scores).max() <= 1  # keeps it safe


def test_recognise_the_articles_lines_are_softmax_of_tanh_with_a_mask_and_an_epsilon():
    eij = np.tanh(recognise.x @ recognise.w + recognise.b)
    a = np.exp(eij) * recognise.fields["mask"]
    a /= a.sum() + 1e-7
    assert a == pytest.approx(recognise.weights, abs=1e-7)
    highest = recognise.having(b=[-1e5, 1e5, -1e5, 0]).weights[1]
    assert highest == pytest.approx(math.e / (math.e + 2 / math.e))
    assert recognise.asked.weights[1] < 1.05 * recognise.weights[1]


def test_explanation_two_equal_words_swap_their_weights_and_the_output_stays():
    assert explained.weights[0] > 0.9  # looks almost only at the first
    assert explained.solved.weights == pytest.approx(explained.weights[::-1])
    assert explained.solved.output == pytest.approx(explained.output, rel=1e-12)
    assert explained.asked.weights[[0, 2]] == pytest.approx([0.5, 0.5], abs=0.01)
    assert explained.asked.output[0] == pytest.approx(explained.output[0], abs=0.05)


def test_key_value_what_is_found_by_its_label_hands_over_what_it_holds():
    assert key_value.weights.argmax() == 0 and key_value.output[0] == key_value.weights[1]
    assert key_value.solved.weights.argmax() == 1  # where the tea is
    one_vector = key_value.having(wv=key_value.wk.tolist())
    assert one_vector.output[0] > 0.9 * 2  # whoever is found as tea is tea


def test_who_asks_the_same_keys_answer_each_step_differently():
    found = [who_asks.having(asks=row).weights.argmax() for row in (1, 3)]
    assert found == [2, 0]  # "reads" looks at "books", "she" at "Anna"
    solution = who_asks.lesson.challenge.solution
    assert (np.array(solution["wq"]) != who_asks.wq).sum() == 1  # one number
    for row in (1, 2, 3):  # nobody else has changed
        others = who_asks.having(**solution, asks=row).weights
        assert others == pytest.approx(who_asks.having(asks=row).weights)


def test_order_shuffled_steps_get_what_they_got_before_until_places_have_vectors():
    turned = {"x": order.x[[2, 1, 0]].tolist()}
    assert order.having(**turned).output == pytest.approx(order.output)
    for positions in (order.lesson.challenge.solution, {"positions": "sinusoidal"}):
        here, there = order.having(**positions).output, order.having(**positions, **turned).output
        assert abs(here - there).max() > 1
    assert (
        order.solved.weights.argmax()
        == order.having(**order.lesson.challenge.solution, **turned).weights.argmax()
    )  # the first number, whichever it is


def test_two_heads_one_softmax_cannot_give_both_what_two_can():
    random = np.random.default_rng(4)
    for _ in range(200):
        numbers = {name: random.normal(0, 4, (3, 2)).tolist() for name in ("wq", "wk")}
        assert two_heads.having(**numbers).output.sum() <= 1 + 1e-9
    assert (two_heads.solved.output >= two_heads.bound).all()


def test_block_the_last_letter_finds_what_followed_its_like_and_nobody_looks_ahead():
    assert block.x[:, 2].tolist() == [0, *block.x[:-1, 0]]  # "after k", as the first block notes it
    assert block.weights[0] == block.weights[4] == block.weights.max()  # its like, and itself
    assert block.solved.weights.argmax() == 1
    assert block.asked.weights == pytest.approx([0.5, 0.5, 0, 0, 0])


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_block_two_blocks_have_a_hundred_thousand_numbers_and_one_is_right_less_often(lang):
    recording = load(FOLDER / f"next_character.{lang}.json")
    assert 95_000 < recording.parameters["two_layers"] < 106_000
    assert recording.last("one_layer").score < recording.last("two_layers").score


def test_learn_fear_the_ghost_goes_below_minus_100_by_itself_but_never_to_0():
    b = learn_fear.descend(2000)
    assert b[3] < -100 < 0 < b[0]
    assert 0 < learn_fear.having(b=list(b)).weights[3] <= learn_fear.bound
    ten = 10 * np.array(learn_fear.lesson.training.target)
    assert ten == pytest.approx([5, 3, 2, 0])  # ten frights: five, three, two, none


def test_learn_love_descent_stops_where_it_began_plus_the_logarithms():
    assert LEARNT.sum() == pytest.approx(0, abs=1e-9)
    assert LEARNT - LEARNT[2] == pytest.approx(np.log([90, 9, 1]), abs=1e-6)
    assert learn_love.asked.weights == pytest.approx([0.5, 0.25, 0.25], abs=1e-5)


def test_learning_rate_one_large_step_overshoots_and_descent_arrives_just_below_its_limit():
    step = -60 * (learning_rate.weights - TARGET)
    assert step == pytest.approx(learning_rate.change["b"])
    assert learning_rate.asked.weights[0] > 0.99

    def arrives(rate):
        b = np.zeros(3)
        for _ in range(3000):
            b = b - rate * (softmax(b) - TARGET)
        return np.allclose(softmax(b), TARGET, atol=1e-3)

    assert arrives(0.1) and arrives(5.1) and not arrives(5.2)
    assert not arrives(learning_rate.lesson.training.rate)


@pytest.mark.parametrize(("rate", "crosses"), [(2.5, False), (2.7, True), (5.1, True)])
def test_learning_rate_above_half_its_limit_each_step_crosses_the_valley(rate, crosses):
    _, ways = np.linalg.eigh(np.diag(TARGET) - np.outer(TARGET, TARGET))
    steepest, b, sides = ways[:, -1], np.log(TARGET) + 0.01 * ways[:, -1], []
    for _ in range(6):
        sides.append(np.sign((b - np.log(TARGET)) @ steepest))
        b = b - rate * (softmax(b) - TARGET)
    assert (sides[0] != sides[1]) == crosses


def test_learning_rate_with_a_temperature_a_rate_is_worth_itself_over_its_square():
    rate, b, c = learn_fear.lesson.training.rate, np.zeros(4), np.zeros(4)
    scores, target = learn_fear.scores, np.array(learn_fear.lesson.training.target)
    for _ in range(50):
        b = b - rate * (softmax(scores + b, temperature=TEMPERATURE) - target) / TEMPERATURE
        c = c - rate / TEMPERATURE**2 * (softmax(scores / TEMPERATURE + c) - target)
    assert b / TEMPERATURE == pytest.approx(c)


def test_dead_bias_tanh_is_flat_there_and_50_points_change_nothing():
    assert (dead.asked.weights == dead.weights).all()
    assert dead.weights[2] > 0.5  # most of the attention
    assert (1 - np.tanh(dead.logits) ** 2 == 0).all()
