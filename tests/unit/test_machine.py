"""What the machine lacks is said in words; what it has is taken; the log stays short."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

from attention.ui import machine
from attention.ui.machine import MOST_LINES, WINDOW, Sparing

ROOT = Path(__file__).resolve().parents[2]
# No folder of the system can be written to, in a system where root can write to all of them.
NOWHERE = "import tempfile; tempfile._candidate_tempdir_list = lambda: ['/dev/null/nowhere']; "


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command, env = [sys.executable, "-c", code], os.environ | environment
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


def test_without_a_temporary_folder_the_app_says_what_it_needs():
    done = run(NOWHERE + "import app")
    assert done.returncode == 1
    assert done.stderr.strip() == (
        "A folder for temporary files is needed, and none can be written to. Name one in TMPDIR."
    )


def test_all_descriptors_are_taken_and_few_are_spoken_of():
    limits = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (100, 512)); "
    done = run(
        limits + "from attention.ui import machine; machine.prepare(); print(machine.descriptors())"
    )
    assert done.stdout.strip() == "512"
    assert "may have 512 files and connections open" in done.stderr
    assert "ulimit -n 4096" in done.stderr


# Who has asked, as the app is told, when a computer passes on what another is said to have asked.
CLIENT = """
from attention.ui import machine
machine.prepare()
import asyncio, uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

async def app(scope, receive, send):
    print(scope["client"][0])

proxy = ProxyHeadersMiddleware(app, uvicorn.Config(app).forwarded_allow_ips)
headers = [(b"x-forwarded-for", b"192.0.2.66, 203.0.113.5")]
for neighbour in ("10.16.3.44", "127.0.0.1", "198.51.100.7"):
    scope = {"type": "http", "scheme": "http", "client": (neighbour, 1), "headers": headers}
    asyncio.run(proxy(scope, None, None))
"""


def test_a_spaces_proxies_are_believed_for_whom_they_ask_elsewhere_only_this_machine():
    visitor, stranger = "203.0.113.5", "198.51.100.7"
    assert run(CLIENT, SPACE_ID="a/b").stdout.split() == [visitor, visitor, stranger]
    assert run(CLIENT).stdout.split() == ["10.16.3.44", visitor, stranger]
    assert run(CLIENT, FORWARDED_ALLOW_IPS="*").stdout.split() == ["192.0.2.66"] * 3


def record(words: str, **fields: object) -> logging.LogRecord:
    made = logging.makeLogRecord({"name": "asyncio", "msg": words} | fields)
    return made


def test_a_line_that_comes_all_the_time_is_written_now_and_then(monkeypatch):
    now = 0.0
    monkeypatch.setattr(machine.time, "monotonic", lambda: now)
    sparing = Sparing()
    written = [sparing.filter(record("no descriptor")) for _ in range(1_000)]
    assert written == [True] * MOST_LINES + [False] * (1_000 - MOST_LINES)
    assert sparing.filter(record("something else"))
    now += WINDOW + 1
    next_one = record("no descriptor")
    assert sparing.filter(next_one)
    assert next_one.getMessage() == "no descriptor (and 980 lines more, kept back)"
    assert sparing.filter(record("no descriptor"))
