"""What "two programs agree to 1e-6" means, stage by stage, of ordinary numbers and of huge ones.

1. **The same numbers.** Weights differ by at most 1e-6. Logits, scores and output differ by at most
   1e-6 of the largest number that goes into their sum (of 1, where all are smaller): of the largest
   product or bias for a logit, of the largest x for an output; a tanh is within ±1.
2. **Or within rounding.** Of products of 1e12 that cancel nobody knows the fourth decimal, and a
   temperature of 0.01 makes a hundred times more of it before exp sees it. Where two sums in
   another order may differ by more, they may: see `rounding`. Such scenes are counted, not dropped.
3. **Each stage follows from the one before**, with no such allowance: the program's own logits make
   its scores, these its weights, and these its output, to 1e-6 as above. So even where rounding
   decides who gets the attention, what was decided is carried out exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page
from random_scenes import Family
from twins import families_in_browser, family_in_keras, family_in_numpy

from attention import Trace, softmax

PROMISED = 1e-6


@dataclass(frozen=True)
class Held:
    """What was found, a number a scene.

    Attributes:
        apart: how far apart two programs are in each stage, of the size of its numbers.
        share: how much is used, at most, of what is allowed with rounding; above 1 it is broken.
        step: how far, at most, a stage is from what follows from the stage before.
        open: how far rounding may move a weight; near 1 it may decide alone.
    """

    apart: dict[str, NDArray]
    share: NDArray
    step: NDArray
    open: NDArray

    @property
    def outright(self) -> NDArray:
        """Whether the numbers are the same to 1e-6, in each scene."""
        return np.max([*self.apart.values()], axis=0) <= PROMISED

    @property
    def kept(self) -> NDArray:
        """Whether the promise is kept, in each scene."""
        return (self.outright | (self.share <= 1)) & (self.step <= PROMISED)


def pairs(page: Page, families: list[Family]) -> Iterator[tuple[str, str, Held]]:
    """Each pair of programs, its precision, and what was found in these scenes."""
    short = np.float32
    exact, rounded = ([family_in_numpy(one, dtype) for one in families] for dtype in (float, short))
    browser = families_in_browser(page, families)
    yield "browser and NumPy", "float64", hold(families, browser, exact)
    keras = map(family_in_keras, families)
    yield "Keras and NumPy", "float64", hold(families, keras, exact)
    keras = (family_in_keras(family, "float32") for family in families)
    yield "Keras and NumPy", "float32", hold(families, keras, rounded, short)
    yield "NumPy and NumPy", "float32 and float64", hold(families, rounded, exact, short)


def hold(
    families: list[Family],
    found: Iterable[Trace],
    expected: Iterable[Trace],
    dtype: type = np.float64,
) -> Held:
    """Hold what one program found to what another did; `dtype` is the less exact of theirs."""
    eps = float(np.finfo(dtype).eps)
    each = [_hold(*one, eps) for one in zip(families, found, expected, strict=True)]
    join = lambda name: np.concatenate([getattr(one, name) for one in each])  # noqa: E731
    stages = each[0].apart
    apart = {stage: np.concatenate([one.apart[stage] for one in each]) for stage in stages}
    return Held(apart, join("share"), join("step"), join("open"))


def _hold(family: Family, found: Trace, expected: Trace, eps: float) -> Held:
    sizes, tolerance = _sizes(family), rounding(family, expected, eps)
    apart, share = {}, []
    for stage, size in vars(sizes).items():
        one, other = (np.asarray(getattr(trace, stage), float) for trace in (found, expected))
        assert one.shape == other.shape, (stage, one.shape, other.shape)
        # What is no number is farthest of all.
        difference = np.nan_to_num(np.abs(one - other), nan=np.inf, posinf=np.inf)
        apart[stage] = (difference / size).max(axis=-1)
        share.append((difference / (PROMISED * size + getattr(tolerance, stage))).max(axis=-1))
    return Held(apart, np.max(share, axis=0), _steps(family, found, sizes), tolerance.weights[:, 0])


def rounding(family: Family, trace: Trace, eps: float) -> Trace:
    """How far apart rounding alone can bring two correct programs, as `attention.precision` has it.

    Sums of n products in another order differ by n·eps of what their sizes sum to (Higham 2002,
    section 3.1). If no visible score moves by more than d, no share moves by more than
    tanh(d / temperature / 2), and no mean of a column by more than that part of its range.
    """
    terms = _terms(family)
    logits = (terms.shape[-1] + 4) * eps * terms.sum(axis=-1)
    scores = logits / family.root
    if family.has_tanh:  # next to nothing where it is flat, but for the last bits of tanh itself
        at = np.asarray(trace.logits, float)
        scores = np.tanh(at + logits) - np.tanh(at - logits) + 4 * eps * np.abs(np.tanh(at))
    visible = scores.max(axis=-1, where=family.shown, initial=0, keepdims=True)
    moved = np.tanh(visible / family.temperature / 2)
    reach = np.abs(family.x[..., 0]) if family.kind == "gate" else np.ptp(family.x, axis=1)
    return Trace(logits, scores, moved, moved * reach)


def _terms(family: Family) -> NDArray:
    """The sizes of all that is added up for each logit, (scenes, steps, terms)."""
    x = family.x
    if family.kind == "gate":  # from every visible step to every step
        terms = np.where(family.shown, x[..., 0], 0)[:, None, :] * family.w.T
    else:
        terms = x * (family.w if family.kind == "attention" else family.query[:, None, :])
    if family.b is not None and family.kind in ("attention", "gate"):
        bias = np.broadcast_to(family.b, x.shape[:2])[..., None]
        terms = np.concatenate([terms, bias], axis=-1)
    return np.abs(terms)


def _sizes(family: Family) -> Trace:
    """The largest number that goes into each number of a stage; at least 1."""
    logits = np.maximum(1, _terms(family).max(axis=-1))
    scores = np.ones_like(logits) if family.has_tanh else np.maximum(1, logits / family.root)
    x = np.abs(family.x)
    output = np.maximum(1, x[..., 0] if family.kind == "gate" else x.max(axis=1))
    return Trace(logits, scores, np.ones_like(logits), output)


def _steps(family: Family, found: Trace, sizes: Trace) -> NDArray:
    """How far, at most, each stage of a scene is from what its own stage before makes of it."""
    logits, scores, weights, output = (np.asarray(one, float) for one in vars(found).values())
    follow = np.tanh(logits) if family.has_tanh else logits / family.root
    follows = softmax(np.nan_to_num(scores), family.mask, temperature=family.temperature)
    if family.kind == "gate":
        gathered = weights * family.x[..., 0]
    else:
        gathered = (weights[..., None] * family.x).sum(axis=1)
    apart = [
        np.abs(scores - follow) / sizes.scores,
        np.abs(weights - follows),
        np.abs(output - gathered) / sizes.output,
    ]
    hidden = np.where(family.shown, 0, weights) > 0  # not even a little
    return np.where(hidden.any(axis=1), np.inf, np.max([one.max(axis=1) for one in apart], axis=0))
