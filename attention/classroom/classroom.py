"""A class that predicts together: what a teacher and students do, and what each of them may know.

The teacher is whoever knows the room's secret; a student is a random name of a tab, which tells
nothing but whose answer it is to change. What was answered nobody learns before it is shown.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from attention.classroom.budgets import Budget, Guesses
from attention.classroom.codes import is_same, new_code, new_secret, sealed
from attention.classroom.requests import (
    LARGEST_SHARE,
    Answering,
    Joining,
    Lessons,
    Looking,
    Opening,
    Steering,
    Teaching,
)
from attention.classroom.room import Room
from attention.classroom.store import Store
from attention.classroom.summary import Asked
from attention.fairness import present
from attention.lessons import Lesson, load_lessons, parse_lesson
from attention.texts import UserError

OWN = "own-"  # begins the name of a lesson that is the teacher's own
TRIES = 20  # to find a code that is free, or to change what another changes at the same moment
# At one address: a school opens rooms, joins and changes its mind.
ROOMS, ROOMS_PER_SECOND = 30, 30 / 3600
JOINS, JOINS_PER_SECOND = 1_000, 10.0
ANSWERS, ANSWERS_PER_SECOND = 10, 1.0  # of one student
SIGN_PER_SECOND = 1 / 60  # of life, which is written into the store


class Classroom:
    """All rooms of a store.

    Args:
        store: where they are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lessons, _ = load_lessons()
        self._guesses = Guesses()
        self._rooms = Budget(ROOMS, ROOMS_PER_SECOND)
        self._joins = Budget(JOINS, JOINS_PER_SECOND)
        self._answers = Budget(ANSWERS, ANSWERS_PER_SECOND)
        self._signs = Budget(1, SIGN_PER_SECOND)

    def open(self, request: Any) -> dict[str, Any]:
        """A new room: its `code`, the `secret` of its teacher, and what the teacher sees."""
        asked = Opening.model_validate(request)
        if not self._rooms.take(present.get().address):
            raise UserError("class_wait")
        name, lesson = self._opened(asked)
        secret = new_secret()
        room = Room(teacher=sealed(secret), lead=asked.lead)
        if lesson:
            room = room.at(name, largest_answer(lesson))
        for _ in range(TRIES):
            code = new_code()
            if self._store.open(code, room.model_dump_json(), room.asking):
                break
        else:
            raise UserError("class_wait")
        if asked.source:
            self._store.keep_file(code, name, asked.source)
        self._guesses.tried(present.get().address, code, found=True)
        return {"code": code, "secret": secret, "room": self._for_teacher(code, 1, room)}

    def join(self, request: Any) -> dict[str, Any]:
        """A student comes in, or back: what a student sees."""
        asked = Joining.model_validate(request)
        version, room = self._read(asked.code)
        if not self._joins.take(present.get().address):
            raise UserError("class_wait")
        if not self._store.join(asked.code, asked.student):
            raise UserError("class_unknown", code=asked.code)
        return {"room": self._for_student(asked.code, version, room, asked.student)}

    def look(self, request: Any) -> dict[str, Any]:
        """How it stands; for a student who knows that already, its `version` alone."""
        asked = Looking.model_validate(request)
        version, room = self._read(asked.code)
        if asked.secret is not None:
            self._check(asked.secret, room)
            return {"room": self._for_teacher(asked.code, version, room)}
        if version == asked.version:
            return {"room": {"version": version}}
        return {"room": self._for_student(asked.code, version, room, asked.student)}

    def answer(self, request: Any) -> dict[str, Any]:
        """A student's answer has arrived: what is kept of it."""
        asked = Answering.model_validate(request)
        _, room = self._read(asked.code)
        if not self._answers.take(f"{asked.code} {asked.student}"):
            raise UserError("class_wait")
        if not 1 <= asked.ask <= len(room.asks):
            raise UserError("class_ask", most=len(room.asks), came=asked.ask)
        largest = room.asks[asked.ask - 1].largest
        if asked.answer > largest:
            raise UserError("class_answer", most=largest, came=asked.answer)
        owner = (asked.code, asked.ask, asked.student)
        if not self._store.answer(*owner, asked.answer, asked.number):
            raise UserError("class_closed")
        return {"mine": self._store.answer_of(*owner)}

    def steer(self, request: Any) -> dict[str, Any]:
        """The teacher goes on: what the teacher sees then."""
        asked = Steering.model_validate(request)
        version, room = self._read(asked.code)
        self._check(asked.secret, room)
        name, lesson = "", None
        if asked.act == "at":
            name, lesson = self._opened(asked)
            if lesson is None:
                raise UserError("class_lesson")
            if asked.source and not self._store.keep_file(asked.code, name, asked.source):
                raise UserError("class_unknown", code=asked.code)
        for _ in range(TRIES):
            after = room.at(name, largest_answer(lesson)) if lesson else _done(room, asked)
            if after == room:
                break
            document = after.model_dump_json()
            if self._store.write(asked.code, version, document, after.asking):
                version, room = version + 1, after
                break
            version, room = self._read(asked.code)
        else:
            raise UserError("class_wait")
        return {"room": self._for_teacher(asked.code, version, room)}

    def lesson(self, request: Any) -> dict[str, Any]:
        """The teacher's own lesson that the class is at: its file, and as the page has lessons."""
        asked = Looking.model_validate(request)
        _, room = self._read(asked.code)
        source = self._store.file(asked.code, room.lesson or "")
        if source is None:
            raise UserError("class_lesson")
        return {"name": room.lesson, "source": source, "lesson": _parsed(source).for_page()}

    def asked(self, request: Any) -> tuple[list[Asked], int, str]:
        """For the teacher: all that was asked and answered, of how many, and in which language."""
        wanted = Teaching.model_validate(request)
        _, room = self._read(wanted.code)
        self._check(wanted.secret, room)
        names = dict.fromkeys(ask.lesson for ask in room.asks)
        records = [self._asked(wanted.code, room, name) for name in names]
        answered = [record for record in records if any(record.rounds)]
        return answered, self._store.joined(wanted.code), wanted.lang

    def close(self, request: Any) -> dict[str, Any]:
        """The teacher ends the class; nothing of it is left."""
        asked = Teaching.model_validate(request)
        _, room = self._read(asked.code)
        self._check(asked.secret, room)
        self._store.close(asked.code)
        return {}

    def _asked(self, code: str, room: Room, name: str) -> Asked:
        lesson = self._find(code, name)
        predict, start = lesson.predict, lesson.start
        if predict is None:
            raise UserError("class_lesson")
        right = 100 * predict.numbers(start)[0] if predict.draw else predict.answer(start)
        words = [one.text for one in predict.choices] or [
            {lang: names[row] for lang, names in lesson.rows.items()}
            for row in range(len(start.rows))
        ]
        return Asked(
            lesson=name,
            title=lesson.title,
            question=predict.text,
            choices=() if predict.draw else tuple(words),
            right=right,
            rounds=tuple(self._store.counts(code, ask) for ask in room.rounds_of(name)),
        )

    def _find(self, code: str, name: str) -> Lesson:
        if name in self._lessons:
            return self._lessons[name]
        return _parsed(self._store.file(code, name) or "")

    def _read(self, code: str) -> tuple[int, Room]:
        """The room of a code, where this address may try it.

        Raises:
            UserError: there is none, or too many were tried.
        """
        address = present.get().address
        if not self._guesses.may_try(address, code):
            raise UserError("class_wait")
        kept = self._store.read(code)
        self._guesses.tried(address, code, found=kept is not None)
        if kept is None:
            raise UserError("class_unknown", code=code)
        if self._signs.take(code):
            self._store.touch(code)
        return kept.version, Room.model_validate_json(kept.document)

    def _check(self, secret: str, room: Room) -> None:
        if not is_same(secret, room.teacher):
            raise UserError("class_teacher")

    def _opened(self, asked: Lessons) -> tuple[str, Lesson | None]:
        """The lesson that was named or sent, checked, and its name here."""
        if asked.source is not None:
            digest = hashlib.sha256(asked.source.encode("utf-8", "replace")).hexdigest()
            return OWN + digest[:16], _parsed(asked.source)
        if asked.lesson is None:
            return "", None
        if asked.lesson not in self._lessons:
            raise UserError("rule_choice", allowed=list(self._lessons), came=repr(asked.lesson))
        return asked.lesson, self._lessons[asked.lesson]

    def _for_student(
        self, code: str, version: int, room: Room, student: str | None
    ) -> dict[str, Any]:
        mine = None
        if student and room.present:
            mine = self._store.answer_of(code, room.present, student)
        return {"mine": mine, **self._for_all(code, version, room)}

    def _for_teacher(self, code: str, version: int, room: Room) -> dict[str, Any]:
        answered = self._store.counts(code, room.present) if room.present else {}
        return {
            "joined": self._store.joined(code),
            "answered": sum(answered.values()),
            **self._for_all(code, version, room),
        }

    def _for_all(self, code: str, version: int, room: Room) -> dict[str, Any]:
        ask = room.ask
        shown = ask is not None and ask.state != "open"
        counts = [self._store.counts(code, number) for number in room.rounds] if shown else []
        return {
            "version": version,
            "lead": room.lead,
            "lesson": room.lesson,
            "ask": ask and {"number": room.present, "round": ask.round, "state": ask.state},
            "rounds": [{"answered": sum(one.values()), "counts": one} for one in counts],
        }


def largest_answer(lesson: Lesson) -> int | None:
    """Of all that can be answered to a lesson's question; None: it has none."""
    predict = lesson.predict
    if predict is None:
        return None
    if predict.draw:
        return LARGEST_SHARE
    return len(predict.choices or lesson.start.rows) - 1


def _done(room: Room, asked: Steering) -> Room:
    if asked.act == "lead":
        return room.leading(asked.lead)
    acts = {"again": room.again, "show": room.show, "tell": room.tell}
    return acts[asked.act](asked.ask)


@lru_cache(64)
def _parsed(source: str) -> Lesson:
    return parse_lesson(source)
