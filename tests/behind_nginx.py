"""Two copies of the page behind nginx, and visitors without a browser."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from find_nginx import get_nginx
from ports import free_port

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "assets/deploy/nginx.conf"
QUIET = {"GRADIO_ANALYTICS_ENABLED": "False"}
LONGEST_START = 240  # seconds, on a machine that does much else
# What Debian has around the files of /etc/nginx/conf.d/, without root and all in one folder.
AROUND = """
pid nginx.pid;
error_log error.log;
daemon off;
worker_processes 2;
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


class Copy:
    """`app.py` in a process of its own, on a port that it keeps.

    Args:
        log: the file for what it prints.
    """

    def __init__(self, log: Path) -> None:
        self.port, self.log = free_port(), log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and do not wait."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "app.py"],
                cwd=ROOT,
                env=os.environ | QUIET | {"GRADIO_SERVER_PORT": str(self.port)},
                stdout=log,
                stderr=log,
            )

    def workers(self) -> list[int]:
        """The processes that it trains in."""
        children = Path(f"/proc/{self._process.pid}/task").glob("*/children")
        return [int(pid) for file in children for pid in file.read_text().split()]

    def kill(self) -> None:
        """End it as a machine ends that loses its power."""
        if self._process:
            self._process.kill()
            self._process.wait()


class Visitor:
    """Somebody with an address of their own on this machine; keeps its cookie, or does not.

    Args:
        port: of nginx.
        address: any of 127.0.0.0/8.
        keeps: whether the cookie is kept.
    """

    def __init__(self, port: int, address: str = "127.0.0.1", *, keeps: bool = True) -> None:
        self._port, self._address, self._keeps = port, address, keeps
        self.copy: int | None = None  # that the cookie names; kept or not

    def ask(self, path: str, data: Any = None, timeout: float = 60) -> bytes:
        """GET, or POST with data. -> the answer

        Raises:
            OSError: there is none, or not a good one.
        """
        connection = http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=timeout, source_address=(self._address, 0)
        )
        headers = {"content-type": "application/json"}
        if self._keeps and self.copy:
            headers["cookie"] = f"copy={self.copy}"
        try:
            body = None if data is None else json.dumps(data)
            connection.request("GET" if data is None else "POST", path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except http.client.HTTPException as error:
            raise OSError(f"{path}: {error!r}") from error
        finally:
            connection.close()
        if answer.status != 200:
            raise OSError(f"{path}: {answer.status} {content[:200]!r}")
        if given := SimpleCookie(answer.headers["set-cookie"]).get("copy"):
            self.copy = int(given.value)
        return content

    def attend(self, **arguments: Any) -> dict[str, list[float]]:
        """What `/attend` answers, by the two requests of a program."""
        names = ("x", "w", "b", "mask", "activation", "temperature")
        usual = {"activation": "linear", "temperature": 1.0} | arguments
        call = "/gradio_api/call/attend"
        event = json.loads(self.ask(call, {"data": [usual.get(name) for name in names]}))
        told = self.ask(f"{call}/{event['event_id']}").decode()
        found = re.search(r"event: complete\ndata: (.*)\n", told)
        if not found:
            raise OSError(told)
        return json.loads(found[1])[0]


class Site:
    """nginx and the copies behind it.

    Attributes:
        port: of nginx.
        address: where visitors go, without a final slash.
        copies: those that the cookie numbers from 1.
    """

    def __init__(self, port: int, copies: list[Copy]) -> None:
        self.port, self.copies = port, copies
        self.address = f"http://127.0.0.1:{port}"

    def visitor(self, address: str = "127.0.0.1", *, keeps: bool = True) -> Visitor:
        """Somebody new."""
        return Visitor(self.port, address, keeps=keeps)

    def wait(self) -> None:
        """Until every copy answers, past nginx.

        Raises:
            OSError: one does not, though there was time enough.
        """
        until = time.monotonic() + LONGEST_START
        for copy in self.copies:
            while True:
                try:
                    Visitor(copy.port).ask("/")
                    break
                except OSError:
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.1)


@contextmanager
def behind_nginx() -> Iterator[Site]:
    """Two copies behind nginx with the configuration of `assets/deploy/`, on free ports.

    When something goes wrong in there, what the copies have printed is printed.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port, copies = free_port(), [Copy(folder / f"copy-{number}.log") for number in (1, 2)]
        text = SITE.read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
        for number, copy in enumerate(copies, 1):
            text = re.sub(rf":{7860 + number}\b", f":{copy.port}", text)
        (folder / "nginx.conf").write_text(AROUND.format(site=text), "utf-8")
        nginx = [get_nginx(), "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
        subprocess.run([*nginx, "-t", "-q"], check=True)
        for copy in copies:
            stack.callback(copy.kill)
            copy.start()
        front = subprocess.Popen(nginx)
        stack.callback(front.wait)
        stack.callback(front.terminate)
        site = Site(port, copies)
        try:
            site.wait()
            yield site
        except BaseException:
            for copy in copies:
                print(copy.log.name, copy.log.read_text("utf-8", "replace")[-2000:], sep="\n")
            raise
