"""Safari's engine on Linux, twice: WebKitGTK, about Safari of today, and WPE WebKit, about 16.0.

macOS has Safari itself, which selenium drives as `webdriver.Safari()`, once
`safaridriver --enable` has let it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import debian
from selenium.common.exceptions import (
    JavascriptException,
    NoSuchFrameException,
    WebDriverException,
)
from selenium.webdriver import WebKitGTK, WPEWebKit
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.webkitgtk.options import Options as GTKOptions
from selenium.webdriver.webkitgtk.service import Service as GTKService
from selenium.webdriver.wpewebkit.options import Options as WPEOptions
from selenium.webdriver.wpewebkit.service import Service as WPEService

PACKAGES = ("webkit2gtk-driver", "xvfb", "wpewebkit-driver", "cog")  # with cog comes WPE's library
NEEDED = ("WebKitWebDriver", "WPEWebDriver", "Xvfb")
SECONDS = 20.0  # that something may take to be so
READY = "table[data-ready='true']"
OWN_GROUP = {"start_new_session": True}
NARROWEST = 447  # pixels: no window of WebKitGTK's is narrower

# Errors come to the window; what is said to the console does not.
_LISTEN = """
    if (window.heard) return;
    window.heard = [];
    const hear = (what) => heard.push(String(what).slice(0, 300));
    addEventListener("error", ({ message, target }) => hear(message ?? target.outerHTML), true);
    addEventListener("unhandledrejection", ({ reason }) => hear(reason));
    addEventListener("securitypolicyviolation", (event) =>
        hear(`${event.violatedDirective} forbids ${event.blockedURI} ${event.sample}`));
    console.error = (...words) => hear(words.join(" "));
    if ("ReportingObserver" in window)
        new ReportingObserver((reports) => reports.forEach(({ body }) =>
            hear(`${body.effectiveDirective} forbids ${body.blockedURL}`)),
            { types: ["csp-violation"], buffered: true }).observe();
"""

# Where an element is on the screen: of what is enlarged by `zoom`, WebKit tells another size.
_BOX = """
    const zoom = (node) => (node ? getComputedStyle(node).zoom * zoom(node.parentElement) : 1);
    const { x, y, width, height } = arguments[0].getBoundingClientRect();
    return [x, y, width, height].map((length) => length * zoom(arguments[0]));
"""


def is_here() -> bool:
    """Whether both engines are installed."""
    return all(map(shutil.which, NEEDED)) and bool(
        _browser("webkit2gtk") and _browser("wpe-webkit")
    )


def get_webkit() -> None:
    """Install both engines if apt is here and may; otherwise say that their tests are not run."""
    if not is_here():
        debian.install(*PACKAGES)
    if not is_here():
        print("Safari's engine is not here: the tests in tests/safari are not run.", flush=True)


def _browser(library: str) -> str | None:
    """The small browser that a library of WebKit comes with."""
    return next(map(str, sorted(Path("/usr/lib").glob(f"*/{library}*/MiniBrowser"))), None)


@contextmanager
def webkit(width: int = 1280, height: int = 900) -> Iterator[Safari]:
    """WebKitGTK, with an inner window of this size."""
    options = GTKOptions()
    screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "2600x1600x24", "-nolisten", "tcp"]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(screen, **quiet) as server:
        try:
            display = f":{server.stdout.readline().strip()}"
            service = GTKService(env=os.environ | {"DISPLAY": display}, popen_kw=OWN_GROUP)
            with _driven(WebKitGTK, options, service, _browser("webkit2gtk")) as driver:
                safari = Safari(driver)
                safari.resize(width, height)
                yield safari
        finally:
            server.terminate()


@contextmanager
def old_webkit() -> Iterator[Safari]:
    """WPE WebKit; its window has 1280 × 720 pixels and no other size."""
    options = WPEOptions()
    options.add_argument("--headless")
    with _driven(
        WPEWebKit, options, WPEService(popen_kw=OWN_GROUP), _browser("wpe-webkit")
    ) as driver:
        yield Safari(driver)


@contextmanager
def _driven(
    kind: type[WebDriver], options: ArgOptions, service: Any, browser: str | None
) -> Iterator[WebDriver]:
    options.binary_location = browser
    options.add_argument("--automation")
    driver = kind(options=options, service=service)
    driver.set_script_timeout(SECONDS)
    driver.command_executor.client_config.timeout = 3 * SECONDS
    try:
        yield driver
    finally:
        WebDriver.quit(driver)
        # Asked to stop, it may take a minute, and its browser stay: both are of one group.
        os.killpg(service.process.pid, signal.SIGKILL)
        service.process.wait()


@dataclass(frozen=True)
class Safari:
    """An open window.

    Attributes:
        driver: selenium's.
    """

    driver: WebDriver

    def resize(self, width: int, height: int) -> None:
        """Give the page so many pixels."""
        self.driver.set_window_size(width, height)
        outer, inner = self.run("return [outerHeight, innerHeight]")
        self.driver.set_window_size(width, height + outer - inner)

    def run(self, script: str, *values: Any) -> Any:
        """What a script returns; `arguments` are the values."""
        return self.driver.execute_script(script, *values)

    def evaluate(self, function: str, value: Any = None) -> Any:
        """What a function of the page returns, waited for: as Playwright's pages do it."""
        told = self.driver.execute_async_script(
            f"""const done = arguments[1];
            Promise.resolve(arguments[0]).then({function}).then(
                (value) => done([value]), (error) => done(String(error)));""",
            value,
        )
        if isinstance(told, str):
            raise AssertionError(told)
        return told[0]

    def open(self, address: str, ready: str = READY) -> None:
        """Open a page, listen to its errors once it has loaded, and wait until something is there.

        What a page does while it loads shows in what it then shows, and breaches of its policy are
        told afterwards too, by WebKitGTK.
        """
        self.driver.get(address)  # waits: a script that a page leaves behind may never be answered
        self.run(_LISTEN)
        self.until("return document.querySelector(arguments[0])", ready)
        self.run(_LISTEN)  # where it has left for another page

    def open_framed(self, address: str, width: int, height: int) -> Any:
        """Open a page in a frame of this size: narrower than any window."""
        frame = (
            f"<body style='margin:0'><iframe style='border:0' width={width} height={height} src='"
        )
        self.driver.get("data:text/html," + quote(f"{frame}{address}'>"))
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:  # the frame is another one once its page has come
            try:
                self.driver.switch_to.default_content()
                self.driver.switch_to.frame(0)
                return self.until("return document.querySelector(arguments[0])", READY, seconds=1)
            except (WebDriverException, TimeoutError):
                time.sleep(0.2)
        raise TimeoutError(f"must be ready within {SECONDS} s: {address}")

    def errors(self) -> list[str]:
        """What went wrong on the page since it has loaded."""
        return list(self.run("return window.heard ?? ['the page is another one']"))

    def until(self, script: str, *values: Any, seconds: float = SECONDS) -> Any:
        """What a script returns as soon as it is true.

        Raises:
            TimeoutError: it was not for all these seconds.
        """
        end = time.monotonic() + seconds
        while True:
            try:
                if found := self.run(script, *values):
                    return found
            except (NoSuchFrameException, JavascriptException):  # the page is leaving, or comes
                pass
            if time.monotonic() > end:
                raise TimeoutError(f"must become true within {seconds} s: {script} {values}")
            time.sleep(0.05)

    def testid(self, testid: str) -> WebElement:
        """The element of a test id."""
        return self.driver.find_element("css selector", f'[data-testid="{testid}"]')

    def drag(self, testid: str, share: float) -> None:
        """Drag a slider from its middle to a share of its width, and let go."""
        slider = self.testid(testid)
        self.run("arguments[0].scrollIntoView({ block: 'center' })", slider)
        x, y, width, height = self.run(_BOX, slider)
        hand = ActionBuilder(self.driver, duration=50)
        for part in (0.5, (0.5 + share) / 2, share):
            hand.pointer_action.move_to_location(round(x + part * width), round(y + height / 2))
            if part == 0.5:
                hand.pointer_action.pointer_down()
        hand.pointer_action.pointer_up()
        hand.perform()
