"""No small mistake in the core goes unnoticed: each changed operator, number or line fails a test.

`python tests/benchmarks/mutants.py` prints the same as a table, and `--all` who notices what.
"""

from __future__ import annotations

from random import Random

import pytest
from effort import many
from killing import MODULES, killer, mutants_of

SEED = 20  # of the fourth of them that is tried each time
COMMUTES = "a·b is b·a, to the last bit"
# What would be the same program: function, statement and what would stand there; and why.
EQUIVALENT = {
    "checks": {
        (
            "numbers: if array.dtype.kind not in 'fiub': → if array.dtype.kind not in 'fiub~':"
        ): "NumPy has no kind of that letter",
        (
            "numbers: if array.ndim < axes or array.size == 0: → "
            "if array.ndim < axes or array.size <= 0:"
        ): "no size is below 0",
        (
            "module: def numbers(name: str, values: ArrayLike, shape: str, axes: int=0, "
            "dtype: DTypeLike | None=None) -> NDArray: → "
            "def numbers(name: str, values: ArrayLike, shape: str, axes: int=-1, "
            "dtype: DTypeLike | None=None) -> NDArray:"
        ): "nothing has fewer than 0 axes, nor fewer than −1",
        (
            "module: def numbers(name: str, values: ArrayLike, shape: str, axes: int=0, "
            "dtype: DTypeLike | None=None) -> NDArray: → "
            "def numbers(name: str, values: ArrayLike, shape: str, axes: int=0, "
            "dtype: DTypeLike | None=0) -> NDArray:"
        ): "`dtype or …` takes 0 for None",
        ("finite: if good.all(): → pass"): "a way round what would change nothing",
        (
            "positive: if not 0 < number < np.inf: → if not 0 < number != np.inf:"
        ): "no number is above infinity",
    },
    "core": {
        ("softmax: total = _dot(exps, 1)[..., None] → total = _dot(1, exps)[..., None]"): COMMUTES,
        (
            "softmax: return exps / np.where(total > 0, total, 1) → "
            "return exps / np.where(total != 0, total, 1)"
        ): "no sum of exps is below 0",
        (
            "softmax: return exps / np.where(total > 0, total, 1) → "
            "return exps / np.where(total > 1, total, 1)"
        ): "the highest visible score gives exp(0) = 1, so that no sum is between 0 and 1",
        (
            "softmax: return exps / np.where(total > 0, total, 1) → "
            "return exps / np.where(total > 0, total, 2)"
        ): "where the sum is 0, so is every exp",
        (
            "attend: logits = _dot(x, checks.shaped('w', w, x.shape[-1:], 'one weight a feature', "
            "x.dtype)) → "
            "logits = _dot(checks.shaped('w', w, x.shape[-1:], 'one weight a feature', x.dtype), x)"
        ): COMMUTES,
        (
            "gate: logits = _dot(x[..., None, :], w.T) → logits = _dot(w.T, x[..., None, :])"
        ): COMMUTES,
        (
            "dot_product: shape = (*batch, features) if query.ndim > 1 else (features,) → "
            "shape = (*batch, features) if query.ndim != 1 else (features,)"
        ): "a query without an axis has been refused before",
        (
            "dot_product: logits = _dot(x, query[..., None, :]) → "
            "logits = _dot(query[..., None, :], x)"
        ): COMMUTES,
        (
            "_look: output = _dot(weights[..., None, :], np.swapaxes(x, -1, -2)) → "
            "output = _dot(np.swapaxes(x, -1, -2), weights[..., None, :])"
        ): COMMUTES,
        (
            "_look: output = _dot(weights[..., None, :], np.swapaxes(x, -1, -2)) → "
            "output = _dot(weights[..., None, :], np.swapaxes(x, -2, -1))"
        ): "to swap two axes is to swap them the other way round",
        (
            "_exponentials: below = visible - np.where(np.isfinite(highest), highest, 0) → "
            "below = visible - np.where(np.isfinite(highest), highest, 1)"
        ): "−∞ less 1 is −∞, as it is less 0",
        (
            "_exponentials: below = visible - np.where(np.isfinite(highest), highest, 0) → "
            "below = visible - np.where(np.isfinite(highest), highest, -1)"
        ): "the same",
    },
}


# The same of checks.py is in the table.
@pytest.mark.parametrize(("module", "at_least"), [("core", 500)])
@pytest.mark.filterwarnings("ignore")  # many a mistake divides by 0
def test_every_mistake_is_noticed_but_those_that_change_nothing(module, at_least):
    mutants = mutants_of(module)
    assert len(mutants) >= at_least
    tried = Random(SEED).sample(mutants, many(len(mutants) // 4, len(mutants)))
    unnoticed = {one.name for one in tried if killer(module, one.code) is None}
    assert unnoticed == EQUIVALENT[module].keys() & {one.name for one in tried}


@pytest.mark.parametrize("module", ["checks", "core"])
def test_without_a_mistake_nothing_fails(module):
    text = MODULES[module].read_text("utf-8")
    assert killer(module, compile(text, str(MODULES[module]), "exec")) is None
