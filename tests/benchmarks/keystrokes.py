"""Print what a key costs while one types for models: `python tests/benchmarks/keystrokes.py`.

One input event in the field of a task that reads text, with everything that it changes on the page
drawn: all its models answer. The script alone, the quickest of nine times all keys of a text.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / part) for part in ("tests/benchmarks", "tests", "")]

from engines import Engine  # noqa: E402
from page import running  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from report import Report  # noqa: E402

TURNS = 9
MOST = 5.0  # milliseconds
# The keys of the address, what stands there, and what is typed. A line of letters can be answered
# from its second capital on: the keys after that count. A text that goes on is read in a window of
# 48 characters, which moves with each key after them.
TYPED = [
    ("task=deciding_word", "", "The soup was not bad at all and we liked it"),
    ("task=numbers", "", "999999"),
    ("task=without_recurrence&length=20", "aBcD", "efghijklmnop"),
    ("task=without_recurrence&length=200", "aBcD", "efghijklmnop"),
    ("task=next_character", "", "The audience falls silent"),
    ("task=next_character", "The audience falls silent: its weight is now ", "exactly zero"),
]
TYPE = """([turns, before, text]) => {
    const tasks = [...document.querySelectorAll("[data-testid^='task-']")];
    const field = tasks.find((task) => !task.hidden).querySelector("[data-testid='learn-own']");
    const set = (value) => {
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const turn = () => {
        set(before + text[0]);
        const start = performance.now();
        for (let end = 2; end <= text.length; end += 1) set(before + text.slice(0, end));
        return (performance.now() - start) / (text.length - 1);
    };
    return Math.min(...Array.from({ length: turns }, turn));
}"""


def main() -> None:
    """Measure one task after the other."""
    report = Report()
    with running("page") as (address, _), sync_playwright() as playwright:
        engine = Engine(playwright, "chromium")
        for keys, before, text in TYPED:
            page = engine.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"{address}#tab=learn&{keys}")
            page.locator("[data-testid^='task-'][data-ready='true']").wait_for()
            page.wait_for_timeout(1500)
            spent = page.evaluate(TYPE, [TURNS, before, text])
            name = f"a key, {keys}, after {len(before)} characters"
            report.add(name, f"{spent:.2f} ms", f"≤ {MOST:g} ms", spent <= MOST)
            page.close()
        engine.close()
    report.end()


if __name__ == "__main__":
    main()
