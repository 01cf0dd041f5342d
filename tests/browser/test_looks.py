"""What one can see and reach: on a wide screen and a phone, in the light and in the dark.

That every word can be read is held by test_axe.py here and, for all colours, by test_colours.py.
"""

from contextlib import contextmanager

import pytest
from learning import RECORDED, open_task
from playing import DESK, SLIDERS, TABS, assert_fits, fragment, go, open_all
from playwright.sync_api import expect

from attention.lessons import load_lessons

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
    tops = "(nodes) => nodes.map((node) => node.getBoundingClientRect().top)"
    assert len(set(phone.locator(".tabs > *").evaluate_all(tops))) == 1


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


@pytest.mark.parametrize("view", ["phone", "desk"])
def test_who_comes_first_sees_what_to_drag_until_it_is_dragged(request, view):
    page = request.getfixturevalue(view)
    hint = page.locator(".drag-hint")
    expect(hint).to_be_in_viewport(ratio=1)
    upon = """(hint) => {
        const { x, y, width, height } = hint.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2) === hint;
    }"""
    assert hint.evaluate(upon)
    page.get_by_test_id("touch-0").press("ArrowRight")
    expect(hint).not_to_be_visible()


# Words of the picture that reach beyond it or are cut off, and of the flow that cover others.
_ILL_SET = """() => {
    const panes = document.querySelector(".stage .panes").getBoundingClientRect();
    const texts = [...document.querySelectorAll(".stage svg text")]
        .filter((node) => node.textContent && !node.closest("[hidden]"))
        .map((node) => ({ node, box: node.getBoundingClientRect() }));
    const isBeyond = ({ box }) => box.left < panes.left - 1 || box.right > panes.right + 1 ||
        box.top < panes.top - 1 || box.bottom > panes.bottom + 1;
    const covers = ({ box: a }, { box: b }) =>
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5;
    const flow = texts.filter(({ node }) => node.closest(".flow"));
    const covered = flow.filter((one, i) => flow.slice(0, i).some((other) => covers(one, other)));
    const cut = [...document.querySelectorAll(".stage-words, .softmax-line")]
        .filter((node) => node.scrollHeight > node.clientHeight + 1);
    return [...cut, ...[...texts.filter(isBeyond), ...covered].map(({ node }) => node)]
        .map((node) => node.textContent);
}"""


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1280, 720)])
def test_no_words_of_the_picture_are_cut_off_or_covered_in_any_lesson(desk, size, lang):
    faults = []
    with window(desk, *size):
        for lesson in load_lessons()[0]:
            for view in ("flow", "plane", "softmax", "loss", "code"):
                go(desk, f"#lesson={lesson}&lang={lang}&stage={view}")
                desk.wait_for_timeout(30)  # the stage measures itself with a frame
                faults += [f"{lesson} {view} {fault}" for fault in desk.evaluate(_ILL_SET)]
    assert faults == []
