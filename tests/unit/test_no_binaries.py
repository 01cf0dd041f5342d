"""The tree is text alone: the Hub refuses a push with other files, however small."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 1_000_000  # bytes
BINARIES: set[str] = set()  # that may be there all the same
GIT_LOOKS_AT = 8_000  # bytes, for a zero among them
HOOK = """#!/bin/sh
nothing=$(git hash-object -t tree /dev/null)
while read -r old new ref; do
    git diff --numstat "$nothing" "$new" | grep '^-' && exit 1
done
exit 0
"""


def git(*words: str, cwd: Path, **environment: str) -> str:
    who = {
        f"GIT_{one}_{part}": "test" for one in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")
    }
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *words],
        cwd=cwd,
        env=kept | who | alone | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def pushing(tmp_path_factory):
    """`pushing(folder)`: a push of its files, in one commit, to where no binary file may come."""

    def push(folder: Path) -> list[str]:
        place = tmp_path_factory.mktemp("push")
        git("init", "--quiet", "--bare", "hub.git", cwd=place)
        hook = place / "hub.git/hooks/pre-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(HOOK)
        hook.chmod(0o755)
        git("init", "--quiet", "own", cwd=place)
        here = {"GIT_DIR": str(place / "own/.git"), "GIT_WORK_TREE": str(folder)}
        git("add", "--all", cwd=folder, **here)
        git("commit", "--quiet", "--message", "all", cwd=folder, **here)
        git("push", "--quiet", str(place / "hub.git"), "HEAD:main", cwd=folder, **here)
        return git("ls-tree", "-r", "--name-only", "main", cwd=place / "hub.git").splitlines()

    return push


@pytest.fixture(scope="module")
def pushed(pushing) -> list[str]:
    return pushing(ROOT)


def test_the_hub_takes_a_plain_push_of_all_files(pushed):
    assert {"app.py", "README.md", "requirements.txt", "assets/page.svg"} <= set(pushed)


def test_a_push_with_a_binary_file_would_be_refused(pushing, tmp_path):
    (tmp_path / "numbers.npz").write_bytes(b"PK\0\1")
    with pytest.raises(subprocess.CalledProcessError) as error:
        pushing(tmp_path)
    assert "pre-receive hook declined" in error.value.stderr


def test_no_file_is_binary_or_larger_than_a_megabyte(pushed):
    found = {name: (ROOT / name).read_bytes() for name in pushed if (ROOT / name).is_file()}
    assert {name for name, held in found.items() if b"\0" in held[:GIT_LOOKS_AT]} == BINARIES
    assert not [name for name, held in found.items() if len(held) > LARGEST]


def test_a_clone_needs_no_git_lfs():
    attributes = ROOT / ".gitattributes"
    assert "filter=" not in attributes.read_text("utf-8")
