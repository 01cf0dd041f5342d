"""Write `self_attention.json`: small cases with every stage, by the plain definition in 60 digits.

    python tests/golden/make_self_attention.py

Like `make_core.py` it shares no code with the project, and each number is rounded once, at the end.
Sines and cosines are Taylor series.
"""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import product
from pathlib import Path

import make_core  # and with it the 60 digits

FILE = Path(__file__).with_name("self_attention.json")
STAGES = ("queries", "keys", "values", "logits", "scores", "weights", "output")
Row = list[Decimal]


def exact(values: list) -> list:
    return [exact(v) if isinstance(v, list) else Decimal(v) for v in values]


def dot(a: Row, b: Row) -> Decimal:
    return sum((p * q for p, q in zip(a, b, strict=True)), Decimal(0))


def rounded(values: list) -> list:
    return [rounded(v) if isinstance(v, list) else float(v) for v in values]


def series(angle: Decimal, first: int) -> Decimal:
    """Σ (−1)^k · angle^n / n! of n = first, first + 2, …: first = 0 is cos, 1 is sin."""
    term = total = angle**first if first else Decimal(1)
    for n in range(first + 1, 400, 2):
        term *= -angle * angle / (n * (n + 1))
        total += term
    return total


def sinusoidal(steps: int, features: int) -> list[Row]:
    angle = lambda t, i: Decimal(t) / Decimal(10_000) ** (Decimal(2 * i) / features)  # noqa: E731
    return [[series(angle(t, f // 2), 1 - f % 2) for f in range(features)] for t in range(steps)]


def shares(scores: Row, seen: list[bool], temperature: Decimal) -> Row:
    """exp of each over the temperature; the highest is taken off: exp(1e25) has no 60 digits."""
    highest = max((e for e, one in zip(scores, seen, strict=True) if one), default=Decimal(0))
    pairs = zip(scores, seen, strict=True)
    return [((e - highest) / temperature).exp() if one else Decimal(0) for e, one in pairs]


def compute(case: dict) -> dict:
    x, steps, heads = exact(case["x"]), range(len(case["x"])), case["heads"]
    shown = [bool(one) for one in case["mask"] or [1] * len(x)]
    if case["positions"]:
        places = exact(case["positions"])
        x = [[a + b for a, b in zip(*pair, strict=True)] for pair in zip(x, places, strict=True)]
    by_column = {name: list(zip(*exact(case[name]), strict=True)) for name in ("wq", "wk", "wv")}
    queries, keys, values = (
        [[dot(row, column) for column in by_column[name]] for row in x] for name in by_column
    )
    seen = [[shown[s] and not (case["causal"] and s > t) for s in steps] for t in steps]
    d_k, d_v = len(queries[0]) // heads, len(values[0]) // heads
    logits, scores, weights, parts = [], [], [], []
    for h in range(heads):
        part = [vector[h * d_k : (h + 1) * d_k] for vector in queries]
        found = [vector[h * d_k : (h + 1) * d_k] for vector in keys]
        said = [vector[h * d_v : (h + 1) * d_v] for vector in values]
        logits.append([[dot(part[t], found[s]) for s in steps] for t in steps])
        scores.append([[e / Decimal(d_k).sqrt() for e in row] for row in logits[h]])
        exps = [
            shares(row, seen[t], Decimal(case["temperature"])) for t, row in enumerate(scores[h])
        ]
        weights.append([[u / (sum(row) or 1) for u in row] for row in exps])
        parts.append(
            [[dot(row, column) for column in zip(*said, strict=True)] for row in weights[h]]
        )
    output = [[number for part in parts for number in part[t]] for t in steps]
    found = (queries, keys, values, logits, scores, weights, output)
    return dict(zip(STAGES, map(rounded, found), strict=True))


def grid(rows: int, columns: int, seed: int, step: float = 4) -> list[list[float]]:
    """Numbers that nobody chose, with few digits."""
    return [
        [((7 * i + 3 * j + 5 * seed) % 19 - 9) / step for j in range(columns)] for i in range(rows)
    ]


def matrices(features: int, d_k: int, d_v: int, step: float = 4) -> dict:
    shapes = {"wq": d_k, "wk": d_k, "wv": d_v}
    return {name: grid(features, d, seed, step) for seed, (name, d) in enumerate(shapes.items(), 1)}


LIMIT = [[1e6, 1e6], [1e6, -1e6], [-1e6, -1e6]]
TABLES = {
    "small": ({"x": grid(3, 2, 0)} | matrices(2, 2, 2), 1),
    "cold": ({"x": grid(3, 2, 0)} | matrices(2, 4, 4), 0.01),
    "hot": ({"x": grid(3, 2, 0)} | matrices(2, 4, 2), 1000),
    "limits": ({"x": LIMIT, "wq": [[1e6], [1e6]], "wk": [[1e6], [0]], "wv": [[1e6], [-1e6]]}, 1),
    "one row": ({"x": [[3.0, -2.0]]} | matrices(2, 1, 3), 1),
    "all the same": ({"x": [[2.0, 1.0]] * 4} | matrices(2, 2, 4), 1),
    "9 x 8": ({"x": grid(9, 8, 0, 8)} | matrices(8, 4, 4, 8), 2),
}


def cases() -> list[dict]:
    found = []
    for name, (table, temperature) in TABLES.items():
        steps, features = len(table["x"]), len(table["x"][0])
        masks = {"": None, ", first hidden": [0] + [1] * (steps - 1), ", all hidden": [0] * steps}
        d_k, d_v = len(table["wq"][0]), len(table["wv"][0])
        heads = [h for h in (1, 2, 4)[steps > 4 :] if d_k % h == d_v % h == 0]
        learned = {"": None, ", positions": grid(steps, features, 4)}
        for (note, mask), h, causal, (placed, positions) in product(
            masks.items(), heads, (False, True), learned.items()
        ):
            title = f"{name}, heads {h}{', causal' * causal}{placed}{note}"
            how = {"mask": mask, "heads": h, "causal": causal, "positions": positions}
            case = {"name": title, **table, **how, "temperature": temperature}
            found.append(case | compute(case))
    return found


def places() -> list[dict]:
    sizes = [(1, 1), (4, 1), (3, 2), (5, 3), (16, 8)]
    return [
        {"steps": steps, "features": features, "positions": rounded(sinusoidal(steps, features))}
        for steps, features in sizes
    ]


def text() -> str:
    """All of the file, one case a line."""
    both = {"cases": cases(), "sinusoidal": places()}
    lines = lambda found: ",\n".join(map(json.dumps, found))  # noqa: E731
    parts = [f'"{name}": [\n{lines(found)}\n]' for name, found in both.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    assert make_core.getcontext().prec == 60
    FILE.write_text(text(), "utf-8", newline="\n")
