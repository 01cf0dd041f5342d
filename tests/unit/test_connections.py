"""Who sends half a request, or reads half an answer, holds a connection for seconds only."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import httpx
import pytest
import uvicorn
from ports import free_port

from attention.ui import connections
from attention.ui.connections import Connection, Connections

ROOT = Path(__file__).resolve().parents[2]
LARGE = 8 * 2**20
DESCRIPTORS = 400  # that the whole app may have


async def app(scope, receive, send) -> None:
    """Answers every path with its name, and `/large` with more than any buffer holds."""
    while (await receive()).get("more_body"):
        pass
    body = bytes(LARGE) if scope["path"] == "/large" else scope["path"].encode()
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are short."""
    for name in ("HEAD_SECONDS", "BODY_SECONDS", "DEAF_SECONDS"):
        monkeypatch.setattr(connections, name, 1.0)


@contextmanager
def served(most: int | None = None) -> Iterator[int]:
    """The port of a server with such connections."""

    class Limited(Connection):
        _all = Connections(most)

        def connection_made(self, transport):
            sending = transport.get_extra_info("socket")
            sending.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**16)  # little is out of sight
            super().connection_made(transport)

    port = free_port()
    config = uvicorn.Config(app, port=port, http=Limited, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()


def connect(port: int, sent: bytes = b"") -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=20)
    client.sendall(sent)
    return client


def is_closed(client: socket.socket) -> bool:
    """The server closes it within the seconds that a test waits."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False


def read_until(client: socket.socket, end: bytes) -> None:
    came = b""
    while not came.endswith(end):
        piece = client.recv(999)
        assert piece, came
        came += piece


HALVES = {
    "nothing": b"",
    "half a line": b"GET / HT",
    "half a head": b"GET / HTTP/1.1\r\nHost: a\r\n",
    "half a body": b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n{",
}


@pytest.mark.parametrize("sent", HALVES.values(), ids=HALVES)
def test_half_a_request_is_given_up_after_some_seconds(quick, sent):
    with served() as port, connect(port, sent) as client:
        assert is_closed(client)


def test_a_byte_now_and_then_is_no_excuse(quick):
    with served() as port, connect(port, b"GET / HTTP/1.1\r\nX: ") as client:
        begin = time.monotonic()
        with pytest.raises(OSError):
            while time.monotonic() < begin + 20:
                client.sendall(b"x")
                time.sleep(0.05)


def test_the_second_request_of_a_connection_has_its_time_too(quick):
    whole = b"GET /one HTTP/1.1\r\nHost: a\r\n\r\n"
    with served() as port, connect(port, whole) as client:
        read_until(client, b"/one")
        client.sendall(whole)
        read_until(client, b"/one")
        client.sendall(b"GET /")
        assert is_closed(client)


def test_an_answer_that_nobody_reads_is_given_up(quick):
    with served() as port, connect(port, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n") as client:
        time.sleep(3)
        assert read_to_the_end(client) < LARGE


def test_a_slow_reader_gets_all_of_its_answer_however_long_it_takes(quick, monkeypatch):
    monkeypatch.setattr(connections, "DEAF_SECONDS", 2.0)  # it takes some every 0.1 s
    with served() as port, connect(port, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n") as client:
        begin = time.monotonic()
        assert read_to_the_end(client, pause=0.1, most=LARGE) >= LARGE
        assert time.monotonic() - begin > 2 * connections.DEAF_SECONDS


def read_to_the_end(client: socket.socket, pause: float = 0.0, most: int = 2 * LARGE) -> int:
    """How many bytes came, until there were so many or the connection ended."""
    count = 0
    while count < most:
        try:
            piece = client.recv(2**17)
        except ConnectionResetError:
            return count
        if not piece:
            return count
        count += len(piece)
        time.sleep(pause)
    return count


def test_where_connections_run_short_the_greedy_address_loses_its_oldest():
    with served(most=10) as port, ExitStack() as stack:
        held = [stack.enter_context(connect(port)) for _ in range(30)]
        transport = httpx.HTTPTransport(local_address="127.0.0.2")
        with httpx.Client(transport=transport) as other:
            for _ in range(3):
                assert other.get(f"http://127.0.0.1:{port}/here").text == "/here"
        assert all(is_closed(client) for client in held[:20])


def test_a_connection_that_waits_for_its_answer_is_the_last_to_be_closed():
    with served(most=4) as port, ExitStack() as stack:
        asking = stack.enter_context(connect(port, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n"))
        asking.recv(1)
        for _ in range(12):
            stack.enter_context(connect(port))
        assert read_to_the_end(asking, most=LARGE) >= LARGE


@contextmanager
def few_descriptors(log: Path) -> Iterator[int]:
    """The port of `python app.py` as the system lets it have but a few descriptors."""
    port, limit = free_port(), (DESCRIPTORS, DESCRIPTORS)
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=os.environ | {"GRADIO_SERVER_PORT": str(port)},
            stdout=file,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limit),
        )
    try:
        end = time.monotonic() + 60
        while "Running on" not in log.read_text():
            assert process.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def test_half_heads_at_every_descriptor_neither_stop_the_app_nor_fill_its_log(tmp_path):
    log = tmp_path / "log"
    with few_descriptors(log) as port, ExitStack() as stack:
        heads = [connect(port, HALVES["half a head"]) for _ in range(2 * DESCRIPTORS)]
        for head in heads:
            stack.callback(head.close)
        transport = httpx.HTTPTransport(local_address="127.0.0.2")
        with httpx.Client(transport=transport, timeout=20) as other:
            for _ in range(3):
                assert other.get(f"http://127.0.0.1:{port}/gradio_api/app_id").is_success
        assert "out of system resource" not in log.read_text()
        assert len(log.read_text()) < 2_000
