"""A Redis or Valkey server on loopback, for as long as a test needs it."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import debian
from ports import free_port

PROGRAMS = ("valkey-server", "redis-server")


def get_valkey() -> None:
    """Install one where there is none and may be."""
    for program in PROGRAMS:
        if not _program():
            debian.install(program)


def _program() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@contextmanager
def valkey(folder: Path) -> Iterator[str]:
    """Serve one, which keeps nothing; yields its address.

    Raises:
        FileNotFoundError: there is no program.
    """
    program = _program()
    if program is None:
        raise FileNotFoundError("Valkey or Redis is needed here: `apt-get install redis-server`")
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        import redis

        url = f"redis://127.0.0.1:{port}/0"
        client = redis.Redis.from_url(url)
        for _ in range(100):
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
        client.close()
        yield url
    finally:
        server.terminate()
        server.wait()
