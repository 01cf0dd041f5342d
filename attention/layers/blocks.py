"""Long sequences in blocks: some queries at a time, and of the keys all, or those near them.

A formula of attention is the same whoever of the queries ask. So it is given the queries of one
block, and what it finds is put together: the same numbers in less memory.
"""

from collections.abc import Callable, Mapping
from typing import Any

import keras
from keras import ops

from attention.layers.tensors import Tensor

Named = Mapping[str, Tensor | None]  # None: it is not there
Attend = Callable[..., Any]


def can_cut(steps: Any, size: int) -> bool:
    """Whether so many steps are more than one block, or may be: TensorFlow cuts unknown lengths."""
    if isinstance(steps, int):
        return steps > size
    return bool(keras.backend.backend() == "tensorflow")


def cut(x: Tensor, size: int, before: int = 0, after: int = 0) -> Tensor:
    """Cut steps into blocks, each with its neighbours; there are zeros where no step is.

    Four steps in two blocks, each with one step before it:

    >>> import numpy as np
    >>> np.array(cut(np.array([[1.0, 2.0, 3.0, 4.0]]), size=2, before=1)[:, 0]).tolist()
    [[0.0, 1.0, 2.0], [2.0, 3.0, 4.0]]

    Args:
        x: shape (batch, steps, …).
        size: steps of a block; zeros fill up the last one.
        before: how many of the steps before a block come with it, at most `size`.
        after: how many of those after it, at most `size`.

    Returns:
        Shape (blocks, batch, before + size + after, …); of no steps one block.
    """
    batch, steps, *rest = ops.shape(x)
    blocks = at_least_one(-(-steps // size))
    filling = ops.zeros((batch, blocks * size - steps, *rest), x.dtype)
    filled = ops.concatenate([x, filling], axis=1)
    each = ops.swapaxes(ops.reshape(filled, (batch, blocks, size, *rest)), 0, 1)
    if not isinstance(before + after, int) or before + after:
        nothing = ops.zeros_like(each[:1])
        earlier = ops.concatenate([nothing, each[:-1]], axis=0)[:, :, size - before :]
        later = ops.concatenate([each[1:], nothing], axis=0)[:, :, :after]
        each = ops.concatenate([earlier, each, later], axis=2)
    return each


def join(blocks: Tensor, steps: Any) -> Tensor:
    """Put blocks of queries together again.

    Args:
        blocks: shape (blocks, batch, …, queries of a block, last).
        steps: how many queries there are.

    Returns:
        Shape (batch, …, queries, last).
    """
    together = ops.moveaxis(blocks, 0, -3)
    *first, count, size, last = ops.shape(together)
    return ops.reshape(together, (*first, count * size, last))[..., :steps, :]


def in_blocks(attend: Attend, size: int, queries: Named, shared: Named) -> Any:
    """What `attend` finds for all queries, computed for one block of them after the other.

    Nothing of a block is kept for the gradient: it is computed once more when that needs it.

    Args:
        attend: takes what has the names below, and returns tensors (batch, …, queries, last).
        size: queries of a block.
        queries: tensors of shape (batch, queries, …), or with a batch of 1.
        shared: what every block gets whole.

    Source:
        Chen et al. 2016, arXiv:1604.06174.
    """
    queries = _given(queries)
    steps = ops.shape(next(iter(queries.values())))[1]
    blocks = {name: cut(one, size) for name, one in queries.items()}
    found = _one_by_one(attend, blocks, _given(shared))
    return keras.tree.map_structure(lambda one: join(one, steps), found)


def in_band(
    attend: Attend, size: int, past: int, ahead: int, queries: Named, keys: Named, shared: Named
) -> Any:
    """The same where a query sees a few keys before and after it: each block gets those alone.

    Args:
        attend: as above; it also takes `at`, the places of the queries among the keys of a block.
        size: queries of a block, at least `past` and `ahead`.
        past: how many keys before it a query may see.
        ahead: how many after it.
        queries: tensors of shape (batch, queries, …).
        keys: tensors of shape (batch, keys, …), with as many keys as queries; among them a mask,
            for a block at an end has neighbours that are not there.
        shared: what every block gets whole.
    """
    queries, keys = _given(queries), _given(keys)
    steps = ops.shape(next(iter(queries.values())))[1]
    blocks = {name: cut(one, size) for name, one in queries.items()}
    blocks |= {name: cut(one, size, past, ahead) for name, one in keys.items()}
    count, batch = ops.shape(next(iter(blocks.values())))[:2]
    flat = {
        name: ops.reshape(one, (count * batch, *ops.shape(one)[2:])) for name, one in blocks.items()
    }
    found = attend(**flat, **shared, at=ops.expand_dims(ops.arange(size) + past, 0))
    return keras.tree.map_structure(
        lambda one: join(ops.reshape(one, (count, batch, *ops.shape(one)[1:])), steps), found
    )


def _one_by_one(attend: Attend, blocks: Named, shared: Named) -> Any:
    """`attend` of each block, with the axis of the blocks in front."""
    names = [*blocks, *shared]

    def run(*tensors: Tensor) -> Any:
        return attend(**dict(zip(names, tensors, strict=True)))

    again = keras.remat(run)
    return ops.map(lambda block: again(*block, *shared.values()), tuple(blocks.values()))


def _given(tensors: Named) -> dict[str, Tensor]:
    """What is there; masks as numbers, for TensorFlow computes no boolean once more."""
    return {
        name: ops.cast(one, "int32")
        if keras.backend.standardize_dtype(one.dtype) == "bool"
        else one
        for name, one in tensors.items()
        if one is not None
    }


def at_least_one(count: Any) -> Any:
    """The count, or 1; known numbers stay what they are."""
    return max(count, 1) if isinstance(count, int) else ops.maximum(count, 1)


def at_most(count: int, most: Any) -> Any:
    """The smaller of both; known numbers stay what they are."""
    return min(count, most) if isinstance(most, int) else ops.minimum(count, most)
