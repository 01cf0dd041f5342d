"""Random scenes by the ten thousand: every kind and size, ordinary numbers and the page's limits.

A layer of Keras has one `w`, one `b` and one temperature for all that it is given at once. So
scenes come in families of twenty that share these; x, query and mask are each scene's own. One
family is one call of NumPy and one of Keras, which is what makes ten thousand cheap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
from effort import many
from numpy.random import Generator
from numpy.typing import NDArray

from attention.scene import (
    COLDEST,
    HOTTEST,
    LARGEST_NUMBER,
    MOST_COLUMNS,
    MOST_ROWS,
    Activation,
    Kind,
)

SEED, MANY, TOGETHER = 1512, many(2_500, 10_000), 20
SIZES = (1, 10, 100, LARGEST_NUMBER)
# Self-attention has more arguments, and a test of its own: golden/test_self_attention_twins.py.
KINDS = [kind for kind in get_args(Kind) if kind != "self_attention"]


@dataclass(frozen=True)
class Family:
    """Twenty scenes that one layer computes at once.

    Attributes:
        kind: as in a `Scene`; so are activation and temperature.
        x: (scenes, steps, features); a gate has one feature.
        w: (features,), for a gate (steps, steps); the dot products do without.
        b: (steps,), or None.
        query: (scenes, features), what the dot products compare with.
        mask: (scenes, steps), True is visible; None: all are.
    """

    kind: Kind
    x: NDArray
    w: NDArray
    b: NDArray | None
    query: NDArray
    mask: NDArray | None
    activation: Activation
    temperature: float

    @property
    def has_tanh(self) -> bool:
        """Whether the scores are the tanh of the logits."""
        return self.kind == "attention" and self.activation == "tanh"

    @property
    def root(self) -> float:
        """What the logits are divided by."""
        return np.sqrt(self.x.shape[-1]) if self.kind == "scaled_dot_product" else 1.0

    @property
    def shown(self) -> NDArray:
        """Which steps are visible, (scenes, steps)."""
        return np.ones(self.x.shape[:2], bool) if self.mask is None else self.mask


def families(scenes: int = MANY, seed: int = SEED) -> list[Family]:
    """So many random scenes, the same for the same seed."""
    random = np.random.default_rng(seed)
    return [_family(random) for _ in range(scenes // TOGETHER)]


def _family(random: Generator) -> Family:
    kind = str(random.choice(KINDS))
    steps = int(random.integers(1, MOST_ROWS + 1))
    features = 1 if kind == "gate" else int(random.integers(1, MOST_COLUMNS + 1))
    x = _numbers(random, TOGETHER, steps, features)
    w = _numbers(random, *((steps, steps) if kind == "gate" else (features,)))
    query = _numbers(random, TOGETHER, features)
    if random.random() < 0.1:  # a tie: the first and the last step are alike
        x[:, -1] = x[:, 0]
    if random.random() < 0.1:  # a tie on paper: the same products, added in another order
        x = random.permuted(np.repeat(x[:, :1], steps, axis=1), axis=2)
        w[:], query[:] = w.flat[0], query[:, :1]
    return Family(
        kind=kind,
        x=x,
        w=w,
        b=_numbers(random, steps) if random.random() < 0.6 else None,
        query=query,
        mask=_masks(random, steps) if random.random() < 0.6 else None,
        activation=str(random.choice(get_args(Activation))),
        temperature=_temperature(random),
    )


def _numbers(random: Generator, *shape: int) -> NDArray:
    """Numbers of one size, a fifth of them special: 0, −0, ±1 and the ends of what is allowed."""
    largest = float(random.choice(SIZES))
    special = random.choice([0.0, -0.0, 1.0, -1.0, largest, -largest], shape)
    return np.where(random.random(shape) < 0.2, special, random.uniform(-largest, largest, shape))


def _masks(random: Generator, steps: int) -> NDArray:
    """Any masks, one of them showing nothing and one everything."""
    masks = random.random((TOGETHER, steps)) < random.choice([0.2, 0.5, 0.9])
    masks[0], masks[1] = False, True
    return masks


def _temperature(random: Generator) -> float:
    """Half of them 1, where the article's ε counts, or an end; the others anywhere between."""
    if random.random() < 0.5:
        return float(random.choice([1, 1, COLDEST, HOTTEST]))
    return float(10 ** random.uniform(np.log10(COLDEST), np.log10(HOTTEST)))
