"""The models of the loud second and of without recurrence: what they see, say and learn."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from attention.layers import Attention, SeqSelfAttention
from attention.training.task import Example
from attention.training.tasks import loud_second, loud_second_models
from attention.training.tasks import without_recurrence as lines
from attention.training.tasks import without_recurrence_models as lines_models

LOUD_SECOND, WITHOUT_RECURRENCE = loud_second.LoudSecond(), lines.WithoutRecurrence()
SOUND, LINE = LOUD_SECOND.Options(), WITHOUT_RECURRENCE.Options()


def build(task, options, name):
    keras.utils.set_random_seed(0)
    return getattr(task.keras(), name)(options)


@pytest.fixture(scope="module")
def listener():
    """`attention`, trained on a few clips for a short time."""
    model = build(LOUD_SECOND, SOUND, "attention")
    model.fit(*loud_second.clips(0, 0, 800), epochs=8, verbose=0)
    return model


@pytest.fixture(scope="module")
def reader():
    """`self_attention`, after one epoch."""
    model = build(WITHOUT_RECURRENCE, LINE, "self_attention")
    model.fit(*WITHOUT_RECURRENCE.train_on(LINE), epochs=1, verbose=0)
    return model


@pytest.mark.parametrize(
    ("task", "options", "answers"), [(LOUD_SECOND, SOUND, 4), (WITHOUT_RECURRENCE, LINE, 26)]
)
def test_every_model_reads_the_same_and_says_where_it_looks_if_it_attends(task, options, answers):
    examples = task.examples(options)
    for name in task.models:
        model = build(task, options, name)
        assert model.input_shape == (None, *examples[0].x.shape)
        assert model.output_shape == (None, answers)
        attends = any(isinstance(layer, Attention | SeqSelfAttention) for layer in model.layers)
        for example, look in zip(
            examples, task.keras().inspect(model, options, examples), strict=True
        ):
            assert 1 / answers <= look.sure <= 1
            if attends:
                (row,) = look.weights
                assert len(row) == len(example.steps)
                assert sum(row) == pytest.approx(1, abs=0.005)
            else:
                assert (look.weights, look.rows) == (None, ())


def test_the_page_shows_the_source_of_every_model():
    for task in (LOUD_SECOND, WITHOUT_RECURRENCE):
        for name, source in task.code().items():
            assert source.startswith(f"def {name}(options: Options) -> keras.Model:")
            assert source.count("\n") < 12


def test_attention_learns_to_hear_and_looks_at_the_tone(listener):
    x, tones = loud_second.clips(0, 1, 200)
    found = listener.predict_on_batch(x).argmax(axis=1)
    assert np.mean(found == tones) > 0.8, "by chance it would be 0.25"
    examples = LOUD_SECOND.examples(SOUND)
    places = []
    for example, look in zip(
        examples, loud_second_models.inspect(listener, SOUND, examples), strict=True
    ):
        begin, end = (20 * share for share in example.more["tone"])
        places.append(begin - 1 < np.argmax(look.weights[0]) < end)
    assert np.mean(places) > 0.6, "by chance it would be 0.11"


@pytest.mark.parametrize("tone", loud_second.TONES)
@pytest.mark.parametrize("seconds", [0.3, 2])
def test_a_pure_tone_of_ones_own_is_named(listener, tone, seconds):
    samples = np.zeros(loud_second.CLIP)
    length = round(seconds * 8_000)
    samples[:length] = np.sin(2 * np.pi * tone * np.arange(length) / 8_000)
    own = Example(loud_second.bands(samples), [""] * loud_second.STEPS)
    assert loud_second_models.inspect(listener, SOUND, [own])[0].answer == f"{tone} Hz"


def test_self_attention_learns_to_look_at_the_first_capital(reader):
    assert lines_models.score(reader, LINE) > 0.6, "by chance it would be 0.04"
    own = WITHOUT_RECURRENCE.read(LINE, {"text": "thisisVeryEasy"})
    (look,) = lines_models.inspect(reader, LINE, [own])
    assert (look.answer, look.rows) == ("V", ("y",))
    assert own.steps[int(np.argmax(look.weights[0]))] == "V"


@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_blanks_before_a_line_are_not_read(name):
    said = []
    for length in (20, 30):
        options = lines.WithoutRecurrenceOptions(length=length)
        model = build(WITHOUT_RECURRENCE, options, name)
        x = WITHOUT_RECURRENCE.read(options, {"text": "abCdE"}).x
        said.append(model.predict_on_batch(x[None]))
    np.testing.assert_allclose(*said, atol=1e-6)


def test_blanks_before_a_line_are_not_looked_at(reader):
    own = WITHOUT_RECURRENCE.read(LINE, {"text": "abCdE"})
    (look,) = lines_models.inspect(reader, LINE, [own])
    assert len(look.weights[0]) == 5
    assert sum(look.weights[0]) == pytest.approx(1, abs=0.001)
