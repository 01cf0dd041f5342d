"""Where modules are blocked or nothing can be stored, one can still play."""

from __future__ import annotations

import pytest
from playing import TABS, assert_agrees, drag, go, wait_until_ready
from playwright.sync_api import expect

from attention.export import handout
from attention.lessons import load_lessons

NO_STORAGE = """const refuse = { get() { throw new DOMException("no", "SecurityError"); } };
for (const name of ["localStorage", "sessionStorage", "indexedDB"])
    Object.defineProperty(window, name, refuse);
"""
# What Safari has since 16.4 or later, taken away; `Promise` and the like are older.
OLD = """delete window.DecompressionStream; delete window.CompressionStream;
delete Document.prototype.adoptedStyleSheets; delete Element.prototype.checkVisibility;
delete Element.prototype.currentCSSZoom;
window.CSSStyleSheet = new Proxy(CSSStyleSheet, { construct() { throw new TypeError("old"); } });
"""
# Nor does it understand all of Gradio's grammar.
OLDER = """window.RegExp = new Proxy(RegExp, { construct(real, [text, ...flags]) {
    if (String(text).startsWith("(?<")) throw new SyntaxError("Invalid regular expression");
    return new real(text, ...flags);
} });"""


@pytest.fixture
def visit(browser, address):
    """`visit(prepare)`: the page in a context of its own; to break its policy fails the test."""
    contexts, refused = [], []

    def visit(prepare, fragment="#lesson=love&lang=ru"):
        contexts.append(browser.new_context(locale="en-US"))
        page = contexts[-1].new_page()
        page.on(
            "console", lambda said: "Security Policy" in said.text and refused.append(said.text)
        )
        prepare(page)
        page.goto(f"{address}/{fragment}")
        wait_until_ready(page)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not refused


@pytest.mark.parametrize(
    "blocked",
    [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=403, body="blocked by the school"),
        lambda route: route.fulfill(content_type="text/html", body="<h1>blocked</h1>"),
    ],
    ids=["lost", "forbidden", "replaced"],
)
@pytest.mark.parametrize("whose", ["assets", "page"])
def test_where_modules_are_blocked_the_course_plays_without_them(visit, whose, blocked):
    page = visit(lambda page: page.route(f"**/{whose}/*.js", blocked))
    assert page.url.endswith("/play#lesson=love&lang=ru")
    before = assert_agrees(page)
    drag(page, "w-0", 0.9)
    assert assert_agrees(page).numbers != before.numbers
    page.get_by_test_id("lesson").select_option("gate")
    drag(page, "x-0-0", 0.9)
    assert_agrees(page)
    assert page.get_by_test_id("handout-note").inner_text().endswith("модули JavaScript.")


def test_where_a_module_hangs_the_course_plays_after_a_while(visit):
    def prepare(page):
        page.clock.install()
        page.route("**/assets/Index-*.js", lambda route: None)  # never answered
        page.on("load", lambda _: page.clock.fast_forward(31_000))

    assert "/play#" in visit(prepare).url


def test_an_old_browser_plays_the_course(visit):
    page = visit(lambda page: page.add_init_script(OLD + OLDER))
    assert page.url.endswith("/play#lesson=love&lang=ru")
    for lesson in load_lessons()[0]:
        go(page, f"#lesson={lesson}")
        assert_agrees(page)
    go(page, "#lesson=fear&hide=mask")
    expect(page.get_by_test_id("mask-0")).to_be_hidden()


def test_grammar_that_a_browser_does_not_know_leads_to_the_course(visit):
    def prepare(page):
        broken = {"content_type": "text/javascript", "body": "export const = ;"}
        page.route("**/assets/index-*.js", lambda route: route.fulfill(**broken))

    assert "/play#" in visit(prepare).url


def test_an_old_browser_opens_a_handout(browser, tmp_path):
    file = tmp_path / "handout.html"
    file.write_text(handout(load_lessons()[0]["fear"], name="fear", hide=["mask"]), "utf-8")
    page = browser.new_page()
    page.add_init_script(OLD)
    refused = []
    page.on("console", lambda said: said.type == "error" and refused.append(said.text))
    page.goto(file.as_uri())
    wait_until_ready(page)
    drag(page, "b-3", 0.9)
    assert_agrees(page)
    expect(page.get_by_test_id("mask-0")).to_be_hidden()
    page.close()
    assert not refused


def test_in_a_private_window_one_plays_and_is_asked_anew(visit):
    page = visit(lambda page: page.add_init_script(NO_STORAGE), "#lesson=love")
    page.get_by_test_id("step-predict").click()
    page.get_by_test_id("predict-skip").click()
    drag(page, "w-0", 0.9)
    assert_agrees(page)
    page.get_by_test_id("lesson").select_option("fear")
    drag(page, "x-3-0", 0.9)
    assert_agrees(page)


def test_every_tab_keeps_to_the_policy_of_the_page(visit):
    page = visit(lambda page: None)
    for tab in (*TABS[1:], "play"):
        page.get_by_test_id(f"tab-{tab}").click()
        page.get_by_test_id(f"tab-{tab}").and_(page.locator("[aria-selected='true']")).wait_for()
    page.wait_for_load_state("networkidle")
    page.goto(page.url.split("#")[0] + "play")
    wait_until_ready(page)
