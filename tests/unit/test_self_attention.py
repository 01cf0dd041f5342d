"""Self-attention: its laws, and how it is made of the other functions of the core."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention import attend, dot_product, self_attention, sinusoidal

STAGES = ("queries", "keys", "values", "logits", "scores", "weights", "output")


@st.composite
def settings(draw, most_heads=4, masked=True):
    """Arguments of any size that the page has, with small numbers."""
    heads = draw(st.integers(1, most_heads))
    steps, features = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    d_k, d_v = (heads * draw(st.integers(1, 4 // heads)) for _ in range(2))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    shapes = {"x": (steps, features)} | {f"w_{a}": (features, d_k) for a in "qk"}
    made = {name: random.normal(size=shape) for name, shape in shapes.items()}
    return made | {
        "w_v": random.normal(size=(features, d_v)),
        "mask": random.random(steps) < 0.7 if masked and draw(st.booleans()) else None,
        "heads": heads,
        "causal": draw(st.booleans()),
        "temperature": draw(st.sampled_from([1.0, 0.5, 3.0])),
    }


def close(mine, theirs):
    np.testing.assert_allclose(mine, theirs, rtol=0, atol=1e-12)


@given(settings(masked=False), st.integers(0, 2**32))
def test_shuffled_steps_give_shuffled_outputs(how, seed):
    how["causal"] = False
    order = np.random.default_rng(seed).permutation(len(how["x"]))
    plain, shuffled = self_attention(**how), self_attention(**how | {"x": how["x"][order]})
    close(shuffled.output, plain.output[order])
    close(shuffled.weights, plain.weights[:, order][:, :, order])


def test_with_positions_the_order_matters():
    x, eye = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.eye(2)
    order = [2, 0, 1]
    plain, shuffled = (
        self_attention(rows, eye, eye, eye, positions=sinusoidal(3, 2)).output
        for rows in (x, x[order])
    )
    assert np.abs(shuffled - plain[order]).min() > 0.01


@given(settings(), st.integers(0, 5))
def test_a_causal_step_hears_nothing_of_later_ones(how, last):
    last %= len(how["x"])
    later = how["x"].copy()
    later[last + 1 :] += 100
    before, after = (self_attention(**how | {"x": x, "causal": True}) for x in (how["x"], later))
    assert np.array_equal(before.output[: last + 1], after.output[: last + 1])
    assert not np.triu(after.weights, 1).any()


@given(settings())
def test_heads_are_attentions_of_their_own_side_by_side(how):
    whole, heads = self_attention(**how), how["heads"]
    cut = {name: np.split(how[name], heads, axis=1) for name in ("w_q", "w_k", "w_v")}
    for head in range(heads):
        own = {name: parts[head] for name, parts in cut.items()}
        single = self_attention(**how | own | {"heads": 1})
        for stage in ("logits", "scores", "weights"):
            assert np.array_equal(getattr(whole, stage)[head], getattr(single, stage)[0])
        assert np.array_equal(np.split(whole.output, heads, axis=1)[head], single.output)


@given(settings())
def test_queries_of_zeros_ask_all_that_is_seen_alike(how):
    trace = self_attention(**how | {"w_q": 0 * how["w_q"]})
    steps = len(how["x"])
    mask = np.ones(steps, bool) if how["mask"] is None else how["mask"]
    seen = np.tile(mask, (steps, 1))
    seen = np.tril(seen) if how["causal"] else seen
    alike = seen / np.maximum(1, seen.sum(axis=1, keepdims=True))
    close(trace.weights, np.broadcast_to(alike, trace.weights.shape))


@given(settings())
def test_weights_are_shares_of_what_a_step_sees(how):
    trace = self_attention(**how)
    seen = np.ones(len(how["x"]), bool) if how["mask"] is None else how["mask"]
    assert (trace.weights >= 0).all() and not trace.weights[..., ~seen].any()
    total = trace.weights.sum(axis=-1)
    assert (np.isclose(total, 1) | (total == 0)).all()
    assert not trace.output[(total == 0).all(axis=0)].any()


@given(settings(most_heads=1))
def test_with_identity_matrices_each_step_asks_by_scaled_dot_product(how):
    features = how["x"].shape[1]
    eye = np.eye(features)
    plain = how | {"w_q": eye, "w_k": eye, "w_v": eye, "causal": False}
    trace = self_attention(**plain)
    for step, query in enumerate(how["x"]):
        one = dot_product(how["x"], query, how["mask"], scale=True, temperature=how["temperature"])
        for stage in ("logits", "scores", "weights"):
            close(getattr(trace, stage)[0, step], getattr(one, stage))
        close(trace.output[step], one.output)


def test_a_query_that_is_the_same_for_all_is_the_articles_attention_without_tanh():
    # A constant feature of 1 asks with w for everybody: x·(w_k = 1) is then what `attend` adds up.
    x, w = np.array([[1.0, 3.0, 0.5], [1.0, -1.0, 2.0]]), np.array([0.0, 0.7, -0.2])
    ask = np.zeros((3, 3))
    ask[0] = w * np.sqrt(3)
    trace = self_attention(x, ask, np.eye(3), np.eye(3))
    for output in trace.output:
        close(output, attend(x, w, activation="linear").output)


def test_positions_are_added_to_what_asks_is_asked_and_says():
    x, places = np.ones((2, 1)), np.array([[1.0], [2.0]])
    trace = self_attention(x, [[1]], [[10]], [[100]], positions=places)
    assert trace.queries.tolist() == [[2], [3]]
    assert trace.keys.tolist() == [[20], [30]] and trace.values.tolist() == [[200], [300]]


def test_a_hidden_step_asks_and_is_not_heard():
    trace = self_attention([[1.0], [2.0]], [[1]], [[1]], [[1]], mask=[1, 0])
    assert trace.weights.tolist() == [[[1, 0], [1, 0]]] and trace.output.tolist() == [[1], [1]]


# Of the numbers, 1e300 is too large for a key, 1e298 for what another step's query makes of it.
@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e300, 1e298])
def test_what_is_hidden_never_reaches_another_step(bad):
    matrices = np.full((3, 1, 1), 1e10)
    dirty, clean = (
        self_attention([[1e-10], [one], [3e-10]], *matrices, [1, 0, 1]) for one in (bad, 5.0)
    )
    assert np.array_equal(dirty.output[[0, 2]], clean.output[[0, 2]])
    assert all(np.isfinite(stage).all() for stage in vars(dirty).values())


def test_what_is_hidden_may_stand_beyond_the_largest_number():
    eye, places = [[1.0]], [[0.5], [1.5e308]]
    trace = self_attention([[1.0], [1.5e308]], eye, eye, eye, [1, 0], positions=places)
    assert trace.output.tolist() == [[1.5], [1.5]]


def test_who_sees_nothing_gets_zeros():
    trace = self_attention([[1.0], [2.0]], [[1]], [[1]], [[1]], mask=[0, 1], causal=True)
    assert trace.weights.tolist() == [[[0, 0], [0, 1]]] and trace.output.tolist() == [[0], [2]]


def test_leading_axes_are_batches():
    random = np.random.default_rng(0)
    x, mask = random.normal(size=(2, 4, 5, 3)), random.integers(0, 2, (2, 4, 5))
    matrices, places = random.normal(size=(3, 3, 4)), random.normal(size=(5, 3))
    how = {"heads": 2, "causal": True, "positions": places, "temperature": 0.7}
    many = self_attention(x, *matrices, mask, **how)
    for i, j in np.ndindex(2, 4):
        one = self_attention(x[i, j], *matrices, mask[i, j], **how)
        for stage in STAGES:
            assert np.array_equal(getattr(many, stage)[i, j], getattr(one, stage)), stage
    for_all = self_attention(x, *matrices, mask[0, 0], **how)
    each = self_attention(x, *matrices, np.broadcast_to(mask[0, 0], (2, 4, 5)), **how)
    assert np.array_equal(for_all.output, each.output)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precision_is_kept(dtype):
    x = np.ones((3, 2), dtype)
    trace = self_attention(x, *np.ones((3, 2, 2)), heads=2, positions=np.ones((3, 2)))
    assert all(stage.dtype == dtype for stage in vars(trace).values())


def test_each_head_is_scaled_by_its_own_width():
    x, ones = np.ones((1, 1)), np.ones((1, 4))
    assert self_attention(x, ones, ones, ones).scores.ravel().tolist() == [2]  # 4 / √4
    two = self_attention(x, ones, ones, ones, heads=2)
    np.testing.assert_allclose(two.scores.ravel(), [2 / np.sqrt(2)] * 2, rtol=1e-15)


@given(st.integers(1, 40), st.integers(1, 9))
def test_sinusoidal_positions_tell_every_step_from_every_other(steps, features):
    places = sinusoidal(steps, features)
    assert places.shape == (steps, features) and (np.abs(places) <= 1).all()
    assert len(np.unique(places.round(12), axis=0)) == steps
    if features % 2 == 0:  # a pair lies on a circle
        close((places**2).sum(axis=1), np.full(steps, features / 2))


def test_the_second_of_two_pairs_turns_by_a_radian_in_a_hundred_steps():
    close(sinusoidal(101, 4)[100], [np.sin(100), np.cos(100), np.sin(1), np.cos(1)])


@pytest.mark.parametrize("features", [2, 4, 6])
def test_so_many_steps_further_is_the_same_turn_everywhere(features):
    places = sinusoidal(12, features)
    products = places @ places.T
    for apart in range(12):  # the product of two places tells only how far apart they are
        diagonal = np.diagonal(products, apart)
        close(diagonal, np.full_like(diagonal, diagonal[0]))
