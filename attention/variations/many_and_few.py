"""How much a step sees: in several ways at once (multi-head), or few steps (causal, local)."""

from __future__ import annotations

import numpy as np

from attention.core import softmax
from attention.variations.registry import variation


@variation(
    title={"en": "Multi-head", "ru": "Многоголовое"},
    idea={
        "en": "Several heads look at once, each through matrices of its own, "
        "and their findings are added up.",
        "ru": "Смотрят сразу несколько голов, каждая через свои матрицы; увиденное складывается.",
    },
    formula="e_hts = (x_t·Wq_h)·(x_s·Wk_h) / √k",
    source={
        "en": "Vaswani et al. 2017, arXiv:1706.03762, section 3.2.2",
        "ru": "Vaswani et al. 2017, arXiv:1706.03762, раздел 3.2.2",
    },
    rows="step",
    parameters={
        "Wq": ("heads", "features", "key"),
        "Wk": ("heads", "features", "key"),
        "Wv": ("heads", "features", "key"),
        "Wo": ("heads", "key", "features"),
    },
    cost="4·n·d·h·k + 2·n²·h·k",
    keras="""
        heads, features, key = Wq.shape
        layer = keras.layers.MultiHeadAttention(heads, key, use_bias=False)
        layer.build(x.shape, x.shape)
        layer.set_weights([W.swapaxes(0, 1) for W in (Wq, Wk, Wv)] + [Wo])
        output, weights = layer(
            x, x, attention_mask=mask[:, None, :], return_attention_scores=True
        )
        """,
)
def multi_head(x, visible, Wq, Wk, Wv, Wo):
    """[n, d], [n, n] -> weights [h, n, n], output [n, d]."""
    q, k, v = x @ Wq, x @ Wk, x @ Wv  # [n, d] @ [h, d, k] -> [h, n, k]
    scores = q @ k.swapaxes(1, 2) / np.sqrt(k.shape[-1])
    weights = softmax(scores, np.broadcast_to(visible, scores.shape))
    return weights, (weights @ v @ Wo).sum(axis=0)


@variation(
    title={"en": "Causal", "ru": "Каузальное"},
    idea={
        "en": "A step sees itself and what came before, never the future: "
        "so a text is written word by word.",
        "ru": "Шаг видит себя и прошлое, но не будущее: так текст пишется слово за словом.",
    },
    formula="e_ts = x_t·x_s / √d,  s ≤ t",
    source={
        "en": "Vaswani et al. 2017, arXiv:1706.03762, section 3.2.3",
        "ru": "Vaswani et al. 2017, arXiv:1706.03762, раздел 3.2.3",
    },
    rows="step",
    cost="2·n²·d",
    keras="""
        layer = ScaledDotProductAttention(history_only=True, return_attention=True)
        output, weights = layer(x, mask=mask)
        """,
)
def causal(x, visible):
    """[n, d], [n, n] -> weights [n, n], output [n, d]."""
    past = np.tri(len(x), dtype=bool)
    weights = softmax(x @ x.T / np.sqrt(x.shape[-1]), visible & past)
    return weights, weights @ x


@variation(
    title={"en": "Local window", "ru": "Локальное окно"},
    idea={
        "en": "A step sees only itself and its two neighbours; a learned matrix gives the score.",
        "ru": "Шаг видит только себя и двух своих соседей; оценку даёт обучаемая матрица.",
    },
    formula="e_ts = x_t·W·x_s,  |t − s| ≤ 1",
    source={
        "en": "Luong et al. 2015, arXiv:1508.04025, section 3.2, local-m",
        "ru": "Luong et al. 2015, arXiv:1508.04025, раздел 3.2, local-m",
    },
    rows="step",
    parameters={"W": ("features", "features")},
    cost="n·d² + 2·n²·d",
    keras="""
        layer = SeqSelfAttention(
            attention_width=3,
            attention_type="multiplicative",
            use_attention_bias=False,
            return_attention=True,
        )
        layer.build(x.shape)
        layer.set_weights([W])
        output, weights = layer(x, mask=mask)
        """,
)
def local_window(x, visible, W):
    """[n, d], [n, n] -> weights [n, n], output [n, d]."""
    t, s = np.indices(visible.shape)
    weights = softmax(x @ W @ x.T, visible & (abs(t - s) <= 1))
    return weights, weights @ x
