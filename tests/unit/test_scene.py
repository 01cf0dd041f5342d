"""A scene takes what the table can hold, and says of everything else why not."""

from __future__ import annotations

import re

import numpy as np
import pytest
from pydantic import ValidationError

from attention.errors import explain
from attention.scene import Scene

GOOD = {"rows": ["a", "b"], "columns": ["f"], "x": [[1.0], [2.0]], "w": [1.0]}


def test_a_scene_computes_itself_by_the_core():
    assert Scene(**GOOD, activation="linear").trace().logits.tolist() == [1.0, 2.0]
    gate = Scene(**GOOD | {"kind": "gate", "w": [[0, 0], [0, 0]]})
    assert gate.trace().output.tolist() == [0.5, 1.0]
    dot = Scene(**GOOD | {"kind": "scaled_dot_product", "query": [3.0]})
    assert dot.trace().scores.tolist() == [3.0, 6.0]


WRONG = {
    "no rows": ({"rows": [], "x": []}, "rows"),
    "17 rows": ({"rows": ["r"] * 17, "x": [[1.0]] * 17}, "rows.*at most 16"),
    "9 columns": (
        {"columns": ["c"] * 9, "x": [[1.0] * 9] * 2, "w": [1.0] * 9},
        "columns.*at most 8",
    ),
    "a long name": ({"rows": ["r" * 41, "b"]}, "rows.0.*at most 40"),
    "an empty name": ({"rows": [" ", "b"]}, "rows.0.*at least 1"),
    "x too short": ({"x": [[1.0]]}, "x: must have 2 rows of 1 numbers; got 1 rows of 1"),
    "x ragged": (
        {"x": [[1.0], [1.0, 2.0]]},
        "x: must have 2 rows of 1 numbers; got 2 rows of 1, 2",
    ),
    "w too long": ({"w": [1.0, 2.0]}, "w: must have 1 numbers; got 2"),
    "w missing": ({"w": None}, "w: must be given"),
    "w square": ({"w": [[1.0]]}, "w: must have 1 numbers; got 1 rows"),
    "gate w flat": (
        {"kind": "gate"},
        "w: must have 2 rows of 2 numbers; got 1 numbers without rows",
    ),
    "query missing": ({"kind": "dot_product"}, "query: must be given"),
    "b too short": ({"b": [1.0]}, "b: must have 2 numbers; got 1"),
    "mask too long": ({"mask": [True] * 3}, "mask: must have 2 switches, .*got 3"),
    "mask of numbers": ({"mask": [1, 0]}, "mask.0.*boolean.*got 1"),
    "NaN": ({"x": [[np.nan], [1.0]]}, "x.0.0.*finite.*got nan"),
    "beyond a million": ({"x": [[1e7], [1.0]]}, "x.0.0.*1000000; got 10000000"),
    "text for a number": ({"x": [["1"], [1.0]]}, "x.0.0.*number; got '1'"),
    "frozen": ({"temperature": 0.001}, "temperature.*0.01; got 0.001"),
    "boiling": ({"temperature": 1001}, "temperature.*1000; got 1001"),
    "kind": ({"kind": "magic"}, "kind.*'attention'.*got 'magic'"),
    "activation": ({"activation": "relu"}, "activation.*'tanh'.*got 'relu'"),
    "unknown field": ({"hack": 1}, "hack.*not permitted"),
}


@pytest.mark.parametrize(("change", "message"), WRONG.values(), ids=WRONG)
def test_a_broken_scene_names_field_and_rule(change, message):
    with pytest.raises(ValidationError) as error:
        Scene(**GOOD | change)
    assert re.search(message, explain(error.value), re.DOTALL)


@pytest.mark.parametrize("field", ["x", "w", "b", "query", "mask"])
def test_a_list_that_no_table_can_have_is_refused_before_it_is_read(field):
    with pytest.raises(ValidationError) as error:
        Scene(**GOOD | {field: ["a"] * 1_000_000})
    assert explain(error.value) == f"{field}: must have at most 16 items; got 1000000"


def test_a_scene_says_what_of_it_counts():
    scene = Scene(**GOOD, b=[1.0, 2.0], query=[1.0], mask=[True, False])
    assert scene.has_bias and scene.has_tanh and scene.hides and not scene.is_dot_product
    assert not Scene(**GOOD, activation="linear").has_tanh and not Scene(**GOOD).has_bias
    dot = scene.model_copy(update={"kind": "dot_product"})
    assert dot.is_dot_product and not dot.has_bias and not dot.has_tanh
    assert scene.model_copy(update={"kind": "scaled_dot_product"}).is_dot_product
    assert scene.shown == [True, False]
    assert Scene(**GOOD).shown == [True, True] and not Scene(**GOOD).hides
