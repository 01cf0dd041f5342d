"""`POST class/<act>`: whatever comes is answered in JSON and in words."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from effort import many
from hostile import VALUES, mutated_json, sound_json, try_all
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from attention.classroom.classroom import Classroom
from attention.classroom.sqlite_store import SQLiteStore
from attention.classroom.store import StoreUnavailable
from attention.lessons.writing import source_of
from attention.texts import say
from attention.ui.class_api import ClassApi
from attention.ui.guard import Guard

ANNA = "a" * 22


class Generous:
    """A budget without an end: the rules are tried here, not how often."""

    def take(self, name):
        return True

    def may_try(self, *_):
        return True

    def tried(self, *_, **__):
        pass


def client_of(api):
    app = Starlette(routes=api.routes, middleware=[Middleware(Guard)])
    return TestClient(app, raise_server_exceptions=True)


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    classroom = Classroom(SQLiteStore(tmp_path_factory.mktemp("class") / "classes.sqlite"))
    for name in ("_rooms", "_joins", "_answers", "_guesses"):
        setattr(classroom, name, Generous())
    return ClassApi(lambda: classroom)


@pytest.fixture(scope="module")
def client(api):
    with client_of(api) as client:
        yield client


@pytest.fixture(scope="module")
def asked(client):
    """By the name of the act, what the page asks."""
    room = client.post("/class/open", json={"lesson": "fear"}).json()
    code, secret = room["code"], room["secret"]
    student, teacher = {"code": code, "student": ANNA}, {"code": code, "secret": secret}
    return {
        "join": [student],
        "look": [student, {**student, "version": 1}, teacher],
        "answer": [{**student, "ask": 1, "answer": 2, "number": 1}],
        "steer": [
            {**teacher, "act": "lead", "lead": False},
            {**teacher, "act": "at", "source": source_of("love")},
            {**teacher, "act": "lead", "lead": True},
            {**teacher, "act": "show", "ask": 1},
            {**teacher, "act": "again", "ask": 1},
            {**teacher, "act": "tell", "ask": 1},
        ],
        "lesson": [{"code": code}],
        "summary": [{**teacher, "lang": "ru"}],
        "open": [{"lesson": "fear"}, {"source": source_of("love"), "lead": False}, {}],
    }


def assert_answers(api, act, request):
    with ThreadPoolExecutor(1) as thread:  # this one may have a loop already
        answer = thread.submit(asyncio.run, api.answer(act, request)).result()
    assert answer.status_code < 500
    found = json.loads(answer.body)
    sound_json(found)
    assert ("error" in found) == (answer.status_code != 200)
    if "error" in found:
        assert 0 < len(say(found["error"])) < 2_000


ACTS = ["join", "answer", "look", "steer", "lesson", "summary", "open", "close"]


def test_what_the_page_asks_is_no_mistake(client, asked):
    for act, requests in asked.items():
        for request in requests:
            answer = client.post(f"/class/{act}", json=request)
            assert answer.status_code == 200, (act, request, answer.text)


@pytest.mark.parametrize("act", ACTS)
def test_whatever_is_asked_there_is_an_answer(api, asked, act):
    every = [request for requests in asked.values() for request in requests]

    def request(random: Random):
        valid = random.choice(asked.get(act, asked["lesson"]))  # nobody ends the class
        return mutated_json(random, valid, every if act != "close" else [valid])

    check = lambda made: assert_answers(api, act, made)  # noqa: E731
    try_all(many(60, 600), f"class {act}", request, check)


@pytest.mark.parametrize("act", ACTS)
def test_no_value_is_too_much_for_any_field(api, asked, act):
    whole = asked.get(act, asked["lesson"])[0]
    for value in VALUES:
        assert_answers(api, act, value)
        for field in [*whole, "code", "source"]:
            assert_answers(api, act, whole | {field: value})


def test_there_are_no_other_acts(client):
    assert client.post("/class/reveal", json={}).status_code == 404
    assert client.get("/class/look").status_code == 405


@pytest.mark.parametrize(
    ("act", "request_", "status", "key"),
    [
        ("look", {"code": "CDFHJK"}, 404, "class_unknown"),
        ("look", {"code": "12"}, 422, "server_error"),
        ("steer", {"secret": ANNA, "act": "lead"}, 403, "class_teacher"),
        ("answer", {"student": ANNA, "ask": 77, "answer": 0, "number": 1}, 400, "class_ask"),
    ],
)
def test_a_refusal_says_why_and_of_what_kind_it_is(client, asked, act, request_, status, key):
    code = asked["lesson"][0]["code"]
    answer = client.post(f"/class/{act}", json={"code": code, **request_})
    assert answer.status_code == status and answer.json()["error"]["key"] == key


def test_a_store_that_cannot_be_reached_is_no_fault_of_who_asks(tmp_path):
    def fails():
        raise StoreUnavailable("no such disk")

    with client_of(ClassApi(fails)) as client:
        answer = client.post("/class/look", json={"code": "CDFHJK"})
    assert answer.status_code == 503 and answer.json()["error"]["key"] == "class_store"


def test_nothing_is_kept_anywhere_before_a_class_asks(tmp_path, monkeypatch):
    monkeypatch.setenv("ATTENTION_CLASS_FILE", str(tmp_path / "classes.sqlite"))
    with client_of(ClassApi()) as client:
        assert not [*Path(tmp_path).iterdir()]
        client.post("/class/look", json={"code": "CDFHJK"})
        assert [*Path(tmp_path).iterdir()]
