"""A task as one file: how large it is, and what it holds."""

from __future__ import annotations

import pytest
from handouts import data_of, packed

from attention.export.task_file import LARGEST, PROGRAM, _spread, task_file
from attention.scripts import script
from attention.texts import languages
from attention.training.task import languages_with_data
from attention.training.tasks import TASKS
from attention.ui import learn

KNOWN = {task["name"]: task for task in learn.for_page()}


RECORDED = [name for name, task in TASKS.items() if learn.shipped(task, task.Options())]
WHOLE = [name for name in RECORDED if name != "next_character"]  # all models fit into a file


def file_of(task: str, lang: str = "en") -> str:
    choice = learn.Choice(task=task, options={"lang": lang})
    return task_file(TASKS[task], learn._opened(*choice.checked()), KNOWN[task], lang=lang)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("task", WHOLE)
def test_the_file_of_every_task_is_small_and_has_all_its_models(task, lang):
    page = file_of(task, lang)
    assert len(page.encode()) < LARGEST == 250_000
    data = data_of(page)
    recording = learn.shipped(
        TASKS[task], learn.Choice(task=task, options={"lang": lang}).checked()[1]
    )
    whole = recording.for_page()
    moments = sorted({one["epoch"] for one in whole["epochs"]})
    kept = [one["epoch"] for one in data["opened"]["recording"]["epochs"]]
    assert {min(kept), max(kept)} == {moments[0], moments[-1]}
    assert data["opened"]["all_epochs"] == len(moments)
    for model in TASKS[task].models:
        last = [one for one in data["opened"]["recording"]["epochs"] if one["model"] == model][-1]
        assert last == [one for one in whole["epochs"] if one["model"] == model][-1]
    assert len(data["opened"]["examples"]) >= 2
    assert data["lang"] == lang and tuple(data["texts"]) == languages()


@pytest.mark.parametrize("lang", languages())
def test_of_models_that_are_too_large_the_last_one_is_in_it_as_it_is_in_the_end(lang):
    page = file_of("next_character", lang)
    assert len(page.encode()) < LARGEST
    data = data_of(page)
    held = data["opened"]
    (epoch,) = held["recording"]["epochs"]
    recording = learn.shipped(
        TASKS["next_character"],
        learn.Choice(task="next_character", options={"lang": lang}).checked()[1],
    )
    assert recording.options["lang"] == (lang if lang in languages_with_data() else "en")
    assert epoch == recording.for_page()["epochs"][-1]
    assert (epoch["model"], epoch["epoch"]) == ("two_layers", recording.options["epochs"])
    assert held["left_out"] == ["bigram", "one_layer"] and held["all_epochs"] == 3
    assert len(held["examples"]) == held["all_examples"]
    assert data["tasks"][0]["models"] == list(held["recording"]["graphs"]) == ["two_layers"]
    assert "task_next_character_models" not in data["texts"][lang], "it compares all three"


def test_it_is_the_page_s_own_code_without_the_words_of_other_tasks():
    page = file_of("deciding_word")
    assert script(PROGRAM) in packed(page, "script")
    keys = set(data_of(page)["texts"]["en"])
    assert {"task_deciding_word_title", "learn_out", "refused_sentence_unknown"} <= keys
    assert not any(key.startswith(("task_numbers", "model_numbers", "worksheet_")) for key in keys)


def test_it_may_load_nothing_and_play_only_what_stands_in_it():
    assert "default-src 'none'" in file_of("deciding_word")
    assert "media-src" not in file_of("deciding_word")
    assert "media-src data:" in file_of("loud_second")


def test_epochs_are_left_out_evenly():
    assert _spread([0, 1, 2, 3, 4, 5, 6], 4) == [0, 2, 4, 6]
    assert _spread([0, 3, 6], 2) == [0, 6]
    assert _spread([0, 3, 6], 1) == [6]


def test_a_task_without_a_recording_is_refused():
    opened = {"recording": None, "examples": []}
    with pytest.raises(ValueError, match="must have a recording; numbers has none"):
        task_file(TASKS["numbers"], opened, KNOWN["numbers"], lang="en")


def test_what_cannot_fit_is_refused():
    opened = learn._opened(*learn.Choice(task="deciding_word", options={}).checked())
    noise = {"note": "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(200_000))}
    with pytest.raises(ValueError, match="less than 250,000 bytes; deciding_word has more"):
        task_file(TASKS["deciding_word"], opened | noise, KNOWN["deciding_word"], lang="en")


def test_the_server_makes_it(monkeypatch):
    answer = learn.make_task_file({"task": "deciding_word", "options": {}, "lang": "ru"})
    assert answer["name"] == "attention-deciding_word.html"
    assert learn.make_task_file({"task": "frog", "options": {}})["error"]
