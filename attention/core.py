"""Attention in NumPy: a few small functions, and the numbers that everything else is held to.

The page, the Keras layers, the figures and the endpoint all have to agree with this file.
It reads from top to bottom: scores become shares (`softmax`), shares of vectors become one
vector (`attend`, the article's class), shares of single numbers make a gate (`gate`, the article's
three lines), and, beyond the article, a vector that asks takes the place of the learned weights
(`dot_product`), until every step asks all the others (`self_attention`).

Shapes are written `(..., steps, features)`; the dots stand for any leading batch axes.
`x` (for `softmax`: `scores`) decides the precision: float32 stays float32, all else is float64.

One rule for masks: a hidden step gets a weight of exactly 0, the visible weights sum to 1, and
where nothing is visible the weights and the output are 0. What stands in a hidden step never
reaches the output; there, a number that is not finite is read as 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attention import checks

Activation = Callable[[NDArray], NDArray]
ACTIVATIONS: dict[str, Activation] = {"tanh": np.tanh, "linear": lambda logits: logits}


@dataclass(frozen=True)
class Trace:
    """Every stage of one computation, in the order in which it happens.

    Attributes:
        logits: `x·w + b` (for a dot product `x·query`), shape (..., steps).
        scores: the logits after the activation (scaled: over √features), shape (..., steps).
        weights: softmax of `scores / temperature` over the visible steps, shape (..., steps).
        output: `weights·x`, shape (..., features); for a gate `weights ⊙ x`, shape (..., steps).
    """

    logits: NDArray
    scores: NDArray
    weights: NDArray
    output: NDArray


@dataclass(frozen=True)
class SelfAttentionTrace:
    """Every stage of `self_attention`, in the order in which it happens.

    The next three have a row for each step that asks, and in it a number for each that is asked.

    Attributes:
        queries: what each step asks, `x·w_q`, shape (..., steps, d_k).
        keys: what each step is found by, `x·w_k`, shape (..., steps, d_k).
        values: what each step says, `x·w_v`, shape (..., steps, d_v).
        logits: each query times each key, shape (..., heads, steps, steps).
        scores: the logits over √(d_k / heads), shape (..., heads, steps, steps).
        weights: softmax of `scores / temperature`, shape (..., heads, steps, steps).
        output: `weights·values`, the heads side by side, shape (..., steps, d_v).
    """

    queries: NDArray
    keys: NDArray
    values: NDArray
    logits: NDArray
    scores: NDArray
    weights: NDArray
    output: NDArray


def softmax(
    scores: ArrayLike, mask: ArrayLike | None = None, *, temperature: float = 1.0
) -> NDArray:
    """Turn scores into shares of attention: not negative, and together 1.

    Only differences count. Scores of 0 and ln 3 are in the ratio 1 : 3:

    >>> softmax([0.0, np.log(3.0)]).round(4).tolist()
    [0.25, 0.75]

    A hidden step has no share, however high its score:

    >>> softmax([0.0, 1000.0, 0.0], mask=[1, 0, 1]).tolist()
    [0.5, 0.0, 0.5]

    Args:
        scores: shape (..., steps), any finite numbers.
        mask: shape (steps,) or that of `scores`; 1 or True is visible. None: all are.
        temperature: a finite number above 0. High: all alike. Low: the winner takes all.

    Returns:
        Weights of the shape of `scores`; all 0 where no step is visible.

    Raises:
        ValueError: a wrong shape, a visible score that is not finite,
            a temperature that is not above 0.

    Source:
        Bridle 1990, "Probabilistic interpretation of feedforward classification network outputs".
    """
    scores, mask, temperature = checks.of_softmax(scores, mask, temperature)
    exps = _exponentials(scores, mask, temperature)
    total = _dot(exps, 1)[..., None]
    return exps / np.where(total > 0, total, 1)


def attend(
    x: ArrayLike,
    w: ArrayLike,
    b: ArrayLike | None = None,
    mask: ArrayLike | None = None,
    *,
    activation: str = "tanh",
    temperature: float = 1.0,
) -> Trace:
    """Look at every step, decide how much each one counts, and return their weighted sum.

    Two steps, two features. The first feature weighs ln 3, so the first step counts three times:

    >>> trace = attend([[1, 0], [0, 1]], w=[np.log(3), 0], activation="linear")
    >>> trace.weights.round(4).tolist(), trace.output.round(4).tolist()
    ([0.75, 0.25], [0.75, 0.25])

    A bias of −100 silences a step, unless tanh stops it at −1, where a factor of e⁻¹ is left:

    >>> ghost = dict(x=[[1], [1], [1]], w=[0], b=[0, 0, -100])
    >>> attend(**ghost, activation="linear").weights.round(4).tolist()
    [0.5, 0.5, 0.0]
    >>> attend(**ghost, activation="tanh").weights.round(4).tolist()
    [0.4223, 0.4223, 0.1554]

    Args:
        x: input vectors, shape (..., steps, features).
        w: one weight per feature, shape (features,).
        b: one bias per position, shape (steps,); None leaves it out.
        mask: shape (steps,) or (..., steps); 1 or True is visible. None: all are.
        activation: "tanh" (the article's class) or "linear" (none).
        temperature: divides the scores; a finite number above 0.

    Returns:
        Trace: output has shape (..., features).

    Raises:
        ValueError: a wrong shape, a visible number that is not finite, an unknown activation,
            a temperature that is not above 0.

    Source:
        The article's `class Attention(Layer)`, after Raffel & Ellis 2015, arXiv:1512.08756,
        section 2.1; there one scalar is the bias of all steps, a bias per position is the class's
        own. It calls itself self-attention, which today means that every step asks all the others.
        The article divides by the sum plus an epsilon of 1e-7; here the weights sum to 1 exactly.
    """
    x, w, b, mask = checks.of_attend(x, w, b, mask, activation, ACTIVATIONS)
    logits = _dot(x, w) + b
    return _weigh(x, mask, logits, ACTIVATIONS[activation], temperature)


def gate(
    x: ArrayLike,
    w: ArrayLike,
    b: ArrayLike | None = None,
    mask: ArrayLike | None = None,
    *,
    temperature: float = 1.0,
) -> Trace:
    """Let a vector decide which of its own numbers pass: `x ⊙ softmax(x·w + b)`.

    Column j of `w` says what every number of `x` has to say about number j. With `w` all 0
    each of two numbers gets one half; a bias of ln 3 lets the second have three quarters:

    >>> gate([8, 4], w=[[0, 0], [0, 0]]).output.tolist()
    [4.0, 2.0]
    >>> gate([8, 4], w=[[0, 0], [0, 0]], b=[0, np.log(3)]).output.round(4).tolist()
    [2.0, 3.0]

    Args:
        x: one number per step, shape (..., steps).
        w: shape (steps, steps).
        b: one bias per position, shape (steps,); None leaves it out.
        mask: shape (steps,) or that of `x`; 1 or True is visible. A hidden number adds nothing
            to `x·w` either.
        temperature: divides the scores; a finite number above 0.

    Returns:
        Trace: all four of shape (..., steps); the output is not summed.

    Raises:
        ValueError: a wrong shape, a visible number that is not finite,
            a temperature that is not above 0.

    Source:
        The article's three lines of Keras, `multiply([x, Dense(n, activation="softmax")(x)])` today
        (its `merge(…, mode="mul")` is gone), after philipperemy/keras-attention-mechanism, 2017.
    """
    x, w, b, mask = checks.of_gate(x, w, b, mask)
    logits = checks.finite("every logit", _dot(x[..., None, :], w.T) + b, mask)
    weights = softmax(logits, mask, temperature=temperature)
    return Trace(logits, logits, weights, weights * x)


def dot_product(
    x: ArrayLike,
    query: ArrayLike,
    mask: ArrayLike | None = None,
    *,
    scale: bool = False,
    temperature: float = 1.0,
) -> Trace:
    """Compare every step with a query: the more alike, the more attention.

    The query (ln 3, 0) finds its like in the first step and nothing in the second:

    >>> dot_product([[1, 0], [0, 1]], query=[np.log(3), 0]).weights.round(4).tolist()
    [0.75, 0.25]

    Over four features, `scale` divides every score by √4 = 2:

    >>> trace = dot_product([[2, 2, 2, 2]], query=[1, 1, 1, 1], scale=True)
    >>> trace.logits.tolist(), trace.scores.tolist()
    ([8.0], [4.0])

    Args:
        x: input vectors, keys and values at once, shape (..., steps, features).
        query: shape (features,), or (..., features) with the batch axes of `x`.
        mask: shape (steps,) or (..., steps); 1 or True is visible. None: all are.
        scale: divide the logits by √features.
        temperature: divides the scores; a finite number above 0.

    Returns:
        Trace: output has shape (..., features).

    Raises:
        ValueError: a wrong shape, a visible number that is not finite,
            a temperature that is not above 0.

    Source:
        Luong et al. 2015, arXiv:1508.04025, section 3.1 (dot); with `scale` Vaswani et al. 2017,
        arXiv:1706.03762, section 3.2.1.
    """
    x, query, mask = checks.of_dot_product(x, query, mask)
    logits = _dot(x, query[..., None, :])
    root = np.sqrt(x.dtype.type(x.shape[-1])) if scale else 1
    return _weigh(x, mask, logits, lambda logits: logits / root, temperature)


def self_attention(
    x: ArrayLike,
    w_q: ArrayLike,
    w_k: ArrayLike,
    w_v: ArrayLike,
    mask: ArrayLike | None = None,
    *,
    heads: int = 1,
    causal: bool = False,
    positions: ArrayLike | None = None,
    temperature: float = 1.0,
) -> SelfAttentionTrace:
    """Let every step ask all steps: its query meets their keys, and gathers their values.

    Two steps, each finding itself three times as well as the other. What they gather is not x but
    values, here 8 from the first and 4 from the second:

    >>> who = dict(w_q=[[np.log(3), 0], [0, np.log(3)]], w_k=[[1, 0], [0, 1]], w_v=[[8], [4]])
    >>> trace = self_attention([[1, 0], [0, 1]], **who, temperature=0.5**0.5)  # √d_k = √2 goes
    >>> trace.weights.round(4).tolist(), trace.output.round(4).tolist()
    ([[[0.75, 0.25], [0.25, 0.75]]], [[7.0], [5.0]])

    If nobody looks ahead, the first step has only itself:

    >>> self_attention([[1, 0], [0, 1]], **who, causal=True).weights[0, 0].tolist()
    [1.0, 0.0]

    Args:
        x: input vectors, shape (..., steps, features). A hidden step still asks; nobody hears it.
        w_q: what a step asks with, shape (features, d_k).
        w_k: what it is found by, shape (features, d_k).
        w_v: what it says, shape (features, d_v).
        mask: shape (steps,) or (..., steps); 1 or True is visible. None: all are.
        heads: so many parts, each with its share of the columns, attend for themselves.
        causal: a step sees itself and the steps before it, no later one.
        positions: added to x before anything else, shape (steps, features); None: nothing.
        temperature: divides the scores; a finite number above 0.

    Returns:
        SelfAttentionTrace: output has shape (..., steps, d_v), 0 where a step sees nothing.

    Raises:
        ValueError: a wrong shape, a visible number that is not finite, heads that do not divide
            d_k and d_v, a temperature that is not above 0.

    Source:
        Vaswani et al. 2017, arXiv:1706.03762, sections 3.2.1 to 3.2.3; without its last matrix W_O.
    """
    x, (w_q, w_k, w_v), mask = checks.of_self_attention(x, w_q, w_k, w_v, mask, heads, positions)
    shown = mask[..., None]
    queries = checks.finite("every query", _times(x, w_q), shown)
    keys = checks.finite("every key", _times(x, w_k), shown)
    values = checks.finite("every value", _times(x, w_v), shown)
    asked, found, said = (_by_heads(vectors, heads) for vectors in (queries, keys, values))
    logits = _times(asked, np.swapaxes(found, -1, -2))
    seen = np.broadcast_to(mask[..., None, None, :], logits.shape)
    seen = np.tril(seen) if causal else seen
    logits = checks.finite("every logit", logits, seen & shown[..., None, :, :])
    scores = logits / np.sqrt(x.dtype.type(found.shape[-1]))
    weights = softmax(scores, seen, temperature=temperature)
    output = np.swapaxes(_times(weights, said), -2, -3).reshape(values.shape)
    return SelfAttentionTrace(queries, keys, values, logits, scores, weights, output)


def sinusoidal(steps: int, features: int) -> NDArray:
    """Where a step stands, as waves that are longer from one pair of features to the next.

    The first pair turns by 1 radian a step, the second by 1 / √10,000 = 0.01:

    >>> sinusoidal(2, 4).round(4).tolist()
    [[0.0, 1.0, 0.0, 1.0], [0.8415, 0.5403, 0.01, 1.0]]

    Args:
        steps: how many, at least 1.
        features: how many, at least 1.

    Returns:
        Positions, shape (steps, features), within ±1, in float64: sin(t / 10000^(2i / features))
        in column 2i, cos of the same in column 2i + 1.

    Raises:
        ValueError: not a whole number above 0.

    Source:
        Vaswani et al. 2017, arXiv:1706.03762, section 3.5.
    """
    steps, features = checks.count("steps", steps), checks.count("features", features)
    column = np.arange(features)
    angles = np.arange(steps)[:, None] / 10_000 ** ((column - column % 2) / features)
    return np.where(column % 2, np.cos(angles), np.sin(angles))


def _by_heads(vectors: NDArray, heads: int) -> NDArray:
    """(..., steps, d) -> (..., heads, steps, d / heads): the columns in so many equal parts."""
    return np.stack(np.split(vectors, heads, axis=-1), axis=-3)


def _times(a: NDArray, b: NDArray) -> NDArray:
    """(..., n, m) times (..., m, k) -> (..., n, k), each sum from left to right."""
    return _dot(a[..., :, None, :], np.swapaxes(b, -1, -2)[..., None, :, :])


def _weigh(
    x: NDArray, mask: NDArray, logits: NDArray, activation: Activation, temperature: float
) -> Trace:
    """`softmax(activation(logits))·x`: what every attention over vectors ends with."""
    logits = checks.finite("every logit", logits, mask)
    scores = activation(logits)
    weights = softmax(scores, mask, temperature=temperature)
    output = _dot(weights[..., None, :], np.swapaxes(x, -1, -2))  # down each column
    return Trace(logits, scores, weights, output)


def _exponentials(scores: NDArray, mask: NDArray, temperature: float) -> NDArray:
    """exp((score − highest visible score) / temperature), 0 where hidden: exp never overflows."""
    visible = np.where(mask, scores, -np.inf)
    highest = visible.max(axis=-1, keepdims=True)
    below = visible - np.where(np.isfinite(highest), highest, 0)
    with np.errstate(over="ignore"):  # far below the highest: −inf, and exp gives its limit, 0
        # In float64, where no temperature above 0 rounds to 0.
        return np.exp(np.divide(below, temperature, dtype=np.float64)).astype(scores.dtype)


def _dot(a: NDArray, b: NDArray | int) -> NDArray:
    """The dot product a·b, over the last axis."""
    with np.errstate(over="ignore", invalid="ignore"):  # `checks.finite` finds what overflows
        # The last of the running sums: from left to right, as the browser adds, to the same bits.
        return np.cumsum(a * b, axis=-1)[..., -1]
