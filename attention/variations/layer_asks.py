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
    source={
        "en": "philipperemy/keras-attention-mechanism, 2017, attention_3d_block",
        "ru": "philipperemy/keras-attention-mechanism, 2017, attention_3d_block",
    },
    note={
        "en": "The article multiplies with merge, mode='mul', which Keras no longer has: "
        "today that is keras.layers.multiply.",
        "ru": "В статье умножает merge с mode='mul'; в Keras его больше нет, "
        "теперь это keras.layers.multiply.",
    },
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
    title={"en": "The article’s class", "ru": "Класс из статьи"},
    idea={
        "en": "Learned weights of the features and a bias of each position say how much a step "
        "counts; out comes one vector, the weighted sum.",
        "ru": "Обучаемые веса признаков и смещение каждого места решают, насколько важен шаг; "
        "на выходе один вектор — взвешенная сумма.",
    },
    formula="e_s = tanh(x_s·w + b_s)",
    source={
        "en": "after Raffel & Ellis 2015, arXiv:1512.08756, section 2.1, "
        "which has one bias for all steps",
        "ru": "по Raffel & Ellis 2015, arXiv:1512.08756, раздел 2.1; там одно смещение на все шаги",
    },
    note={
        "en": "The article calls this class Self-Attention. Today that word means something else: "
        "every step asks all the others.",
        "ru": "В статье этот класс назван Self-Attention. Сегодня самовнимание — это другое: "
        "каждый шаг спрашивает все остальные.",
    },
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
