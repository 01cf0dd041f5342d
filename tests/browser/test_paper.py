"""The page on paper: the lesson whole on a sheet, black on white, with nothing to press."""

from __future__ import annotations

import pytest
from engines import emulate_media
from playing import TABS, dark, fragment, go, next_frame, sheets_of
from playwright.sync_api import expect

from attention.lessons import load_lessons

MM = 96 / 25.4  # CSS pixels
LESSONS = load_lessons()[0]
SHEETS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
BIG = {
    "lesson": "general",
    "rows": ",".join(f"a step with a long name {row}" for row in range(16)),
    "columns": ",".join(["a long name", *(f"c{column}" for column in range(1, 8))]),
    "x": ";".join(",".join(str(row * column % 7 - 3) for column in range(8)) for row in range(16)),
    "w": ",".join(["0.25"] * 8),
    "b": ",".join(["-100"] * 16),
}
SQUARE = {
    "lesson": "general",
    "kind": "gate",
    "rows": BIG["rows"],
    "columns": "x",
    "x": ";".join(map(str, range(16))),
}

# What reaches beyond the sheet, or has no room for its words.
_CUT = """() => [...document.querySelectorAll(".playground *:not(svg *)")]
    .filter((node) => node.checkVisibility() && !node.closest(".unseen"))
    .filter((node) => {
        const { left, right } = node.getBoundingClientRect();
        const isNumber = node.matches("td, .typed, dd, p");
        return left < -1 || right > innerWidth + 1 ||
            (isNumber && node.scrollWidth > node.clientWidth + 1);
    }).map((node) => node.dataset.testid ?? node.outerHTML.slice(0, 80))"""


def sheets_for(page, form: str, landscape: bool = False) -> int:
    """How many sheets the page is printed on."""
    pdf = page.pdf(format=form, landscape=landscape, print_background=True)
    return len(sheets_of(pdf))


@pytest.fixture
def paper(desk):
    """`paper(form, landscape)`: the page as it is printed, in a window as wide as the sheet."""

    def paper(form: str = "A4", landscape: bool = False):
        size = SHEETS[form][::-1] if landscape else SHEETS[form]
        width, height = (round((side - 20) * MM) for side in size)
        desk.set_viewport_size({"width": width, "height": height})
        emulate_media(desk, media="print")
        next_frame(desk)
        return desk

    yield paper
    emulate_media(desk, media="null")
    desk.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.chromium("its driver prints on no paper of a given size in Firefox")
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_lesson_is_one_sheet_whichever_way_it_lies(desk, lang):
    for lesson in LESSONS:
        go(desk, fragment(lesson=lesson, lang=lang))
        assert sheets_for(desk, "A4") == 1, lesson
        assert sheets_for(desk, "Letter" if lang == "en" else "A4", landscape=True) == 1, lesson


@pytest.mark.parametrize("form", SHEETS)
def test_the_lesson_is_whole_and_has_nothing_to_press(paper, stranger, form):
    go(stranger, "#lesson=fear")
    page = paper(form)
    for part in ("lesson-title", "lesson-story", "predict-question", "challenge", "stage"):
        expect(page.get_by_test_id(part)).to_be_visible()
    for part in ("predict-choice-0", "score-0", "x-3-0-number"):
        expect(page.get_by_test_id(part)).to_be_visible()
    expect(page.locator(".formula dl")).to_be_visible()
    assert page.evaluate(_CUT) == []
    pressed = page.locator(":is(button, a.pill, input[type=range], [role=tab], footer *):visible")
    kept = pressed.evaluate_all("(nodes) => nodes.map((node) => node.className)")
    assert {name.split()[-1] for name in kept} == {"choice", "term"}
    assert page.locator("details:visible").count() == 0


@pytest.mark.parametrize("stage", ["flow", "plane", "softmax", "loss", "code"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_picture_has_the_shape_on_paper_that_it_has_on_the_screen(desk, stage, width):
    shape = """(node) => {
        const { width, height } = node.getBoundingClientRect();
        return width / height;
    }"""
    desk.set_viewport_size({"width": width, "height": 900})
    go(desk, fragment(lesson="learn-love", stage=stage))
    seen = desk.locator(".panes").evaluate(shape)
    emulate_media(desk, media="print")
    try:
        assert desk.locator(".panes").evaluate(shape) == pytest.approx(seen, rel=0.02)
        ground = desk.locator(".stage").evaluate("(node) => getComputedStyle(node).breakInside")
        assert ground == "avoid"
    finally:
        emulate_media(desk, media="null")
        desk.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.chromium("its driver prints on no paper of a given size in Firefox")
@pytest.mark.parametrize("scene", [BIG, SQUARE], ids=["16×8", "16×16"])
def test_the_largest_tables_fit_across_a_sheet_and_no_row_is_torn(paper, scene):
    page = paper()
    go(page, fragment(**scene))
    next_frame(page)
    assert page.evaluate(_CUT) == []
    rows = page.locator("table.layer tr")
    torn = "(rows) => rows.filter((row) => getComputedStyle(row).breakInside !== 'avoid').length"
    assert rows.count() > 16 and rows.evaluate_all(torn) == 0
    assert sheets_for(page, "A4") == 2


def test_the_other_tabs_fit_across_a_sheet(paper):
    page = paper()
    for tab in TABS[1:]:
        go(page, fragment(tab=tab))
        assert page.evaluate(_CUT) == [], tab


def test_code_that_is_open_is_printed_whole(desk, paper):
    go(desk, fragment(tab="variations"))
    code = desk.locator("details", has=desk.get_by_test_id("keras-attention"))
    code.evaluate("(node) => { node.open = true; }")
    page = paper()
    try:
        expect(page.get_by_test_id("keras-attention")).to_be_visible()
        assert page.evaluate(_CUT) == []
    finally:
        code.evaluate("(node) => { node.open = false; }")


def test_paper_is_white_where_the_screen_is_dark(desk):
    colours = """() => ["body", ".playground", ".playground .panel"].map((place) => {
        const { color, backgroundColor } = getComputedStyle(document.querySelector(place));
        return [color, backgroundColor].map((one) => Number(one.match(/\\d+/)[0]));
    })"""
    tell = "(moment) => dispatchEvent(new Event(moment))"
    with dark(desk):
        desk.evaluate(tell, "beforeprint")
        emulate_media(desk, media="print")
        for _ in range(30):  # a busy browser has its colours some frames later
            next_frame(desk)
            printed = desk.evaluate(colours)
            if printed[1][0] < 60:
                break
        emulate_media(desk, media="null")
        desk.evaluate(tell, "afterprint")
        seen = desk.evaluate(colours)
    (_, sheet), (ink, _), (_, panel) = printed
    assert sheet == 255 and ink < 60 and panel > 240
    (_, ground), (ink, _), _ = seen
    assert ground < 60 and ink > 200
