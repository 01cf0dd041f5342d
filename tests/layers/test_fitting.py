"""Training a task is Keras' own `fit`, told as it goes on, and the same for the same seed."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from attention.training import fitting
from attention.training.packed_weights import unpack
from attention.training.recording import Recording, load
from attention.training.task import Options

from .small_task import CASES, Small, attention


def words_of(options, task=None):
    words = []
    fitting.train(task or Small(), options, lambda *word: words.append(word))
    return words


@pytest.fixture(scope="module")
def told():
    return words_of(Options(epochs=5, seed=7))


def recording_of(words):
    recording = Recording("small", Options(epochs=5, seed=7).model_dump())
    for word, what in words:
        recording.record(word, what)
    return recording


def weights_of(recording, model):
    return unpack(recording.last(model).weights)


def test_the_models_take_turns_and_tell_where_they_are(told):
    epochs = recording_of(told).epochs
    assert [(one.model, one.epoch) for one in epochs] == [
        (model, epoch) for epoch in (0, 2, 4, 5) for model in ("attention", "twin")
    ]
    assert epochs[0].loss is None, "nothing has been learnt at epoch 0"
    assert epochs[-1].loss < epochs[2].loss
    assert told[-1] == ("over", "done")


def test_what_is_told_are_the_weights_of_the_layer(told):
    recording = recording_of(told)
    W, b, *_ = weights_of(recording, "attention")
    assert recording.epochs[-2].layer == {
        "W": np.round(W.astype(float), 4).tolist(),
        "b": np.round(b.astype(float), 4).tolist(),
    }


def test_twins_of_one_seed_learn_the_same(told):
    pair = (weights_of(recording_of(told), model) for model in ("attention", "twin"))
    for one, other in zip(*pair, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_task_may_say_how_much_of_what_it_has_seen_it_knows():
    class Knowing(Small):
        def keras(self):
            models = super().keras()
            models.trained_score = lambda model, options: options.seed / 10
            return models

    told = recording_of(words_of(Options(epochs=2, seed=7), Knowing())).epochs
    assert [one.trained_score for one in told] == [0.7] * 4
    without = recording_of(words_of(Options(epochs=2, seed=7))).epochs
    assert [one.trained_score for one in without] == [None] * 4


def test_taking_turns_is_the_same_as_one_plain_fit(told):
    options = Options(epochs=5, seed=7)
    keras.utils.set_random_seed(options.seed)
    model = attention(options)
    model.fit(*Small().train_on(options), batch_size=CASES, epochs=5, verbose=0)
    for plain, turn in zip(
        model.get_weights(), weights_of(recording_of(told), "twin"), strict=True
    ):
        np.testing.assert_allclose(plain, turn, atol=1e-6)


def test_when_the_time_is_up_it_ends_and_keeps_what_was_learnt():
    class Hurried(Small):
        seconds = 0

    recording = recording_of(words_of(Options(epochs=100), Hurried()))
    assert recording.over == "time"
    assert {one.epoch for one in recording.epochs} == {0}
    assert {one.model for one in recording.epochs} == {"attention", "twin"}


def test_a_recording_is_read_as_it_was_written(told, tmp_path):
    recording = recording_of(told)
    recording.save(tmp_path / "small.json")
    again = load(tmp_path / "small.json")
    assert again.for_page() == recording.for_page()
