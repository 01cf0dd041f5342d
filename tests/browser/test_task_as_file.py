"""A task as one file: its models answer from the disk, without a network."""

from __future__ import annotations

import pytest
from handouts import data_of
from learning import RECORDED, said, to_the_last_epoch
from playwright.sync_api import expect
from test_handing_out import open_file  # noqa: F401 (a fixture)

from attention.export.task_file import task_file
from attention.texts import texts
from attention.training.tasks import TASKS
from attention.ui import learn

KNOWN = {task["name"]: task for task in learn.for_page()}


def file_of(task: str, lang: str = "en") -> str:
    choice = learn.Choice(task=task, options={"lang": lang})
    return task_file(TASKS[task], learn._opened(*choice.checked()), KNOWN[task], lang=lang)


@pytest.mark.every_engine
def test_it_answers_while_one_types_and_after_every_epoch(open_file):  # noqa: F811
    page = open_file(file_of("deciding_word"))
    page.get_by_test_id("learn-own").fill("the film was wonderful")
    answer = page.get_by_test_id("look-attention-answer")
    expect(answer).to_have_text("good")
    page.get_by_test_id("learn-own").fill("the film was terrible")
    expect(answer).to_have_text("bad")
    expect(page.get_by_test_id("learn-own-status")).to_contain_text("after epoch 12")
    page.get_by_test_id("learn-scrubber").press("Home")
    expect(page.get_by_test_id("learn-own-status")).to_contain_text("after epoch 0")
    page.get_by_test_id("learn-scrubber").press("End")
    page.get_by_test_id("learn-out-3").click()
    expect(page.get_by_test_id("look-attention-before")).to_contain_text("bad")


@pytest.mark.every_engine
@pytest.mark.parametrize("task", RECORDED)
def test_every_task_opens_from_the_disk_in_both_languages(open_file, task):  # noqa: F811
    held = file_of(task)
    page = open_file(held)
    opened = page.get_by_test_id(f"task-{task}")
    expect(opened).to_have_attribute("data-ready", "true")
    to_the_last_epoch(opened)
    left_out = data_of(held)["opened"]["left_out"]
    for model in {*TASKS[task].models} - {*left_out}:
        expect(page.get_by_test_id(f"look-{model}-answer")).not_to_be_empty()
    page.get_by_test_id("learn-example-1").click()
    page.get_by_test_id("lang-ru").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        learn.words()["ru"][f"task_{task}_title"]
    )
    expect(page.get_by_test_id("task-note")).to_contain_text(texts()["ru"]["learn_file_note"])
    expect(page.get_by_test_id("learn-which")).to_have_attribute("data-ready", "true")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


@pytest.mark.every_engine
def test_a_file_says_what_is_not_in_it_and_its_heads_can_be_taken_out(open_file):  # noqa: F811
    page = open_file(file_of("next_character"))
    note = page.get_by_test_id("task-note")
    expect(note).to_contain_text(said("learn_file_some", kept=1, all=3))
    expect(note).to_contain_text(said("learn_file_models", models="Last character, One block"))
    bar = page.get_by_test_id("write-next-0")
    before = bar.get_attribute("data-value")
    page.get_by_test_id("write-heads-1-1-out").click()
    assert bar.get_attribute("data-value") != before
    page.get_by_test_id("write-step").click()
    expect(page.get_by_test_id("write-again")).to_be_enabled()


def test_there_is_no_button_that_needs_a_server(open_file):  # noqa: F811
    page = open_file(file_of("numbers"))
    expect(page.get_by_test_id("task-note")).to_contain_text(said("learn_file_note"))
    for name in ("learn-train", "learn-save"):
        assert page.get_by_test_id(name).count() == 0


def test_a_sound_is_heard_in_it(open_file):  # noqa: F811
    page = open_file(file_of("loud_second"))
    button = page.get_by_test_id("look-attention-play")
    button.click()
    expect(button).to_have_text(said("learn_pause"))
