"""A tablet: two fingers zoom, one that drags does nothing else, and numbers can be typed."""

from __future__ import annotations

import pytest
from engines import engine_of
from playing import fingers, go, open_all, touch
from playwright.sync_api import expect

from attention.lessons import load_lessons

TABLET = {"width": 820, "height": 1180}
IPHONE = {"width": 390, "height": 664}  # what Safari's bars leave of 844
PLACES = {
    "a slider": ("flow", "x-1-0"),
    "a disc": ("flow", "disc-1"),
    "a point": ("plane", "point-1"),
    "the picture": ("plane", "stage-plane"),
    "a row's handle": ("flow", "move-row-1"),
}
# What a finger that stays would open, and what it has selected.
LISTEN = """() => {
    window.menus = 0;
    document.addEventListener("contextmenu", (event) => { menus += !event.defaultPrevented; });
    getSelection().removeAllRanges();
}"""


@pytest.fixture
def tablet(open_page):
    """The page under a finger."""
    return open_page("#lesson=fear", viewport=TABLET, has_touch=True, is_mobile=True)


def middle(page, testid):
    node = page.get_by_test_id(testid)
    node.evaluate("(node) => node.scrollIntoView({ block: 'center' })")
    box = node.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("place", PLACES)
def test_two_fingers_zoom_wherever_they_are(tablet, place):
    stage, testid = PLACES[place]
    go(tablet, f"#lesson=fear&stage={stage}")
    x, y = middle(tablet, testid)
    assert zooms(tablet, testid)
    if engine_of(tablet) == "firefox" or place == "a slider":
        return  # there are no fingers, and Chromium's own slider keeps both of them
    ways = [((x, y - 4 - 15 * i), (x, y + 4 + 15 * i)) for i in range(8)]
    fingers(tablet, *ways)
    assert tablet.evaluate("visualViewport.scale") > 1.2


def zooms(page, testid):
    """Whether the styles of a place and of all around it let two fingers zoom."""
    return page.get_by_test_id(testid).evaluate(
        """(node) => {
            for (; node; node = node.parentElement)
                if (!/auto|manipulation|pinch-zoom/.test(getComputedStyle(node).touchAction))
                    return false;
            const { content } = document.querySelector("[name=viewport]");
            return !/user-scalable|maximum-scale/.test(content);
        }"""
    )


@pytest.mark.parametrize("place", PLACES)
def test_a_finger_that_stays_selects_nothing_and_opens_no_menu(tablet, place):
    stage, testid = PLACES[place]
    go(tablet, f"#lesson=fear&stage={stage}")
    tablet.evaluate(LISTEN)
    x, y = middle(tablet, testid)
    if engine_of(tablet) == "chromium":
        touch(tablet, (x, y), (x, y), pause=900)
        assert tablet.evaluate("[menus, getSelection().toString()]") == [0, ""]
    selects = "(node) => getComputedStyle(node).userSelect"
    where = ".pane" if place == "the picture" else f"[data-testid='{testid}']"
    assert tablet.locator(where).first.evaluate(selects) == "none"


@pytest.mark.chromium("its driver has no fingers in Firefox")
def test_a_finger_on_a_handle_moves_its_row_and_not_the_page(tablet):
    x, y = middle(tablet, "move-row-1")
    before = tablet.evaluate("scrollY")
    below = tablet.get_by_test_id("move-row-2").bounding_box()["y"] + 12
    name = tablet.get_by_test_id("row-name-1").inner_text()
    touch(tablet, *((x, y + (below - y) * part / 5) for part in range(6)))
    assert tablet.evaluate("[scrollY, getSelection().toString()]") == [before, ""]
    expect(tablet.get_by_test_id("row-name-2")).to_have_text(name)


@pytest.mark.every_engine
def test_where_a_number_may_be_negative_the_keypad_has_a_minus(tablet):
    go(tablet, "#lesson=learn-fear")
    open_all(tablet)
    keypads = dict(
        tablet.locator("input.typed[type=text]").evaluate_all(
            "(nodes) => nodes.map((node) => [node.dataset.testid, node.inputMode])"
        )
    )
    never_negative = {name for name in keypads if name.startswith(("temperature", "target-"))}
    never_negative |= {"train-rate-number"}
    assert len(never_negative) > 5 and len(keypads) > 20
    for name, keypad in keypads.items():
        assert keypad == ("decimal" if name in never_negative else ""), name


def test_safari_does_not_zoom_in_on_a_field_that_is_tapped(tablet):
    for testid in ("x-1-0-number", "temperature-number"):
        field = tablet.get_by_test_id(testid)
        room = "(node) => [node.offsetWidth, node.offsetHeight]"
        before = field.evaluate(room)
        field.focus()
        size = field.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)")
        assert size >= 16 and field.evaluate(room) == before


def test_safaris_bars_leave_the_picture_and_what_it_is_played_with_on_one_screen(open_page):
    page = open_page(viewport=IPHONE, has_touch=True, is_mobile=True)
    high = """() => {
        const [stage, control] = ["stage", "touch-0"].map((id) =>
            document.querySelector(`[data-testid="${id}"]`)?.getBoundingClientRect());
        return (control ?? stage).bottom - stage.top;
    }"""
    top = """() => document.querySelector("[data-testid='stage']").getBoundingClientRect().top"""
    for lesson in load_lessons()[0]:
        for lang in ("en", "ru"):
            go(page, f"#lesson={lesson}&lang={lang}")
            page.evaluate("scrollTo(0, 0)")
            assert page.evaluate(top) < IPHONE["height"] * 0.75
            assert page.evaluate(high) < IPHONE["height"] * 0.6, lesson
