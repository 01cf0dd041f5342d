"""A number is written the same wherever it stands, and as the page's language writes it."""

import re

import pytest
from learning import RECORDED, open_task
from lesson_scenes import LESSONS
from playing import TABS, assert_agrees, fragment, go, next_frame
from playwright.sync_api import expect

from attention.address import fragment as address_of_scene
from attention.numbers import percent
from attention.texts import texts

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
    r"\d\d\.\d\d\.\d{4}|"  # days, too
    r"(?:§|section|appendix|раздел\w*|приложени\w*|Keras|TensorFlow|SCORM)\s*[A-Z\d][\d.]*(?:\.\d+)*"
    r"(?:\s*(?:,|and|и)\s*(?=[\d.]+\.\d)[\d.]+)*"
)
FOREIGN = {"en": re.compile(r"\d,\d(?!\d\d)"), "ru": re.compile(r"\d\.\d")}
PROGRAMS = re.compile(r"(?<![\w.])-\d|\d[eE][-+]?\d|\d\^|10\^| - | – | —")  # "-1", "1e5", " —"
# What the course says of a lesson, step by step.
CARD = """() => {
    const parts = ["lesson-story", "lesson-try", "predict", "challenge", "lesson-seen"];
    // What one may answer is no number of the scene.
    const answers = "[data-testid=predict-guessed], [data-testid^=predict-choice]";
    return parts.flatMap((name) => [...document.querySelectorAll(`[data-testid=${name}]`)])
        .filter((node) => node.checkVisibility())
        .map((node) => {
            const copy = node.cloneNode(true);
            copy.querySelectorAll(answers).forEach((answer) => answer.remove());
            return copy.textContent;
        });
}"""


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
        for card in desk.get_by_test_id("gallery").locator(".card").all():
            card.scroll_into_view_if_needed()  # it is drawn once it comes into sight
            for _ in range(3):
                next_frame(desk)
        expect(desk.get_by_test_id("gallery")).to_have_attribute("data-ready", "true")
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


# What a lesson tells of besides: the article's class, with its tanh, where the lesson has none.
BESIDE = {"mask": [{"activation": "tanh", "b": [0, 0, -100, -100]}]}


def shares_of(name):
    """The shares that the table shows in the course of a lesson: at first, as asked, and solved."""
    lesson = LESSONS[name]
    start, change = lesson.start, lesson.predict.change if lesson.predict else {}
    scenes = [start, start.having(change), start.having(lesson.challenge.solution)]
    scenes += [start.having(fields) for fields in BESIDE.get(name, [])]
    traces = [scene.trace() for scene in scenes]
    shares = [float(share) for trace in traces for share in trace.weights]
    if "mask" in change:  # what those that are left had together
        shares.append(float(traces[0].weights[scenes[1].shown].sum()))
    return [*shares, *(lesson.training.target if lesson.training else [])]


def untrue_percents(text, shares, mark):
    """The per cents in a text that are no share as the table writes it, or as a whole number."""
    said = re.findall(rf"[<>]?\d+(?:\{mark}\d+)?\s%", text)
    told = {percent(share, mark) for share in shares}
    whole = {f"{100 * share:.0f}\u00a0%" for share in shares}
    return [one for one in said if one not in told | whole]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LESSONS)
def test_a_share_in_a_lessons_words_is_written_as_in_its_table(desk, name, lang):
    """Story, question, answer, reason, challenge, what one saw, stage, formula and summary."""
    lesson, mark = LESSONS[name], texts()[lang]["decimal_mark"]
    for scene in (lesson.start, lesson.start.having(lesson.challenge.solution)):
        go(desk, f"#lesson={name}&{address_of_scene(scene)}&lang={lang}&stage=flow")
        numbers = assert_agrees(desk).numbers
        shares = [numbers[f"weight-{row}"] for row in range(len(lesson.start.rows))]
        expected = [percent(share, mark) for share in shares]
        cells = [desk.get_by_test_id(f"weight-{row}").text_content() for row in range(len(shares))]
        assert cells == expected
        stage = desk.get_by_test_id("stage").text_content()
        assert re.findall(rf"[<>]?\d+(?:\{mark}\d)?\u00a0%", stage) == expected
    go(desk, fragment(lesson=name, lang=lang))
    said = desk.evaluate(CARD)
    for step in ("predict", "challenge", "seen"):
        button = desk.get_by_test_id(f"step-{step}")
        if button.count():
            button.click()
            said += desk.evaluate(CARD)
    bounds = [end for goal in lesson.challenge.goals for end in (goal.at_least, goal.at_most)]
    shares = [*shares_of(name), *bounds]
    wrong = {one for text in said for one in untrue_percents(text, shares, mark)}
    assert wrong <= {"100\u00a0%", "100 %"}, wrong


def test_a_share_that_is_a_tenth_off_is_found():
    shares = shares_of("two-hundreds")
    seen = LESSONS["two-hundreds"].seen["en"]
    assert "6.3 %" in seen
    text = seen.replace(" %", "\u00a0%")
    assert untrue_percents(text, shares, ".") == []
    assert untrue_percents(text.replace("6.3", "6.4"), shares, ".") == ["6.4\u00a0%"]
