"""A port for a server of one's own."""

from __future__ import annotations

import socket


def free_port() -> int:
    """A port that nobody listens on; who asks the system next is given another one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
