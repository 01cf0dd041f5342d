"""Models that write: they go on with what is typed, in the browser, as Keras would."""

from __future__ import annotations

import re

import numpy as np
import pytest
from learning import open_task, said, to_the_last_epoch
from playing import fragment, go
from playwright.sync_api import expect

from attention.training.packed_weights import unpack
from attention.training.recording import FOLDER, load
from attention.training.tasks import TASKS
from attention.training.tasks import next_character as task

BEGINNING = "Most of the attention goes to "
MODELS = task.NextCharacter.models


def opened_at_the_end(page, beginning=BEGINNING):
    opened = open_task(page, "next_character")
    to_the_last_epoch(opened)
    opened.get_by_test_id("learn-own").fill(beginning)
    return opened


def written(opened):
    return [opened.get_by_test_id(f"write-text-{model}").text_content() for model in MODELS]


def in_keras(model, text):
    recording = load(FOLDER / "next_character.en.json")
    options = task.NextCharacterOptions(**recording.options)
    built = getattr(TASKS["next_character"].keras(), model)(options)
    built.set_weights(unpack(recording.last(model).weights))
    return built.predict_on_batch(task.encode(text[-task.LENGTH :], "en")[None])[0, -1]


@pytest.mark.parametrize("model", ["bigram", "two_layers"])
def test_what_is_typed_is_read_at_once_and_the_next_character_is_as_likely_as_keras_says(
    desk, model
):
    opened = opened_at_the_end(desk)
    opened.get_by_test_id(f"write-model-{model}").click()
    likely = np.sort(in_keras(model, BEGINNING))[::-1]
    for place in range(4):
        bar = opened.get_by_test_id(f"write-next-{place}")
        assert float(bar.get_attribute("data-value")) == pytest.approx(likely[place], abs=1e-4)
    heads = opened.get_by_test_id("write-heads")
    assert heads.is_visible() == (model != "bigram")
    if model == "two_layers":
        expect(heads.get_by_role("img")).to_have_count(2 * task.HEADS)


def test_the_same_seed_writes_the_same_and_another_seed_writes_something_else(desk):
    opened = opened_at_the_end(desk)
    step, again = (opened.get_by_test_id(f"write-{name}") for name in ("step", "again"))
    expect(again).to_be_disabled()
    for _ in range(12):
        step.click()
    first = written(opened)
    assert all(text.startswith(BEGINNING) and len(text) == len(BEGINNING) + 12 for text in first)
    again.click()
    assert written(opened) == [BEGINNING] * len(MODELS)
    for _ in range(12):
        step.click()
    assert written(opened) == first
    opened.get_by_test_id("write-seed").click()
    for _ in range(12):
        step.click()
    assert written(opened) != first


def test_they_write_by_themselves_until_they_are_stopped_or_something_else_is_typed(desk):
    opened = opened_at_the_end(desk)
    play = opened.get_by_test_id("write-play")
    play.click()
    line = opened.get_by_test_id("write-text-two_layers")
    expect(line).to_have_text(re.compile(rf"^{BEGINNING}.{{5,}}", re.DOTALL))
    play.click()
    stopped = written(opened)
    desk.wait_for_timeout(300)
    assert written(opened) == stopped
    play.click()
    opened.get_by_test_id("learn-own").fill("The ghost")
    assert written(opened) == ["The ghost"] * len(MODELS)
    desk.wait_for_timeout(300)
    assert written(opened) == ["The ghost"] * len(MODELS)


def test_before_training_every_character_is_about_as_likely_and_afterwards_not(desk):
    opened = opened_at_the_end(desk)
    bar = opened.get_by_test_id("write-next-0")
    afterwards = float(bar.get_attribute("data-value"))
    opened.get_by_test_id("learn-scrubber").press("Home")
    before = float(bar.get_attribute("data-value"))
    assert before < 0.1 < afterwards


def likely(opened, place=0):
    return float(opened.get_by_test_id(f"write-next-{place}").get_attribute("data-value"))


@pytest.mark.parametrize("where", ["write-heads", "look-two_layers-heads"])
def test_a_head_is_taken_out_where_it_is_shown_and_put_back_by_the_keyboard(desk, where):
    opened = opened_at_the_end(desk)
    before, was = likely(opened), opened.get_by_test_id("write-next-was")
    expect(was).to_have_text("")
    head = opened.get_by_test_id(f"{where}-1-2-out")
    expect(head).to_have_accessible_name(said("learn_out_head", layer=1, head=2))
    head.click()
    for place in ("write-heads", "look-two_layers-heads"):
        button = opened.get_by_test_id(f"{place}-1-2-out")
        expect(button).to_have_attribute("aria-pressed", "true")
    assert likely(opened) != before
    expect(was).to_contain_text(f"{100 * before:.0f}")
    expect(opened.get_by_test_id("look-two_layers-before")).not_to_be_empty()
    for other in ("bigram", "one_layer"):
        expect(opened.get_by_test_id(f"look-{other}-before")).to_be_empty()
    expect(opened.get_by_test_id("learn-which")).to_have_attribute("data-ready", "true")
    opened.get_by_test_id(f"{where}-1-2-out").press("Space")
    assert likely(opened) == pytest.approx(before)
    expect(was).to_have_text("")


def test_what_is_written_next_changes_at_once_and_what_stands_there_stays(desk):
    opened = opened_at_the_end(desk)
    step = opened.get_by_test_id("write-step")
    for _ in range(5):
        step.click()
    first = written(opened)
    for head in range(1, task.HEADS + 1):
        opened.get_by_test_id(f"write-heads-1-{head}-out").click()
    assert written(opened) == first
    for _ in range(15):
        step.click()
    changed = written(opened)
    opened.get_by_test_id("learn-out-back").click()
    opened.get_by_test_id("write-again").click()
    for _ in range(20):
        step.click()
    whole = written(opened)
    assert changed[-1] != whole[-1] and changed[-1].startswith(first[-1])
    assert changed[:-1] == whole[:-1]


def test_characters_and_the_attention_are_taken_out_and_one_sees_which_counted(desk):
    opened = opened_at_the_end(desk, "The ghost")
    before = likely(opened)
    which = opened.get_by_test_id("learn-which")
    expect(which).to_have_attribute("data-ready", "true")
    assert which.locator("tbody tr").count() == len("The ghost")
    opened.get_by_test_id("learn-out-8").click()
    assert likely(opened) != before
    assert written(opened) == ["The ghos"] * len(MODELS)
    opened.get_by_test_id("learn-out-back").click()
    assert likely(opened) == pytest.approx(before)
    opened.get_by_test_id("learn-out-uniform").click()
    bars = opened.get_by_test_id("write-heads-2-1").get_attribute("data-weights")
    assert [float(one) for one in bars.split()] == pytest.approx([1 / 9] * 9)


def test_a_character_that_no_model_knows_is_named(desk):
    opened = opened_at_the_end(desk, "Привет")
    expect(opened.get_by_test_id("learn-own-status")).to_contain_text("П")
    # What could be read last stays, as it does for half a word.
    expect(opened.locator(".written p").first).to_contain_text("The audience falls silent")


@pytest.mark.parametrize("width", [390, 820])
def test_there_is_room_for_it_on_narrow_screens(open_page, width):
    page = open_page(viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True)
    opened = open_task(page, "next_character")
    expect(opened.get_by_test_id("writer")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name in ("play", "step", "again", "seed", "model-bigram"):
        box = opened.get_by_test_id(f"write-{name}").bounding_box()
        assert box["height"] >= 44
    for button in opened.get_by_test_id("write-heads").get_by_role("button").all():
        box = button.bounding_box()
        assert box["height"] >= 44 and box["width"] >= 44


def test_no_other_task_has_a_writer(desk):
    go(desk, fragment(tab="learn", task="deciding_word"))
    expect(desk.get_by_test_id("task-deciding_word")).to_be_visible()
    expect(desk.get_by_test_id("task-deciding_word").get_by_test_id("writer")).to_have_count(0)
