"""What may be asked of gradient descent, and what the page is told when it may not."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from attention.objective import MOST_STEPS, Objective
from attention.texts import say
from attention.ui import descent
from attention.warming import Progress

SCENE = {"rows": ["a", "b"], "columns": ["f"], "x": [[1], [2]], "w": [1], "b": [0, 0]}
REQUEST = {"scene": SCENE, "objective": {"target": [1, 0]}, "steps": 25}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"steps": 0}, "steps: .*greater than or equal to 1; got 0"),
        ({"steps": MOST_STEPS + 1}, "steps: .*less than or equal to 50; got 51"),
        ({"steps": 2.5}, "steps: .*integer; got 2.5"),
        ({"scene": SCENE | {"w": [1, 2]}}, "w: must have 1 numbers; got 2"),
        ({"objective": {}}, "objective.target: Field required"),
        ({"objective": {"target": [-1, 0]}}, "target.0: .*greater than or equal to 0; got -1"),
        ({"objective": {"target": [1, float("nan")]}}, "target.1: .*finite number; got nan"),
        ({"objective": {"target": [1, 1e7]}}, "target.1: .*less than or equal to 1000000"),
        ({"objective": {"target": [1, 0], "rate": 0}}, "rate: .*0.0001; got 0"),
        ({"objective": {"target": [1, 0], "rate": 1e4}}, "rate: .*1000; got 10000"),
        ({"objective": {"target": [1, 0], "turns": ["x"]}}, "turns.0: .*'w', 'b' or 'query'"),
        ({"objective": {"target": [1, 0], "turns": ["w", "w"]}}, "each part once; got w, w"),
        ({"objective": {"target": [1, 0], "b": {"regularizer": "l3"}}}, "'none', 'l1' or 'l2'"),
        ({"objective": {"target": [1, 0], "w": {"strength": 2}}}, "w.strength: .*1; got 2"),
        ({"objective": {"target": [1, 0], "w": {"constraint": "big"}}}, "'unit_norm'; got 'big'"),
        ({"more": 1}, "more: not permitted"),
    ],
)
def test_a_wrong_request_is_told_which_rule_it_breaks(change, words):
    assert re.search(words, say(descent.descend(REQUEST | change)["error"]))


def test_while_tensorflow_warms_up_the_page_is_told_how_far_it_is(monkeypatch):
    monkeypatch.setattr(descent, "warm_up", lambda: Progress(False, 0.5, 2.0))
    assert descent.descend(REQUEST) == {"warming": {"share": 0.5, "seconds": 2.0}}
    monkeypatch.setattr(descent, "warm_up", lambda: Progress(False, 0, 0, "no TensorFlow"))
    assert descent.descend(REQUEST) == {
        "error": {"key": "server_error", "values": {"error": "no TensorFlow"}}
    }


def test_an_objective_cannot_be_changed_by_one_visitor_for_another():
    objective = Objective(target=[1, 0])
    with pytest.raises(ValidationError, match="frozen"):
        objective.rate = 2
