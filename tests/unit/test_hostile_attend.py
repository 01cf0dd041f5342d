"""Whatever a program sends to `/attend`: four lists of finite numbers, or which rule it broke."""

from __future__ import annotations

import json
import math
import re
import urllib.error
import urllib.request
from random import Random
from typing import Any

import gradio as gr
import pytest
from effort import many
from hostile import NUMERALS, VALUES, drawn, mutated_json, try_all

from attention.ui.api import attend

CALLS: list[dict[str, Any]] = [
    {"x": [[1.0]], "w": [1.0]},
    {"x": [[1, 2], [3, 4], [0.5, -1]], "w": [0.1, -0.2], "b": [0, 1, -1], "temperature": 2.5},
    {"x": [[1, 2, 3], [4, 5, 6]], "w": [1, 2, 3], "mask": [True, False], "activation": "linear"},
    {"x": [[1e6, -1e6], [-1e6, 1e6]], "w": [1e6, 1e6], "b": [-1e6, 1e6], "temperature": 0.01},
]
DEFAULT = {"x": None, "w": None, "b": None, "mask": None, "activation": "tanh", "temperature": 1}


def call(random: Random) -> dict[str, Any]:
    """What a call has, or what has become of it."""
    made = mutated_json(random, random.choice(CALLS), CALLS)
    if not isinstance(made, dict):
        return {"x": made, "w": [1]}
    return {"x": None, "w": None} | {name: made[name] for name in DEFAULT if name in made}


def assert_numbers_or_a_rule(made: dict[str, Any]) -> None:
    try:
        answer = attend(**made)
    except gr.Error as error:
        assert len(error.message) < 1_000
        assert re.search("must|not permitted|required", error.message), error.message
        return
    assert set(answer) == {"logits", "scores", "weights", "output"}
    assert all(math.isfinite(number) for numbers in answer.values() for number in numbers)
    assert len(answer["weights"]) == len(made["x"])
    total = sum(answer["weights"])
    assert min(answer["weights"]) >= 0 and (total == 0 or math.isclose(total, 1))


def test_many_calls_get_finite_numbers_or_the_rule():
    try_all(many(1_000, 10_000), "attend", call, assert_numbers_or_a_rule)


@pytest.mark.parametrize("name", DEFAULT)
def test_no_value_is_too_much_for_any_argument(name):
    for value in [*VALUES, *NUMERALS, [[0.0] * 64] * 1_000, [0.0] * 1_000]:
        assert_numbers_or_a_rule(CALLS[1] | {name: value})


# As they come over the network; what no JSON has is for the server to refuse.
REST = 'null, null, "tanh"'
BODIES = [
    *("", "{", "[]", "null", '"data"', "{}", '{"data": null}', '{"data": {}}', "\ufeff{}", "\x00"),
    '{"data": ' + "[" * 100_000 + "]" * 100_000 + "}",
    '{"data": ' + "[" * 100_000,
    '{"data": ' + '{"a":' * 100_000,
    f'{{"data": [[[{"9" * 5_000}]], [1], {REST}, 1]}}',
    f'{{"data": [[["\\ud800"]], [1], {REST}, 1]}}',
    f'{{"data": [[[1]], [1], {REST}, 1], "\\ud800": 1}}',
    f'{{"data": [[[1]], [1], {REST}, 1], "session_hash": {{"a": []}}, "event_data": "x"}}',
    f'{{"data": [[[1]], [1], {REST}, 1], "fn_index": 99, "trigger_id": -1, "event_id": 7}}',
    *(f'{{"data": [[[{numeral}]], [1], {REST}, 1]}}' for numeral in NUMERALS),
    *(f'{{"data": [[[1]], [1], {REST}, {numeral}]}}' for numeral in NUMERALS[:20]),
]


def written(call: dict[str, Any]) -> str:
    """A call as it is sent; empty where JSON cannot be written of it, or too much."""
    try:
        body = json.dumps({"data": list(call.values())})
    except (RecursionError, ValueError):
        return ""
    return body if len(body) < 100_000 else ""


def answered(address: str, body: str) -> str:
    """What the endpoint says, be it a result, an error or that there is no call."""
    url = f"{address}/gradio_api/call/attend"
    request = urllib.request.Request(url, body.encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            event = json.load(response)["event_id"]
        with urllib.request.urlopen(f"{url}/{event}", timeout=10) as response:
            return response.read().decode()
    except urllib.error.HTTPError as error:
        assert error.code < 500, error.code
        return error.read().decode()


def test_whatever_comes_over_the_network_is_answered_without_a_traceback(address):
    whole = json.dumps({"data": list((DEFAULT | CALLS[0]).values())})
    sent = []
    for number in range(many(12, 50)):
        try:
            sent.append(
                json.dumps({"data": list((DEFAULT | call(drawn("call", number))).values())})
            )
        except (RecursionError, ValueError):  # JSON cannot be written of it
            continue
    for body in [*BODIES, *(one for one in sent if len(one) < 100_000)]:
        said = answered(address, body)
        assert said and len(said) < 5_000, body[:300]
        assert not re.search(r"Traceback|NaN|Infinity|\.py\b", said), (body[:300], said)
    assert '"weights": [1.0]' in answered(address, whole), "it still works"
