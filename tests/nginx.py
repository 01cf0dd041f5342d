"""nginx with a site's configuration, without root and all in one folder."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import debian

LONGEST_START = 30  # seconds

# What Debian has around the files of /etc/nginx/conf.d/.
AROUND = """
pid nginx.pid;
error_log error.log;
daemon off;
events {{}}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    {site}
}}
"""


def get_nginx() -> None:
    """Install it where it is missing and may be."""
    if not _program():
        debian.install("nginx-light")


def _program() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/opt/homebrew/bin")


def command(folder: Path, site: str) -> list[str]:
    """The command that starts nginx with this site in a folder.

    Raises:
        FileNotFoundError: there is no nginx.
    """
    program = _program()
    if program is None:
        raise FileNotFoundError("nginx is needed here: `apt-get install nginx-light`, or brew's")
    (folder / "nginx.conf").write_text(AROUND.format(site=site), "utf-8")
    return [program, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]


@contextmanager
def running(folder: Path, site: str, port: int) -> Iterator[None]:
    """Run nginx with this site, which listens on that port, from when it listens.

    Raises:
        FileNotFoundError: there is no nginx.
        RuntimeError: it does not come to listen; on stderr it says why.
    """
    server = subprocess.Popen(command(folder, site))
    try:
        _wait_until_it_listens(server, port)
        yield
    finally:
        server.terminate()
        server.wait()


def _wait_until_it_listens(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + LONGEST_START
    while server.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nginx does not listen on {port} after {LONGEST_START} s, or has ended")
