"""A class predicts together: a teacher, students with phones, and answers nobody sees early."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playing import (
    DESK,
    PHONE,
    drag,
    fragment,
    go,
    keep_progress,
    notices,
    requests_of,
    wait_until_ready,
)
from playwright.sync_api import expect
from test_axe import broken

from attention.classroom.codes import CYRILLIC, LATIN, LETTERS, tidy_code
from attention.lessons import load_lessons
from attention.lessons.writing import source_of
from attention.texts import texts

SAID = texts()["en"]
LOVE = load_lessons()[0]["love"]
CHOICES = [choice.text["en"] for choice in LOVE.predict.choices]
RIGHT = 2  # tests/unit/test_lessons.py
OWN = source_of("love").replace("Love: 90 / 9 / 1", "A lesson of our own")
NETWORK_MS = 15_000  # a page that was cut off tries again every four seconds


def button(page, key):
    """By what is written on it."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(SAID[key])}"))


class Everybody:
    """A teacher's page and those of students, each a browser of its own."""

    def __init__(self, browser, address):
        self.browser, self.address, self.errors = browser, address, []
        self.contexts = []
        self.teacher = self.arrive(viewport=DESK)
        self.students = [self.arrive(viewport=PHONE, has_touch=True) for _ in range(2)]

    def arrive(self, **options):
        context = self.browser.new_context(locale="en-US", **options)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{self.address}/#lang=en")
        wait_until_ready(page)
        return page

    def open(self, lesson="love"):
        """The teacher opens a class -> its code."""
        self.teacher.bring_to_front()
        go(self.teacher, fragment(lang="en", lesson=lesson, tab="teach"))
        button(self.teacher, "class_open").click()
        expect(self.teacher.get_by_test_id("class-lobby")).to_be_visible()
        return self.teacher.get_by_test_id("class-code").inner_text()

    def begin(self, lesson="love"):
        """The same, and all students join; the question is asked -> its code."""
        code = self.open(lesson)
        for student in self.students:
            go(student, f"#lang=en&class={code}")
        button(self.teacher, "class_begin").click()
        expect(self.teacher.get_by_test_id("class-joined")).to_have_text(str(len(self.students)))
        for student in self.students:
            expect(said(student)).to_contain_text(SAID["class_choose"])
        return code

    def leave(self):
        for page in (self.teacher, *self.students):
            page.context.set_offline(False)
            go(page, "#lang=en")
            keep_progress(page, None)
        assert not self.errors, self.errors


@pytest.fixture(scope="module")
def opened(browser, address):
    everybody = Everybody(browser, address)
    yield everybody
    for context in everybody.contexts:
        context.close()


@pytest.fixture
def everybody(opened):
    opened.errors.clear()
    yield opened
    opened.leave()


def said(student):
    """What a student's page says under the question."""
    return student.get_by_test_id("class-standing")


def choose(student, choice):
    """A choice by its words; the page says that the answer has arrived."""
    student.bring_to_front()
    student.get_by_role("button", name=CHOICES[choice]).click()
    expect(said(student)).to_contain_text(SAID["class_arrived"])


def answers(page):
    return page.get_by_test_id("class-answers")


def expect_answers(page, counts, before=None):
    """How many have given each of the choices, in numbers on the page."""
    expect(answers(page)).to_have_attribute("data-shown", "true")
    for choice, count in enumerate(counts):
        item = answers(page).get_by_role("listitem").filter(has_text=CHOICES[choice])
        expect(item).to_have_attribute("data-count", str(count))
        share = f"{round(100 * count / sum(counts))}\N{NO-BREAK SPACE}% · {count}"
        expect(item).to_contain_text(share)
        if before:
            expect(item).to_have_attribute("data-before", str(before[choice]))


@contextmanager
def replies_to(*pages):
    """What the server says to them of the class meanwhile."""
    heard = []

    def hear(response):
        if "/class/" in response.url:
            heard.append((response, response.json()))

    for page in pages:
        page.on("response", hear)
    try:
        yield heard
    finally:
        for page in pages:
            page.remove_listener("response", hear)


@pytest.mark.every_engine
def test_a_class_predicts_talks_predicts_again_and_is_told(everybody):
    teacher, (anna, boris) = everybody.teacher, everybody.students
    everybody.begin()
    choose(anna, 0)
    choose(boris, 1)
    choose(boris, 0)  # one may change one's mind
    teacher.bring_to_front()
    expect(teacher.get_by_test_id("class-answered")).to_have_text("2")
    for page in (teacher, anna, boris):
        expect(answers(page)).to_be_hidden()
    button(teacher, "class_show").click()
    for page in (teacher, anna, boris):
        page.bring_to_front()
        expect_answers(page, [2, 0, 0])
    expect(anna.get_by_role("button", name=CHOICES[1])).to_be_hidden()
    expect(answers(anna)).to_contain_text(SAID["predict_is_mine"])
    expect(answers(anna)).not_to_contain_text(SAID["class_right"])
    teacher.bring_to_front()
    button(teacher, "class_again").click()
    for student, choice in ((anna, RIGHT), (boris, 0)):
        student.bring_to_front()
        expect(said(student)).to_contain_text(SAID["class_second"])
        choose(student, choice)
    teacher.bring_to_front()
    expect(teacher.get_by_test_id("class-answered")).to_have_text("2")
    button(teacher, "class_show").click()
    expect_answers(teacher, [1, 0, 1], before=[2, 0, 0])
    expect(teacher.get_by_test_id("class-outcome")).to_be_hidden()
    button(teacher, "class_tell").click()
    outcome = "Right: before 0\N{NO-BREAK SPACE}% → after 50\N{NO-BREAK SPACE}% (+50 points)"
    for page in (teacher, anna, boris):
        page.bring_to_front()
        expect_answers(page, [1, 0, 1], before=[2, 0, 0])
        expect(page.get_by_test_id("class-outcome")).to_have_text(outcome)
        right = answers(page).get_by_role("listitem").filter(has_text=SAID["class_right"])
        expect(right).to_have_count(1)
        expect(right).to_contain_text(CHOICES[RIGHT])
    # And the table tells why.
    expect(teacher.get_by_test_id("b-1-number")).to_have_value("3.1972")
    expect(button(teacher, "class_again")).to_be_hidden()


def test_the_code_has_no_look_alikes_and_neither_link_nor_picture_a_secret(everybody):
    teacher = everybody.teacher
    with replies_to(teacher) as heard:
        code = everybody.open()
    (secret,) = {reply["secret"] for _, reply in heard if "secret" in reply}
    assert re.fullmatch("[A-Z]{6}", code) and not set(code) & set("AEIOUQSVGBZ")
    link = teacher.get_by_role("textbox", name=SAID["link"]).input_value()
    picture = teacher.get_by_test_id("class-qr").screenshot()
    (scanned,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    assert scanned.text == link
    assert link.endswith(f"class={code}")
    assert secret not in link + teacher.url
    assert teacher.url.startswith(everybody.address)


def test_one_joins_by_typing_the_code_as_one_happens_to_type(everybody):
    code = everybody.open()
    cyrillic = code.translate(str.maketrans(LATIN, CYRILLIC))
    typed = [code.lower(), f"{cyrillic[:3].lower()} {cyrillic[3:]}"]
    for student, text in zip(everybody.students, typed, strict=True):
        student.bring_to_front()
        button(student, "class_join").click()
        field = student.get_by_role("textbox", name=SAID["class_join_title"])
        field.fill("AEIOUQ")
        field.press("Enter")
        rule = SAID["class_code"].format(length=6, letters=LETTERS, came="AEIOUQ")
        expect(student.get_by_text(rule)).to_be_visible()
        field.fill(text)
        field.press("Enter")
        expect(student.get_by_text(SAID["class_name"].format(code=code))).to_be_visible()
        assert tidy_code(text) == code
    everybody.teacher.bring_to_front()
    expect(everybody.teacher.get_by_test_id("class-joined")).to_have_text("2")


def test_no_page_is_sent_an_answer_of_others_before_all_see_them(everybody):
    teacher, (anna, boris) = everybody.teacher, everybody.students
    everybody.begin()
    with replies_to(teacher, anna, boris) as heard:
        choose(anna, 1)
        choose(boris, 0)
        teacher.bring_to_front()
        expect(teacher.get_by_test_id("class-answered")).to_have_text("2")
        for page in (teacher, anna, boris):  # each asks how things stand
            page.bring_to_front()
            page.wait_for_event("response", lambda response: "class/look" in response.url)
        early = [reply["room"] for _, reply in heard if "room" in reply]
        assert len(early) >= 2
        assert all(not room.get("rounds") for room in early)
        own = [(room.get("mine") or [None])[0] for room in early]
        assert {0, 1} & {*own} or any("mine" in reply for _, reply in heard)
        everything = json.dumps([reply for _, reply in heard])
        assert '"counts"' not in everything
        button(teacher, "class_show").click()
        expect_answers(teacher, [1, 1, 0])
    assert '"counts"' in json.dumps([reply for _, reply in heard])


def test_a_drawn_share_is_a_dot_a_student_and_a_line_where_the_truth_is(everybody):
    teacher, (anna, boris) = everybody.teacher, everybody.students
    everybody.begin("temperature")
    for student, share in ((anna, "10"), (boris, "28")):
        student.bring_to_front()
        student.get_by_test_id("predict-guess").fill(share)
        student.get_by_test_id("predict-check").click()
        expect(said(student)).to_contain_text(SAID["class_arrived"])
    teacher.bring_to_front()
    expect(teacher.get_by_test_id("class-answered")).to_have_text("2")
    button(teacher, "class_show").click()
    expect(answers(teacher).locator("circle")).to_have_count(2)
    expect(answers(teacher)).not_to_contain_text("✓")
    button(teacher, "class_tell").click()
    expect(answers(teacher)).to_contain_text(re.compile(r"✓ right: 28\.\d\s%"))
    expect(answers(teacher).locator("circle.right")).to_have_count(1)
    outcome = "Right, within 5 points: 50\N{NO-BREAK SPACE}%"
    expect(teacher.get_by_test_id("class-outcome")).to_have_text(outcome)


@pytest.mark.slow
def test_students_follow_the_teacher_who_leads_and_are_free_otherwise(everybody):
    teacher, (anna, _) = everybody.teacher, everybody.students
    everybody.begin()
    go(teacher, fragment(lang="en", lesson="mask", **{"class": code_of(teacher)}))
    anna.bring_to_front()
    expect(anna).to_have_url(re.compile("lesson=mask"))
    teacher.bring_to_front()
    teacher.get_by_role("checkbox", name=SAID["class_lead"]).uncheck()
    teacher.wait_for_timeout(300)
    go(teacher, fragment(lang="en", lesson="love", **{"class": code_of(teacher)}))
    anna.bring_to_front()
    title = LOVE.title["en"]
    expect(anna.get_by_text(SAID["class_is_at"].format(title=title))).to_be_visible()
    expect(anna).to_have_url(re.compile("lesson=mask"))
    button(anna, "class_go").click()
    expect(said(anna)).to_contain_text(SAID["class_choose"])


def test_a_puzzle_of_the_teachers_leaves_the_class_where_it_is(everybody):
    teacher, (anna, _) = everybody.teacher, everybody.students
    code = everybody.begin()
    teacher.bring_to_front()
    here = {"lang": "en", "class": code}
    with replies_to(teacher) as heard:
        go(teacher, fragment(puzzle="silence", **here))
        expect(teacher.get_by_test_id("puzzle-task")).to_be_visible()
        expect(teacher.get_by_text(SAID["class_puzzle_apart"])).to_be_visible()
        teacher.wait_for_timeout(2_500)  # it has asked how things stand meanwhile
        teacher.reload()
        wait_until_ready(teacher)
        expect(teacher.get_by_test_id("class-joined")).to_have_text("2")
        teacher.wait_for_timeout(1_500)
        expect(teacher.get_by_test_id("puzzle-task")).to_be_visible()
    assert len(heard) >= 3 and {response.status for response, _ in heard} == {200}
    expect(notices(teacher)).to_have_count(0)
    choose(anna, 1)  # still asked
    teacher.bring_to_front()
    expect(teacher.get_by_test_id("class-answered")).to_have_text("1")
    go(teacher, fragment(lesson="mask", **here))
    expect(teacher.get_by_text(SAID["class_puzzle_apart"])).to_be_hidden()
    anna.bring_to_front()
    expect(anna).to_have_url(re.compile("lesson=mask"))


def test_a_class_that_is_opened_in_a_puzzle_waits_for_the_first_lesson(everybody):
    teacher, (anna, _) = everybody.teacher, everybody.students
    teacher.bring_to_front()
    go(teacher, fragment(lang="en", puzzle="silence"))
    expect(teacher.get_by_test_id("puzzle-task")).to_be_visible()
    teacher.get_by_role("tab", name=SAID["tab_teach"]).click()
    button(teacher, "class_open").click()
    expect(teacher.get_by_test_id("class-lobby")).to_be_visible()
    code = code_of(teacher)
    go(anna, f"#lang=en&class={code}")
    anna.bring_to_front()
    expect(anna.get_by_text(SAID["class_waiting"])).to_be_visible()
    teacher.bring_to_front()
    expect(teacher.get_by_test_id("class-joined")).to_have_text("1")
    go(teacher, fragment(lang="en", lesson="love", **{"class": code}))
    anna.bring_to_front()
    expect(said(anna)).to_contain_text(SAID["class_choose"])


def code_of(page):
    return page.get_by_test_id("class-code").inner_text()


def test_a_lesson_of_the_teachers_own_is_asked_as_any_other(everybody):
    teacher, (anna, _) = everybody.teacher, everybody.students
    teacher.bring_to_front()
    go(teacher, fragment(lang="en", tab="teach"))
    file = {"name": "ours.toml", "mimeType": "text/plain", "buffer": OWN.encode()}
    teacher.get_by_test_id("own-file").set_input_files(file)
    expect(teacher.get_by_test_id("lesson-title")).to_have_text("A lesson of our own")
    teacher.get_by_role("tab", name=SAID["tab_teach"]).click()
    button(teacher, "class_open").click()
    expect(teacher.get_by_test_id("class-lobby")).to_be_visible()
    go(anna, f"#lang=en&class={code_of(teacher)}")
    button(teacher, "class_begin").click()
    anna.bring_to_front()
    expect(anna.get_by_test_id("lesson-title")).to_have_text("A lesson of our own")
    choose(anna, 1)
    teacher.bring_to_front()
    expect(teacher.get_by_test_id("class-answered")).to_have_text("1")
    button(teacher, "class_show").click()
    expect_answers(teacher, [0, 1, 0])


@pytest.mark.chromium("the driver cuts no other browser off")
@pytest.mark.parametrize("seconds", [0, pytest.param(30, marks=pytest.mark.slow)])
def test_who_is_cut_off_goes_on_and_what_was_done_arrives(everybody, seconds):
    teacher, (anna, boris) = everybody.teacher, everybody.students
    everybody.begin()
    choose(boris, 0)
    anna.context.set_offline(True)
    anna.bring_to_front()
    anna.get_by_role("button", name=CHOICES[1]).click()
    expect(said(anna)).to_have_text(SAID["class_answer_waits"])
    drag(anna, "x-0-0", 0.3)
    anna.get_by_role("button", name=CHOICES[RIGHT]).click()
    anna.wait_for_timeout(1000 * seconds)
    anna.context.set_offline(False)
    expect(said(anna)).to_contain_text(SAID["class_arrived"], timeout=NETWORK_MS)
    teacher.bring_to_front()
    expect(teacher.get_by_test_id("class-answered")).to_have_text("2")
    teacher.context.set_offline(True)
    button(teacher, "class_show").click()
    expect(teacher.get_by_text(SAID["class_lost"])).to_be_visible()
    expect(answers(teacher)).to_be_hidden()
    teacher.wait_for_timeout(1000 * seconds)
    teacher.context.set_offline(False)
    expect(teacher.get_by_text(SAID["class_lost"])).to_be_hidden(timeout=NETWORK_MS)
    expect_answers(teacher, [1, 0, 1])


@pytest.mark.slow
def test_pages_that_are_loaded_again_are_where_they_were(everybody):
    teacher, (anna, boris) = everybody.teacher, everybody.students
    everybody.begin()
    choose(anna, 1)
    for page in (anna, teacher):
        page.reload()
        wait_until_ready(page)
    anna.bring_to_front()
    expect(said(anna)).to_contain_text(SAID["class_arrived"])
    expect(anna.get_by_role("button", name=CHOICES[1])).to_have_attribute("aria-pressed", "true")
    choose(anna, 0)
    choose(boris, 1)
    teacher.bring_to_front()
    expect(teacher.get_by_test_id("class-joined")).to_have_text("2")
    expect(teacher.get_by_test_id("class-answered")).to_have_text("2")
    button(teacher, "class_show").click()
    expect_answers(teacher, [1, 1, 0])


def test_nobody_outside_a_class_asks_the_server_for_anything(everybody):
    anna = everybody.students[0]
    go(anna, fragment(lang="en", lesson="love"))
    with requests_of(anna) as asked:
        drag(anna, "x-0-0", 0.3)
        anna.wait_for_timeout(2_600)
    assert asked == []


def test_who_has_left_asks_no_more_and_is_as_ever(everybody):
    anna = everybody.students[0]
    everybody.begin()
    anna.bring_to_front()
    button(anna, "class_leave").click()
    expect(anna.get_by_role("region", name=SAID["class_region"])).to_be_hidden()
    expect(anna).not_to_have_url(re.compile("class="))
    anna.wait_for_timeout(500)
    with requests_of(anna) as asked:
        anna.wait_for_timeout(2_600)
        anna.get_by_role("button", name=CHOICES[RIGHT]).click()
        expect(anna.get_by_test_id("predict")).to_have_attribute("data-state", "right")
    assert asked == []


def test_a_drag_in_a_class_asks_for_nothing(everybody):
    teacher, (anna, _) = everybody.teacher, everybody.students
    everybody.begin()
    for page in (teacher, anna):
        page.bring_to_front()
        page.evaluate(_COUNT_REQUESTS_IN_INPUT)
        drag(page, "x-0-0", 0.3)
        assert page.evaluate("duringInput") == 0
        page.evaluate("fetch = askBefore")


# What is asked within the handling of a slider's input.
_COUNT_REQUESTS_IN_INPUT = """() => {
    window.askBefore = fetch;
    window.duringInput = 0;
    let isInput = false;
    addEventListener("input", () => { isInput = true; }, true);
    addEventListener("input", () => { isInput = false; });
    window.fetch = (...all) => { duringInput += isInput; return askBefore(...all); };
}"""


def test_a_class_that_has_ended_is_gone_for_all(everybody):
    teacher, (anna, _) = everybody.teacher, everybody.students
    code = everybody.begin()
    choose(anna, RIGHT)
    teacher.bring_to_front()
    button(teacher, "class_end").click()
    with teacher.expect_download() as table:
        button(teacher, "class_save_table").click()
    table = table.value.path().read_text("utf-8-sig")
    assert CHOICES[RIGHT] in table
    with teacher.expect_download() as picture:
        button(teacher, "class_save_picture").click()
    assert Image.open(picture.value.path()).width > 1_000
    button(teacher, "class_end_now").click()
    expect(teacher.get_by_role("region", name=SAID["class_region"])).to_be_hidden()
    anna.bring_to_front()
    expect(anna.get_by_text(SAID["class_unknown"].format(code=code))).to_be_visible()
    expect(anna).not_to_have_url(re.compile("class="))


def test_a_link_can_hide_all_of_it(everybody):
    code = everybody.open()
    anna = everybody.students[0]
    parts = [
        button(anna, "class_join"),
        anna.get_by_role("tab", name=SAID["tab_teach"]),
        anna.get_by_role("region", name=SAID["class_region"]),
    ]
    for address, in_sight in ((f"#class={code}", parts[2:]), ("#lang=en", parts[:2])):
        go(anna, address)
        for part in in_sight:
            expect(part).to_be_visible()
        go(anna, f"{address}&hide=class")
        for part in parts:
            expect(part).to_be_hidden()


@pytest.mark.slow
def test_a_keyboard_is_enough(everybody):
    teacher, (anna, _) = everybody.teacher, everybody.students
    code = everybody.open()
    anna.bring_to_front()
    button(anna, "class_join").press("Enter")
    anna.keyboard.type(code)
    anna.keyboard.press("Enter")
    teacher.bring_to_front()
    button(teacher, "class_begin").press("Enter")
    anna.bring_to_front()
    expect(said(anna)).to_contain_text(SAID["class_choose"])
    choice = anna.get_by_role("button", name=CHOICES[RIGHT])
    reach(anna, choice)
    anna.keyboard.press("Enter")
    expect(said(anna)).to_contain_text(SAID["class_arrived"])
    expect(choice).to_be_focused()
    teacher.bring_to_front()
    for key in ("class_show", "class_tell"):
        reach(teacher, button(teacher, key))
        teacher.keyboard.press("Enter")
    expect_answers(teacher, [0, 0, 1])


def reach(page, wanted):
    """By Tab alone."""
    for _ in range(400):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("no number of Tabs leads there")


@pytest.mark.slow
@pytest.mark.parametrize("lesson", ["love", "temperature"])
def test_no_page_of_a_class_breaks_a_rule_of_axe(everybody, lesson):
    teacher, (anna, _) = everybody.teacher, everybody.students
    everybody.open(lesson)
    assert broken(teacher) == []
    everybody.begin(lesson)
    for key in ("class_show", "class_tell"):
        for page in (teacher, anna):
            page.bring_to_front()
            assert broken(page) == []
            assert broken(page, contrast=True) == []
        teacher.bring_to_front()
        button(teacher, key).click()
    for page in (teacher, anna):
        page.bring_to_front()
        expect(answers(page)).to_be_visible()
        assert broken(page) == []
        assert broken(page, contrast=True) == []
