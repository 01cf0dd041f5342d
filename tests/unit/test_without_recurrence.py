"""Without recurrence: what the lines promise, and what is read of one's own; how both grow."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from attention.training.growth import FOLDER, growth, load, results, save
from attention.training.recording import FOLDER as RECORDINGS
from attention.training.recording import Epoch, Recording
from attention.training.recording import load as load_recording
from attention.training.tasks import without_recurrence as task

WITHOUT_RECURRENCE = task.WithoutRecurrence()


@pytest.mark.parametrize("length", task.LENGTHS)
def test_two_letters_are_capitals_and_the_first_is_the_answer_each_equally_often(length):
    x, answers = task.lines(0, 0, 260, length)
    assert np.bincount(answers).tolist() == [10] * 26
    for line, answer in zip(map(task.decode, x), answers, strict=True):
        assert len(line) == length
        first, _ = (letter for letter in line if letter.isupper())
        assert first == task.ANSWERS[answer]


def test_the_capitals_stand_anywhere():
    x, _ = task.lines(0, 0, 2_000, 20)
    often = (x > 26).sum(axis=0)
    assert 150 < often.min() <= often.max() < 250, "200 are expected in each place"


def test_equal_seeds_make_equal_lines_and_what_is_held_out_or_of_another_seed_is_like_none():
    options = task.WithoutRecurrenceOptions(seed=7)
    (x, _), (again, _) = (WITHOUT_RECURRENCE.train_on(options) for _ in range(2))
    np.testing.assert_array_equal(x, again)
    for other, _ in (task.held_out(7, 20), task.lines(8, 0, 400, 20)):
        assert len(other) >= 300
        assert not {line.tobytes() for line in x} & {line.tobytes() for line in other}


def test_the_examples_are_held_out_lines():
    held_out, answers = task.held_out(3, 30)
    examples = WITHOUT_RECURRENCE.examples(task.WithoutRecurrenceOptions(length=30, seed=3))
    np.testing.assert_array_equal([example.x for example in examples], held_out[: len(examples)])
    for example, answer in zip(examples, answers, strict=False):
        assert example.truth == task.ANSWERS[answer]


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
    assert recorded in WITHOUT_RECURRENCE.recordings() and recorded.length == nearest


def recording(seed, score=0.5):
    def epoch(model, number, seconds=None, score=0.5):
        return Epoch(model=model, epoch=number, loss=None, score=score, seconds=seconds, weights=[])

    epochs = [epoch("lstm", 0), *(epoch("gru", n, s) for n, s in enumerate([None, 9, 1, 5, 2]))]
    epochs += [epoch("gru", 5, 3, score=score), epoch("one", 1, 4)]
    options = {"length": 50, "seed": seed}
    return Recording("without_recurrence", options, {"gru": 7, "lstm": 9}, epochs=epochs)


def test_a_result_is_the_usual_pace_and_the_last_score_of_each_model_that_has_been_trained():
    assert [one.model_dump() for one in results(recording(seed=3, score=0.75))] == [
        # The median of all epochs but the first, in which TensorFlow compiles.
        {"length": 50, "seed": 3, "model": "gru", "epochs": 5, "seconds": 2.5, "score": 0.75},
        {"length": 50, "seed": 3, "model": "one", "epochs": 1, "seconds": 4, "score": 0.5},
    ]


def test_growth_is_the_median_of_all_seeds_and_between_what_they_lie():
    found = [
        one for seed, score in enumerate((1, 0.25, 0.75)) for one in results(recording(seed, score))
    ]
    gru, one = growth(found)
    assert gru == {
        **{"length": 50, "model": "gru", "epochs": 5, "seeds": 3, "seconds": 2.5, "score": 0.75},
        "least": {"seconds": 2.5, "score": 0.25},
        "most": {"seconds": 2.5, "score": 1},
    }
    assert (one["model"], one["score"], one["least"]["score"]) == ("one", 0.5, 0.5)


def test_results_are_read_as_they_were_written(tmp_path):
    found = results(recording(seed=1))
    save(found, tmp_path / "new" / "task.json")
    assert load(tmp_path / "new" / "task.json") == found
    assert load(tmp_path / "none.json") == []


def test_our_results_are_of_every_seed_length_and_model_and_those_of_the_recordings():
    shipped = load(FOLDER / "without_recurrence.json")
    models, seeds = WITHOUT_RECURRENCE.models, WITHOUT_RECURRENCE.seeds
    assert len(seeds) == 3
    assert [(one.length, one.seed, one.model) for one in shipped] == [
        (length, seed, model) for length in task.LENGTHS for seed in seeds for model in models
    ]
    for options in WITHOUT_RECURRENCE.recordings():
        file = RECORDINGS / f"{WITHOUT_RECURRENCE.file_name(options)}.json"
        told = [one for one in shipped if (one.length, one.seed) == (options.length, options.seed)]
        assert told == results(load_recording(file))


def test_chance_is_one_letter_of_those_that_may_be_the_answer():
    _, answers = task.lines(0, 0, 2_600, 20)
    assert WITHOUT_RECURRENCE.chance == np.bincount(answers).max() / len(answers)
