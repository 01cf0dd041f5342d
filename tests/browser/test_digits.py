"""A number is written the same wherever it stands, and as the page's language writes it."""

import re

import pytest
from learning import RECORDED, open_task
from lesson_scenes import LESSONS
from playing import TABS, fragment, go, next_frame
from playwright.sync_api import expect

LANGUAGES = ["en", "ru"]
VIEWS = ["flow", "plane", "softmax", "loss", "code"]
# All that is seen or heard, but for what one types or copies: fields, code, links.
READ = """() => {
    const root = document.querySelector(".playground");
    const copied = "code, pre, textarea, input, .unread, [data-testid$=link]";
    const said = ["aria-label", "aria-valuetext", "title", "data-label"];
    const found = [];
    for (const node of root.querySelectorAll("*")) {
        if (!node.checkVisibility() || node.closest("code, pre, textarea")) continue;
        for (const name of said) found.push(node.getAttribute(name) ?? "");
        if (node.closest(copied)) continue;
        const own = [...node.childNodes].filter((child) => child.nodeType === 3);
        found.push(...own.map((child) => child.data));
    }
    return found.filter((text) => text.trim());
}"""
# "§ 3.1", "section A.1.2", "2e"; names of versions
SECTIONS = re.compile(
    r"(?:§|section|appendix|раздел\w*|приложени\w*|Keras|TensorFlow)\s*[A-Z\d][\d.]*(?:\.\d+)*"
    r"(?:\s*(?:,|and|и)\s*(?=[\d.]+\.\d)[\d.]+)*"
)
FOREIGN = {"en": re.compile(r"\d,\d(?!\d\d)"), "ru": re.compile(r"\d\.\d")}
PROGRAMS = re.compile(r"(?<![\w.])-\d|\d[eE][-+]?\d|\d\^|10\^| - | – | —")  # "-1", "1e5", " —"
# What the course says of a lesson, step by step.
CARD = """() => [...document.querySelectorAll(
    "[data-testid=lesson-story], [data-testid=predict], [data-testid=challenge], " +
    "[data-testid=lesson-seen], [data-testid=lesson-try]")]
    .filter((node) => node.checkVisibility()).map((node) => node.textContent)"""


def strays(page, lang):
    """What is written as another language, or as a program, writes it."""
    told = [SECTIONS.sub("", text) for text in page.evaluate(READ) if "arXiv:" not in text]
    return [one for one in told if FOREIGN[lang].search(one) or PROGRAMS.search(one)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("tab", [tab for tab in TABS if tab not in ("play", "learn")])
def test_a_tab_has_one_decimal_mark(desk, tab, lang):
    go(desk, fragment(tab=tab, lang=lang))
    expect(desk.get_by_test_id(f"tab-{tab}")).to_have_attribute("aria-selected", "true")
    if tab == "variations":
        expect(desk.locator("#panel-variations .ribbon").first).to_be_visible(timeout=20_000)
    assert not strays(desk, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("task", RECORDED)
def test_a_task_of_learn_has_one_decimal_mark(desk, task, lang):
    opened = open_task(desk, task, lang=lang)
    opened.get_by_test_id("learn-scrubber").press("End")
    for details in opened.locator("details").all():
        details.evaluate("(node) => { node.open = true; }")
    next_frame(desk)
    assert not strays(desk, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_one_decimal_mark_in_every_view_and_step(desk, name, lang):
    go(desk, fragment(lesson=name, lang=lang, rate="0.03"))
    desk.get_by_test_id("descent").evaluate("(node) => { node.open = true; }")
    for view in VIEWS:
        button = desk.get_by_test_id(f"stage-{view}")
        if button.count() and button.is_visible():
            button.click()
            next_frame(desk)
            assert not strays(desk, lang), view
    for step in ("predict", "challenge", "seen"):
        button = desk.get_by_test_id(f"step-{step}")
        if button.count():
            button.click()
            assert not strays(desk, lang), step
