"""Many visitors of one server at once, without a browser: they ask what a browser asks."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

T = TypeVar("T")

AT_ONCE = 6  # connections that a browser opens to one host
LONGEST = 60.0  # seconds that anybody waits for an answer
API = "gradio_api"


@dataclass
class Seen:
    """What a crowd has seen.

    Attributes:
        seconds: how long each took.
        failed: what was not as it should be.
        requests: how many were sent.
    """

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    requests: int = 0


class Visitor:
    """One browser, or one program: it has connections and a session of its own."""

    def __init__(self, address: str, number: int, seen: Seen) -> None:
        self._client = httpx.AsyncClient(
            base_url=address,
            timeout=LONGEST,
            verify=False,  # there is nothing to verify, and to prepare for it takes long
            trust_env=False,
            limits=httpx.Limits(max_connections=AT_ONCE + 1),  # one hears that the server is there
            headers={"accept-encoding": "gzip"},
        )
        self._session = f"visitor-{number}"
        self._seen = seen

    async def get(self, path: str) -> bytes:
        """One file, in full."""
        self._seen.requests += 1
        answer = await self._client.get(path)
        if answer.status_code != 200:
            self._seen.failed.append(f"{path}: {answer.status_code}")
        return answer.content

    async def open(self, files: Iterable[str]) -> None:
        """The page, and then all that it needs, as many at once as a browser asks for."""
        await self.get("")
        await asyncio.gather(*map(self.get, files))

    async def stay(self, over: asyncio.Event) -> None:
        """Keep the connection by which Gradio knows that a page is open; sends nothing more."""
        self._seen.requests += 1
        async with self._client.stream(
            "GET", f"{API}/heartbeat/{self._session}", timeout=None
        ) as alive:
            if alive.status_code != 200:
                self._seen.failed.append(f"heartbeat: {alive.status_code}")
            await over.wait()

    async def ask(self, component: int, name: str, request: Any) -> Any:
        """What one of the page's functions answers."""
        self._seen.requests += 1
        body = {"session_hash": self._session, "component_id": component}
        answer = await self._client.post(
            f"{API}/component_server", json=body | {"fn_name": name, "data": request}
        )
        return answer.raise_for_status().json()

    async def attend(self, *arguments: Any) -> dict[str, list]:
        """What `/attend` answers; the two requests that it takes.

        Raises:
            httpx.HTTPStatusError: it was refused.
            ValueError: it answered with an error.
        """
        self._seen.requests += 2
        call = await self._client.post(f"{API}/call/attend", json={"data": arguments})
        number = call.raise_for_status().json()["event_id"]
        told = (await self._client.get(f"{API}/call/attend/{number}")).text
        *_, event, data = told.strip().splitlines()  # before them, that it is alive
        if event != "event: complete":
            raise ValueError(told)
        return json.loads(data.removeprefix("data: "))[0]

    async def leave(self) -> None:
        """Close every connection."""
        await self._client.aclose()


def run(doing: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine, also where a loop is running already, as Playwright's is."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, doing).result()


async def component(address: str) -> int:
    """The number of the component whose functions the page asks."""
    async with httpx.AsyncClient(base_url=address) as client:
        parts = (await client.get("config")).json()["components"]
    return next(part["id"] for part in parts if part["props"].get("server_fns"))


async def all_at_once(
    address: str,
    visitors: int,
    doing: Callable[[Visitor, int], Awaitable[Any]],
    *,
    within: float = 0.0,
    seed: int = 0,
) -> Seen:
    """Each does the same once, from a moment of its own within so many seconds."""
    chance, seen = random.Random(seed), Seen()

    async def one(number: int, wait: float) -> None:
        await asyncio.sleep(wait)
        visitor = Visitor(address, number, seen)
        begin = time.perf_counter()
        try:
            await doing(visitor, number)
        except (httpx.HTTPError, ValueError, AssertionError) as error:
            seen.failed.append(f"{number}: {error!r}"[:300])
        seen.seconds.append(time.perf_counter() - begin)
        await visitor.leave()

    await asyncio.gather(*(one(i, chance.uniform(0, within)) for i in range(visitors)))
    return seen
