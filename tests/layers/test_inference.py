"""A recording's weights answer somebody's own input, and know nothing of who asked before."""

from __future__ import annotations

import pytest

from attention.texts import UserError
from attention.training.inference import predict
from attention.training.recording import FOLDER, Recording, load
from attention.training.tasks import TASKS


@pytest.fixture(scope="module")
def recording() -> Recording:
    return load(FOLDER / "numbers.en.npz")


def test_every_model_that_was_trained_answers(recording):
    example, inspections = predict(recording, {"text": "237"})
    assert (example.steps, example.truth) == (["two", "hundred", "thirty", "seven"], "237")
    assert set(inspections) == set(TASKS["numbers"].models)
    assert inspections["attention"].answer == "237"
    assert [len(row) for row in inspections["attention"].weights] == [4, 4, 4]
    assert inspections["plain"].weights is None


def test_each_visitor_is_answered_with_the_weights_that_they_trained(recording):
    untrained = {
        name: [0 * array for array in arrays] for name, arrays in recording.weights.items()
    }
    theirs = Recording(recording.task, recording.options | {"seed": 5}, weights=untrained)
    first = predict(recording, {"text": "237"})[1]["attention"]
    assert predict(theirs, {"text": "237"})[1]["attention"].answer != first.answer
    assert predict(recording, {"text": "237"})[1]["attention"] == first


def test_before_anything_was_learnt_it_is_refused(recording):
    nothing = Recording(recording.task, recording.options)
    with pytest.raises(UserError) as refused:
        predict(nothing, {"text": "237"})
    assert refused.value.key == "refused_untrained"
