"""Words become digits without a teacher, and with one, in the same numbers."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from attention.training.packed_weights import unpack
from attention.training.recording import FOLDER, load
from attention.training.tasks.numbers import (
    SHOWN,
    STEPS,
    Numbers,
    encode_numbers,
    example_of,
    split,
    written_before,
)
from attention.training.tasks.numbers_decoding import Translator
from attention.training.tasks.numbers_models import attention, inspect, plain

TASK = Numbers()
OPTIONS = TASK.Options(lang="ru")
WORDS = encode_numbers(np.array(SHOWN), OPTIONS.lang)
CLOSE = {"rtol": 0, "atol": 1e-5}


@pytest.fixture(scope="module")
def trained() -> Translator:
    """The model with attention, with the weights of the recording that ships."""
    model = attention(OPTIONS)
    recording = load(FOLDER / f"{TASK.file_name(OPTIONS)}.json")
    model.set_weights(unpack(recording.last("attention").weights))
    return model


@pytest.fixture(scope="module")
def forgetful() -> Translator:
    """The model without attention, as it begins."""
    return plain(OPTIONS)


@pytest.mark.parametrize("kind", ["trained", "forgetful"])
def test_writing_alone_and_with_a_teacher_are_the_same_numbers(kind, request):
    model = request.getfixturevalue(kind)
    digits, chances, weights = model.translate(WORDS)
    taught = [WORDS, written_before(digits)]  # as `fit` has it: given its own earlier digits
    seen, shown = model(taught).numpy(), written_before(digits) > 0  # up to the end
    assert (seen.argmax(-1) == digits)[shown].all()
    np.testing.assert_allclose(seen.max(-1)[shown], chances[shown], **CLOSE)
    if kind == "trained":
        expected = model.get_layer("attention_layer").attention_in(model)(taught).numpy()
        np.testing.assert_allclose(weights[shown], expected[shown], **CLOSE)
        np.testing.assert_allclose(weights.sum(-1), 1, **CLOSE)
        assert not (weights * (WORDS == 0)[:, None]).any()  # padding is not looked at


def test_what_comes_after_the_end_counts_nothing(trained):
    (words, before), digits = TASK.train_on(OPTIONS)
    x, y = [words[:8], before[:8]], digits[:8]
    changed = np.where(before[:8] == 0, 5, y)
    assert (changed != y).any()
    first, second = (float(trained.compute_loss(x, each, trained(x))) for each in (y, changed))
    assert first == second > 0


def test_a_look_has_a_row_for_each_digit(trained):
    for seen in inspect(trained, OPTIONS, TASK.examples(OPTIONS)):
        assert "".join(seen.rows) == seen.answer and len(seen.weights) == len(seen.answer)


def test_without_attention_nothing_can_be_forced(forgetful):
    both = [example_of(237, "ru", {"0": [0, 0, 1]}), example_of(237, "ru")]
    forced, free = inspect(forgetful, OPTIONS, both)
    assert (forced.answer, forced.rows, forced.weights) == (free.answer, free.rows, None)
    assert forced.sure == pytest.approx(free.sure)


def test_forced_weights_make_the_context_that_one_gets_by_hand(trained):
    shares = [0.5, 0.25, 0.25]
    example = example_of(237, "ru", {"0": shares})
    inside = keras.Model(
        trained.inputs,
        [trained.get_layer("encoder").output[0], trained.get_layer("decoder").output],
    )
    encoded, decoded = (part[0] for part in inside([part[None] for part in example.x]))
    kernel, bias = trained.get_layer("digits").get_weights()
    logits = np.concatenate([decoded[0], shares @ encoded[:3].numpy()]) @ kernel + bias
    chances = np.exp(logits) / np.exp(logits).sum()

    forced = np.zeros((1, STEPS, len(example.x[0])), np.float32)
    forced[0, 0, :3] = shares
    digits, sure, weights = trained.translate(example.x[0][None], forced)
    assert digits[0, 0] == chances.argmax()
    np.testing.assert_allclose(sure[0, 0], chances.max(), **CLOSE)
    assert inspect(trained, OPTIONS, [example])[0].weights[0] == shares
    assert weights[0, 0, :3].tolist() == shares


def test_whoever_is_made_to_look_at_another_word_mostly_writes_another_digit(trained):
    numbers = [n for n in split(OPTIONS.seed)[1] if len(set(str(n))) == len(str(n)) == 3]
    plainly = [n for n in map(str, numbers) if "0" not in n and n[1] != "1"]  # a word a digit
    pointing = [example_of(int(n), "ru", {"0": [0, 0, 1]}) for n in plainly]
    looks = inspect(trained, OPTIONS, pointing)
    changed = [seen.answer[:1] != n[0] for seen, n in zip(looks, plainly, strict=True)]
    assert len(changed) > 20
    assert np.mean(changed) > 0.8
