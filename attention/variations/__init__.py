"""The gallery: every attention as one NumPy function of a few lines, in the same setting.

The functions stand in the order of teaching: `layer_asks.py`, `step_asks.py`, `many_and_few.py`.
The next one is a function and its entry `@variation(...)` in one of them. `python -m
attention.variations` prints all of them as a table.
"""

from types import MappingProxyType

# The imports fill the list: their order is the order of teaching.
# isort: off
from attention.variations import layer_asks, step_asks, many_and_few  # noqa: F401

# isort: on
from attention.variations import registry
from attention.variations.looking import Comparison, Look, compare, look
from attention.variations.registry import Variation
from attention.variations.setting import Setting

VARIATIONS = MappingProxyType(registry.VARIATIONS)

__all__ = [
    "VARIATIONS",
    "Comparison",
    "Look",
    "Setting",
    "Variation",
    "compare",
    "look",
]
