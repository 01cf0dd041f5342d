"""The scene as a Jupyter notebook: NumPy, Keras, and the assertion that both agree.

A notebook is plain JSON (nbformat 4.5), so a dict is enough to write one.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from attention.core import Trace
from attention.export import source
from attention.export.for_keras import keras_code
from attention.export.for_numpy import numpy_code
from attention.precision import tolerance
from attention.scene import Scene

STAGES = [field.name for field in fields(Trace)]
TOLERANCE = 1e-6


def notebook(scene: Scene) -> str:
    """A notebook, `.ipynb`, that runs from top to bottom wherever Keras 3 is installed.

    The same scene gives the same file: the cells' ids are fixed.
    """
    stages = ", ".join(f"{stage}={stage}" for stage in STAGES)
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
    if scene.kind == "self_attention":
        return _aligned(_of_self_attention(scene))
    logits = r"x\,q" if scene.is_dot_product else r"x\,w"
    if scene.has_bias:
        logits += " + b"
    scores = r"\mathrm{logits}"
    if scene.kind == "scaled_dot_product":
        scores += r" / \sqrt{d}"
    elif scene.has_tanh:
        scores = rf"\tanh({scores})"
    over = f" / {scene.temperature!r}" if scene.temperature != 1 else ""
    times = r"\odot" if scene.kind == "gate" else r"\cdot"
    lines = {
        "logits": logits,
        "scores": scores,
        "weights": rf"\mathrm{{softmax}}(\mathrm{{scores}}{over})",
        "output": rf"\mathrm{{weights}} {times} x",
    }
    return _aligned(lines)


def _aligned(lines: dict[str, str]) -> str:
    rows = " \\\\\n".join(rf"\mathrm{{{name}}} &= {right}" for name, right in lines.items())
    return f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$"


def _of_self_attention(scene: Scene) -> dict[str, str]:
    x = "x" if scene.positions == "none" else r"(x + \mathrm{positions})"
    projected = {"queries": "Q", "keys": "K", "values": "V"}
    over = f" / {scene.temperature!r}" if scene.temperature != 1 else ""
    width = scene.d_k // scene.heads
    return {
        **{name: rf"{x}\,W_{letter}" for name, letter in projected.items()},
        "logits": r"\mathrm{queries}\,\mathrm{keys}^\top",
        "scores": rf"\mathrm{{logits}} / \sqrt{{{width}}}",
        "weights": rf"\mathrm{{softmax}}(\mathrm{{scores}}{over})",
        "output": r"\mathrm{weights}\,\mathrm{values}",
    }


def _assertions(scene: Scene) -> str:
    tolerances = vars(tolerance(scene, TOLERANCE)).items()
    farthest = {stage: float(numbers.max()) for stage, numbers in tolerances}
    return source.program(
        [
            f"tolerance = {farthest!r}",
            "for stage, atol in tolerance.items():",
            "    there, here = in_keras[stage], in_numpy[stage]",
            '    print(f"{stage}: {np.abs(there - here).max():.1e}")',
            "    np.testing.assert_allclose(there, here, rtol=0, atol=atol, err_msg=stage)",
        ]
    ).rstrip()


def _cell(name: str, kind: str, text: str) -> dict[str, Any]:
    cell = {"id": name, "cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
