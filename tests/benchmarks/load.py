"""Print what a class of 300 costs one server: `python tests/benchmarks/load.py`.

Most of the 300 are browsers without a window to look at: each asks, over connections of its own,
what Chromium was seen to ask, and keeps the connection by which the server knows that it is there.
Some are Chromium itself; they say when the page could be used, and they play. All of them run on
the machine that serves them. The command fails if a promise is broken.
"""

from __future__ import annotations

import asyncio
import os
import platform
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/benchmarks", "tests", "")]

import crowd  # noqa: E402
from find_browser import find_browser  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from run import DRAG, opening, running  # noqa: E402
from watching import Server, Weight, weigh  # noqa: E402

from attention import attend  # noqa: E402
from attention.texts import say  # noqa: E402

CLASS, WITHIN, SEED = 300, 60.0, 1  # visitors, seconds, of their moments
LOOKING = 15  # of them with Chromium, one after the other
PLAYING, DRAGS = 4, 300  # pages of Chromium that play at once, drag events each
CALLS, CHECKS, TRAININGS = 50, 10, 5  # at once
TOO_MANY = 45  # trainings
SLOWEST, LONGEST, LARGEST = 20.0, 240.0, 1024  # seconds, seconds, MB
LONG = {"task": "numbers", "options": {"epochs": 30}}
READY = "table[data-ready=true]"


class Class:
    """Visitors who open the page within a minute, and then stay until the class is over.

    Attributes:
        opened: how long each took until all files were there.
        seen: once it is over, their requests and what failed.
    """

    def __init__(self, address: str, visitors: int, files: list[str]) -> None:
        self._address, self._visitors, self._files = address, visitors, files
        self._over = asyncio.Event()
        self._thread = ThreadPoolExecutor(1)
        self.opened: list[float] = []
        self.seen = crowd.Seen()

    def __enter__(self) -> Class:
        self._loop = asyncio.new_event_loop()
        self._all = self._thread.submit(self._loop.run_until_complete, self._come())
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self.seen = self._all.result()
        self._thread.shutdown()

    async def _come(self) -> crowd.Seen:
        return await crowd.all_at_once(
            self._address, self._visitors, self._visit, within=WITHIN, seed=SEED
        )

    async def _visit(self, visitor: crowd.Visitor, _number: int) -> None:
        begin = time.perf_counter()
        await visitor.open(self._files)
        self.opened.append(time.perf_counter() - begin)
        await visitor.stay(self._over)


def play(pages: list[Page]) -> tuple[float, int]:
    """All drag a slider. -> milliseconds of script in the median, requests"""
    requests: list[str] = []
    spent: list[float] = []
    for page in pages:
        page.on("request", lambda request: requests.append(request.url))
    for page in pages:
        spent += page.evaluate(DRAG, ["x-0-0", DRAGS])[0]
        page.wait_for_timeout(500)
    return statistics.median(spent), len(requests)


async def rush(address: str) -> dict[str, crowd.Seen]:
    """Calls, checks with Keras and trainings, all at the same moment."""
    page = await crowd.component(address)
    x = [[1.0, 2.0], [3.0, 4.0]]

    async def call(visitor: crowd.Visitor, number: int) -> None:
        w = [number / 10, -1.0]
        expected = attend(x, w).weights.tolist()
        assert (await visitor.attend(x, w, None, None, "tanh", 1))["weights"] == expected

    async def check(visitor: crowd.Visitor, number: int) -> None:
        scene = {"rows": ["a", "b"], "columns": ["f", "g"], "x": x, "w": [number, 1]}
        stages = {name: s.tolist() for name, s in vars(attend(x, [number, 1], [0, 0])).items()}
        request = {"scene": scene, "page": stages}
        while "warming" in (answer := await visitor.ask(page, "keras_agrees", request)):
            await asyncio.sleep(0.5)
        assert "error" not in answer, answer

    places: list[int] = []

    async def train(visitor: crowd.Visitor, _number: int) -> None:
        ticket = (await visitor.ask(page, "start_training", LONG))["ticket"]
        told = await visitor.ask(page, "follow_training", {"ticket": ticket})
        places.append(told["place"])
        while told["place"] == 0 and not told["recording"]["epochs"]:
            await asyncio.sleep(0.5)
            told = await visitor.ask(page, "follow_training", {"ticket": ticket})
            assert told["recording"]["over"] is None, told
        await visitor.ask(page, "stop_training", {"ticket": ticket})

    names = {"call": (CALLS, call), "check": (CHECKS, check), "train": (TRAININGS, train)}
    seen = await asyncio.gather(
        *(crowd.all_at_once(address, many, doing) for many, doing in names.values())
    )
    assert max(places) >= 1, "who waits is told the place"
    return dict(zip(names, seen, strict=True))


async def too_many(address: str) -> list[dict[str, Any]]:
    """More trainings than may wait. -> what those were told that were refused"""
    page = await crowd.component(address)
    refused: list[dict[str, Any]] = []
    tickets: list[str] = []

    async def train(visitor: crowd.Visitor, _number: int) -> None:
        answer = await visitor.ask(page, "start_training", LONG)
        refused.append(answer["error"]) if "error" in answer else tickets.append(answer["ticket"])

    async def stop(visitor: crowd.Visitor, number: int) -> None:
        await visitor.ask(page, "stop_training", {"ticket": tickets[number]})

    seen = await crowd.all_at_once(address, TOO_MANY, train)
    seen.failed += (await crowd.all_at_once(address, len(tickets), stop)).failed
    assert not seen.failed, seen.failed
    return refused


@dataclass
class Report:
    """A table of what was measured and what is promised.

    Attributes:
        kept: whether every promise is.
    """

    rows: list[str] = field(default_factory=list)
    kept: bool = True

    def add(self, what: str, measured: str, promised: str = "", kept: bool = True) -> None:
        """One line; a promise that is broken is marked."""
        self.rows.append(f"| {what} | {measured} | {promised}{'' if kept else ' **broken**'} |")
        self.kept &= kept

    def show(self) -> None:
        """Print it, with the machine and the date."""
        machine = f"{os.cpu_count()} cores, {platform.platform(terse=True)}"
        print(f"{date.today()}, {machine}, seed {SEED}\n")
        print("| what | measured | promised |\n| --- | --- | --- |", *self.rows, sep="\n")


def weights(report: Report, page: Weight, bare: Weight) -> None:
    """How heavy the page is beside the smallest Gradio app."""
    size, many = page.bytes / bare.bytes, page.requests / bare.requests
    told = f"{page.bytes / 1000:.0f} : {bare.bytes / 1000:.0f} kB = {size:.2f}"
    report.add("bytes over the wire, page : bare Gradio app", told, "≤ 1.5", size <= 1.5)
    told = f"{page.requests} : {bare.requests} = {many:.2f}"
    report.add("requests to open, page : bare Gradio app", told, "≤ 1.5", many <= 1.5)


def arrival(report: Report, browser: Browser, address: str, others: Class) -> None:
    """The class opens the page, some of it with Chromium."""
    usable, begin = [], time.perf_counter()
    for number in range(LOOKING):
        time.sleep(max(0.0, begin + WITHIN * number / LOOKING - time.perf_counter()))
        usable.append(opening(browser, address, READY))
    while len(others.opened) < CLASS - LOOKING and time.perf_counter() < begin + LONGEST:
        time.sleep(0.1)
    here = len(others.opened) + len(usable)
    slowest = max(usable + others.opened)
    report.add(
        f"visitors who open the page within {WITHIN:.0f} s", str(here), str(CLASS), here == CLASS
    )
    report.add("page usable in Chromium meanwhile, median", f"{statistics.median(usable):.1f} s")
    report.add("the slowest of all", f"{slowest:.1f} s", f"≤ {SLOWEST:.0f} s", slowest <= SLOWEST)


def ready_to_play(browser: Browser, address: str) -> list[Page]:
    """Pages of Chromium that have come to rest."""
    pages = [browser.new_page(viewport={"width": 1280, "height": 900}) for _ in range(PLAYING)]
    for page in pages:
        page.goto(address)
        page.locator(READY).wait_for()
        page.wait_for_timeout(1500)
    return pages


def playing(report: Report, pages: list[Page], server: Server) -> None:
    """They play, and the server hears nothing of it."""
    before = server.busy
    script, requests = play(pages)
    events = PLAYING * DRAGS
    report.add(f"requests in {events:,} drag events", str(requests), "0", requests == 0)
    report.add("the server's processor meanwhile", f"{server.busy - before:.0f} s")
    report.add("script of a drag event, median", f"{script:.2f} ms", "≤ 1 ms", script <= 1)


def rushing(report: Report, pages: list[Page], address: str) -> None:
    """Calls, checks and trainings at once, while the class is there and a page plays."""
    during = []
    with ThreadPoolExecutor(1) as thread:
        all_of_them = thread.submit(asyncio.run, rush(address))
        while not all_of_them.done():
            during.append(play(pages[:1])[0])
    names = {
        "call": f"{CALLS} calls of `/attend` at once",
        "check": f"{CHECKS} × “Does Keras agree?”, TensorFlow not yet loaded",
        "train": f"{TRAININGS} trainings begun, two run at a time",
    }
    for name, seen in all_of_them.result().items():
        told = f"{len(seen.failed)} failed, the slowest {max(seen.seconds):.1f} s"
        report.add(names[name], told, "0 failed", not seen.failed)
        print(*seen.failed[:3], sep="\n", end="", file=sys.stderr)
    report.add("script of a drag event meanwhile", f"{statistics.median(during):.2f} ms")


def crowding(report: Report, address: str) -> None:
    """More trainings than may wait: those beyond are told why, and how long the queue is."""
    refused = crowd.run(too_many(address))
    told = {say(one) for one in refused}
    kept = 0 < len(refused) < TOO_MANY and all(one["key"] == "refused_queue" for one in refused)
    report.add(f"{TOO_MANY} trainings at once", f"{len(refused)} told: {'; '.join(told)}", "", kept)


def main() -> None:
    """Measure everything, print one table, and fail where a promise is broken."""
    report = Report()
    with (
        sync_playwright() as playwright,
        running("page") as (page, _),
        running("bare") as (bare, _),
    ):
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-background-networking"]
        )
        own = weigh(browser, page)
        weights(report, own, weigh(browser, bare))
        server = Server(page)
        with Class(page, CLASS - LOOKING, own.files) as others:
            arrival(report, browser, page, others)
            held = server.memory
            report.add(
                "memory of the server, all there",
                f"{held:.0f} MB",
                f"≤ {LARGEST} MB",
                held <= LARGEST,
            )
            pages = ready_to_play(browser, page)
            playing(report, pages, server)
            rushing(report, pages, page)
            crowding(report, page)
        seen = others.seen
        told = f"{seen.requests:,} sent, {len(seen.failed)} failed"
        report.add("requests of the class", told, "0 failed", not seen.failed)
        browser.close()
    report.show()
    sys.exit(not report.kept)


if __name__ == "__main__":
    main()
