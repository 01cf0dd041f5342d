"""Find the browsers of the tests, or get them: Chromium or Chrome, and Firefox."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import debian

# Debian's Chromium without a window of its own needs half of the processor's time.
SHELL = "chromium-headless-shell"
NAMES = {
    "chromium": (
        *(SHELL, "chromium", "chromium-browser"),
        *("google-chrome", "google-chrome-stable", "chrome"),
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ),
    "firefox": (
        *("firefox-esr", "firefox"),
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        r"C:\Program Files\Mozilla Firefox\firefox.exe",
    ),
}
# What is asked of Debian in turn, until there is one.
PACKAGES = {
    "chromium": ([SHELL, "fonts-noto-color-emoji"], ["chromium", "fonts-noto-color-emoji"]),
    "firefox": (["firefox-esr", "fonts-noto-color-emoji"],),
}
WANTED = {"chromium": "BROWSER_PATH", "firefox": "FIREFOX_PATH"}


def find_browser(engine: str = "chromium") -> str | None:
    """The system's browser: `BROWSER_PATH` or `FIREFOX_PATH` if set; None: there is none."""
    wanted = os.environ.get(WANTED[engine])
    found = [wanted] if wanted else [shutil.which(name) for name in NAMES[engine]]
    return next((path for path in found if path and Path(path).exists()), None)


def get_browsers() -> None:
    """Install what is missing: from Debian if it may, or else Playwright's Chromium."""
    for engine, choices in PACKAGES.items():
        for packages in choices:
            if not find_browser(engine):
                debian.install(*packages)
    if not find_browser():
        playwright = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
        subprocess.run(playwright, check=True)
    if not find_browser("firefox"):
        # Playwright's own is another program, and its tests would say nothing of this one.
        sys.exit(f"Firefox is needed: install it, or set {WANTED['firefox']} to its program")
