"""Print which small mistakes in the core no test notices: `python tests/benchmarks/mutants.py`.

Every operator, number, word and line of `attention/core.py` and `attention/checks.py`, changed one
at a time. Survivors are listed with their lines, and make the command fail unless
`tests/unit/test_core_mutants.py` says why nobody could notice. `--all` lists who killed which.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS), str(TESTS / "unit")]

from killing import MODULES, killer, mutants_of  # noqa: E402
from test_core_mutants import EQUIVALENT  # noqa: E402


def main() -> int:
    """Try every mutant, print one table, and what survived."""
    survivors, told = [], []
    print("| module | mutants | killed | the same in effect | survived | seconds |")
    print("| --- | --- | --- | --- | --- | --- |")
    for module in MODULES:
        start, mutants = time.process_time(), mutants_of(module)
        killers = {mutant: killer(module, mutant.code) for mutant in mutants}
        alive = [mutant for mutant, by in killers.items() if by is None]
        same = [mutant for mutant in alive if mutant.name in EQUIVALENT[module]]
        survivors += [(module, mutant) for mutant in alive if mutant not in same]
        counts = (len(mutants), len(mutants) - len(alive), len(same), len(alive) - len(same))
        seconds = f"{time.process_time() - start:.1f}"
        print(f"| {module}.py | {' | '.join(map(str, counts))} | {seconds} |", flush=True)
        told += [f"{module}.py:{one.line} {one.name}: {by}" for one, by in killers.items()]
    for module, mutant in survivors:
        print(f"survived: {module}.py:{mutant.line} {mutant.name}")
    if "--all" in sys.argv:
        print(*told, sep="\n")
        print(Counter(line.rsplit(": ", 1)[1] for line in told))
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
