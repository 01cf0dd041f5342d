"""Print how fast the page is, as ratios within one run: `python tests/benchmarks/run.py`.

Seconds say little on a machine that others use too; a ratio to a plain Gradio app, measured in the
same minute, says more. What is promised stands in the last column.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from find_browser import find_browser  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from ports import free_port  # noqa: E402

APPS = {
    "page": ROOT / "app.py",
    "bare": ROOT / "tests/benchmarks/bare.py",
    "plain": ROOT / "tests/benchmarks/plain.py",
}
STARTS, OPENINGS, DRAGS, PLAIN_DRAGS, LEARNING = 5, 9, 400, 30, 5
BIG = ";".join(
    ",".join(str((7 * row + 3 * column) % 90) for column in range(8)) for row in range(16)
)

# One input event on a slider: how long the script runs, and when the next frame has been painted.
DRAG = """async ([testid, times]) => {
  const slider = document.querySelector(`[data-testid="${testid}"]`);
  const spent = [], painted = [];
  for (let i = 0; i < times; i += 1) {
    slider.value = i % 90;
    const start = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    spent.push(performance.now() - start);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    painted.push(performance.now() - start);
  }
  return [spent, painted];
}"""
# While gradient descent turns the sliders: how many states of the table one sees in a second.
UPDATES = """(seconds) => new Promise((done) => {
  const states = new Set();
  const look = () => states.add(document.querySelector('[data-testid="weight-0"]').dataset.value);
  new MutationObserver(look).observe(document.querySelector("table.layer"),
    { subtree: true, attributes: true, attributeFilter: ["data-value"] });
  setTimeout(() => done(states.size / seconds), 1000 * seconds);
})"""
# An input event on the plain app: until the figure has been replaced.
PLAIN_DRAG = """async (times) => {
  const slider = document.querySelector("input[type=range]");
  const spent = [];
  for (let i = 0; i < times; i += 1) {
    const image = document.querySelector("img[src]");
    const before = image.src;
    slider.value = 10 + i;
    const start = performance.now();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const changed = () => document.querySelector("img[src]")?.src !== before;
    while (!changed()) await new Promise((done) => setTimeout(done, 1));
    spent.push(performance.now() - start);
  }
  return spent;
}"""


@contextmanager
def running(app: str) -> Iterator[tuple[str, float]]:
    """Start an app as a user does. -> its address, and the seconds until the page was served"""
    port = free_port()
    quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "PYTHONPATH": str(ROOT)}
    environment = os.environ | quiet | {"GRADIO_SERVER_PORT": str(port)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # after its first start nobody compiles again
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, APPS[app]],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        while True:
            try:
                urllib.request.urlopen(address).read()
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(f"{app} has stopped by itself") from None
                time.sleep(0.01)
        yield address, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait()


def starts() -> dict[str, list[float]]:
    """Seconds to the first page, the two apps in turn."""
    found: dict[str, list[float]] = {"page": [], "bare": []}
    for _ in range(STARTS):
        for app, times in found.items():
            with running(app) as (_, seconds):
                times.append(seconds)
    return found


def opening(browser: Browser, address: str, ready: str) -> float:
    """Seconds until a new visitor can use a page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(ready).first.wait_for()
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def openings(browser: Browser) -> dict[str, list[float]]:
    """Seconds until the page and the bare page are usable, in turn."""
    found: dict[str, list[float]] = {"page": [], "bare": []}
    ready = {"page": "table[data-ready=true]", "bare": "input[type=range]"}
    with running("page") as (page, _), running("bare") as (bare, _):
        addresses = {"page": page, "bare": bare}
        for turn in range(OPENINGS + 1):
            for app, times in found.items():
                seconds = opening(browser, addresses[app], ready[app])
                if turn:  # the first one warms the server
                    times.append(seconds)
    return found


def drag(browser: Browser, address: str) -> tuple[list[float], list[float], int]:
    """Drag one slider. -> milliseconds of script, milliseconds to the frame, requests"""
    page: Page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.locator("table[data-ready=true]").wait_for()
    page.wait_for_timeout(1500)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    spent, painted = page.evaluate(DRAG, ["x-0-0", DRAGS])
    page.wait_for_timeout(1000)
    page.close()
    return spent, painted, len(requests)


def plain_drag(browser: Browser, address: str) -> list[float]:
    """Milliseconds from the event to the new figure in the plain app."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.locator("img[src]").first.wait_for()
    page.wait_for_timeout(1500)
    spent = page.evaluate(PLAIN_DRAG, PLAIN_DRAGS)
    page.close()
    return spent


def updates(browser: Browser, address: str) -> float:
    """States of the table in a second, while it learns."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}#lesson=learn-fear")
    page.get_by_test_id("train-play").click()
    page.locator("[data-testid='train-steps'][data-value]").wait_for(timeout=120_000)
    found = page.evaluate(UPDATES, LEARNING)
    page.close()
    return found


def main() -> None:
    """Measure everything and print one table."""
    median = statistics.median
    rows: list[tuple[str, str, str, str]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        with running("page") as (page, _), running("plain") as (plain, _):
            first, first_frame, first_requests = drag(browser, page)
            big, big_frame, big_requests = drag(browser, f"{page}#x={BIG}")
            slow = plain_drag(browser, plain)
            learning = updates(browser, page)
        opened = openings(browser)
        browser.close()
    started = starts()

    rows.append(("drag, plain Gradio app with a figure", f"{median(slow):.0f} ms", "1", ""))
    for name, spent, limit in (("first lesson", first, 1), ("16 × 8", big, 4)):
        ratio = f"1/{median(slow) / median(spent):.0f}"
        rows.append((f"drag, script, {name}", f"{median(spent):.2f} ms", ratio, f"≤ {limit} ms"))
    for name, painted in (("first lesson", first_frame), ("16 × 8", big_frame)):
        ratio = f"1/{median(slow) / median(painted):.0f}"
        rows.append((f"drag, painted, {name}", f"{median(painted):.1f} ms", ratio, "next frame"))
    requests = str(first_requests + big_requests)
    rows.append((f"requests in {2 * DRAGS} drag events", requests, "", "0"))
    rows.append(("states of the table a second while it learns", f"{learning:.0f}", "", "≥ 20"))
    for name, times, limit in (("first page served", started, 1.10), ("page usable", opened, 1.25)):
        page_time, bare_time = median(times["page"]), median(times["bare"])
        rows.append((f"{name}, bare Gradio app", f"{bare_time:.2f} s", "1", ""))
        rows.append(
            (name, f"{page_time:.2f} s", f"{page_time / bare_time:.2f}", f"≤ {limit:.2f} ×")
        )

    print(f"Medians, {date.today()}, {os.cpu_count()} cores, {platform.platform(terse=True)}\n")
    print("| what | median | ratio | promised |\n| --- | --- | --- | --- |")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
