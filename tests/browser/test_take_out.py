"""What a trained model answers without a step, without attention, without recurrence."""

from __future__ import annotations

import re

import pytest
from learning import open_task, said, to_the_last_epoch, weights_in
from playing import requests_of
from playwright.sync_api import expect

SENTENCE = "the film was not good at all"


@pytest.fixture
def sentence(desk):
    opened = open_task(desk, "deciding_word")
    opened.get_by_test_id("learn-own").fill(SENTENCE)
    expect(opened.get_by_test_id("look-attention-answer")).to_have_text("bad")
    return opened


def answer(opened, model="attention"):
    return opened.get_by_test_id(f"look-{model}-answer")


def test_a_word_is_taken_out_by_a_tap_and_put_back(sentence):
    word, before = (
        sentence.get_by_test_id("learn-out-3"),
        sentence.get_by_test_id("look-attention-before"),
    )
    weights = weights_in(sentence, "attention")
    expect(word).to_have_accessible_name(said("learn_out_step", number=4, step="not"))
    expect(before).to_have_text("")
    word.click()
    expect(word).to_have_attribute("aria-pressed", "true")
    expect(answer(sentence)).to_have_text("good")
    expect(before).to_contain_text("With everything in: bad")
    assert weights_in(sentence, "attention")[3] == 0
    word.press("Enter")
    expect(answer(sentence)).to_have_text("bad")
    expect(before).to_have_text("")
    assert weights_in(sentence, "attention") == weights


def test_without_the_only_word_that_is_known_there_is_an_answer_all_the_same(sentence):
    sentence.get_by_test_id("learn-own").fill("zorg good")
    expect(answer(sentence)).to_have_text("good")
    sentence.get_by_test_id("learn-out-1").click()
    for model in ("mean", "attention", "self_attention"):
        expect(answer(sentence, model)).to_have_text(re.compile("^(good|bad)$"))
    which = sentence.locator('[data-testid="learn-which"][data-ready="true"]')
    sentence.get_by_test_id("learn-out-1").click()
    expect(which).to_be_visible()
    expect(which).to_contain_text("good")
    expect(which).not_to_contain_text("NaN")


def test_equal_weights_are_no_disagreement(sentence):
    sentence.get_by_test_id("learn-out-uniform").click()
    expect(sentence.get_by_test_id("learn-which-said")).to_contain_text("All weights are alike")


def test_what_cannot_be_read_leaves_the_answers_to_what_could(sentence, desk):
    field = sentence.get_by_test_id("learn-own")
    last = answer(sentence).text_content()
    field.fill("zorg")
    expect(answer(sentence)).to_have_text(last)
    sentence.get_by_test_id("learn-scrubber").press("Home")
    before = answer(sentence).text_content()
    field.fill(SENTENCE)  # asks the models as they are in the end
    sentence.get_by_test_id("learn-scrubber").press("Home")
    expect(answer(sentence)).to_have_text(before)


def test_on_a_phone_the_field_stays_where_it_is_and_the_answers_are_beside_it(phone):
    opened = open_task(phone, "deciding_word")
    field = opened.get_by_test_id("learn-own")
    field.scroll_into_view_if_needed()
    field.fill("")
    phone.evaluate("scrollBy(0, 150)")
    top = field.bounding_box()["y"]
    for end in range(1, len(SENTENCE) + 1):
        field.press_sequentially(SENTENCE[end - 1])
        phone.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => done(1)))")
        assert field.bounding_box()["y"] == pytest.approx(top, abs=1)
    expect(opened.get_by_test_id("learn-own-status")).to_contain_text("Attention: bad")


def test_the_last_word_stays(sentence):
    for i in range(6):
        sentence.get_by_test_id(f"learn-out-{i}").click()
    expect(sentence.get_by_test_id("learn-out-6")).to_be_disabled()
    sentence.get_by_test_id("learn-out-back").click()
    expect(sentence.get_by_test_id("learn-out-6")).to_be_enabled()
    expect(sentence.get_by_test_id("learn-out-back")).to_be_disabled()


def test_without_attention_the_weights_are_equal_in_every_example(sentence):
    sentence.get_by_test_id("learn-out-uniform").click()
    assert weights_in(sentence, "attention") == pytest.approx([1 / 7] * 7)
    sentence.get_by_test_id("learn-example-1").click()
    seen = [weight for weight in weights_in(sentence, "attention") if weight]  # not unknown words
    assert seen == pytest.approx([1 / len(seen)] * len(seen))
    sentence.get_by_test_id("learn-out-uniform").click()


def test_another_sentence_has_all_its_words(sentence):
    sentence.get_by_test_id("learn-out-3").click()
    sentence.get_by_test_id("learn-own").fill(f"{SENTENCE} really")
    expect(sentence.locator(".out-steps [aria-pressed=true]")).to_have_count(0)


def test_recurrence_can_be_taken_from_those_that_have_it(desk):
    opened = open_task(desk, "without_recurrence")
    to_the_last_epoch(opened)
    truth = answer(opened, "lstm").text_content()
    opened.get_by_test_id("learn-out-noRecurrence").click()
    expect(opened.get_by_test_id("look-lstm-before")).to_contain_text(truth)
    expect(answer(opened, "lstm")).not_to_have_text(truth)
    opened.get_by_test_id("learn-out-noRecurrence").click()
    opened = open_task(desk, "deciding_word")
    expect(opened.get_by_test_id("learn-out-noRecurrence")).to_be_hidden()


def test_which_word_it_was_is_measured_and_compared_with_the_weights(sentence):
    panel = sentence.get_by_test_id("learn-which")
    for model in ("attention", "self_attention"):
        panel.get_by_test_id(f"learn-which-{model}").click()
        expect(panel).to_have_attribute("data-ready", "true")
        numbers = [
            panel.locator(f"td.{column}").evaluate_all(
                "(all) => all.map((one) => +one.dataset.value)"
            )
            for column in ("weight", "effect")
        ]
        assert numbers[0] == pytest.approx(weights_in(sentence, model))
        first, second = (column.index(max(column)) for column in numbers)
        told = panel.get_by_test_id("learn-which-said")
        expect(told).to_contain_text(f"step {second + 1} “{SENTENCE.split()[second]}”")
        expect(told).to_contain_text("Both" if first == second else "disagree")
    panel.get_by_test_id("learn-which-mean").click()
    expect(panel.get_by_test_id("learn-which-said")).to_contain_text("no attention weights")
    expect(panel).to_contain_text("arXiv:1902.10186")


def test_nothing_is_asked_of_the_server(desk, sentence):
    with requests_of(desk) as asked:
        sentence.get_by_test_id("learn-own").press_sequentially(" , but")
        sentence.get_by_test_id("learn-out-1").click()
        sentence.get_by_test_id("learn-out-uniform").click()
        sentence.get_by_test_id("learn-out-back").click()
        sentence.get_by_test_id("learn-scrubber").press("Home")
        desk.wait_for_timeout(400)
    assert asked == []


def test_a_word_that_is_half_typed_is_no_mistake_yet(desk):
    opened = open_task(desk, "numbers")
    field, status = opened.get_by_test_id("learn-own"), opened.get_by_test_id("learn-own-status")
    field.fill("")  # a test before may have left a number in it
    field.press_sequentially("two hundr")
    expect(status).to_have_text("")
    expect(status).to_contain_text("hundr")  # once the keys rest
    field.press_sequentially("ed")
    expect(opened.get_by_test_id("look-attention-answer")).to_have_text("200")
    field.press_sequentially("x")
    expect(status).to_have_text("")
    field.blur()
    expect(status).to_contain_text("hundredx")


def test_a_line_that_is_merely_short_is_not_wrong(desk):
    opened = open_task(desk, "without_recurrence")
    field, status = opened.get_by_test_id("learn-own"), opened.get_by_test_id("learn-own-status")
    field.fill("abC")
    field.blur()
    expect(status).to_contain_text("exactly 2 letters must be capitals")
    expect(status).not_to_have_class("status wrong")
    field.fill("abCDE")
    expect(status).to_have_class("status wrong")


def test_the_task_is_saved_as_a_file(desk):
    opened = open_task(desk, "deciding_word")
    with desk.expect_download() as download:
        opened.get_by_test_id("learn-save").click()
    assert download.value.suggested_filename == "attention-deciding_word.html"
    expect(opened.get_by_test_id("learn-save-said")).to_contain_text("attention-deciding_word.html")
