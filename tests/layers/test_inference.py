"""A recording's weights answer somebody's own input, and know nothing of who asked before."""

from __future__ import annotations

import pytest

from attention.texts import UserError
from attention.training.inference import predict
from attention.training.recording import FOLDER, Recording, load
from attention.training.tasks import TASKS

OWN = {"text": "The soup was wonderful"}


@pytest.fixture(scope="module")
def recording() -> Recording:
    return load(FOLDER / "deciding_word.en.json")


def test_every_model_that_was_trained_answers(recording):
    example, inspections = predict(recording, OWN)
    assert (example.steps, example.truth) == (["The", "soup", "was", "wonderful"], None)
    assert set(inspections) == set(TASKS["deciding_word"].models)
    assert inspections["attention"].answer == "good"
    assert len(inspections["attention"].weights[0]) == 4
    assert inspections["mean"].weights is None


def test_each_visitor_is_answered_with_the_weights_that_they_trained(recording):
    untrained = {
        name: [0 * array for array in arrays] for name, arrays in recording.weights.items()
    }
    theirs = Recording(recording.task, recording.options | {"seed": 5}, weights=untrained)
    first = predict(recording, OWN)[1]["attention"]
    assert predict(theirs, OWN)[1]["attention"].sure == 0.5 < first.sure
    assert predict(recording, OWN)[1]["attention"] == first


def test_before_anything_was_learnt_it_is_refused(recording):
    nothing = Recording(recording.task, recording.options)
    with pytest.raises(UserError) as refused:
        predict(nothing, OWN)
    assert refused.value.key == "refused_untrained"
