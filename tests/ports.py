"""A port for a server of one's own."""

from __future__ import annotations

import random
import socket

# Below the ports that systems lend to outgoing connections (from 32768 on Linux, 49152 elsewhere):
# one of those may be lent away before the server listens on it.
PORTS = range(20_000, 32_000)


def free_port() -> int:
    """A port that nobody uses; another process that asks at the same moment is given another one.

    Raises:
        OSError: there is none.
    """
    # The system's randomness: a test's seed would give every process the same ports.
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"every port from {PORTS.start} to {PORTS.stop - 1} is taken")
