"""TensorFlow warms up in the background, once, and what is said of it is true."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from attention.warming import MODULES, Progress, WarmUp

ROOT = Path(__file__).resolve().parents[2]
IN_A_FRESH_PROCESS = """
import json, sys, threading, time
from attention import warming

before = warming._loaded()
asked = time.monotonic()
told = [vars(warming.warm_up())]
waited = time.monotonic() - asked
while not told[-1]["ready"] and not told[-1]["error"]:
    time.sleep(0.1)
    told.append(vars(warming.warm_up()))
names = [thread.name for thread in threading.enumerate()]
modules = warming._loaded()
print(json.dumps([before, waited, told, modules, names, "attention.layers" in sys.modules]))
"""


def done(warm_up: WarmUp) -> Progress:
    """What is told when it is over."""
    while not ((progress := warm_up()).ready or progress.error):
        time.sleep(0.01)
    return progress


def test_the_layers_load_beside_the_page_and_the_share_counts_their_modules():
    ran = subprocess.run(
        [sys.executable, "-c", IN_A_FRESH_PROCESS], cwd=ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    before, waited, told, modules, threads, loaded = json.loads(ran.stdout)
    assert before == 0, "importing attention.warming must import no Keras"
    assert waited < 0.5, "the first call must not wait"
    shares = [one["share"] for one in told]
    assert shares == sorted(shares) and 0.25 < shares[len(shares) // 2] < 1
    assert told[-1]["ready"] and told[-1]["error"] is None and loaded
    assert not any(one["ready"] for one in told[:-1])
    assert "warm-up" not in threads, "the thread ends with its work"
    assert abs(modules - MODULES) < 0.25 * MODULES, f"MODULES should be about {modules}"


def test_many_visitors_start_it_once():
    begun, go = [], threading.Event()

    def load() -> None:
        begun.append(1)
        go.wait(10)

    warm_up = WarmUp(load, modules=10**9)
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
    warm_up = WarmUp(load, modules=1, retry=0.3)
    for number in (1, 2):
        told = done(warm_up)
        assert told.error == f"ImportError: no TensorFlow, try {number}"
        assert [warm_up() for _ in range(8)] == [told] * 8, "whoever asks soon hears the same"
        time.sleep(0.4)
    assert done(warm_up).ready and len(tries) == 3
