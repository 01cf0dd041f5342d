"""Print what training costs the others, and the server: `python tests/benchmarks/training.py`.

Three promises, each as a ratio within one run: other visitors hardly notice that two train,
telling about a training costs little over a plain `model.fit`, and memory does not grow.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/benchmarks", "tests", "")]

from find_browser import find_browser  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from run import opening, running  # noqa: E402

from attention.training.desk import Desk  # noqa: E402
from attention.training.process import QUIET  # noqa: E402
from attention.training.tasks import TASKS  # noqa: E402

LONG = {"task": "numbers", "options": {"epochs": 30}}  # it goes on while the others are measured
TOLD = ("numbers", "loud_second", "deciding_word")
SHORT = ("deciding_word", 2)
ASKED, OPENED, TURNS, TRAININGS, FIRST = 40, 7, 3, 50, 10

# The same models on the same data for as many epochs, and nobody who watches.
PLAIN = """
import os, sys, time
os.nice(10)
from attention.training.tasks import TASKS
import attention.training.fitting, keras
task = TASKS[sys.argv[1]]
options = task.Options()
task.keras()
begin = time.monotonic()
x, y = task.train_on(options)
for model in task.models:
    keras.utils.set_random_seed(options.seed)
    built = getattr(task.keras(), model)(options)
    built.fit(x, y, batch_size=task.batch_size, epochs=options.epochs, verbose=0)
print(time.monotonic() - begin)
"""


def timed(action: Callable[[], Any], times: int) -> list[float]:
    """Seconds of each call; the first one only warms up."""
    found = []
    for _ in range(times + 1):
        begin = time.perf_counter()
        action()
        found.append(time.perf_counter() - begin)
    return found[1:]


def post(address: str, data: Any) -> Any:
    """What the server answers to some JSON."""
    request = urllib.request.Request(
        address, json.dumps(data).encode(), {"content-type": "application/json"}
    )
    return json.load(urllib.request.urlopen(request))


def attend(address: str) -> None:
    """One call of `/attend`, as a program makes it."""
    call = f"{address}gradio_api/call/attend"
    event = post(call, {"data": [[[1, 2], [3, 4]], [1, 1], None, None, "tanh", 1]})["event_id"]
    urllib.request.urlopen(f"{call}/{event}").read()


def server(address: str) -> Callable[[str, Any], Any]:
    """The functions that the page asks, by name."""
    config = json.load(urllib.request.urlopen(f"{address}config"))
    component = next(one["id"] for one in config["components"] if one["props"].get("server_fns"))
    session = {"session_hash": "benchmark", "component_id": component}

    def ask(name: str, request: Any) -> Any:
        url = f"{address}gradio_api/component_server"
        return post(url, session | {"fn_name": name, "data": request})

    return ask


def visitors() -> dict[str, tuple[float, float]]:
    """Median seconds of another visitor's doings: while nobody trains, and while two do."""
    with sync_playwright() as playwright, running("page") as (address, _):
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--disable-background-networking"]
        )
        doings = {
            "page served": (lambda: urllib.request.urlopen(address).read(), ASKED),
            "page usable": (lambda: opening(browser, address, "table[data-ready=true]"), OPENED),
            "`/attend`": (lambda: attend(address), ASKED),
        }

        def measured() -> dict[str, float]:
            return {
                name: statistics.median(timed(action, times))
                for name, (action, times) in doings.items()
            }

        idle = measured()
        ask = server(address)
        tickets = [ask("start_training", LONG)["ticket"] for _ in range(2)]

        with followed(ask, tickets) as standing:
            while not all(one["recording"]["epochs"] for one in standing()):
                time.sleep(0.3)
            busy = measured()
            assert all(one["recording"]["over"] is None for one in standing()), "they still train"
        for ticket in tickets:
            ask("stop_training", {"ticket": ticket})
        browser.close()
    return {name: (idle[name], busy[name]) for name in doings}


@contextmanager
def followed(ask: Callable[[str, Any], Any], tickets: list[str]) -> Iterator[Callable[[], list]]:
    """As long as it lasts, each training has a page that asks about it three times a second."""
    over = Event()

    def standing() -> list[dict[str, Any]]:
        return [ask("follow_training", {"ticket": ticket}) for ticket in tickets]

    def watch() -> None:
        while not over.wait(0.3):
            standing()

    Thread(target=watch, daemon=True).start()
    try:
        yield standing
    finally:
        over.set()


def plain(name: str) -> float:
    """Seconds of plain fits, in a process like that of a training."""
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, name],
        cwd=ROOT,
        env=os.environ | QUIET,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def told(name: str) -> float:
    """Seconds of the same training at the desk, with everything that the page is told."""
    task, desk = TASKS[name], Desk(at_once=1)
    ticket = desk.enter(task, task.Options())
    training = desk.training(ticket)
    since = 0
    while True:
        since += len(desk.follow(ticket, since)["recording"]["epochs"])
        if training.recording.over:
            seconds = time.monotonic() - training.ready
            assert training.recording.over == "done", training.recording.over
            desk.close()
            return seconds
        time.sleep(0.05)


def memory() -> list[float]:
    """MB of this process after the 10th and after the 50th training, two at a time."""
    task, desk, found = TASKS[SHORT[0]], Desk(kept=FIRST), []
    options = task.Options(epochs=SHORT[1])
    for done in range(2, TRAININGS + 1, 2):
        tickets = [desk.enter(task, options) for _ in range(2)]
        while any(desk.follow(ticket)["recording"]["over"] is None for ticket in tickets):
            time.sleep(0.1)
        assert all(desk.training(ticket).recording.over == "done" for ticket in tickets)
        if done in (FIRST, TRAININGS):
            found.append(resident())
    desk.close()
    return found


def resident() -> float:
    """MB that this process has in memory."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def visitor_rows() -> Iterator[tuple[str, ...]]:
    """What another visitor notices."""
    for name, (idle, busy) in visitors().items():
        times = f"{1000 * idle:.0f} → {1000 * busy:.0f} ms"
        yield f"{name}, idle → while two train", times, f"{busy / idle:.2f}", "≤ 2 ×"


def told_rows() -> Iterator[tuple[str, ...]]:
    """What telling about a training costs."""
    for name in TOLD:
        pairs = [(plain(name), told(name)) for _ in range(TURNS)]
        alone, watched = (statistics.median(times) for times in zip(*pairs, strict=True))
        times = f"{alone:.1f} → {watched:.1f} s"
        yield f"{name}, plain `fit` → on the page", times, f"{watched / alone:.2f}", "≤ 1.20 ×"


def memory_rows() -> Iterator[tuple[str, ...]]:
    """Whether the server's memory grows."""
    before, after = memory()
    sizes = f"{before:.0f} → {after:.0f} MB"
    what = f"server's memory after {FIRST} → {TRAININGS} trainings"
    yield what, sizes, f"{after / before:.2f}", "does not grow"


PARTS = {"visitors": visitor_rows, "told": told_rows, "memory": memory_rows}


def main() -> None:
    """Measure everything, or the parts that are named, and print one table."""
    print(f"Medians, {date.today()}, {os.cpu_count()} cores, {platform.platform(terse=True)}\n")
    print("| what | median | ratio | promised |\n| --- | --- | --- | --- |")
    for part in sys.argv[1:] or PARTS:
        for row in PARTS[part]():
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
