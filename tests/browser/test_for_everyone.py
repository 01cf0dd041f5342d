"""The page for everyone: by keys alone, by ear, by a thumb, without motion, in few colours."""

from __future__ import annotations

import pytest
from playing import PHONE, fragment, go, hold, move
from playwright.sync_api import expect

TABS = ["play", "variations", "learn", "reading", "teach"]

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
    """All that the Tab key reaches on the page, in its order."""
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    page.locator(".playground h1").evaluate(
        "(node) => { node.tabIndex = -1; node.focus(); node.removeAttribute('tabindex'); }"
    )
    steps = []
    while len(steps) < 300:
        page.keyboard.press("Tab")
        found = page.evaluate(_FOCUS)
        if found is None:
            return steps
        steps.append(found)
    raise AssertionError("the Tab key never leaves the page")


def test_the_tab_key_reaches_everything_in_order_visibly_and_leaves(desk):
    desk.get_by_test_id("x-0-0").press("ArrowRight")  # shows the result
    steps = walk(desk)
    places = [step["place"] for step in steps]
    assert places == sorted(set(places))
    assert [step["name"] for step in steps if step["ring"] < 2] == []
    assert [step["name"] for step in steps if not step["seen"]] == []
    reached = {step["name"] for step in steps}
    assert {"lesson", "kind", "x-3-2", "b-3-number", "mask-3", "row-name-3", "add-row"} <= reached
    assert {"keras", "reading-more", "tab-play"} <= reached


def test_the_strip_of_a_phone_covers_nothing_that_has_the_focus(phone):
    phone.get_by_test_id("x-0-0").press("ArrowRight")
    assert [step["name"] for step in walk(phone) if not step["seen"]] == []


def test_keys_turn_a_slider_by_steps_leaps_and_to_its_ends(desk):
    slider = desk.get_by_test_id("x-3-0")

    def after(key):
        slider.press(key)
        return float(slider.input_value())

    start = float(slider.input_value())
    step = after("ArrowRight") - start
    assert step > 0
    assert after("PageUp") - (start + step) > 2 * step
    assert after("PageDown") == start + step
    assert after("Home") == float(slider.get_attribute("min"))
    assert after("End") == float(slider.get_attribute("max"))


def test_keys_alone_choose_a_row_and_rename_it(desk):
    desk.get_by_test_id("mask-1").focus()
    expect(desk.locator("tr[aria-current='true']").get_by_test_id("mask-1")).to_be_attached()
    desk.get_by_test_id("row-name-1").focus()
    desk.keyboard.press("Control+A")
    desk.keyboard.type("cellar")
    desk.keyboard.press("Enter")
    assert desk.get_by_role("slider", name="fear, cellar").is_visible()
    desk.get_by_test_id("mask-1").press("Space")
    expect(desk.get_by_test_id("weight-1")).to_have_attribute("data-value", "0")


def test_whoever_hears_the_page_is_told_when_the_hand_rests_and_not_before(desk):
    summary = desk.get_by_test_id("summary")
    expect(summary).to_have_attribute("role", "status")
    desk.wait_for_timeout(300)
    expect(summary).to_be_empty()
    hold(desk, "x-3-0")
    move(desk, "x-3-0", 1)
    desk.wait_for_timeout(300)
    expect(summary).to_be_empty()
    desk.mouse.up()
    expect(summary).to_contain_text("goes to “ghost 👻”. Weighted output: fear ")
    share = desk.get_by_test_id("weight-3").inner_text()
    assert share in summary.inner_text()


def test_what_is_told_is_of_the_readers_language(desk):
    go(desk, "#lang=ru&mask=0000")
    desk.get_by_test_id("mask-3").check()
    expect(desk.get_by_test_id("summary")).to_have_text(
        "Больше всего внимания, 100 %, получает «призрак 👻». "
        "Взвешенная сумма: страх 90,00; близость 20,00; опыт встреч 0,00."
    )
    desk.get_by_test_id("mask-3").uncheck()
    expect(desk.get_by_test_id("summary")).to_contain_text("внимания не получает никто")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_no_tab_is_wider_than_a_phone(phone, lang):
    for tab in TABS:
        go(phone, fragment(lang=lang, **({"tab": tab} if tab != "play" else {})))
        expect(phone.locator(f"#panel-{tab}")).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth") == 390, tab


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
    send = slider.page.context.new_cdp_session(slider.page).send

    def touch(kind, *points):
        points = [{"x": x + dx * part, "y": y + dy * part} for part in points]
        send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 0)
    if dx or dy:
        for part in (0.1, 0.2, 0.4, 0.6, 0.8, 1):
            touch("touchMove", part)
    touch("touchEnd")


def test_a_thumb_that_scrolls_over_a_slider_does_not_turn_it(slider):
    page, top = slider.page, slider.evaluate("() => scrollY")
    before = float(slider.input_value())
    swipe(slider, 0, -200)
    page.wait_for_function("(top) => scrollY > top + 100", arg=top, timeout=5_000)
    assert set(page.evaluate("turns")) <= {before}
    assert float(slider.input_value()) == before


def test_a_thumb_that_goes_sideways_or_taps_turns_it(slider):
    before = float(slider.input_value())
    swipe(slider, 0, 0)
    slider.page.wait_for_function("(before) => turns.at(-1) > before", arg=before)
    tapped = float(slider.input_value())
    swipe(slider, -60, 0)
    slider.page.wait_for_function("(tapped) => turns.at(-1) < tapped", arg=tapped)
    assert before < float(slider.input_value()) < tapped


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
    desk.emulate_media(reduced_motion="reduce")
    try:
        for tab in TABS:
            go(desk, fragment(tab=tab))
            assert desk.evaluate(_MOVING) == 0, tab
    finally:
        desk.emulate_media(reduced_motion="no-preference")


def test_bars_and_sliders_stay_in_the_few_colours_that_a_reader_forces(desk):
    desk.get_by_test_id("x-3-0").press("End")
    colours = """(node) => [node, node.firstChild].map(
        (one) => getComputedStyle(one).backgroundColor)"""
    desk.emulate_media(forced_colors="active")
    try:
        groove, fill = desk.locator(".bar").first.evaluate(colours)
        assert groove != fill
        track = desk.get_by_test_id("x-3-0").evaluate(
            "(node) => getComputedStyle(node).getPropertyValue('forced-color-adjust')"
        )
        assert track == "none"
    finally:
        desk.emulate_media(forced_colors="none")
