"""The page for everyone: at first sight, by keys alone, by ear, by a thumb, without motion."""

from __future__ import annotations

import re

import pytest
from engines import emulate_media
from playing import (
    PHONE,
    TABS,
    assert_agrees,
    drag,
    fragment,
    go,
    hold,
    move,
    next_frame,
    notices,
    touch,
)
from playwright.sync_api import expect

# Where the focus is: what it stands on, whether one sees it there, and where that is in the page.
_FOCUS = """() => {
    const node = document.activeElement;
    if (!node.closest(".playground")) return null;
    const framed = node.matches(".sentence") ? node.closest(".field") : node;
    const style = getComputedStyle(framed);
    const { left, top, width, height } = node.getBoundingClientRect();
    const at = document.elementFromPoint(left + width / 2, top + height / 2);
    const all = [...document.querySelectorAll(".playground *")];
    return {
        name: node.dataset.testid ?? node.textContent,
        place: all.indexOf(node),
        ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        seen: at !== null && (at === node || node.contains(at) || at.contains(node)),
    };
}"""


def walk(page):
    """All that the Tab key reaches on the page, in its order; each of it is seen there."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    page.locator(".playground h1").evaluate(
        "(node) => { node.tabIndex = -1; node.focus(); node.removeAttribute('tabindex'); }"
    )
    steps = []
    while len(steps) < 300:
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUS)
        if found is None:
            assert [step["name"] for step in steps if not step["seen"]] == []
            return steps
        steps.append(found)
    raise AssertionError("the Tab key never leaves the page")


def test_a_stranger_sees_at_once_what_there_is_to_play_with_and_the_first_drag_keeps_its_promise(
    stranger,
):
    desk = stranger
    desk.evaluate("scrollTo(0, 0)")
    expect(desk.get_by_test_id("lesson-story")).to_contain_text("share 100 % of your attention")
    for seen in ("lesson-story", "lesson-try", "start-course", "stage", "touch-0", "lang-ru"):
        expect(desk.get_by_test_id(seen)).to_be_in_viewport(ratio=1)
    title = desk.get_by_role("heading", name="Attention for dummies", level=1)
    expect(title).to_be_in_viewport(ratio=1)
    expect(notices(desk)).to_have_count(0)
    assert_agrees(desk)
    drag(desk, "touch-0", 0.6)
    expect(desk.get_by_test_id("lesson-try")).to_contain_text("ghost 👻” wins")
    output = desk.get_by_role("row", name="weighted output")
    expect(output).to_contain_text(re.compile("mostly.*ghost"))


def test_a_stranger_with_a_phone_sees_what_to_drag_and_what_comes_of_it(phone):
    phone.evaluate("scrollTo(0, 0)")
    for seen in ("lesson-story", "lesson-try", "start-course", "stage", "touch-0"):
        expect(phone.get_by_test_id(seen)).to_be_in_viewport(ratio=1)


def test_the_tab_key_reaches_everything_in_order_visibly_and_leaves(desk):
    desk.get_by_test_id("x-0-0").press("ArrowRight")  # shows the result
    steps = walk(desk)
    places = [step["place"] for step in steps]
    assert places == sorted(set(places))
    assert [step["name"] for step in steps if step["ring"] < 2] == []
    reached = [step["name"] for step in steps]
    assert {"x-3-2", "b-3-number", "mask-3", "row-name-3", "add-row", "keras"} <= {*reached}
    order = ["kind", "activation", "bias", "temperature", "reset", "w-0", "w-0-number", "x-0-0"]
    assert [name for name in reached if name in order] == order


def test_the_strip_of_a_phone_covers_nothing_that_has_the_focus(phone):
    phone.get_by_test_id("x-0-0").press("ArrowRight")
    assert "x-3-2" in {step["name"] for step in walk(phone)}


def test_a_key_leads_past_everything_to_the_first_slider(desk):
    skip = desk.get_by_role("button", name="To the table")
    skip.focus()
    expect(skip).to_be_in_viewport(ratio=1)
    skip.press("Enter")
    expect(desk.get_by_test_id("w-0")).to_be_focused()


def test_keys_turn_a_slider_by_steps_leaps_and_to_its_ends(desk):
    slider = desk.get_by_test_id("x-3-0")

    def after(key):
        slider.press(key)
        return assert_agrees(desk).sliders["x-3-0"]

    start = float(slider.input_value())
    step = after("ArrowRight") - start
    assert step > 0
    assert after("PageUp") - (start + step) > 2 * step
    assert after("PageDown") == start + step
    assert after("Home") == float(slider.get_attribute("min"))
    assert after("End") == float(slider.get_attribute("max"))


@pytest.mark.parametrize("kind", ["attention", "gate", "dot_product"])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_what_one_can_take_hold_of_in_the_picture_has_no_sliders_name(desk, kind, lang):
    go(desk, f"#lesson=general&kind={kind}&lang={lang}")
    names = """(nodes) => nodes.filter((node) => !node.closest("[hidden]"))
        .map((node) => node.getAttribute("aria-label"))"""
    for view in ("flow", "plane", "loss"):
        desk.get_by_test_id(f"stage-{view}").click()
        next_frame(desk)
        drawn = desk.locator(".stage [role='slider']").evaluate_all(names)
        sliders = desk.locator("table input[type='range']").evaluate_all(names)
        assert drawn and sliders and None not in drawn + sliders
        assert not set(drawn) & set(sliders)


def test_keys_alone_choose_a_row_and_rename_it(desk):
    desk.get_by_test_id("mask-1").focus()
    expect(desk.locator("tr[aria-current='true']").get_by_test_id("mask-1")).to_be_attached()
    desk.get_by_test_id("row-name-1").focus()
    desk.keyboard.press("Control+A")
    desk.keyboard.type("cellar")
    desk.keyboard.press("Enter")
    assert desk.locator("table").get_by_role("slider", name="fear, cellar").is_visible()
    desk.get_by_test_id("mask-1").press("Space")
    expect(desk.get_by_test_id("weight-1")).to_have_attribute("data-value", "0")


def test_whoever_hears_the_page_is_told_when_the_hand_rests_and_not_before(desk):
    summary = desk.get_by_test_id("summary")
    expect(summary).to_have_attribute("role", "status")
    hold(desk, "x-3-0")
    move(desk, "x-3-0", 1)
    desk.wait_for_timeout(300)
    expect(summary).to_be_empty()
    desk.mouse.up()
    expect(summary).to_contain_text("goes to “ghost 👻”. Weighted output: fear ")
    assert desk.get_by_test_id("weight-3").inner_text() in summary.inner_text()
    go(desk, "#lang=ru&mask=0000")
    desk.get_by_test_id("mask-3").check()
    expect(summary).to_have_text(
        "Больше всего внимания, 100 %, получает «призрак 👻». "
        "Взвешенная сумма: страх 90,00; близость 20,00; знакомо 0,00."
    )
    desk.get_by_test_id("mask-3").uncheck()
    expect(summary).to_contain_text("внимания не получает никто")


@pytest.fixture
def slider(open_page):
    """On a phone of its own, that no other swipe has set rolling; the page keeps its `turns`."""
    page = open_page(viewport=PHONE, has_touch=True, is_mobile=True)
    slider = page.get_by_test_id("x-1-0")
    slider.evaluate(
        """(node) => {
            turns = [];
            node.addEventListener("input", () => turns.push(Number(node.value)));
            node.scrollIntoView({ block: "center" });
        }"""
    )
    return slider


def swipe(slider, dx, dy):
    """Put a thumb on a slider near its end, move it, if it is to move, and lift it."""
    box = slider.bounding_box()
    x, y = box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2
    parts = (0, 0.1, 0.2, 0.4, 0.6, 0.8, 1) if dx or dy else (0,)
    touch(slider.page, *((x + dx * part, y + dy * part) for part in parts))


@pytest.mark.chromium("its driver has no fingers in Firefox")
def test_a_thumb_that_goes_sideways_or_taps_turns_a_slider_and_one_that_scrolls_does_not(slider):
    page, before = slider.page, float(slider.input_value())
    swipe(slider, 0, 0)
    page.wait_for_function("(before) => turns.at(-1) > before", arg=before)
    tapped = float(slider.input_value())
    swipe(slider, -60, 0)
    page.wait_for_function("(tapped) => turns.at(-1) < tapped", arg=tapped)
    dragged = assert_agrees(page).sliders["x-1-0"]
    assert before < dragged < tapped
    top = page.evaluate("() => { turns = []; return scrollY; }")
    swipe(slider, 0, -200)
    page.wait_for_function("(top) => scrollY > top + 100", arg=top, timeout=5_000)
    assert set(page.evaluate("turns")) <= {dragged}
    assert float(slider.input_value()) == dragged


def test_what_a_thumb_drags_is_large_enough(phone):
    heights = phone.locator("#panel-play .slider:visible").evaluate_all(
        "(nodes) => nodes.map((node) => node.getBoundingClientRect().height)"
    )
    assert min(heights) >= 32


_MOVING = """() => [...document.querySelectorAll(".playground, .playground *")].filter((node) => {
    const { transitionDuration, animationName } = getComputedStyle(node);
    return animationName !== "none" || /[1-9]/.test(transitionDuration);
}).length"""


def test_nothing_moves_for_whoever_asked_for_stillness(desk):
    assert desk.evaluate(_MOVING) > 0
    emulate_media(desk, reduced_motion="reduce")
    try:
        for tab in TABS:
            go(desk, fragment(tab=tab))
            assert desk.evaluate(_MOVING) == 0, tab
    finally:
        emulate_media(desk, reduced_motion="no-preference")


def test_bars_and_sliders_stay_in_the_few_colours_that_a_reader_forces(desk):
    colours = """(node) => [node, node.firstChild].map(
        (one) => getComputedStyle(one).backgroundColor)"""
    adjusted = "(node) => getComputedStyle(node).getPropertyValue('forced-color-adjust')"
    emulate_media(desk, forced_colors="active")
    try:
        groove, fill = desk.locator(".bar").first.evaluate(colours)
        assert groove != fill
        assert desk.get_by_test_id("x-3-0").evaluate(adjusted) == "none"
    finally:
        emulate_media(desk, forced_colors="none")
