"""The live page and a real browser, shared by all tests that need them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from find_browser import find_browser
from playwright.sync_api import Browser, Page, sync_playwright
from serving import serve

from attention.ui.page import build_page


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the page is served."""
    with serve(build_page()) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium: the system's, or else Playwright's own."""
    flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """`open_page("#lesson=love", viewport=…)`: the page, ready to play, in a context of its own.

    A script error on the page fails the test.
    """
    contexts, errors = [], []

    def open_page(fragment: str = "", *, base: str = address, **context: object) -> Page:
        context = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US"} | context
        contexts.append(browser.new_context(**context))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{base}/{fragment}")
        page.locator("table[data-ready='true']").wait_for(state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture(scope="session")
def blank_page(browser: Browser) -> Iterator[Page]:
    """An empty page, for scripts that need no table."""
    page = browser.new_page()
    yield page
    page.close()
