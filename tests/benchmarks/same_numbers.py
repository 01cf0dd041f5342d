"""Print how far NumPy, browser and Keras are apart: `python tests/benchmarks/same_numbers.py`.

Ten thousand random scenes of all kinds, the same for the same seed (`--seed 7 --scenes 100000` for
others), by each pair in each precision. What is promised, 1e-6, is written in `tests/promise.py`.
The command fails if a single scene breaks it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS)]
os.environ["THOROUGH"] = "1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import numpy as np  # noqa: E402
from find_browser import find_browser  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from promise import PROMISED, Held, hold  # noqa: E402
from random_scenes import MANY, SEED, Family, families  # noqa: E402
from twins import families_in_browser, family_in_keras, family_in_numpy  # noqa: E402

from attention import Trace  # noqa: E402

COLUMNS = (
    "pair",
    "precision",
    "scenes",
    "the same to 1e-6",
    "only within rounding",
    "weights apart",
    "output apart",
    "of rounding's room",
    "stage from stage",
    "promised",
    "verdict",
)


def in_browser(many: list[Family]) -> list[Trace]:
    """By a real Chromium."""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"]
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        try:
            return families_in_browser(chromium.new_page(), many)
        finally:
            chromium.close()


def pairs(many: list[Family]) -> Iterator[tuple[str, str, Held]]:
    """Each pair of programs, its precision, and what was found."""
    exact, short = np.float64, np.float32
    numpy = [family_in_numpy(family) for family in many]
    numpy_short = [family_in_numpy(family, short) for family in many]
    yield "browser and NumPy", "float64", hold(many, in_browser(many), numpy, exact)
    keras = (family_in_keras(family) for family in many)
    yield "Keras and NumPy", "float64", hold(many, keras, numpy, exact)
    keras_short = [family_in_keras(family, "float32") for family in many]
    yield "Keras and NumPy", "float32", hold(many, keras_short, numpy_short, short)
    yield "NumPy and NumPy", "float32 and float64", hold(many, numpy_short, numpy, short)


def row(pair: str, precision: str, held: Held) -> tuple[str, ...]:
    """One line of the table. The largest differences are those of scenes that are the same."""
    same = held.outright
    largest = lambda numbers: f"{numbers.max(initial=0):.2e}"  # noqa: E731
    return (
        pair,
        precision,
        f"{len(same):,}",
        f"{same.sum():,}",
        f"{(~same & held.kept).sum():,}",
        largest(held.apart["weights"][same]),
        largest(held.apart["output"][same]),
        f"{held.share[~same].max(initial=0):.0%}" if not same.all() else "",
        largest(held.step),
        f"{PROMISED:.0e}",
        "kept" if held.kept.all() else f"broken in {(~held.kept).sum():,}",
    )


def main() -> int:
    """Compare every pair, print one table, and say by the exit code whether all is kept."""
    parser = argparse.ArgumentParser(description="NumPy, browser and Keras on random scenes.")
    parser.add_argument("--scenes", type=int, default=MANY, help="how many")
    parser.add_argument("--seed", type=int, default=SEED, help="which ones")
    asked = parser.parse_args()
    many, kept = families(asked.scenes, asked.seed), True
    print(f"Seed {asked.seed}, {date.today()}, in parts of the largest number that goes in\n")
    print(f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}")
    for pair, precision, held in pairs(many):
        print(f"| {' | '.join(row(pair, precision, held))} |", flush=True)
        kept = kept and bool(held.kept.all())
    moved = held.open > 0.5
    print(f"\nIn {moved.sum():,} of the scenes the bits of float32 may decide over half a weight.")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
