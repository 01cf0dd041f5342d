"""The course: predict first, then see; go on; and be remembered by this browser alone."""

from __future__ import annotations

import pytest
from playing import (
    address_at_rest,
    assert_agrees,
    assert_fits,
    drag,
    expect_done,
    fragment,
    go,
    keep_progress,
    kept,
    places,
    requests_of,
    type_number,
    wait_until_ready,
)
from playwright.sync_api import Page, expect

from attention.lessons import load_lessons

LESSONS = load_lessons()[0]
NAMES = list(LESSONS)
# All that must not jump; inline texts and what sticks to the screen aside.
LAID_OUT = (
    ":is(.course, .story, .predict, .scroll)"
    " :not(.strip *, :is(span, strong, i):not([data-testid]), [data-testid='predict-outcome'])"
)


def heard(page: Page) -> str:
    """What a screen reader finds on the tab Play."""
    return page.locator("#panel-play").aria_snapshot()


def shown(page: Page, testid: str) -> str:
    return page.get_by_test_id(testid).inner_text().strip()


def test_nobody_sees_or_hears_the_result_before_choosing(stranger):
    for name in ("weight-0", "score-0", "logit-0", "output-0"):
        assert shown(stranger, name) == ""
    expect(stranger.get_by_test_id("formula")).to_contain_text("appear after your answer")
    expect(stranger.get_by_test_id("formula").locator("strong").last).not_to_be_visible()
    assert "63.9" not in heard(stranger)
    assert_agrees(stranger)  # a page that looks after itself still finds its numbers
    stranger.get_by_test_id("predict-choice-0").click()
    expect(stranger.get_by_text("appear after your answer")).not_to_be_visible()
    assert shown(stranger, "weight-2").startswith("63.9")
    assert "63.9" in heard(stranger)


def test_a_phones_strip_keeps_the_secret_too_and_what_comes_of_an_answer_is_seen_at_once(phone):
    keep_progress(phone, None)
    go(phone)
    phone.evaluate("scrollTo(0, 0)")
    expect(phone.get_by_text("63.9").last).not_to_be_visible()
    expect(phone.locator(".strip")).not_to_be_visible()  # and leaves its place to the question
    expect(phone.get_by_test_id("predict-skip")).to_be_in_viewport(ratio=1)
    phone.get_by_test_id("predict-skip").tap()
    expect(phone.get_by_text("63.9").last).to_be_in_viewport(ratio=1)
    assert_fits(phone)
    go(phone, "#lesson=temperature")
    phone.get_by_test_id("predict-choice-1").tap()
    strip = phone.locator(".strip").bounding_box()
    doing = phone.get_by_test_id("predict-do").bounding_box()
    assert doing["y"] + doing["height"] <= strip["y"]


@pytest.mark.parametrize(
    ("choice", "state", "said"),
    [
        (2, "right", "Right: exam tomorrow — 63.9"),
        (0, "wrong", "Not quite: exam tomorrow — 63.9"),
    ],
)
def test_the_strip_says_whether_it_was_right_and_what_is(stranger, choice, state, said):
    predict = stranger.get_by_test_id("predict")
    stranger.get_by_test_id(f"predict-choice-{choice}").press("Enter")
    expect(predict).to_have_attribute("data-state", state)
    expect(predict.get_by_role("status")).to_contain_text(said)
    right = stranger.get_by_test_id("predict-choice-2").get_by_role("img", name="right")
    expect(right).to_be_visible()
    stranger.get_by_test_id("predict-choice-1").press("Enter")  # one has chosen
    assert kept(stranger)["predicted"] == {"fear": choice}
    go(stranger, "#lang=ru")
    expect(stranger.get_by_test_id("predict-outcome")).to_contain_text("63,9")


def test_a_hand_on_a_slider_asks_to_see(stranger):
    drag(stranger, "x-0-0", 0.3)
    assert shown(stranger, "weight-0").endswith("%")
    assert kept(stranger)["predicted"] == {"fear": None}
    stranger.get_by_test_id("reset").click()
    assert shown(stranger, "weight-2").startswith("63.9")
    stranger.get_by_test_id("predict-again").click()
    assert shown(stranger, "weight-2") == ""


@pytest.mark.parametrize(
    "sent", ["#x=1,2,3;4,5,6;7,8,9;1,2,3", "#mask=1110", "#rows=a,b,c", "#hide=predict"]
)
def test_who_is_sent_a_table_or_no_question_sees_the_result(stranger, sent):
    go(stranger, sent)
    expect(stranger.get_by_test_id("predict")).to_be_hidden()
    assert shown(stranger, "weight-2").endswith("%")
    go(stranger, "#lesson=fear&tab=play")
    expect(stranger.get_by_test_id("predict")).to_be_visible()
    assert shown(stranger, "weight-2") == ""


def test_what_was_asked_about_can_be_done_on_the_table(stranger):
    go(stranger, "#lesson=shift")
    expect(stranger.get_by_test_id("predict-do")).not_to_be_visible()
    stranger.get_by_test_id("predict-skip").click()
    stranger.get_by_test_id("predict-do").click()
    assert assert_agrees(stranger).scene().b == LESSONS["shift"].predict.change["b"]
    stranger.get_by_test_id("reset").click()
    assert assert_agrees(stranger).scene().b == LESSONS["shift"].start.b


@pytest.mark.parametrize(
    ("lesson", "lang", "said"),
    [
        ("gate", "en", "Answer: 2 → 2: no change"),
        ("general", "ru", "Ответ: 17,4 % → 78,6 %"),
        ("explanation", "en", "Answer: 3.97 → 3.98"),
    ],
)
def test_the_answer_says_what_was_and_what_comes_of_the_change(stranger, lesson, lang, said):
    go(stranger, fragment(lesson=lesson, lang=lang))
    stranger.get_by_test_id("predict-skip").click()
    expect(stranger.get_by_test_id("predict-outcome")).to_have_text(said)


@pytest.mark.parametrize(("view", "lang"), [("desk", "en"), ("phone", "ru")])
def test_nothing_moves_when_the_result_or_the_end_is_shown(request, view, lang):
    page = request.getfixturevalue(view)
    for name in ("gate", "shift", "fear"):
        keep_progress(page, None)
        go(page, fragment(lesson=name, lang=lang))
        before = places(page, LAID_OUT)
        page.get_by_test_id("predict-choice-0").click()
        assert places(page, LAID_OUT) == before, name
    laid_out = f"{LAID_OUT}:not([data-testid='x-3-0'], [data-testid='formula'], dl, dt, dd)"
    before = places(page, laid_out)
    page.get_by_test_id("x-3-0").press("End")
    expect_done(page)
    expect(page.get_by_test_id("lesson-seen")).to_be_visible()
    assert places(page, laid_out) == before


def test_what_one_saw_comes_by_itself_and_the_story_comes_back(stranger):
    expect(stranger.get_by_test_id("show-seen")).not_to_be_visible()
    type_number(stranger, "x-3-0", "220")
    expect(stranger.get_by_test_id("lesson-seen")).to_be_visible()
    expect(stranger.get_by_test_id("lesson-story")).not_to_be_visible()
    stranger.get_by_test_id("show-story").click()
    type_number(stranger, "x-3-0", "230")
    expect(stranger.get_by_test_id("lesson-story")).to_be_visible()
    stranger.get_by_test_id("challenge-next").click()
    expect(stranger.get_by_test_id("lesson")).to_have_value(NAMES[NAMES.index("fear") + 1])
    expect(stranger.get_by_test_id("lesson-title")).to_be_focused()


def test_a_phones_strip_says_that_the_challenge_is_done_and_leads_on(phone):
    strip = phone.locator(".strip")
    height = strip.bounding_box()["height"]
    expect(phone.get_by_test_id("strip-done")).not_to_be_visible()
    phone.get_by_test_id("x-3-0").press("End")
    expect(phone.get_by_role("button", name="✓ Challenge — done!")).to_be_in_viewport(ratio=1)
    assert strip.bounding_box()["height"] == height
    phone.get_by_test_id("strip-done").tap()
    for name in ("lesson-seen", "challenge"):
        expect(phone.get_by_test_id(name)).to_be_in_viewport(ratio=1)
    phone.get_by_test_id("strip-next").tap()
    expect(phone.get_by_test_id("lesson")).to_have_value(NAMES[NAMES.index("fear") + 1])
    expect(phone.get_by_test_id("lesson-title")).to_be_focused()
    assert phone.evaluate("scrollY") == 0


def test_next_and_previous_lead_through_all_lessons(stranger):
    went = """(button) => {
        const find = (id) => document.querySelector(`[data-testid="${id}"]`);
        const seen = [find("lesson").value];
        for (; !find(button).disabled; seen.push(find("lesson").value)) find(button).click();
        return seen;
    }"""
    go(stranger, fragment(lesson=NAMES[0]))
    expect(stranger.get_by_test_id("lesson-previous")).to_be_disabled()
    title = LESSONS[NAMES[1]].title["en"]
    assert stranger.get_by_role("button", name=f"Next lesson: {title}").is_visible()
    assert stranger.evaluate(went, "lesson-next") == NAMES
    expect(stranger.get_by_test_id("lesson-title")).to_be_focused()
    assert stranger.evaluate(went, "lesson-previous") == NAMES[::-1]


def test_a_lesson_opens_the_door_to_its_tasks(stranger):
    go(stranger, "#lesson=learn-love")
    (task,) = LESSONS["learn-love"].tasks
    stranger.get_by_test_id(f"door-{task}").click()
    expect(stranger.get_by_test_id("tab-learn")).to_have_attribute("aria-selected", "true")
    expect(stranger.get_by_test_id(f"learn-task-{task}")).to_have_attribute("aria-pressed", "true")


def level_of(lesson: str) -> list[str]:
    """The lessons of its level."""
    return [name for name in NAMES if LESSONS[name].level == LESSONS[lesson].level]


def test_a_link_to_a_solved_table_has_done_nothing_for_its_reader(stranger):
    go(stranger, "#x=50,30,4;40,10,4;70,20,20;220,20,0")
    expect_done(stranger)
    expect(stranger.get_by_test_id("level-2")).to_contain_text(f"0/{len(level_of('fear'))}")
    expect(stranger.get_by_test_id("lesson-story")).to_be_visible()


def test_progress_survives_a_reload_and_nobody_is_told(stranger):
    page, of = stranger, len(level_of("fear"))
    page.get_by_test_id("predict-choice-1").click()
    with requests_of(page) as asked:
        type_number(page, "x-3-0", "220")
        page.get_by_test_id("lesson-next").click()
        page.get_by_test_id("predict-skip").click()
        page.get_by_test_id("lesson").select_option("fear")
        address_at_rest(page)
    assert asked == []
    page.reload()
    wait_until_ready(page)
    expect(page.get_by_test_id("level-2")).to_contain_text(f"1/{of}")
    expect(page.get_by_test_id("lesson").locator("option[value=fear]")).to_contain_text("✓")
    expect(page.get_by_test_id("predict")).to_have_attribute("data-state", "wrong")
    page.get_by_test_id("progress-forget").click()
    expect(page.get_by_test_id("level-2")).to_contain_text(f"1/{of}")  # it asks first
    page.get_by_role("button", name="Really forget").click()
    expect(page.get_by_test_id("level-2")).to_contain_text(f"0/{of}")
    assert kept(page) == {"done": [], "predicted": {}}


@pytest.mark.parametrize(
    "hostile",
    [
        "{",
        "null",
        "[1]",
        '{"done": "fear", "predicted": [0]}',
        '{"done": ["nobody", 7], "predicted": {"fear": 99, "__proto__": 1, "love": "<b>"}}',
    ],
)
def test_what_cannot_be_remembered_is_ignored(desk, hostile):
    keep_progress(desk, hostile)
    go(desk)
    expect(desk.get_by_test_id("predict")).to_have_attribute("data-state", "open")
    expect(desk.get_by_test_id("level-2")).to_contain_text("0/")
    desk.get_by_test_id("predict-choice-2").click()
    assert kept(desk) == {"done": [], "predicted": {"fear": 2}}
