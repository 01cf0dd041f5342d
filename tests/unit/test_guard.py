"""What the server lets in, and how it answers what it does not know."""

from __future__ import annotations

import json
import logging
import re

import httpx
import pytest

from attention.ui.guard import LARGEST_BODY, LONGEST_NAME

SECRETS = ("root:", "gr.Blocks(", "build_page", "DATABASE")
OUTSIDE = ("/etc/passwd", "app.py", "attention/core.py", ".git/config", "tests/conftest.py")
FILE_ROUTES = """/ /static/ /assets/ /svelte/ /play/ /file/ /file= /gradio_api/file=
/gradio_api/file/ /gradio_api/proxy= /gradio_api/stream/ /gradio_api/custom_component/
/gradio_api/upload/ /theme.css/ /pwa_icon/"""
UPS = ("", "../" * 8, "..%2f" * 8, "..%5c" * 8, "%2e%2e/" * 8, "....//" * 8, "/", "file:///")
JSON = {"content-type": "application/json"}
CALLS = ("call/attend", "run/attend", "api/attend")
FUNCTION = "component_server"


@pytest.fixture(scope="module")
def client(address):
    with httpx.Client(base_url=address, timeout=20) as client:
        yield client


@pytest.fixture(scope="module")
def component(client):
    """Where the page's functions are asked, and what every question has."""
    parts = client.get("/config").json()["components"]
    number = next(part["id"] for part in parts if part["props"].get("server_fns"))
    return {"session_hash": "somebody", "component_id": number, "data": {}}


def ask(client, body, path=FUNCTION, headers=JSON):
    content = json.dumps(body) if isinstance(body, dict) else body
    return client.post(f"/gradio_api/{path}", content=content, headers=headers)


def assert_refused_in_a_line(answer):
    assert 400 <= answer.status_code < 500, answer.text
    assert len(answer.text) < 1000 and "Traceback" not in answer.text


@pytest.mark.parametrize("route", FILE_ROUTES.split())
def test_no_route_hands_out_a_file_of_the_project_or_the_machine(client, route):
    for up in UPS:
        for outside in OUTSIDE:
            # As it stands: httpx would tidy "..", a hostile program does not.
            path = f"{route}{up}{outside}".encode()
            url = httpx.URL(client.base_url).copy_with(raw_path=path)
            answer = client.send(httpx.Request("GET", url))
            assert answer.status_code in (400, 403, 404, 405, 422), (path, answer.status_code)
            assert not any(secret in answer.text for secret in SECRETS), path


CLOSED = """/static/ /assets/ /static/fonts /gradio_api/ /gradio_api /docs /redoc /x /monitoring
/gradio_api/upload /gradio_api/runs /gradio_api/deep_link /gradio_api/vibe-edit
/gradio_api/dev/reload /gradio_api/upload_progress"""


@pytest.mark.parametrize("path", CLOSED.split())
def test_there_is_no_list_of_a_folder_and_nothing_that_the_page_does_not_need(client, path):
    for answer in (client.get(path), client.post(path, json={})):
        assert answer.status_code in (400, 403, 404, 405), answer.status_code


def test_what_is_no_json_is_refused_before_it_is_read(client):
    sent = ask(client, b"--x--", headers={"content-type": "multipart/form-data; boundary=x"})
    assert sent.status_code == 415 and "application/json" in sent.text


def test_a_body_is_as_large_as_the_page_may_send_and_no_larger(client, component):
    data = {"source": "#" * (LARGEST_BODY - 300)}
    assert ask(client, component | {"fn_name": "open_lesson", "data": data}).status_code == 200
    answer = ask(client, component | {"fn_name": "open_lesson", "data": "#" * LARGEST_BODY})
    assert answer.status_code == 413 and f"{LARGEST_BODY:,} bytes" in answer.text
    # One that does not say how long it is, and never ends by itself:
    endless = ask(client, (b"[" * 2**16 for _ in range(2 + LARGEST_BODY // 2**16)))
    assert endless.status_code == 413


WRONG = [
    *({"fn_name": name} for name in ("nothing", "__init__", "postprocess", None)),
    *({"component_id": number} for number in (10**6, -1, [1], "1", True)),
    *({"session_hash": name} for name in ("s" * (LONGEST_NAME + 1), [1], None)),
    *({"fn_index": 99}, {"event_id": {}}),
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_message_of_a_wrong_form_is_refused_in_a_line(client, component, wrong):
    for path in (FUNCTION, "queue/join"):
        assert_refused_in_a_line(ask(client, component | wrong, path))


NO_MESSAGE = ["", "null", "[]", "7", "{", "[" * 100_000, '{"a":' * 100_000, "\0"]
NO_MESSAGE += ['{"data": ' + "9" * 10_000]


@pytest.mark.parametrize("body", NO_MESSAGE, ids=lambda body: body[:12])
def test_what_is_no_message_at_all_is_refused(client, body):
    for path in (FUNCTION, "queue/join", "cancel", "reset", *CALLS):
        assert_refused_in_a_line(ask(client, body, path))


@pytest.mark.parametrize("path", CALLS)
@pytest.mark.parametrize("data", [[], [[[1]], [1]], [1] * 7, {}, None, "x"], ids=str)
def test_a_call_without_all_of_its_arguments_is_told_how_many_there_are(client, path, data):
    answer = ask(client, {"session_hash": "a", "fn_index": 0, "data": data}, path)
    assert answer.status_code == 422 and answer.text.startswith("data: ")
    assert "6" in answer.text or "list" in answer.text


def test_what_gradio_stumbles_over_is_one_line_of_the_log(client, component, caplog):
    # The component does not exist: Gradio looks for it and raises.
    with caplog.at_level(logging.ERROR, "attention.ui.guard"):
        answer = ask(client, component | {"fn_name": "qr_code", "component_id": 10**6})
    assert answer.status_code == 400
    [line] = [record.getMessage() for record in caplog.records]
    assert re.fullmatch(r"POST '/gradio_api/component_server': KeyError\(1000000\) at .+:\d+", line)


def test_every_answer_has_the_headers_that_keep_it_what_it_is(client):
    for path in ("/", "/play", "/config", "/static/img/logo.svg", "/nothing", "/theme.css"):
        head = client.get(path).headers
        assert head["x-content-type-options"] == "nosniff", path
        assert head["content-security-policy"], path
        assert "camera=()" in head["permissions-policy"], path
        # They would forbid the frames of courses and of Hugging Face.
        assert "x-frame-options" not in head
        assert "frame-ancestors" not in head["content-security-policy"]


def test_the_page_may_run_what_its_host_wrote_and_nothing_else(client):
    page = client.get("/")
    parts = page.headers["content-security-policy"].split(";")
    policy = dict(part.strip().partition(" ")[::2] for part in parts)
    assert policy["default-src"] == policy["connect-src"] == "'self'"
    assert "'unsafe-inline'" not in policy["script-src"] and "http" not in str(policy)
    assert policy["object-src"] == "'none'"
    inline = re.findall(r"<script(?![^>]*\ssrc=)", page.text)
    assert len(inline) == policy["script-src"].count("'sha256-") > 0


def test_the_page_is_sent_packed(client):
    packed = client.get("/")
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(packed.content) / 3
    plain = client.get("/", headers={"accept-encoding": "identity"})
    assert plain.text == packed.text and "content-encoding" not in plain.headers
    assert client.head("/").status_code == 200
