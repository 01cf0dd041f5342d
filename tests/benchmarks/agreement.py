"""Print how long “Does Keras agree?” takes on the server: `python tests/benchmarks/agreement.py`.

The largest scenes of the page, in a fresh process: the import of the layers, the first scene after
it, and the median once everything is warm.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from typing import get_args

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

from report import Report

from attention.scene import MOST_COLUMNS, MOST_ROWS, Kind, Scene

TURNS, PROMISED = 200, 50


def largest(kind: str) -> Scene:
    """The largest scene of a kind, its first row hidden."""
    number = lambda row, column: ((7 * row + 3 * column) % 19) / 4 - 2  # noqa: E731
    columns = 1 if kind == "gate" else MOST_COLUMNS
    square = [[number(j, i) for j in range(MOST_ROWS)] for i in range(MOST_ROWS)]
    return Scene(
        kind=kind,
        rows=[f"step {row}" for row in range(MOST_ROWS)],
        columns=[f"feature {column}" for column in range(columns)],
        x=[[number(row, column) for column in range(columns)] for row in range(MOST_ROWS)],
        w=square if kind == "gate" else square[0][:columns],
        b=square[1],
        query=square[2][:columns],
        mask=[False] + [True] * (MOST_ROWS - 1),
        temperature=2,
    )


def milliseconds(scene: Scene) -> float:
    """One answer to the page: the layer is run, and the page's numbers are held to it."""
    from attention.layers.agreement import compare

    page = {stage: numbers.tolist() for stage, numbers in vars(scene.trace()).items()}
    start = time.perf_counter()
    found = compare(scene, page).differences
    spent = time.perf_counter() - start
    assert all(one.agrees for one in found), found
    return 1000 * spent


def main() -> None:
    """Measure everything and print one table."""
    report, start = Report(), time.perf_counter()
    import attention.layers.agreement  # noqa: F401

    report.add("import of the layers", f"{time.perf_counter() - start:.1f} s")
    scenes = {kind: largest(kind) for kind in get_args(Kind)}
    report.add("first scene after it", f"{milliseconds(scenes['attention']):.0f} ms")
    for kind, scene in scenes.items():
        median = statistics.median(milliseconds(scene) for _ in range(TURNS))
        size = f"{MOST_ROWS} × {len(scene.columns)}"
        kept = median <= PROMISED
        report.add(f"warm, {size}, {kind}", f"{median:.1f} ms", f"≤ {PROMISED} ms", kept)
    report.end()


if __name__ == "__main__":
    main()
