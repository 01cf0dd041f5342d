"""What may be asked of gradient descent, and what the page is told when it may not."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from attention.objective import Objective
from attention.texts import say
from attention.ui import agreement

SCENE = {"rows": ["a", "b"], "columns": ["f"], "x": [[1], [2]], "w": [1], "b": [0, 0]}
STAGES = {name: [0, 0] for name in ("logits", "scores", "weights", "output")}
STEP = {"loss": 0, "penalty": 0, "gradients": {"w": [0]}, "numbers": {"w": [1]}}
AIM = {"target": [1, 0]}


@pytest.mark.parametrize(
    ("objective", "words"),
    [
        ({}, "target: Field required"),
        ({"target": [-1, 0]}, "target.0: .*greater than or equal to 0; got -1"),
        ({"target": [1, float("nan")]}, "target.1: .*finite number; got nan"),
        (AIM | {"rate": 1e4}, "rate: .*1000; got 10000"),
        (AIM | {"turns": ["x"]}, "turns.0: .*'w', 'b', 'query', 'wq' or 'wk'"),
        (AIM | {"turns": ["w", "w"]}, "each part once; got w, w"),
        (AIM | {"b": {"regularizer": "l3"}}, "'none', 'l1' or 'l2'"),
        (AIM | {"w": {"strength": 2}}, "w.strength: .*1; got 2"),
        (AIM | {"w": {"constraint": "big"}}, "'unit_norm'; got 'big'"),
    ],
)
def test_a_wrong_objective_is_told_which_rule_it_breaks(objective, words):
    step = STEP | {"objective": objective}
    request = {"scene": SCENE, "page": STAGES, "step": step}
    assert re.search(words, say(agreement.keras_agrees(request)["error"]))


def test_an_objective_cannot_be_changed_by_one_visitor_for_another():
    with pytest.raises(ValidationError, match="frozen"):
        Objective(**AIM).rate = 2
