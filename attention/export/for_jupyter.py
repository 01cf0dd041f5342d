"""The scene as a Jupyter notebook: NumPy, Keras, and the assertion that both agree.

A notebook is plain JSON (nbformat 4.5), so a dict is enough to write one.
"""

from __future__ import annotations

import json

import numpy as np

from attention.export import source
from attention.export.for_keras import keras_code
from attention.export.for_numpy import numpy_code
from attention.scene import Scene

TOLERANCE = 1e-6  # the article's ε alone makes 2.7e-7


def notebook(scene: Scene) -> str:
    """A notebook, `.ipynb`, that runs from top to bottom wherever Keras 3 is installed.

    The same scene gives the same file: the cells' ids are fixed.
    """
    stages = ", ".join(f"{stage}={stage}" for stage in room(scene))
    cells = [
        _cell("formulas", "markdown", f"# Attention\n\n{formulas(scene)}"),
        _cell("numpy-title", "markdown", "## NumPy"),
        _cell("numpy", "code", numpy_code(scene).rstrip()),
        _cell("numpy-stages", "code", f"in_numpy = dict({stages})"),
        _cell("keras-title", "markdown", "## Keras"),
        _cell("keras", "code", keras_code(scene).rstrip()),
        _cell("keras-stages", "code", f"in_keras = dict({stages})"),
        _cell("agree-title", "markdown", "## NumPy = Keras"),
        _cell("agree", "code", _assertions(scene)),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def formulas(scene: Scene) -> str:
    """What the scene computes, as LaTeX between `$$`; its symbols need no language."""
    logits = r"x\,q" if scene.kind.endswith("dot_product") else r"x\,w"
    if source.has_bias(scene):
        logits += " + b"
    scores = r"\mathrm{logits}"
    if scene.kind == "scaled_dot_product":
        scores += r" / \sqrt{d}"
    elif scene.kind == "attention" and scene.activation == "tanh":
        scores = rf"\tanh({scores})"
    over = f" / {scene.temperature!r}" if scene.temperature != 1 else ""
    times = r"\odot" if scene.kind == "gate" else r"\cdot"
    lines = {
        "logits": logits,
        "scores": scores,
        "weights": rf"\mathrm{{softmax}}(\mathrm{{scores}}{over})",
        "output": rf"\mathrm{{weights}} {times} x",
    }
    rows = " \\\\\n".join(rf"\mathrm{{{name}}} &= {right}" for name, right in lines.items())
    return f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$"


def room(scene: Scene) -> dict[str, float]:
    """How far apart two correct programs may be, stage by stage: 1e-6, unless numbers are huge.

    Two programs that add in different orders differ in the last of the 16 digits of float64. Of
    products as large as 1e12, which may cancel, that is 1e-4; and a temperature of 0.01 makes it
    a hundred times as much before exp turns it into weights.
    """
    x = np.abs(scene.x)
    factors = scene.query if scene.kind.endswith("dot_product") else scene.w
    products = x.T @ np.abs(factors) if scene.kind == "gate" else x @ np.abs(factors)
    size = products.max() + np.abs(scene.b if source.has_bias(scene) else 0).max()
    logits = 16 * np.finfo(float).eps * size  # at most 16 numbers are added
    weights = min(1.0, 2 * logits / scene.temperature)
    output = 2 * weights * x.max()
    rooms = {"logits": logits, "scores": logits, "weights": weights, "output": output}
    return {stage: max(TOLERANCE, float(room)) for stage, room in rooms.items()}


def _assertions(scene: Scene) -> str:
    return source.program(
        [
            f"room = {room(scene)!r}",
            "for stage, atol in room.items():",
            "    difference = np.abs(in_keras[stage] - in_numpy[stage]).max()",
            '    print(f"{stage}: {difference:.1e}")',
            "    np.testing.assert_allclose(",
            f"        in_keras[stage], in_numpy[stage], rtol={TOLERANCE}, atol=atol, err_msg=stage",
            "    )",
        ]
    ).rstrip()


def _cell(name: str, kind: str, text: str) -> dict:
    cell = {"id": name, "cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
