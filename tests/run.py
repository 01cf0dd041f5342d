"""Run every check on a machine that has nothing but Python 3.11 to 3.13: `python3 tests/run.py`.

It makes the virtual environment `.venv`, installs the requirements, finds or installs Chromium and
Firefox, and then runs ruff, mypy, TypeScript's checker and pytest. Words after the command go to
pytest: `python3 tests/run.py -k mask`.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NO_TEST = 5  # as pytest says that it has found none
# Elsewhere nothing is marked for every engine.
QUICK = ["-n", "2", *(f"--ignore={part}" for part in ("attention", "tests/layers", "tests/unit"))]
TORCH = "torch==2.13.0"  # in a step of its own: uv would replace a build for the CPU alone
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def run(*command: str) -> int:
    """Run one command with the environment's Python; 0 if it went well."""
    print("+ python", *command, flush=True)
    return subprocess.run([PYTHON, *command], cwd=ROOT).returncode


def step(*command: str) -> None:
    """Run one command, and stop here if it fails."""
    if code := run(*command):
        sys.exit(code)


def install() -> None:
    """Install the requirements with uv, on all cores; where uv cannot, pip does it."""
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    uv = ("-m", "uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON))
    wanted = ("-r", "requirements.txt", "-r", "tests/requirements.txt")
    if run(*pip, "uv==0.13.9") or run(*uv, *wanted):
        step(*pip, *wanted)
    # By pip, which also takes a build for the CPU alone that is there already; its index has it.
    step(*pip, TORCH)


def check(*words: str) -> int:
    """Run pytest; 0 if it went well.

    With more workers than cores, because half of the time a browser test waits; a file stays with
    one.
    """
    return run("-m", "pytest", "-n", "3", "--dist", "loadfile", *words)


def main() -> None:
    """Set up, then check."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        sys.exit(f"Python 3.11 to 3.13 is needed; this is {sys.version.split()[0]}")
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    install()
    step(
        "-c",
        "import sys; sys.path.insert(0, 'tests'); import find_browser, nginx, valkey, webkit; "
        "find_browser.get_browsers(); webkit.get_webkit(); nginx.get_nginx(); valkey.get_valkey()",
    )
    step("-m", "ruff", "check", ".")
    step("-m", "ruff", "format", "--check", ".")
    # While pytest begins.
    checkers = [
        subprocess.Popen([PYTHON, *command], cwd=ROOT)
        for command in (["-m", "mypy"], ["tests/typescript.py"])
    ]
    codes = [check(*sys.argv[1:])]
    if not any(word.startswith("--engine") for word in sys.argv):
        words = [] if "--all" in sys.argv else QUICK
        code = check("--engine=firefox", *words, *sys.argv[1:])
        codes.append(0 if code == NO_TEST else code)  # what was asked for may need no browser
    codes += [one.wait() for one in checkers]
    sys.exit(max(map(abs, codes)))


if __name__ == "__main__":
    main()
