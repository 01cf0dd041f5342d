"""The endpoint `/attend`, called as a program calls it."""

from __future__ import annotations

import json

import httpx
import numpy as np
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from attention import attend


@pytest.fixture(scope="module")
def client(address):
    return Client(address, verbose=False)


def test_the_endpoint_gives_the_cores_numbers(client):
    x, w = [[1.0, 2.0], [3.0, 4.0], [0.5, -1.0]], [0.1, -0.2]
    b, mask = [0.0, 1.0, -1.0], [True, True, False]
    got = client.predict(x, w, b, mask, "linear", 2.0, api_name="/attend")
    trace = attend(x, w, b, mask, activation="linear", temperature=2.0)
    assert got == {name: stage.tolist() for name, stage in vars(trace).items()}


def test_only_x_and_w_are_needed_up_to_a_thousand_steps_of_64_features(client):
    x = np.random.default_rng(0).normal(size=(1000, 64)).round(3).tolist()
    got = client.predict(x=x, w=[0.1] * 64, api_name="/attend")
    np.testing.assert_array_equal(got["weights"], attend(x, [0.1] * 64).weights)


def test_none_is_the_default_as_javascripts_client_has_it(client):
    got = client.predict([[1], [2]], [1], None, None, None, None, api_name="/attend")
    assert got == client.predict([[1], [2]], [1], api_name="/attend")


def post(address, path, body):
    answer = httpx.post(f"{address}/gradio_api/call/{path}", json=body)
    if answer.status_code != 200:
        return answer.status_code, answer.text
    told = httpx.get(f"{address}/gradio_api/call/attend/{answer.json()['event_id']}").text
    return json.loads(told.partition("data: ")[2])[0]


def test_over_http_arguments_have_names_or_null_in_their_place(address):
    same = attend([[1, 0], [0, 1]], [2, 0])
    expected = {name: stage.tolist() for name, stage in vars(same).items()}
    x = [[1, 0], [0, 1]]
    assert post(address, "v2/attend", {"x": x, "w": [2, 0]}) == expected
    assert post(address, "attend", {"data": [x, [2, 0], *[None] * 4]}) == expected


def test_over_http_a_wrong_name_or_a_missing_one_is_told(address):
    answers = [post(address, "v2/attend", body) for body in ({"x": [[1]]}, {"w": [1], "X": [[1]]})]
    assert [status for status, _ in answers] == [422, 422]
    assert "w: Field required" in answers[0][1]
    assert "x: Field required" in answers[1][1] and "X: not permitted" in answers[1][1]


WRONG = {
    "shapes": ({"x": [[1]], "w": [1, 2]}, r"w must have shape \(1,\).*got \(2,\)"),
    "ragged": ({"x": [[1, 2], [3]], "w": [1, 2]}, "rows of different lengths"),
    "nothing": ({"x": None, "w": None}, "x: .*list; got None"),
    "text": ({"x": "abc", "w": [1]}, "x: .*list; got 'abc'"),
    "text inside": ({"x": [["1"]], "w": [1]}, "x.0.0: .*number; got '1'"),
    "a number too large": ({"x": [[1e7]], "w": [1]}, "x.0.0: .*1000000; got 1"),
    "too many steps": ({"x": [[1]] * 1001, "w": [1]}, "x: .*at most 1000"),
    "too many features": ({"x": [[1] * 65], "w": [1] * 65}, "x.0: .*at most 64"),
    "temperature": ({"x": [[1]], "w": [1], "temperature": 0}, "temperature: .*0.01; got 0"),
    "activation": ({"x": [[1]], "w": [1], "activation": "relu"}, "activation: .*'tanh'.*'relu'"),
    "mask": ({"x": [[1]], "w": [1], "mask": ["maybe"]}, "mask.0: .*boolean.*'maybe'"),
    "a mask of words": ({"x": [[1]], "w": [1], "mask": ["off"]}, "mask.0: .*boolean.*'off'"),
    "a dictionary": ({"x": {"a": 1}, "w": [1]}, "x: .*list"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_bad_input_gets_a_clear_error_and_no_traceback(client, arguments, message):
    with pytest.raises(AppError, match=rf"(?s){message}") as error:
        client.predict(**arguments, api_name="/attend")
    assert "Traceback" not in str(error.value)
