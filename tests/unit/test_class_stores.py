"""Where rooms are kept: SQLite and Redis keep the same promises."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from valkey import valkey

from attention.classroom import redis_store, sqlite_store
from attention.classroom.redis_store import RedisStore
from attention.classroom.sqlite_store import FILE, SQLiteStore, class_file
from attention.classroom.store import (
    LIFETIME,
    MOST_FILES,
    REDIS,
    Kept,
    StoreUnavailable,
    open_store,
)
from attention.texts import UserError

ROOM = "a room"


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    with valkey(tmp_path_factory.mktemp("valkey")) as url:
        yield url


@pytest.fixture(params=["sqlite", "redis"])
def store(request, tmp_path):
    if request.param == "sqlite":
        return SQLiteStore(tmp_path / "classes.sqlite")
    found = RedisStore(request.getfixturevalue("redis_url"))
    found._redis.flushall()
    return found


def test_a_code_opens_one_room(store):
    assert store.open("CODE", ROOM, 1)
    assert not store.open("CODE", "another", 0)
    assert store.read("CODE") == Kept(1, ROOM)
    assert store.read("ELSE") is None


def test_a_room_is_changed_only_by_who_has_seen_its_last_version(store):
    store.open("CODE", ROOM, 0)
    assert store.write("CODE", 1, "two", 0)
    assert not store.write("CODE", 1, "also two", 0)
    assert store.read("CODE") == Kept(2, "two")
    assert not store.write("ELSE", 1, "no room", 0)


def test_no_change_is_lost_where_eight_change_a_room_at_once(store):
    store.open("CODE", "0", 0)

    def count(_):
        for _ in range(10):
            while True:
                version, document = store.read("CODE")
                if store.write("CODE", version, str(int(document) + 1), 0):
                    break

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(8)))
    assert store.read("CODE") == Kept(81, "80")


def test_a_student_who_joins_twice_is_one(store):
    store.open("CODE", ROOM, 0)
    assert store.join("CODE", "anna") and store.join("CODE", "anna") and store.join("CODE", "ben")
    assert store.joined("CODE") == 2
    assert not store.join("ELSE", "anna")


def test_an_answer_can_be_changed_and_counts_once(store):
    store.open("CODE", ROOM, 1)
    store.join("CODE", "anna")
    assert store.answer("CODE", 1, "anna", 2, 1) and store.answer("CODE", 1, "anna", 0, 2)
    assert store.counts("CODE", 1) == {0: 1}
    assert store.answer_of("CODE", 1, "anna") == (0, 2)
    assert store.answer_of("CODE", 1, "ben") is None


@pytest.mark.parametrize(
    ("code", "ask", "student"), [("ELSE", 1, "anna"), ("CODE", 2, "anna"), ("CODE", 1, "ben")]
)
def test_an_answer_is_kept_only_where_it_was_asked_for(store, code, ask, student):
    store.open("CODE", ROOM, 1)
    store.join("CODE", "anna")
    assert not store.answer(code, ask, student, 0, 1)
    assert store.counts("CODE", 1) == {}


def test_no_answer_is_kept_once_they_are_shown(store):
    store.open("CODE", ROOM, 1)
    store.join("CODE", "anna")
    store.write("CODE", 1, ROOM, 0)
    assert not store.answer("CODE", 1, "anna", 0, 1)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations([1, 2, 3, 4, 5]),
    answers=st.lists(st.integers(0, 9), min_size=6, max_size=6),
)
def test_the_last_answer_stays_in_whichever_order_they_arrive(store, order, answers):
    store.close("CODE")
    store.open("CODE", ROOM, 1)
    store.join("CODE", "anna")
    for number in order:
        assert store.answer("CODE", 1, "anna", answers[number], number)
    assert store.answer_of("CODE", 1, "anna") == (answers[5], 5)
    assert store.counts("CODE", 1) == {answers[5]: 1}


def test_no_answer_is_lost_or_doubled_where_eight_answer_at_once(store):
    store.open("CODE", ROOM, 1)
    last = {}

    def answer(student):
        store.join("CODE", f"student {student}")
        for number in range(1, 6):
            last[student] = (student * number) % 4
            assert store.answer("CODE", 1, f"student {student}", last[student], number)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(answer, range(40)))
    assert store.counts("CODE", 1) == Counter(last.values())


def test_what_is_answered_while_the_answers_close_is_either_kept_or_refused(store):
    store.open("CODE", ROOM, 1)
    for student in range(40):
        store.join("CODE", str(student))

    def answer(student):
        if student == 20:
            return store.write("CODE", 1, ROOM, 0) and None
        return store.answer("CODE", 1, str(student), 0, 1)

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(answer, range(40)))
    assert store.counts("CODE", 1).get(0, 0) == taken.count(True)


def test_two_rooms_never_mix(store):
    for code in ("CODE", "ELSE"):
        store.open(code, code, 1)
        store.join(code, "anna")
    store.answer("CODE", 1, "anna", 3, 1)
    store.keep_file("CODE", "own", "source")
    store.close("ELSE")
    assert store.read("CODE").document == "CODE"
    assert store.counts("CODE", 1) == {3: 1} and store.counts("ELSE", 1) == {}
    assert store.file("CODE", "own") == "source" and store.file("ELSE", "own") is None


def test_a_file_stays_as_it_came_and_there_are_not_too_many(store):
    store.open("CODE", ROOM, 0)
    source = "title = 'Внимание 👻'\n" * 1_000
    assert store.keep_file("CODE", "own-0", source) and store.file("CODE", "own-0") == source
    assert all(store.keep_file("CODE", f"own-{i}", "x") for i in range(MOST_FILES))
    assert not store.keep_file("CODE", "one more", "x")
    assert not store.keep_file("ELSE", "own", "x")


def test_a_full_room_says_so(store, monkeypatch):
    for module in (sqlite_store, redis_store):
        monkeypatch.setattr(module, "MOST_STUDENTS", 3)
    store.open("CODE", ROOM, 0)
    for student in "abc":
        store.join("CODE", student)
    with pytest.raises(UserError, match=r"1,?000"):
        store.join("CODE", "d")
    assert store.join("CODE", "a"), "who is in comes in again"


def test_one_room_too_many_is_refused(store, monkeypatch):
    for module in (sqlite_store, redis_store):
        monkeypatch.setattr(module, "MOST_ROOMS", 2)
    assert store.open("ONE", ROOM, 0) and store.open("TWO", ROOM, 0)
    with pytest.raises(UserError, match=r"1,?000"):
        store.open("THREE", ROOM, 0)
    store.close("ONE")
    assert store.open("THREE", ROOM, 0)


def test_of_a_room_that_has_ended_nothing_is_left_in_the_file(tmp_path):
    clock, path = Clock(), tmp_path / "classes.sqlite"
    store = SQLiteStore(path, clock)
    store.open("CODE", "a secret room", 1)
    store.join("CODE", "a-student-of-a-secret-room")
    store.answer("CODE", 1, "a-student-of-a-secret-room", 77, 1)
    store.keep_file("CODE", "own", "a secret lesson")
    clock.now += LIFETIME - 1
    assert store.read("CODE")
    clock.now += 1
    assert store.read("CODE") is None
    assert not store.join("CODE", "ben") and not store.write("CODE", 1, ROOM, 0)
    assert not store.answer("CODE", 1, "a-student-of-a-secret-room", 1, 2)
    assert store.sweep() == 0
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"secret" not in left and b"CODE" not in left


@pytest.mark.parametrize("sign", ["touch", "write", "close"])
def test_a_sign_of_life_keeps_a_room(tmp_path, sign):
    clock = Clock()
    store = SQLiteStore(tmp_path / "classes.sqlite", clock)
    store.open("CODE", ROOM, 0)
    clock.now += LIFETIME - 1
    {"touch": store.touch, "write": lambda code: store.write(code, 1, ROOM, 0)}.get(
        sign, store.close
    )("CODE")
    clock.now += LIFETIME - 1
    assert (store.read("CODE") is not None) == (sign != "close")


def test_of_a_room_that_has_ended_nothing_is_left_in_redis(redis_url):
    store = RedisStore(redis_url, lifetime=0.3)
    store._redis.flushall()
    store.open("CODE", ROOM, 1)
    store.join("CODE", "anna")
    store.answer("CODE", 1, "anna", 0, 1)
    store.keep_file("CODE", "own", "source")
    time.sleep(0.5)
    assert store.read("CODE") is None and not store.join("CODE", "anna")
    store.open("ELSE", ROOM, 0)
    store.close("ELSE")
    assert store._redis.keys() == []


def test_a_restart_loses_no_room_and_no_answer(tmp_path):
    path = tmp_path / "classes.sqlite"
    script = """
import os, sys
from pathlib import Path
from attention.classroom.sqlite_store import SQLiteStore
store = SQLiteStore(Path(sys.argv[1]))
store.open("CODE", "a room", 1)
store.join("CODE", "anna")
assert store.answer("CODE", 1, "anna", 2, 1)
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", script, str(path)], cwd=Path(__file__).parents[2])
    store = SQLiteStore(path)
    assert store.read("CODE") == Kept(1, "a room")
    assert store.counts("CODE", 1) == {2: 1}


def test_two_servers_share_a_file(tmp_path):
    one, two = (SQLiteStore(tmp_path / "classes.sqlite") for _ in range(2))
    one.open("CODE", ROOM, 1)

    def answer(student):
        here, there = (one, two)[:: 1 if student % 2 else -1]
        return here.join("CODE", str(student)) and there.answer("CODE", 1, str(student), 0, 1)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(answer, range(60)))
    assert one.counts("CODE", 1) == two.counts("CODE", 1) == {0: 60}


def test_a_file_that_is_no_database_says_so(tmp_path):
    path = tmp_path / "classes.sqlite"
    path.write_text("this is a letter, not a database" * 100)
    with pytest.raises(StoreUnavailable, match="not a database"):
        SQLiteStore(path)


def test_a_store_that_nobody_answers_for_says_so():
    with pytest.raises(StoreUnavailable):
        RedisStore("redis://127.0.0.1:1/0").read("CODE")
    with pytest.raises(StoreUnavailable):
        RedisStore("no address")


def test_the_environment_says_where_rooms_are_kept(tmp_path, monkeypatch, redis_url):
    monkeypatch.delenv(REDIS, raising=False)
    monkeypatch.setenv(FILE, str(tmp_path / "named" / "classes.sqlite"))
    assert isinstance(open_store(), SQLiteStore)
    assert (tmp_path / "named" / "classes.sqlite").exists()
    monkeypatch.setenv(REDIS, redis_url)
    assert isinstance(open_store(), RedisStore)


def test_the_file_in_the_temporary_folder_is_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.delenv(FILE, raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    file = class_file()
    assert file == class_file(), "a restart finds it again"
    assert file.parent.stat().st_mode & 0o077 == 0
    file.parent.rmdir()
    file.parent.symlink_to(tmp_path)
    with pytest.raises(StoreUnavailable, match=FILE):
        class_file()
