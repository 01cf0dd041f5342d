"""`Attention`: the article's class. One vector out of many, each counted by its weight."""

from __future__ import annotations

from typing import Any, ClassVar

import keras
from keras import ops

from attention.core import Trace
from attention.layers.base import TracedLayer
from attention.layers.checks import activation_of, boolean, check_steps, positive_int
from attention.layers.masked import hide, normalize, softmax, zero_hidden_nonfinite
from attention.layers.old_files import Vector
from attention.layers.sums import weighted_sum
from attention.layers.tensors import (
    Activation,
    Constraint,
    Mask,
    Regularizer,
    Shape,
    Tensor,
    Weight,
)

TANH = (keras.activations.tanh, ops.tanh)


@keras.saving.register_keras_serializable(package="attention_for_dummies")
class Attention(TracedLayer):
    """Look at every step, decide how much each one counts, and return their weighted sum.

    ```
    scores  = activation(x·W + b)                       (batch, steps)
    weights = exp(scores)·mask / (Σ exp(scores)·mask + ε)   (batch, steps)
    output  = Σ weights·x, over the steps               (batch, features)
    ```

    Two steps, two features. The first feature weighs ln 3, so the first step counts three times:

    >>> import numpy as np
    >>> from keras import ops
    >>> layer = Attention(step_dim=2, activation="linear")
    >>> layer.build((None, 2, 2))
    >>> layer.set_weights([np.array([np.log(3), 0]), np.zeros(2)])
    >>> x = np.array([[[1.0, 0.0], [0.0, 1.0]]])
    >>> output, weights = map(ops.convert_to_numpy, layer(x, return_attention_scores=True))
    >>> weights.round(4).tolist(), output.round(4).tolist()
    ([[0.75, 0.25]], [[0.75, 0.25]])

    In a model that classifies sentences of 40 words:

    ```
    inputs = keras.Input(shape=(40,))
    x = keras.layers.Embedding(20_000, 64, mask_zero=True)(inputs)
    x = keras.layers.Bidirectional(keras.layers.LSTM(32, return_sequences=True))(x)
    x = Attention(40)(x)
    outputs = keras.layers.Dense(1, activation="sigmoid")(x)
    ```

    How do I see the weights? `layer(x, return_attention_scores=True)` returns `(output, weights)`;
    `layer.attention_in(model).predict(data)` has those in a model, `layer.trace(x)` every stage.

    With tanh the weights are the article's to the letter, its ε (`keras.config.epsilon()`)
    included: scores are within ±1, so exp needs no care, and no step can weigh more than
    e² ≈ 7.39 times another. Without tanh, or at another temperature, exp would overflow and ε
    would swallow low scores; there the highest visible score is subtracted from all of them and
    ε is left out, so that the visible weights sum to 1.

    Masks from `Embedding(mask_zero=True)` and `Masking` are used and end here: like the
    article's class, `compute_mask` returns None, for one vector is left. A hidden step
    weighs exactly 0; where nothing is visible, weights and output are 0.

    Args:
        step_dim: the number of steps, known in advance because every position has a bias. None
            takes it from the first input. With `bias=False` an input of unknown length,
            `Input(shape=(None, features))`, takes any.
        W_regularizer: regulariser of `W`.
        b_regularizer: regulariser of `b`.
        W_constraint: constraint on `W`.
        b_constraint: constraint on `b`.
        bias: whether there is `b`.
        activation: what makes scores of the logits: "tanh" (the article's), "linear" or None for
            nothing, or any other name or function of `keras.activations`.
        return_attention_scores: return `(output, weights)` instead of the output alone.
        temperature: divides the scores; a finite number above 0.
        **kwargs: `dropout`, the share of the weights that is dropped in training, with its `seed`,
            and those of every Keras layer, such as `name` and `dtype`.

    Call arguments:
        inputs: shape (batch, steps, features).
        mask: shape (batch, steps), 1 or True is visible; None: all are.
        return_attention_scores: overrides the constructor's value for this call.

    Weights, in this order:
        W: shape (features,), glorot uniform. For one axis Keras 3 takes the limit √(3/features);
            Keras 2.2, of the article's time, took √(3/√features), which is wider.
        b: shape (steps,), zeros: one bias per position. With `bias=False` there is none and `b` is
            None.

    Raises:
        ValueError: an argument that is not allowed, a wrong shape of x or mask,
            a number of steps that is not `step_dim`.

    Source:
        The article's `class Attention(Layer)`, known from Kaggle, after Raffel & Ellis 2015,
        arXiv:1512.08756, section 2.1; there one scalar is the bias of all steps. The article calls
        the class Self-Attention; what that means today is `SeqSelfAttention`.
    """

    renamed: ClassVar[dict[str, str]] = {  # what public copies of the class call an argument
        "w_regularizer": "W_regularizer",
        "w_constraint": "W_constraint",
        "W_reg": "W_regularizer",
        "W_cons": "W_constraint",
        "b_reg": "b_regularizer",
        "b_cons": "b_constraint",
        "W_constraints": "W_constraint",
        "b_constraints": "b_constraint",
        "return_attention": "return_attention_scores",
    }

    def __init__(
        self,
        step_dim: int | None = None,
        W_regularizer: Regularizer = None,
        b_regularizer: Regularizer = None,
        W_constraint: Constraint = None,
        b_constraint: Constraint = None,
        bias: bool = True,
        activation: Activation = "tanh",
        return_attention_scores: bool = False,
        temperature: float = 1.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(return_attention_scores, temperature, **kwargs)
        self.step_dim = None if step_dim is None else positive_int("step_dim", step_dim)
        self._set_options(W_regularizer=W_regularizer, W_constraint=W_constraint)
        self._set_options(b_regularizer=b_regularizer, b_constraint=b_constraint)
        self.bias = boolean("bias", bias)
        self.activation = activation_of("activation", activation)
        self.any_length = False  # until built for an unknown number of steps
        self.W: Weight = None
        self.b: Weight = None

    def build(self, input_shape: Shape) -> None:
        """Create `W` and `b` for x of shape (batch, steps, features)."""
        _, steps, features = self._check_shape(input_shape)
        if steps is None and self.bias:
            known = "steps" if self.step_dim is None else self.step_dim
            raise ValueError(
                f"with bias=True there is one bias per step, so x must have a known number of "
                f"steps, which step_dim={self.step_dim} "
                f"{'takes from it' if self.step_dim is None else 'says'}; got an unknown number, "
                f"in shape {tuple(input_shape)}. Pad the sequences and say "
                f"Input(shape=({known}, {features})), or use bias=False"
            )
        self.any_length = steps is None
        self.step_dim = self.step_dim or steps
        self.W = self._vector("W", features, "glorot_uniform")
        if self.bias:
            self.b = self._vector("b", self.step_dim, "zeros")

    def _vector(self, name: str, length: int | None, initializer: str) -> keras.Variable:
        """A weight of one axis, with the options that were set for it."""
        made = keras.initializers.get(initializer)
        # Not autocast: in mixed precision the scores are computed from all 32 bits.
        vector = Vector(made, (length,), self.variable_dtype, autocast=False, name=name)
        vector.regularizer = getattr(self, f"{name}_regularizer")
        vector.constraint = getattr(self, f"{name}_constraint")
        return vector

    def trace(self, inputs: Tensor, mask: Mask = None, training: bool = False) -> Trace:
        """`x·W + b`, its activation, the share of each step, and the weighted sum of the steps."""
        x, mask = self._read(inputs, mask)
        x = zero_hidden_nonfinite(x, mask)
        logits = ops.matmul(x, ops.cast(self.W, x.dtype))
        if self.b is not None:
            logits = logits + ops.cast(self.b, x.dtype)
        scores = self.activation(logits)
        weights = self._weights(scores, mask)
        # The sum wants equally many weights and steps: where shapes are unknown in advance, this is
        # what finds a single step under several biases.
        return Trace(logits, scores, weights, weighted_sum(self._dropped(weights, training), x))

    def _weights(self, scores: Tensor, mask: Mask) -> Tensor:
        """The share of each step, shape (batch, steps)."""
        if self.activation in TANH and self.temperature == 1:
            return normalize(hide(ops.exp(scores), mask), keras.config.epsilon())
        return softmax(scores, mask, self.temperature)

    def output_shapes(self, input_shape: Shape) -> tuple[Shape, Shape]:
        """(batch, features) and (batch, steps), if x may have that shape."""
        batch, steps, features = self._check_shape(input_shape)
        return (batch, features), (batch, steps)

    def _check_shape(self, shape: Shape) -> tuple[int | None, ...]:
        """The shape as a tuple, if x may have it."""
        shape = check_steps(shape, self.W)
        if self.step_dim and shape[1] not in (None, self.step_dim) and not self.any_length:
            raise ValueError(
                f"x must have as many steps as step_dim={self.step_dim} says; got {shape[1]}, in "
                f"shape {shape}. Use step_dim={shape[1]}, or pad or cut the sequences"
            )
        return shape
