"""Print which small mistakes in the core no test notices: `python tests/benchmarks/mutants.py`.

mutmut changes every operator, number, word and argument of `attention/core.py` and
`attention/checks.py`, one at a time, in a copy of the project. Survivors make the command fail,
unless it is known why nobody could notice.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# mutmut reads it from setup.cfg. Only tests that need neither the page nor Keras, and the examples.
SETUP = """\
[mutmut]
source_paths = attention
only_mutate =
    attention/core.py
    attention/checks.py
also_copy = assets
pytest_add_cli_args =
    --noconftest
    --doctest-modules
pytest_add_cli_args_test_selection =
    tests/unit/test_core.py
    tests/unit/test_core_errors.py
    tests/unit/test_self_attention.py
    tests/golden/test_self_attention_twins.py
    tests/golden/test_golden.py
    attention/core.py
    -k
    not browser and not keras
[tool:pytest]
pythonpath = . tests
"""
# What is the same program: (as it is, as it would be), and why.
EQUIVALENT = {
    (
        "return exps / np.where(total > 0, total, 1)",
        "return exps / np.where(total > 1, total, 1)",
    ): "the highest visible score gives exp(0) = 1, so that no sum is between 0 and 1",
    (
        "return exps / np.where(total > 0, total, 1)",
        "return exps / np.where(total > 0, total, 2)",
    ): "where the sum is 0, so is every exp",
    (
        "below = visible - np.where(np.isfinite(highest), highest, 0)",
        "below = visible - np.where(np.isfinite(highest), highest, 1)",
    ): "−∞ less 1 is −∞, as it is less 0",
    (
        'if array.dtype.kind not in "fiub":',
        'if array.dtype.kind not in "XXfiubXX":',
    ): "NumPy has no kind of that letter",
}


def main() -> int:
    """Try every mutant; 1 if one survives that is another program."""
    with tempfile.TemporaryDirectory() as folder:

        def mutmut(*words: str) -> str:
            command = [sys.executable, "-m", "mutmut", *words]
            return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout

        for part in ("attention", "assets", "tests"):
            shutil.copytree(ROOT / part, Path(folder, part))
        Path(folder, "setup.cfg").write_text(SETUP, "utf-8")
        log = mutmut("run", "--max-children", "2")
        mutmut("export-cicd-stats")
        stats = Path(folder, "mutants/mutmut-cicd-stats.json")
        found = json.loads(stats.read_text("utf-8")) if stats.exists() else {"killed": 0}
        if not found["killed"]:  # without a mutant the tests fail, or do not start
            sys.exit(log.rpartition("\r")[2][-5_000:])
        names = re.findall(r"(\S+): (?!killed|timeout)", mutmut("results"))
        changes = {name: changed_lines(mutmut("show", name)) for name in names}
    survivors = {name: lines for name, lines in changes.items() if lines not in EQUIVALENT}
    print("| mutants | killed | the same program | survived |\n| --- | --- | --- | --- |")
    killed = found["killed"] + found["timeout"]
    print(f"| {found['total']} | {killed} ", end="")
    print(f"| {len(changes) - len(survivors)} | {len(survivors)} |")
    for name, lines in survivors.items():
        print(name, *lines, sep="\n    ")
    return int(bool(survivors))


def changed_lines(diff: str) -> tuple[str, ...]:
    """What a line was, and what it has become."""
    return tuple(line.strip() for line in re.findall(r"(?m)^[-+](?![-+])(.*)", diff))


if __name__ == "__main__":
    sys.exit(main())
