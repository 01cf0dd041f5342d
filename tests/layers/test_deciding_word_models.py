"""The models of the deciding word: what they learn, where they look, and what is hidden."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from attention.training.tasks import deciding_word_models as models
from attention.training.tasks.deciding_word import DecidingWord, DecidingWordOptions, encoded
from attention.training.tasks.deciding_word_sentences import held_out, words

DECIDING_WORD = DecidingWord()


ENGLISH, RUSSIAN = (DecidingWordOptions(lang=lang) for lang in ("en", "ru"))
ATTENTIVE = pytest.mark.parametrize(
    ("name", "options"), [("attention", ENGLISH), ("self_attention", RUSSIAN)]
)


def build(name, options):
    keras.utils.set_random_seed(0)
    return getattr(models, name)(options)


@pytest.fixture(scope="module")
def reader():
    """`attention`, trained as the page does it."""
    model = build("attention", ENGLISH)
    model.fit(*DECIDING_WORD.train_on(ENGLISH), epochs=ENGLISH.epochs, verbose=0)
    return model


def test_sentences_that_it_never_saw_are_judged_right(reader):
    assert models.score(reader, ENGLISH) >= 0.85, "by chance it would be 0.5"


def test_most_often_the_deciding_word_weighs_most(reader):
    x, _ = encoded("en", unseen=True)
    found = []
    for sentence, weights in zip(held_out("en"), models.word_shares(reader, x), strict=True):
        steps = words(sentence.text)
        found.append(steps[weights[-len(steps) :].argmax()].lower() in sentence.deciding)
    assert np.mean(found) > 0.75, "by chance it would be 0.16"


@ATTENTIVE
def test_every_look_has_one_row_of_shares(name, options):
    model = build(name, options)
    examples = DECIDING_WORD.examples(options)
    for example, look in zip(examples, models.inspect(model, options, examples), strict=True):
        (row,) = look.weights
        assert len(row) == len(example.steps)
        assert sum(row) == pytest.approx(1, abs=0.001)
        assert [row[place] for place in example.more["unknown"]] == [0] * len(
            example.more["unknown"]
        )


@ATTENTIVE
def test_an_unknown_word_changes_nothing(name, options):
    model = build(name, options)
    known = {"en": "The soup was wonderful", "ru": "Суп очень вкусный"}[options.lang]
    looks = [
        models.inspect(model, options, [DECIDING_WORD.read(options, {"text": text})])[0]
        for text in (known, f"{known} quux")
    ]
    assert looks[0].answer == looks[1].answer
    assert looks[0].sure == pytest.approx(looks[1].sure, abs=1e-5)
    assert looks[1].weights[0] == pytest.approx([*looks[0].weights[0], 0], abs=1e-3)


def test_the_mean_has_no_weights_to_show():
    for look in models.inspect(build("mean", ENGLISH), ENGLISH, DECIDING_WORD.examples(ENGLISH)):
        assert look.weights is None
        assert look.answer in ("good", "bad")


def test_the_shares_of_self_attention_make_the_vector_that_is_judged():
    model = build("self_attention", ENGLISH)
    x, _ = encoded("en", unseen=True)
    pooled = np.einsum("ns,nsf->nf", models.word_shares(model, x), model.get_layer("words")(x))
    np.testing.assert_allclose(model.layers[-1](pooled), model.predict_on_batch(x), atol=1e-5)
