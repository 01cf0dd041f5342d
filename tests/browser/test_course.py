"""The course: predict first, then see; go on; and be remembered by this browser alone."""

from __future__ import annotations

import json

import pytest
from engines import tap
from playing import (
    address_at_rest,
    assert_agrees,
    expect_done,
    fragment,
    go,
    hold,
    keep_progress,
    kept,
    move,
    next_frame,
    places,
    requests_of,
    type_number,
    wait_until_ready,
)
from playwright.sync_api import Page, expect

from attention.lessons import load_lessons
from attention.texts import texts, typeset

EN = texts()["en"]
LESSONS = load_lessons()[0]
NAMES = list(LESSONS)
STEPS = {
    "touch": "lesson-story",
    "predict": "predict",
    "challenge": "challenge",
    "seen": "lesson-seen",
}
# All that must not jump; inline texts aside.
LAID_OUT = (
    ":is(.course, .lesson-card, .stage, .touch-strip, .scroll)"
    ":not(.stage *, :is(span, strong, i):not([data-testid]))"
)


def heard(page: Page) -> str:
    """What a screen reader finds on the tab Play."""
    return page.locator("#panel-play").aria_snapshot()


def shown(page: Page, testid: str) -> str:
    return page.get_by_test_id(testid).inner_text().strip()


def step(page: Page, name: str, lesson: str | None = None) -> None:
    """The page at a step of a lesson; None: of the one that is open."""
    if lesson:
        go(page, fragment(lesson=lesson))
    page.get_by_test_id(f"step-{name}").click()


@pytest.mark.parametrize("at", ["touch", "predict"])
def test_only_the_number_that_is_asked_for_is_hidden(stranger, at):
    step(stranger, at, "overflow")
    assert shown(stranger, "weight-2") == ""
    assert shown(stranger, "weight-1").startswith("24.5") and shown(stranger, "score-2") == "100.00"
    assert "66.5" not in heard(stranger)
    expect(stranger.locator(".playground")).to_have_attribute("data-asked", "of-weights weights-2")
    assert_agrees(stranger)  # a page that looks after itself still finds its numbers
    step(stranger, "predict")
    stranger.get_by_test_id("predict-skip").click()
    assert shown(stranger, "weight-2").startswith("66.5")
    expect(stranger.locator(".playground")).to_have_attribute("data-asked", "")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "The numbers appear after your answer."),
        ("ru", "Числа появятся после вашего ответа."),
    ],
)
def test_a_question_mark_on_the_stage_says_when_its_number_comes(stranger, lang, said):
    go(stranger, fragment(lesson="mask", lang=lang, stage="flow"))
    rows = stranger.locator(".flow-row")
    words = rows.evaluate_all(
        "(rows) => rows.map((row) => [row.querySelector('.share').textContent, "
        "row.querySelector('title').textContent])"
    )
    assert [share == "?" for share, _ in words] == [False, False, True, True]
    assert [title for _, title in words] == ["", "", said, said]
    step(stranger, "predict")
    stranger.get_by_test_id("predict-skip").click()
    expect(rows.nth(2).locator("title").first).to_have_text("")


def test_where_rows_are_the_choices_no_weight_is_told_and_nor_is_its_twin_elsewhere(stranger):
    go(stranger, "#lesson=query")
    assert [shown(stranger, f"weight-{row}") for row in range(4)] == [""] * 4
    assert shown(stranger, "output-0") == ""
    go(stranger, "#lesson=mask")  # two blanks have equal scores
    assert shown(stranger, "weight-2") == shown(stranger, "weight-3") == ""
    assert shown(stranger, "weight-0").endswith("%")


def test_what_a_change_would_lead_to_hides_nothing_that_is(stranger):
    go(stranger, "#lesson=love")
    assert shown(stranger, "weight-1").startswith("9.0")


def test_a_hand_that_moves_something_sees_what_comes_of_it_and_the_question_stays(stranger):
    go(stranger, "#lesson=fear")
    type_number(stranger, "x-0-0", "60")
    assert shown(stranger, "weight-0").endswith("%")
    type_number(stranger, "x-0-0", "50")
    assert shown(stranger, "weight-0") == ""
    type_number(stranger, "x-0-0", "60")
    step(stranger, "predict")  # which is about the lesson's own numbers
    assert assert_agrees(stranger).scene().x == LESSONS["fear"].start.x
    assert shown(stranger, "weight-0") == ""


@pytest.mark.parametrize(
    ("choice", "state", "said", "reason"),
    [
        (2, "right", "Right: exam tomorrow — 63.9 %", ""),
        (
            3,
            "wrong",
            "Not quite: exam tomorrow — 63.9 %",
            "“ghost 👻” has a score of 0, “exam tomorrow” has 84: e^(84/20) ≈ 66.7 · e^0.",
        ),
    ],
)
def test_an_answer_shows_the_truth_and_a_wrong_one_gets_its_reason(
    stranger, choice, state, said, reason
):
    step(stranger, "predict", "fear")
    stranger.get_by_test_id(f"predict-choice-{choice}").press("Enter")
    expect(stranger.get_by_test_id("predict")).to_have_attribute("data-state", state)
    expect(stranger.get_by_test_id("predict-outcome")).to_have_text(said)
    expect(stranger.get_by_test_id("predict-reason")).to_have_text(reason)
    assert kept(stranger)["predicted"] == {"fear": choice}
    stranger.get_by_test_id("lang-ru").click()
    expect(stranger.get_by_test_id("predict-outcome")).to_contain_text("63,9")
    stranger.get_by_test_id("predict-again").click()
    assert shown(stranger, "weight-2") == "" and kept(stranger)["predicted"] == {}


@pytest.mark.parametrize(
    ("lang", "answer", "marks", "said"),
    [
        ("en", "choice-1", ["", "mine", "right"], ["", " (your answer)", " (right)"]),
        ("ru", "choice-2", ["", "", "right mine"], ["", "", " (верно, ваш ответ)"]),
        ("en", "skip", ["", "", "right"], ["", "", " (right)"]),
    ],
)
def test_after_the_answer_the_choices_stay_and_say_which_is_right_and_which_was_chosen(
    phone, lang, answer, marks, said
):
    keep_progress(phone, None)
    go(phone, fragment(lesson="general", lang=lang))
    step(phone, "predict")
    choices = [phone.get_by_test_id(f"predict-choice-{i}") for i in range(3)]
    texts = [choice.text for choice in LESSONS["general"].predict.choices]
    assert [choice.get_attribute("data-mark") for choice in choices] == [""] * 3
    tap(phone.get_by_test_id(f"predict-{answer}"))
    assert [choice.get_attribute("data-mark") for choice in choices] == marks
    for choice, text, more in zip(choices, texts, said, strict=True):
        expect(choice).to_be_visible()
        expect(choice).to_be_disabled()  # one has chosen
        expect(choice).to_have_text(text[lang] + more)
    tap(phone.get_by_test_id("predict-again"))
    assert [choice.get_attribute("data-mark") for choice in choices] == [""] * 3
    expect(choices[0]).to_be_enabled()


@pytest.mark.parametrize(
    ("lesson", "lang", "said"),
    [
        ("general", "en", "Try it: drag “rank” of “general”."),
        (
            "gate",
            "en",
            "Try it: drag the weight from “audience” to “singer”; then drag x of “audience”.",
        ),
        (
            "mask",
            "en",
            "Try it: drag the bias of “(blank) (3)”; then untick “visible” of “(blank) (3)”.",
        ),
        ("query", "en", "Try it: drag the query for “alive”; then drag the query for “swims”."),
        ("sqrt-d", "en", "Try it: choose another kind; then drag the temperature."),
        ("dead-bias", "en", "Try it: press “▶ Play”; then choose another activation."),
        ("love", "ru", "Попробуйте: двигайте вес «пыл»; потом двигайте смещение «passion»."),
    ],
)
def test_what_to_take_hold_of_is_an_instruction_for_each_control(stranger, lesson, lang, said):
    go(stranger, fragment(lesson=lesson, lang=lang))
    expect(stranger.get_by_test_id("lesson-try")).to_have_text(said)


@pytest.mark.parametrize(("drawn", "state"), [(62, "right"), (61, "wrong"), (72, "wrong")])
def test_a_drawn_guess_is_right_within_five_points(stranger, drawn, state):
    step(stranger, "predict", "overflow")  # 66.5 %
    stranger.get_by_test_id("predict-guess").fill(str(drawn))
    expect(stranger.get_by_test_id("predict-guessed")).to_have_text(f"{drawn}.0 %")
    stranger.get_by_test_id("predict-check").click()
    expect(stranger.get_by_test_id("predict")).to_have_attribute("data-state", state)
    told = stranger.get_by_test_id("predict-outcome")
    expect(told).to_contain_text(f"You drew {drawn}.0 %.")
    expect(told).to_contain_text(": 66.5 %")
    assert kept(stranger)["predicted"] == {"overflow": drawn}


def test_what_one_drew_about_a_change_is_then_shown_on_the_table(stranger):
    step(stranger, "predict", "temperature")
    stranger.get_by_test_id("predict-check").click()
    assert assert_agrees(stranger).scene().temperature == 10
    stranger.get_by_test_id("step-next").click()  # and the challenge begins with its own numbers
    assert assert_agrees(stranger).scene().temperature == 1


@pytest.mark.parametrize("sent", ["x=1,2,3;4,5,6;7,8,9;1,2,3", "mask=1110", "hide=predict"])
def test_who_is_sent_a_table_or_no_question_sees_the_result(stranger, sent):
    go(stranger, f"#lesson=fear&{sent}")
    assert shown(stranger, "weight-2").endswith("%")
    go(stranger, "#lesson=fear&tab=play")
    assert shown(stranger, "weight-2") == ""


def test_what_was_asked_about_can_be_done_on_the_table(stranger):
    step(stranger, "predict", "general")
    expect(stranger.get_by_test_id("predict-do")).not_to_be_visible()
    stranger.get_by_test_id("predict-skip").click()
    stranger.get_by_test_id("predict-do").click()
    assert assert_agrees(stranger).scene().mask == LESSONS["general"].predict.change["mask"]
    step(stranger, "challenge")
    assert assert_agrees(stranger).scene().mask == [True] * 4


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
    step(stranger, "predict")
    stranger.get_by_test_id("predict-skip").click()
    expect(stranger.get_by_test_id("predict-outcome")).to_have_text(said)


def test_the_steps_take_each_others_place_and_say_where_one_is(stranger):
    go(stranger, "#lesson=general")
    for name, testid in STEPS.items():
        step(stranger, name)
        seen = [one for one in STEPS.values() if stranger.get_by_test_id(one).is_visible()]
        assert seen == [testid]
        current = stranger.locator("[aria-current=step]")
        expect(current).to_have_count(1)
        expect(current).to_have_attribute("data-testid", f"step-{name}")
    expect(stranger.get_by_role("button", name="Step 2 of 4: Predict")).to_be_visible()


def test_by_keyboard_one_goes_on_from_what_has_just_come(stranger):
    go(stranger, "#lesson=fear")
    stranger.get_by_test_id("step-next").press("Enter")
    expect(stranger.get_by_test_id("lesson-title")).to_be_focused()
    stranger.get_by_test_id("predict-choice-2").press("Enter")
    expect(stranger.get_by_test_id("step-next")).to_be_focused()


def test_the_way_on_lights_up_with_the_first_touch_and_leads_through_all_steps(stranger):
    go(stranger, "#lesson=fear")
    onward = stranger.get_by_test_id("step-next")
    expect(onward).to_have_attribute("data-lit", "false")
    stranger.get_by_test_id("touch-0").press("ArrowRight")
    expect(onward).to_have_attribute("data-lit", "true")
    expect(onward).to_have_text("Predict →")
    onward.click()
    expect(onward).not_to_be_visible()
    stranger.get_by_test_id("predict-choice-2").click()
    onward.click()
    expect(onward).to_have_text("What you saw →")
    onward.click()
    expect(stranger.get_by_test_id("lesson-seen")).to_be_visible()
    onward.click()
    expect(stranger.get_by_test_id("lesson")).to_have_value(NAMES[NAMES.index("fear") + 1])
    expect(stranger.get_by_test_id("lesson-title")).to_be_focused()


@pytest.mark.parametrize(("view", "lang"), [("desk", "en"), ("phone", "ru")])
def test_nothing_moves_under_a_drag_that_touches_and_solves(request, view, lang):
    page = request.getfixturevalue(view)
    keep_progress(page, None)
    go(page, fragment(lesson="fear", lang=lang))
    step(page, "challenge")
    before = places(page, LAID_OUT)
    page.get_by_test_id("touch-1").press("End")
    expect_done(page)
    expect(page.get_by_test_id("insight")).to_be_visible()
    assert places(page, LAID_OUT) == before


def test_the_insight_rises_near_the_hand_and_hides_neither_it_nor_the_stage(desk):
    go(desk, "#lesson=fear")
    hold(desk, "touch-1", 0.4)
    move(desk, "touch-1", 0.95)
    expect(desk.get_by_test_id("insight")).to_be_visible()
    slider, card, stage = (
        desk.get_by_test_id(name).bounding_box() for name in ("touch-1", "insight", "stage")
    )
    desk.mouse.up()
    hand = (slider["x"] + 0.95 * slider["width"], slider["y"] + slider["height"] / 2)
    across = max(card["x"] - hand[0], hand[0] - card["x"] - card["width"], 0)
    down = max(card["y"] - hand[1], hand[1] - card["y"] - card["height"], 0)
    assert 0 < max(across, down) < 60
    assert 0 <= card["x"] and card["x"] + card["width"] <= 1280
    assert card["y"] > stage["y"] + 0.9 * stage["height"]
    desk.get_by_test_id("insight-close").click()
    expect(desk.get_by_test_id("insight")).not_to_be_visible()


def test_whoever_meets_the_challenge_before_the_question_is_asked_it_first(stranger):
    go(stranger, "#lesson=fear")
    stranger.get_by_test_id("touch-1").press("End")
    card = stranger.get_by_test_id("insight")
    expect(card).to_contain_text(EN["insight_early"])
    expect(card).not_to_contain_text(typeset(LESSONS["fear"].seen["en"])[:40])
    stranger.get_by_test_id("challenge-next").click()
    expect(stranger.get_by_test_id("predict-question")).to_be_visible()
    assert stranger.get_by_test_id("lesson-card").get_attribute("data-step") == "predict"


def test_the_course_begins_at_the_top_of_its_first_lesson(phone):
    keep_progress(phone, None)
    go(phone)
    phone.evaluate("scrollTo(0, 216)")
    phone.get_by_test_id("start-course").click()
    expect(phone.get_by_test_id("lesson-title")).to_be_in_viewport(ratio=1)
    assert phone.evaluate("scrollY") == 0


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_at_home_nothing_moves_while_the_sentence_tells_of_another_row(phone, lang):
    go(phone, f"#lang={lang}")
    heights = set()
    for row in range(4):
        phone.get_by_test_id(f"disc-{row}").press("ArrowRight")
        next_frame(phone)
        heights.add(phone.get_by_test_id("lesson-card").bounding_box()["height"])
    assert len(heights) == 1


def test_drag_me_stands_over_the_knob(stranger):
    knob = stranger.get_by_test_id("touch-0").bounding_box()
    hint = stranger.locator(".touch-strip .drag-hint").bounding_box()
    assert knob["x"] - 20 < hint["x"] < knob["x"] + 30  # its number is the least of all


def test_a_phones_insight_is_at_the_foot_of_the_screen_and_leads_on(phone):
    go(phone, "#lesson=fear")
    phone.mouse.move(200, 300)
    phone.get_by_test_id("x-3-0").press("End")
    card = phone.get_by_test_id("insight")
    expect(card).to_be_in_viewport(ratio=1)
    expect(card).to_contain_text(typeset(LESSONS["fear"].seen["en"])[:40])
    tap(phone.get_by_test_id("challenge-next"))
    expect(phone.get_by_test_id("lesson")).to_have_value(NAMES[NAMES.index("fear") + 1])
    expect(phone.get_by_test_id("lesson-title")).to_be_focused()
    expect(card).not_to_be_visible()
    assert phone.evaluate("scrollY") == 0


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_what_to_do_the_stage_and_one_control_are_on_a_phones_first_screen(phone, lang):
    for name in NAMES:
        go(phone, fragment(lesson=name, lang=lang))
        phone.evaluate("scrollTo(0, 0)")
        for part in ("lesson-story", "stage"):
            expect(phone.get_by_test_id(part)).to_be_in_viewport(ratio=1)
        is_code = LESSONS[name].touch == ("code",)
        control = "code-line-bias" if is_code else "touch-0"
        expect(phone.get_by_test_id(control)).to_be_in_viewport(ratio=1)


def test_an_address_without_a_lesson_is_alive_and_asks_nothing(stranger):
    go(stranger, "")
    assert shown(stranger, "weight-2").startswith("63.9")
    told = stranger.get_by_test_id("lesson-try")
    expect(told).to_have_text(
        "“ghost 👻” gets 1.0 % of the attention: its bias takes 100 off its score."
    )
    expect(stranger.get_by_text("drag me")).to_be_visible()
    type_number(stranger, "touch-0", "0")
    expect(told).to_contain_text("“ghost 👻” wins, with 58.9 % of the attention:")
    expect(stranger.get_by_text("drag me")).not_to_be_visible()
    assert assert_agrees(stranger).scene().b == [0, 0, 0, 0]
    assert address_at_rest(stranger) == "b=0,0,0,0"
    for hidden in ("predict", "challenge", "step-predict"):
        expect(stranger.get_by_test_id(hidden)).not_to_be_visible()
    expect_done(stranger, False)


def test_the_course_starts_with_its_first_lesson_and_goes_on_where_one_was(stranger):
    go(stranger, "")
    start = stranger.get_by_test_id("start-course")
    expect(start).to_have_text("Start the course →")
    expect(stranger.get_by_test_id("start-over")).not_to_be_visible()
    start.click()
    expect(stranger.get_by_test_id("lesson")).to_have_value(NAMES[0])
    assert address_at_rest(stranger) == f"lesson={NAMES[0]}"
    keep_progress(stranger, json.dumps({"done": NAMES[:2]}))
    go(stranger, "")
    expect(start).to_have_text(f"Go on with “{typeset(LESSONS[NAMES[2]].title['en'])}” →")
    stranger.get_by_test_id("start-over").click()
    expect(stranger.get_by_test_id("lesson")).to_have_value(NAMES[0])


def test_the_end_sums_up_the_words_with_ones_own_numbers_and_opens_the_door(stranger):
    keep_progress(stranger, json.dumps({"done": NAMES[:-1]}))
    go(stranger, "#lesson=fear&b=0,0,0,-50")
    expect(stranger.get_by_test_id("course-end")).not_to_be_visible()
    keep_progress(stranger, json.dumps({"done": NAMES}))
    go(stranger, "#lesson=fear&b=0,0,0,-50")
    stranger.get_by_test_id("course-end").click()
    summary = stranger.get_by_test_id("course-summary")
    expect(summary).to_be_visible()
    expect(stranger.get_by_test_id("lesson-card")).not_to_be_visible()
    expect(stranger.get_by_test_id("summary-w")).to_have_text("1, 0.5, 0.2")
    expect(stranger.get_by_test_id("summary-b")).to_have_text("0, 0, 0, −50")
    expect(stranger.get_by_test_id("summary-mask")).to_have_text("4 of 4 rows visible")
    type_number(stranger, "b-3", "-60")
    expect(stranger.get_by_test_id("summary-b")).to_have_text("0, 0, 0, −60")
    stranger.get_by_test_id("lang-ru").click()
    expect(stranger.get_by_test_id("summary-w")).to_have_text("1; 0,5; 0,2")
    summary.get_by_test_id("door-numbers").click()
    expect(stranger.get_by_test_id("learn-task-numbers")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("name", NAMES)
def test_the_controls_to_touch_move_the_same_numbers_as_the_table(desk, name):
    go(desk, fragment(lesson=name))
    here = [one for one in LESSONS[name].touch if one not in ("train", "code")]
    for i, named in enumerate(here):
        control = desk.get_by_test_id(f"touch-{i}")
        field, *place = named.split(".")
        if field in ("kind", "activation"):
            chosen = control.locator("option").nth(1).get_attribute("value")
            control.select_option(chosen)
            expect(desk.get_by_test_id(field)).to_have_value(chosen)
            control.select_option(getattr(LESSONS[name].start, field))
        elif field == "mask":
            control.uncheck()
            expect(desk.get_by_test_id(f"mask-{place[0]}")).not_to_be_checked()
        elif field == "move":
            row = int(place[0])
            there, back = (1, "down"), (-1, "up")
            if row == len(LESSONS[name].start.x) - 1:
                there, back = back, there
            other = desk.get_by_test_id(f"row-name-{row + there[0]}")
            names = [desk.get_by_test_id(f"row-name-{row}").inner_text(), other.inner_text()]
            desk.get_by_test_id(f"touch-{i}-{there[1]}").click()
            expect(other).to_have_text(names[0])
            desk.get_by_test_id(f"touch-{i}-{back[1]}").click()
            expect(other).to_have_text(names[1])
        elif field == "rate":
            control.press("ArrowLeft")
            rate = desk.get_by_test_id("touch-0-number").input_value()
            expect(desk.get_by_test_id("train-rate-number")).to_have_value(rate)
            type_number(desk, "train-rate", "3")
            expect(desk.get_by_test_id("touch-0-number")).to_have_value("3")
        else:
            twin = "-".join(["q" if field == "query" else field, *place])
            control.press("ArrowLeft")
            expect(desk.get_by_test_id(twin)).to_have_value(control.input_value())
            desk.get_by_test_id(twin).press("ArrowRight")
            expect(control).to_have_value(desk.get_by_test_id(twin).input_value())
        assert_agrees(desk)


def test_next_and_previous_lead_through_all_lessons(stranger):
    went = """(button) => {
        const find = (id) => document.querySelector(`[data-testid="${id}"]`);
        const seen = [find("lesson").value];
        for (; !find(button).disabled; seen.push(find("lesson").value)) find(button).click();
        return seen;
    }"""
    go(stranger, fragment(lesson=NAMES[0]))
    expect(stranger.get_by_test_id("lesson-previous")).to_be_disabled()
    title = typeset(LESSONS[NAMES[1]].title["en"])
    assert stranger.get_by_role("button", name=f"Next lesson: {title}").is_visible()
    assert stranger.evaluate(went, "lesson-next") == NAMES
    expect(stranger.get_by_test_id("lesson-title")).to_be_focused()
    assert stranger.evaluate(went, "lesson-previous") == NAMES[::-1]


def test_a_lesson_opens_the_door_to_its_tasks(stranger):
    go(stranger, "#lesson=learn-love")
    stranger.get_by_test_id("step-seen").click()
    (task,) = LESSONS["learn-love"].tasks
    stranger.get_by_test_id(f"door-{task}").click()
    expect(stranger.get_by_test_id("tab-learn")).to_have_attribute("aria-selected", "true")
    expect(stranger.get_by_test_id(f"learn-task-{task}")).to_have_attribute("aria-pressed", "true")


def level_of(lesson: str) -> list[str]:
    """The lessons of its level."""
    return [name for name in NAMES if LESSONS[name].level == LESSONS[lesson].level]


def test_a_link_to_a_solved_table_has_done_nothing_for_its_reader(stranger):
    go(stranger, "#lesson=fear&x=50,30,4;40,10,4;70,20,20;220,20,0")
    expect_done(stranger)
    expect(stranger.get_by_test_id("level-2")).to_contain_text(f"0/{len(level_of('fear'))}")
    expect(stranger.get_by_test_id("insight")).not_to_be_visible()


def test_progress_survives_a_reload_and_nobody_is_told(stranger):
    page, of = stranger, len(level_of("fear"))
    step(page, "predict", "fear")
    page.get_by_test_id("predict-choice-1").click()
    with requests_of(page) as asked:
        type_number(page, "x-3-0", "220")
        page.get_by_test_id("lesson-next").click()
        step(page, "predict")
        page.get_by_test_id("predict-skip").click()
        page.get_by_test_id("lesson").select_option("fear")
        address_at_rest(page)
    assert asked == []
    page.reload()
    wait_until_ready(page)
    expect(page.get_by_test_id("level-2")).to_contain_text(f"1/{of}")
    expect(page.get_by_test_id("lesson").locator("option[value=fear]")).to_contain_text("✓")
    expect(page.get_by_test_id("predict")).to_have_attribute("data-state", "wrong")
    page.get_by_role("button", name="Erase progress: the challenges done").click()
    expect(page.get_by_test_id("level-2")).to_contain_text(f"1/{of}")  # it asks first
    page.get_by_role("button", name="Really erase").click()
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
    step(desk, "predict", "fear")
    expect(desk.get_by_test_id("predict")).to_have_attribute("data-state", "open")
    expect(desk.get_by_test_id("level-2")).to_contain_text("0/")
    desk.get_by_test_id("predict-choice-2").click()
    assert kept(desk) == {"done": [], "predicted": {"fear": 2}}


def test_the_next_question_does_not_begin_with_what_was_drawn_for_the_last(stranger):
    drawn = [name for name in NAMES if LESSONS[name].predict and LESSONS[name].predict.draw]
    go(stranger, fragment(lesson=drawn[0]))
    step(stranger, "predict")
    guess = stranger.get_by_test_id("predict-guess")
    guess.press("End")
    go(stranger, fragment(lesson=drawn[1]))
    expect(guess).to_have_value("50")
