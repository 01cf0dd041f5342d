"""`SeqSelfAttention`: every step of a sequence looks at every other, or at those near it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
from keras import ops

from attention.core import Trace
from attention.layers.blocks import at_least_one, at_most, can_cut, in_band, in_blocks
from attention.layers.checks import (
    boolean,
    check_heads,
    check_steps,
    finite_float,
    one_of,
    positive_int,
)
from attention.layers.heads import join_heads, same_for_heads, split_heads
from attention.layers.keras_self_attention import SelfAttentionLayer
from attention.layers.masked import (
    band,
    combine,
    expand_mask,
    near,
    softmax,
    zero_hidden_nonfinite,
)
from attention.layers.sums import additive
from attention.layers.tensors import (
    Activation,
    Constraint,
    Initializer,
    Mask,
    Regularizer,
    Shape,
    Tensor,
    Weight,
)

# Old configs say 10,000,000,000 for "all of the past", which is too long for 32 bits.
LONGEST = 2**30
# A band is computed in blocks of at least so many steps: smaller ones cost more than they save.
SMALLEST_BLOCK = 32
# What makes a score of each logit alone, whatever the others are.
ELEMENTWISE = "elu exponential gelu hard_sigmoid leaky_relu linear relu sigmoid silu softplus tanh"


@keras.saving.register_keras_serializable(package="attention_for_dummies")
class SeqSelfAttention(SelfAttentionLayer):
    """Every step t of x gathers what it needs from the steps s of the same x.

    ```
    logits  = tanh(x_t·Wt + x_s·Wx + bh)·Wa + ba    additive        (batch, steps, steps)
    logits  = x_t·Wa·x_s + ba                       multiplicative  (batch, steps, steps)
    scores  = attention_activation(logits), if there is one         (batch, steps, steps)
    weights = softmax(scores), over the steps s that t may see      (batch, steps, steps)
    output  = weights·x                                             (batch, steps, features)
    ```

    Two steps of one feature, multiplicative. The first is 1 and looks for what is like it; the
    second is 0 and cannot tell:

    >>> import numpy as np
    >>> from keras import ops
    >>> layer = SeqSelfAttention(attention_type="multiplicative", return_attention=True)
    >>> layer.build((None, 2, 1))
    >>> layer.set_weights([np.array([[np.log(3)]]), np.array([0])])
    >>> output, weights = map(ops.convert_to_numpy, layer(np.array([[[1.0], [0.0]]])))
    >>> weights.round(4).tolist(), output.round(4).tolist()
    ([[[0.75, 0.25], [0.5, 0.5]]], [[[0.75], [0.5]]])

    How do I see the weights? `layer(x, return_attention_scores=True)` returns `(output, weights)`;
    `layer.attention_in(model).predict(data)` has those in a model, `layer.trace(x)` every stage.

    With `attention_width=w` step t sees w steps around it, t − w//2 the first of them; with
    `history_only` the last w up to itself, and without a width all of its past. Where nobody asks
    for the weights, only those of steps that it sees are computed.

    Masks are used and go on with the output. A hidden step weighs exactly 0 for every other and
    sees nothing itself: where nothing is visible, weights and output are 0. That is version 0.42;
    since 0.51 the package lets visible steps look at hidden ones.

    Args:
        units: width of the vectors that are added; unused if multiplicative.
        attention_width: how many steps a step sees; None: all.
        attention_type: "additive" or "multiplicative".
        return_attention: return `(output, weights)`; the package's word for
            `return_attention_scores`.
        history_only: hide the future.
        kernel_initializer: initialiser of `Wt`, `Wx` and `Wa`.
        bias_initializer: initialiser of `bh` and `ba`.
        kernel_regularizer: regulariser of `Wt`, `Wx` and `Wa`.
        bias_regularizer: regulariser of `bh` and `ba`.
        kernel_constraint: constraint on `Wt`, `Wx` and `Wa`.
        bias_constraint: constraint on `bh` and `ba`.
        use_additive_bias: whether there is `bh`.
        use_attention_bias: whether there is `ba`.
        attention_activation: what makes scores of the logits: a name or a function; None: nothing.
        attention_regularizer_weight: this times Σ(weights·weightsᵀ − I)² / batch is added to the
            loss, so that steps look at different things (Lin et al. 2017, arXiv:1703.03130).
        num_heads: how many heads look, each with its share of the features and, if additive, of the
            units: weights then have shape (batch, heads, steps, steps), and the outputs of the
            heads stand side by side.
        block: how many steps look at a time; None: all. The numbers are the same in less memory,
            and in training the logits are computed twice.
        **kwargs: `return_attention_scores`, `temperature`, which divides the scores, a finite
            number above 0, `dropout`, the share of the weights that is dropped in training, with
            its `seed`, and those of every Keras layer, such as `name` and `dtype`.

    Call arguments:
        inputs: shape (batch, steps, features); any number of steps.
        mask: shape (batch, steps), 1 or True is visible; None: all are.
        return_attention_scores: overrides the constructor's value for this call.

    Weights, in this order; if multiplicative `Wa`, of shape (features, features), and `ba`:
        Wt: shape (features, units), of the step that looks.
        Wx: shape (features, units), of the step that is looked at.
        bh: shape (units,). With `use_additive_bias=False` there is none and `bh` is None.
        Wa: shape (units, 1).
        ba: shape (1,): the same in every logit, so without `attention_activation` it has no effect.
            With `use_attention_bias=False` there is none and `ba` is None.

    Raises:
        ValueError: an argument that is not allowed, a wrong shape of x or mask.

    Source:
        keras-self-attention 0.42; Zheng et al. 2018, arXiv:1806.01264 (additive), with the sums of
        Bahdanau et al. 2015, arXiv:1409.0473; Luong et al. 2015, arXiv:1508.04025, section 3.1
        (multiplicative: "general").
    """

    ATTENTION_TYPE_ADD = "additive"
    ATTENTION_TYPE_MUL = "multiplicative"
    propagated_mask_index = 0

    def __init__(
        self,
        units: int = 32,
        attention_width: int | None = None,
        attention_type: str = ATTENTION_TYPE_ADD,
        return_attention: bool = False,
        history_only: bool = False,
        kernel_initializer: Initializer = "glorot_normal",
        bias_initializer: Initializer = "zeros",
        kernel_regularizer: Regularizer = None,
        bias_regularizer: Regularizer = None,
        kernel_constraint: Constraint = None,
        bias_constraint: Constraint = None,
        use_additive_bias: bool = True,
        use_attention_bias: bool = True,
        attention_activation: Activation = None,
        attention_regularizer_weight: float = 0.0,
        *,
        num_heads: int = 1,
        block: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(return_attention, **kwargs)
        self.units = positive_int("units", units)
        self.attention_width = (
            None if attention_width is None else positive_int("attention_width", attention_width)
        )
        types = (self.ATTENTION_TYPE_ADD, self.ATTENTION_TYPE_MUL)
        self.attention_type = one_of("attention_type", attention_type, types)
        self.history_only = boolean("history_only", history_only)
        self._set_options(kernel_initializer=kernel_initializer, bias_initializer=bias_initializer)
        self._set_options(kernel_regularizer=kernel_regularizer, bias_regularizer=bias_regularizer)
        self._set_options(kernel_constraint=kernel_constraint, bias_constraint=bias_constraint)
        self.use_additive_bias = boolean("use_additive_bias", use_additive_bias)
        self.use_attention_bias = boolean("use_attention_bias", use_attention_bias)
        self.attention_activation = (
            None if attention_activation is None else keras.activations.get(attention_activation)
        )
        self.attention_regularizer_weight = finite_float(
            "attention_regularizer_weight", attention_regularizer_weight, above=False
        )
        self.num_heads = positive_int("num_heads", num_heads)
        self.block = None if block is None else positive_int("block", block)
        if self.attention_type == self.ATTENTION_TYPE_ADD:
            check_heads({"units": self.units}, self.num_heads)
        self.Wt: Weight = None
        self.Wx: Weight = None
        self.bh: Weight = None
        self.Wa: Weight = None
        self.ba: Weight = None

    def build(self, input_shape: Shape) -> None:
        """Create the weights for x of shape (batch, steps, features)."""
        features = self.output_shapes(input_shape)[0][2]
        if self.attention_type == self.ATTENTION_TYPE_ADD:
            self.Wt = self._add_weight("Wt", (features, self.units), like="kernel")
            self.Wx = self._add_weight("Wx", (features, self.units), like="kernel")
            if self.use_additive_bias:
                self.bh = self._add_weight("bh", (self.units,), like="bias")
            self.Wa = self._add_weight("Wa", (self.units, 1), like="kernel")
        else:
            self.Wa = self._add_weight("Wa", (features, features), like="kernel")
        if self.use_attention_bias:
            self.ba = self._add_weight("ba", (1,), like="bias")

    def trace(self, inputs: Tensor, mask: Mask = None, training: bool = False) -> Trace:
        """What every step says of every step, its softmax, and the sum of the steps."""
        x, mask = self._read(inputs, mask)
        return Trace(*self._whole(partial(self._attend, training=training), x, mask, training))

    def output_alone(self, inputs: Tensor, mask: Mask = None, training: bool = False) -> Tensor:
        """The output, without what is kept for weights that nobody asked for."""
        if self.attention_regularizer_weight:
            return None

        def output(**given: Any) -> Tensor:
            return self._attend(**given, training=training)[-1]

        x, mask = self._read(inputs, mask)
        if (reach := self._reach(ops.shape(x)[1])) is None:
            return self._whole(output, x, mask, training) if self.block else None
        queries, keys, weights = self._sides(x, mask)
        if mask is None:  # none of the steps is hidden, but whatever is beyond their ends
            keys["visible"] = ops.ones(ops.shape(x)[:2], "bool")
        return in_band(output, *reach, queries, keys, weights)

    def _whole(self, attend: Callable[..., Any], x: Tensor, mask: Mask, training: bool) -> Any:
        """What `attend` finds where each step looks at all, in blocks if they are asked for."""
        queries, keys, weights = self._sides(x, mask)
        steps = ops.shape(x)[1]
        queries["at"] = ops.expand_dims(ops.arange(steps), 0)
        if self.block is None or not can_cut(steps, self.block):
            return attend(**queries, **keys, **weights)
        heads = (self.num_heads,) if self.num_heads > 1 else ()
        queries["kept"] = self._kept(ops.shape(x)[0], steps, *heads, steps, training=training)
        return in_blocks(attend, self.block, queries, keys | weights)

    def _sides(self, x: Tensor, mask: Mask) -> tuple[dict[str, Any], dict[str, Any], Any]:
        """What the steps bring along that look, those that are looked at, and the weights."""
        x = zero_hidden_nonfinite(x, mask)
        Wt, Wx, bh, Wa, ba = (
            None if weight is None else ops.cast(weight, x.dtype)
            for weight in (self.Wt, self.Wx, self.bh, self.Wa, self.ba)
        )
        if self.attention_type == self.ATTENTION_TYPE_ADD:
            looks = ops.matmul(x, Wt) if bh is None else ops.matmul(x, Wt) + bh
            seen = ops.matmul(x, Wx)
        else:
            looks, seen, Wa = ops.matmul(x, Wa), x, None
        queries = {"looks": looks, "looking": mask}
        return queries, {"seen": seen, "values": x, "visible": mask}, {"Wa": Wa, "ba": ba}

    def _attend(
        self,
        looks: Tensor,
        seen: Tensor,
        values: Tensor,
        at: Tensor,
        Wa: Tensor | None = None,
        ba: Tensor | None = None,
        looking: Mask = None,
        visible: Mask = None,
        kept: Tensor | None = None,
        training: bool = False,
    ) -> tuple[Tensor, ...]:
        """All stages for some steps that look, and some that are looked at."""
        heads = self.num_heads
        shown = combine(
            expand_mask(looking, 2),
            expand_mask(visible, 1),
            self._window(at, ops.shape(seen)[1]),
        )
        looks, seen, values = (split_heads(one, heads) for one in (looks, seen, values))
        if Wa is None:
            logits = ops.matmul(looks, ops.swapaxes(seen, -1, -2))
        else:
            Wa = Wa if heads == 1 else ops.reshape(Wa, (heads, 1, self.units // heads, 1))
            logits = additive(looks, seen, Wa)
        logits = logits if ba is None else logits + ba
        scores = logits if self.attention_activation is None else self.attention_activation(logits)
        weights = softmax(scores, same_for_heads(shown, heads), self.temperature)
        counted = self._dropped(weights, training, kept)
        return logits, scores, weights, join_heads(ops.matmul(counted, values), heads)

    def _window(self, at: Tensor, steps: int) -> Mask:
        """Which steps s are near enough to those that look, shape (1, t, s); None: all."""
        if self.attention_width is None:
            return near(at, steps, ahead=0) if self.history_only else None
        past, ahead = self._near()
        return near(at, steps, past, ahead)

    def _near(self) -> tuple[int, int]:
        """How far a step sees back and ahead, with a width."""
        width = min(self.attention_width or LONGEST, LONGEST)
        past = width - 1 if self.history_only else width // 2
        return past, width - 1 - past

    def _reach(self, steps: Any) -> tuple[int, int, int] | None:
        """The steps of a block of the band, and how many before and after it that it sees.

        None: nothing would be saved, or scores are made of all logits of a step together.
        """
        if self.attention_width is None or not makes_each_alone(self.attention_activation):
            return None
        past, ahead = self._near()
        size = max(past, ahead, self.block or SMALLEST_BLOCK)
        if not can_cut(steps, size + past + ahead):
            return None
        # Of an unknown length: no more than there is.
        size = at_most(size, at_least_one(steps))
        return size, at_most(past, size), at_most(ahead, size)

    def _penalise(self, stages: Trace) -> None:
        """Add the loss of steps that look at the same things."""
        if not self.attention_regularizer_weight:
            return
        a = stages.weights
        alike = ops.matmul(a, ops.swapaxes(a, -1, -2))
        steps = ops.shape(a)[-1]
        identity = ops.cast(band(steps, steps, past=0, ahead=0), a.dtype)
        batch = ops.cast(ops.maximum(ops.shape(a)[0], 1), a.dtype)  # a replica may get no rows
        self.add_loss(
            self.attention_regularizer_weight * ops.sum(ops.square(alike - identity)) / batch
        )

    def output_shapes(self, input_shape: Shape) -> tuple[Shape, Shape]:
        """(batch, steps, features) and (batch, steps, steps), or one a head."""
        known = self.Wa if self.Wt is None else self.Wt
        batch, steps, features = check_steps(input_shape, known)
        check_heads({"features": features}, self.num_heads)
        heads = (self.num_heads,) if self.num_heads > 1 else ()
        return (batch, steps, features), (batch, *heads, steps, steps)


def makes_each_alone(activation: Callable[[Tensor], Tensor] | None) -> bool:
    """Whether it is known that a score is made of its own logit alone, as softmax does not."""
    return activation is None or activation in [
        getattr(keras.activations, name) for name in ELEMENTWISE.split()
    ]
