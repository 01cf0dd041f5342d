"""Progress is remembered by this browser alone, and a broken memory harms nobody."""

from __future__ import annotations

import json

import pytest
from playing import address_at_rest, go, keep_progress, type_number
from playwright.sync_api import Page, expect


def kept(page: Page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('attention-for-dummies')"))


def test_progress_survives_a_reload_and_nobody_is_told(open_page):
    page = open_page()
    asked = []
    page.get_by_test_id("predict-choice-1").click()
    page.on("request", lambda request: asked.append(request.url))
    type_number(page, "x-3-0", "220")
    page.get_by_test_id("lesson-next").click()
    page.get_by_test_id("predict-skip").click()
    page.get_by_test_id("lesson").select_option("fear")
    address_at_rest(page)
    assert asked == []
    page.reload()
    page.locator("table[data-ready='true']").wait_for()
    expect(page.get_by_test_id("level-2")).to_contain_text("1/3")
    expect(page.get_by_test_id("lesson").locator("option[value=fear]")).to_contain_text("✓")
    expect(page.get_by_test_id("predict")).to_have_attribute("data-state", "wrong")
    page.get_by_test_id("progress-forget").click()
    expect(page.get_by_test_id("level-2")).to_contain_text("1/3")  # it asks first
    page.get_by_role("button", name="Really forget").click()
    expect(page.get_by_test_id("level-2")).to_contain_text("0/3")
    assert kept(page) == {"done": [], "predicted": {}}


@pytest.mark.parametrize(
    "hostile",
    [
        "{",
        "null",
        "[1]",
        '"fear"',
        '{"done": "fear", "predicted": [0]}',
        '{"done": ["nobody", 7], "predicted": {"fear": 99, "__proto__": 1, "love": "<b>"}}',
    ],
)
def test_what_cannot_be_remembered_is_ignored(desk, hostile):
    keep_progress(desk, hostile)
    go(desk)
    expect(desk.get_by_test_id("predict")).to_have_attribute("data-state", "open")
    expect(desk.get_by_test_id("level-2")).to_contain_text("0/3")
    desk.get_by_test_id("predict-choice-2").click()
    assert kept(desk) == {"done": [], "predicted": {"fear": 2}}


def test_without_any_storage_the_open_page_still_knows(browser, address):
    page = browser.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('none'); } })"
    )
    try:
        page.goto(address)
        page.get_by_test_id("predict-choice-2").click()
        expect(page.get_by_test_id("predict")).to_have_attribute("data-state", "right")
        page.get_by_test_id("lesson-next").click()
        page.get_by_test_id("lesson-previous").click()
        expect(page.get_by_test_id("predict")).to_have_attribute("data-state", "right")
    finally:
        page.close()
