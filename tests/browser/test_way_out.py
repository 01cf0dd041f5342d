"""Where modules are blocked or nothing can be stored, one can still play."""

from __future__ import annotations

import pytest
from playing import TABS, assert_agrees, drag, wait_until_ready

NO_STORAGE = """const refuse = { get() { throw new DOMException("no", "SecurityError"); } };
for (const name of ["localStorage", "sessionStorage", "indexedDB"])
    Object.defineProperty(window, name, refuse);
"""


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
