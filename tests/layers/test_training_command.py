"""`python -m attention.training`: what was trained, told in a terminal, and made anew."""

from __future__ import annotations

import os
import sys

import pytest

from attention.training import __main__ as command
from attention.training import growth
from attention.training.recording import FOLDER, load
from attention.training.task import Options
from attention.training.tasks import TASKS

from .small_task import Small


class Once(Small):
    def recordings(self):
        return [Options(epochs=2, seed=7)]


@pytest.fixture
def run(monkeypatch, capsys):
    """`run("numbers", "epochs=5")`: the lines that the command prints."""
    monkeypatch.setitem(TASKS, "small", Once())
    monkeypatch.setattr(os, "environ", dict(os.environ))

    def run(*words: str) -> list[str]:
        monkeypatch.setattr(sys, "argv", ["training", *words])
        command.main()
        return capsys.readouterr().out.splitlines()

    return run


def test_without_a_task_it_tells_what_came_of_every_recording_that_ships(run):
    lines = run()
    between = lines.index("")
    told, grown = (
        [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]
        for table in (lines[:between], lines[between + 1 :])
    )
    points = growth.growth(growth.load(growth.FOLDER / "without_recurrence.json"))
    for (task, length, model, seeds, *scores), point in zip(grown, points, strict=True):
        assert (task, int(length), model) == ("without_recurrence", point["length"], point["model"])
        ranked = (point["least"]["score"], point["score"], point["most"]["score"])
        assert (int(seeds), scores) == (point["seeds"], [f"{score:.0%}" for score in ranked])
    shipped = {file.stem: load(file) for file in FOLDER.glob("*.json")}
    assert sorted((name, model) for name, model, *_ in told) == sorted(
        (name, model) for name, recording in shipped.items() for model in recording.parameters
    )
    for name, model, parameters, score, seconds in told:
        last = [one for one in shipped[name].epochs if one.model == model][-1]
        assert parameters == f"{shipped[name].parameters[model]:,}"
        assert score == f"{last.score:.0%}"
        assert float(seconds) > 0


def test_a_training_is_told_epoch_by_epoch(run):
    told = run("small", "lang=ru", "epochs=2", "seed=7")
    assert told[0] == (
        'small {"lang":"ru","seed":7,"epochs":2,"learning_rate":0.01,"units":16,"dropout":0.0}'
    )
    models = [line.partition(", epoch ")[::2] for line in told[1:-1]]
    assert [(model, how[0]) for model, how in models] == [
        ("attention", "0"),
        ("twin", "0"),
        ("attention", "2"),
        ("twin", "2"),
    ]
    assert "loss" not in models[0][1] and "loss" in models[2][1], "nothing is learnt before epoch 1"
    assert told[-1] == "over: done"


def test_a_recording_is_written_where_the_page_looks_for_it(run, monkeypatch, tmp_path):
    monkeypatch.setattr(command, "FOLDER", tmp_path)
    run("small", "--record")
    (file,) = tmp_path.iterdir()
    written = load(file)
    assert file.name == "small.en.json"
    assert (written.task, written.over) == ("small", "done")
    assert written.options == Options(epochs=2, seed=7).model_dump()
    assert written.trained() == {"attention": 2, "twin": 2}


class LongOptions(Options):
    length: int = 5


class Growing(Once):
    Options, seeds = LongOptions, (0, 4)

    def recordings(self):
        return [LongOptions(epochs=2, length=length) for length in (5, 6)]

    def file_name(self, options):
        return f"small.{options.length}"


def test_what_grows_with_a_length_is_trained_with_every_seed(run, monkeypatch, tmp_path):
    monkeypatch.setitem(TASKS, "small", Growing())
    monkeypatch.setattr(command, "FOLDER", tmp_path / "recordings")
    monkeypatch.setattr(growth, "FOLDER", tmp_path / "growth")
    run("small", "--record")
    assert {file.name for file in (tmp_path / "recordings").iterdir()} == {
        "small.5.json",
        "small.6.json",
    }
    written = growth.load(tmp_path / "growth" / "small.json")
    assert [(one.length, one.seed, one.model) for one in written] == [
        (length, seed, model)
        for length in (5, 6)
        for seed in (0, 4)
        for model in ("attention", "twin")
    ]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (["numbers", "epochs=0"], "epochs: must be greater than or equal to 1; got 0"),
        (["numbers", "epochs=many"], "epochs: must be a whole number, a valid integer; got 'many'"),
        (["numbers", "learning_rate=3"], "learning_rate: must be one of 0.0001, 0.0002"),
        (["numbers", "units=20"], "units: must be one of 4, 8, 16, 32, 64; got 20"),
        (["numbers", "dropout=all"], "dropout: must be a valid number"),
        (["flying"], "invalid choice: 'flying'"),
    ],
)
def test_what_cannot_be_chosen_is_refused_by_its_rule(run, capsys, words, rule):
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2
    assert rule in capsys.readouterr().err
