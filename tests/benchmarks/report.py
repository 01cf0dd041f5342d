"""A table of what was measured beside what is promised."""

from __future__ import annotations

import os
import platform
import sys
from datetime import date


class Report:
    """Rows of a table; a row is printed as soon as it is known."""

    def __init__(self) -> None:
        self._kept = True
        print(f"{date.today()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n")
        print("| what | measured | promised |\n| --- | --- | --- |", flush=True)

    def add(self, what: str, measured: str, promised: str = "", kept: bool = True) -> None:
        """One line; a promise that is broken is marked."""
        mark = "" if kept else " **broken**"
        print(f"| {what} | {measured} | {promised}{mark} |", flush=True)
        self._kept &= kept

    def end(self) -> None:
        """End the process, with an error where a promise is broken."""
        sys.exit(not self._kept)
