"""Print what two copies behind nginx keep, and what is lost with one: `… copies.py`.

Two copies of `app.py` behind nginx with `assets/deploy/nginx.conf`. Visitors come, one trains, the
training's copy is killed and comes back. The first promise that breaks ends it with an error.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests", "")]

import nginx  # noqa: E402
from crowd import API, Visitor, component  # noqa: E402
from ports import free_port  # noqa: E402

from attention import attend  # noqa: E402

BROWSERS, PROGRAMS, EACH, NEWCOMERS = 60, 40, 5, 30
LONGEST_START, BACK = 240, 5  # seconds; nginx tries a copy again after `fail_timeout`
TRAINING = {"task": "loud_second", "options": {"epochs": 50}}


class Copy:
    """`app.py` in a process of its own, on a port that it keeps."""

    def __init__(self) -> None:
        self.port = free_port()

    def start(self) -> None:
        """Start it, and do not wait."""
        quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_SERVER_PORT": str(self.port)}
        silence = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        command = [sys.executable, "app.py"]
        self._process = subprocess.Popen(command, cwd=ROOT, env=os.environ | quiet, **silence)

    async def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + LONGEST_START
        while True:
            try:
                await Visitor(f"http://127.0.0.1:{self.port}").get()
                return
            except httpx.HTTPError:
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(0.2)

    def kill(self) -> None:
        """End it as a machine ends that loses its power."""
        self._process.kill()
        self._process.wait()


def copy_of(visitor: Visitor) -> int:
    """Which copy the visitor's cookie names."""
    return int(next(cookie.value for cookie in visitor.cookies if cookie.name == "copy"))


async def browsers(address: str, many: int) -> Counter[int]:
    """Browsers that come for the first time, and then stay. -> how many at which copy"""
    found: Counter[int] = Counter()
    for _ in range(many):
        visitor, seen = Visitor(address), set()
        for path in ("", "config", f"{API}/app_id", ""):
            await visitor.get(path)
            seen.add(copy_of(visitor))
        assert len(seen) == 1, "a visitor stays with one copy"
        found += Counter(seen)
    return found


async def right(visitor: Visitor, number: int) -> None:
    """One call of `/attend` with a scene that no other number has gets that scene's numbers."""
    x, w = [[number, 1], [1, 0.5], [0, -number]], [0.25, 2]
    expected = attend(x, w, activation="linear")
    answer = await visitor.attend(x, w, None, None, "linear", 1)
    assert answer == {name: stage.tolist() for name, stage in vars(expected).items()}


async def programs(address: str, many: int, each: int) -> int:
    """Programs without cookies, from hosts of their own, all at once. -> right answers"""

    async def call(number: int) -> None:
        visitor = Visitor(address, host=f"127.0.1.{number}", keeps=False)
        for turn in range(each):
            await right(visitor, number * each + turn)

    await asyncio.gather(*(call(number) for number in range(1, many + 1)))
    return many * each


async def first_event(address: str) -> float:
    """Milliseconds until the first event of a stream that goes on for hours."""
    begin = time.perf_counter()
    async with Visitor(address).client.stream("GET", f"{API}/heartbeat/somebody") as stream:
        async for event in stream.aiter_bytes():
            assert event.startswith(b"data:"), event
            return 1000 * (time.perf_counter() - begin)
    raise AssertionError("no event")


async def trained(visitor: Visitor, part: int, ticket: str, epochs: int) -> int:
    """Follow a training until it has so many records of epochs. -> how many it has"""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        standing = await visitor.ask(part, "follow_training", {"ticket": ticket})
        assert "error" not in standing, standing
        if len(standing["recording"]["epochs"]) >= epochs:
            return len(standing["recording"]["epochs"])
        await asyncio.sleep(0.3)
    raise AssertionError("the training does not go on")


def row(what: str, many: int, result: str) -> None:
    """A line of the table, as soon as it is true."""
    print(f"| {what} | {many} | {result} |", flush=True)


async def table(address: str, copies: list[Copy]) -> None:
    """Everything in its order."""
    for copy in copies:
        await copy.wait()
    came = await browsers(address, BROWSERS)
    assert min(came[1], came[2]) >= BROWSERS / 5, came
    row("browsers come, and each stays with its copy", BROWSERS, f"{dict(came)} by copy")
    calls = await programs(address, PROGRAMS, EACH)
    row(f"`/attend`, {PROGRAMS} programs at once", calls, "all the core’s numbers")
    row("a stream of events", 1, f"the first one after {await first_event(address):.0f} ms")

    part, own = await component(address), Visitor(address)
    await own.get()
    first = copy_of(own)
    ticket = (await own.ask(part, "start_training", TRAINING))["ticket"]
    row(f"a page trains at copy {first}", 1, f"{await trained(own, part, ticket, 2)} records")

    copies[first - 1].kill()
    lost = await own.ask(part, "follow_training", {"ticket": ticket})
    assert "error" in lost and copy_of(own) == 3 - first, lost
    row(f"copy {first} is killed: its page", 1, f"is told so by copy {3 - first}")
    for number in range(1, NEWCOMERS + 1):
        await right(Visitor(address, host=f"127.0.2.{number}", keeps=False), number)
    only = await browsers(address, NEWCOMERS)
    assert set(only) == {3 - first}, only
    row("browsers and programs that come now", 2 * NEWCOMERS, "none failed")
    ticket = (await own.ask(part, "start_training", TRAINING))["ticket"]
    again = await trained(own, part, ticket, 2)
    row("“Train again” on that page", 1, f"{again} records at copy {copy_of(own)}")

    copies[first - 1].start()
    await copies[first - 1].wait()
    await asyncio.sleep(BACK + 1)
    came = await browsers(address, BROWSERS)
    assert min(came[1], came[2]) >= BROWSERS / 5, came
    row(f"copy {first} is back: browsers come", BROWSERS, f"{dict(came)} by copy")
    grew = await trained(own, part, ticket, again)
    assert copy_of(own) == 3 - first
    await own.ask(part, "stop_training", {"ticket": ticket})
    row("the training that began meanwhile is there", 1, f"{grew} records")


def main() -> None:
    """Start all, and print one table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port, copies = free_port(), [Copy(), Copy()]
        site = (ROOT / "assets/deploy/nginx.conf").read_text("utf-8")
        site = site.replace("listen 80;", f"listen 127.0.0.1:{port};")
        for number, copy in enumerate(copies, 1):
            site = re.sub(rf":{7860 + number}\b", f":{copy.port}", site)
            copy.start()
            stack.callback(copy.kill)
        stack.enter_context(nginx.running(folder, site, port))
        print(f"{date.today()}, {os.cpu_count()} cores\n")
        print("| what | how many | result |\n| --- | --- | --- |")
        asyncio.run(table(f"http://127.0.0.1:{port}", copies))


if __name__ == "__main__":
    main()
