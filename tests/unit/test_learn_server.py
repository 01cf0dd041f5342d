"""What the tab *Learn* may ask of the server, and what it is told when it asks wrongly."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from attention.texts import say
from attention.training.job_queue import JobQueue
from attention.training.packed_weights import pack
from attention.training.recording import Epoch, Recording
from attention.training.source import attention_lines
from attention.training.task import Example, Options, Task, Try
from attention.training.tasks import TASKS
from attention.ui import learn

ROOT = Path(__file__).resolve().parents[2]
# It hears what to train and goes on listening: it ends only when it is ended.
PACKED = pack([np.float32([0.25, 0.75])])
NEVER_READY = (sys.executable, "-S", "-c", "import sys; sys.stdin.read()")


class Small(Task):
    name, models, Options = "small", ("one",), Options

    def train_on(self, options):
        raise AssertionError("the page's server trains nothing itself")

    def examples(self, options):
        return [Example(np.zeros(2), ["x", "y"], truth="a", more={"seed": options.seed})]

    def reader(self, options):
        return {"reads": "characters", "numbers": {"x": 1, "y": 2}, "most": 2}

    def answers(self, options):
        return ("a", "b")

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
    assert opened["examples"] == [{"x": [[0, 0]], "steps": ["x", "y"], "truth": "a", "seed": 3}]
    assert (opened["reader"]["most"], opened["answers"]) == (2, ("a", "b"))
    odd = {"name": "odd", "own": {"text": "x y"}, "example": None, "truth": "b"}
    assert opened["tries"] == [odd]
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
    graphs = {"one": [{"op": "InputLayer"}]}
    options = {"lang": "en", "seed": 0, "epochs": 10}
    shipped = Recording("small", options, graphs=graphs, over="done")
    shipped.epochs.append(
        Epoch(model="one", epoch=1, loss=0.5, score=0.75, seconds=0.1, weights=PACKED)
    )
    shipped.save(tmp_path / "small.en.json")
    monkeypatch.setattr(learn, "FOLDER", tmp_path)
    learn._shipped.cache_clear()
    opened = learn.open_task({"task": "small", "options": {"seed": 3}})
    learn._shipped.cache_clear()
    assert opened["examples"][0]["seed"] == 0
    assert opened["recording"]["epochs"][0]["weights"] == PACKED
    assert opened["recording"]["graphs"] == {"one": [{"op": "InputLayer"}]}


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
    ],
)
def test_what_is_wrong_is_said_with_the_rule(function, request_, message):
    error = say(function(request_)["error"])
    assert re.search(message, error), error
    assert len(error) < 400


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
