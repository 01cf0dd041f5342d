"""Fifteen browsers of three engines are one class."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from engines import Engine
from playing import DESK, PHONE
from playwright.sync_api import expect
from webkit import is_here, webkit

EACH = 5
NOT_AT_ONCE = 240_000  # milliseconds: fifteen browsers start on two cores


def choose(page, choice):
    page.get_by_test_id(f"predict-choice-{choice}").click(timeout=NOT_AT_ONCE)


@pytest.mark.slow
@pytest.mark.skipif(not is_here(), reason="Safari's engine is not installed")
def test_fifteen_browsers_of_three_engines_answer_one_teacher(browser, address):
    with ExitStack() as closing:
        teacher = browser.new_context(viewport=DESK).new_page()
        teacher.goto(f"{address}/#lesson=fear&lang=en&tab=teach")
        teacher.get_by_test_id("class-open").click()
        code = teacher.get_by_test_id("class-code").inner_text()
        link = f"{address}/#lang=en&class={code}"
        pages = []
        for name in ("chromium", "firefox"):
            for _ in range(EACH):
                engine = Engine(browser._driver, name)
                closing.callback(engine.close)
                # Nothing pulses: fifteen pages that do leave two cores no time for anything else.
                context = engine.new_context(viewport=PHONE, reduced_motion="reduce")
                context.set_default_timeout(NOT_AT_ONCE)
                pages.append(context.new_page())
                pages[-1].goto(link)
        safaris = [closing.enter_context(webkit()) for _ in range(EACH)]
        for safari in safaris:
            safari.open(link)
        joined, answered = (teacher.get_by_test_id(f"class-{of}") for of in ("joined", "answered"))
        expect(joined).to_have_text(str(3 * EACH), timeout=NOT_AT_ONCE)
        for number, page in enumerate(pages):
            choose(page, number % 2)
        for safari in safaris:
            safari.until("return document.querySelector(\"[data-class='open']\")", seconds=120)
            safari.testid("predict-choice-2").click()
        expect(answered).to_have_text(str(3 * EACH), timeout=NOT_AT_ONCE)
        teacher.get_by_test_id("class-onward").click()
        counts = [teacher.get_by_test_id(f"class-answer-{choice}") for choice in range(4)]
        for row, count in zip(counts, (EACH, EACH, EACH, 0), strict=True):
            expect(row).to_have_attribute("data-count", str(count), timeout=NOT_AT_ONCE)
        for page in pages:
            shown = page.get_by_test_id("class-answers")
            expect(shown).to_have_attribute("data-shown", "true", timeout=NOT_AT_ONCE)
        for safari in safaris:
            bar = "[data-testid='class-answer-2']"
            safari.until("return document.querySelector(arguments[0])", bar, seconds=120)
            assert safari.errors() == []
