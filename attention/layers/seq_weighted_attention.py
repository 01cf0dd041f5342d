"""`SeqWeightedAttention`: one vector out of many, at any length: one bias serves all steps."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from attention.core import Trace
from attention.layers.checks import boolean, check_steps
from attention.layers.keras_self_attention import SelfAttentionLayer
from attention.layers.masked import below_highest, hide, normalize, zero_hidden_nonfinite
from attention.layers.sums import weighted_sum
from attention.layers.tensors import Mask, Shape, Tensor, Weight


@keras.saving.register_keras_serializable(package="attention_for_dummies")
class SeqWeightedAttention(SelfAttentionLayer):
    """Look at every step, decide how much each one counts, and return their weighted sum.

    ```
    scores  = x·W + b                                       (batch, steps)
    u       = exp(scores − the highest visible one)·mask    (batch, steps)
    weights = u / (Σ u + ε)                                 (batch, steps)
    output  = Σ weights·x, over the steps                   (batch, features)
    ```

    Two steps, two features. The first feature weighs ln 3, so the first step counts three times;
    the one bias that all steps share changes nothing:

    >>> import numpy as np
    >>> from keras import ops
    >>> layer = SeqWeightedAttention(return_attention=True)
    >>> layer.build((None, None, 2))
    >>> layer.set_weights([np.array([[np.log(3)], [0]]), np.array([-100])])
    >>> x = np.array([[[1.0, 0.0], [0.0, 1.0]]])
    >>> output, weights = map(ops.convert_to_numpy, layer(x))
    >>> weights.round(4).tolist(), output.round(4).tolist()
    ([[0.75, 0.25]], [[0.75, 0.25]])

    How do I see the weights? `layer(x, return_attention_scores=True)` returns `(output, weights)`;
    `layer.attention_in(model).predict(data)` has those in a model, `layer.trace(x)` every stage.

    Masks are used and end here. A hidden step weighs exactly 0; where nothing is visible, weights
    and output are 0. The package's ε (`keras.config.epsilon()`) is kept: the weights sum to 1
    but for 1e-7.

    Args:
        use_bias: whether there is `b`.
        return_attention: return `(output, weights)`; the package's word for
            `return_attention_scores`.
        **kwargs: `return_attention_scores`, `temperature`, which divides the scores, a finite
            number above 0, `dropout`, the share of the weights that is dropped in training, with
            its `seed`, and those of every Keras layer, such as `name` and `dtype`.

    Call arguments:
        inputs: shape (batch, steps, features); any number of steps.
        mask: shape (batch, steps), 1 or True is visible; None: all are.
        return_attention_scores: overrides the constructor's value for this call.

    Weights, in this order:
        W: shape (features, 1), within ±0.05 at first.
        b: shape (1,), 0 at first. With `use_bias=False` there is none and `b` is None.

    Raises:
        ValueError: an argument that is not allowed, a wrong shape of x or mask.

    Source:
        keras-self-attention 0.42, after Raffel & Ellis 2015, arXiv:1512.08756, section 2.1: with
        the paper's one bias for all steps, but without its tanh.
    """

    def __init__(
        self, use_bias: bool = True, return_attention: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(return_attention, **kwargs)
        self.use_bias = boolean("use_bias", use_bias)
        self.W: Weight = None
        self.b: Weight = None

    def build(self, input_shape: Shape) -> None:
        """Create `W` and `b` for x of shape (batch, steps, features)."""
        _, _, features = check_steps(input_shape, self.W)
        self.W = self._add_weight("W", (features, 1), "random_uniform")
        if self.use_bias:
            self.b = self._add_weight("b", (1,), "zeros")

    def trace(self, inputs: Tensor, mask: Mask = None, training: bool = False) -> Trace:
        """`x·W + b`, the share of each step, and the weighted sum of the steps."""
        x, mask = self._read(inputs, mask)
        x = zero_hidden_nonfinite(x, mask)
        scores = ops.squeeze(ops.matmul(x, ops.cast(self.W, x.dtype)), -1)
        if self.b is not None:
            scores = scores + ops.cast(self.b, x.dtype)
        below = hide(below_highest(scores, mask, self.temperature), mask)  # at most 0
        weights = normalize(hide(ops.exp(below), mask), keras.config.epsilon())
        output = weighted_sum(self._dropped(weights, training), x)
        return Trace(scores, scores, weights, output)

    def output_shapes(self, input_shape: Shape) -> tuple[Shape, Shape]:
        """(batch, features) and (batch, steps), if x may have that shape."""
        batch, steps, features = check_steps(input_shape, self.W)
        return (batch, features), (batch, steps)
