"""For tests only: what solves each puzzle, and what nearly does. The page never receives it."""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Any

Change = Callable[[Any], dict[str, Any]]  # what the puzzle is about -> fields of its scene


def only(count: int, at: int, number: float) -> list[float]:
    """All 0 but one."""
    return [number if i == at else 0 for i in range(count)]


def turned(far: float, back: int) -> list[list[float]]:
    """W_q that turns a direction back by quarters of a circle, and makes it so long."""
    return [[0, 0], [0, -far], [far, 0]] if back == 1 else [[0, 0], [-far, 0], [0, -far]]


SOLUTIONS: dict[str, Change] = {
    "mean": lambda _: {"w": [0, 0]},
    "majority": lambda _: {"w": [0.5, 0.5]},
    "blanks": lambda _: {"w": [0, -100]},
    "silence": lambda row: {"b": only(4, row, -1500)},
    "one_place": lambda row: {"w": [0], "b": only(5, row, 50)},
    "last_two": lambda _: {"w": [0], "b": [0, 0, 0, 50, 50]},
    "largest": lambda _: {"w": [20], "temperature": 0.1},
    "soft_minimum": lambda cold: {"w": [-1, 0], "temperature": cold},
    "look_up": lambda key: {"query": [*only(3, key, 50), 0]},
    "undo_root": lambda _: {"temperature": 0.5},
    "above_zero": lambda _: {"w": [1000], "temperature": 0.05},
    "switch": lambda _: {"w": [[0, 100, 0], [0, 0, 0], [0, 0, 0]], "b": [-1000, 0, 50]},
    "position_alone": lambda row: {
        "positions": "learned",
        "pos": [[0, 20 if at == row else 1] for at in range(4)],
    },
    "step_before": lambda back: {"wq": turned(50, back), "causal": True},
    "first_capital": lambda kind: {
        "wq": [[0], [0], [0], [20]],
        "wk": [[10 * (kind == 0)], [10 * (kind == 1)], [0], [-1]],
    },
    "two_heads": lambda _: {"heads": 2, "wq": [[0, 0], [50, -50]]},
    "both": lambda _: {"w": [50, 50, 0]},
    "doubling": lambda times: {"w": [round(log(times), 4), 0]},
}
# Right in 99 % of all random scenes, and wrong all the same.
NEARLY_RIGHT: dict[str, Change] = {
    "mean": lambda _: {"w": [0.00002, 0]},
    "majority": lambda _: {"w": [0.05, 0]},
    "blanks": lambda _: {"w": [0, -10]},
    "silence": lambda row: {"b": only(4, row, -100)},
    "one_place": lambda row: {"w": [0.1], "b": only(5, row, 50)},
    "last_two": lambda _: {"w": [0.00001], "b": [0, 0, 0, 50, 50]},
    "largest": lambda _: {"w": [8]},
    "soft_minimum": lambda cold: {"w": [-1, 0.0005], "temperature": cold},
    "look_up": lambda key: {"query": [*only(3, key, 10), 0]},
    "undo_root": lambda _: {"query": [2, 0.0005, 4, -2]},
    "above_zero": lambda _: {"w": [8], "temperature": 0.05},
    "switch": lambda _: {"w": [[0, 100, 0], [0, 1, 0], [0, 0, 0]], "b": [-1000, 0, 50]},
    "position_alone": lambda row: {
        "positions": "learned",
        "pos": [[0, 20 if at == row else 0.5] for at in range(4)],
    },
    "step_before": lambda back: {"wq": turned(13, back), "causal": True},
    "first_capital": lambda kind: {
        "wq": [[0], [0], [0], [10]],
        "wk": [[10 * (kind == 0)], [10 * (kind == 1)], [0], [-1]],
    },
    "two_heads": lambda _: {"heads": 2, "wq": [[0, 0], [10, -10]]},
    "both": lambda _: {"w": [10, 10, 0]},
    "doubling": lambda times: {"w": [log(times), 0.0005]},
}
# The same in lines of a formula, for some of them.
FORMULAS = {
    "mean": "output = [mean(x[:, 0]), mean(x[:, 1])]",
    "blanks": "shown = 1 - x[:, 1]\noutput = (shown / sum(shown)) @ x",
    "above_zero": "above = x[:, 0] > 0\noutput = sum(above * x[:, 0]) / sum(above)",
    "largest": "weights = softmax(1000 * x[:, 0])\noutput = weights @ x",
    "look_up": "weights = softmax(50 * x[:, asked])\noutput = weights @ x",
    "soft_minimum": "output = softmax(-x[:, 0] / asked) @ x",
    "doubling": "output = softmax(log(asked) * x[:, 0]) @ x",
    "position_alone": "output = [x[:, 0][asked]]",
    "step_before": "output = x[:, 0][max([step - asked, 0])]",
    "first_capital": "weights = softmax(100 * x[:, asked] - 20 * i)\noutput = [weights @ x[:, 2]]",
    "two_heads": "output = [max(x[:, 0]), min(x[:, 0])]",
}
WRONG_FORMULAS = {
    "mean": "output = [x[:, 0] @ softmax(0.00002 * x[:, 0]), 0]",
    "blanks": "output = softmax(-10 * x[:, 1]) @ x",
    "largest": "output = softmax(8 * x[:, 0]) @ x",
    "first_capital": "output = [softmax(100 * x[:, asked] - 10 * i) @ x[:, 2]]",
}
