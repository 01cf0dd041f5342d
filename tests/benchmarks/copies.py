"""Print what several copies behind nginx keep, and what is lost with one: `… copies.py`.

Two copies of `app.py` with the configuration of `assets/deploy/`. Browsers and programs come, a
real page trains, its copy is killed and comes back. The first promise that breaks ends it with an
error.
"""

from __future__ import annotations

import http.client
import os
import platform
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/browser", "tests", "")]

from behind_nginx import Site, behind_nginx  # noqa: E402
from find_browser import find_browser  # noqa: E402
from gradio_client import Client  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from visiting import (  # noqa: E402
    Steady,
    call_at_once,
    epoch,
    play,
    scene,
    see_begun,
    see_lost,
    see_more,
    spread,
    train,
    train_again,
)

from attention import attend  # noqa: E402
from attention.texts import texts  # noqa: E402

BROWSERS, PROGRAMS, EACH, CLIENTS, NEWCOMERS = 60, 40, 5, 8, 30
BACK = 5  # seconds until nginx tries a copy again: `fail_timeout`

Row = tuple[str, object, str]


class Watched:
    """A page in a browser of its own, and every request of it that went wrong.

    Args:
        browser: where it opens.
        site: what it opens.
        fragment: the address after `#`.
        copy: the one that its cookie names; None: it has none yet.
    """

    def __init__(
        self, browser: Browser, site: Site, fragment: str = "", copy: int | None = None
    ) -> None:
        self._context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
        if copy:
            cookie = {"name": "copy", "value": str(copy), "url": site.address}
            self._context.add_cookies([cookie])
        self.page: Page = self._context.new_page()
        self.asked, self.wrong = 0, []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("requestfailed", lambda request: self.wrong.append(request.url))
        self.page.on("response", self._see)
        self._address = site.address
        self.page.goto(f"{site.address}/{fragment}")
        self.page.locator("table[data-ready='true']").wait_for()

    @property
    def copy(self) -> int:
        """The one that answers."""
        return int(self._context.cookies()[0]["value"])

    def _see(self, response) -> None:
        self.asked += 1
        here = response.url.startswith((self._address, "data:", "blob:"))
        if response.status >= 400 or not here:
            self.wrong.append(f"{response.status} {response.url}")


def said(copies: Counter[int]) -> str:
    """How many came to which copy."""
    return ", ".join(f"{copies[number]} at copy {number}" for number in sorted(copies))


def clients(site: Site) -> Counter[int]:
    """Everybody with a gradio_client of their own, at once. -> right answers by copy"""

    def call(number: int) -> int:
        copy = number % 2 + 1
        cookies = {"cookies": {"copy": str(copy)}}
        client = Client(site.address, verbose=False, httpx_kwargs=cookies)
        for turn in range(EACH):
            x, w = scene(1000 + number * EACH + turn)
            answer = client.predict(x=x, w=w, activation="linear", api_name="/attend")
            right = attend(x, w, activation="linear")
            assert answer == {name: stage.tolist() for name, stage in vars(right).items()}
        return copy

    with ThreadPoolExecutor(CLIENTS) as pool:
        return Counter(copy for copy in pool.map(call, range(CLIENTS)) for _ in range(EACH))


def first_event(site: Site) -> float:
    """Seconds until the first event of a stream that goes on for hours."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    begin = time.perf_counter()
    connection.request("GET", "/gradio_api/heartbeat/somebody")
    event = connection.getresponse().read1(100)
    connection.close()
    assert event.startswith(b"data:"), event
    return time.perf_counter() - begin


def alive(pid: int) -> bool:
    """Whether a process runs."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def newcomers(site: Site, only: int) -> int:
    """Browsers and programs that first come while one copy is dead."""
    for number in range(1, NEWCOMERS + 1):
        browser, program = site.visitor(), site.visitor(f"127.0.2.{number}", keeps=False)
        browser.ask("/")
        x, w = scene(number)
        logits = attend(x, w, activation="linear").logits.tolist()
        for one in (browser, program):
            assert one.attend(x=x, w=w)["logits"] == logits
            assert one.copy == only, one.copy
    return 2 * NEWCOMERS


def visits(site: Site) -> Iterator[Row]:
    """As long as both copies live."""
    yield "browsers come, and each stays with its copy", BROWSERS, said(spread(site, BROWSERS))
    calls = call_at_once(site, PROGRAMS, EACH)
    what = f"`/attend` by two HTTP requests, {PROGRAMS} programs at once"
    yield what, calls.total(), f"all the core’s numbers; {said(calls)}"
    calls = clients(site)
    what = f"`/attend` by `gradio_client`, {CLIENTS} programs at once"
    yield what, calls.total(), f"all the core’s numbers; {said(calls)}"
    yield "a stream of events: the first one arrives", 1, f"after {1000 * first_event(site):.0f} ms"


def a_death(site: Site, browser: Browser) -> Iterator[Row]:
    """A page trains, its copy is killed, and comes back."""
    own = Watched(browser, site, "#lesson=love")
    play(own.page)
    assert not own.wrong, own.wrong
    yield "the page opens at `#lesson=love` and plays", own.asked, "requests, none failed"

    first, second = own.copy, 3 - own.copy
    other = Watched(browser, site, copy=second)
    others = train(other.page, seed=2)
    opened = train(own.page, seed=1)
    assert (own.copy, other.copy) == (first, second)
    both = f"{epoch(opened)} epochs at copy {first}, {epoch(others)} at copy {second}"
    yield "pages train, and show epoch after epoch", 2, both

    killed = site.copies[first - 1]
    workers = killed.workers()
    with Steady(site, second) as steady:
        time.sleep(1)
        before, begin, done = epoch(others), time.monotonic(), steady.answered
        killed.kill()
        see_lost(own.page, opened)
        lost = time.monotonic() - begin
        play(own.page)
        see_more(others)
        yield (
            f"copy {first} is killed: its page plays on, and says that the training is lost",
            1,
            f"after {lost:.1f} s, in English and Russian; {epoch(opened)} epochs stay",
        )
        while any(map(alive, workers)):
            assert time.monotonic() - begin < 120, "a worker outlives its server"
            time.sleep(0.1)
        gone = f"ended by themselves within {time.monotonic() - begin:.1f} s"
        yield "processes that trained for it", len(workers), gone
        count = newcomers(site, second)
        yield "who comes now gets answers", count, f"none failed, all at copy {second}"
        train_again(own.page, opened)
        assert own.copy == second
        see_begun(opened)
        again = see_more(opened)
        yield "“Train again” on that page", 1, f"epoch {again}, at copy {second}"
    assert steady.answered > done and not steady.failed, steady.failed
    assert not other.wrong, other.wrong
    what = f"requests of another visitor meanwhile, who was at copy {second}"
    yield what, 3 * (steady.answered - done), "none failed"
    grew = f"epoch {before} → {epoch(others)}, {other.asked} requests, none failed"
    yield f"the training at copy {second} meanwhile", 1, grew

    killed.start()
    site.wait()
    time.sleep(BACK + 1)
    back = spread(site, BROWSERS)
    yield f"copy {first} is back: browsers come", BROWSERS, said(back)
    own.page.wait_for_timeout(2000)  # some more questions after the training
    status = opened.get_by_test_id("learn-status").text_content()
    assert (
        own.copy == second and epoch(opened) >= again and status != texts()["en"]["learn_forgotten"]
    )
    yield (
        "the training that began meanwhile is there",
        1,
        f"epoch {epoch(opened)}, at copy {second}",
    )


def main() -> None:
    """Print one table, a row as soon as it is true."""
    print(f"{date.today()}, {os.cpu_count()} cores, {platform.platform(terse=True)}\n")
    print("| what | how many | result |\n| --- | --- | --- |")
    with behind_nginx() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-background-networking"]
        )
        for row in chain(visits(site), a_death(site, browser)):
            print(f"| {' | '.join(map(str, row))} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
