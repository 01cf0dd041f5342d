"""Film the real page for the README: `.venv/bin/python tests/picture.py` writes `assets/page.svg`.

The film is a WebP inside an SVG, and so a text: the Hub takes no other file without Git LFS.

A bias is dragged and attention flows to the ghost, a question is answered, a slider is dragged
until a challenge is solved, and gradient descent solves that of another lesson. It fails if either
does not happen, or if the file gets too large.
"""

from __future__ import annotations

import base64
import io
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from find_browser import find_browser  # noqa: E402
from playwright.sync_api import Page, expect, sync_playwright  # noqa: E402
from serving import serve  # noqa: E402

from attention.ui.page import build_page  # noqa: E402

FILE = ROOT / "assets/page.svg"
WINDOW = {"width": 1120, "height": 820}
WIDTH = 800  # of the picture, in pixels
LARGEST = 800_000  # bytes
DRAGGED, TRAINED = 24, 26  # frames
SVG = "http://www.w3.org/2000/svg"


class Film:
    """Frames of a page, each with the milliseconds for which it is shown."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frames: list[Image.Image] = []
        self.durations: list[int] = []

    def take(self, milliseconds: int) -> None:
        """One frame, as the page looks now."""
        frame = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        size = (WIDTH, round(frame.height * WIDTH / frame.width))
        self.frames.append(frame.resize(size, Image.Resampling.LANCZOS))
        self.durations.append(milliseconds)

    def save(self) -> int:
        """Write the file; its size in bytes."""
        first, *others = self.frames
        film = io.BytesIO()
        settings = {"duration": self.durations, "loop": 0, "quality": 70, "method": 4}
        first.save(
            film, "webp", save_all=True, append_images=others, minimize_size=True, **settings
        )
        width, height = first.size
        size = f'width="{width}" height="{height}"'
        data = base64.b64encode(film.getvalue()).decode()
        FILE.write_text(
            f'<svg xmlns="{SVG}" {size} viewBox="0 0 {width} {height}">\n'
            f'<image {size} href="data:image/webp;base64,{data}"/>\n</svg>\n',
            "utf-8",
        )
        return FILE.stat().st_size


def open_page(page: Page, address: str) -> None:
    """Open an address at the top of its page."""
    page.goto("about:blank")
    page.goto(address)
    page.locator("table[data-ready=true]").wait_for()
    page.wait_for_timeout(500)


def drag(film: Film, slider: str, to: float) -> None:
    """Drag a slider from where it is, a frame for every step, with the mouse."""
    handle = film.page.get_by_test_id(slider)
    low, high, now = (
        float(number) for number in handle.evaluate("(node) => [node.min, node.max, node.value]")
    )
    box = handle.bounding_box()
    assert box
    thumb = 16

    def at(value: float) -> float:
        return box["x"] + thumb / 2 + (value - low) / (high - low) * (box["width"] - thumb)

    film.page.mouse.move(at(now), box["y"] + box["height"] / 2)
    film.page.mouse.down()
    for step in range(1, DRAGGED + 1):
        film.page.mouse.move(at(now + (to - now) * step / DRAGGED), box["y"] + box["height"] / 2)
        film.take(70)
    film.page.mouse.up()


def main() -> None:
    """Film it."""
    with sync_playwright() as playwright, serve(build_page()) as address:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport=WINDOW, locale="en-US")
        film = Film(page)
        open_page(page, address)
        film.take(1200)
        drag(film, "touch-0", to=-10)
        film.take(1500)
        open_page(page, f"{address}/#lesson=fear")
        page.get_by_test_id("step-predict").click()
        film.take(1500)
        page.get_by_test_id("predict-choice-2").click()
        film.take(1500)
        page.get_by_test_id("step-challenge").click()
        drag(film, "touch-1", to=205)
        expect(page.get_by_test_id("challenge")).to_have_attribute("data-done", "true")
        film.take(2000)
        open_page(page, f"{address}/#lesson=learn-love")
        page.get_by_test_id("train-play").click()
        for _ in range(TRAINED):
            page.wait_for_timeout(150)
            film.take(100)
        expect(page.get_by_test_id("challenge")).to_have_attribute("data-done", "true")
        film.take(3000)
        size = film.save()
    print(f"{FILE.relative_to(ROOT)}: {len(film.frames)} frames, {size:,} bytes")
    if size > LARGEST:
        sys.exit(f"{FILE.name} must have at most {LARGEST:,} bytes; got {size:,}")


if __name__ == "__main__":
    main()
