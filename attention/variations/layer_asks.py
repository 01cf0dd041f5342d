"""Where the layer itself asks: what it has learned decides, no step puts a question."""

from __future__ import annotations

import numpy as np

from attention.core import softmax
from attention.variations.registry import variation


@variation(
    title={"en": "Dense gate", "ru": "Вентиль"},
    idea={
        "en": "One dense layer with softmax decides how much of every number passes; "
        "nothing is summed.",
        "ru": "Один полносвязный слой с softmax решает, какую долю каждого числа пропустить; "
        "взвешенной суммы здесь нет.",
    },
    formula="e_fs = Σ_t x_tf · w_ts + b_s",
    source="philipperemy/keras-attention-mechanism, 2017, attention_3d_block",
    rows="feature",
    parameters={"w": ("steps", "steps"), "b": ("steps",)},
    cost="n²·d + n·d",
    kind="gate",
    keras="""
        layer = DenseGate(return_attention_scores=True)
        layer.build(x.shape)
        layer.set_weights([w, b])
        output, weights = layer(x, mask=mask)
        weights = ops.swapaxes(weights, 1, 2)
        """,
)
def dense_gate(x, visible, w, b):
    """[n, d], [n] -> weights [d, n], output [n, d]: every feature has shares of its own."""
    x = np.where(visible[:, None], x, 0)
    weights = softmax(x.T @ w + b, visible)
    return weights, x * weights.T


@variation(
    title={"en": "The article's class", "ru": "Класс из статьи"},
    idea={
        "en": "Learned weights of the features and a bias of each step say how much it counts; "
        "out comes one vector, the weighted sum.",
        "ru": "Обучаемые веса признаков и смещение шага решают, насколько этот шаг важен; "
        "на выходе один вектор — взвешенная сумма.",
    },
    formula="e_s = tanh(x_s·w + b_s)",
    source="Raffel & Ellis 2015, arXiv:1512.08756, section 2.1",
    rows="layer",
    parameters={"w": ("features",), "b": ("steps",)},
    cost="2·n·d",
    kind="attention",
    keras="""
        layer = Attention(step_dim=x.shape[1], return_attention_scores=True)
        layer.build(x.shape)
        layer.set_weights([w, b])
        output, weights = layer(x, mask=mask)
        """,
)
def attention(x, visible, w, b):
    """[n, d], [n] -> weights [n], output [d]."""
    weights = softmax(np.tanh(x @ w + b), visible)
    return weights, weights @ x
