"""Find nginx for the tests with several copies of the page, or get it."""

from __future__ import annotations

import os
import shutil
import subprocess

PLACES = os.pathsep.join(["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"])


def find_nginx() -> str | None:
    """The system's nginx; None: there is none."""
    return shutil.which("nginx") or shutil.which("nginx", path=PLACES)


def get_nginx() -> str:
    """The system's nginx, or Debian's, installed now.

    Raises:
        RuntimeError: there is none, and it cannot be installed.
    """
    if not find_nginx() and shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        for command in (["update"], ["install", "--no-install-recommends", "nginx"]):
            if not sudo or shutil.which("sudo"):
                subprocess.run(
                    [
                        *sudo,
                        "env",
                        "DEBIAN_FRONTEND=noninteractive",
                        "apt-get",
                        "-y",
                        "-qq",
                        *command,
                    ],
                    check=False,
                    stdout=subprocess.DEVNULL,
                )
    found = find_nginx()
    if not found:
        raise RuntimeError("nginx is needed: install the package nginx")
    return found
