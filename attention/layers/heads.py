"""Several heads: each looks with its own share of the features, and what they find is put together.

The heads cut what is there and add no weights: a layer has the same weights with any number of
them. With one head, tensors keep the shapes that they have without this file.

Source:
    Vaswani et al. 2017, arXiv:1706.03762, section 3.2.2; the projections there are layers of their
    own here.
"""

from keras import ops

from attention.layers.tensors import Mask, Tensor


def split_heads(x: Tensor, heads: int) -> Tensor:
    """Cut the features among the heads.

    Four features of one step, for two heads:

    >>> import numpy as np
    >>> np.array(split_heads(np.array([[[1.0, 2.0, 3.0, 4.0]]]), 2)).tolist()
    [[[[1.0, 2.0]], [[3.0, 4.0]]]]

    Args:
        x: shape (batch, steps, features).
        heads: how many; 1 leaves x as it is.

    Returns:
        Shape (batch, heads, steps, features of a head).
    """
    if heads == 1:
        return x
    batch, steps, features = ops.shape(x)
    return ops.swapaxes(ops.reshape(x, (batch, steps, heads, features // heads)), 1, 2)


def join_heads(x: Tensor, heads: int) -> Tensor:
    """Put what the heads found side by side: undo `split_heads`.

    >>> import numpy as np
    >>> np.array(join_heads(np.array([[[[1.0, 2.0]], [[3.0, 4.0]]]]), 2)).tolist()
    [[[1.0, 2.0, 3.0, 4.0]]]
    """
    if heads == 1:
        return x
    batch, _, steps, features = ops.shape(x)
    return ops.reshape(ops.swapaxes(x, 1, 2), (batch, steps, heads * features))


def same_for_heads(mask: Mask, heads: int) -> Mask:
    """A mask (batch, queries, keys) that hides the same from every head."""
    return mask if mask is None or heads == 1 else ops.expand_dims(mask, 1)
