"""Write `descent.json`: training steps that real Keras layers take from small scenes.

    python tests/golden/make_descent.py

Every kind with every regulariser and every constraint, masks, temperatures and learning rates in
turn; then the ends that a run can come to. Another machine may differ in the last digits.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.random import Generator

from attention.objective import Constraint, Objective, Regularizer
from attention.scene import Scene

FILE = Path(__file__).with_name("descent.json")
STEPS = 3
# Kind, activation, whether there is a bias.
LAYERS = [
    *product(["attention"], ["linear", "tanh"], [True, False]),
    *product(["gate"], ["linear"], [True, False]),
    ("dot_product", "linear", False),
    ("scaled_dot_product", "linear", False),
]
PARTS = ("w", "b", "query")  # of these kinds
RULES = list(product(get_args(Regularizer), get_args(Constraint)))


def draw(random: Generator, layer: tuple, rules: tuple[str, str], steps: int, size: float) -> dict:
    """A case: the scene's fields, names aside, and an objective; x is as large as `size`."""
    kind, activation, bias = layer
    features = 1 if kind == "gate" else int(random.integers(1, 9 if steps > 4 else 4))
    numbers = lambda *shape: random.normal(size=shape).tolist()  # noqa: E731
    mask = random.random(steps) < 0.8
    mask[random.integers(steps)] = True
    target = random.random(steps) * (random.random(steps) < 0.7)
    target[np.flatnonzero(mask)[0]] = 1.0
    regularizer, constraint = rules
    own = {"regularizer": regularizer, "strength": 0.1, "constraint": constraint}
    turns = [list(PARTS), ["w", "query"], ["b", "query"]][random.integers(3) if bias else 0]
    return {
        "scene": {
            "kind": kind,
            "x": (size * random.normal(size=(steps, features))).tolist(),
            "w": numbers(steps, steps) if kind == "gate" else numbers(features),
            "b": numbers(steps) if bias else None,
            "query": numbers(features),
            "mask": mask.tolist(),
            "activation": activation,
            "temperature": float(random.choice([1.0, 0.5, 2.0, 20.0])),
        },
        "objective": {
            "target": target.tolist(),
            "rate": float(random.choice([0.1, 0.3, 1.0, 3.0])),
            "turns": turns,
            **dict.fromkeys(PARTS, own),
        },
        "steps": STEPS,
    }


def ends() -> list[dict]:
    """Runs that arrive, stand still and diverge, and one where weights round to 0."""
    base = draw(np.random.default_rng(0), LAYERS[0], ("none", "none"), 3, 1)
    x = {"x": [[1.0, 2.0], [3.0, -1.0], [0.5, 0.0]], "w": [0.2, -0.1], "query": [0.2, -0.1]}
    scene = base["scene"] | x | {"b": [0.0, 0.3, 0.0], "mask": [True] * 3, "temperature": 1.0}
    objective = base["objective"] | {"target": [1.0, 0.0, 0.0], "turns": ["b"], "rate": 10.0}
    strong = {"regularizer": "l2", "strength": 1.0, "constraint": "none"}
    there = scene | {"w": [0.0, 0.0], "b": [0.0] * 3}
    dead = scene | {"activation": "tanh", "b": [100.0, -100.0, -100.0]}
    far = scene | {"b": [-2000.0, 0.0, 0.0]}
    changes: list[tuple[dict[str, Any], dict[str, Any]]] = [
        (there, {"target": [1.0] * 3}),
        (dead, {"target": [0.0, 0.0, 1.0]}),
        (scene, {"b": strong}),
        (far, {}),
    ]
    return [{"scene": one, "objective": objective | change, "steps": 20} for one, change in changes]


def cases() -> list[dict]:
    random = np.random.default_rng(1512)
    found = [draw(random, layer, rules, 3, 1) for layer, rules in product(LAYERS, RULES)]
    return found + ends()


def checked(case: dict) -> tuple[Scene, Objective]:
    """The scene, with names, and the objective of a case."""
    x = case["scene"]["x"]
    names = {"rows": [f"row {i}" for i in range(len(x))], "columns": list("abcdefgh")[: len(x[0])]}
    return Scene(**names, **case["scene"]), Objective(**case["objective"])


def in_keras(case: dict) -> dict:
    """Where real layers come in so many steps: `points` and `end`, as `descend` gives them."""
    from attention.training.descent import descend

    return descend(*checked(case), case["steps"]).model_dump()


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(case | in_keras(case)) for case in cases())
    FILE.write_text(f"[\n{lines}\n]\n", "utf-8", newline="\n")
