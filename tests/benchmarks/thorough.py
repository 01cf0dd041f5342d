"""Try all that is random, 10,000 of each kind: `python tests/benchmarks/thorough.py`.

The tests try a fourth of it each time. Prints a line for each, with its seconds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RANDOM = "hostile or random_scenes or test_shares or mutants"


def main() -> None:
    """Run them, one after the other."""
    told = ["-k", RANDOM, "-v", "--no-header", "--durations=0", "--durations-min=1"]
    command = [sys.executable, "-m", "pytest", *told]
    sys.exit(subprocess.run(command, cwd=ROOT, env=os.environ | {"THOROUGH": "1"}).returncode)


if __name__ == "__main__":
    main()
