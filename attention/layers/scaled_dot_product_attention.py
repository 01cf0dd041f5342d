"""`ScaledDotProductAttention`: a query compares itself with keys, and gathers their values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import keras
from keras import ops

from attention.core import Trace
from attention.layers.checks import (
    boolean,
    check_axis,
    check_equal,
    check_heads,
    check_rank,
    is_shape,
    positive_int,
    refuse_names,
)
from attention.layers.heads import join_heads, same_for_heads, split_heads
from attention.layers.keras_self_attention import SelfAttentionLayer
from attention.layers.masked import band, combine, expand_mask, softmax, zero_hidden_nonfinite
from attention.layers.tensors import Mask, Shape, Tensor

NAMES = ("query", "key", "value")
ALLOWED = "x alone, [query, value] or [query, key, value]"


@keras.saving.register_keras_serializable(package="attention_for_dummies")
class ScaledDotProductAttention(SelfAttentionLayer):
    """The more a key is like the query, the more its value counts.

    ```
    logits  = query·keyᵀ                            (batch, queries, keys)
    scores  = logits / √features                    (batch, queries, keys)
    weights = softmax(scores), over the keys        (batch, queries, keys)
    output  = weights·value                         (batch, queries, features of value)
    ```

    One query of four features that is like the second key only. Its logit of 2·ln 3 becomes a
    score of ln 3, as √4 = 2, so the second value counts three times:

    >>> import numpy as np
    >>> from keras import ops
    >>> query, key = np.array([[[0, np.log(9), 0, 0]]]), np.eye(4)[None, :2]
    >>> value = np.array([[[8.0], [4.0]]])
    >>> layer = ScaledDotProductAttention(return_attention=True)
    >>> output, weights = map(ops.convert_to_numpy, layer([query, key, value]))
    >>> weights.round(4).tolist(), output.round(4).tolist()
    ([[[0.25, 0.75]]], [[[5.0]]])

    How do I see the weights? `layer(x, return_attention_scores=True)` returns `(output, weights)`;
    `layer.attention_in(model).predict(data)` has those in a model, `layer.trace(x)` every stage.

    Masks are used, and that of the query goes on with the output. A hidden key, or one whose value
    is hidden, weighs exactly 0; where nothing is visible, weights and output are 0. A hidden query
    looks at what is visible like any other, as in the package.

    Args:
        return_attention: return `(output, weights)`; the package's word for
            `return_attention_scores`.
        history_only: hide the future: query t sees the keys 0 to t.
        scale: divide the logits by √features. False is Luong's *dot*.
        num_heads: how many heads look, each with its share of the features of query, key and value:
            features are then those of a head, weights have shape (batch, heads, queries, keys), and
            the outputs of the heads stand side by side.
        **kwargs: `return_attention_scores`, `temperature`, which divides the scores, a finite
            number above 0, `dropout`, the share of the weights that is dropped in training, with
            its `seed`, and those of every Keras layer, such as `name` and `dtype`.

    Call arguments:
        inputs: x of shape (batch, steps, features), which is query, key and value at once; or
            `[query, key, value]` of shapes (batch, queries, features), (batch, keys, features)
            and (batch, keys, features of value); or `[query, value]`, where the value is also the
            key. (Three inputs of Keras' own layer come as query, value, key.)
        mask: for x its mask (batch, steps), 1 or True is visible; for several inputs a list of
            as many, each may be None, or one mask, of the keys.
        return_attention_scores: overrides the constructor's value for this call.
        use_causal_mask: hide the future in this call, as `history_only` does in every one.

    Raises:
        ValueError: an argument that is not allowed, a wrong number of inputs,
            a wrong shape of an input or a mask.

    Source:
        keras-self-attention 0.42; Vaswani et al. 2017, arXiv:1706.03762, section 3.2.1, and 3.2.2
        for the heads. Without `scale` Luong et al. 2015, arXiv:1508.04025, section 3.1.
    """

    single_mask = 1
    propagated_mask_index = 0

    def __init__(
        self,
        return_attention: bool = False,
        history_only: bool = False,
        *,
        scale: bool = True,
        num_heads: int = 1,
        **kwargs: Any,
    ) -> None:
        super().__init__(return_attention, **kwargs)
        self.history_only = boolean("history_only", history_only)
        self.scale = boolean("scale", scale)
        self.num_heads = positive_int("num_heads", num_heads)

    def call(
        self,
        inputs: Tensor,
        mask: Mask = None,
        return_attention_scores: bool | None = None,
        training: bool = False,
        use_causal_mask: bool = False,
    ) -> Tensor:
        """Return the output, or `(output, weights)`."""
        stages = self.trace(inputs, mask, training, use_causal_mask)
        return self._answer(stages, return_attention_scores)

    def trace(
        self,
        inputs: Tensor,
        mask: Mask = None,
        training: bool = False,
        use_causal_mask: bool = False,
    ) -> Trace:
        """`query·keyᵀ`, the same over √features, the share of each key, and the sum of values."""
        causal = boolean("use_causal_mask", use_causal_mask)
        pairs = self._read(inputs, mask)
        return self._look(
            query_key_value(pairs if isinstance(pairs, list) else [pairs]), training, causal
        )

    def _look(
        self,
        three: list[tuple[Tensor, Mask]],
        training: bool,
        causal: bool,
        previous: Tensor | None = None,
    ) -> Trace:
        """All stages of query, key and value, each with its mask."""
        (q, q_mask), (k, k_mask), (v, v_mask) = three
        visible = combine(k_mask, v_mask)
        q, k, v = (
            zero_hidden_nonfinite(q, q_mask),
            zero_hidden_nonfinite(k, visible),
            zero_hidden_nonfinite(v, visible),
        )
        q, k, v = (split_heads(each, self.num_heads) for each in (q, k, v))
        logits = ops.matmul(q, ops.swapaxes(k, -1, -2))
        scores = logits / math.sqrt(q.shape[-1]) if self.scale else logits
        scores = scores if previous is None else scores + previous
        shown = self._shown(visible, q, k, causal or self.history_only)
        weights = softmax(scores, shown, self.temperature)
        output = ops.matmul(self._dropped(weights, training), v)
        return Trace(logits, scores, weights, join_heads(output, self.num_heads))

    def _shown(self, visible: Mask, q: Tensor, k: Tensor, causal: bool) -> Mask:
        """Which keys each query may see: those that are visible, of its history if only that."""
        history = band(ops.shape(q)[-2], ops.shape(k)[-2], ahead=0) if causal else None
        return combine(same_for_heads(expand_mask(visible, 1), self.num_heads), history)

    def output_shapes(self, input_shape: Shape | Sequence[Shape]) -> tuple[Shape, Shape]:
        """(batch, queries, features of value) and (batch, queries, keys), or one a head."""
        q, k, v = (
            check_rank(shape, "(batch, steps, features)", name=name)
            for name, shape in self._named(input_shape).items()
        )
        check_axis(q, "features", name="query")
        check_equal({"query": q, "key": k}, -1, "features")
        check_equal({"key": k, "value": v}, 1, "steps")
        check_equal({"query": q, "key": k, "value": v}, 0, "rows in the batch")
        check_heads({"features": q[2], "features of value": v[2]}, self.num_heads)
        heads = (self.num_heads,) if self.num_heads > 1 else ()
        return (q[0], q[1], v[2]), (q[0], *heads, q[1], k[1])

    def _named(self, input_shape: Any) -> dict[str, Shape]:
        """The shapes of query, key and value, by name."""
        refuse_names(input_shape, ALLOWED)
        shapes = [input_shape] if is_shape(input_shape) else input_shape
        if not 1 <= len(shapes) <= 3 or (shapes is input_shape and len(shapes) == 1):
            raise ValueError(f"inputs must be {ALLOWED}; got {len(shapes)} inputs")
        return dict(zip(NAMES, query_key_value(shapes), strict=True))

    def compute_output_spec(
        self,
        inputs: Tensor,
        mask: Mask = None,
        return_attention_scores: bool | None = None,
        training: bool = False,
        use_causal_mask: bool = False,
    ) -> Tensor:
        """The same for a call on symbols, as when a functional model is put together."""
        boolean("use_causal_mask", use_causal_mask)
        return super().compute_output_spec(inputs, mask, return_attention_scores, training)


def query_key_value(given: Sequence[Any]) -> list[Any]:
    """What stands for query, key and value: x for all of them; a value is also its key.

    >>> query_key_value(["x"]), query_key_value(["query", "value"])
    (['x', 'x', 'x'], ['query', 'value', 'value'])
    """
    query, *others = given
    key, value = {0: [query] * 2, 1: others * 2, 2: others}[len(others)]
    return [query, key, value]
