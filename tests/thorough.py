"""How much of what is tried at random is tried each time: `THOROUGH=1` tries all of it.

`python tests/benchmarks/thorough.py` does, and prints how many there were of each.
"""

from __future__ import annotations

import os

THOROUGH = os.environ.get("THOROUGH") == "1"


def share(whole: int, fraction: int = 4) -> int:
    """So many, or a fraction of them where there is little time."""
    return whole if THOROUGH else whole // fraction
