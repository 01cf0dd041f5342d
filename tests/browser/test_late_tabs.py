"""A tab's scripts come when it is opened; where they do not arrive, the page says so."""

from __future__ import annotations

import re

import pytest
from playing import go, read, requests_of
from playwright.sync_api import expect

LATE = {
    "variations": "gallery",
    "learn": "learn-looks",
    "reading": "reading",
    "teach": "hide-card",
}
SCRIPTS = re.compile(r"/page/[0-9a-f]+\.js")


@pytest.fixture
def page(open_page):
    return open_page()


def open_tab(page, tab):
    page.get_by_test_id(f"tab-{tab}").click()


def test_nothing_of_a_tab_is_fetched_before_it_is_opened(page):
    page.wait_for_timeout(500)  # which a browser that has nothing to do would use
    for tab in LATE:
        assert page.get_by_test_id(LATE[tab]).count() == 0
    with requests_of(page) as asked:
        open_tab(page, "reading")
        expect(page.get_by_test_id("reading")).to_be_visible()
        open_tab(page, "play")
        open_tab(page, "reading")
    assert len([url for url in asked if SCRIPTS.search(url)]) == 1


@pytest.mark.every_engine
@pytest.mark.parametrize("tab", LATE)
def test_an_address_opens_its_tab(open_page, tab):
    page = open_page(f"#tab={tab}")
    expect(page.get_by_test_id(LATE[tab])).to_be_visible()
    expect(page.get_by_test_id(f"late-{tab}")).to_have_count(0)


@pytest.mark.every_engine
@pytest.mark.parametrize("tab", LATE)
def test_what_does_not_arrive_is_said_and_fetched_anew(open_page, tab):
    page = open_page("#lesson=fear&w=7,0,0")
    before = read(page).sliders
    page.route(SCRIPTS, lambda route: route.abort())
    open_tab(page, tab)
    said = page.get_by_test_id(f"late-{tab}")
    expect(said).to_contain_text("did not arrive")
    page.get_by_test_id("lang-ru").click()
    expect(said).to_contain_text("не загрузилась")
    page.unroute(SCRIPTS)
    again = page.get_by_test_id(f"late-again-{tab}")
    again.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id(LATE[tab])).to_be_visible()
    expect(page.get_by_test_id(f"tab-{tab}")).to_be_focused()
    open_tab(page, "play")
    assert read(page).sliders == before


def test_while_it_loads_the_page_says_so_and_the_table_goes_on(page):
    waiting = []
    page.route(SCRIPTS, lambda route: waiting.append(route))
    open_tab(page, "learn")
    expect(page.get_by_test_id("late-learn")).to_have_text("Loading…")
    open_tab(page, "play")
    page.get_by_test_id("b-0").fill("5")
    tasks = page.get_by_test_id(re.compile("^learn-task-"))
    expect(tasks).to_have_count(0)
    waiting[0].continue_()
    expect(tasks.first).to_be_attached()
    expect(page.get_by_test_id("b-0")).to_have_value("5")


def test_a_text_leads_to_what_it_belongs_to_in_a_tab_that_was_never_opened(page):
    go(page, "#tab=reading")
    page.locator("[data-testid^='reading-variation-']").first.click()
    expect(
        page.locator(".variations details summary:focus, .variations summary:focus")
    ).to_be_visible()
