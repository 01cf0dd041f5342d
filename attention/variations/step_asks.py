"""Where every step asks and all steps answer: the variations differ in how they score.

Row t of the weights is what step t pays to each step s.
"""

from __future__ import annotations

import numpy as np

from attention.core import softmax
from attention.variations.registry import variation


@variation(
    title={"en": "Location", "ru": "По положению"},
    idea={
        "en": "A step looks at places, whatever stands there: the score does not know "
        "the other vector.",
        "ru": "Шаг смотрит на места, а не на то, что там стоит: другой вектор в оценку не входит.",
    },
    formula="e_ts = x_t·w_s",
    source={
        "en": "Luong et al. 2015, arXiv:1508.04025, section 3.1, location",
        "ru": "Luong et al. 2015, arXiv:1508.04025, раздел 3.1, location",
    },
    rows="step",
    parameters={"W": ("features", "steps")},
    cost="2·n²·d",
    keras="""
        scores = ops.matmul(x, W)
        weights = keras.layers.Softmax()(scores, mask=mask[:, None, :])
        output = ops.matmul(weights, x)
        """,
)
def location(x, visible, W):
    """[n, d], [n, n] -> weights [n, n], output [n, d]."""
    weights = softmax(x @ W, visible)
    return weights, weights @ x


@variation(
    title={"en": "Dot product", "ru": "Скалярное произведение"},
    idea={
        "en": "The more alike two vectors are and the longer, the more attention; "
        "nothing is learned.",
        "ru": "Чем больше векторы похожи друг на друга и чем они длиннее, тем больше внимания; "
        "обучать здесь нечего.",
    },
    formula="e_ts = x_t·x_s",
    source={
        "en": "Luong et al. 2015, arXiv:1508.04025, section 3.1, dot",
        "ru": "Luong et al. 2015, arXiv:1508.04025, раздел 3.1, dot",
    },
    note={
        "en": "The article says that Keras itself has no attention. Today it has this layer, "
        "and AdditiveAttention and MultiHeadAttention.",
        "ru": "В статье сказано, что в самом Keras внимания нет. Сегодня в нём есть этот слой, "
        "а ещё AdditiveAttention и MultiHeadAttention.",
    },
    rows="step",
    cost="2·n²·d",
    keras="""
        layer = keras.layers.Attention()
        output, weights = layer([x, x], mask=[mask, mask], return_attention_scores=True)
        """,
)
def dot(x, visible):
    """[n, d], [n, n] -> weights [n, n], output [n, d]."""
    weights = softmax(x @ x.T, visible)
    return weights, weights @ x


@variation(
    title={"en": "Scaled dot product", "ru": "Масштабированное скалярное"},
    idea={
        "en": "The dot product over √d: with many features the scores stay small, "
        "and softmax stays soft.",
        "ru": "Скалярное произведение делится на √d: даже при множестве признаков "
        "оценки остаются небольшими, а softmax — мягким.",
    },
    formula="e_ts = x_t·x_s / √d",
    source={
        "en": "Vaswani et al. 2017, arXiv:1706.03762, section 3.2.1",
        "ru": "Vaswani et al. 2017, arXiv:1706.03762, раздел 3.2.1",
    },
    rows="step",
    cost="2·n²·d",
    keras="""
        layer = ScaledDotProductAttention(return_attention=True)
        output, weights = layer(x, mask=mask)
        """,
)
def scaled_dot(x, visible):
    """[n, d], [n, n] -> weights [n, n], output [n, d]."""
    weights = softmax(x @ x.T / np.sqrt(x.shape[-1]), visible)
    return weights, weights @ x


@variation(
    title={"en": "Luong, general", "ru": "Luong, билинейное"},
    idea={
        "en": "A learned matrix between the two vectors says which features go together.",
        "ru": "Обучаемая матрица между двумя векторами решает, какие признаки сочетаются.",
    },
    formula="e_ts = x_t·W·x_s",
    source={
        "en": "Luong et al. 2015, arXiv:1508.04025, section 3.1, general",
        "ru": "Luong et al. 2015, arXiv:1508.04025, раздел 3.1, general",
    },
    rows="step",
    parameters={"W": ("features", "features")},
    cost="n·d² + 2·n²·d",
    keras="""
        layer = SeqSelfAttention(
            attention_type="multiplicative", use_attention_bias=False, return_attention=True
        )
        layer.build(x.shape)
        layer.set_weights([W])
        output, weights = layer(x, mask=mask)
        """,
)
def luong_general(x, visible, W):
    """[n, d], [n, n] -> weights [n, n], output [n, d]."""
    weights = softmax(x @ W @ x.T, visible)
    return weights, weights @ x


@variation(
    title={"en": "Bahdanau, additive", "ru": "Bahdanau, аддитивное"},
    idea={
        "en": "A small network with one hidden layer looks at both vectors and gives the score.",
        "ru": "Маленькая сеть с одним скрытым слоем смотрит на оба вектора и ставит оценку.",
    },
    formula="e_ts = v·tanh(x_t·W + x_s·U)",
    source={
        "en": "Bahdanau et al. 2015, arXiv:1409.0473, section 3.1 and appendix A.1.2",
        "ru": "Bahdanau et al. 2015, arXiv:1409.0473, раздел 3.1 и приложение A.1.2",
    },
    rows="step",
    parameters={
        "W": ("features", "features"),
        "U": ("features", "features"),
        "v": ("features", 1),
    },
    cost="2·n·d² + 2·n²·d",
    keras="""
        layer = AttentionLayer()
        layer.build([x.shape, x.shape])
        layer.set_weights([U, W, v])
        output, weights = layer([x, x], mask=[mask, mask])
        """,
)
def bahdanau_additive(x, visible, W, U, v):
    """[n, d], [n, n] -> weights [n, n], output [n, d]."""
    hidden = np.tanh((x @ W)[:, None] + x @ U)  # [n, 1, d] + [n, d] -> [n, n, d]
    weights = softmax((hidden @ v)[..., 0], visible)
    return weights, weights @ x


@variation(
    title={"en": "Content-based, cosine", "ru": "По содержанию, косинусное"},
    idea={
        "en": "Only the direction of the vectors counts, not their length; "
        "the larger β is, the sharper the look.",
        "ru": "Важно только направление векторов, а не их длина; чем больше множитель β, "
        "тем сосредоточеннее внимание.",
    },
    formula="e_ts = β · x_t·x_s / (|x_t| |x_s|),  β = 4",
    source={
        "en": "Graves et al. 2014, arXiv:1410.5401, section 3.3.1",
        "ru": "Graves et al. 2014, arXiv:1410.5401, раздел 3.3.1",
    },
    rows="step",
    cost="2·n²·d + n² + n·d",
    keras="""
        unit = ops.normalize(x)
        scores = 4 * ops.matmul(unit, ops.swapaxes(unit, 1, 2))
        weights = keras.layers.Softmax()(scores, mask=mask[:, None, :])
        output = ops.matmul(weights, x)
        """,
)
def cosine(x, visible):
    """[n, d], [n, n] -> weights [n, n], output [n, d]."""
    lengths = np.linalg.norm(x, axis=1, keepdims=True)
    unit = x / np.maximum(lengths, 1e-12)  # a vector of zeros is like no other: all its scores 0
    weights = softmax(4 * (unit @ unit.T), visible)
    return weights, weights @ x


@variation(
    title={"en": "Self-attention, additive", "ru": "Самовнимание, аддитивное"},
    idea={
        "en": "Every step asks all steps of its own sequence; the score is additive, "
        "with two more biases.",
        "ru": "Каждый шаг спрашивает все шаги своей последовательности; "
        "оценка аддитивная, плюс два смещения.",
    },
    formula="e_ts = v·tanh(x_t·W + x_s·U + b) + c",
    source={
        "en": "Zheng et al. 2018, arXiv:1806.01264, as in keras-self-attention",
        "ru": "Zheng et al. 2018, arXiv:1806.01264, как в keras-self-attention",
    },
    note={
        "en": "This is what self-attention means today; the article gives the name to its class, "
        "in which no step asks.",
        "ru": "Именно это сегодня называют самовниманием; в статье так назван её класс, "
        "где шаги ничего не спрашивают.",
    },
    rows="step",
    parameters={
        "W": ("features", "features"),
        "U": ("features", "features"),
        "b": ("features",),
        "v": ("features", 1),
        "c": (1,),
    },
    cost="2·n·d² + 2·n²·d",
    keras="""
        layer = SeqSelfAttention(units=x.shape[2], return_attention=True)
        layer.build(x.shape)
        layer.set_weights([W, U, b, v, c])
        output, weights = layer(x, mask=mask)
        """,
)
def self_attention(x, visible, W, U, b, v, c):
    """[n, d], [n, n] -> weights [n, n], output [n, d]."""
    hidden = np.tanh((x @ W)[:, None] + x @ U + b)  # [n, 1, d] + [n, d] -> [n, n, d]
    weights = softmax((hidden @ v + c)[..., 0], visible)
    return weights, weights @ x
