"""Two pages that stay open: opening one takes longer than most of what is tested on it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from engines import Engine
from playing import DESK, PHONE, go, keep_progress, next_frame, wait_until_ready
from playwright.sync_api import Page, expect

from attention.lessons import load_lessons
from attention.ui import learn

# How fast something comes is measured in tests/benchmarks; here a busy machine may take its time.
expect.set_options(timeout=15_000)

# So that what is tested can be seen; what asks first is tested in test_course.py.
EVERY_QUESTION_SKIPPED = json.dumps({"predicted": dict.fromkeys(load_lessons()[0])})


@pytest.fixture(scope="session", autouse=True)
def no_process_in_advance() -> Iterator[None]:
    """No TensorFlow waits for a training that most of the tests never start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learn.jobs, "warm", lambda: None)
        yield


def _opened(browser: Engine, address: str, **context: object) -> Iterator[tuple[Page, list[str]]]:
    errors: list[str] = []
    page = browser.new_context(locale="en-US", **context).new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    wait_until_ready(page)
    yield page, errors
    page.context.close()


def _fresh(opened: tuple[Page, list[str]]) -> Iterator[Page]:
    page, errors = opened
    if page.locator("[data-testid^='task-']").count():  # what was done in Learn is in no address
        page.reload()
        wait_until_ready(page)
    errors.clear()
    page.bring_to_front()  # only one window of Firefox has the focus
    keep_progress(page, EVERY_QUESTION_SKIPPED)
    go(page)
    page.evaluate("scrollTo(0, 0)")
    yield page
    page.mouse.up()
    assert not errors, errors


@pytest.fixture(scope="session")
def opened_desk(browser: Engine, address: str) -> Iterator[tuple[Page, list[str]]]:
    yield from _opened(browser, address, viewport=DESK)


@pytest.fixture(scope="session")
def opened_phone(browser: Engine, address: str) -> Iterator[tuple[Page, list[str]]]:
    yield from _opened(browser, address, viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(opened_desk: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page at 1280 pixels, as it opens; a script error on it fails the test."""
    yield from _fresh(opened_desk)


@pytest.fixture
def phone(opened_phone: tuple[Page, list[str]]) -> Iterator[Page]:
    """The same on a phone, 390 pixels wide."""
    yield from _fresh(opened_phone)


@pytest.fixture
def stranger(desk: Page) -> Page:
    """The page of somebody who has answered nothing yet."""
    keep_progress(desk, None)
    go(desk)
    next_frame(desk)  # the page sees with a frame that the challenge is open
    return desk
