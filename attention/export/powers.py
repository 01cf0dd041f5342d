"""exp on paper, as the page writes it: see `assets/page/core/softmax-steps.js`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attention.numbers import as_read, fixed_number
from attention.scene import Scene

LARGEST_POWER = 12  # of e, that one can read


def is_plain_exp(scene: Scene) -> bool:
    """Whether exp is that of the score itself: as long as it is a number that one can read."""
    scores = scene.trace().scores[scene.seen]
    return bool(np.all(np.abs(scores / scene.temperature) < LARGEST_POWER))


def exponentials_as_written(scene: Scene) -> NDArray:
    """Exp of each score, or of what it is less than the highest; 0 for a row that is not seen."""
    scores, shown = scene.trace().scores, np.array(scene.seen)
    if not shown.any():
        return np.zeros(len(scores))
    less = 0 if is_plain_exp(scene) else scores[shown].max()
    with np.errstate(over="ignore"):  # of a hidden row
        return np.where(shown, np.exp((scores - less) / scene.temperature), 0)


def written_exp(exp: float, mark: str = ".") -> str:
    """Three decimals, or a power of ten.

    >>> [written_exp(exp) for exp in (1, 2980.958, 162754.79, 0.0001, 0)]
    ['1.000', '2981.0', '1.6·10⁵', '1.0·10⁻⁴', '0.000']
    """
    return as_read(f"{exp:.1e}", mark) if 0 < exp < 0.001 else fixed_number(exp, 3, mark)
