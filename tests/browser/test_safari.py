"""The page in Safari's engine: WebKitGTK, about Safari of today, and WPE WebKit, about 16.0."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playing import assert_agrees, go
from selenium.webdriver.common.keys import Keys
from webkit import Safari, is_here, webkit

from attention.lessons import load_lessons

pytestmark = pytest.mark.skipif(not is_here(), reason="Safari's engine is not installed")


@pytest.fixture(scope="module")
def opened(address) -> Iterator[Safari]:
    with webkit() as safari:
        safari.open(f"{address}/")
        yield safari


@pytest.fixture
def safari(opened) -> Iterator[Safari]:
    """The page as it opens; whatever goes wrong on it fails the test."""
    go(opened)
    yield opened
    assert opened.errors() == []


def test_dragged_and_typed_numbers_are_those_of_the_core(safari):
    assert safari.evaluate("() => document.querySelector('[data-testid=stage]').dataset.view")
    before = assert_agrees(safari).numbers["weight-3"]
    safari.drag("b-3", 0.8)
    assert assert_agrees(safari).numbers["weight-3"] != before
    field = safari.testid("w-1-number")
    safari.run("arguments[0].select()", field)
    field.send_keys("-2.5\n")
    assert assert_agrees(safari).sliders["w-1"] == -2.5
    was = assert_agrees(safari).sliders["x-1-0"]
    safari.testid("x-1-0").send_keys(Keys.ARROW_RIGHT)
    assert assert_agrees(safari).sliders["x-1-0"] > was


@pytest.mark.parametrize("lesson", load_lessons()[0])
def test_every_lesson_shows_the_numbers_of_the_core(safari, lesson):
    go(safari, f"#lesson={lesson}")
    assert_agrees(safari)
