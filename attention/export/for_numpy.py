"""The scene in NumPy: a short program that reads like the formulas on the page."""

from __future__ import annotations

from attention.export import self_attention, source
from attention.scene import Scene


def numpy_code(scene: Scene) -> str:
    """A program that needs NumPy alone and computes every stage with exactly these numbers.

    Its variables are the page's words: `x, w, b, query, mask, logits, scores, weights, output`.
    Comments are shapes and formulas, so they need no language.

    >>> scene = Scene(rows=["a", "b"], columns=["f"], x=[[1], [2]], w=[3], b=[0, 1])
    >>> print(numpy_code(scene))  # doctest: +ELLIPSIS
    import numpy as np
    ...
    logits = x @ w + b  # (2,)
    scores = np.tanh(logits)
    exps = np.exp(scores - scores.max())
    weights = exps / exps.sum()
    output = weights @ x  # (1,)
    ...
    """
    if scene.kind == "self_attention":
        numbers, stages = self_attention.given(scene), self_attention.in_numpy(scene)
    else:
        numbers = source.given(scene)
        stages = [[_logits(scene), _scores(scene), *_weights(scene), _output(scene)]]
    return source.program(
        "import numpy as np",
        [f"rows = {scene.rows!r}", f"columns = {scene.columns!r}"],
        numbers,
        *stages,
        _printed("rows", "weights"),
        _printed(source.output_names(scene), "output"),
    )


def _logits(scene: Scene) -> str:
    product = "x @ query" if scene.is_dot_product else "x @ w"
    if scene.kind == "gate" and scene.hides:
        product = "(x * mask) @ w"  # a hidden number says nothing to the others
    bias = " + b" if scene.has_bias else ""
    return f"logits = {product}{bias}  # ({len(scene.rows)},)"


def _scores(scene: Scene) -> str:
    if scene.kind == "scaled_dot_product":
        return "scores = logits / np.sqrt(len(query))"
    return "scores = np.tanh(logits)" if scene.has_tanh else "scores = logits"


def _weights(scene: Scene) -> list[str]:
    """The stable softmax. A hidden step: e^−∞ = 0; where no step is visible: 0 / 1 = 0."""
    if scene.hides:
        below = "np.where(mask, scores - highest, -np.inf)  # hidden: exp(-inf) = 0"
        lines = ["highest = scores.max(where=mask, initial=-np.inf)", f"below = {below}"]
        over = "below / temperature" if scene.temperature != 1 else "below"
        total = "(exps.sum() or 1)  # all hidden: 0 / 1 = 0"
    else:
        lines = []
        over = "scores - scores.max()"
        over = f"({over}) / temperature" if scene.temperature != 1 else over
        total = "exps.sum()"
    return [*lines, f"exps = np.exp({over})", f"weights = exps / {total}"]


def _output(scene: Scene) -> str:
    if scene.kind == "gate":
        return f"output = weights * x  # ({len(scene.rows)},)"
    return f"output = weights @ x  # ({len(scene.columns)},)"


def _printed(names: str, stage: str) -> list[str]:
    # The names as `repr` writes them: a control character in one never reaches the terminal.
    return [
        f"for name, number in zip({names}, {stage}):",
        f'    print(f"{stage:7} {{number:10.4f}}  {{name!r}}")',
    ]
