"""Several copies of the server, and one that starts again: no class and no answer is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from ports import free_port
from valkey import valkey

ROOT = Path(__file__).resolve().parents[2]
STUDENTS, CHOICES = 60, 4


class Copy:
    """A server in a process of its own."""

    def __init__(self, port=None, **names):
        self.port = port or free_port()
        quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_SERVER_PORT": str(self.port)}
        command = [sys.executable, "app.py"]
        silence = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = os.environ | quiet | names
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, **silence)
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}/class/", timeout=10)

    def ready(self):
        for _ in range(600):
            try:
                if self.client.post("look", json={"code": "CDFHJK"}).status_code == 404:
                    return self
            except httpx.TransportError:
                time.sleep(0.1)
        raise RuntimeError("the server does not start")

    def ask(self, path, /, **request):
        return self.client.post(path, json=request).raise_for_status().json()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.client.close()


@contextmanager
def copies(count, **names):
    running = [Copy(**names) for _ in range(count)]
    try:
        yield [one.ready() for one in running]
    finally:
        for one in running:
            if one.process.poll() is None:
                one.kill()


def answer_all(copy_of, code, kept):
    """Every student answers and half of them change; what has not arrived is sent again."""

    def answer(student):
        name = f"{student:022d}"
        for number in range(1, 3 if student % 2 else 2):
            for attempt in range(100):
                try:
                    copy = copy_of(student, attempt)
                    copy.ask("join", code=code, student=name)
                    asked = {"ask": 1, "answer": (student * number) % CHOICES, "number": number}
                    copy.ask("answer", code=code, student=name, **asked)
                    kept[student] = asked["answer"]
                    break
                except httpx.HTTPError:
                    time.sleep(0.05)
            else:
                raise RuntimeError("an answer never arrived")

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(answer, range(STUDENTS)))


@pytest.mark.slow
def test_students_on_one_copy_answer_a_teacher_on_another_and_a_copy_may_die(tmp_path):
    with valkey(tmp_path) as url, copies(2, ATTENTION_REDIS_URL=url) as (one, two):
        room = two.ask("open", lesson="fear")
        code, kept = room["code"], {}

        def copy_of(student, attempt):
            if student == STUDENTS // 2 and one.process.poll() is None:
                one.process.send_signal(signal.SIGKILL)
            return two if attempt else one

        answer_all(copy_of, code, kept)
        assert one.process.wait() == -signal.SIGKILL
        asked = {"code": code, "secret": room["secret"]}
        seen = two.ask("look", **asked)["room"]
        assert seen["joined"] == seen["answered"] == STUDENTS == len(kept)
        shown = two.ask("steer", **asked, act="show", ask=1)["room"]["rounds"][0]["counts"]
        assert {int(answer): count for answer, count in shown.items()} == Counter(kept.values())


@pytest.mark.slow
def test_a_server_that_starts_again_has_every_room_and_every_answer(tmp_path):
    names = {"ATTENTION_CLASS_FILE": str(tmp_path / "classes.sqlite")}
    with copies(1, **names) as (one,):
        room = one.ask("open", lesson="fear")
        kept = {}
        answer_all(lambda *_: one, room["code"], kept)
        one.kill()
    with copies(1, **names) as (again,):
        asked = {"code": room["code"], "secret": room["secret"]}
        assert again.ask("look", **asked)["room"]["answered"] == STUDENTS
        shown = again.ask("steer", **asked, act="show", ask=1)["room"]["rounds"][0]["counts"]
        assert {int(answer): count for answer, count in shown.items()} == Counter(kept.values())
