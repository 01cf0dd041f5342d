"""A class that predicts together: its rules, and who may know and do what."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attention.classroom.budgets import MOST_WRONG, WRONG_SECONDS, Budget, Guesses
from attention.classroom.classroom import ANSWERS, ROOMS, Classroom
from attention.classroom.codes import LENGTH, LETTERS, new_code, tidy_code
from attention.classroom.room import MOST_ASKS, Room
from attention.classroom.sqlite_store import SQLiteStore
from attention.fairness import Visitor, present
from attention.lessons import load_lessons
from attention.texts import UserError

OWN = Path(__file__).parents[2] / "assets/lessons/04-fear.toml"
ANNA, BEN = "a" * 22, "b" * 22
STRANGER = "s" * 22
LESSONS, _ = load_lessons()


@pytest.fixture
def classroom(tmp_path):
    return Classroom(SQLiteStore(tmp_path / "classes.sqlite"))


class Taught:
    """A class with its teacher and students, one line a deed."""

    def __init__(self, classroom, lesson="fear", **more):
        self.classroom = classroom
        opened = classroom.open({"lesson": lesson, **more})
        self.code, self.secret, self.room = opened["code"], opened["secret"], opened["room"]
        self.said = {}

    def steer(self, act, **more):
        asked = {"code": self.code, "secret": self.secret, "act": act, **more}
        self.room = self.classroom.steer(asked)["room"]
        return self.room

    def join(self, *students):
        for student in students:
            self.classroom.join({"code": self.code, "student": student})

    def answer(self, student, answer, ask=1):
        number = self.said[student] = self.said.get(student, 0) + 1
        asked = {"code": self.code, "student": student, "ask": ask}
        return self.classroom.answer({**asked, "answer": answer, "number": number})["mine"]

    def sees(self, student=None, **more):
        who = {"student": student} if student else {}
        return self.classroom.look({"code": self.code, **who, **more})["room"]

    def teacher_sees(self):
        return self.classroom.look({"code": self.code, "secret": self.secret})["room"]


def test_a_question_goes_from_answers_over_a_second_round_to_the_truth(classroom):
    taught = Taught(classroom)
    taught.join(ANNA, BEN)
    taught.answer(ANNA, 3)
    taught.answer(BEN, 0)
    shown = taught.steer("show", ask=1)
    assert shown["rounds"] == [{"answered": 2, "counts": {0: 1, 3: 1}}]
    again = taught.steer("again", ask=1)
    assert again["ask"] == {"number": 2, "round": 2, "state": "open"} and again["rounds"] == []
    taught.answer(ANNA, 2, ask=2)
    taught.answer(BEN, 2, ask=2)
    told = taught.steer("tell", ask=2)
    assert told["ask"]["state"] == "told"
    assert [one["counts"] for one in told["rounds"]] == [{0: 1, 3: 1}, {2: 2}]
    assert taught.sees(ANNA)["mine"] == (2, 2)


def test_nobody_learns_an_answer_before_they_are_shown(classroom):
    taught = Taught(classroom)
    taught.join(ANNA, BEN)
    taught.answer(ANNA, 3)
    for seen in (taught.sees(), taught.sees(BEN), taught.sees(STRANGER), taught.teacher_sees()):
        assert seen["rounds"] == [] and "counts" not in str(seen)
    assert taught.teacher_sees()["answered"] == 1
    assert "answered" not in taught.sees(BEN) and taught.sees(BEN)["mine"] is None


def test_a_student_changes_an_answer_until_they_are_shown(classroom):
    taught = Taught(classroom)
    taught.join(ANNA)
    assert taught.answer(ANNA, 3) == (3, 1) and taught.answer(ANNA, 1) == (1, 2)
    taught.steer("show", ask=1)
    with pytest.raises(UserError) as refused:
        taught.answer(ANNA, 2)
    assert refused.value.key == "class_closed"
    assert taught.teacher_sees()["rounds"][0]["counts"] == {1: 1}


@pytest.mark.parametrize(
    "deed",
    [
        {"act": "show", "ask": 1},
        {"act": "tell", "ask": 1},
        {"act": "again", "ask": 1},
        {"act": "lead", "lead": False},
        {"act": "at", "lesson": "love"},
    ],
)
def test_a_stranger_can_do_nothing_of_the_teachers(classroom, deed):
    taught = Taught(classroom)
    taught.join(ANNA)
    before = taught.teacher_sees()
    for secret in (STRANGER, ANNA):
        with pytest.raises(UserError) as refused:
            classroom.steer({"code": taught.code, "secret": secret, **deed})
        assert refused.value.key == "class_teacher"
    for deed in (classroom.close, classroom.asked):
        with pytest.raises(UserError):
            deed({"code": taught.code, "secret": STRANGER})
    with pytest.raises(UserError):
        classroom.look({"code": taught.code, "secret": STRANGER})
    assert taught.teacher_sees() == before


def test_what_is_kept_does_not_hold_the_teachers_secret(classroom, tmp_path):
    taught = Taught(classroom)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert taught.code.encode() in kept and taught.secret.encode() not in kept


@pytest.mark.parametrize("act", ["show", "tell", "again"])
def test_what_a_teacher_does_twice_comes_to_the_same(classroom, act):
    taught = Taught(classroom)
    once = taught.steer(act, ask=1)
    assert taught.steer(act, ask=1) == once


def test_a_lesson_that_was_asked_stands_as_it_was_left(classroom):
    taught = Taught(classroom)
    taught.join(ANNA)
    taught.answer(ANNA, 3)
    taught.steer("tell", ask=1)
    assert taught.steer("at", lesson="love")["ask"]["number"] == 2
    back = taught.steer("at", lesson="fear")
    assert back["ask"] == {"number": 1, "round": 1, "state": "told"}
    assert back["rounds"][0]["counts"] == {3: 1}


def test_an_answer_to_another_question_than_the_present_one_is_refused(classroom):
    taught = Taught(classroom)
    taught.join(ANNA)
    taught.steer("at", lesson="love")
    for ask, key in ((1, "class_closed"), (3, "class_ask"), (2, None)):
        if key is None:
            taught.answer(ANNA, 0, ask)
            continue
        with pytest.raises(UserError) as refused:
            taught.answer(ANNA, 0, ask)
        assert refused.value.key == key


@pytest.mark.parametrize(("lesson", "largest"), [("fear", 3), ("temperature", 100)])
def test_an_answer_must_be_one_that_the_question_has(classroom, lesson, largest):
    taught = Taught(classroom, lesson)
    taught.join(ANNA)
    taught.answer(ANNA, largest)
    with pytest.raises((UserError, ValueError)):
        taught.answer(ANNA, largest + 1)


def test_who_has_not_joined_cannot_answer(classroom):
    taught = Taught(classroom)
    with pytest.raises(UserError) as refused:
        taught.answer(STRANGER, 0)
    assert refused.value.key == "class_closed"


def test_one_student_cannot_answer_all_the_time(classroom):
    taught = Taught(classroom)
    taught.join(ANNA)
    with pytest.raises(UserError) as refused:
        for _ in range(ANSWERS + 3):
            taught.answer(ANNA, 0)
    assert refused.value.key == "class_wait"


def test_one_address_cannot_open_all_the_rooms(classroom):
    with pytest.raises(UserError) as refused:
        for _ in range(ROOMS + 1):
            Taught(classroom)
    assert refused.value.key == "class_wait"
    present.set(Visitor("192.0.2.1", ""))
    Taught(classroom)
    present.set(Visitor())


def test_a_student_who_knows_how_it_stands_is_told_the_version_alone(classroom):
    taught = Taught(classroom)
    taught.join(ANNA)
    version = taught.sees(ANNA)["version"]
    assert taught.sees(ANNA, version=version) == {"version": version}
    taught.steer("show", ask=1)
    assert taught.sees(ANNA, version=version)["ask"]["state"] == "shown"


def test_a_teachers_own_lesson_travels_with_the_room(classroom):
    source = OWN.read_text("utf-8").replace("Ghosts", "My ghosts")
    taught = Taught(classroom, None, source=source)
    found = classroom.lesson({"code": taught.code})
    assert found["source"] == source and found["name"] == taught.room["lesson"]
    assert "My ghosts" in found["lesson"]["title"]["en"]
    taught.join(ANNA)
    taught.answer(ANNA, 2)
    asked, joined, _ = classroom.asked({"code": taught.code, "secret": taught.secret})
    assert joined == 1 and "My ghosts" in asked[0].title["en"] and asked[0].rounds == ({2: 1},)


def test_a_lesson_that_breaks_rules_opens_no_room(classroom):
    with pytest.raises(UserError):
        Taught(classroom, None, source="level = 9")
    taught = Taught(classroom)
    with pytest.raises(UserError):
        taught.steer("at", source="level = 9")
    with pytest.raises(UserError):
        taught.steer("at", lesson="no such lesson")
    with pytest.raises(UserError):
        taught.steer("at")


def test_when_a_class_has_ended_nobody_finds_it(classroom):
    taught = Taught(classroom)
    taught.join(ANNA)
    classroom.close({"code": taught.code, "secret": taught.secret})
    for deed in (lambda: taught.sees(ANNA), lambda: taught.answer(ANNA, 0), taught.teacher_sees):
        with pytest.raises(UserError) as refused:
            deed()
        assert refused.value.key == "class_unknown"


def test_codes_cannot_be_found_by_trying(classroom):
    taught = Taught(classroom)
    present.set(Visitor("192.0.2.9", ""))
    try:
        tries = random.Random(7)
        with pytest.raises(UserError) as refused:
            for _ in range(MOST_WRONG + 1):
                code = "".join(tries.choices(LETTERS, k=LENGTH))
                try:
                    classroom.look({"code": code})
                except UserError as error:
                    if error.key != "class_unknown":
                        raise
        assert refused.value.key == "class_wait"
        with pytest.raises(UserError) as refused:
            classroom.look({"code": taught.code})
        assert refused.value.key == "class_wait", "the right one is not told either"
    finally:
        present.set(Visitor())
    assert taught.sees()["version"] == 1, "others are not kept waiting"


def test_asking_for_a_room_that_has_ended_is_no_guess():
    now = 0.0
    guesses = Guesses(lambda: now)
    for _ in range(10 * MOST_WRONG):
        assert guesses.may_try("school", "ENDED")
        guesses.tried("school", "ENDED", found=False)
    assert guesses.may_try("school", "OTHER")
    guesses.tried("school", "RIGHT", found=True)
    for i in range(MOST_WRONG):
        guesses.tried("school", str(i), found=False)
    assert guesses.may_try("school", "RIGHT") and not guesses.may_try("school", "OTHER")
    now += WRONG_SECONDS + 1
    assert guesses.may_try("school", "OTHER")


@given(seconds=st.lists(st.floats(0, 10), max_size=50))
def test_a_budget_never_gives_more_than_its_burst_and_what_came_back(seconds):
    now, taken = 0.0, 0
    budget = Budget(3, 0.5, clock=lambda: now)
    for pause in seconds:
        now += pause
        taken += budget.take("one")
        assert taken <= 3 + 0.5 * now + 1e-6


def test_a_code_has_no_letters_that_look_alike():
    assert not set(LETTERS) & set("AEIOUQGSZB0123456789V")
    codes = {new_code() for _ in range(500)}
    assert len(codes) > 490 and all(tidy_code(code) == code for code in codes)


@pytest.mark.parametrize("typed", ["krthwx", " KRT HWX ", "krt-hwx", "КRТНWХ"])
def test_a_code_is_found_however_it_is_typed(typed):
    assert tidy_code(typed) == "KRTHWX"


@pytest.mark.parametrize("typed", ["", "KRTHW", "KRTHWXX", "KRTHWA", "<b>KRT", "KRTHW\u0000"])
def test_what_is_no_code_is_told_the_rule(typed):
    with pytest.raises(UserError, match="6 letters"):
        tidy_code(typed)


def test_a_class_is_not_asked_for_ever():
    room = Room(teacher="")
    with pytest.raises(UserError, match=str(MOST_ASKS)):
        for number in range(MOST_ASKS + 1):
            room = room.at(f"lesson {number}", 3)


def test_a_lesson_without_a_question_asks_nothing():
    room = Room(teacher="").at("fear", 3).at("no question", None)
    assert room.asking == 0 and room.ask is None and room.rounds == ()
    assert room.at("fear", 3).asking == 1
