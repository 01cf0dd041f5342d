"""What visitors of a site with several copies do: with a program, and with a browser."""

from __future__ import annotations

import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

from behind_nginx import Site, Visitor
from learning import open_task, said
from playing import assert_agrees, drag, fragment, go
from playwright.sync_api import Locator, Page, expect

from attention import attend
from attention.texts import texts

TASK, EPOCHS = "loud_second", 50
SLOW = 120_000  # milliseconds, for TensorFlow on a machine that does much else


def spread(site: Site, visitors: int) -> Counter[int]:
    """Browsers that come for the first time, and then stay. -> how many at which copy"""
    found: Counter[int] = Counter()
    for _ in range(visitors):
        visitor = site.visitor()
        visitor.ask("/")
        first = visitor.copy
        for path in ("/config", "/gradio_api/app_id", "/"):
            visitor.ask(path)
        assert visitor.copy == first, "a visitor stays with one copy"
        found[first] += 1
    assert min(found[number] for number in (1, 2)) >= visitors / 5, found
    return found


def call_at_once(site: Site, programs: int, each: int) -> Counter[int]:
    """Programs without cookies, from addresses of their own, all at once with scenes of their own.

    Every one of their answers is what the core makes of that very scene. -> calls by copy
    """
    visitors = [site.visitor(f"127.0.1.{number}", keeps=False) for number in range(1, programs + 1)]

    def call(visitor: Visitor, number: int) -> int:
        for turn in range(each):
            x, w = scene(number * each + turn)
            trace = attend(x, w, activation="linear")
            assert visitor.attend(x=x, w=w) == {k: v.tolist() for k, v in vars(trace).items()}
        return visitor.copy

    with ThreadPoolExecutor(programs) as pool:
        copies = [*pool.map(call, visitors, range(programs))]
    return Counter({copy: each * times for copy, times in Counter(copies).items()})


def scene(number: int) -> tuple[list[list[float]], list[float]]:
    """Vectors and weights that no other number has."""
    return [[number, 1], [1, 0.5], [0, -number]], [0.25, 2]


class Steady:
    """A visitor of one copy who asks on and on, in a thread; `with` it begins and ends.

    Attributes:
        answered: how many calls were.
        failed: what was not as it should be.
    """

    def __init__(self, site: Site, copy: int) -> None:
        self._visitor = site.visitor()
        self._visitor.copy = self._copy = copy
        self._over = Event()
        self._thread = Thread(target=self._go_on, daemon=True)
        self.answered, self.failed = 0, []

    def __enter__(self) -> Steady:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _go_on(self) -> None:
        while not self._over.wait(0.05):
            x, w = scene(self.answered)
            try:
                self._visitor.ask("/")
                logits = self._visitor.attend(x=x, w=w)["logits"]
                assert logits == attend(x, w, activation="linear").logits.tolist()
                assert self._visitor.copy == self._copy
                self.answered += 1
            except (OSError, AssertionError) as problem:
                self.failed.append(problem)


def play(page: Page) -> None:
    """A hand on a slider: the weights follow, and all numbers are the core's."""
    go(page, fragment(lesson="love"))
    page.get_by_test_id("tab-play").click()
    before = assert_agrees(page).numbers["weight-0"]
    drag(page, "w-1", 0.8)
    assert assert_agrees(page).numbers["weight-0"] != before


def train(page: Page, seed: int) -> Locator:
    """Press “Train”, and follow the training to new epochs. -> the task's page"""
    opened = open_task(page, TASK, epochs=str(EPOCHS), train_seed=str(seed))
    opened.get_by_test_id("learn-train").click()
    see_begun(opened)
    see_more(opened)
    return opened


def train_again(page: Page, opened: Locator) -> None:
    """Press the button once more, and see that a copy has begun."""
    page.get_by_test_id("tab-learn").click()
    opened.get_by_test_id("learn-train").click()
    begun = "|".join(re.escape(said(f"learn_{phase}")) for phase in ("warming", "training"))
    expect(opened.get_by_test_id("learn-status")).to_have_text(re.compile(begun), timeout=SLOW)


def see_begun(opened: Locator) -> None:
    """Wait until every model has been seen before its first epoch."""
    expect(opened.get_by_test_id("learn-source-own")).to_be_visible(timeout=SLOW)


def epoch(opened: Locator) -> int:
    """The newest epoch that the page has of its own training."""
    return int(re.search(r"\d+", f"{opened.get_by_test_id('learn-moment').text_content()} 0")[0])


def see_more(opened: Locator) -> int:
    """Wait until the page has an epoch more than now. -> which came"""
    until, reached = time.monotonic() + SLOW / 1000, epoch(opened)
    while epoch(opened) <= reached:
        assert time.monotonic() < until, f"no epoch after {reached}"
        opened.page.wait_for_timeout(50)
    return epoch(opened)


def see_lost(page: Page, opened: Locator) -> None:
    """The page says that its training is lost, in English and in Russian, and keeps what it has."""
    had = epoch(opened)
    for lang in ("en", "ru"):
        go(page, fragment(tab="learn", task=TASK, lang=lang, epochs=str(EPOCHS)))
        status = opened.get_by_test_id("learn-status")
        expect(status).to_have_text(texts()[lang]["learn_forgotten"], timeout=30_000)
    go(page, fragment(tab="learn", task=TASK, epochs=str(EPOCHS)))
    expect(opened.get_by_test_id("learn-train")).to_have_text(said("learn_train_again"))
    assert had and epoch(opened) == had, "what was recorded stays"
