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
from attention.training.task import Example, Inspection, Options, Task
from attention.training.tasks import TASKS
from attention.ui import learn

ROOT = Path(__file__).resolve().parents[2]
LOOK = Inspection(answer="a", weights=[[0.25, 0.75]], sure=0.5)


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

    def code(self):
        return {"one": "def one(options): ..."}


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setitem(TASKS, "small", Small())
    jobs = JobQueue(command=(sys.executable, "-S", "-c", "input()"), waiting=1, at_once=1)
    monkeypatch.setattr(learn, "jobs", jobs)
    yield jobs
    jobs.close()


def test_a_task_is_opened_with_its_code_and_its_examples():
    opened = learn.open_task({"task": "small", "options": {"seed": 3}})
    assert opened["code"] == {"one": "def one(options): ..."}
    assert opened["options"] == {"lang": "en", "seed": 3, "epochs": 10}
    assert opened["examples"] == [{"steps": ["x", "y"], "truth": "a", "seed": 3}]
    assert opened["recording"] is None


def test_the_page_knows_what_may_be_chosen_before_a_task_is_opened():
    (small,) = [task for task in learn.for_page() if task["name"] == "small"]
    assert small["models"] == ("one",)
    assert small["rules"]["epochs"]["maximum"] == 100
    assert small["seconds"] == Small.seconds


def test_the_shipped_recording_comes_with_its_own_examples(tmp_path, monkeypatch):
    shipped = Recording("small", {"lang": "en", "seed": 0, "epochs": 10}, over="done")
    shipped.epochs.append(
        Epoch(model="one", epoch=1, loss=0.5, score=0.75, seconds=0.1, looks=[LOOK])
    )
    shipped.save(tmp_path / "small.en.npz")
    monkeypatch.setattr(learn, "FOLDER", tmp_path)
    learn._shipped.cache_clear()
    opened = learn.open_task({"task": "small", "options": {"seed": 3}})
    learn._shipped.cache_clear()
    assert opened["examples"][0]["seed"] == 0
    assert opened["recording"]["epochs"][0]["looks"] == [LOOK.model_dump()]


def test_opening_a_task_makes_a_process_ready(small):
    learn.open_task({"task": "small"})
    assert small._spare is not None


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
        (
            learn.open_task,
            {"task": "small", "options": {"epochs": 0}},
            "epochs: .*to 1; got 0",
        ),
        (learn.open_task, {"task": "small", "options": {"epochs": 9e9}}, "epochs: "),
        (learn.open_task, {"task": "small", "options": {"units": 9}}, "units: not permitted"),
        (learn.start_training, {"task": "small", "options": {"lang": "xx"}}, "one of en, .*xx"),
        (learn.start_training, "small", "request: .*valid dictionary"),
        (learn.follow_training, {"ticket": "none", "since": -1}, "since: .*equal to 0; got -1"),
        (learn.stop_training, {"ticket": "x" * 10_000}, "at most 40 characters"),
        (
            learn.answer_own,
            {"task": "small", "own": {"text": " "}},
            "1 to 9 words; got 0",
        ),
        (learn.answer_own, {"task": "small", "own": 7}, "got 7"),
    ],
)
def test_what_is_wrong_is_said_with_the_rule(function, request_, message):
    error = say(function(request_)["error"])
    assert re.search(message, error), error
    assert len(error) < 400


@pytest.mark.parametrize(
    ("task", "own", "key"),
    [
        ("numbers", {"text": ""}, "number_empty"),
        ("numbers", {"text": "?!"}, "number"),
        ("numbers", {"text": "1000000"}, "number_large"),
        ("numbers", {"text": "2.5"}, "number_digits"),
        ("numbers", {"text": "two cats"}, "number_words"),
        ("numbers", {"text": "seven two"}, "number_said"),
        ("numbers", {"text": "7" * 201}, "long"),
        ("deciding_word", {"text": ""}, "sentence_words"),
        ("deciding_word", {"text": "Flubber"}, "sentence_unknown"),
        ("deciding_word", {"text": "good " * 2_000}, "long"),
        ("without_recurrence", {"text": "a!"}, "line_letters"),
        ("without_recurrence", {"text": ""}, "line_capitals"),
        ("without_recurrence", {"text": "AB" + "c" * 300}, "line_long"),
        ("loud_second", {"samples": ""}, "sound_empty"),
        ("loud_second", {"samples": "AAAA" * 100_000}, "sound_long"),
        ("loud_second", {"samples": "AAAAAAAA"}, "sound_silent"),
        ("small", {"text": "a"}, "untrained"),
    ],
)
def test_a_mistake_in_ones_own_input_is_said_in_words_of_the_page(task, own, key):
    assert learn.answer_own({"task": task, "own": own})["error"]["key"] == f"refused_{key}"


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
