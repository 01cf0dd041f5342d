"""A small, strict learning system on loopback: it serves packages and runs them by SCORM 1.2."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playing import wait_until_ready
from playwright.sync_api import Frame, Page

RUN_TIME = Path(__file__).with_suffix(".html").read_bytes()
BETWEEN = b"<!doctype html><title>A player</title><iframe name=sco style='width:100%;height:95vh'>"


@contextmanager
def serve_packages(packages: Mapping[str, bytes]) -> Iterator[str]:
    """Its address without a final slash; `/name/` is the package of this name, unpacked."""
    files = {"/": RUN_TIME, "/between": BETWEEN, "/nothing": b"<!doctype html>"}
    for name, package in packages.items():
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            files |= {f"/{name}/{path}": opened.read(path) for path in opened.namelist()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files.get(self.path.partition("?")[0])
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class LearningSystem:
    """One browser of a school, in which learners open packages one after the other."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        page.goto(f"{address}/")

    def launch(self, package: str, learner: str = "ann") -> Frame:
        """The package in a frame, ready to play."""
        self.page.evaluate(
            "(said) => lms.launch(...said)", [learner, f"{self.address}/{package}/index.html"]
        )
        return self.sco()

    def sco(self) -> Frame:
        """What runs in the frame, ready to play."""
        self.page.frame_locator("iframe[name=sco]").locator("body").wait_for()
        frame = self.page.frame(name="sco")
        wait_until_ready(frame)
        return frame

    def leave(self) -> None:
        """Close what runs, as a learner does who goes on to something else."""
        self.page.evaluate("lms.leave()")

    def kept(self, learner: str = "ann") -> dict[str, str]:
        """What it keeps of a learner, without `cmi.` and `core.`."""
        kept = self.page.evaluate("(learner) => lms.kept(learner)", learner)
        return {name.removeprefix("cmi.").removeprefix("core."): kept[name] for name in kept}

    def wait_for(self, learner: str = "ann", **values: str) -> None:
        """Until it keeps these, such as `lesson_status="completed"`."""
        for name, value in values.items():
            full = f"cmi.{'' if name == 'suspend_data' else 'core.'}{name.replace('__', '.')}"
            self.page.wait_for_function(
                "([learner, name, value]) => lms.kept(learner)[name] === value",
                arg=[learner, full, value],
            )

    def change(self, **values: Any) -> None:
        """How it behaves: its `mode`, and which calls are `broken`."""
        self.page.evaluate("(values) => Object.assign(lms, values)", values)

    def called(self, name: str) -> list[list[str]]:
        """The calls of a function since the launch: what it was given, and its answer."""
        calls = self.page.evaluate("lms.calls")
        return [call[1:] for call in calls if call[0] == name]

    def faults(self) -> list[list[str]]:
        """Where the standard was broken."""
        return self.page.evaluate("lms.faults")
