"""The words on the table explain themselves: one sentence and where it is from."""

import re

import pytest
from engines import tap
from playing import go, hold, move
from playwright.sync_api import expect

from attention.texts import texts


def tip(page):
    return page.get_by_role("tooltip")


def says(page, name, lang="en"):
    expect(tip(page)).to_contain_text(texts()[lang][f"term_{name}"])
    expect(tip(page)).to_contain_text(texts()[lang][f"term_{name}_from"])


@pytest.mark.parametrize(
    ("opened", "names"),
    [
        (
            "lesson=fear&activation=tanh",
            ["x", "w", "product", "b", "logit", "score", "softmax", "weight", "mask", "output"],
        ),
        ("lesson=query&lang=ru", ["x", "query", "score", "softmax", "weight", "mask", "output"]),
        ("lesson=gate", ["x", "w", "b", "score", "softmax", "weight", "mask", "gated"]),
        ("lesson=key-value&lang=ru", ["queries", "keys", "values", "score", "output"]),
        ("lesson=learn-fear", ["loss", "gradient", "rate"]),
    ],
)
def test_every_word_says_what_it_means_by_hover_and_by_key(desk, opened, names):
    go(desk, f"#{opened}&stage=flow")
    lang = "ru" if "lang=ru" in opened else "en"
    for name in names:
        word = desk.locator(f"[data-testid='term-{name}']:visible").first
        word.scroll_into_view_if_needed()
        word.hover()
        says(desk, name, lang)
        desk.mouse.move(2, 2)
        expect(tip(desk)).to_have_count(0)
        word.focus()
        desk.keyboard.press("Enter")
        says(desk, name, lang)
        expect(word).to_have_attribute("aria-describedby", "term-tip")
        desk.keyboard.press("Escape")
        expect(tip(desk)).to_have_count(0)
        expect(word).to_be_focused()


@pytest.mark.parametrize(("lang", "visible"), [("en", "visible"), ("ru", "видна")])
def test_a_tick_is_called_visible_wherever_it_stands(request, lang, visible):
    for view in ("desk", "phone"):
        page = request.getfixturevalue(view)
        go(page, f"#lesson=mask&lang={lang}")
        tick = page.get_by_test_id("mask-2")
        expect(tick).to_have_accessible_name(re.compile(f"^{visible}: "))
        expect(page.get_by_test_id("touch-1")).to_have_accessible_name(re.compile(f"^{visible}: "))
        label = """({ parentNode }) => getComputedStyle(parentNode, "::before").content.replace(
            /^attr\\((.*)\\)$/, (_, name) => `"${parentNode.getAttribute(name)}"`)"""
        heads = page.locator(".heads .mask")
        if view == "phone":
            assert tick.evaluate(label) == f'"{visible}"'
        else:
            expect(heads).to_have_text(re.compile(f"✓ {visible}$"))


def test_what_a_gate_lets_through_is_no_sum(phone):
    go(phone, "#lesson=gate")
    expect(phone.locator("[data-testid='term-gated']:visible")).to_have_count(1)
    expect(phone.locator("[data-testid='term-output']:visible")).to_have_count(0)


@pytest.mark.chromium("its driver has no fingers in Firefox")
def test_a_tap_opens_a_sentence_and_a_second_one_closes_it(phone):
    go(phone, "#lesson=fear&stage=flow")
    word = phone.locator("[data-testid='term-weight']:visible")
    word.scroll_into_view_if_needed()
    tap(word)
    says(phone, "weight")
    box = tip(phone).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    tap(word)
    expect(tip(phone)).to_have_count(0)


def test_a_sentence_moves_nothing_and_leaves_before_a_drag(desk):
    go(desk, "#lesson=fear&stage=flow")
    before = desk.get_by_test_id("x-0-0").bounding_box()
    word = desk.locator("[data-testid='term-score']:visible").first
    word.focus()
    desk.keyboard.press("Space")
    says(desk, "score")
    assert desk.get_by_test_id("x-0-0").bounding_box() == before
    hold(desk, "x-0-0")
    move(desk, "x-0-0", 0.7)
    expect(tip(desk)).to_have_count(0)
    desk.mouse.up()
