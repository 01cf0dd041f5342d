"""Print how fast and how heavy the page is: `python tests/benchmarks/page.py`.

Seconds say little on a machine that others use too; a ratio to the smallest Gradio app, measured in
the same minute, says more. The command fails if a promise is broken.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/benchmarks", "tests", "")]

from find_browser import find_browser  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402
from ports import free_port  # noqa: E402
from report import Report  # noqa: E402

from attention.scripts import script  # noqa: E402

BARE = "import gradio as gr\nwith gr.Blocks() as demo: gr.Slider()\ndemo.launch()"
APPS = {"page": ["app.py"], "bare": ["-c", BARE]}
READY = {"page": "table[data-ready=true]", "bare": "input[type=range]"}
STARTS, OPENINGS, DRAGS, STEPS, MAPS, LEARNING = 5, 9, 400, 400, 40, 5
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
# While gradient descent moves the sliders: how many states of the table are seen in a second.
UPDATES = """(seconds) => new Promise((done) => {
  const states = new Set();
  const look = () => states.add(document.querySelector('[data-testid="weight-0"]').dataset.value);
  new MutationObserver(look).observe(document.querySelector("table.layer"),
    { subtree: true, attributes: true, attributeFilter: ["data-value"] });
  setTimeout(() => done(states.size / seconds), 1000 * seconds);
})"""
# Milliseconds that a training step of the largest table takes, the point before it included, and
# those of the map of its loss.
STEP = """([body, steps, maps]) => {
  const { descend, lossGrid, lossOver, learnersOf } =
    new Function(`${body}; return { descend, lossGrid, lossOver, learnersOf };`)();
  const number = (row, column) => ((7 * row + 3 * column) % 19) / 40 - 0.2;
  const list = (length, of) => Array.from({ length }, (_, i) => of(i));
  const scene = {
    kind: "attention", activation: "tanh", temperature: 1, mask: Array(16).fill(true),
    x: list(16, (row) => list(8, (column) => number(row, column))),
    w: list(8, (column) => number(3, column)), b: list(16, (row) => number(row, 5)),
    query: list(8, (column) => number(5, column)),
  };
  const rule = { regularizer: "l2", strength: 0.01, constraint: "max_norm" };
  const target = list(16, (row) => (row === 2 ? 1 : 0));
  const objective = { target, rate: 0.1, turns: ["w", "b"], w: rule, b: rule, query: rule };
  const start = performance.now();
  for (let i = 0; i < steps; i += 1) descend(scene, objective, 1);
  const stepped = performance.now();
  const whole = { ...scene, objective };
  const [one, other] = learnersOf(whole);
  for (let i = 0; i < maps; i += 1) lossGrid(lossOver(whole, one, other), [-2, 2], [-2, 2], 64);
  return [(stepped - start) / steps, (performance.now() - stepped) / maps];
}"""


@contextmanager
def running(app: str) -> Iterator[tuple[str, int]]:
    """Start an app as a user does, and wait for its first page. -> its address, its process"""
    port = free_port()
    quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "GRADIO_SERVER_PORT": str(port)}
    environment = os.environ | quiet
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # after its first start nobody compiles again
    silence = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, *APPS[app]]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **silence)
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
        yield address, process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of its own."""
    flags = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        yield browser
        browser.close()


def opened(browser: Browser, address: str) -> Page:
    """The page, come to rest."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.locator(READY["page"]).wait_for()
    page.wait_for_timeout(1500)
    return page


def opening(browser: Browser, address: str, app: str = "page") -> float:
    """Seconds until a new visitor can use a page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(READY[app]).first.wait_for()
    seconds = time.perf_counter() - start
    context.close()
    return seconds


def weigh(browser: Browser, address: str) -> tuple[list[str], int]:
    """Open a page as somebody who has never been there. -> paths asked for, bytes on the wire"""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    asked: list[str] = []
    came: list[int] = []
    wire.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(address)
    page.locator("input[type=range]:visible").first.wait_for()
    page.wait_for_timeout(3000)
    context.close()
    urls = [url for url in asked if url.startswith("http")]
    assert all(url.startswith(address) for url in urls), "all comes from its own host"
    return [url.removeprefix(address) for url in urls], sum(came)


def weights(report: Report, browser: Browser, page: str, bare: str) -> None:
    """How heavy the page is beside the smallest Gradio app."""
    (mine, own), (others, bytes_of_other) = weigh(browser, page), weigh(browser, bare)
    size, many = own / bytes_of_other, len(mine) / len(others)
    kilobytes = f"{own / 1000:.0f} : {bytes_of_other / 1000:.0f} kB = {size:.2f}"
    report.add("bytes over the wire, page : bare Gradio app", kilobytes, "≤ 1.5", size <= 1.5)
    requests = f"{len(mine)} : {len(others)} = {many:.2f}"
    report.add("requests to open, page : bare Gradio app", requests, "≤ 1.5", many <= 1.5)


def dragging(report: Report, browser: Browser, address: str) -> None:
    """A hand on a slider, and the table while it learns."""
    asked: list[str] = []
    for name, fragment, limit in (("first page", "", 1.5), ("16 × 8", f"#x={BIG}", 4)):
        page = opened(browser, address + fragment)
        page.on("request", lambda request: asked.append(request.url))
        spent, painted = map(statistics.median, page.evaluate(DRAG, ["x-0-0", DRAGS]))
        page.wait_for_timeout(1000)
        page.close()
        report.add(f"drag, script, {name}", f"{spent:.2f} ms", f"≤ {limit} ms", spent <= limit)
        report.add(f"drag, painted, {name}", f"{painted:.1f} ms", "next frame", painted <= 34)
    report.add(f"requests in {2 * DRAGS} drag events", str(len(asked)), "0", not asked)

    page = opened(browser, f"{address}#lesson=learn-fear")
    page.on("request", lambda request: asked.append(request.url))
    core = script("core/loss-map.js")  # descent.js with it
    step, loss = page.evaluate(STEP, [core, STEPS, MAPS])
    report.add("one training step, script, 16 × 8", f"{step:.2f} ms", "≤ 1 ms", step <= 1)
    report.add("map of the loss, 64 × 64 points, 16 × 8", f"{loss:.1f} ms", "≤ 16 ms", loss <= 16)
    page.get_by_test_id("train-play").click()
    page.locator("[data-testid='train-steps'][data-value]").wait_for()
    states = page.evaluate(UPDATES, LEARNING)
    page.close()
    report.add("states of the table per second, learning", f"{states:.0f}", "≥ 20", states >= 20)
    report.add("requests meanwhile", str(len(asked)), "0", not asked)


def in_turn(report: Report, what: str, times: dict[str, list[float]], limit: float) -> None:
    """Medians of the page, of the bare app, and of the ratios of neighbouring turns."""
    page, bare = (statistics.median(times[app]) for app in ("page", "bare"))
    ratios = (mine / other for mine, other in zip(times["page"], times["bare"], strict=True))
    ratio = statistics.median(ratios)
    found = f"{page:.2f} : {bare:.2f} s = {ratio:.2f}"
    report.add(f"{what}, page : bare Gradio app", found, f"≤ {limit}", ratio <= limit)


def main() -> None:
    """Measure everything, and print one table."""
    report, usable, served = Report(), {"page": [], "bare": []}, {"page": [], "bare": []}
    with chromium() as browser:
        with running("page") as (page, _), running("bare") as (bare, _):
            dragging(report, browser, page)
            weights(report, browser, page, bare)
            for turn in range(OPENINGS + 1):
                for app, address in (("page", page), ("bare", bare)):
                    seconds = opening(browser, address, app)
                    usable[app] += [seconds] if turn else []  # the first one warms the server
    for _ in range(STARTS):
        for app in served:
            before = sum(os.times()[2:4])  # of a processor, of children: whoever else uses it
            with running(app):
                pass
            served[app].append(sum(os.times()[2:4]) - before)
    in_turn(report, "processor until the first page is served", served, 1.2)
    in_turn(report, "page usable", usable, 1.25)
    report.end()


if __name__ == "__main__":
    main()
