"""Print how long "Keras agrees" takes on the server: `python tests/benchmarks/agreement.py`.

The largest scenes of the page, in a fresh process: the import of the layers, the first scene after
it, and the median once everything is warm.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

from attention.scene import MOST_COLUMNS, MOST_ROWS, Scene

TURNS, PROMISED = 200, 50


def largest(kind: str, temperature: float = 2) -> Scene:
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
        temperature=temperature,
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
    start = time.perf_counter()
    import attention.layers.agreement  # noqa: F401

    rows = [("import of the layers", f"{time.perf_counter() - start:.1f} s", "")]
    scenes = {
        f"16 × {len(scene.columns)}, {kind}": scene
        for kind in ("attention", "gate", "dot_product", "scaled_dot_product")
        for scene in [largest(kind)]
    }
    first = milliseconds(next(iter(scenes.values())))
    rows.append(("first scene after it", f"{first:.0f} ms", ""))
    for name, scene in scenes.items():
        median = statistics.median(milliseconds(scene) for _ in range(TURNS))
        rows.append((f"warm, {name}", f"{median:.1f} ms", f"≤ {PROMISED} ms"))
    print(f"Medians, {date.today()}, {os.cpu_count()} cores, {platform.platform(terse=True)}\n")
    print("| what | time | promised |\n| --- | --- | --- |")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
