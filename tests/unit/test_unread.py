"""Answers of `/attend` wait for a while to be fetched, and then they are gone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

import gradio as gr
import httpx
import pytest
from serving import serve

from attention.ui import unread
from attention.ui.page import build_page

DATA = [[[1.0, 2.0]], [1, 1], None, None, "tanh", 1]
ROUTES = {"call/attend": {"data": DATA}, "queue/join": {"data": DATA, "fn_index": 0}}


@pytest.fixture(scope="module")
def demo() -> gr.Blocks:
    return build_page()


@pytest.fixture(scope="module")
def client(demo: gr.Blocks) -> Iterator[httpx.Client]:
    with (
        serve(demo) as url,
        httpx.Client(base_url=f"{url}/gradio_api", timeout=20) as client,
    ):
        yield client


def at(address: str, client: httpx.Client) -> httpx.Client:
    """One who asks the same server from another address."""
    transport = httpx.HTTPTransport(local_address=address)
    return httpx.Client(base_url=client.base_url, transport=transport, timeout=20)


def held(demo: gr.Blocks) -> int:
    """How much Gradio keeps of calls: numbers of events, messages, events themselves."""
    queue = demo._queue
    kept = (queue.pending_event_ids_session, queue.pending_messages_per_session)
    return sum(map(len, kept)) + len(queue.event_ids_to_events)


def eventually(true: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.05)


def call(client: httpx.Client, route: str = "call/attend", session: str | None = None) -> str:
    body = ROUTES[route] | ({"session_hash": session} if session else {})
    return client.post(route, json=body).raise_for_status().json()["event_id"]


@pytest.mark.parametrize(
    ("route", "session"),
    [("call/attend", None), ("call/attend", "one-page"), ("queue/join", "one-page")],
)
def test_what_nobody_fetches_is_dropped(client, demo, monkeypatch, route, session):
    monkeypatch.setattr(unread, "KEPT", 0.2)
    for _ in range(5):
        call(client, route, session)
    assert held(demo)
    eventually(lambda: not held(demo))


def test_of_a_fetched_answer_nothing_stays_either(client, demo, monkeypatch):
    monkeypatch.setattr(unread, "KEPT", 1.0)
    answer = client.get(f"call/attend/{call(client)}").text
    assert "event: complete" in answer
    assert json.loads(answer.rpartition("data: ")[2])[0]["output"] == [1.0, 2.0]
    eventually(lambda: not held(demo))


def test_one_session_keeps_its_other_answers_when_one_is_dropped(client, demo, monkeypatch):
    monkeypatch.setattr(unread, "KEPT", 0.5)
    early = call(client, "queue/join", "page")
    monkeypatch.undo()
    late = call(client, "queue/join", "page")
    eventually(lambda: early not in demo._queue.pending_event_ids_session["page"])
    with client.stream("GET", "queue/data", params={"session_hash": "page"}) as stream:
        told = [json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line]
    over = [one["event_id"] for one in told if one["msg"] == "process_completed"]
    assert over == [late]


def test_who_fetches_nothing_is_told_to_and_others_are_served(client, monkeypatch):
    greedy, other = (at(address, client) for address in ("127.0.0.2", "127.0.0.3"))
    monkeypatch.setattr(unread, "MOST_UNREAD", 3)
    events = [call(greedy) for _ in range(3)]
    refused = greedy.post("call/attend", json=ROUTES["call/attend"])
    assert (refused.status_code, refused.text) == (
        429,
        "At most 3 answers, to calls of 4,194,304 bytes in all, can wait for one address; "
        "fetch them first.",
    )
    assert "event: complete" in other.get(f"call/attend/{call(other)}").text
    assert "event: complete" in greedy.get(f"call/attend/{events[0]}").text
    eventually(lambda: greedy.post("call/attend", json=ROUTES["call/attend"]).is_success)


def test_large_questions_count_for_more(client, monkeypatch):
    large = {"data": [[[1.0] * 64] * 1_000, [1.0] * 64, None, None, "tanh", 1]}
    size = len(client.build_request("POST", "call/attend", json=large).content)
    monkeypatch.setattr(unread, "LARGEST_UNREAD", 2 * size)
    greedy = at("127.0.0.4", client)
    event = greedy.post("call/attend", json=large).json()["event_id"]
    call(greedy)
    assert greedy.post("call/attend", json=large).status_code == 429
    call(greedy)
    assert "event: complete" in greedy.get(f"call/attend/{event}").text
    eventually(lambda: greedy.post("call/attend", json=large).is_success)


def test_what_calls_have_brought_is_not_kept_by_session(client, demo):
    for _ in range(40):
        client.get(f"call/attend/{call(client)}")
    assert len(demo.state_holder.session_data) <= 16
