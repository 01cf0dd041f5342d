"""What the tab *Learn* may ask of the server, and what it is told when it asks wrongly."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from attention.scene import Model
from attention.texts import UserError, say
from attention.training.job_queue import JobQueue
from attention.training.recording import Epoch, Recording
from attention.training.task import Example, Inspection, Options, Task, Try, attention_lines
from attention.training.tasks import TASKS
from attention.ui import learn

ROOT = Path(__file__).resolve().parents[2]
LOOK = Inspection(answer="a", weights=[[0.25, 0.75]], sure=0.5)
# It hears what to train and goes on listening: it ends only when it is ended.
NEVER_READY = (sys.executable, "-S", "-c", "import sys; sys.stdin.read()")


class Own(Model):
    text: str


class Small(Task):
    name, models, Options = "small", ("one",), Options

    def train_on(self, options):
        raise AssertionError("the page's server trains nothing itself")

    def examples(self, options):
        return [Example(np.zeros(2), ["x", "y"], truth="a", more={"seed": options.seed})]

    def read(self, options, own):
        if not Own.model_validate(own).text.strip():
            raise UserError("refused_sentence_words", most=9, came=0)
        return Example(np.zeros(2), ["x", "y"])

    def tries(self, options):
        return [Try("odd", {"text": "x y"}, truth="b")]

    def code(self):
        return {"one": "def one(options): ..."}

    def attention_in_code(self):
        return {"one": [0]}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setitem(TASKS, "small", Small())
    jobs = JobQueue(command=NEVER_READY, waiting=1, at_once=1)
    monkeypatch.setattr(learn, "jobs", jobs)
    yield jobs
    jobs.close()


def test_a_task_is_opened_with_its_code_and_its_examples(small):
    opened = learn.open_task({"task": "small", "options": {"seed": 3}})
    assert opened["code"] == {"one": "def one(options): ..."}
    assert opened["marked"] == {"one": [0]}
    chosen = {"learning_rate": 0.01, "units": 16, "dropout": 0}
    assert opened["options"] == {"lang": "en", "seed": 3, "epochs": 10} | chosen
    assert opened["examples"] == [{"steps": ["x", "y"], "truth": "a", "seed": 3}]
    assert opened["recording"] is None
    assert small._spare is not None, "a process is made ready"


def test_the_page_knows_what_may_be_chosen_before_a_task_is_opened():
    (small,) = [task for task in learn.for_page() if task["name"] == "small"]
    assert small["models"] == ("one",)
    assert small["rules"]["epochs"]["maximum"] == 100
    assert small["rules"]["units"]["enum"] == [4, 8, 16, 32, 64]
    assert small["rules"]["learning_rate"]["default"] == 0.01
    assert small["seconds"] == Small.seconds
    by_language = {task["name"] for task in learn.for_page() if task["by_language"]}
    assert {"numbers", "deciding_word"} <= by_language, "their data are words"
    assert not {"loud_second", "without_recurrence", "demand"} & by_language


@pytest.mark.parametrize(
    ("chosen", "rule"),
    [
        ({"learning_rate": 0.03}, "learning_rate: must be one of 0.0001, 0.0002, .*, 1; got 0.03"),
        ({"learning_rate": "0.01"}, "learning_rate: must be a valid number"),
        ({"learning_rate": float("nan")}, "learning_rate: must be"),
        ({"units": 5}, "units: must be one of 4, 8, 16, 32, 64; got 5"),
        ({"units": 16.0}, "units: must be a whole number"),
        ({"units": True}, "units: must be a whole number"),
        ({"dropout": 0.9}, "dropout: must be one of 0, 0.1, .*, 0.8; got 0.9"),
        ({"dropout": 1}, "dropout: must be one of .*; got 1"),
    ],
)
def test_a_learning_rate_units_and_dropout_are_of_those_that_the_page_offers(chosen, rule):
    told = say(learn.open_task({"task": "small", "options": chosen})["error"])
    assert re.search(rule, told)


def test_the_shipped_recording_comes_with_its_own_examples(tmp_path, monkeypatch):
    shipped = Recording("small", {"lang": "en", "seed": 0, "epochs": 10}, over="done")
    shipped.epochs.append(
        Epoch(model="one", epoch=1, loss=0.5, score=0.75, seconds=0.1, looks=[LOOK])
    )
    shipped.save(tmp_path / "small.en.json")
    monkeypatch.setattr(learn, "FOLDER", tmp_path)
    learn._shipped.cache_clear()
    opened = learn.open_task({"task": "small", "options": {"seed": 3}})
    learn._shipped.cache_clear()
    assert opened["examples"][0]["seed"] == 0
    assert opened["recording"]["epochs"][0]["looks"] == [LOOK.model_dump()]


def test_what_is_worth_trying_comes_with_its_right_answer_and_what_the_recorded_models_say(
    tmp_path, monkeypatch
):
    example = {"steps": ["x", "y"], "truth": "b"}
    odd = {"name": "odd", "own": {"text": "x y"}, "example": example}
    monkeypatch.setattr(learn, "FOLDER", tmp_path)
    learn._shipped.cache_clear()
    assert learn.open_task({"task": "small"})["tries"] == [odd | {"looks": None}]
    shipped = Recording("small", Options().model_dump(), tries=[{"one": LOOK}], over="done")
    shipped.save(tmp_path / "small.en.json")
    learn._shipped.cache_clear()
    looks = {"one": LOOK.model_dump()}
    assert learn.open_task({"task": "small"})["tries"] == [odd | {"looks": looks}]
    learn._shipped.cache_clear()


MODELS = """
from attention.layers import Attention, AttentionLayer as Aligned

def at_once(options):
    x = Input()
    pooled = Attention(
        options.steps,
    )(x)
    return pooled

def kept(options):
    layer = Aligned()
    out, weights = layer([1, 2])
    return Dense()(out)

def without(options):
    return LSTM()(Input())
"""


def test_an_attention_layer_is_found_in_code_where_it_is_built_and_where_it_is_called(
    tmp_path,
):
    (file := tmp_path / "models.py").write_text(MODELS)
    found = attention_lines(file, ("at_once", "kept", "without"))
    assert found == {"at_once": [2, 3, 4], "kept": [1, 2], "without": []}


def test_a_training_is_started_followed_and_stopped():
    started = learn.start_training({"task": "small", "options": {"epochs": 3}})
    following = learn.follow_training({"ticket": started["ticket"]})
    assert (following["place"], following["warming"]) == (0, True)
    assert following["recording"]["options"]["epochs"] == 3
    stopped = learn.stop_training({"ticket": started["ticket"]})
    assert stopped["recording"]["over"] == "stopped"


def test_a_full_queue_is_said():
    for _ in range(2):
        assert "ticket" in learn.start_training({"task": "small"})
    error = learn.start_training({"task": "small"})["error"]
    assert error == {"key": "refused_queue", "values": {"most": 1, "came": 1}}


@pytest.mark.parametrize(
    ("function", "request_", "message"),
    [
        (learn.open_task, {"task": "large"}, "task: must be one of"),
        (learn.open_task, {"task": "small", "options": {"epochs": 0}}, "epochs: .*to 1; got 0"),
        (learn.open_task, {"task": "small", "options": {"width": 9}}, "width: not permitted"),
        (learn.start_training, {"task": "small", "options": {"lang": "xx"}}, "one of en, .*xx"),
        (learn.start_training, "small", "request: .*valid dictionary"),
        (learn.follow_training, {"ticket": "none", "since": -1}, "since: .*equal to 0; got -1"),
        (learn.stop_training, {"ticket": "x" * 10_000}, "at most 40 characters"),
        (learn.answer_own, {"task": "small", "own": {"text": " "}}, "1 to 9 words; got 0"),
        (learn.answer_own, {"task": "small", "own": 7}, "got 7"),
    ],
)
def test_what_is_wrong_is_said_with_the_rule(function, request_, message):
    error = say(function(request_)["error"])
    assert re.search(message, error), error
    assert len(error) < 400


SOUND = {"samples": "AAAAAAAA", "rate": 8_000}


@pytest.mark.parametrize(
    ("task", "own", "message"),
    [
        ("numbers", {}, "text: Field required"),
        ("numbers", "237", "valid dictionary"),
        ("numbers", {"text": "7" * 201}, "at most 200 characters; got 201"),
        ("numbers", {"text": "7", "loud": True}, "loud: not permitted"),
        ("numbers", {"text": "7", "forced": {"6": [1]}}, "less than 6"),
        ("numbers", {"text": "7", "forced": {"0": [-1]}}, "greater than or equal to 0"),
        ("numbers", {"text": "7", "forced": {"0": [float("nan")]}}, "finite"),
        ("deciding_word", {"text": "good " * 20_001}, "at most 100,?000 characters"),
        ("deciding_word", {"text": 5}, "valid string"),
        ("without_recurrence", None, "valid dictionary"),
        ("loud_second", SOUND | {"samples": "AAAA"}, "2 bytes each; got 3 bytes"),
        ("loud_second", SOUND | {"samples": "звук"}, "must be base64"),
        ("loud_second", SOUND | {"samples": "A" * 1_280_004}, "at most 1,?280,?000 characters"),
        ("loud_second", SOUND | {"rate": 7_999}, "greater than or equal to 8000"),
        ("loud_second", SOUND | {"rate": "8000"}, "valid integer"),
        ("small", {"text": "a"}, "train"),
    ],
)
def test_what_cannot_be_ones_own_input_is_told_why(task, own, message):
    error = say(learn.answer_own({"task": task, "own": own})["error"])
    assert re.search(message, error), error
    assert len(error) < 300


def test_a_forgotten_training_is_said_in_words_of_the_page():
    error = learn.follow_training({"ticket": "none"})["error"]
    assert error == {"key": "refused_forgotten", "values": {}}


def test_everything_can_be_seen_without_tensorflow():
    code = (
        "import sys; from attention.ui import learn\n"
        "learn.jobs.warm = lambda: None\n"
        "for task in learn.TASKS: assert 'code' in learn.open_task({'task': task}), task\n"
        "print(sorted({'tensorflow', 'keras'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
