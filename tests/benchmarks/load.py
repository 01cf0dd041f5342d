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
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/benchmarks", "tests", "")]

import crowd  # noqa: E402
from find_browser import find_browser  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from run import DRAG, opening, running  # noqa: E402

from attention import attend  # noqa: E402
from attention.training.desk import Desk  # noqa: E402

CLASS, WITHIN, SEED = 300, 60.0, 1  # visitors, seconds, of their moments
LOOKING = 15  # of them with Chromium, one after the other
PLAYING, DRAGS = 4, 300  # pages of Chromium that play at once, drag events each
CALLS, CHECKS, TRAININGS = 50, 10, 5  # at once
TOO_MANY = 45  # trainings
SLOWEST, LARGEST = 20.0, 1024  # seconds, MB
LONG = {"task": "numbers", "options": {"epochs": 30}}
READY = "table[data-ready=true]"


def files(browser: Browser, address: str) -> tuple[list[str], int]:
    """What Chromium asks for after the page itself, and how many bytes came over the wire."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    asked: dict[str, str] = {}
    came: dict[str, int] = {}
    wire.on(
        "Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]["url"]})
    )
    wire.on(
        "Network.loadingFinished", lambda e: came.update({e["requestId"]: e["encodedDataLength"]})
    )
    page.goto(address)
    page.locator("input[type=range]").first.wait_for()
    page.wait_for_timeout(3000)
    context.close()
    here = [url for url in asked.values() if url.startswith("http")]
    assert all(urlsplit(url).netloc == urlsplit(address).netloc for url in here), here
    paths = [url.removeprefix(address) for url in here]
    return [path for path in paths if path and "heartbeat" not in path], sum(came.values())


def memory(process: int) -> float:
    """MB that a process holds."""
    told = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(process)], capture_output=True, text=True, check=True
    )
    return int(told.stdout) / 1024


def busy(process: int) -> float:
    """Seconds of the processor that a process has used."""
    told = subprocess.run(
        ["ps", "-o", "cputimes=", "-p", str(process)], capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def pid(address: str) -> int:
    """The process that listens at an address on this machine."""
    port = urlsplit(address).port
    told = subprocess.run(
        ["ss", "-ltnpH", f"sport = :{port}"], capture_output=True, text=True, check=True
    )
    return int(told.stdout.partition("pid=")[2].partition(",")[0])


@contextmanager
def staying(address: str, visitors: int, needed: list[str]) -> Iterator[Future[crowd.Seen]]:
    """A class that opens the page within a minute, and then stays and plays. -> what it will see"""
    over = asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []
    opened = crowd.Seen()

    async def doing(visitor: crowd.Visitor, _number: int) -> None:
        begin = time.perf_counter()
        await visitor.open(needed)
        opened.seconds.append(time.perf_counter() - begin)
        await visitor.stay(over)

    async def all_of_them() -> crowd.Seen:
        loops.append(asyncio.get_running_loop())
        return await crowd.all_at_once(address, visitors, doing, within=WITHIN, seed=SEED)

    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(asyncio.run, all_of_them())
        future.opened = opened  # type: ignore[attr-defined]
        try:
            yield future
        finally:
            loops[0].call_soon_threadsafe(over.set)
            future.result()


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


def main() -> None:
    """Measure everything, print one table, and fail where a promise is broken."""
    rows: list[tuple[str, str, str, bool]] = []
    with (
        sync_playwright() as playwright,
        running("page") as (page, _),
        running("bare") as (bare, _),
    ):
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-background-networking"]
        )
        (needed, bytes_), (bare_needed, bare_bytes) = files(browser, page), files(browser, bare)
        weight, count = bytes_ / bare_bytes, (len(needed) + 2) / (len(bare_needed) + 2)
        size = f"{bytes_ / 1000:.0f} kB, {bare_bytes / 1000:.0f} kB"
        rows.append(
            ("bytes of the page, of the bare one", size, f"{weight:.2f} ≤ 1.5", weight <= 1.5)
        )
        size = f"{len(needed) + 2}, {len(bare_needed) + 2}"
        rows.append(
            ("requests of the page, of the bare one", size, f"{count:.2f} ≤ 1.5", count <= 1.5)
        )

        server = pid(page)
        with staying(page, CLASS - LOOKING, needed) as staying_ones:
            usable = []
            begin = time.perf_counter()
            for number in range(LOOKING):
                time.sleep(max(0.0, begin + WITHIN * number / LOOKING - time.perf_counter()))
                usable.append(opening(browser, page, READY))
            opened = staying_ones.opened  # type: ignore[attr-defined]
            while len(opened.seconds) < CLASS - LOOKING and time.perf_counter() < begin + 240:
                time.sleep(0.1)
            came = len(opened.seconds)
            slowest = max(usable + opened.seconds)
            rows.append(
                (
                    f"visitors who opened the page within {WITHIN:.0f} s",
                    f"{came + LOOKING}",
                    f"= {CLASS}",
                    came + LOOKING == CLASS,
                )
            )
            told = f"{statistics.median(usable):.1f} s, {slowest:.1f} s"
            rows.append(
                (
                    "page usable: median of Chromium, slowest of all",
                    told,
                    f"≤ {SLOWEST:.0f} s",
                    slowest <= SLOWEST,
                )
            )
            held = memory(server)
            rows.append(
                (
                    "memory of the server, 300 there",
                    f"{held:.0f} MB",
                    f"≤ {LARGEST} MB",
                    held <= LARGEST,
                )
            )
            pages = []
            for _ in range(PLAYING):
                pages.append(browser.new_page(viewport={"width": 1280, "height": 900}))
                pages[-1].goto(page)
                pages[-1].locator(READY).wait_for()
                pages[-1].wait_for_timeout(1500)
            before = busy(server)
            script, requests = play(pages)
            rows.append(
                (
                    f"requests while they play ({PLAYING * DRAGS} drag events)",
                    str(requests),
                    "= 0",
                    requests == 0,
                )
            )
            rows.append(
                ("processor of the server meanwhile", f"{busy(server) - before:.0f} s", "", True)
            )
            rows.append(
                ("one drag event, script, median", f"{script:.2f} ms", "≤ 1 ms", script <= 1)
            )

            with ThreadPoolExecutor(1) as thread:
                rushing = thread.submit(asyncio.run, rush(page))
                during = []
                while not rushing.done():
                    during.append(play(pages[:1])[0])
                seen = rushing.result()
            told_of = {
                "call": f"{CALLS} calls of `/attend` at once",
                "check": f"{CHECKS} × “Keras agrees”, TensorFlow not loaded",
                "train": f"{TRAININGS} trainings begun, two at a time",
            }
            for name, what in told_of.items():
                one = seen[name]
                rows.append(
                    (
                        f"{what}: failed, slowest",
                        f"{len(one.failed)}, {max(one.seconds):.1f} s",
                        "0 failed",
                        not one.failed,
                    )
                )
                if one.failed:
                    print(one.failed[:3], file=sys.stderr)
            rows.append(
                ("one drag event meanwhile", f"{statistics.median(during):.2f} ms", "", True)
            )
            refused = crowd.run(too_many(page))
            told = f"{len(refused)} told “{refused[0]['key']}”: {refused[0]['values']}"
            allowed = TOO_MANY - Desk()._waiting
            rows.append((f"{TOO_MANY} trainings at once", told, "", 0 < len(refused) <= allowed))
        stayed = staying_ones.result()
        failed = stayed.failed + opened.failed
        rows.append(
            (
                "requests of the class, failed",
                f"{stayed.requests}, {len(failed)}",
                "0 failed",
                not failed,
            )
        )
        browser.close()
    print(f"{date.today()}, {os.cpu_count()} cores, {platform.platform(terse=True)}, seed {SEED}\n")
    print("| what | measured | promised | |\n| --- | --- | --- | --- |")
    for *cells, kept in rows:
        print(f"| {' | '.join(cells)} | {'yes' if kept else 'NO'} |")
    sys.exit(not all(row[-1] for row in rows))


if __name__ == "__main__":
    main()
