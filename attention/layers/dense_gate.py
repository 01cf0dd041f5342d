"""`DenseGate`: the article's three lines. A vector decides which of its own numbers pass."""

import keras
from keras import ops

from attention.layers.checks import check_last_axis, check_mask, check_rank, positive_float
from attention.layers.masked import hide, softmax, visible_steps, working_dtype


@keras.saving.register_keras_serializable(package="attention_for_dummies")
class DenseGate(keras.layers.Layer):
    """Weigh every number of a vector: `x ⊙ softmax(x·kernel + bias)`, not summed.

    It does what these lines of the article do, as one layer:

    ```
    probabilities = Dense(n, activation="softmax")(inputs)
    outputs = multiply([inputs, probabilities])
    ```

    With a kernel of 0 each of two numbers gets one half; a bias of ln 3 lets the second have
    three quarters:

    >>> import numpy as np
    >>> layer = DenseGate(kernel_initializer="zeros")
    >>> layer(np.array([[8.0, 4.0]])).numpy().tolist()
    [[4.0, 2.0]]
    >>> layer.set_weights([np.zeros((2, 2)), np.array([0, np.log(3)])])
    >>> np.round(layer(np.array([[8.0, 4.0]])), 4).tolist()
    [[2.0, 3.0]]

    A hidden number adds nothing to `x·kernel`, weighs exactly 0 and leaves as 0. Where nothing is
    visible, weights and output are 0. Nothing after the gate needs the mask, which therefore ends
    here.

    In 16-bit precision everything inside is computed in float32.

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
        **kwargs: those of every Keras layer, such as `name` and `dtype`.

    Call arguments:
        inputs: shape (batch, n).
        mask: shape (batch, n), 1 or True is visible; None: all are.
        return_attention_scores: overrides the constructor's value for this call.

    Weights, in this order:
        kernel: shape (n, n). Column j is what every number has to say about number j.
        bias: shape (n,). With `use_bias=False` there is none and `bias` is None.

    Raises:
        ValueError: an argument that is not allowed, a wrong shape of x or mask.

    Source:
        The article's three lines, after philipperemy/keras-attention-mechanism, 2017.
    """

    def __init__(
        self,
        kernel_initializer="glorot_uniform",
        bias_initializer="zeros",
        kernel_regularizer=None,
        bias_regularizer=None,
        kernel_constraint=None,
        bias_constraint=None,
        use_bias=True,
        return_attention_scores=False,
        temperature=1.0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.supports_masking = True  # after super().__init__(), which sets it to False
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.bias_initializer = keras.initializers.get(bias_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)
        self.bias_regularizer = keras.regularizers.get(bias_regularizer)
        self.kernel_constraint = keras.constraints.get(kernel_constraint)
        self.bias_constraint = keras.constraints.get(bias_constraint)
        self.use_bias = use_bias
        self.return_attention_scores = return_attention_scores
        self.temperature = positive_float("temperature", temperature)
        self.kernel = None
        self.bias = None

    def build(self, input_shape):
        """Create `kernel` and `bias` for x of shape (batch, n)."""
        _, n = self._check_shape(input_shape)
        # Not autocast: in mixed precision the scores are computed from all 32 bits.
        self.kernel = self.add_weight(
            name="kernel",
            shape=(n, n),
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
            autocast=False,
        )
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(n,),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
                autocast=False,
            )

    def call(self, inputs, mask=None, return_attention_scores=None):
        """Return the output, shape (batch, n), or `(output, weights)`, both of that shape."""
        self._check_shape(inputs.shape)
        x = ops.cast(inputs, working_dtype(self.compute_dtype))
        mask = visible_steps(mask, like=x)
        x = hide(x, mask)
        weights = softmax(self._logits(x), mask, self.temperature)
        output = ops.cast(weights * x, self.compute_dtype)
        if self._wants_weights(return_attention_scores):
            return output, ops.cast(weights, self.compute_dtype)
        return output

    def _logits(self, x):
        """`x·kernel + bias`, shape (batch, n)."""
        logits = ops.matmul(x, ops.cast(self.kernel, x.dtype))
        return logits if self.bias is None else logits + ops.cast(self.bias, x.dtype)

    def _wants_weights(self, return_attention_scores):
        if return_attention_scores is None:
            return self.return_attention_scores
        return return_attention_scores

    def _check_shape(self, shape):
        """The shape as a tuple, if x may have it."""
        shape = check_rank(shape, "(batch, n)")
        check_last_axis(shape, "numbers", None if self.kernel is None else self.kernel.shape[0])
        return shape

    def compute_mask(self, inputs, mask=None):
        """None: hidden numbers are 0 already, and the loss takes no mask over numbers."""
        return None

    def compute_output_shape(self, input_shape):
        """(batch, n); with `return_attention_scores` twice."""
        shape = self._check_shape(input_shape)
        return (shape, shape) if self.return_attention_scores else shape

    def compute_output_spec(self, inputs, mask=None, return_attention_scores=None):
        """The same for a call on symbols, as when a functional model is put together."""
        shape = self._check_shape(inputs.shape)
        if mask is not None:
            check_mask(mask.shape, shape)
        output, weights = (keras.KerasTensor(shape, self.compute_dtype) for _ in range(2))
        return (output, weights) if self._wants_weights(return_attention_scores) else output

    def get_config(self):
        """Everything that the constructor needs to make this layer again."""
        return {
            **super().get_config(),
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": keras.regularizers.serialize(self.bias_regularizer),
            "kernel_constraint": keras.constraints.serialize(self.kernel_constraint),
            "bias_constraint": keras.constraints.serialize(self.bias_constraint),
            "use_bias": self.use_bias,
            "return_attention_scores": self.return_attention_scores,
            "temperature": self.temperature,
        }
