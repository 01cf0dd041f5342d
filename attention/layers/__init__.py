"""The layers of the article, for Keras 3: real ones, that load, train and save.

One layer, one file. The next layer goes into a new file beside these, and its name below;
`base.py` has what every layer does besides its formula, `masked.py` the softmax and the rule for
masks, `checks.py` the errors.

Importing this package takes Keras and NumPy, and the backend that Keras has: TensorFlow, JAX or
PyTorch. That takes seconds, so nothing on the way to the first page may do so.
"""

from attention.layers.attention import Attention
from attention.layers.attention_layer import AttentionLayer
from attention.layers.dense_gate import DenseGate
from attention.layers.residual_scaled_dot_product_attention import (
    ResidualScaledDotProductAttention,
)
from attention.layers.scaled_dot_product_attention import ScaledDotProductAttention
from attention.layers.seq_self_attention import SeqSelfAttention
from attention.layers.seq_weighted_attention import SeqWeightedAttention

__all__ = [
    "Attention",
    "AttentionLayer",
    "DenseGate",
    "ResidualScaledDotProductAttention",
    "ScaledDotProductAttention",
    "SeqSelfAttention",
    "SeqWeightedAttention",
]
