"""Take the README's picture of the real page: `.venv/bin/python tests/picture.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from find_browser import find_browser  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from serving import serve  # noqa: E402

from attention.ui.page import build_page  # noqa: E402

if __name__ == "__main__":
    with sync_playwright() as playwright, serve(build_page()) as address:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-US")
        page.goto(address)
        page.locator("table[data-ready=true]").wait_for()
        page.wait_for_timeout(500)
        page.screenshot(path=ROOT / "assets/page.png")
