"""Print every figure of speed, load and trust, a table after the other: `python tests/benchmarks`.

Each table is a command of its own too. The last line counts those that found a promise broken.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
TABLES = (
    "page",
    "drag",
    "keystrokes",
    "load",
    "classroom",
    "bystander",
    "copies",
    "same_numbers",
    "mutants",
    "agreement",
    "layers",
    "long_sequences",
)


def main() -> None:
    """Run them in turn: each has the machine to itself."""
    broken = []
    for name in TABLES:
        print(f"\n## {name}.py\n", flush=True)
        if subprocess.run([sys.executable, HERE / f"{name}.py"]).returncode:
            broken.append(name)
    print(f"\nPromises broken in {len(broken)} of {len(TABLES)} tables: {', '.join(broken) or '-'}")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
