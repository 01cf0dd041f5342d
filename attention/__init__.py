"""Attention for Dummies: the attention mechanism, to touch and to train.

The functions below need NumPy alone. The Keras layers are in `attention.layers`, which imports
Keras and therefore is not imported from here.
"""

from attention.core import (
    SelfAttentionTrace,
    Trace,
    attend,
    dot_product,
    gate,
    self_attention,
    sinusoidal,
    softmax,
)

__all__ = [
    "SelfAttentionTrace",
    "Trace",
    "attend",
    "dot_product",
    "gate",
    "self_attention",
    "sinusoidal",
    "softmax",
]
