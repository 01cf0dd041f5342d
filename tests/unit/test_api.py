"""The endpoint `/attend`, called as a program calls it."""

from __future__ import annotations

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
    "a dictionary": ({"x": {"a": 1}, "w": [1]}, "x: .*list"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_bad_input_gets_a_clear_error_and_no_traceback(client, arguments, message):
    with pytest.raises(AppError, match=rf"(?s){message}") as error:
        client.predict(**arguments, api_name="/attend")
    assert "Traceback" not in str(error.value)
