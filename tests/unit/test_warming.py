"""TensorFlow warms up in the background, once, and what is said of it is true."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from attention.warming import Progress, WarmUp


def done(warm_up: WarmUp) -> Progress:
    """What is told when it is over."""
    while not ((progress := warm_up()).ready or progress.error):
        time.sleep(0.01)
    return progress


def test_many_visitors_start_it_once():
    begun, go = [], threading.Event()

    def load() -> None:
        begun.append(1)
        go.wait(10)

    warm_up = WarmUp(load)
    with ThreadPoolExecutor(8) as visitors:
        told = list(visitors.map(lambda _: warm_up(), range(32)))
    assert not any(one.ready or one.error for one in told)
    go.set()
    assert done(warm_up).ready and begun == [1]
    assert warm_up() == warm_up(), "once ready, it tells how long it took"


def test_a_failure_is_told_to_all_who_ask_soon_and_then_tried_again():
    def load() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise ImportError(f"no TensorFlow, try {len(tries)}")

    tries: list[int] = []
    warm_up = WarmUp(load, retry=0.3)
    for number in (1, 2):
        told = done(warm_up)
        assert told.error == f"ImportError: no TensorFlow, try {number}"
        assert [warm_up() for _ in range(8)] == [told] * 8, "whoever asks soon hears the same"
        time.sleep(0.4)
    assert done(warm_up).ready and len(tries) == 3
