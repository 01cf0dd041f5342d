"""What a page brings over the wire, and what its server's process has: memory, processor."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser


@dataclass
class Weight:
    """What Chromium asks for when it opens a page.

    Attributes:
        files: paths, the page itself and the connection that stays open left out.
        requests: how many, those two with them.
        bytes: that came over the wire.
    """

    files: list[str]
    requests: int
    bytes: int


def weigh(browser: Browser, address: str) -> Weight:
    """Open a page as somebody who has never been there; all must come from its own host."""
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
    urls = [url for url in asked.values() if url.startswith("http")]
    assert all(url.startswith(address) for url in urls), urls
    paths = [url.removeprefix(address) for url in urls]
    files = [path for path in paths if path and "heartbeat" not in path]
    return Weight(files, len(urls), sum(came.values()))


class Server:
    """The process that listens at an address of this machine."""

    def __init__(self, address: str) -> None:
        listening = _told("ss", "-ltnpH", f"sport = :{urlsplit(address).port}")
        self._process = listening.partition("pid=")[2].partition(",")[0]

    @property
    def memory(self) -> float:
        """MB that it holds."""
        return int(_told("ps", "-o", "rss=", "-p", self._process)) / 1024

    @property
    def busy(self) -> float:
        """Seconds of a processor that it has used, whole ones."""
        return float(_told("ps", "-o", "cputimes=", "-p", self._process))


def _told(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
