"""What one can see and reach: on a wide screen and a phone, in the light and in the dark.

That every word can be read is held by test_axe.py here and, for all colours, by test_colours.py.
"""

from contextlib import contextmanager

import pytest
from learning import RECORDED, open_task
from playing import DESK, SLIDERS, TABS, assert_fits, fragment, go, open_all
from playwright.sync_api import expect

_COVERED = """(slider) => {
    slider.focus();
    const { x, y, width, height } = slider.getBoundingClientRect();
    return !slider.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_tab_and_task_fits_on_a_phone_and_needs_no_scrolling_sideways(phone, lang):
    for tab in TABS[1:]:
        go(phone, fragment(tab=tab, lang=lang, sentence="w" * 40, window="2"))
        expect(phone.locator(f"#panel-{tab}")).to_be_visible()
        if tab == "variations":
            gallery = phone.get_by_test_id("gallery")
            expect(gallery).to_have_attribute("data-ready", "true", timeout=20_000)
        open_all(phone)
        assert_fits(phone)
    for task in RECORDED:
        open_task(phone, task, lang=lang).get_by_test_id("learn-code").locator("summary").click()
        assert_fits(phone)
    for kind in SLIDERS:
        go(phone, fragment(kind=kind, lang=lang, rows="w" * 40 + ",b,c,d"))
        assert_fits(phone)
    for line in (".tabs > *", ".levels > *"):
        tops = "(nodes) => nodes.map((node) => node.getBoundingClientRect().top)"
        assert len(set(phone.locator(line).evaluate_all(tops))) == 1, line


@pytest.mark.parametrize("kind", SLIDERS)
def test_every_slider_on_a_phone_can_be_reached_and_is_not_covered(phone, kind):
    go(phone, f"#kind={kind}")
    phone.evaluate("scrollTo(0, 0)")
    sliders = phone.get_by_role("slider").all()
    assert [one.get_attribute("data-testid") for one in sliders if one.evaluate(_COVERED)] == []


def test_the_numbers_of_a_big_table_do_not_run_into_each_other(desk):
    go(desk, fragment(lang="ru", x="-1000000,2,3;999999,5,6", w="-1,2,3"))
    overflowing = desk.locator("td[data-testid], span[data-testid^='weight']").evaluate_all(
        """(nodes) => nodes.filter((node) => node.scrollWidth > node.clientWidth + 1)
            .map((node) => `${node.dataset.testid}: ${node.textContent}`)"""
    )
    assert overflowing == []


@contextmanager
def window(desk, width, height):
    """A window of this size meanwhile."""
    desk.set_viewport_size({"width": width, "height": height})
    try:
        yield
    finally:
        desk.set_viewport_size(DESK)


def test_the_picture_and_what_to_touch_are_in_sight_on_a_laptop_and_on_a_tablet(desk):
    for kind in SLIDERS:
        go(desk, f"#kind={kind}")
        expect(desk.get_by_test_id("stage")).to_be_in_viewport(ratio=1)
        expect(desk.get_by_test_id("touch-strip")).to_be_in_viewport(ratio=1)
    for width in (820, 1024):
        with window(desk, width, 1100):
            expect(desk.get_by_test_id("touch-strip")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_nothing_is_beyond_the_edge_of_a_small_laptop(desk, lang):
    with window(desk, 1024, 768):
        go(desk, f"#lesson=sqrt-d&lang={lang}")
        assert_fits(desk)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_choice_of_lessons_has_room_on_a_tablet(desk, lang):
    with window(desk, 820, 1100):
        go(desk, f"#lang={lang}")
        assert desk.get_by_test_id("lesson").bounding_box()["width"] > 100
        assert_fits(desk)
