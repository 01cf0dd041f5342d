"""`DenseGate`: the article's three lines. A vector decides which of its own numbers pass."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from attention.core import Trace
from attention.layers.base import TracedLayer
from attention.layers.checks import boolean, check_axis, check_rank
from attention.layers.masked import expand_mask, hide, softmax
from attention.layers.tensors import (
    Constraint,
    Initializer,
    Mask,
    Regularizer,
    Shape,
    Tensor,
    Weight,
)


@keras.saving.register_keras_serializable(package="attention_for_dummies")
class DenseGate(TracedLayer):
    """Weigh every number of a vector: `x ⊙ softmax(x·kernel + bias)`, not summed.

    It does as one layer what the article's three lines do. Its `merge(…, mode="mul")` is gone from
    Keras; with today's `multiply` they are:

    ```
    probabilities = Dense(n, activation="softmax")(inputs)
    outputs = multiply([inputs, probabilities])
    ```

    With a kernel of 0 each of two numbers gets one half; a bias of ln 3 lets the second have
    three quarters:

    >>> import numpy as np
    >>> from keras import ops
    >>> layer = DenseGate(kernel_initializer="zeros")
    >>> ops.convert_to_numpy(layer(np.array([[8.0, 4.0]]))).round(4).tolist()
    [[4.0, 2.0]]
    >>> layer.set_weights([np.zeros((2, 2)), np.array([0, np.log(3)])])
    >>> ops.convert_to_numpy(layer(np.array([[8.0, 4.0]]))).round(4).tolist()
    [[2.0, 3.0]]

    On a sequence, x of shape (batch, steps, features), it is the package's `attention_3d_block`:
    every feature is such a vector, with a number per step, all with the same kernel. With
    `single_attention_vector` the steps get one share for all features, the mean of theirs:

    >>> layer = DenseGate(kernel_initializer="identity", single_attention_vector=True)
    >>> x = np.log([[[3.0, 1.0], [1.0, 1.0]]])  # shares of 3 : 1 and 1 : 1
    >>> output, weights = map(ops.convert_to_numpy, layer(x, return_attention_scores=True))
    >>> weights.round(4).tolist()
    [[[0.625, 0.625], [0.375, 0.375]]]

    How do I see the weights? `layer(x, return_attention_scores=True)` returns `(output, weights)`;
    `layer.attention_in(model).predict(data)` has those in a model, `layer.trace(x)` every stage.

    A hidden number adds nothing to `x·kernel`, weighs exactly 0 and leaves as 0. Where nothing is
    visible, weights and output are 0. The mask of a sequence goes on with the output; that of a
    vector ends here, for nothing after the gate needs it.

    Args:
        kernel_initializer: initialiser of `kernel`.
        bias_initializer: initialiser of `bias`.
        kernel_regularizer: regulariser of `kernel`.
        bias_regularizer: regulariser of `bias`.
        kernel_constraint: constraint on `kernel`.
        bias_constraint: constraint on `bias`.
        use_bias: whether there is `bias`.
        return_attention_scores: return `(output, weights)` instead of the output alone.
        temperature: divides the scores; a finite number above 0.
        single_attention_vector: one share per step for all features of a sequence.
        **kwargs: `dropout`, the share of the weights that is dropped in training, with its `seed`,
            and those of every Keras layer, such as `name` and `dtype`.

    Call arguments:
        inputs: shape (batch, n), or (batch, n, features) with n steps.
        mask: shape (batch, n), 1 or True is visible; None: all are.
        return_attention_scores: overrides the constructor's value for this call.

    Weights, in this order:
        kernel: shape (n, n). Column j is what every number has to say about number j.
        bias: shape (n,). With `use_bias=False` there is none and `bias` is None.

    Raises:
        ValueError: an argument that is not allowed, a wrong shape of x or mask.

    Source:
        The article's three lines, after philipperemy/keras-attention-mechanism, 2017; there
        `attention_3d_block` and `SINGLE_ATTENTION_VECTOR`.
    """

    propagated_mask_index = 0

    def __init__(
        self,
        kernel_initializer: Initializer = "glorot_uniform",
        bias_initializer: Initializer = "zeros",
        kernel_regularizer: Regularizer = None,
        bias_regularizer: Regularizer = None,
        kernel_constraint: Constraint = None,
        bias_constraint: Constraint = None,
        use_bias: bool = True,
        return_attention_scores: bool = False,
        temperature: float = 1.0,
        single_attention_vector: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(return_attention_scores, temperature, **kwargs)
        self._set_options(kernel_initializer=kernel_initializer, bias_initializer=bias_initializer)
        self._set_options(kernel_regularizer=kernel_regularizer, bias_regularizer=bias_regularizer)
        self._set_options(kernel_constraint=kernel_constraint, bias_constraint=bias_constraint)
        self.use_bias = boolean("use_bias", use_bias)
        self.single_attention_vector = boolean("single_attention_vector", single_attention_vector)
        self.kernel: Weight = None
        self.bias: Weight = None

    def build(self, input_shape: Shape) -> None:
        """Create `kernel` and `bias` for x of shape (batch, n) or (batch, steps, features)."""
        n = self._check_shape(input_shape)[1]
        self.kernel = self._add_weight("kernel", (n, n))
        if self.use_bias:
            self.bias = self._add_weight("bias", (n,))

    def trace(self, inputs: Tensor, mask: Mask = None, training: bool = False) -> Trace:
        """`x·kernel + bias`, the share of each number, and the numbers times their shares."""
        x, mask = self._read(inputs, mask)
        if len(x.shape) == 2:
            return self._gate(hide(x, mask), mask, training)
        # A sequence: the steps of each feature are a vector. [batch, features, steps] and back.
        x = ops.swapaxes(hide(x, expand_mask(mask, -1)), 1, 2)
        stages = vars(self._gate(x, expand_mask(mask, 1), training))
        return Trace(**{name: ops.swapaxes(stage, 1, 2) for name, stage in stages.items()})

    def _gate(self, x: Tensor, mask: Mask, training: bool) -> Trace:
        """All stages along the last axis."""
        logits = ops.matmul(x, ops.cast(self.kernel, x.dtype))
        if self.bias is not None:
            logits = logits + ops.cast(self.bias, x.dtype)
        weights = softmax(logits, mask, self.temperature)
        if self.single_attention_vector and len(x.shape) == 3:
            mean = ops.mean(weights, axis=1, keepdims=True)
            weights = ops.broadcast_to(mean, ops.shape(weights))
            return Trace(logits, logits, weights, self._dropped(mean, training) * x)
        return Trace(logits, logits, weights, self._dropped(weights, training) * x)

    def output_shapes(self, input_shape: Shape) -> tuple[Shape, Shape]:
        """Twice the shape of x, if x may have it."""
        shape = self._check_shape(input_shape)
        return shape, shape

    def _check_shape(self, shape: Shape) -> tuple[int | None, ...]:
        """The shape as a tuple, if x may have it."""
        shape = check_rank(shape, "(batch, n)", "(batch, steps, features)")
        built = None if self.kernel is None else self.kernel.shape[0]
        check_axis(
            shape,
            "numbers" if len(shape) == 2 else "steps",
            built,
            axis=-1 if len(shape) == 2 else 1,
        )
        return shape

    def compute_mask(self, inputs: Tensor, previous_mask: Mask = None) -> Mask:
        """On sequences the mask goes on; over single numbers it ends: a loss would not know it."""
        return super().compute_mask(inputs, previous_mask) if len(inputs.shape) == 3 else None
