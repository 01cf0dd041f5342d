"""No request makes Gradio fetch an address or read a file, whichever way it is called."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from threading import Thread

import httpx
import pytest
from hostile import nested
from serving import serve

from attention.ui.page import build_page, launch_options

META = {"_type": "gradio.FileData"}
ATTEND = {"x": [[1]], "w": [1], "b": None, "mask": None, "activation": "tanh", "temperature": 1}
ROUTES = ("run/attend", "api/attend", "call/attend", "call/v2/attend", "queue/join")
OTHERS = ("component_server", "cancel", "reset")


class Listener(HTTPServer):
    """A server on this machine that notes what it is asked for."""

    asked: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/secret.txt"


class Noting(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        self.server.asked.append(self.path)


@pytest.fixture(scope="module")
def listener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listener]:
    served = tmp_path_factory.mktemp("served")
    (served / "secret.txt").write_text("fetched")
    with Listener(("127.0.0.1", 0), partial(Noting, directory=str(served))) as listener:
        listener.asked = []
        Thread(target=listener.serve_forever).start()
        yield listener
        listener.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Gradio keeps the files of this module's pages."""
    return tmp_path_factory.mktemp("gradio")


def files(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file()]


def client_of(folder: Path, **options: object) -> Iterator[httpx.Client]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_TEMP_DIR", str(folder))
        # Of both pages: Gradio itself refuses addresses of this machine, other ones it fetches.
        patch.setattr("gradio.processing_utils.PUBLIC_HOSTNAME_WHITELIST", ["127.0.0.1"])
        with (
            serve(build_page(), **options) as url,
            httpx.Client(base_url=f"{url}/gradio_api", timeout=20) as client,
        ):
            yield client


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    yield from client_of(folder)


@pytest.fixture
def unguarded(folder: Path) -> Iterator[httpx.Client]:
    options = launch_options()["app_kwargs"] | {"middleware": []}
    yield from client_of(folder, app_kwargs=options)


def body_of(route: str, x: object) -> dict[str, object]:
    """A call of `/attend` in the form of its route, with something in place of x."""
    arguments = ATTEND | {"x": x}
    if route == "call/v2/attend":
        return arguments
    return {"data": list(arguments.values()), "fn_index": 0, "session_hash": "somebody"}


FORMS = {
    "plain": lambda file: file,
    "in rows": lambda file: [[1], [file]],
    "deep": lambda file: nested(20, {"more": nested(20, file)}),
    "with a url": lambda file: file | {"url": file["path"], "is_stream": True},
    "no meta": lambda file: {"path": file["path"]},
    "in its own meta": lambda file: {"path": 1, "meta": {"_type": "x", "of": file}},
}


def assert_refused(answer: httpx.Response) -> None:
    rule = "A request must hold numbers and text, no files; got an object with 'path'"
    assert (answer.status_code, answer.text) == (422, rule)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("route", ROUTES)
def test_no_call_makes_the_server_fetch_an_address_or_read_a_file(
    client, listener, folder, route, form
):
    for path in (listener.url, __file__, "/etc/passwd"):
        x = FORMS[form]({"path": path, "meta": META})
        assert_refused(client.post(route, json=body_of(route, x)))
    assert listener.asked == files(folder) == []


@pytest.mark.parametrize("route", [*ROUTES, *OTHERS])
def test_wherever_a_file_stands_in_a_request_and_however_it_is_written_it_is_refused(
    client, listener, route
):
    file = {"path": listener.url, "meta": META}
    whole = {"session_hash": "a", "fn_name": "qr_code", "component_id": 1, "data": {}}
    for body in (whole | file, whole | {"event_data": file}, whole | {"data": {"scene": file}}):
        # A call of `attend` has six data: another number is refused before.
        assert client.post(route, json=body).status_code == 422
    body = json.dumps(body_of(route, file))
    kind = {"content-type": "application/json"}
    for written in (
        body.replace('"path"', '"p\\u0061th"'),
        body.replace('"path": "', '"path": 1, "path": "'),
        body.replace('"meta"', '"path": null, "meta"'),
    ):
        assert_refused(client.post(f"{route}/", content=written, headers=kind))
    assert client.post(route, content=body.encode("utf-16"), headers=kind).status_code == 422
    assert listener.asked == []


def test_a_text_may_speak_of_files(client):
    config = client.get(str(client.base_url).replace("gradio_api/", "config")).json()
    number = next(one["id"] for one in config["components"] if one["props"].get("server_fns"))
    text = json.dumps({"path": "http://localhost/", "meta": META})
    question = {"session_hash": "a", "component_id": number, "fn_name": "qr_code"}
    answer = client.post(
        "component_server", json=question | {"data": {"address": f"http://localhost/#rows={text}"}}
    )
    assert answer.status_code == 200 and answer.json()["rows"]


def test_without_the_guard_gradio_would_fetch_it(unguarded, listener, folder):
    """Else the tests above would ask for nothing that there is."""
    x = {"path": listener.url, "meta": META}
    unguarded.post("run/attend", json=body_of("run/attend", x))
    assert set(listener.asked) == {"/secret.txt"}
    assert files(folder) == ["secret.txt"]
