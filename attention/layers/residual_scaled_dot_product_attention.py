"""`ResidualScaledDotProductAttention`: the scores of the layer before are added to one's own."""

from __future__ import annotations

from typing import Any

import keras

from attention.core import Trace
from attention.layers.checks import boolean, is_shape, refuse_names
from attention.layers.heads import same_for_heads
from attention.layers.masked import expand_mask, hide
from attention.layers.scaled_dot_product_attention import (
    ScaledDotProductAttention,
    query_key_value,
)
from attention.layers.tensors import Mask, Shape, Tensor

ALLOWED_WITH_PREVIOUS = "[x, previous] or [query, key, value, previous]"


@keras.saving.register_keras_serializable(package="attention_for_dummies")
class ResidualScaledDotProductAttention(ScaledDotProductAttention):
    """What the layers before found alike stays alike: scores are handed from layer to layer.

    ```
    logits  = query·keyᵀ                            (batch, queries, keys)
    scores  = logits / √features + previous         (batch, queries, keys)
    weights = softmax(scores), over the keys        (batch, queries, keys)
    output  = weights·value                         (batch, queries, features of value)
    ```

    A call returns `(output, scores)`, and the next layer takes these scores as its `previous`; the
    first takes zeros. Here the query is as unlike one key as the other, and what the layer before
    found decides: its ln 3 makes the second count three times.

    >>> import numpy as np
    >>> query, key, value = np.zeros((1, 1, 2)), np.eye(2)[None], np.array([[[8.0], [4.0]]])
    >>> previous = np.array([[[0.0, np.log(3)]]])
    >>> layer = ResidualScaledDotProductAttention(return_attention=True)
    >>> output, scores, weights = layer([query, key, value, previous])
    >>> np.round(weights, 4).tolist(), np.round(output, 4).tolist()
    ([[[0.25, 0.75]]], [[[5.0]]])

    How do I see the weights? `layer([x, previous], return_attention_scores=True)` returns
    `(output, scores, weights)`; `layer.attention_in(model).predict(data)` has those in a model,
    `layer.trace([x, previous])` every stage.

    Masks are used as in `ScaledDotProductAttention`, and that of the query goes on with the output.
    The scores that are handed on are those before any mask, as in the package.

    Args:
        return_attention: return `(output, scores, weights)`; the package's word for
            `return_attention_scores`.
        history_only: hide the future: query t sees the keys 0 to t.
        scale: divide the logits by √features.
        num_heads: how many heads look, each with its share of the features of query, key and value:
            scores and weights then have shape (batch, heads, queries, keys), and the outputs of the
            heads stand side by side.
        **kwargs: `return_attention_scores`, `temperature`, which divides the scores, a finite
            number above 0, `dropout`, the share of the weights that is dropped in training, with
            its `seed`, and those of every Keras layer, such as `name` and `dtype`.

    Call arguments:
        inputs: `[x, previous]` or `[query, key, value, previous]`. `previous` has the shape of the
            scores, the others that of `ScaledDotProductAttention`.
        mask: a list of as many masks (batch, steps), 1 or True is visible, each may be None; or one
            mask, of the keys. That of `previous` hides queries: their previous scores are 0.
        return_attention_scores: overrides the constructor's value for this call.
        use_causal_mask: hide the future in this call, as `history_only` does in every one.

    Raises:
        ValueError: an argument that is not allowed, a wrong number of inputs,
            a wrong shape of an input or a mask.

    Source:
        keras-self-attention 0.51; He et al. 2020, arXiv:2012.11747 (RealFormer), section 3.2.
    """

    returned = ("output", "scores")

    def trace(
        self,
        inputs: Tensor,
        mask: Mask = None,
        training: bool = False,
        use_causal_mask: bool = False,
    ) -> Trace:
        """As `ScaledDotProductAttention` does, with the previous scores added."""
        causal = boolean("use_causal_mask", use_causal_mask)
        *pairs, (previous, queries) = self._read(inputs, mask)
        previous = hide(previous, same_for_heads(expand_mask(queries, -1), self.num_heads))
        return self._look(query_key_value(pairs), training, causal, previous)

    def output_shapes(self, input_shape: Any) -> tuple[Shape, Shape]:
        """(batch, queries, features of value) and (batch, queries, keys), or one a head."""
        refuse_names(input_shape, ALLOWED_WITH_PREVIOUS)
        if is_shape(input_shape) or len(input_shape) not in (2, 4):
            came = f"shape {tuple(input_shape)}"
            if not is_shape(input_shape):
                came = f"{len(input_shape)} inputs"
            raise ValueError(f"inputs must be {ALLOWED_WITH_PREVIOUS}; got {came}")
        *shapes, previous = input_shape
        output, scores = super().output_shapes(shapes if len(shapes) > 1 else shapes[0])
        same = len(previous) == len(scores) and all(
            None in pair or pair[0] == pair[1] for pair in zip(previous, scores, strict=True)
        )
        if not same:
            raise ValueError(
                f"previous must have the shape of the scores, here {scores}; got {tuple(previous)}"
            )
        return output, scores

    def _with_masks(self, inputs: Tensor, mask: Mask) -> list[tuple[Tensor, Mask]]:
        """[(an input, its mask or None)]; a mask that comes alone is of x, or of the keys."""
        if len(inputs) == 2 and not isinstance(mask, list | tuple):
            mask = [mask, None]
        return super()._with_masks(inputs, mask)
