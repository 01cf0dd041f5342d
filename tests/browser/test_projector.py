"""In front of thirty people: story, challenge and table, large, and a way back."""

from __future__ import annotations

import pytest
from playing import DESK, address_at_rest, go, hold, move
from playwright.sync_api import expect

GONE = ["share", "lang-ru", "tab-play", "lesson", "kind", "temperature", "reset", "add-row"]
GONE += ["formula", "descent", "keras", "take-csv"]
STAYS = ["lesson-story", "challenge", "w-0", "x-3-0", "b-3", "weight-3", "mask-3", "output-0"]


@pytest.fixture
def beamer(desk):
    desk.set_viewport_size({"width": 1280, "height": 720})
    yield desk
    desk.set_viewport_size(DESK)


def letters(page, testid):
    """Their height on the screen, in pixels."""
    return page.get_by_test_id(testid).evaluate(
        "(node) => parseFloat(getComputedStyle(node).fontSize) * (node.currentCSSZoom ?? 1)"
    )


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
def test_story_challenge_and_table_fill_the_screen_and_nothing_else_is_there(beamer, size, lang):
    beamer.set_viewport_size({"width": size[0], "height": size[1]})
    go(beamer, f"#lang={lang}")
    before = letters(beamer, "weight-3")
    go(beamer, f"#view=projector&lang={lang}")
    for testid in GONE:
        expect(beamer.get_by_test_id(testid)).to_be_hidden()
    for testid in STAYS:
        expect(beamer.get_by_test_id(testid)).to_be_in_viewport(ratio=1)
    assert beamer.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert letters(beamer, "weight-3") > before * (1.3 if size[0] == 1280 else 1.05)


def test_a_button_leads_there_and_escape_or_a_button_back(beamer):
    beamer.get_by_test_id("projector").click()
    assert address_at_rest(beamer) == "view=projector"
    beamer.keyboard.press("Escape")
    expect(beamer.get_by_test_id("projector")).to_be_focused()
    assert address_at_rest(beamer) == ""
    go(beamer, "#view=projector&lesson=love&tab=learn")
    expect(beamer.get_by_test_id("lesson-story")).to_be_visible()
    beamer.get_by_test_id("projector-exit").click()
    expect(beamer.get_by_test_id("lesson")).to_be_visible()
    assert address_at_rest(beamer) == "lesson=love"


def test_who_hides_the_projector_keeps_the_readers_in_it(beamer):
    go(beamer, "#view=projector&hide=projector")
    expect(beamer.get_by_test_id("projector-exit")).to_be_hidden()
    beamer.keyboard.press("Escape")
    assert "view=projector" in address_at_rest(beamer)


def test_an_unknown_view_is_ignored_and_that_is_said(desk):
    go(desk, "#view=cinema")
    expect(desk.get_by_test_id("notices").get_by_role("listitem")).to_have_count(1)
    expect(desk.get_by_test_id("kind")).to_be_visible()


def test_nothing_jumps_while_one_drags(beamer):
    go(beamer, "#view=projector")
    places = "(nodes) => nodes.map((node) => node.getBoundingClientRect().toJSON())"
    boxes = beamer.locator(".playground :is(tr, .panel)")
    hold(beamer, "x-3-0")
    before = boxes.evaluate_all(places)
    for share in (0.1, 0.6, 1):
        move(beamer, "x-3-0", share)
        beamer.evaluate("() => new Promise(requestAnimationFrame)")
        assert boxes.evaluate_all(places) == before
    beamer.mouse.up()
