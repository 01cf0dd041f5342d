"""Hands and eyes for the page: what stands on it, what the core says to that, and how to drag."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from engines import emulate_media, engine_of, fill
from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

from attention.scene import Scene
from attention.texts import texts

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# One of every sort of slider for each kind.
SLIDERS = {
    "attention": ["x-1-0", "x-3-2", "w-1", "b-3", "temperature"],
    "gate": ["x-1-0", "w-0-2", "w-3-3", "b-3", "temperature"],
    "dot_product": ["x-1-0", "x-3-2", "q-1", "temperature"],
    "scaled_dot_product": ["x-1-0", "x-3-2", "q-1", "temperature"],
}
TABS = ["play", "variations", "learn", "reading", "teach"]
STAGES = ("logit", "score", "weight")
SERVER = "**/component_server/"

_READ = """() => {
    const table = document.getElementById("panel-play");
    const read = (selector, value) => Object.fromEntries(
        [...table.querySelectorAll(selector)].map((node) => [node.dataset.testid, value(node)]));
    return {
        sliders: read('input[type="range"]', (node) => Number(node.value)),
        ends: read('input[type="range"]', (node) => [Number(node.min), Number(node.max)]),
        typed: read('input[data-testid$="-number"]', (node) => node.value),
        checks: read('input:is([type="checkbox"], [type="radio"])', (node) => node.checked),
        choices: read('select', (node) => node.value),
        names: read('[data-testid*="-name-"]', (node) => node.textContent),
        numbers: read('td[data-value], span[data-value]', (node) => Number(node.dataset.value)),
    };
}"""


@dataclass(frozen=True)
class Table:
    """All that can be read off the page, by test id."""

    sliders: dict[str, float]
    ends: dict[str, tuple[float, float]]
    typed: dict[str, str]
    checks: dict[str, bool]
    choices: dict[str, str]
    names: dict[str, str]
    numbers: dict[str, float]

    def number(self, testid: str) -> float:
        """What stands in the field beside a slider, with a true minus."""
        return float(self.typed[f"{testid}-number"].replace("−", "-"))

    def list(self, start: str, values: dict[str, Any] | None = None) -> list[Any]:
        """The values of `start-0`, `start-1` and so on; empty where there is none."""
        values = self.sliders if values is None else values
        found = []
        while f"{start}-{len(found)}" in values:
            found.append(values[f"{start}-{len(found)}"])
        return found

    def scene(self) -> Scene:
        """The scene that the sliders, switches and names show."""
        kind = self.choices["kind"]
        rows = self.list("row-name", self.names)
        weights = [self.list(f"w-{row}") for row in range(len(rows))]
        return Scene(
            kind=kind,
            rows=rows,
            columns=self.list("column-name", self.names) or ["x"],
            x=[self.list(f"x-{row}") for row in range(len(rows))],
            w=weights if kind == "gate" else self.list("w") or None,
            b=self.list("b") or None,
            query=self.list("q") or None,
            mask=self.list("mask", self.checks),
            activation=self.choices.get("activation", "linear"),
            temperature=self.sliders["temperature"],
            **(self._self_attention(len(rows)) if kind == "self_attention" else {}),
        )

    def _self_attention(self, rows: int) -> dict[str, Any]:
        features = len(self.list("column-name", self.names))
        matrix = lambda name, count: [self.list(f"{name}-{row}") for row in range(count)]  # noqa: E731
        return {
            **{name: matrix(name, features) for name in ("wq", "wk", "wv")},
            "heads": int(self.choices["heads"]),
            "head": int(self.choices.get("head", 0)),
            "causal": self.checks["causal_mask"],
            "positions": self.choices["positions"],
            "pos": matrix("pos", rows) if self.choices["positions"] == "learned" else None,
            "asks": self.list("asks", self.checks).index(True),
        }


def read(page: Page | Frame) -> Table:
    """The page as it stands now."""
    return Table(**page.evaluate(_READ))


def numbers_of(scene: Scene) -> dict[str, float]:
    """What the core computes, under the page's test ids."""
    trace = scene.trace()
    lists = {stage: getattr(trace, f"{stage}s") for stage in STAGES} | {"output": trace.output}
    return {f"{name}-{i}": float(n) for name, ns in lists.items() for i, n in enumerate(ns)}


def assert_agrees(page: Page | Frame) -> Table:
    """Every number on the page is what the core makes of the sliders on the page."""
    table = read(page)
    expected = numbers_of(table.scene())
    shown = {name: table.numbers[name] for name in expected}
    assert shown == pytest.approx(expected, rel=1e-9, abs=1e-12)
    return table


def keep_progress(page: Page, kept: str | None) -> None:
    """What the browser remembers of the course; None: nothing yet, so every lesson asks first."""
    page.evaluate(
        """(kept) => {
            localStorage.removeItem("attention-for-dummies");
            if (kept !== null) localStorage.setItem("attention-for-dummies", kept);
        }""",
        kept,
    )


def kept(page: Page) -> dict[str, Any]:
    """What the browser remembers of the course."""
    return json.loads(page.evaluate("localStorage.getItem('attention-for-dummies')"))


def go(page: Page | Frame, fragment: str = "", *, path: str | None = None) -> None:
    """The open page, as if it had just been opened with this fragment, at its path or another.

    What is said in words follows the numbers with the next frame of the screen, and has followed.
    """
    page.evaluate(
        """async ([path, fragment]) => {
            history.replaceState(history.state, "", (path ?? location.pathname) + fragment);
            dispatchEvent(new HashChangeEvent("hashchange"));
            await new Promise(requestAnimationFrame);
        }""",
        [path, fragment],
    )
    puzzle = re.search(r"[#&]puzzle=([a-z_]+)", fragment)
    if puzzle and f"puzzle_{puzzle[1]}_title" in texts()["en"]:  # its script comes a moment later
        chosen = "(lesson) => document.querySelector('[data-testid=lesson]').value === lesson"
        page.wait_for_function(chosen, arg=f"puzzle-{puzzle[1]}")


def wait_until_ready(page: Page | FrameLocator) -> None:
    """The table can be played with, and the other tabs, which come a moment later, are there."""
    page.locator("table[data-ready='true']").wait_for(state="attached")
    expect(page.locator("[role='tabpanel']:empty")).to_have_count(0)


def next_frame(page: Page) -> None:
    """What follows the table with the next frame of the screen has followed it."""
    page.evaluate("() => new Promise(requestAnimationFrame)")


def notices(page: Page) -> Locator:
    """What the page has to say, one by one."""
    return page.get_by_test_id("notices").get_by_role("listitem")


def expect_done(page: Page, done: bool = True) -> None:
    """The challenge is done, or is not."""
    expect(page.get_by_test_id("challenge")).to_have_attribute("data-done", str(done).lower())


def assert_fits(page: Page, part: str = ".playground") -> None:
    """Nothing makes the page wider than its screen, and nothing to work with is beyond the edge.

    But for what stands in a row that one scrolls by itself.
    """
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]
    outside = (
        page.locator(part)
        .locator("article, input, select, button, img")
        .evaluate_all(
            """(nodes) => nodes.filter((node) => node.checkVisibility()).filter((node) => {
            const { left, right } = node.getBoundingClientRect();
            return !node.closest(".tries-row") && (left < 0 || right > innerWidth);
        }).map((node) => node.dataset.testid ?? node.outerHTML.slice(0, 80))"""
        )
    )
    assert outside == []


def places(page: Page, selector: str) -> list[tuple[str, str]]:
    """Where on the page all that one sees of this stands, and how large it is."""
    found = page.locator(selector).evaluate_all(
        """(nodes) => nodes.filter((node) => node.getClientRects().length).map((node) => {
            const { x, y, width, height } = node.getBoundingClientRect();
            const place = [x + scrollX, y + scrollY, width, height].map(Math.round).join();
            return [node.dataset.testid ?? node.tagName, place];
        })"""
    )
    assert found
    return [(name, place) for name, place in found]


@contextmanager
def requests_of(page: Page) -> Iterator[list[str]]:
    """The addresses that the page asks for meanwhile."""
    asked: list[str] = []
    note = lambda request: asked.append(request.url)  # noqa: E731
    page.on("request", note)
    try:
        yield asked
    finally:
        page.remove_listener("request", note)


@contextmanager
def silent_server(page: Page) -> Iterator[None]:
    """The server's functions give no answer meanwhile."""
    page.route(SERVER, lambda route: route.abort())
    try:
        yield
    finally:
        page.unroute(SERVER)


@contextmanager
def dark(page: Page, wanted: bool = True) -> Iterator[None]:
    """The page is dark: Gradio reads the wish once, when it opens, and then sets this class."""
    # Or else colours would still be on their way.
    emulate_media(page, color_scheme="dark" if wanted else "light", reduced_motion="reduce")
    page.evaluate("(dark) => document.body.classList.toggle('dark', dark)", wanted)
    try:
        yield
    finally:
        page.evaluate("document.body.classList.remove('dark')")
        emulate_media(page, color_scheme="light", reduced_motion="no-preference")


def touch(page: Page, *points: tuple[float, float], pause: float = 0) -> None:
    """Put a finger on the first point, lead it through the others, and lift it.

    `pause`: milliseconds that it stays before it is lifted.
    """
    fingers(page, *((point,) for point in points), pause=pause)


def fingers(page: Page, *moments: tuple[tuple[float, float], ...], pause: float = 0) -> None:
    """The same with several fingers: each moment holds the point of each."""
    send = page.context.new_cdp_session(page).send
    for n, points in enumerate(moments):
        touches = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]
        kind = "touchMove" if n else "touchStart"
        send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    page.wait_for_timeout(pause)
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def open_all(page: Page) -> None:
    """Every panel that can be opened is."""
    page.locator("details").evaluate_all("(nodes) => nodes.forEach((node) => (node.open = true))")


def fragment(**keys: str) -> str:
    """`#key=value&…`, percent-encoded but for commas and semicolons."""
    return "#" + "&".join(
        f"{quote(key)}={quote(value, safe=',;-.')}" for key, value in keys.items()
    )


def hold(page: Page, testid: str, share: float = 0.5) -> None:
    """Press the mouse on a slider, at a share of its width."""
    page.mouse.move(*_place(page, testid, share))
    page.mouse.down()


def move(page: Page, testid: str, share: float) -> None:
    """Drag what `hold` has taken."""
    page.mouse.move(*_place(page, testid, share), steps=2)
    if engine_of(page) == "firefox":
        next_frame(page)  # with which it tells where the mouse is


def drag(page: Page, testid: str, share: float) -> None:
    """Drag a slider with the mouse to a share of its width, and let go."""
    hold(page, testid)
    move(page, testid, share)
    page.mouse.up()


def address_at_rest(page: Page) -> str:
    """The part of the address after `#`, once it has followed the table.

    The page writes it when the hand has rested; a timer set later in the same page rings later.
    """
    page.evaluate("() => new Promise((done) => setTimeout(done, 300))")
    return page.url.partition("#")[2]


def type_number(page: Page | Frame, testid: str, text: str) -> None:
    """Type into the field beside a slider, and confirm."""
    field = page.get_by_test_id(f"{testid}-number")
    fill(field, text)
    field.press("Enter")


def rename(page: Page, testid: str, name: str) -> Locator:
    """Write a new name over an old one, and stay in it."""
    label = page.get_by_test_id(testid)
    label.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(name)
    return label


_PLACE = """(slider, share) => {
    const seen = () => document.elementFromPoint(...place()) === slider;
    const place = () => {
        const { x, y, width, height } = slider.getBoundingClientRect();
        return [x + Math.min(share * width, width - 1), y + height / 2];
    };
    if (!seen()) slider.scrollIntoView({ block: "center" });
    if (!seen()) throw new Error("something covers the slider");
    return place();
}"""


def _place(page: Page, testid: str, share: float) -> list[float]:
    return page.get_by_test_id(testid).evaluate(_PLACE, share)


def sheets_of(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each sheet, in points; Firefox packs what tells them."""
    packed = filter(_is_zlib, re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL))
    written = pdf + b"".join(zlib.decompressobj().decompress(part) for part in packed)
    boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", written)
    return [(float(width), float(height)) for width, height in boxes]


def _is_zlib(part: bytes) -> bool:
    return part[:1] == b"x" and int.from_bytes(part[:2]) % 31 == 0
