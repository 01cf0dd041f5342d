"""The page asks the real layers whether they get the same numbers, and says so either way."""

import re

import numpy as np
import pytest
from playing import SLIDERS, assert_agrees, drag, go, silent_server
from playwright.sync_api import expect

import attention.layers.agreement as layers
import attention.training.agreement as training
from attention.texts import texts
from attention.ui import agreement
from attention.warming import Progress

STAGES = ("logits", "scores", "weights", "output")


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


@pytest.fixture
def warming_up(monkeypatch):
    """TensorFlow, as long as there is something in this list."""
    lasting = ["not ready"]
    monkeypatch.setattr(agreement, "warm_up", lambda: Progress(1.5, ready=not lasting))
    return lasting


def test_while_tensorflow_warms_up_the_page_says_how_long_and_plays_on(desk, warming_up):
    go(desk, "#lang=ru")
    desk.get_by_role("button", name=texts()["ru"]["keras_ask"]).click()
    said = texts()["ru"]["keras_warming"].format(seconds="1,5")
    expect(desk.get_by_text(said)).to_be_visible()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    before = assert_agrees(desk).numbers["weight-3"]
    drag(desk, "x-3-0", 0.7)
    assert assert_agrees(desk).numbers["weight-3"] != before
    warming_up.clear()
    # What Keras was asked last is what stands on the table now.
    expect(desk.get_by_test_id("keras-badge")).to_have_attribute("data-agrees", "true")
    expect(desk.get_by_text(texts()["ru"]["table_changed"])).not_to_be_visible()
    expect(desk.get_by_role("progressbar")).not_to_be_visible()


def test_another_lesson_chosen_meanwhile_leaves_a_button_that_works(desk, warming_up):
    desk.get_by_test_id("keras").click()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    desk.get_by_test_id("lesson").select_option("love")
    expect(desk.get_by_role("progressbar")).not_to_be_visible()
    warming_up.clear()
    desk.wait_for_timeout(700)  # an answer about the lesson before would come now
    expect(desk.get_by_test_id("keras-badge")).not_to_be_visible()
    expect(ask(desk)).to_have_attribute("data-agrees", "true")


def test_where_keras_differs_the_badge_is_red_and_says_where(desk, monkeypatch):
    true = layers.run

    def wrong(scene):
        trace = true(scene)
        trace.weights[2:3] += 2e-5  # the scene that warms up has none
        return trace

    monkeypatch.setattr(layers, "run", wrong)
    badge = ask(desk)
    expect(badge).to_have_attribute("data-agrees", "false")
    expect(badge).to_have_text("Keras differs")
    expect(desk.get_by_text("weights, “exam tomorrow”: ")).to_be_visible()
    colour = badge.evaluate("node => getComputedStyle(node).color")
    red, green, blue = map(int, re.findall(r"\d+", colour))
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
    with silent_server(desk):
        desk.get_by_test_id("keras").click()
        expect(desk.get_by_text(texts()["en"]["server_silent"])).to_be_visible()
        drag(desk, "x-0-0", 0.9)
        assert_agrees(desk)
    expect(ask(desk)).to_have_attribute("data-agrees", "true")


def test_without_tensorflow_the_page_says_why(desk, monkeypatch):
    progress = Progress(0, error="ModuleNotFoundError: No module named 'tensorflow'")
    monkeypatch.setattr(agreement, "warm_up", lambda: progress)
    desk.get_by_test_id("keras").click()
    expect(desk.get_by_text("No module named 'tensorflow'")).to_be_visible()
