"""What is refused is told to the page; what is the server's own fault goes to its log."""

from __future__ import annotations

import time
from typing import Annotated, Any

import pytest

from attention.export import FORMATS
from attention.scene import Model
from attention.texts import UserError, one_of, say
from attention.ui import agreement
from attention.ui.agreement import keras_agrees
from attention.ui.endpoints import json_endpoint
from attention.ui.gallery import draw_variations, variation_numbers
from attention.ui.qr_code import MOST_BYTES, code_of, qr_code
from attention.ui.takeaway import take_away
from attention.warming import Progress

SCENE = {"rows": ["a"], "columns": ["f"], "x": [[1]], "w": [1]}
SENTENCE = {"sentence": "a b"}
DOT = {"setting": SENTENCE, "names": ["dot"]}
STAGES = {stage: [1] for stage in ("logits", "scores", "weights", "output")}


class Request(Model):
    of: Annotated[str, one_of(lambda: ["this", "that"])]


@json_endpoint
def answer(request: Any) -> dict[str, Any]:
    of = Request.model_validate(request).of
    if of == "that":
        raise UserError("refused_number_large", largest=999_999, came="{largest}" * 100)
    raise ValueError("keyword 'grid' is not recognised")  # as Matplotlib would


def test_what_is_refused_is_told_in_words():
    assert "of: Field required" in say(answer({})["error"])
    assert "request: " in say(answer(7)["error"])


def test_what_the_page_has_words_for_is_told_by_their_key_and_briefly():
    error = answer({"of": "that"})["error"]
    assert error["key"] == "refused_number_large"
    assert error["values"] == {"largest": 999_999, "came": ("{largest}" * 100)[:60] + "…"}


def test_a_program_is_told_the_english_words():
    told = str(UserError("refused_number_large", largest=999_999, came="{largest}"))
    assert told.startswith("A number must be whole, from 0 to 999,999,")
    assert told.endswith("; {largest} is larger.")


def test_a_fault_of_the_servers_own_is_no_answer():
    with pytest.raises(ValueError, match="grid"):
        answer({"of": "this"})


def test_an_error_is_short_however_much_came():
    for request in ({"of": "x" * 1_000_000}, {"of": "this", "x" * 1_000_000: 1}):
        assert len(say(answer(request)["error"])) < 300
    assert "must be one of this, that; got 'xxx" in say(answer({"of": "x" * 1_000_000})["error"])


@pytest.mark.parametrize(
    ("endpoint", "request_", "words"),
    [
        (keras_agrees, {}, "scene: Field required"),
        (keras_agrees, {"scene": SCENE | {"w": [1, 2]}}, "w: must have 1 numbers; got 2"),
        (keras_agrees, {"scene": SCENE, "page": {"logits": ["x"]}}, "page.logits.0: "),
        (keras_agrees, {"scene": SCENE, "page": STAGES, "x": 1}, "x: not permitted"),
        (keras_agrees, None, "valid dictionary"),
        (variation_numbers, {"setting": {}}, "either a scene or a sentence must be given; got 0"),
        (variation_numbers, {"setting": SENTENCE | {"seed": -1}}, "equal to 0; got -1"),
        (draw_variations, {"setting": SENTENCE, "names": ["dot", "frog"]}, "one of dense_gate, "),
        (draw_variations, DOT | {"lang": "xx"}, "must be one of en, "),
        (draw_variations, {"setting": SENTENCE, "names": []}, "names: "),
        (draw_variations, {"setting": SENTENCE, "names": ["dot"] * 3}, "names: "),
        (variation_numbers, DOT | {"dark": True}, "dark: not permitted"),
        (variation_numbers, {"setting": SENTENCE, "names": ["dot"] * 65}, "names: "),
        (take_away, {"scene": SCENE, "format": "exe"}, f"{', '.join(FORMATS)}; got 'exe'"),
        (take_away, {"scene": SCENE, "format": "csv", "lang": "xx"}, "lang: "),
        (take_away, {"scene": SCENE | {"x": [["1"]]}, "format": "csv"}, "number"),
        *((qr_code, {"address": one}, "") for one in ("javascript:alert(1)", "", 7, None)),
    ],
)
def test_a_wrong_request_of_the_page_is_told_which_rule_it_breaks(endpoint, request_, words):
    answer = endpoint(request_)
    assert set(answer) == {"error"}
    assert words in say(answer["error"])


def test_a_code_holds_what_it_promises_to_hold():
    start = "https://a.b/#"
    full = start + "é" * ((MOST_BYTES - len(start)) // 2)
    assert len(code_of(full)) == 177
    assert qr_code({"address": full + "é"})["error"]["key"] == "refused_code_long"


def test_while_tensorflow_warms_up_the_page_is_told_since_when(monkeypatch):
    monkeypatch.setattr(agreement, "warm_up", lambda: Progress(2.0))
    request = {"scene": SCENE, "page": STAGES}
    assert keras_agrees(request) == {"warming": {"seconds": 2.0}}
    monkeypatch.setattr(agreement, "warm_up", lambda: Progress(0, error="no TensorFlow"))
    assert say(keras_agrees(request)["error"]) == "The server refuses: no TensorFlow"


def test_of_a_request_full_of_faults_only_their_number_is_told():
    begin = time.thread_time()  # of this thread alone, however busy the machine is
    page = STAGES | {"scores": ["a"] * 100_000}
    told = keras_agrees({"scene": SCENE, "page": page})["error"]
    assert time.thread_time() - begin < 2
    assert "and 100,000 more" in say(told)
