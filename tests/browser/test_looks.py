"""What one can see and reach: on a wide screen and a phone, in the light and in the dark."""

import pytest
from learning import RECORDED, open_task
from playing import SLIDERS, fragment, go, open_all
from playwright.sync_api import expect

# The texts whose contrast with what lies behind them is below 4.5 : 1, as WCAG 2.2 AA asks for.
_FAINT = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const mixed = (colors) => {
        canvas.clearRect(0, 0, 1, 1);
        for (const color of ["white", ...colors]) {
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
        }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const light = (rgb) => rgb.map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const faint = [];
    const root = document.querySelector('[data-testid="lesson-story"]').closest("[lang]");
    for (const node of root.querySelectorAll("*")) {
        const said = node.value !== undefined && node.type === "text" ? node.value
            : [...node.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("");
        if (!said.trim() || node.disabled) continue;
        if (!node.checkVisibility({ opacityProperty: true })) continue;
        const colors = [];
        for (let at = node; at; at = at.parentElement)
            colors.unshift(getComputedStyle(at).backgroundColor);
        const a = light(mixed(colors));
        const b = light(mixed([...colors, getComputedStyle(node).color]));
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (contrast < 4.5) faint.push(`${said.trim()}: ${contrast.toFixed(2)}`);
    }
    return faint;
}"""

_COVERED = """(slider) => {
    slider.focus();
    const { x, y, width, height } = slider.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2) !== slider;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(desk, scheme):
    desk.emulate_media(color_scheme=scheme)
    try:
        # Gradio reads the wish for the dark once, when it opens; then it sets this class.
        desk.evaluate(f"document.body.classList.toggle('dark', {str(scheme == 'dark').lower()})")
        for kind in SLIDERS:
            go(desk, fragment(kind=kind, frog="1"))
            desk.get_by_test_id("mask-1").uncheck()
            assert desk.evaluate(_FAINT) == []
        go(desk, "#tab=variations&sentence=a&window=2")
        desk.get_by_test_id("variation-dot").locator("summary").click()
        assert desk.evaluate(_FAINT) == []
        for task in RECORDED:
            open_task(desk, task).get_by_test_id("learn-scrubber").press("ArrowLeft")
            assert desk.evaluate(_FAINT) == []
        for tab in ("reading", "teach"):
            go(desk, fragment(tab=tab))
            expect(desk.locator(f"#panel-{tab}")).to_be_visible()
            open_all(desk)
            assert desk.evaluate(_FAINT) == []
        go(desk, "#view=projector")
        assert desk.evaluate(_FAINT) == []
        go(desk, "#x=50,30,4;40,10,4;70,20,20;200,20,0")
        expect(desk.get_by_test_id("challenge")).to_have_attribute("data-done", "true")
        assert desk.evaluate(_FAINT) == []
    finally:
        desk.evaluate("document.body.classList.remove('dark')")
        desk.emulate_media(color_scheme="light")


def test_a_reader_who_likes_it_dark_gets_it_dark(open_page):
    page = open_page(color_scheme="dark")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor").strip("rgb()")
    assert max(map(int, light.split(", ")[:3])) < 60
    assert page.evaluate(_FAINT) == []


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("kind", SLIDERS)
def test_a_phone_needs_no_scrolling_sideways(phone, kind, lang):
    go(phone, fragment(kind=kind, lang=lang, rows="w" * 40 + ",b,c,d"))
    width = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1] == 390
    outside = phone.locator("input, select, button").evaluate_all(
        """(nodes) => nodes.filter((node) => node.offsetParent).filter((node) => {
            const { left, right } = node.getBoundingClientRect();
            return left < 0 || right > innerWidth;
        }).map((node) => node.dataset.testid)"""
    )
    assert outside == []


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_variations_fit_on_a_phone(phone, lang):
    go(phone, fragment(tab="variations", lang=lang, sentence="w" * 40, window="2"))
    expect(phone.get_by_test_id("gallery")).to_have_attribute("data-ready", "true", timeout=20_000)
    phone.locator("details").evaluate_all("(nodes) => nodes.forEach((node) => (node.open = true))")
    width = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1] == 390
    wide = phone.locator("img, article, select, input, button").evaluate_all(
        """(nodes) => nodes.filter((node) => node.offsetParent).filter((node) => {
            const { left, right } = node.getBoundingClientRect();
            return left < 0 || right > innerWidth;
        }).map((node) => node.dataset.testid)"""
    )
    assert wide == []


@pytest.mark.parametrize("lang", ["ru"])  # whose words are longer
@pytest.mark.parametrize("task", RECORDED)
def test_a_task_fits_on_a_phone(phone, task, lang):
    opened = open_task(phone, task, lang=lang)
    opened.get_by_test_id("learn-code").locator("summary").click()
    width = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1] == 390
    outside = opened.locator("article, table, svg, input, button").evaluate_all(
        """(nodes) => nodes.filter((node) => node.checkVisibility()).filter((node) => {
            const { left, right } = node.getBoundingClientRect();
            return left < 0 || right > innerWidth;
        }).map((node) => node.dataset.testid ?? node.outerHTML.slice(0, 80))"""
    )
    assert outside == []


@pytest.mark.parametrize("kind", SLIDERS)
def test_every_slider_on_a_phone_can_be_reached_and_is_not_covered(phone, kind):
    go(phone, f"#kind={kind}")
    phone.evaluate("scrollTo(0, 0)")
    covered = [
        slider.get_attribute("data-testid")
        for slider in phone.get_by_role("slider").all()
        if slider.evaluate(_COVERED)
    ]
    assert covered == []


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_numbers_of_a_big_table_do_not_run_into_each_other(desk, lang):
    go(desk, fragment(lang=lang, x="-1000000,2,3;999999,5,6", w="-1,2,3"))
    overflowing = desk.locator("td[data-testid], span[data-testid^='weight']").evaluate_all(
        """(nodes) => nodes.filter((node) => node.scrollWidth > node.clientWidth + 1)
            .map((node) => `${node.dataset.testid}: ${node.textContent}`)"""
    )
    assert overflowing == []


def test_the_weights_are_in_sight_on_a_laptop(desk):
    for kind in SLIDERS:
        go(desk, f"#kind={kind}")
        expect(desk.get_by_test_id("weight-3")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [820, 1024])
def test_the_weights_are_in_sight_on_a_tablet(desk, width):
    try:
        desk.set_viewport_size({"width": width, "height": 1100})
        expect(desk.get_by_test_id("weight-0")).to_be_in_viewport(ratio=1)
    finally:
        desk.set_viewport_size({"width": 1280, "height": 900})
