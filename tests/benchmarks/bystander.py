"""Print what others notice while one client does its worst: `python tests/benchmarks/bystander.py`.

Each attack has a server of its own, and comes from an address of its own on this machine. Meanwhile
three bystanders ask, over and over: for the health answer, for the page in Chromium, and `/attend`.
The command fails if a promise is broken.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import socket
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/benchmarks", "tests", "")]

import crowd  # noqa: E402
from load import memory  # noqa: E402
from page import chromium, opening, running  # noqa: E402
from playwright.sync_api import Browser  # noqa: E402
from report import Report  # noqa: E402

GREEDY, BYSTANDER = "127.0.0.9", "127.0.0.2"
LASTS, FIRST = 12.0, 1.0  # seconds of each attack; how long it goes on before anybody looks
SLOWEST_HEALTH, SLOWEST_CALL = 0.5, 2.0  # seconds
DESCRIPTORS = 1024  # that the server may have, as on many a machine
LARGE = 4 * 2**20
SCENE = {"rows": ["a", "b"], "columns": ["f", "g"], "x": [[1, 2], [3, 4]], "w": [1, 1]}


@dataclass
class Greedy:
    """One client that asks for more than its share.

    Attributes:
        address: of the server.
        part: the number of the component whose functions the page asks.
        over: when it ends.
        kept: connections that it holds.
    """

    address: str
    part: int
    over: float = field(default_factory=lambda: time.monotonic() + LASTS)
    kept: list[socket.socket] = field(default_factory=list)

    @property
    def goes_on(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self.over

    async def all_the_time(self, at_once: int, doing: Callable[[crowd.Visitor, int], Awaitable]):
        """So many of its sessions do the same again and again, whatever is answered."""

        async def one(number: int) -> None:
            visitor, turn = crowd.Visitor(self.address, number, host=GREEDY), number
            while self.goes_on:
                with contextlib.suppress(crowd.httpx.HTTPError, ValueError, TimeoutError):
                    await asyncio.wait_for(doing(visitor, turn), LASTS)
                turn += at_once
            await visitor.client.aclose()

        await asyncio.gather(*map(one, range(at_once)))

    async def connect(self, count: int, sent: bytes) -> None:
        """So many connections that send this and wait; one that is closed is opened again."""
        host, port = crowd.httpx.URL(self.address).host, crowd.httpx.URL(self.address).port
        loop = asyncio.get_running_loop()

        async def one() -> None:
            while self.goes_on:
                with contextlib.suppress(OSError, TimeoutError):
                    client = socket.socket()
                    client.setblocking(False)
                    client.bind((GREEDY, 0))
                    with contextlib.closing(client):
                        await asyncio.wait_for(loop.sock_connect(client, (host, port)), 2)
                        await asyncio.wait_for(loop.sock_sendall(client, sent), 5)
                        left = max(0.1, self.over - time.monotonic())
                        await asyncio.wait_for(loop.sock_recv(client, 1), left)
                await asyncio.sleep(0.05)

        await asyncio.gather(*(one() for _ in range(count)))


async def nothing(greedy: Greedy) -> None:
    """For comparison."""
    await asyncio.sleep(LASTS)


async def files(greedy: Greedy) -> None:
    """Names a file of another host in place of numbers."""
    file = {"path": "http://127.0.0.1:9/big.bin", "meta": {"_type": "gradio.FileData"}}

    async def doing(visitor: crowd.Visitor, _turn: int) -> None:
        data = [file, [1], None, None, "tanh", 1]
        await visitor.client.post("gradio_api/run/attend", json={"data": data})

    await greedy.all_the_time(20, doing)


async def trainings(greedy: Greedy) -> None:
    """Starts trainings in 33 sessions, and follows them."""
    tickets: dict[int, str] = {}

    async def doing(visitor: crowd.Visitor, turn: int) -> None:
        ticket = tickets.get(turn % 33)
        if ticket is None:
            options = {"task": "numbers", "options": {"epochs": 30}}
            answer = await visitor.ask(greedy.part, "start_training", options)
            tickets[turn % 33] = answer["ticket"]
        await asyncio.sleep(1)
        await visitor.ask(greedy.part, "follow_training", {"ticket": tickets[turn % 33]})

    await greedy.all_the_time(33, doing)


async def drawings(greedy: Greedy) -> None:
    """Sixty maps at a time, each of another sentence."""

    async def doing(visitor: crowd.Visitor, turn: int) -> None:
        setting = {"sentence": f"the cat sat on mat number {turn}"}
        request = {"setting": setting, "names": ["bahdanau_additive"]}
        answer = await visitor.ask(greedy.part, "draw_variations", request)
        assert "content" in answer or answer["error"]["key"] == "refused_busy", answer

    await greedy.all_the_time(60, doing)


async def exports(greedy: Greedy) -> None:
    """Sixty animations at a time, each of another scene."""

    async def doing(visitor: crowd.Visitor, turn: int) -> None:
        scene = SCENE | {"w": [1, turn / 100]}
        moves = {"sweep": {"of": "w.0", "low": -1, "high": 1}}
        request = {"scene": scene, "format": "gif"} | moves
        await visitor.ask(greedy.part, "take_animation", request)

    await greedy.all_the_time(60, doing)


async def bodies(greedy: Greedy) -> None:
    """A hundred bodies of 4 MB that lack their last byte."""
    head = (
        "POST /gradio_api/run/attend HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        f"Content-Length: {LARGE}\r\n\r\n"
    )
    await greedy.connect(100, head.encode() + b"[" * (LARGE - 1))


async def heads(greedy: Greedy) -> None:
    """1,100 requests that end in the middle of their head."""
    await greedy.connect(1_100, b"GET / HTTP/1.1\r\nHost: a\r\n")


LARGEST = [[[1.5] * 64] * 1_000, [1.5] * 64, None, None, "tanh", 1]


async def calls(greedy: Greedy) -> None:
    """The largest calls of `/attend`, eight at a time."""

    async def doing(visitor: crowd.Visitor, _turn: int) -> None:
        await visitor.attend(*LARGEST)

    await greedy.all_the_time(8, doing)


async def unread(greedy: Greedy) -> None:
    """The same, and it never fetches the answers."""

    async def doing(visitor: crowd.Visitor, _turn: int) -> None:
        await visitor.client.post("gradio_api/call/attend", json={"data": LARGEST})

    await greedy.all_the_time(8, doing)


ATTACKS = (nothing, files, trainings, drawings, exports, bodies, heads, calls, unread)


@dataclass
class Noticed:
    """Seconds of each bystander's answers, and what failed."""

    health: list[float] = field(default_factory=list)
    calls: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


async def bystanders(address: str, noticed: Noticed, over: Event) -> None:
    """Ask for the health answer and `/attend` until all is over."""
    visitor = crowd.Visitor(address, host=BYSTANDER)

    async def again(seconds: list[float], asking: Callable[[], Awaitable[Any]]) -> None:
        while not over.is_set():
            begin = time.perf_counter()
            try:
                await asking()
            except (crowd.httpx.HTTPError, ValueError) as error:
                noticed.failed.append(repr(error)[:200])
            seconds.append(time.perf_counter() - begin)
            await asyncio.sleep(0.1)

    await asyncio.gather(
        again(noticed.health, lambda: visitor.get("gradio_api/app_id")),
        again(noticed.calls, lambda: visitor.attend([[1.0]], [1.0], None, None, "tanh", 1)),
    )
    await visitor.client.aclose()


def watch(browser: Browser, attack: Callable[[Greedy], Awaitable]) -> tuple[Noticed, float]:
    """What is noticed of one attack, and how many MB the server holds at its end."""
    noticed, over = Noticed(), Event()
    with ThreadPoolExecutor(2) as threads, running("page") as (address, process):
        resource.prlimit(process, resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
        opening(browser, address)
        greedy = Greedy(address, crowd.run(crowd.component(address)))
        attacking = threads.submit(asyncio.run, attack(greedy))
        time.sleep(FIRST)
        watching = threads.submit(asyncio.run, bystanders(address, noticed, over))
        while greedy.goes_on:
            noticed.pages.append(opening(browser, address))
        held = memory(process)
        over.set()
        watching.result()
        attacking.result()
    return noticed, held


def main() -> None:
    """One row for each attack."""
    report = Report()
    chosen = [attack for attack in ATTACKS if attack.__name__ in sys.argv[1:]] or ATTACKS
    with chromium() as browser:
        for attack in chosen:
            noticed, held = watch(browser, attack)
            health, call = max(noticed.health), max(noticed.calls)
            pages = statistics.median(noticed.pages)
            found = (
                f"health ≤ {health:.2f} s, `/attend` ≤ {call:.2f} s, page {pages:.2f} s, "
                f"{held:.0f} MB, {len(noticed.failed)} failed"
            )
            kept = health <= SLOWEST_HEALTH and call <= SLOWEST_CALL and not noticed.failed
            promised = f"health ≤ {SLOWEST_HEALTH} s, `/attend` ≤ {SLOWEST_CALL:.0f} s, 0 failed"
            report.add((attack.__doc__ or "").splitlines()[0], found, promised, kept)
            for error in sorted(set(noticed.failed)):
                print(f"  {error}", file=sys.stderr)
    report.end()


if __name__ == "__main__":
    main()
