"""Write `core.json`: small scenes with every stage, by the plain definition in 60 decimal digits.

    python tests/golden/make_core.py

It shares no code with the project: no NumPy, no stable form, no tricks against overflow. At 60
digits exp(1e12) is just a large number. Each case has the arguments as the page writes them and
`logits, scores, weights, output` rounded once, at the end, to the nearest float.
"""

from __future__ import annotations

import json
from decimal import MAX_EMAX, MIN_EMIN, Decimal, getcontext
from pathlib import Path

FILE = Path(__file__).with_name("core.json")
getcontext().prec = 60
getcontext().Emax, getcontext().Emin = MAX_EMAX, MIN_EMIN


def tanh(number: Decimal) -> Decimal:
    if abs(number) > 100:  # 1 − tanh(100) < 1e-86
        return Decimal(1).copy_sign(number)
    up, down = number.exp(), (-number).exp()
    return (up - down) / (up + down)


def compute(case: dict) -> dict:
    exact = lambda values: [exact(v) if isinstance(v, list) else Decimal(v) for v in values]  # noqa: E731
    dot = lambda a, b: sum((p * q for p, q in zip(a, b, strict=True)), Decimal(0))  # noqa: E731
    kind, x = case["kind"], exact(case["x"])
    steps = range(len(x))
    shown = [bool(case["mask"][t]) if case.get("mask") else True for t in steps]
    bias = exact(case["b"]) if case.get("b") else [Decimal(0)] * len(x)
    if kind == "attention":
        w = exact(case["w"])
        logits = [dot(x[t], w) + bias[t] for t in steps]
        scores = [tanh(z) for z in logits] if case["activation"] == "tanh" else logits
    elif kind == "gate":
        w, visible = exact(case["w"]), [x[t][0] * shown[t] for t in steps]
        logits = [dot(visible, [row[t] for row in w]) + bias[t] for t in steps]
        scores = logits
    else:
        query = exact(case["query"])
        logits = [dot(x[t], query) for t in steps]
        root = Decimal(len(query)).sqrt() if kind == "scaled_dot_product" else 1
        scores = [z / root for z in logits]
    exps = [
        (e / Decimal(case["temperature"])).exp() if shown[t] else Decimal(0)
        for t, e in enumerate(scores)
    ]
    weights = [u / (sum(exps) or 1) for u in exps]
    if kind == "gate":
        output = [weights[t] * visible[t] for t in steps]
    else:
        output = [dot(weights, [x[t][f] for t in steps]) for f in range(len(x[0]))]
    stages = {"logits": logits, "scores": scores, "weights": weights, "output": output}
    return {name: [float(v) for v in values] for name, values in stages.items()}


FEAR = {
    "x": [[50, 30, 4], [40, 10, 4], [70, 20, 20], [90, 20, 0]],
    "w": [1.0, 0.5, 0.2],
    "b": [0, 0, 0, -100],
    "query": [1.0, 0.5, 0.2],
}
SMALL = {
    "x": [[0.3, -1.2], [1.1, 0.4], [-0.7, 0.9]],
    "w": [0.8, -0.5],
    "b": [0.1, -0.2, 0.3],
    "query": [0.8, -0.5],
}
HUGE = {
    "x": [[1000, -1000], [-1000, 1000], [999, 999]],
    "w": [1000, 1000],
    "b": [1000, -1000, 0],
    "query": [1000, 1000],
}
LIMIT = {
    "x": [[1e6, 1e6], [1e6, -1e6], [-1e6, -1e6]],
    "w": [1e6, 1e6],
    "b": [1e6, 0, -1e6],
    "query": [1e6, 1e6],
}
TINY = {
    "x": [[1e-300, 5e-324], [-1e-300, 0.0], [0.1, 0.2]],
    "w": [1e-300, 1.0],
    "b": [5e-324, 0, 0],
    "query": [1e-300, 1.0],
}
ONE_ROW = {"x": [[3.0, -2.0]], "w": [0.5, 0.25], "b": [-1.0], "query": [0.5, 0.25]}
SAME = {"x": [[2.0, 1.0]] * 4, "w": [0.5, 0.5], "b": [0, 0, 0, 0], "query": [0.5, 0.5]}
WIDE = {
    "x": [[((7 * t + 3 * f) % 19) / 4 - 2 for f in range(8)] for t in range(16)],
    "w": [((5 * f) % 7) / 4 - 0.75 for f in range(8)],
    "b": [((3 * t) % 5) / 2 - 1 for t in range(16)],
    "query": [((5 * f) % 7) / 4 - 0.75 for f in range(8)],
}
TABLES = {
    "fear": (FEAR, 20),
    "small": (SMALL, 1),
    "cold": (SMALL, 0.01),
    "hot": (SMALL, 1000),
    "thousands": (HUGE, 1),
    "limits": (LIMIT, 1),
    "tiny": (TINY, 1),
    "one row": (ONE_ROW, 1),
    "all the same": (SAME, 1),
    "16 x 8": (WIDE, 2),
}


def square(size: int) -> list[list[float]]:
    return [[((3 * i + 5 * j) % 7) / 4 - 0.75 for j in range(size)] for i in range(size)]


def cases() -> list[dict]:
    found = []
    for name, (table, temperature) in TABLES.items():
        steps = len(table["x"])
        masks = {"": None, ", first hidden": [0] + [1] * (steps - 1), ", all hidden": [0] * steps}
        for note, mask in masks.items():
            shared = {"mask": mask, "temperature": temperature}
            vectors = {"x": table["x"], **shared}
            for activation in ("tanh", "linear"):
                kind = {"kind": "attention", "activation": activation, "w": table["w"]}
                for bias, b in (("", table["b"]), (", no bias", None)):
                    title = {"name": f"{name}, {activation}{bias}{note}"}
                    found.append(title | vectors | kind | {"b": b})
            single = {"kind": "gate", "x": [row[:1] for row in table["x"]], "w": square(steps)}
            found.append({"name": f"{name}, gate{note}"} | shared | single | {"b": table["b"]})
            for kind in ("dot_product", "scaled_dot_product"):
                title, query = {"name": f"{name}, {kind}{note}"}, {"query": table["query"]}
                found.append(title | vectors | {"kind": kind} | query)
    return found


def text() -> str:
    """All of the file, one case a line."""
    lines = ",\n".join(json.dumps(case | compute(case)) for case in cases())
    return f"[\n{lines}\n]\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8", newline="\n")
