"""Print what a drag costs in each engine: `python tests/benchmarks/drag.py`.

One input event on a slider of the first page, 4 × 3, with the stage: the script alone, and with
the layout that follows it. The quickest of nine times a hundred events counts, for other programs
use the machine too, and Firefox's clock has steps of a millisecond.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/benchmarks", "tests", "")]

from engines import ENGINES, Engine  # noqa: E402
from page import READY, running  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from report import Report  # noqa: E402
from webkit import webkit  # noqa: E402

EVENTS, TURNS = 100, 9
SCRIPT, LAYOUT = 1.5, 16.0  # milliseconds; with layout it still fits into a frame

DRAG = """
const [events, turns] = arguments;
const slider = document.querySelector("[data-testid='x-0-0']");
const root = document.querySelector(".playground");
const turn = (isLaidOut) => {
    const start = performance.now();
    for (let i = 0; i < events; i += 1) {
        slider.value = i % 90;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        if (isLaidOut) root.getBoundingClientRect();
    }
    return (performance.now() - start) / events;
};
return [false, true].map((isLaidOut) =>
    Math.min(...Array.from({ length: turns }, () => turn(isLaidOut))));
"""


@contextmanager
def dragged(name: str, address: str) -> Iterator[list[float]]:
    """Milliseconds of the script, and with layout, in an engine."""
    if name == "webkit":
        with webkit() as safari:
            safari.open(address)
            yield safari.run(DRAG, EVENTS, TURNS)
        return
    with sync_playwright() as playwright:
        engine = Engine(playwright, name)
        page = engine.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.locator(READY["page"]).wait_for()
        page.wait_for_timeout(1500)
        yield page.evaluate(f"(given) => (function () {{ {DRAG} }})(...given)", [EVENTS, TURNS])
        engine.close()


def main() -> None:
    """Measure one engine after the other."""
    report = Report()
    with running("page") as (address, _):
        for name in (*ENGINES, "webkit"):
            with dragged(name, address) as (script, layout):
                for what, time, limit in (
                    ("script", script, SCRIPT),
                    ("layout too", layout, LAYOUT),
                ):
                    told = f"{time:.2f} ms", f"≤ {limit:g} ms"
                    report.add(f"drag, {what}, {name}", *told, time <= limit)
    report.end()


if __name__ == "__main__":
    main()
