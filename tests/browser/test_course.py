"""The course: predict first, then see; go on; and be remembered by this browser alone."""

from __future__ import annotations

import json

import pytest
from playing import (
    PHONE,
    assert_agrees,
    drag,
    fragment,
    go,
    keep_progress,
    type_number,
)
from playwright.sync_api import Page, expect

from attention.lessons import load_lessons
from attention.scripts import script

LESSONS = load_lessons()[0]
NAMES = list(LESSONS)
ASKING = [name for name, lesson in LESSONS.items() if lesson.predict]
RESULT = ["weight-0", "score-0", "logit-0", "output-0"]

# Where everything stands and how large it is; inline texts and what sticks to the screen aside.
_PLACES = """() => [
    ...document.querySelectorAll(":is(.course, .story, .predict, .scroll) *")
].filter((node) =>
    node.getClientRects().length && !node.closest(".strip")).map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    const name = node.dataset.testid ?? node.tagName;
    return [name, [x + scrollX, y + scrollY, width, height].map(Math.round).join()];
}).filter(([name]) => !name.startsWith("SPAN") && !name.startsWith("STRONG")
    && !["predict-outcome", "I"].includes(name))"""


@pytest.fixture
def first(desk):
    """The page of somebody who has answered nothing yet."""
    keep_progress(desk, None)
    go(desk)
    return desk


def heard(page: Page) -> str:
    """What a screen reader finds on the tab Play."""
    return page.locator("#panel-play").aria_snapshot()


def moved(before: list, after: list) -> list:
    return [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]


def kept(page: Page) -> dict:
    return json.loads(page.evaluate("localStorage.getItem('attention-for-dummies')"))


def test_the_browser_answers_every_question_as_python_does(blank_page):
    body = (
        script("core/prediction.js")
        + """
        return lessons.map((lesson) => {
            const start = openLesson(lesson, ["en", "ru"]);
            const ask = [lesson.predict, start];
            return [predictedNumbers(...ask), predictedAnswer(...ask)];
        });"""
    )
    found = blank_page.evaluate(
        "([body, lessons]) => new Function('lessons', body)(lessons)",
        [body, [LESSONS[name].for_page() for name in ASKING]],
    )
    for name, (numbers, answer) in zip(ASKING, found, strict=True):
        lesson = LESSONS[name]
        assert answer == lesson.predict.answer(lesson.start), name
        expected = lesson.predict.numbers(lesson.start)
        assert numbers == pytest.approx(expected, rel=1e-9, abs=1e-12), name


def test_nobody_sees_or_hears_the_result_before_choosing(first):
    for name in RESULT:
        assert first.get_by_test_id(name).inner_text().strip() == ""
    expect(first.get_by_test_id("formula")).to_contain_text("appear after your answer")
    expect(first.get_by_test_id("formula").locator("strong").last).not_to_be_visible()
    assert "63.9" not in heard(first)
    assert_agrees(first)  # a page that looks after itself still finds its numbers
    first.get_by_test_id("predict-choice-0").click()
    expect(first.get_by_text("appear after your answer")).not_to_be_visible()
    assert first.get_by_test_id("weight-2").inner_text().startswith("63.9")
    assert "63.9" in heard(first)


def test_a_phones_strip_keeps_the_secret_too(phone):
    keep_progress(phone, None)
    go(phone)
    phone.evaluate("scrollTo(0, 0)")
    expect(phone.get_by_text("63.9").last).not_to_be_visible()
    expect(phone.locator(".strip")).not_to_be_visible()  # and leaves its place to the question
    expect(phone.get_by_test_id("predict-skip")).to_be_in_viewport(ratio=1)
    phone.get_by_test_id("predict-skip").tap()
    expect(phone.get_by_text("63.9").last).to_be_in_viewport(ratio=1)
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


@pytest.mark.parametrize(
    ("choice", "state", "said"),
    [
        (2, "right", "Right: exam tomorrow — 63.9"),
        (0, "wrong", "Not quite: exam tomorrow — 63.9"),
    ],
)
def test_the_strip_says_whether_it_was_right_and_what_is(first, choice, state, said):
    first.get_by_test_id(f"predict-choice-{choice}").press("Enter")
    expect(first.get_by_test_id("predict")).to_have_attribute("data-state", state)
    expect(first.get_by_test_id("predict").get_by_role("status")).to_contain_text(said)
    expect(
        first.get_by_test_id("predict-choice-2").get_by_role("img", name="right")
    ).to_be_visible()
    first.get_by_test_id("predict-choice-1").press("Enter")  # one has chosen
    assert kept(first)["predicted"] == {"fear": choice}
    go(first, "#lang=ru")
    expect(first.get_by_test_id("predict-outcome")).to_contain_text("63,9")


def test_on_a_phone_what_comes_of_an_answer_is_seen_at_once(phone):
    keep_progress(phone, None)
    go(phone, "#lesson=temperature")
    phone.get_by_test_id("predict-choice-1").tap()
    strip = phone.locator(".strip").bounding_box()
    doing = phone.get_by_test_id("predict-do").bounding_box()
    assert doing["y"] + doing["height"] <= strip["y"]


def test_nobody_is_asked_about_numbers_that_are_not_on_the_table(first):
    go(first, "#x=50,30,4;40,10,4;7,20,20;90,20,0")
    expect(first.get_by_test_id("predict")).to_be_hidden()
    first.get_by_test_id("reset").click()
    expect(first.get_by_test_id("predict")).to_be_visible()
    assert first.get_by_test_id("weight-0").inner_text().strip() == ""


def test_a_hand_on_a_slider_asks_to_see(first):
    drag(first, "x-0-0", 0.3)
    assert first.get_by_test_id("weight-0").inner_text().endswith("%")
    assert kept(first)["predicted"] == {"fear": None}
    first.get_by_test_id("reset").click()
    assert first.get_by_test_id("weight-2").inner_text().startswith("63.9")
    first.get_by_test_id("predict-again").click()
    assert first.get_by_test_id("weight-2").inner_text().strip() == ""


@pytest.mark.parametrize("shown", ["#temperature=5", "#mask=1110", "#rows=a,b,c", "#hide=predict"])
def test_who_is_sent_a_table_or_no_question_sees_the_result(first, shown):
    go(first, shown)
    assert first.get_by_test_id("weight-2").inner_text().endswith("%")
    go(first, "#lesson=fear&tab=play")
    assert first.get_by_test_id("weight-2").inner_text().strip() == ""


def test_what_was_asked_about_can_be_done_on_the_table(first):
    go(first, "#lesson=shift")
    expect(first.get_by_test_id("predict-do")).not_to_be_visible()
    first.get_by_test_id("predict-skip").click()
    first.get_by_test_id("predict-do").click()
    assert assert_agrees(first).scene().b == LESSONS["shift"].predict.change["b"]
    first.get_by_test_id("reset").click()
    assert assert_agrees(first).scene().b == LESSONS["shift"].start.b


@pytest.mark.parametrize(
    ("lesson", "lang", "said"),
    [
        ("gate", "en", "Answer: 2 → 2: no change"),
        ("shift", "ru", "Ответ: 66,5 % → 66,5 %: без изменений"),
        ("general", "ru", "Ответ: 17,4 % → 78,6 %"),
        ("explanation", "en", "Answer: 3.97 → 3.98"),
    ],
)
def test_the_answer_says_what_was_and_what_comes_of_the_change(first, lesson, lang, said):
    go(first, fragment(lesson=lesson, lang=lang))
    first.get_by_test_id("predict-skip").click()
    expect(first.get_by_test_id("predict-outcome")).to_have_text(said)


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("view", ["desk", "phone"])
def test_nothing_moves_when_the_result_or_the_end_is_shown(request, view, lang):
    page = request.getfixturevalue(view)
    for name in ("fear", "gate", "shift"):
        keep_progress(page, None)
        go(page, fragment(lesson=name, lang=lang))
        before = page.evaluate(_PLACES)
        page.get_by_test_id("predict-choice-0").click()
        assert moved(before, page.evaluate(_PLACES)) == [], name
    go(page, fragment(lang=lang))
    page.get_by_test_id("predict-skip").click()
    before = page.evaluate(_PLACES)
    page.get_by_test_id("x-3-0").press("End")
    expect(page.get_by_test_id("challenge")).to_have_attribute("data-done", "true")
    expect(page.get_by_test_id("lesson-seen")).to_be_visible()
    turned = ("x-3-0", "formula", "DD", "DT", "DL")
    after = [
        pair for pair in moved(before, page.evaluate(_PLACES)) if not pair[0][0].startswith(turned)
    ]
    assert after == []


def test_what_one_saw_comes_by_itself_and_the_story_comes_back(first):
    expect(first.get_by_test_id("show-seen")).not_to_be_visible()
    type_number(first, "x-3-0", "220")
    expect(first.get_by_test_id("lesson-seen")).to_be_visible()
    expect(first.get_by_test_id("lesson-story")).not_to_be_visible()
    first.get_by_test_id("show-story").click()
    expect(first.get_by_test_id("lesson-story")).to_be_visible()
    type_number(first, "x-3-0", "230")
    expect(first.get_by_test_id("lesson-story")).to_be_visible()
    first.get_by_test_id("challenge-next").click()
    expect(first.get_by_test_id("lesson")).to_have_value(NAMES[NAMES.index("fear") + 1])
    expect(first.get_by_test_id("lesson-title")).to_be_focused()


def test_a_phones_strip_says_that_the_challenge_is_done_and_leads_on(phone):
    strip = phone.locator(".strip")
    height = strip.bounding_box()["height"]
    expect(phone.get_by_test_id("strip-done")).not_to_be_visible()
    phone.get_by_test_id("x-3-0").press("End")
    expect(phone.get_by_role("button", name="✓ Challenge — done!")).to_be_in_viewport(ratio=1)
    assert strip.bounding_box()["height"] == height
    phone.get_by_test_id("strip-done").tap()
    expect(phone.get_by_test_id("lesson-seen")).to_be_in_viewport(ratio=1)
    expect(phone.get_by_test_id("challenge")).to_be_in_viewport(ratio=1)
    phone.get_by_test_id("strip-next").tap()
    expect(phone.get_by_test_id("lesson")).to_have_value(NAMES[NAMES.index("fear") + 1])
    expect(phone.get_by_test_id("lesson-title")).to_be_focused()
    assert phone.evaluate("scrollY") == 0


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_on_a_phone_tabs_and_levels_take_a_line_each(phone, lang):
    go(phone, fragment(lang=lang))
    for line in (".tabs > *", ".levels > *"):
        places = phone.locator(line).evaluate_all(
            "(nodes) => nodes.map((node) => node.getBoundingClientRect().top)"
        )
        assert len(set(places)) == 1, line
    expect(phone.locator(".levels .pill").last).to_be_in_viewport(ratio=1)


def test_next_and_previous_lead_through_all_lessons(first):
    went = """(button) => {
        const find = (id) => document.querySelector(`[data-testid="${id}"]`);
        const seen = [find("lesson").value];
        for (; !find(button).disabled; seen.push(find("lesson").value)) find(button).click();
        return seen;
    }"""
    go(first, fragment(lesson=NAMES[0]))
    expect(first.get_by_test_id("lesson-previous")).to_be_disabled()
    title = LESSONS[NAMES[1]].title["en"]
    assert first.get_by_role("button", name=f"Next lesson: {title}").is_visible()
    assert first.evaluate(went, "lesson-next") == NAMES
    expect(first.get_by_test_id("lesson-title")).to_be_focused()
    assert first.evaluate(went, "lesson-previous") == NAMES[::-1]


def test_a_lesson_opens_the_door_to_its_tasks(first):
    go(first, "#lesson=learn-love")
    (task,) = LESSONS["learn-love"].tasks
    first.get_by_test_id(f"door-{task}").click()
    expect(first.get_by_test_id("tab-learn")).to_have_attribute("aria-selected", "true")
    expect(first.get_by_test_id(f"learn-task-{task}")).to_have_attribute("aria-pressed", "true")


def test_a_link_to_a_solved_table_has_done_nothing_for_its_reader(first):
    go(first, "#x=50,30,4;40,10,4;70,20,20;220,20,0")
    expect(first.get_by_test_id("challenge")).to_have_attribute("data-done", "true")
    expect(first.get_by_test_id("level-2")).to_contain_text("0/3")
    expect(first.get_by_test_id("lesson-story")).to_be_visible()
