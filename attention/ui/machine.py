"""What the app needs of the machine: descriptors, a temporary folder, a log that stays short."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections import Counter

try:
    import resource
except ImportError:  # Windows, where a process is told no limit
    resource = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

WANTED = 4_096  # descriptors: a class of 300 holds up to seven connections each for a moment
# On Hugging Face nobody reaches a Space but through proxies in its own network; whom they say that
# they ask for is believed, so that its visitors can be told apart.
SPACE_PROXIES = "127.0.0.1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16"
MOST_LINES, WINDOW = 20, 60.0  # of one kind, in so many seconds


def prepare() -> None:
    """Make the machine ready, and say what it lacks.

    Raises:
        SystemExit: there is no folder for temporary files, which Gradio cannot start without.
    """
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        sys.exit(
            "A folder for temporary files is needed, and none can be written to. "
            "Name one in TMPDIR."
        )
    raise_descriptors()
    if "SPACE_ID" in os.environ:
        os.environ.setdefault("FORWARDED_ALLOW_IPS", SPACE_PROXIES)
    for name in ("asyncio", "uvicorn.error", "attention.ui.guard", "attention.training.job_queue"):
        logging.getLogger(name).addFilter(Sparing())


def descriptors() -> int:
    """How many files and connections this process may have open at once."""
    if resource is None:
        return WANTED
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2**20 if soft == resource.RLIM_INFINITY else soft


def raise_descriptors() -> None:
    """Take as many descriptors as the system lets a process have, and say if they are few."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (ValueError, OSError):  # macOS: less than the limit that it tells
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 0), hard))
    if (most := descriptors()) < WANTED:
        log.warning(
            "This process may have %d files and connections open; a class of 300 needs %d. "
            "Raise the limit: ulimit -n %d.",
            *(most, WANTED, WANTED),
        )


class Sparing(logging.Filter):
    """Lets so many lines of one kind pass in a minute; then it says how many it has kept back."""

    def __init__(self) -> None:
        super().__init__()
        self._begun, self._seen = time.monotonic(), Counter[str]()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is written."""
        kind, now = f"{record.name} {record.msg}", time.monotonic()
        if now > self._begun + WINDOW:
            kept_back = self._seen.total() - sum(min(n, MOST_LINES) for n in self._seen.values())
            self._begun, self._seen = now, Counter()
            if kept_back:
                record.msg = f"{record.msg} (and {kept_back} lines more, kept back)"
        self._seen[kind] += 1
        return self._seen[kind] <= MOST_LINES
