"""What somebody finds who opens the page for the first time."""

import re

import pytest
from playing import assert_agrees, go, keep_progress
from playwright.sync_api import expect


@pytest.fixture
def stranger(desk):
    """The page of somebody who has never been here."""
    keep_progress(desk, None)
    go(desk)
    return desk


def test_the_page_opens_with_the_ghosts(open_page):
    page = open_page()
    assert page.get_by_role("heading", name="Ghosts: fear −100").is_visible()
    assert "never met one" in page.get_by_test_id("lesson-story").inner_text()
    assert page.get_by_test_id("challenge").get_attribute("data-done") == "false"
    assert page.get_by_role("slider", name="bias of ghost 👻").input_value() == "-100"


def test_a_stranger_sees_at_once_what_there_is_to_play_with(stranger):
    desk = stranger
    desk.evaluate("scrollTo(0, 0)")
    for seen in (
        desk.get_by_role("heading", name="Attention for dummies", level=1),
        desk.get_by_test_id("lesson-story"),
        desk.get_by_test_id("challenge"),
        desk.get_by_test_id("predict-question"),
        desk.get_by_test_id("predict-choice-3"),
        desk.get_by_test_id("predict-skip"),
        desk.get_by_test_id("w-0"),
        desk.get_by_test_id("x-3-0"),
        desk.get_by_test_id("b-3"),
        desk.get_by_test_id("mask-3"),
        desk.get_by_test_id("reset"),
        desk.get_by_test_id("lang-ru"),
    ):
        expect(seen).to_be_in_viewport(ratio=1)
    expect(desk.get_by_test_id("notices")).to_be_empty()
    assert_agrees(desk)
    desk.get_by_test_id("predict-skip").click()
    for seen in ("weight-3", "output-0"):
        expect(desk.get_by_test_id(seen)).to_be_in_viewport(ratio=1)
    expect(desk.get_by_test_id("formula").get_by_role("heading")).to_be_in_viewport(ratio=1)


def test_the_first_drag_does_what_the_story_says(stranger):
    desk = stranger
    fear = desk.get_by_role("slider", name="fear, ghost 👻")
    fear.press("End")
    expect(desk.get_by_test_id("challenge")).to_contain_text("done!")
    expect(desk.get_by_role("row", name="weighted output")).to_contain_text(
        re.compile("mostly.*ghost")
    )


def test_a_stranger_with_a_phone_reads_the_story_and_sees_the_weights(phone):
    phone.evaluate("scrollTo(0, 0)")
    expect(phone.get_by_test_id("lesson-story")).to_be_in_viewport(ratio=1)
    expect(phone.get_by_test_id("challenge")).to_be_in_viewport(ratio=1)
    expect(phone.get_by_text("63.9").last).to_be_in_viewport(ratio=1)


def test_a_key_leads_past_everything_to_the_first_slider(desk):
    skip = desk.get_by_role("button", name="To the table")
    skip.focus()
    expect(skip).to_be_in_viewport(ratio=1)
    skip.press("Enter")
    expect(desk.get_by_test_id("w-0")).to_be_focused()


def test_the_tab_key_leads_through_the_page_in_the_order_of_reading(desk):
    desk.get_by_test_id("lesson").focus()
    order = []
    for _ in range(40):
        desk.keyboard.press("Tab")
        order.append(desk.evaluate("document.activeElement.dataset.testid"))
    steps = ["kind", "activation", "bias", "temperature", "reset", "w-0", "w-0-number", "x-0-0"]
    assert [name for name in order if name in steps] == steps
