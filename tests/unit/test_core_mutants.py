"""No small mistake in the core goes unnoticed."""

import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parents[1] / "benchmarks/mutants.py"


@pytest.mark.slow
def test_every_mutant_of_the_core_fails_a_test_or_is_the_same_program():
    done = subprocess.run([sys.executable, COMMAND], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
