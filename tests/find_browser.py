"""Find a Chromium or Chrome for the browser tests, or get one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Debian's Chromium without a window of its own needs half of the processor's time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)


def find_browser() -> str | None:
    """The system's browser: `BROWSER_PATH` if set, else Chromium or Chrome; None: there is none."""
    wanted = os.environ.get("BROWSER_PATH")
    found = [wanted] if wanted else [shutil.which(name) for name in NAMES] + list(PLACES)
    return next((path for path in found if path and Path(path).exists()), None)


def get_browser() -> None:
    """Install a browser where there is none: one of Debian's if it may, else Playwright's."""
    if find_browser():
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        quiet = {
            "stdout": subprocess.DEVNULL,
            "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        }
        for command in (
            ["update"],
            ["install", "--no-install-recommends", SHELL, "fonts-noto-color-emoji"],
            ["install", "--no-install-recommends", "chromium", "fonts-noto-color-emoji"],
        ):
            if (not sudo or shutil.which("sudo")) and not find_browser():
                subprocess.run([*sudo, "apt-get", "-y", "-qq", *command], check=False, **quiet)
        if find_browser():
            return
    subprocess.run(
        [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=True
    )
