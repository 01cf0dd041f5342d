"""Print how far NumPy, browser and Keras are apart: `python tests/benchmarks/same_numbers.py`.

Ten thousand random scenes of all kinds, always the same, by each pair in each precision. What is
promised, 1e-6, is written in `tests/promise.py`. The command fails if a single scene breaks it.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / part) for part in ("benchmarks", "", "..")]
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import effort  # noqa: E402

effort.everything = True

from page import chromium  # noqa: E402
from promise import pairs  # noqa: E402
from random_scenes import families  # noqa: E402

COLUMNS = "pair | precision | same to 1e-6 | only within rounding | weights apart | verdict"


def main() -> int:
    """Compare every pair, print one table, and say by the exit code whether all is kept."""
    broken = 0
    print(f"{date.today()}\n\n| {COLUMNS} |\n|{' --- |' * 6}")
    with chromium() as browser:
        for pair, precision, held in pairs(browser.new_page(), families()):
            same, kept = held.outright, held.kept
            apart = f"{held.apart['weights'][same].max(initial=0):.1e}"
            rounded, lost = (~same & kept).sum(), (~kept).sum()
            verdict = f"broken in {lost:,}" if lost else "kept"
            row = (pair, precision, f"{same.sum():,}", f"{rounded:,}", apart, verdict)
            print(f"| {' | '.join(row)} |", flush=True)
            broken += lost
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
