"""Who knows Keras finds its habits here, or an error that says what to do instead."""

import keras
import numpy as np
import pytest
from keras import ops

from attention.layers import (
    Attention,
    AttentionLayer,
    DenseGate,
    ResidualScaledDotProductAttention,
    ScaledDotProductAttention,
    SeqSelfAttention,
    SeqWeightedAttention,
)

RNG = np.random.default_rng(10)
QUERY, VALUE = (RNG.normal(size=(2, steps, 3)).astype("float32") for steps in (4, 5))
QUERY_MASK = np.array([[1, 1, 0, 1], [0, 1, 1, 1]], bool)
VALUE_MASK = np.array([[1, 1, 0, 0, 1], [1, 1, 1, 1, 0]], bool)
OF_ONE = (Attention, DenseGate, SeqSelfAttention, SeqWeightedAttention, ScaledDotProductAttention)


def numbers(tensor):
    return np.asarray(ops.convert_to_numpy(tensor))


def same(found, expected):
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(numbers(one), numbers(other), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("masks", [None, [QUERY_MASK, VALUE_MASK]])
def test_two_inputs_are_query_and_value_as_in_keras(masks, causal):
    options = {"mask": masks, "return_attention_scores": True, "use_causal_mask": causal}
    theirs = keras.layers.Attention()([QUERY, VALUE], **options)
    layer = ScaledDotProductAttention(scale=False)
    hidden = masks or [None, None]
    found = layer([QUERY, VALUE], **options)
    same(found, layer([QUERY, VALUE, VALUE], **(options | {"mask": [*hidden, hidden[1]]})))
    shown = QUERY_MASK if masks else np.ones((2, 4), bool)  # Keras has zeros in hidden queries
    same([numbers(one)[shown] for one in found], [numbers(one)[shown] for one in theirs])


@pytest.mark.parametrize("kind", [ScaledDotProductAttention, ResidualScaledDotProductAttention])
def test_the_causal_mask_of_a_call_is_the_history_of_the_layer(kind, tmp_path):
    inputs = [QUERY] if kind is ScaledDotProductAttention else [QUERY, np.zeros((2, 4, 4))]
    inputs = inputs if len(inputs) > 1 else inputs[0]
    options = {"return_attention_scores": True}
    found = kind()(inputs, use_causal_mask=True, **options)
    same(found, kind(history_only=True)(inputs, **options))
    assert not np.triu(numbers(found[-1]), 1).any()
    symbols = keras.tree.map_structure(lambda x: keras.Input(shape=x.shape[1:]), inputs)
    model = keras.Model(symbols, kind()(symbols, use_causal_mask=True, **options))
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    same(again(inputs), found)


@pytest.mark.parametrize("kind", [kind for kind in OF_ONE if kind is not DenseGate])
def test_the_forgotten_return_sequences_is_named(kind):
    symbol = keras.Input(shape=(4, 3))
    with pytest.raises(ValueError, match="return_sequences=True"):
        kind()(keras.layers.LSTM(2)(symbol))


@pytest.mark.parametrize("kind", OF_ONE)
def test_a_dict_is_refused_with_what_is_allowed(kind):
    allowed = r"x alone, \[query, value\]" if kind is ScaledDotProductAttention else "x alone, not"
    built = kind()
    built(QUERY)
    for layer in (kind(), built):
        with pytest.raises(ValueError, match=rf"inputs must be {allowed}.*got one of 'query'"):
            layer({"query": QUERY, "value": QUERY})


@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        (AttentionLayer, r"\[encoder, decoder\]"),
        (ResidualScaledDotProductAttention, r"\[x, previous\] or \[query, key, value, previous\]"),
    ],
)
def test_a_dict_for_several_inputs_is_told_their_order(kind, allowed):
    for inputs in ({"a": QUERY, "b": VALUE}, {"a": keras.Input((4, 3)), "b": keras.Input((5, 3))}):
        with pytest.raises(
            ValueError, match=rf"must be {allowed}, not a dict; got one of 'a', 'b'"
        ):
            kind()(inputs)


@pytest.mark.parametrize("wrong", ["yes", 1, "no"])
def test_what_a_call_is_told_is_true_or_false(wrong):
    for kind in OF_ONE:
        for x in (QUERY, keras.Input(shape=(4, 3))):
            with pytest.raises(ValueError, match="return_attention_scores must be True or False"):
                kind()(x, return_attention_scores=wrong)
    with pytest.raises(ValueError, match="use_causal_mask must be True or False"):
        ScaledDotProductAttention()(QUERY, use_causal_mask=wrong)


def test_scores_go_from_layer_to_layer():
    # Twice the same layer: the second adds its own scores to those of the first.
    first, second = ResidualScaledDotProductAttention(), ResidualScaledDotProductAttention()
    _, scores = first([QUERY, np.zeros((2, 4, 4))])
    output, twice, weights = second([QUERY, scores], return_attention_scores=True)
    np.testing.assert_allclose(numbers(twice), 2 * numbers(scores), rtol=1e-5)
    expected = ScaledDotProductAttention(temperature=0.5)(QUERY, return_attention_scores=True)
    same([output, weights], expected)


RESIDUAL = {
    "inputs must be .*previous.; got 3 inputs": [QUERY, VALUE, VALUE],
    r"inputs must be .*previous.; got shape \(2, 4, 3\)": QUERY,
    r"shape of the scores, here \(2, 4, 4\); got \(2, 4, 5\)": [QUERY, np.zeros((2, 4, 5))],
    r"shape of the scores, here \(2, 4, 5\); got \(2, 4\)": [
        QUERY,
        VALUE,
        VALUE,
        np.zeros((2, 4)),
    ],
}


@pytest.mark.parametrize("message", RESIDUAL)
def test_the_residual_layer_says_which_inputs_it_takes(message):
    with pytest.raises(ValueError, match=message):
        ResidualScaledDotProductAttention()(RESIDUAL[message])


def test_a_mask_alone_is_of_x_or_of_the_keys():
    layer = ResidualScaledDotProductAttention(return_attention_scores=True)
    *_, weights = layer([QUERY, np.zeros((2, 4, 4))], mask=QUERY_MASK)
    np.testing.assert_array_equal(numbers(weights) != 0, np.repeat(QUERY_MASK[:, None], 4, 1))
    *_, weights = layer([QUERY, VALUE, VALUE, np.zeros((2, 4, 5))], mask=VALUE_MASK)
    np.testing.assert_array_equal(numbers(weights) != 0, np.repeat(VALUE_MASK[:, None], 4, 1))
