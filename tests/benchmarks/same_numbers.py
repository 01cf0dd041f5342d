"""Print how far NumPy, browser and Keras are apart: `python tests/benchmarks/same_numbers.py`.

Ten thousand random scenes of all kinds, always the same, by each pair in each precision. What is
promised, 1e-6, is written in `tests/promise.py`. The command fails if a single scene breaks it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / part) for part in ("benchmarks", "", "..")]
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import effort  # noqa: E402

effort.everything = True

import numpy as np  # noqa: E402
from page import chromium  # noqa: E402
from promise import Held, hold  # noqa: E402
from random_scenes import families  # noqa: E402
from twins import families_in_browser, family_in_keras, family_in_numpy  # noqa: E402

COLUMNS = "pair | precision | same to 1e-6 | only within rounding | weights apart | verdict"


def pairs() -> Iterator[tuple[str, str, Held]]:
    """Each pair of programs, its precision, and what was found."""
    many, short = families(), np.float32
    exact = [family_in_numpy(family) for family in many]
    exact_short = [family_in_numpy(family, short) for family in many]
    with chromium() as browser:
        found = families_in_browser(browser.new_page(), many)
    yield "browser and NumPy", "float64", hold(many, found, exact)
    yield "Keras and NumPy", "float64", hold(many, map(family_in_keras, many), exact)
    keras_short = (family_in_keras(family, "float32") for family in many)
    yield "Keras and NumPy", "float32", hold(many, keras_short, exact_short, short)
    yield "NumPy and NumPy", "float32 and float64", hold(many, exact_short, exact, short)


def main() -> int:
    """Compare every pair, print one table, and say by the exit code whether all is kept."""
    broken = 0
    print(f"{date.today()}\n\n| {COLUMNS} |\n|{' --- |' * 6}")
    for pair, precision, held in pairs():
        same, kept = held.outright, held.kept
        apart = held.apart["weights"][same].max(initial=0)
        rounded, lost = (~same & kept).sum(), (~kept).sum()
        verdict = f"broken in {lost:,}" if lost else "kept"
        print(f"| {pair} | {precision} | {same.sum():,} | {rounded:,} | {apart:.1e} | {verdict} |")
        broken += lost
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
