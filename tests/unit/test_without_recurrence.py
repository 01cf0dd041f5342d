"""Without recurrence: what the lines promise, and what is read of one's own; how both grow."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from attention.texts import UserError
from attention.training.growth import growth
from attention.training.recording import Epoch, Recording
from attention.training.tasks import without_recurrence as task

WITHOUT_RECURRENCE = task.WithoutRecurrence()


def read(text, length=20):
    return WITHOUT_RECURRENCE.read(task.WithoutRecurrenceOptions(length=length), {"text": text})


@pytest.mark.parametrize("length", task.LENGTHS)
def test_two_letters_are_capitals_and_the_first_is_the_answer(length):
    x, answers = task.lines(0, 0, 60, length)
    assert x.shape == (60, length)
    for line, answer in zip(x, answers, strict=True):
        text = task.decode(line)
        assert len(text) == length
        first, _ = (letter for letter in text if letter.isupper())
        assert first == task.ANSWERS[answer]


def test_every_letter_is_the_answer_equally_often():
    _, answers = task.lines(0, 0, 260, 20)
    assert np.bincount(answers).tolist() == [10] * 26


def test_the_capitals_stand_anywhere():
    x, _ = task.lines(0, 0, 2_000, 20)
    often = (x > 26).sum(axis=0)
    assert often.min() > 150, "200 are expected in each place"
    assert often.max() < 250


def test_equal_seeds_make_equal_lines_and_others_make_others():
    one, again, other = (task.lines(seed, 0, 50, 20)[0] for seed in (7, 7, 8))
    np.testing.assert_array_equal(one, again)
    assert not (one == other).all(axis=1).any()


def test_no_held_out_line_is_trained_on():
    trained, _ = WITHOUT_RECURRENCE.train_on(task.WithoutRecurrenceOptions())
    held_out, _ = task.held_out(0, 20)
    assert not (trained[:, None] == held_out[None]).all(axis=-1).any()
    assert len(held_out) >= 300


def test_the_examples_are_held_out_lines():
    options = task.WithoutRecurrenceOptions(length=30, seed=3)
    examples = WITHOUT_RECURRENCE.examples(options)
    held_out, _ = task.held_out(3, 30)
    np.testing.assert_array_equal([example.x for example in examples], held_out[:6])
    for example in examples:
        assert example.truth == next(letter for letter in example.steps if letter.isupper())


def test_a_line_of_ones_own_ends_at_the_last_step():
    example = read("  helLo wOrld".replace(" ", ""))
    assert example.x.tolist() == [0] * 10 + [8, 5, 12, 38, 15, 23, 41, 18, 12, 4]
    assert "".join(example.steps) == "helLowOrld"
    assert example.truth == "L"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("abc", "exactly 2 letters must be capitals; got 0"),
        ("  ", "exactly 2 letters must be capitals; got 0"),
        ("Abc", "got 1"),
        ("ABC", "got 3"),
        ("Ab, C!", "only letters from a to z; got ' !,'"),
        ("Мыло", "only letters from a to z; got 'Млоы'"),
        ("<b>Ab</B>", "got '/<>'"),
        ("AB" + "c" * 19, "at most 20 letters, as those that the models are trained on; got 21"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_a_reason(text, said):
    with pytest.raises(UserError) as caught:
        read(text)
    assert said in str(caught.value)


@pytest.mark.parametrize("length", [19, 201, 20.5, "20", None])
def test_the_length_is_a_whole_number_from_20_to_200(length):
    with pytest.raises(ValidationError):
        task.WithoutRecurrenceOptions(length=length)


@pytest.mark.parametrize(
    ("length", "nearest"), [(20, 20), (34, 20), (36, 50), (76, 100), (149, 100), (151, 200)]
)
def test_the_recording_of_the_nearest_length_is_shown(length, nearest):
    options = task.WithoutRecurrenceOptions(lang="ru", seed=3, length=length)
    recorded = WITHOUT_RECURRENCE.recorded(options)
    assert recorded in WITHOUT_RECURRENCE.recordings()
    assert WITHOUT_RECURRENCE.file_name(recorded) == f"without_recurrence.{nearest}"


def epoch(model, number, seconds, score=0.5):
    return Epoch(model=model, epoch=number, loss=None, score=score, seconds=seconds, looks=[])


def test_growth_is_the_median_of_the_epochs_after_the_first_and_the_last_score():
    epochs = [epoch("gru", 0, None), *(epoch("gru", n, s) for n, s in enumerate([9, 1, 5, 2], 1))]
    epochs.append(epoch("gru", 5, 3, score=0.75))
    recording = Recording("without_recurrence", {"length": 50}, {"gru": 7}, epochs)
    assert growth([recording]) == [{"length": 50, "model": "gru", "seconds": 2.5, "score": 0.75}]


def test_growth_leaves_out_what_has_not_been_trained_and_makes_do_with_one_epoch():
    epochs = [epoch("lstm", 0, None), epoch("gru", 0, None), epoch("lstm", 1, 4)]
    recording = Recording("without_recurrence", {"length": 20}, {"lstm": 9, "gru": 7}, epochs)
    assert growth([recording]) == [{"length": 20, "model": "lstm", "seconds": 4, "score": 0.5}]
