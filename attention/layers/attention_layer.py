"""`AttentionLayer`: a decoder looks back at its encoder, much as in Bahdanau et al. 2015."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import keras
from keras import ops

from attention.core import Trace
from attention.layers.base import TracedLayer
from attention.layers.blocks import can_cut, in_blocks
from attention.layers.checks import (
    check_equal,
    check_steps,
    is_shape,
    positive_int,
    refuse_names,
)
from attention.layers.masked import expand_mask, softmax, zero_hidden_nonfinite
from attention.layers.sums import additive
from attention.layers.tensors import Mask, Shape, Tensor, Weight


@keras.saving.register_keras_serializable(package="attention_for_dummies")
class AttentionLayer(TracedLayer):
    """Every step of the decoder asks which steps of the encoder it needs.

    ```
    scores  = tanh(encoder·W_a + decoder·U_a)·V_a       (batch, Td, Te)
    weights = softmax(scores), over the encoder's steps (batch, Td, Te)
    output  = weights·encoder                           (batch, Td, He)
    ```

    Two steps of the encoder, one of the decoder. As tanh(1) and tanh(0) are 0.7616 and 0, V_a
    makes of them the scores ln 3 and 0, and the first step counts three times:

    >>> import numpy as np
    >>> from keras import ops
    >>> encoder, decoder = np.array([[[1.0], [0.0]]]), np.array([[[5.0]]])
    >>> layer = AttentionLayer(name="attention_layer")
    >>> layer.build([encoder.shape, decoder.shape])
    >>> layer.set_weights([np.array([[number]]) for number in (1, 0, np.log(3) / np.tanh(1))])
    >>> attn_out, attn_states = map(ops.convert_to_numpy, layer([encoder, decoder]))
    >>> attn_states.round(4).tolist(), attn_out.round(4).tolist()
    ([[[0.75, 0.25]]], [[[0.75]]])

    In a translator the article's three lines are:

    ```
    attn_layer = AttentionLayer(name="attention_layer")
    attn_out, attn_states = attn_layer([encoder_outputs, decoder_outputs])
    decoder_concat = keras.layers.Concatenate()([decoder_outputs, attn_out])
    ```

    How do I see the weights? They are what comes second; `layer.attention_in(model).predict(data)`
    has those in a model, and `layer.trace([encoder, decoder])` every stage.

    Bahdanau et al. let the decoder's previous state ask and give it the answer for its next step;
    here, as in attention_keras, its present state asks, and the answer is put beside it.

    Masks are used: a hidden step of the encoder weighs exactly 0, and where nothing is visible,
    weights and output are 0. The mask of the decoder goes on with the output, so that a loss
    leaves its hidden steps out; they look at the encoder like any other.

    Args:
        return_attention_scores: False returns the output alone; the original returns both.
        block: how many steps of the decoder look at a time; None: all. The numbers are the same in
            less memory, and in training the scores are computed twice.
        **kwargs: `temperature`, which divides the scores, a finite number above 0, `dropout`, the
            share of the weights that is dropped in training, with its `seed`, and those of every
            Keras layer, such as `name` and `dtype`.

    Call arguments:
        inputs: `[encoder, decoder]`, of shapes (batch, Te, He) and (batch, Td, Hd).
        mask: a list of two masks (batch, Te) and (batch, Td), 1 or True is visible, each may be
            None; or one mask, of the encoder.
        return_attention_scores: overrides the constructor's value for this call.

    Weights, in this order, each within ±0.05 at first:
        W_a: shape (He, He).
        U_a: shape (Hd, He).
        V_a: shape (He, 1).

    Raises:
        ValueError: an argument that is not allowed, anything but two inputs,
            a wrong shape of an input or a mask.

    Source:
        thushv89/attention_keras; Bahdanau et al. 2015, arXiv:1409.0473, section 3.1.
    """

    propagated_mask_index = 1

    def __init__(
        self, *, return_attention_scores: bool = True, block: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(return_attention_scores, **kwargs)
        self.block = None if block is None else positive_int("block", block)
        self.W_a: Weight = None
        self.U_a: Weight = None
        self.V_a: Weight = None

    def build(self, input_shape: Sequence[Shape]) -> None:
        """Create `W_a`, `U_a` and `V_a` for the shapes of encoder and decoder."""
        encoder, decoder = self._check_shapes(input_shape)
        width = encoder[2]
        self.W_a = self._add_weight("W_a", (width, width), "random_uniform")
        self.U_a = self._add_weight("U_a", (decoder[2], width), "random_uniform")
        self.V_a = self._add_weight("V_a", (width, 1), "random_uniform")

    def trace(self, inputs: Tensor, mask: Mask = None, training: bool = False) -> Trace:
        """`tanh(encoder·W_a + decoder·U_a)·V_a`, its softmax, and the sum of the encoder."""
        return Trace(*self._whole(partial(self._attend, training=training), inputs, mask, training))

    def output_alone(
        self, inputs: Tensor, mask: Mask = None, training: bool = False
    ) -> Tensor | None:
        """The output, without what is kept for weights that nobody asked for."""
        if self.block is None:
            return None

        def output(**given: Any) -> Tensor:
            return self._attend(**given, training=training)[-1]

        return self._whole(output, inputs, mask, training)

    def _whole(self, attend: Callable[..., Any], inputs: Tensor, mask: Mask, training: bool) -> Any:
        """What `attend` finds for all steps of the decoder, in blocks if they are asked for."""
        (encoder, visible), (decoder, decoder_mask) = self._read(inputs, mask)
        encoder = zero_hidden_nonfinite(encoder, visible)
        decoder = zero_hidden_nonfinite(decoder, decoder_mask)
        W_a, U_a, V_a = (ops.cast(each, encoder.dtype) for each in (self.W_a, self.U_a, self.V_a))
        queries = {"looks": ops.matmul(decoder, U_a)}
        keys = {"seen": ops.matmul(encoder, W_a), "values": encoder, "visible": visible, "V_a": V_a}
        batch, steps = ops.shape(decoder)[:2]
        if self.block is None or not can_cut(steps, self.block):
            return attend(**queries, **keys)
        kept = self._kept(batch, steps, ops.shape(encoder)[1], training=training)
        return in_blocks(attend, self.block, queries | {"kept": kept}, keys)

    def _attend(
        self,
        looks: Tensor,
        seen: Tensor,
        values: Tensor,
        V_a: Tensor,
        visible: Mask = None,
        kept: Tensor | None = None,
        training: bool = False,
    ) -> tuple[Tensor, ...]:
        """All stages for some steps of the decoder."""
        scores = additive(looks, seen, V_a)
        weights = softmax(scores, expand_mask(visible, 1), self.temperature)
        output = ops.matmul(self._dropped(weights, training, kept), values)
        return scores, scores, weights, output

    def output_shapes(self, input_shape: Sequence[Shape]) -> tuple[Shape, Shape]:
        """(batch, Td, He) and (batch, Td, Te)."""
        encoder, decoder = self._check_shapes(input_shape)
        return (*decoder[:2], encoder[2]), (*decoder[:2], encoder[1])

    def _check_shapes(self, shapes: Sequence[Shape]) -> tuple[Shape, Shape]:
        """The shapes of encoder and decoder, if they may have them."""
        refuse_names(shapes, "[encoder, decoder]")
        if len(shapes) != 2 or is_shape(shapes):
            raise ValueError(f"inputs must be [encoder, decoder]; got shape {shapes}")
        encoder = check_steps(shapes[0], self.W_a, "encoder")
        decoder = check_steps(shapes[1], self.U_a, "decoder")
        check_equal({"encoder": encoder, "decoder": decoder}, 0, "rows in the batch")
        return encoder, decoder
