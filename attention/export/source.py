"""A scene's numbers and names as Python source, for the codes that are made of it.

Everything goes through `repr`: a float comes back to the last bit, and a name, whatever stands in
it, is a string and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attention.scene import Scene

Lines = Sequence[str | None]  # None stands for a line that is not needed


def given(scene: Scene) -> str:
    """The scene as assignments to the names that the page uses, only what the scene needs.

    >>> print(given(Scene(rows=["a", "b"], columns=["f"], x=[[1], [2]], w=[3], temperature=2)))
    x = np.array([
        [1.0],
        [2.0],
    ])  # (2, 1)
    w = np.array([3.0])  # (1,)
    temperature = 2.0
    """
    x = [number for (number,) in scene.x] if scene.kind == "gate" else scene.x
    lines = [array("x", x), array("query" if scene.is_dot_product else "w", scene.factors)]
    if scene.bias:
        lines.append(array("b", scene.bias))
    return "\n".join(lines + settings(scene))


def settings(scene: Scene) -> list[str]:
    """The mask and the temperature, where they make a difference."""
    lines = [array("mask", scene.mask)] if scene.hides else []
    return lines + [f"temperature = {scene.temperature!r}"] * (scene.temperature != 1)


def array(name: str, values: list[Any]) -> str:
    """One NumPy array with its shape behind it, a matrix with a line for each row."""
    if not isinstance(values[0], list):
        return f"{name} = np.array({values!r})  # ({len(values)},)"
    rows = "".join(f"    {row!r},\n" for row in values)
    return f"{name} = np.array([\n{rows}])  # ({len(values)}, {len(values[0])})"


def program(*paragraphs: str | Lines) -> str:
    """Paragraphs of lines with an empty line between."""
    texts = [
        part if isinstance(part, str) else "\n".join(line for line in part if line is not None)
        for part in paragraphs
    ]
    return "\n\n".join(text for text in texts if text) + "\n"


def output_names(scene: Scene) -> str:
    """What each number of the output belongs to: to a row of a gate, to a column of x or wv."""
    if scene.kind == "self_attention":
        return repr(scene.output_names)
    return "rows" if scene.kind == "gate" else "columns"
