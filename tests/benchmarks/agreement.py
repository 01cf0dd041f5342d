"""Print how long “Does Keras agree?” takes on the server: `python tests/benchmarks/agreement.py`.

The largest scenes of the page, in a fresh process: the import of the layers, the first scene after
it, and the median once everything is warm. Seconds are those of the processor: whoever else uses
the machine hardly changes them.
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

import numpy as np
from report import Report

from attention.objective import Objective
from attention.scene import MOST_COLUMNS, MOST_ROWS, PROJECTIONS, Kind, Scene

TURNS, PROMISED = 200, 50


def largest(kind: str) -> Scene:
    """The largest scene of a kind, its first row hidden."""
    columns = 1 if kind == "gate" else MOST_COLUMNS
    numbers = (np.arange(MOST_ROWS**2).reshape(MOST_ROWS, -1) % 19 / 4 - 2).tolist()
    return Scene(
        kind=kind,
        rows=[f"step {row}" for row in range(MOST_ROWS)],
        columns=[f"feature {column}" for column in range(columns)],
        x=[row[:columns] for row in numbers],
        w=numbers if kind == "gate" else numbers[0][:columns],
        b=numbers[1],
        query=numbers[2][:columns],
        **{name: [row[:4] for row in numbers[:columns]] for name in PROJECTIONS},
        heads=2,
        causal=True,
        mask=[False] + [True] * (MOST_ROWS - 1),
        temperature=2,
    )


def milliseconds(scene: Scene) -> float:
    """One answer to the page: the layer is run and trained, and the page is held to it."""
    from attention.layers.agreement import compare
    from attention.training.agreement import compare_step
    from attention.training.descent import descend

    page = {stage: numbers.tolist() for stage, numbers in vars(scene.trace()).items()}
    objective = Objective(target=[1.0] * MOST_ROWS)
    first, second = descend(scene, objective, steps=1).points
    step = vars(first) | {"numbers": second.numbers}
    start = time.process_time()
    found = [*compare(scene, page).differences, compare_step(scene, objective, step)]
    spent = time.process_time() - start
    assert all(one.agrees for one in found), found
    return 1000 * spent


def main() -> None:
    """Measure everything and print one table."""
    report, start = Report(), time.process_time()
    import attention.training.agreement  # noqa: F401

    report.add("import of the layers", f"{time.process_time() - start:.1f} s")
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
