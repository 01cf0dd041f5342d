"""A handout plays without a server, and a worksheet prints as it should."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from engines import emulate_media, expect_download
from handouts import data_of
from playing import (
    address_at_rest,
    assert_agrees,
    drag,
    expect_done,
    go,
    notices,
    read,
    sheets_of,
    silent_server,
    wait_until_ready,
)
from playwright.sync_api import expect

from attention.export import handout, worksheet
from attention.lessons import load_lessons, parse_lesson
from attention.scene import Scene
from attention.texts import languages, texts, typeset

EN = texts()["en"]
LESSONS = load_lessons()[0]
MM = 96 / 25.4  # CSS pixels
EVIL = "</script><img src=x onerror=alert(1)>"


@pytest.fixture
def open_file(browser, tmp_path):
    """`open_file(text)`: the file from the disk, offline; any request or script error fails."""
    contexts, wrong = [], []

    def open_file(text, **context):
        (tmp_path / "file.html").write_text(text, "utf-8")
        address = (tmp_path / "file.html").as_uri()
        contexts.append(browser.new_context(offline=True, locale="en-US", **context))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
        page.on("request", lambda asked: asked.url == address or wrong.append(asked.url))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.goto(address)
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert not wrong


@pytest.mark.every_engine
def test_a_handout_plays_alone(open_file):
    lesson = LESSONS["fear"]
    solved = lesson.start.model_dump() | lesson.challenge.solution
    scene = lesson.start.model_copy(
        update={"x": [[50, 30, 4], [40, 10, 4], [70, 20, 20], [93, 20, 1]]}
    )
    page = open_file(handout(lesson, scene, name="fear", lang="en"))
    wait_until_ready(page)
    assert assert_agrees(page).scene().x[3] == [93, 20, 1]
    assert page.get_by_test_id("tab-play").is_hidden() and not page.get_by_test_id("keras").count()
    drag(page, "x-1-0", 0.7)
    assert assert_agrees(page).scene().x[1][0] > 100
    page.get_by_test_id("lang-ru").click()
    assert page.get_by_test_id("lesson-story").inner_text() == typeset(
        lesson.story["ru"].replace("**", "")
    )
    page.get_by_test_id("reset").click()
    assert read(page).scene().x == lesson.start.x
    for column, number in enumerate(solved["x"][3]):
        page.get_by_test_id(f"x-3-{column}-number").fill(str(number))
    expect_done(page)
    assert "x=" in address_at_rest(page)
    page.reload()
    wait_until_ready(page)
    assert read(page).scene().x[3] == solved["x"][3]


def test_a_handout_trains_the_table_to_its_end(open_file):
    page = open_file(handout(LESSONS["learn-love"], name="learn-love", lang="en"))
    page.get_by_test_id("train-play").click()
    expect(page.get_by_test_id("train-status")).to_have_text(EN["descent_arrived"], timeout=60_000)
    expect_done(page)
    table = assert_agrees(page)
    shares = table.list("weight", table.numbers)
    assert shares == pytest.approx([0.9, 0.09, 0.01], abs=1e-3)


def test_a_handout_has_its_words_for_every_kind_and_notice_and_runs_no_name(open_file):
    scene = Scene(rows=[EVIL[:40], "b"], columns=["<!--"], x=[[1], [2]], w=[1])
    page = open_file(handout(LESSONS["general"], scene, name="general"))
    wait_until_ready(page)
    assert page.get_by_test_id("row-name-0").inner_text() == EVIL[:40]
    assert page.locator("img").count() == 0
    for lang in languages():
        for kind in ("gate", "dot_product", "scaled_dot_product"):
            go(page, f"#x=oops&lang={lang}&mask=2&what=1&temperature=1e9&kind={kind}")
            expect(notices(page)).to_have_count(4)
            assert_agrees(page)
            assert not re.search(r"undefined|\{\w+\}", page.evaluate("document.body.innerText"))


@pytest.mark.chromium("its driver prints on no paper of a given size in Firefox")
def test_a_handout_on_paper_is_one_white_sheet_with_lines_in_place_of_what_is_hidden(open_file):
    page = open_file(handout(LESSONS["sqrt-d"], name="sqrt-d", lang="ru"), color_scheme="dark")
    wait_until_ready(page)
    hidden = """() => getComputedStyle(document.querySelector(
        "[data-testid='weight-0']").closest(".pair"), "::after").color"""
    transparent = "rgba(0, 0, 0, 0)"
    assert page.evaluate(hidden) != transparent
    assert [tuple(map(round, box)) for box in sheets_of(page.pdf(prefer_css_page_size=True))] == [
        (842, 595)
    ]
    emulate_media(page, media="print")
    assert page.evaluate(hidden) == transparent  # a line to write on, in place of a question mark
    buttons = page.locator("button:not(.term):visible, input[type=range]:visible")
    assert buttons.count() == len(LESSONS["sqrt-d"].predict.choices)
    dark = "(moment) => (dispatchEvent(new Event(moment)), document.body.className)"
    assert [page.evaluate(dark, moment) for moment in ("beforeprint", "afterprint")] == ["", "dark"]


BIG = Scene(
    rows=[f"a step with a long name, number {row}"[:40] for row in range(16)],
    columns=["a column with a very long name"] + [f"c{i}" for i in range(7)],
    x=[[float(row * column % 7 - 3) for column in range(8)] for row in range(16)],
    w=[0.25] * 8,
    b=[1.0] * 16,
    mask=[True] * 15 + [False],
)
SQUARE = Scene(
    kind="gate",
    rows=BIG.rows,
    columns=["x"],
    x=[[float(row)] for row in range(16)],
    w=[[row * column % 5 / 10 for column in range(16)] for row in range(16)],
    b=[1.0] * 16,
)


PAPER = {"A4": (210, 297), "Letter": (216, 279)}  # mm


def paper_pages(page, paper):
    pages = sheets_of(page.pdf(format=paper, prefer_css_page_size=True))
    return [tuple(round(points / 72 * 25.4) for points in box) for box in pages]


def assert_each_sheet_fits(page, count, width, height):
    emulate_media(page, media="print")
    page.set_viewport_size({"width": round(width * MM), "height": 1000})
    heights = "(sheets) => sheets.map((sheet) => sheet.getBoundingClientRect().height)"
    sheets = page.locator(".sheet").evaluate_all(heights)
    assert len(sheets) == count and max(sheets) <= height * MM
    wide = "(nodes) => nodes.filter((node) => node.scrollWidth > node.clientWidth + 1).length"
    assert page.locator("table, td, th, p, section").evaluate_all(wide) == 0


@pytest.mark.chromium("its driver prints on no paper of a given size in Firefox")
@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize(
    ("scene", "lang", "across", "key"),
    [(None, "ru", False, 1), (BIG, "en", False, 2), (SQUARE, "ru", True, 2)],
    ids=["lesson", "16×8", "16×16"],
)
def test_a_worksheet_has_a_page_for_each_variant_and_then_the_key(
    open_file, scene, lang, across, key, paper
):
    page = open_file(worksheet(LESSONS["fear"], scene, count=2, seed=2026, lang=lang))
    size = tuple(reversed(PAPER[paper])) if across else PAPER[paper]
    assert paper_pages(page, paper) == [size] * (2 + key)
    edges = 20 if across else 24
    assert_each_sheet_fits(page, 2, size[0] - edges, size[1] - edges)


BROKEN_WORDS = r"""(nodes) => nodes.flatMap((node) => {
    const text = node.firstChild, range = document.createRange();
    return [...text.data.matchAll(/\S+/g)].map(([word], at, all) => {
        range.setStart(text, all[at].index);
        range.setEnd(text, all[at].index + word.length);
        return range.getClientRects().length > 1 ? word : "";
    }).filter(Boolean);
})"""


@pytest.mark.parametrize("lang", languages())
def test_every_lesson_s_sheets_fit_either_paper_with_question_and_challenge(open_file, lang):
    for name, lesson in LESSONS.items():
        page = open_file(worksheet(lesson, count=2, seed=7, lang=lang, name=name, unvaried=True))
        lies = lesson.start.kind == "self_attention"  # the sheet, for the matrices beside the table
        for size in PAPER.values():
            width, height = reversed(size) if lies else size
            edges = 20 if lies else 24
            assert_each_sheet_fits(page, 3, width - edges, height - edges)
        assert page.locator(".sheet .panel").count() == 2 * 3
        assert "<strong>" not in page.locator("body").inner_text(), name
        assert page.locator("th:not(:empty), li").evaluate_all(BROKEN_WORDS) == [], name
        page.close()


def test_the_cards_give_the_files_of_what_is_on_the_table(desk):
    def saved(button):
        with expect_download(desk) as waiting:
            desk.get_by_test_id(button).click()
        return waiting.value.suggested_filename, waiting.value.path().read_text("utf-8")

    lesson = LESSONS["general"]
    go(desk, "#tab=teach&lesson=general&x=9,2;7,3;4,5;1,9")
    expect(desk.get_by_test_id("handout-card")).to_contain_text(lesson.title["en"])
    name, page = saved("handout-save")
    assert name == "attention-general.html"
    assert "x=9.0,2.0;7.0,3.0;4.0,5.0;1.0,9.0" in unquote(data_of(page)["opening"])
    for field, number in (("count", "2"), ("seed", "7")):
        desk.get_by_test_id(f"worksheet-{field}").fill(number)
        desk.get_by_test_id(f"worksheet-{field}").press("Tab")
    desk.get_by_test_id("worksheet-zero").check()
    scene = lesson.start.model_copy(update={"x": [[9, 2], [7, 3], [4, 5], [1, 9]]})
    scene = Scene.model_validate(scene.model_dump())
    settings = {"count": 2, "seed": 7, "name": "general", "lang": "en", "unvaried": True}
    name, paper = saved("worksheet-save")
    assert paper == worksheet(lesson, scene, **settings)
    expect(desk.get_by_test_id("worksheet-said")).to_have_text(
        EN["handout_saved"].format(file=name)
    )
    with desk.expect_popup() as opened:
        desk.get_by_test_id("worksheet-open").click()
    expect(opened.value.locator(".sheet")).to_have_count(3)
    opened.value.close()


def test_a_worksheets_tab_opens_with_the_click_and_closes_where_there_is_no_worksheet(desk):
    go(desk, "#tab=teach&lesson=general")
    with silent_server(desk):
        with desk.expect_popup() as opened:
            desk.get_by_test_id("worksheet-open").click()
        if not opened.value.is_closed():
            opened.value.wait_for_event("close")
        expect(desk.get_by_test_id("worksheet-said")).not_to_be_empty()


def test_where_the_browser_opens_no_tab_the_worksheet_is_saved_and_the_card_says_so(desk):
    go(desk, "#tab=teach&lesson=general")
    desk.evaluate("window.opensTabs = window.open; window.open = () => null")
    try:
        with expect_download(desk) as waiting:
            desk.get_by_test_id("worksheet-open").click()
    finally:
        desk.evaluate("window.open = window.opensTabs; delete window.opensTabs")
    expect(desk.get_by_test_id("worksheet-said")).to_have_text(
        EN["worksheet_no_tab"].format(file=waiting.value.suggested_filename)
    )


HANDED_OUT = ["handout-save", "scorm-lesson", "worksheet-open", "worksheet-save"]


def test_a_puzzle_is_not_handed_out_and_each_card_says_what_is(desk):
    go(desk, "#puzzle=two_heads&tab=teach")
    for testid in HANDED_OUT:
        expect(desk.get_by_test_id(testid)).to_be_disabled()
    for code in languages():
        desk.get_by_test_id(f"lang-{code}").click()
        for card in ("handout", "scorm", "worksheet"):
            words = desk.get_by_test_id(f"{card}-card")
            expect(words).to_contain_text(texts()[code]["teach_no_puzzle"])
    for testid in ("scorm-course", "own-save", "class-open"):
        expect(desk.get_by_test_id(testid)).to_be_enabled()
    go(desk, "#lesson=general&tab=teach")
    for testid in HANDED_OUT:
        expect(desk.get_by_test_id(testid)).to_be_enabled()
    expect(desk.get_by_test_id("handout-card")).to_contain_text(LESSONS["general"].title["en"])


@pytest.mark.parametrize("puzzle", ["silence", "look_up", "two_heads"])
def test_the_table_of_a_puzzle_becomes_a_lesson_that_keeps_no_goal(desk, puzzle):
    go(desk, f"#puzzle={puzzle}")
    before = assert_agrees(desk).scene()
    go(desk, f"#puzzle={puzzle}&tab=teach")
    desk.get_by_test_id("own-title").fill("From a puzzle")
    with expect_download(desk) as saving:
        desk.get_by_test_id("own-save").click()
    file = saving.value.suggested_filename
    expect(desk.get_by_test_id("own-said")).to_have_text(EN["handout_saved"].format(file=file))
    lesson = parse_lesson(saving.value.path().read_text("utf-8"))
    assert lesson.title["en"] == "From a puzzle"
    assert not lesson.challenge.goals and lesson.predict is None
    assert lesson.start.trace().output == pytest.approx(before.trace().output)
    assert lesson.start.x == before.x
