"""A SCORM package tells a learning system what is done, and goes on where one left off."""

from __future__ import annotations

import json
import re

import pytest
from engines import expect_download
from playing import assert_agrees, expect_done, go, notices, read, type_number, wait_until_ready
from playwright.sync_api import expect
from scorm_runtime import LearningSystem, serve_packages

from attention.export import scorm_package
from attention.lessons import load_lessons
from attention.scripts import script
from attention.texts import texts

EN = texts()["en"]
LESSONS = load_lessons()[0]
FEAR = LESSONS["fear"]
KEY = "attention-for-dummies"
EVERYTHING = {
    "done": list(LESSONS),
    "predicted": {name: None for name, lesson in LESSONS.items() if lesson.predict},
}


@pytest.fixture(scope="module")
def served():
    packages = {
        "fear": scorm_package(FEAR, name="fear", lang="en"),
        "unasked": scorm_package(FEAR, name="fear", lang="en", hide=["challenge"]),
        "story": scorm_package(FEAR, name="fear", lang="en", hide=["challenge", "predict"]),
        "course": scorm_package(lang="en"),
    }
    with serve_packages(packages) as address:
        yield address


@pytest.fixture
def visitor(browser):
    """A browser of a school; a script error on any page of it fails the test."""
    context, wrong = browser.new_context(locale="en-US"), []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    page = context.new_page()
    yield page
    context.close()
    assert not wrong, wrong


@pytest.fixture
def system(visitor, served):
    """A learning system; where a package breaks the standard, the test fails."""
    system = LearningSystem(visitor, served)
    yield system
    assert not system.faults()


def answer(frame, choice=None):
    """Choose an answer; None: the right one."""
    choice = FEAR.predict.answer(FEAR.start) if choice is None else choice
    frame.get_by_test_id("step-predict").click()
    frame.get_by_test_id(f"predict-choice-{choice}").click()


def solve(frame):
    frame.get_by_test_id("step-challenge").click()
    for row, numbers in enumerate(FEAR.challenge.solution["x"]):
        for column, number in enumerate(numbers):
            if FEAR.start.x[row][column] != number:
                type_number(frame, f"x-{row}-{column}", str(number))
    expect_done(frame)


@pytest.mark.every_engine
def test_who_answers_and_does_the_challenge_finds_it_all_again(system):
    frame = system.launch("fear")
    expect(frame.get_by_test_id("handout-note")).to_have_text(EN["lms_note"])
    system.wait_for(lesson_status="incomplete", score__raw="0")
    answer(frame)
    system.wait_for(score__raw="50", lesson_status="incomplete")
    solve(frame)
    system.wait_for(score__raw="100", lesson_status="completed")
    scene = assert_agrees(frame).scene()
    system.leave()
    assert system.called("LMSInitialize") == [["", "true"]]
    assert system.called("LMSFinish") == [["", "true"]]
    kept = system.kept()
    assert (kept["score.min"], kept["score.max"], kept["entry"]) == ("0", "100", "")
    assert kept["total_time"] != "0000:00:00.00" and kept["lesson_location"] == "fear"

    frame = system.launch("fear")
    assert read(frame).scene() == scene
    frame.get_by_test_id("step-predict").click()
    expect(frame.get_by_test_id("predict")).to_have_attribute("data-state", "right")
    system.leave()
    kept = system.kept()
    assert (kept["lesson_status"], kept["score.raw"]) == ("completed", "100")


@pytest.mark.every_engine
def test_who_leaves_at_once_loses_nothing(system):
    frame = system.launch("fear")
    frame.get_by_test_id("lang-ru").click()
    type_number(frame, "x-1-0", "77")
    answer(frame, 0 if FEAR.predict.answer(FEAR.start) else 1)
    type_number(frame, "x-1-1", "33")
    system.leave()
    kept = system.kept()
    assert (kept["entry"], kept["lesson_status"]) == ("resume", "incomplete")
    assert kept["score.raw"] == "0"

    system.page.reload()
    frame = system.launch("fear")
    assert read(frame).scene().x[1][1] == 33
    expect(frame.locator("html")).to_have_attribute("lang", "ru")
    assert json.loads(system.kept()["suspend_data"])["predicted"]


def test_leaving_the_system_itself_ends_the_session_once(system):
    frame = system.launch("fear")
    answer(frame)
    system.page.goto(f"{system.address}/nothing")
    system.page.goto(f"{system.address}/")
    kept = system.kept()
    assert (kept["entry"], kept["score.raw"]) == ("resume", "50")


def test_an_end_that_is_told_twice_ends_the_session_once(system):
    frame = system.launch("fear")
    frame.evaluate("for (const _ of [1, 2]) dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert len(system.called("LMSFinish")) == 1
    system.leave()
    assert len(system.called("LMSFinish")) == 1


@pytest.mark.every_engine
def test_two_learners_at_one_computer_do_not_mix_and_the_browser_keeps_nothing(system):
    before = json.dumps({"done": ["fear"], "predicted": {"fear": None}})
    system.page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, before])
    frame = system.launch("fear", "ann")
    answer(frame)
    type_number(frame, "x-1-0", "77")
    system.leave()
    frame = system.launch("fear", "bob")
    frame.get_by_test_id("step-predict").click()
    expect(frame.get_by_test_id("predict")).to_have_attribute("data-state", "open")
    assert read(frame).scene().x == FEAR.start.x
    system.wait_for("bob", score__raw="0")
    system.leave()
    frame = system.launch("fear", "ann")
    assert read(frame).scene().x[1][0] == 77
    assert system.kept("ann")["score.raw"] == "50"
    assert system.page.evaluate("(key) => localStorage.getItem(key)", KEY) == before


def test_a_learner_who_loads_the_frame_anew_goes_on(system):
    frame = system.launch("fear")
    type_number(frame, "x-1-0", "77")
    answer(frame)
    type_number(frame, "x-1-1", "33")
    frame.evaluate("location.reload()")
    frame.wait_for_load_state()
    frame = system.sco()
    assert read(frame).scene().x[1][1] == 33
    frame.get_by_test_id("step-predict").click()
    expect(frame.get_by_test_id("predict")).to_have_attribute("data-state", "right")


BIG = "&".join(
    [
        "kind=gate&rows=" + ",".join(f"строка номер {row}" for row in range(16)),
        "x=" + ";".join(str(row / 7) for row in range(16)),
        "w="
        + ";".join(",".join(str(row * column / 7) for column in range(16)) for row in range(16)),
    ]
)


def test_the_course_is_complete_with_its_last_challenge_and_its_memory_is_never_too_long(system):
    all_but_fear = {
        "done": [name for name in LESSONS if name != "fear"],
        "predicted": EVERYTHING["predicted"],
    }
    system.page.evaluate(
        "(data) => lms.keep('ann', {'cmi.suspend_data': data})", json.dumps(all_but_fear)
    )
    frame = system.launch("course")
    expect(frame.locator(".forget-line")).to_be_hidden()
    system.wait_for(lesson_status="incomplete")
    go(frame, "#lesson=fear&lang=ru")
    solve(frame)
    system.wait_for(lesson_status="completed")
    questions = sum(lesson.predict is not None for lesson in LESSONS.values())
    points = 100 * len(LESSONS) / (len(LESSONS) + questions)
    system.wait_for(score__raw=str(round(points)))
    for name in LESSONS:
        go(frame, f"#lesson={name}")
    go(frame, f"#lesson=gate&{BIG}")
    assert read(frame).scene().rows[15] == "строка номер 15"
    system.wait_for(lesson_location="gate")
    system.leave()
    memory = json.loads(system.kept()["suspend_data"])
    assert "address" not in memory and set(memory["done"]) == set(LESSONS)
    assert memory["predicted"] == EVERYTHING["predicted"]

    frame = system.launch("course")
    expect(frame.get_by_test_id("lesson")).to_have_value("gate")
    assert notices(frame).count() == 0


@pytest.mark.parametrize(
    "data",
    [
        '{"done": 7, "predicted": "x", "address": 9}',
        *(pytest.param(data, marks=pytest.mark.slow) for data in ("", "null", "[1]", "}{", "ann")),
    ],
)
def test_memory_that_is_no_memory_is_none(system, data):
    stored = {"cmi.suspend_data": data, "cmi.core.lesson_location": "</script>&own=x"}
    system.page.evaluate("(data) => lms.keep('ann', data)", stored)
    frame = system.launch("course")
    assert_agrees(frame)
    system.wait_for(lesson_status="incomplete", score__raw="0")
    system.leave()


def test_without_its_challenge_a_lesson_is_complete_with_the_answer_and_without_both_once_open(
    system,
):
    frame = system.launch("unasked")
    system.wait_for(lesson_status="incomplete")
    frame.get_by_test_id("step-predict").click()
    frame.get_by_test_id("predict-skip").click()
    system.wait_for(lesson_status="completed", score__raw="0")
    system.leave()
    system.launch("story", "bob")
    system.wait_for("bob", lesson_status="completed")
    assert "score.raw" not in system.kept("bob")


@pytest.mark.every_engine
@pytest.mark.parametrize(
    "mode", ["throws", *(pytest.param(mode, marks=pytest.mark.slow) for mode in ("false", "odd"))]
)
def test_a_system_that_fails_is_told_of_once_and_gets_everything_when_it_works(system, mode):
    before = json.dumps({"done": ["fear"], "predicted": {}})
    system.page.evaluate("(data) => lms.keep('ann', {'cmi.suspend_data': data})", before)
    system.change(mode=mode)
    frame = system.launch("fear")
    assert_agrees(frame)
    expect(notices(frame)).to_have_text([re.compile(re.escape(EN["lms_failed"]))])
    answer(frame)
    frame.page.wait_for_timeout(1500)
    expect(notices(frame)).to_have_count(1)
    expect(frame.get_by_test_id("predict")).to_have_attribute("data-state", "right")
    notices(frame).get_by_role("button").click()
    type_number(frame, "x-1-0", "77")
    frame.page.wait_for_timeout(1500)
    expect(notices(frame)).to_have_count(0)
    assert system.kept()["suspend_data"] == before

    system.change(mode="works")
    type_number(frame, "x-1-0", "78")
    system.wait_for(score__raw="100", lesson_status="completed")
    memory = json.loads(system.kept()["suspend_data"])
    assert memory["done"] == ["fear"] and list(memory["predicted"]) == ["fear"]


@pytest.mark.parametrize(
    "broken",
    [
        "LMSCommit",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("LMSSetValue", "LMSGetValue")),
    ],
)
def test_one_call_that_fails_is_enough_to_say_so_and_the_words_go_when_it_works(system, broken):
    system.change(mode="false", broken=[broken])
    frame = system.launch("fear")
    expect(notices(frame)).to_have_count(1)
    system.change(mode="works")
    type_number(frame, "x-1-0", "77")
    expect(notices(frame)).to_have_count(0)
    system.wait_for(lesson_status="incomplete")


def test_nothing_is_saved_under_the_hand(system):
    frame = system.launch("fear")
    system.wait_for(lesson_status="incomplete")
    slider = frame.get_by_test_id("x-1-0")
    answer(frame)
    count = len(system.called("LMSCommit"))
    slider.focus()
    for _ in range(12):
        slider.press("ArrowRight")
        frame.page.wait_for_timeout(150)
    assert len(system.called("LMSCommit")) == count
    system.wait_for(score__raw="50")


@pytest.mark.every_engine
def test_the_system_is_found_around_frames_and_in_the_window_that_opened_the_page(system):
    page = system.page
    page.evaluate("lms.launch('ann', '/between')")
    between = page.frame_locator("iframe[name=sco]").frame_locator("iframe[name=sco]")
    page.frame_locator("iframe[name=sco]").locator("iframe").wait_for()
    page.frame(url="**/between").evaluate(
        "document.querySelector('iframe').src = '/fear/index.html'"
    )
    wait_until_ready(between)
    system.wait_for(lesson_status="incomplete")
    system.leave()

    page.evaluate("Object.assign(lms, { learner: 'bob', data: null })")
    with page.expect_popup() as opened:
        page.evaluate("void open('/fear/index.html')")
    popup = opened.value
    wait_until_ready(popup)
    answer(popup)
    system.wait_for("bob", score__raw="50")
    popup.close(run_before_unload=True)
    page.wait_for_function("lms.kept('bob')['cmi.core.entry'] === 'resume'")


@pytest.mark.every_engine
def test_without_a_system_it_is_a_handout_and_the_browser_keeps_the_progress(visitor, served):
    visitor.goto(f"{served}/fear/index.html")
    wait_until_ready(visitor)
    expect(visitor.get_by_test_id("handout-note")).to_have_text(EN["offline_note"])
    answer(visitor)
    kept = visitor.evaluate("(key) => localStorage.getItem(key)", KEY)
    assert list(json.loads(kept)["predicted"]) == ["fear"]
    visitor.reload()
    wait_until_ready(visitor)
    visitor.get_by_test_id("step-predict").click()
    expect(visitor.get_by_test_id("predict")).to_have_attribute("data-state", "right")
    assert notices(visitor).count() == 0


def test_a_system_of_another_origin_is_none(system, served):
    system.page.goto(f"{served.replace('127.0.0.1', 'localhost')}/")
    frame = system.launch("fear")
    expect(frame.get_by_test_id("handout-note")).to_have_text(EN["offline_note"])
    answer(frame)
    assert not system.called("LMSInitialize") and notices(frame).count() == 0


def test_windows_without_end_are_searched_to_an_end(blank_page):
    body = """
        const deep = (depth) => ({ opener: null, parent: depth ? deep(depth - 1) : undefined });
        const evil = { get API() { throw new Error("no"); }, opener: null };
        evil.parent = evil;
        const element = { API: document.createElement("p"), opener: null, parent: null };
        let fresh = () => ({ opener: null, get parent() { return fresh(); } });
        return [deep(3), evil, element, fresh()].map(findApi);"""
    found = blank_page.evaluate(
        "(body) => new Function(body)()", script("scorm/find-api.js") + body
    )
    assert found == [None] * 4


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [
        (0, "0000:00:00.00"),
        (59_999.9, "0000:00:59.99"),
        (60_000, "0000:01:00.00"),
        (3_599_996, "0000:59:59.99"),
        (37 * 3_600_000 + 61_010, "0037:01:01.01"),
        (1e15, "9999:59:59.99"),
    ],
)
def test_a_time_is_written_as_the_standard_has_it(blank_page, milliseconds, written):
    call = script("scorm/timespan.js") + "; return timespan(time);"
    assert written == blank_page.evaluate(
        "([body, time]) => new Function('time', body)(time)", [call, milliseconds]
    )


def test_what_is_too_long_is_left_out_whole_the_table_first_then_the_oldest(blank_page):
    def kept(memory):
        call = script("scorm/suspend-data.js") + "; return writeMemory(memory);"
        text = blank_page.evaluate(
            "([body, memory]) => new Function('memory', body)(memory)", [call, memory]
        )
        assert len(text) <= 4096 and re.fullmatch("[ -~]*", text)
        return json.loads(text)

    memory = EVERYTHING | {"opened": list(LESSONS), "address": "x=1&rows=ё"}
    assert kept(memory) == memory
    assert kept(memory | {"address": "x" * 4000}) == {
        key: memory[key] for key in memory if key != "address"
    }
    names = [f"lesson {number} ё" for number in range(300)]
    many = {"done": names, "predicted": dict.fromkeys(names, 1), "opened": names, "address": ""}
    told = kept(many)
    assert told["opened"] == [] and told["predicted"] == {}
    assert told["done"] == names[-len(told["done"]) :] and len(told["done"]) > 100


def test_the_card_saves_the_lesson_and_the_course(desk):
    def saved(button):
        with expect_download(desk) as waiting:
            desk.get_by_test_id(button).click()
        name = waiting.value.suggested_filename
        expect(desk.get_by_test_id("scorm-said")).to_have_text(
            EN["handout_saved"].format(file=name)
        )
        return name, waiting.value.path().read_bytes()

    go(desk, "#tab=teach&lesson=fear")
    expect(desk.get_by_test_id("scorm-card")).to_contain_text(FEAR.title["en"])
    assert saved("scorm-lesson") == (
        "attention-fear-scorm.zip",
        scorm_package(FEAR, FEAR.start, name="fear", lang="en"),
    )
    assert saved("scorm-course") == ("attention-scorm.zip", scorm_package(lang="en"))
