"""The live page and a real browser, shared by all tests that need them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import effort
import pytest
from find_browser import find_browser
from playwright.sync_api import Browser, Page, sync_playwright
from serving import serve

from attention.ui.page import build_page


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--all`: whatever is random in its whole number, and the tests marked `slow` too."""
    parser.addoption("--all", action="store_true", help="also all that is random, slow or repeated")


def pytest_configure(config: pytest.Config) -> None:
    """Tell `many`, and what the marker means."""
    effort.everything = config.getoption("--all")
    config.addinivalue_line("markers", "slow: deselected unless --all")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is slow, unless it is asked for."""
    slow = [] if effort.everything else [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


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
