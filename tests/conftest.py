"""The live page and a real browser, shared by all tests that need them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import effort
import pytest
from engines import ENGINES, Engine
from hypothesis import settings
from playwright.sync_api import Page, sync_playwright
from serving import serve

from attention.ui.page import build_page

# An example takes as long as a busy machine needs: speed is measured in tests/benchmarks.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--all`: whatever is random in its whole number, and the tests marked `slow` too.

    `--engine=firefox`: the tests that use a browser, in this one; without `--all` only those marked
    `every_engine`.
    """
    parser.addoption("--all", action="store_true", help="also all that is random, slow or repeated")
    parser.addoption("--engine", choices=ENGINES, default=ENGINES[0], help="the browser to test in")


def pytest_configure(config: pytest.Config) -> None:
    """Tell `many`, and what the markers mean."""
    effort.everything = config.getoption("--all")
    config.addinivalue_line("markers", "slow: deselected unless --all")
    config.addinivalue_line("markers", "every_engine: says most about a browser, in little time")
    config.addinivalue_line("markers", "chromium(why): what the driver of no other browser can do")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is slow, unless it is asked for, and what another browser has no part in."""
    is_other = config.getoption("--engine") != ENGINES[0]

    def is_wanted(item: pytest.Item) -> bool:
        if is_other and "browser" not in item.fixturenames:
            return False
        if is_other and item.get_closest_marker("chromium"):
            return False
        if effort.everything:
            return True
        is_quick = not is_other or item.get_closest_marker("every_engine")
        return bool(is_quick) and not item.get_closest_marker("slow")

    config.hook.pytest_deselected(items=[item for item in items if not is_wanted(item)])
    items[:] = [item for item in items if is_wanted(item)]


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the page is served."""
    with serve(build_page()) as url:
        yield url


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The browser that `--engine` names."""
    with sync_playwright() as playwright:
        engine = Engine(playwright, request.config.getoption("--engine"))
        yield engine
        engine.close()


@pytest.fixture
def open_page(browser: Engine, address: str) -> Iterator[Callable[..., Page]]:
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
def blank_page(browser: Engine) -> Iterator[Page]:
    """An empty page, for scripts that need no table."""
    page = browser.new_page()
    yield page
    page.close()
