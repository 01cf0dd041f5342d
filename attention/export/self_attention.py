"""Self-attention as a program, in NumPy and in Keras: all steps and heads, then one of each."""

from __future__ import annotations

from attention.export import source
from attention.export.source import Lines
from attention.precision import LOWEST_BESIDE_HIDDEN
from attention.scene import PROJECTIONS, Scene


def given(scene: Scene) -> str:
    """The scene as assignments, only what it needs; x comes with its positions.

    >>> eye = [[1, 0], [0, 1]]
    >>> names = dict(kind="self_attention", rows=["a"], columns=["f", "g"])
    >>> print(given(Scene(**names, x=[[1, 2]], wq=eye, wk=eye, wv=[[3], [4]])))
    x = np.array([
        [1.0, 2.0],
    ])  # (1, 2)
    wq = np.array([
        [1.0, 0.0],
        [0.0, 1.0],
    ])  # (2, 2)
    wk = np.array([
        [1.0, 0.0],
        [0.0, 1.0],
    ])  # (2, 2)
    wv = np.array([
        [3.0],
        [4.0],
    ])  # (2, 1)
    heads = 1
    asks, head = 0, 0  # which step and which head the numbers at the end are of
    """
    lines = [source.array("x", scene.x)]
    lines += [source.array(name, getattr(scene, name)) for name in PROJECTIONS]
    if scene.positions == "learned" and scene.pos:
        lines.append(source.array("positions", scene.pos))
    lines += source.settings(scene)
    lines.append(f"heads = {scene.heads}")
    of = "which step and which head the numbers at the end are of"
    return "\n".join([*lines, f"asks, head = {scene.asking}, {scene.head}  # {of}"])


def in_numpy(scene: Scene) -> list[Lines]:
    """Paragraphs that end with logits, scores and weights (steps,) and output (d_v,)."""
    steps, d_k, d_v, heads = len(scene.rows), scene.d_k, scene.d_v, scene.heads
    temperature = " / temperature" if scene.temperature != 1 else ""
    each = f"({heads}, {steps}, {steps})"
    if _hides(scene):
        shares = [
            *_seen(scene),
            "highest = all_scores.max(axis=-1, keepdims=True, where=seen, initial=-np.inf)",
            "below = np.where(seen, all_scores - highest, -np.inf)  # not seen: exp(-inf) = 0",
            f"exps = np.exp(below{temperature})",
            "total = exps.sum(axis=-1, keepdims=True)",
            "all_weights = exps / np.where(total > 0, total, 1)  # nothing seen: 0 / 1 = 0",
        ]
    else:
        below = "all_scores - all_scores.max(axis=-1, keepdims=True)"
        shares = [
            f"exps = np.exp({f'({below}){temperature}' if temperature else below})",
            "all_weights = exps / exps.sum(axis=-1, keepdims=True)",
        ]
    return [
        _positions(scene),
        [
            f"queries = x @ wq  # ({steps}, {d_k})",
            f"keys = x @ wk  # ({steps}, {d_k})",
            f"values = x @ wv  # ({steps}, {d_v})",
        ],
        [
            "# One head after the other, each with its share of the columns",
            f"q, k, v = (np.stack(np.split(a, heads, axis=1)) for a in {_THREE})",
            f"all_logits = q @ k.swapaxes(1, 2)  # {each}: head, who asks, who is asked",
            "all_scores = all_logits / np.sqrt(q.shape[-1])",
            *shares,
            f"all_outputs = np.hstack(all_weights @ v)  # ({steps}, {d_v}): the heads side by side",
        ],
        [
            *(f"{name} = all_{name}[head, asks]" for name in ("logits", "scores", "weights")),
            "output = all_outputs[asks]",
        ],
    ]


def in_keras(scene: Scene) -> list[Lines]:
    """The same by `keras.layers.MultiHeadAttention`, which holds exactly these matrices."""
    features, heads = len(scene.columns), scene.heads
    d_k, d_v = scene.d_k // heads, scene.d_v // heads
    kernels = [f"{name}.reshape({features}, {heads}, -1)" for name in PROJECTIONS]
    kernels.append(f"np.eye({scene.d_v}).reshape({heads}, {d_v}, -1)")
    return [
        _positions(scene),
        [
            "layer = keras.layers.MultiHeadAttention(",
            f"    num_heads={heads}, key_dim={d_k}, value_dim={d_v},",
            f'    use_bias=False, output_shape={scene.d_v}, dtype="float64"',
            ")",
            "layer.build((1, *x.shape), (1, *x.shape))",
            "# The last matrix would mix the heads: this one leaves them as they are",
            "layer.set_weights([",
            *(f"    {kernel}," for kernel in kernels),
            "])",
        ],
        [
            "queries, keys = layer.query_dense(x[None]), layer.key_dense(x[None])",
            'all_logits = ops.einsum("bthd,bshd->bhts", queries, keys)',
            "logits = np.array(all_logits)[0, head, asks]",
            "scores = logits / np.sqrt(layer.key_dim)",
        ],
        _shares_in_keras(scene),
    ]


_THREE = "(queries, keys, values)"


def _hides(scene: Scene) -> bool:
    return scene.hides or scene.causal


def _seen(scene: Scene) -> list[str]:
    """Lines for which step sees which, (steps, steps)."""
    mask = "mask" if scene.hides else "True"
    lines = [f"seen = np.full((len(x), len(x)), {mask})  # who asks, who is asked"]
    return lines + ["seen = np.tril(seen)  # causal: no step sees a later one"] * scene.causal


def _positions(scene: Scene) -> Lines:
    if scene.positions == "learned":
        return ["x = x + positions"]
    if scene.positions == "none":
        return []
    return [
        "place, column = np.arange(len(x))[:, None], np.arange(x.shape[1])",
        "angles = place / 10_000 ** ((column - column % 2) / x.shape[1])",
        "x = x + np.where(column % 2, np.cos(angles), np.sin(angles))  # sinusoidal positions",
    ]


def _shares_in_keras(scene: Scene) -> Lines:
    """Weights and output. Keras knows no temperature, and spreads what a step sees nothing of."""
    steps, seen = len(scene.rows), scene.seen
    asking = "x[None] / temperature" if scene.temperature != 1 else "x[None]"
    if not any(seen):
        return [
            "# Nothing is seen. Keras would spread the weight over all steps; here it is 0",
            f"weights, output = np.zeros({steps}), np.zeros({scene.d_v})",
        ]
    of_all_heads = scene.whole_trace().scores[:, scene.asking]
    lowest = of_all_heads[:, seen].min() / scene.temperature
    if not all(seen) and lowest < LOWEST_BESIDE_HIDDEN:
        one = asking.replace("x[None]", "x[None, asks : asks + 1]")
        return [
            f"seen = np.array({seen!r})  # Keras hides by a score of -1e9: too high beside these",
            f"outputs, shares = layer({one}, x[None, seen], return_attention_scores=True)",
            f"weights = np.zeros({steps})",
            "weights[seen] = np.array(shares)[0, head, 0]",
            "output = np.array(outputs)[0, 0]",
        ]
    mask = "attention_mask=seen[None], " if _hides(scene) else ""
    return [
        *(_seen(scene) if _hides(scene) else []),
        "all_outputs, all_weights = layer(",
        f"    {asking}, x[None], {mask}return_attention_scores=True",
        ")",
        "weights = np.array(all_weights)[0, head, asks]",
        "output = np.array(all_outputs)[0, asks]",
    ]
