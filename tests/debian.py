"""Programs that the tests need beside Python's, asked of Debian or Ubuntu."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(*packages: str) -> None:
    """Install packages as root, or as somebody who may be it; elsewhere do nothing."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid"):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not shutil.which("sudo"):
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--no-install-recommends", *packages]):
        call = [*sudo, "apt-get", "-y", "-qq", *command]
        subprocess.run(call, check=False, stdout=subprocess.DEVNULL, env=environment)
