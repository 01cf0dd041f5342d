"""Many visitors of one server at once, without a browser: they ask what a browser asks."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, TypeVar

import httpx

T = TypeVar("T")

AT_ONCE = 6  # connections that a browser opens to one host
LONGEST = 60.0  # seconds that anybody waits for an answer
API = "gradio_api"
COOKIES, NO_COOKIES = DefaultCookiePolicy(), DefaultCookiePolicy(allowed_domains=[])


@dataclass
class Seen:
    """What a crowd has seen: seconds of each, what failed, and how many requests were sent."""

    seconds: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    requests: int = 0


class Visitor:
    """One browser, or one program: it has connections, cookies and a session of its own.

    Args:
        address: of the server.
        number: that no other visitor has.
        host: from which it comes, any of 127.0.0.0/8.
        keeps: whether it keeps cookies, as a browser does.
    """

    def __init__(
        self, address: str, number: int = 0, *, host: str = "127.0.0.1", keeps: bool = True
    ) -> None:
        # One connection more: by that one the server knows that the page is open.
        limits = httpx.Limits(max_connections=AT_ONCE + 1)
        self.cookies = CookieJar(COOKIES if keeps else NO_COOKIES)
        self.client = httpx.AsyncClient(
            base_url=address,
            timeout=LONGEST,
            cookies=self.cookies,
            transport=httpx.AsyncHTTPTransport(verify=False, limits=limits, local_address=host),
        )
        self.requests, self._session = 0, f"visitor-{number}"

    async def get(self, path: str = "") -> httpx.Response:
        """One file, in full."""
        self.requests += 1
        return (await self.client.get(path)).raise_for_status()

    async def stay(self, over: asyncio.Event) -> None:
        """Keep the connection by which Gradio knows that a page is open; sends nothing more."""
        self.requests += 1
        path = f"{API}/heartbeat/{self._session}"
        async with self.client.stream("GET", path, timeout=None) as alive:
            alive.raise_for_status()
            await over.wait()

    async def ask(self, component: int, name: str, request: Any) -> Any:
        """What one of the page's functions answers."""
        self.requests += 1
        body = {"session_hash": self._session, "component_id": component, "fn_name": name}
        path = f"{API}/component_server"
        answer = await self.client.post(path, json=body | {"data": request})
        return answer.raise_for_status().json()

    async def attend(self, *arguments: Any) -> dict[str, list]:
        """What `/attend` answers; the two requests that it takes.

        Raises:
            ValueError: it answered with an error.
        """
        self.requests += 2
        call = await self.client.post(f"{API}/call/attend", json={"data": arguments})
        number = call.raise_for_status().json()["event_id"]
        answer = (await self.client.get(f"{API}/call/attend/{number}")).raise_for_status().text
        *_, event, data = answer.strip().splitlines()  # before them, that it is alive
        if event != "event: complete":
            raise ValueError(answer)
        return json.loads(data.removeprefix("data: "))[0]


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
        visitor, begin = Visitor(address, number), time.perf_counter()
        try:
            await doing(visitor, number)
        except (httpx.HTTPError, ValueError, AssertionError) as error:
            seen.failed.append(f"{number}: {error!r}"[:300])
        seen.seconds.append(time.perf_counter() - begin)
        seen.requests += visitor.requests
        await visitor.client.aclose()

    await asyncio.gather(*(one(i, chance.uniform(0, within)) for i in range(visitors)))
    return seen
