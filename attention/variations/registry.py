"""What a variation is, and the list of all of them.

A variation is one NumPy function and one entry directly above it, `@variation(...)`. The page,
the tests and the table for the documents read the list: whoever adds an entry is done.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil, prod
from textwrap import dedent
from typing import Any, Literal

from numpy.typing import NDArray

from attention.scene import Kind

Rows = Literal["step", "layer", "feature"]
Function = Callable[..., tuple[NDArray, NDArray]]
HEADS = 2  # of a variation that has several
# In shapes a size is a word, in costs a letter.
LETTERS = {"n": "steps", "d": "features", "h": "heads", "k": "key"}


@dataclass(frozen=True)
class Variation:
    """One attention: what it is called, what it computes, and what that takes.

    Attributes:
        name: of the function, in links and in the list.
        title: a few words in every language of the page.
        idea: one sentence in every language.
        formula: of the scores, as text; step t asks, step s answers. All variations have one set
            of letters, so they are not those of each paper.
        source: paper, year, section, in every language.
        rows: who asks, a row of the weights each: every "step", the "layer" itself (there is one
            row, and its axis is left out) or every "feature".
        parameters: the shape of each learned parameter, in sizes: "steps", "features", "heads",
            "key" (features a head, ⌈features / heads⌉), or a number. Where two variations share
            name and shape they share the numbers, so that only their formulas differ.
        cost: how many numbers are multiplied: a sum of products of n steps, d features, h heads
            and k key features. Divisions, exp and tanh are not counted.
        keras: lines that do the same in Keras. They find `x`, `mask` with a batch axis and the
            parameters by name, and end with `output` and `weights`.
        function: `(x, visible, **parameters) -> (weights, output)`.
        kind: the kind of scene that has these parameters itself, if there is one.
        note: what to know beside: another name, or what the source does otherwise.
    """

    name: str
    title: Mapping[str, str]
    idea: Mapping[str, str]
    formula: str
    source: Mapping[str, str]
    rows: Rows
    cost: str
    keras: str
    function: Function
    parameters: Mapping[str, tuple[str | int, ...]] = field(default_factory=dict)
    kind: Kind | None = None
    note: Mapping[str, str] = field(default_factory=lambda: {"en": ""})

    @property
    def numpy_code(self) -> str:
        """`numpy` below what it imports."""
        return f"import numpy as np\nfrom attention import softmax\n\n\n{self.numpy}"

    @property
    def keras_code(self) -> str:
        """`keras` below what it imports."""
        layers = sorted(set(re.findall(r"(?<!\.)\b([A-Z]\w+)\(", self.keras)))
        imports = {
            r"\bkeras\.": "import keras",
            r"\bops\.": "from keras import ops",
            r"(?<!\.)\b[A-Z]\w+\(": f"from attention.layers import {', '.join(layers)}",
        }
        needed = [line for sign, line in imports.items() if re.search(sign, self.keras)]
        return "\n".join([*needed, "", self.keras])

    @property
    def numpy(self) -> str:
        """The function's own lines, without entry and docstring."""
        source = dedent(inspect.getsource(self.function))
        function: Any = ast.parse(source).body[0]
        lines, hidden = source.splitlines(), range(0)
        if ast.get_docstring(function):
            hidden = range(function.body[0].lineno - 1, function.body[0].end_lineno)
        own = range(function.lineno - 1, len(lines))
        return "\n".join(lines[number] for number in own if number not in hidden)

    def shapes(self, steps: int, features: int) -> dict[str, tuple[int, ...]]:
        """The shape of each parameter for so many steps and features."""
        known = sizes(steps, features)
        return {
            name: tuple(size if isinstance(size, int) else known[size] for size in shape)
            for name, shape in self.parameters.items()
        }

    def parameter_count(self, steps: int, features: int) -> int:
        """How many numbers the layer learns."""
        return sum(prod(shape) for shape in self.shapes(steps, features).values())

    def multiplications(self, steps: int, features: int) -> int:
        """`cost` as a number."""
        known = sizes(steps, features)
        return sum(
            prod(_factor(factor, known) for factor in term.split("·"))
            for term in self.cost.split(" + ")
        )


VARIATIONS: dict[str, Variation] = {}


def variation(**entry: Any) -> Callable[[Function], Function]:
    """Put the function below into the list; `entry` are the attributes of `Variation`."""

    def add(function: Function) -> Function:
        entry["keras"] = inspect.cleandoc(entry["keras"])
        name = function.__name__
        VARIATIONS[name] = Variation(name=name, function=function, **entry)
        return function

    return add


def sizes(steps: int, features: int) -> dict[str, int]:
    """Every size that a shape may name.

    >>> sizes(steps=5, features=3)
    {'steps': 5, 'features': 3, 'heads': 2, 'key': 2}
    """
    return {"steps": steps, "features": features, "heads": HEADS, "key": ceil(features / HEADS)}


def _factor(text: str, known: Mapping[str, int]) -> int:
    """`2`, `n` or `n²` as a number."""
    base = text.removesuffix("²")
    number = int(base) if base.isdigit() else known[LETTERS[base]]
    return number**2 if text != base else number
