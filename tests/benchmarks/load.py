"""Print what a class of 300 costs one server: `python tests/benchmarks/load.py`.

Most of the 300 are browsers without a window to look at: each asks, over connections of its own,
what Chromium was seen to ask, and keeps the connection by which the server knows that it is there.
Some are Chromium itself; they say when the page could be used, and they play. All of them run on
the machine that serves them. The command fails if a promise is broken.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/benchmarks", "tests", "")]

import crowd  # noqa: E402
from page import DRAG, chromium, opened, opening, running, weigh  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402
from report import Report  # noqa: E402

from attention import attend  # noqa: E402
from attention.texts import say  # noqa: E402

CLASS, LOOKING, WITHIN = 300, 15, 60.0  # visitors, those with Chromium, seconds of their arrival
PLAYING, DRAGS = 4, 300  # pages of Chromium that play, drag events each
CALLS, CHECKS, TRAININGS = 50, 10, 45  # at once
SLOWEST, LARGEST = 20.0, 1024  # seconds, MB
LONG = {"task": "numbers", "options": {"epochs": 30}}


def memory(process: int) -> float:
    """MB that a process holds."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


class Class:
    """Visitors who open the page within a minute, and then stay until the class is over."""

    def __init__(self, address: str, files: list[str]) -> None:
        self._address, self._files, self._over = address, files, asyncio.Event()
        self.opened: list[float] = []  # seconds of each until all files were there

    def __enter__(self) -> Class:
        self._thread, self._loop = ThreadPoolExecutor(1), asyncio.new_event_loop()
        come = crowd.all_at_once(self._address, CLASS - LOOKING, self._visit, within=WITHIN)
        self._all = self._thread.submit(self._loop.run_until_complete, come)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self.seen = self._all.result()
        self._thread.shutdown()

    async def _visit(self, visitor: crowd.Visitor, _number: int) -> None:
        begin = time.perf_counter()
        await visitor.get()
        await asyncio.gather(*map(visitor.get, self._files))
        self.opened.append(time.perf_counter() - begin)
        await visitor.stay(self._over)


def arrival(report: Report, browser: Browser, address: str, others: Class) -> None:
    """The class opens the page, some of it with Chromium."""
    usable, begin = [], time.perf_counter()
    for number in range(LOOKING):
        time.sleep(max(0.0, begin + WITHIN * number / LOOKING - time.perf_counter()))
        usable.append(opening(browser, address))
    while len(others.opened) < CLASS - LOOKING and time.perf_counter() < begin + 4 * WITHIN:
        time.sleep(0.1)
    here, slowest = len(others.opened) + len(usable), max(usable + others.opened)
    what = f"visitors who open the page within {WITHIN:.0f} s"
    report.add(what, str(here), str(CLASS), here == CLASS)
    report.add("page usable in Chromium meanwhile, median", f"{statistics.median(usable):.1f} s")
    report.add("the slowest of all", f"{slowest:.1f} s", f"≤ {SLOWEST:.0f} s", slowest <= SLOWEST)


def playing(report: Report, browser: Browser, address: str) -> None:
    """Some play, and the server hears nothing of it."""
    pages, asked, spent = [opened(browser, address) for _ in range(PLAYING)], [], []
    for page in pages:
        page.on("request", lambda request: asked.append(request.url))
        spent += page.evaluate(DRAG, ["x-0-0", DRAGS])[0]
        page.wait_for_timeout(500)
    script = statistics.median(spent)
    report.add(f"requests in {PLAYING * DRAGS:,} drag events", str(len(asked)), "0", not asked)
    report.add("script of a drag event, median", f"{script:.2f} ms", "≤ 1 ms", script <= 1)


async def rush(report: Report, address: str) -> None:
    """Calls and checks with Keras at once, and then more trainings than may wait."""
    part, x = await crowd.component(address), [[1.0, 2.0], [3.0, 4.0]]
    tickets, refused = [], []

    async def call(visitor: crowd.Visitor, number: int) -> None:
        w = [number / 10, -1.0]
        answer = await visitor.attend(x, w, None, None, "tanh", 1)
        assert answer["weights"] == attend(x, w).weights.tolist()

    async def check(visitor: crowd.Visitor, number: int) -> None:
        scene = {"rows": ["a", "b"], "columns": ["f", "g"], "x": x, "w": [number, 1]}
        stages = {name: s.tolist() for name, s in vars(attend(x, [number, 1], [0, 0])).items()}
        request = {"scene": scene, "page": stages}
        while "warming" in (answer := await visitor.ask(part, "keras_agrees", request)):
            await asyncio.sleep(0.5)
        assert "error" not in answer, answer

    async def train(visitor: crowd.Visitor, _number: int) -> None:
        answer = await visitor.ask(part, "start_training", LONG)
        refused.append(answer["error"]) if "error" in answer else tickets.append(answer["ticket"])

    async def stop(visitor: crowd.Visitor, number: int) -> None:
        await visitor.ask(part, "stop_training", {"ticket": tickets[number]})

    def add(what: str, seen: crowd.Seen) -> None:
        found = f"{len(seen.failed)} failed, the slowest {max(seen.seconds):.1f} s"
        report.add(what, found, "0 failed", not seen.failed)

    calls, checks = await asyncio.gather(
        crowd.all_at_once(address, CALLS, call), crowd.all_at_once(address, CHECKS, check)
    )
    add(f"{CALLS} calls of `/attend` at once", calls)
    add(f"{CHECKS} × “Does Keras agree?” at once, TensorFlow not yet loaded", checks)
    add(
        f"{TRAININGS} trainings asked for at once",
        await crowd.all_at_once(address, TRAININGS, train),
    )
    told = {say(one) for one in refused}
    kept = bool(tickets) and all(one["key"] == "refused_address_queue" for one in refused)
    report.add("of these refused", f"{len(refused)}: {'; '.join(told)}", "≥ 1", kept and bool(told))
    await crowd.all_at_once(address, len(tickets), stop)


def main() -> None:
    """Measure everything, print one table, and fail where a promise is broken."""
    report = Report()
    with chromium() as browser, running("page") as (address, process):
        paths = weigh(browser, address)[0]
        files = [path for path in paths if path and "heartbeat" not in path]
        with Class(address, files) as others:
            arrival(report, browser, address, others)
            held = memory(process)
            what = "memory of the server, all there"
            report.add(what, f"{held:.0f} MB", f"≤ {LARGEST} MB", held <= LARGEST)
            playing(report, browser, address)
            crowd.run(rush(report, address))
        seen = others.seen
        found = f"{seen.requests:,} sent, {len(seen.failed)} failed"
        report.add("requests of the class", found, "0 failed", not seen.failed)
    report.end()


if __name__ == "__main__":
    main()
