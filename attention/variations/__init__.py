"""The gallery: every attention as one NumPy function of a few lines, in the same setting.

The functions stand in the order of teaching: `layer_asks.py`, `step_asks.py`, `many_and_few.py`,
and then every other module of this folder. The next one is a function and its entry
`@variation(...)` in one of them, or in a new one. `python -m attention.variations` prints all of
them as a table.
"""

from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from attention.variations import registry
from attention.variations.registry import Variation
from attention.variations.result import Comparison, Result, apply, compare
from attention.variations.setting import Setting

# The imports fill the list, in this order.
_FIRST = ("layer_asks", "step_asks", "many_and_few")
for _name in (*_FIRST, *sorted(file.stem for file in Path(__file__).parent.glob("[!_]*.py"))):
    import_module(f"{__name__}.{_name}")

VARIATIONS = MappingProxyType(registry.VARIATIONS)

__all__ = [
    "VARIATIONS",
    "Comparison",
    "Result",
    "Setting",
    "Variation",
    "apply",
    "compare",
]
