"""Print what a class of 300 that predicts together costs: `python tests/benchmarks/classroom.py`.

All join, answer within 20 s, and half of them change their minds, while every page asks as the real
one does and one of them is dragged. Then the teacher shows the answers. Once with SQLite and once
with Redis. All of it runs on the machine that serves. The command fails if a promise is broken.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/benchmarks", "tests", "")]

import crowd  # noqa: E402
from page import DRAG, chromium, opened, running  # noqa: E402
from report import Report  # noqa: E402
from valkey import valkey  # noqa: E402

CLASS, WITHIN, SEED = 300, 20.0, 18
STUDENT, TEACHER = 2.2, 1.2  # seconds between a page's questions, as session.js has them
CHOICES = 4  # of the lesson `fear`
FOLLOWS, DRAGGED = 2.0, 1.0  # seconds, milliseconds
ALIKE = 1.25  # of two times, where 300 others take turns on the same cores
DRAGS = 300


class Class:
    """A room, its teacher and its students, and what they were told.

    Args:
        address: of the server.
    """

    def __init__(self, address: str) -> None:
        self._teacher = crowd.Visitor(address, CLASS)
        self.code = self._secret = ""
        self.opened = asyncio.Event()
        self.kept: dict[int, int] = {}  # by student, the last answer that has arrived
        self.arrived: list[float] = []  # when each student's first one had
        self.lags: list[float] = []
        self.seconds: dict[str, list[float]] = {"look": [], "answer": [], "join": [], "steer": []}
        self.shown: dict[str, int] = {}
        self.done = 0

    async def ask(self, visitor: crowd.Visitor, path: str, /, **request: object) -> dict:
        """One request as the page sends it."""
        visitor.requests += 1
        begin = time.perf_counter()
        answer = await visitor.client.post(f"class/{path}", json={"code": self.code, **request})
        self.seconds.setdefault(path, []).append(time.perf_counter() - begin)
        return answer.raise_for_status().json()

    async def open(self) -> None:
        """The teacher opens it."""
        answer = await self._teacher.client.post("class/open", json={"lesson": "fear"})
        self.code, self._secret = answer.json()["code"], answer.json()["secret"]

    async def teach(self) -> None:
        """The teacher's page follows until all have answered and changed; then the answers show."""
        while True:
            room = (await self.ask(self._teacher, "look", secret=self._secret))["room"]
            now, counted = time.perf_counter(), room["answered"]
            self.lags += [now - when for when in sorted(self.arrived)[len(self.lags) : counted]]
            if self.done == CLASS and counted == CLASS:
                break
            await asyncio.sleep(TEACHER)
        more = {"secret": self._secret, "act": "show", "ask": 1}
        self.shown = (await self.ask(self._teacher, "steer", **more))["room"]["rounds"][0]["counts"]
        await self._teacher.client.aclose()

    async def learn(self, visitor: crowd.Visitor, number: int) -> None:
        """A student joins, answers, and may answer once more; the page asks until answers show."""
        chance = random.Random(f"{SEED} {number}")
        student = f"{number:022d}"
        await self.ask(visitor, "join", student=student)
        end = time.perf_counter() + chance.uniform(1, WITHIN - 2)
        version = await self._look_until(visitor, student, end, 0)
        for turn in range(1, 3 if number % 2 else 2):
            answer = chance.randrange(CHOICES)
            more = {"student": student, "ask": 1, "answer": answer, "number": turn}
            await self.ask(visitor, "answer", **more)
            if number not in self.kept:
                self.arrived.append(time.perf_counter())
            self.kept[number] = answer
            version = await self._look_until(visitor, student, time.perf_counter() + 1, version)
        self.done += 1
        await self._look_until(visitor, student, None, version)

    async def _look_until(
        self, visitor: crowd.Visitor, student: str, end: float | None, version: int
    ) -> int:
        """Ask as the page does until a moment has come, or, without one, until answers show."""
        while end is None or time.perf_counter() < end:
            room = (await self.ask(visitor, "look", student=student, version=version))["room"]
            version = room["version"]
            if room.get("ask", {}).get("state") == "shown":
                break
            left = STUDENT if end is None else min(STUDENT, end - time.perf_counter())
            await asyncio.sleep(max(left, 0))
        return version


async def predict_together(taught: Class, address: str) -> crowd.Seen:
    """The whole of it."""
    teacher = asyncio.create_task(taught.teach())
    seen = await crowd.all_at_once(address, CLASS, taught.learn, within=2.0, seed=SEED)
    await teacher
    return seen


def dragged(address: str, code: str) -> tuple[float, float, int]:
    """A student's page in Chromium, in that class, and one that is in none.

    Returns:
        Milliseconds a drag event of each, and what the first has asked for beside how things stand.
    """
    with chromium() as browser:
        page, alone = (
            opened(browser, f"{address}#class={code}"),
            opened(browser, f"{address}#lesson=fear"),
        )
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        spent: tuple[list[float], list[float]] = ([], [])
        begin = time.perf_counter()
        while time.perf_counter() - begin < WITHIN / 2:
            for times, one in zip(spent, (page, alone), strict=True):
                one.bring_to_front()
                times += one.evaluate(DRAG, ["x-0-0", DRAGS])[0]
        most = (time.perf_counter() - begin) / 2.0 + 2  # of the page's own questions
        strange = [url for url in asked if not url.endswith("/class/look")]
        requests = len(strange) + max(0, len(asked) - round(most))
        return statistics.median(spent[0]), statistics.median(spent[1]), requests


def measure(report: Report, name: str) -> None:
    """One store."""
    with running("page") as (address, _):
        taught = Class(address)
        loop = asyncio.new_event_loop()
        loop.run_until_complete(taught.open())
        with ThreadPoolExecutor(1) as thread:
            hand = thread.submit(dragged, address, taught.code)
            begin = time.perf_counter()
            seen = loop.run_until_complete(predict_together(taught, address))
            took = time.perf_counter() - begin
            inside, outside, requests = hand.result()
    report.add(f"{name}: requests a second", f"{seen.requests / took:.0f}")
    for act in ("join", "answer", "look"):
        times = sorted(taught.seconds[act])
        both = (statistics.median(times), times[int(0.99 * len(times))])
        written = " / ".join(f"{1000 * one:.0f} ms" for one in both)
        report.add(f"{name}: {act}, half and 99 of 100", written)
    failed = len(seen.failed)
    report.add(f"{name}: failed, of {seen.requests:,} requests", str(failed), "0", not failed)
    shown = Counter({int(answer): count for answer, count in taught.shown.items()})
    given = Counter(taught.kept.values())
    wrong = (given - shown).total() + (shown - given).total()
    report.add(f"{name}: answers lost or doubled, of {CLASS}", str(wrong), "0", not wrong)
    lag = max(taught.lags)
    report.add(f"{name}: the teacher's page is behind by", f"{lag:.2f} s", "2 s", lag <= FOLLOWS)
    fast = inside <= max(DRAGGED, ALIKE * outside)
    both = f"{inside:.2f} ms / {outside:.2f} ms"
    report.add(f"{name}: a drag event in the class / outside", both, "1 ms, or alike", fast)
    report.add(f"{name}: requests of the drag", str(requests), "0", not requests)


@contextmanager
def environment(**names: str):
    """The environment of the next server."""
    before = dict(os.environ)
    os.environ.update(names)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def main() -> None:
    """Both stores, one after the other."""
    report = Report()
    report.add("seed", str(SEED))
    with tempfile.TemporaryDirectory() as folder:
        with environment(ATTENTION_CLASS_FILE=str(Path(folder) / "classes.sqlite")):
            measure(report, "SQLite")
        with valkey(Path(folder)) as url, environment(ATTENTION_REDIS_URL=url):
            measure(report, "Redis")
    report.end()


if __name__ == "__main__":
    main()
