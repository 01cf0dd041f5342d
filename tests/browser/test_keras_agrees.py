"""The page asks the real layers whether they get the same numbers, and says so either way."""

import re

import numpy as np
import pytest
from playing import SLIDERS, assert_agrees, drag, go
from playwright.sync_api import expect

import attention.layers.agreement as layers
import attention.training.agreement as training
from attention.texts import say, texts
from attention.ui import agreement
from attention.warming import Progress

STAGES = ("logits", "scores", "weights", "output")
ASKED = "**/component_server/"


def ask(page):
    page.get_by_test_id("keras").click()
    badge = page.get_by_test_id("keras-badge")
    expect(badge).to_be_visible(timeout=60_000)  # TensorFlow may have to warm up
    return badge


@pytest.mark.parametrize("kind", SLIDERS)
def test_keras_agrees_with_the_numbers_on_the_page(desk, kind):
    go(desk, f"#kind={kind}&activation=tanh&temperature=1")
    drag(desk, "x-1-0", 0.3)
    desk.get_by_test_id("mask-2").uncheck()
    badge = ask(desk)
    expect(badge).to_have_attribute("data-agrees", "true")
    expect(badge).to_have_text("Keras agrees")
    for stage in (*STAGES, "step"):
        assert float(desk.get_by_test_id(f"keras-{stage}").get_attribute("data-value")) < 1e-5


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_while_tensorflow_warms_up_the_page_says_how_long_and_plays_on(desk, monkeypatch, lang):
    go(desk, f"#lang={lang}")
    ready = [False]
    monkeypatch.setattr(agreement, "warm_up", lambda: Progress(1.5, ready[0]))
    desk.get_by_role("button", name=texts()[lang]["keras_ask"]).click()
    said = texts()[lang]["keras_warming"].format(seconds={"en": "1.5"}.get(lang, "1,5"))
    expect(desk.get_by_text(said)).to_be_visible()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    before = assert_agrees(desk).numbers["weight-3"]
    drag(desk, "x-3-0", 0.7)
    assert assert_agrees(desk).numbers["weight-3"] != before
    ready[0] = True
    # What Keras was asked last is what stands on the table now.
    expect(desk.get_by_test_id("keras-badge")).to_have_attribute("data-agrees", "true")
    expect(desk.get_by_text(texts()[lang]["table_changed"])).not_to_be_visible()
    expect(desk.get_by_role("progressbar")).not_to_be_visible()


def test_another_lesson_chosen_while_tensorflow_warms_up_leaves_a_button_that_works(
    desk, monkeypatch
):
    ready = [False]
    monkeypatch.setattr(agreement, "warm_up", lambda: Progress(1.5, ready[0]))
    desk.get_by_test_id("keras").click()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    desk.get_by_test_id("lesson").select_option("love")
    expect(desk.get_by_role("progressbar")).not_to_be_visible()
    ready[0] = True
    desk.wait_for_timeout(700)  # an answer about the lesson before would come now
    expect(desk.get_by_test_id("keras-badge")).not_to_be_visible()
    expect(ask(desk)).to_have_attribute("data-agrees", "true")


def test_where_keras_differs_the_badge_is_red_and_says_where(desk, monkeypatch):
    true = layers.run

    def wrong(scene):
        trace = true(scene)
        trace.weights[2] += 2e-5
        return trace

    monkeypatch.setattr(layers, "run", wrong)
    badge = ask(desk)
    expect(badge).to_have_attribute("data-agrees", "false")
    expect(badge).to_have_text("Keras differs")
    expect(desk.get_by_text("weights, “exam tomorrow”: ")).to_be_visible()
    red, green, blue = map(
        int, re.findall(r"\d+", badge.evaluate("node => getComputedStyle(node).color"))
    )
    assert red > 2 * max(green, blue)
    worst = float(desk.get_by_test_id("keras-weights").get_attribute("data-value"))
    assert np.isclose(worst, 2e-5, rtol=1e-6)


def test_where_keras_takes_another_step_it_says_which_number_differs(desk, monkeypatch):
    true = training.descend

    def wrong(*scene_and_objective, steps):
        way = true(*scene_and_objective, steps)
        way.points[0].gradients["b"][1] += 1e-3
        return way

    monkeypatch.setattr(training, "descend", wrong)
    expect(ask(desk)).to_have_attribute("data-agrees", "false")
    expect(desk.get_by_text("training step, “gradient of b[1]”: ")).to_be_visible()


def test_where_nothing_can_be_trained_the_forward_pass_is_compared_alone(desk):
    go(desk, "#lesson=love&target=0,0,0")
    expect(ask(desk)).to_have_attribute("data-agrees", "true")
    expect(desk.get_by_test_id("keras-step")).to_have_count(0)


def test_a_word_about_another_table_says_that_it_is_old(desk):
    ask(desk)
    old = desk.get_by_text(texts()["en"]["table_changed"])
    expect(old).not_to_be_visible()
    drag(desk, "x-0-0", 0.9)
    expect(old).to_be_visible()
    ask(desk)
    expect(old).not_to_be_visible()
    desk.get_by_test_id("lang-ru").click()  # other names, the same numbers
    expect(desk.get_by_text(texts()["ru"]["table_changed"])).not_to_be_visible()


def test_a_server_that_does_not_answer_costs_nothing_but_the_answer(desk):
    desk.route(ASKED, lambda route: route.abort())
    try:
        desk.get_by_test_id("keras").click()
        expect(desk.get_by_text(texts()["en"]["server_silent"])).to_be_visible()
        drag(desk, "x-0-0", 0.9)
        assert_agrees(desk)
    finally:
        desk.unroute(ASKED)
    expect(ask(desk)).to_have_attribute("data-agrees", "true")


def test_without_tensorflow_the_page_says_why(desk, monkeypatch):
    progress = Progress(0, error="ModuleNotFoundError: No module named 'tensorflow'")
    monkeypatch.setattr(agreement, "warm_up", lambda: progress)
    desk.get_by_test_id("keras").click()
    expect(desk.get_by_text("No module named 'tensorflow'")).to_be_visible()


def test_a_wrong_request_is_told_which_rule_it_breaks():
    scene = {"rows": ["a"], "columns": ["f"], "x": [[1]], "w": [1], "b": [0]}
    stages = {stage: [1] for stage in STAGES}
    for request, words in (
        ({}, "scene: Field required"),
        ({"scene": scene | {"w": [1, 2]}, "page": stages}, "w: must have 1 numbers; got 2"),
        ({"scene": scene, "page": {"logits": ["x"]}}, "page.logits.0: "),
        ({"scene": scene, "page": stages, "x": 1}, "x: not permitted"),
        (None, "valid dictionary"),
    ):
        assert re.search(words, say(agreement.keras_agrees(request)["error"]))
