"""Who asks, and whose turn it is: one visitor never waits for all that another has asked for.

A visitor is a session at an address. A class often has one address, and a session is quickly made
anew; so turns go round the addresses first, and at each address round its sessions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from ipaddress import IPv6Address, ip_address
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Visitor(NamedTuple):
    """Who asks.

    Attributes:
        address: one computer, or a network of computers behind one address.
        session: what an open page calls itself.
    """

    address: str = ""
    session: str = ""


REMEMBERED = 1_000  # turns

NOBODY = Visitor()

# Of the request that is being answered, in the thread too that answers it.
present: ContextVar[Visitor] = ContextVar("present", default=NOBODY)


def address_of(host: str) -> str:
    """What one visitor cannot easily change: of IPv6 the network, which a household has to itself.

    >>> address_of("192.0.2.7"), address_of("2001:db8:1:2:3:4:5:6"), address_of("a socket")
    ('192.0.2.7', '2001:db8:1:2::', 'a socket')
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> 64 << 64))
    return host


def in_turn(
    waiting: Iterable[T],
    visitor_of: Callable[[T], Visitor],
    running: Iterable[Visitor] = (),
    served: Iterable[Visitor] = (),
) -> list[T]:
    """What waits, oldest first, in the order in which it is served.

    Each address has its first turn before any has its second, and at each address each session has.
    What runs counts as a turn. Among equals, the one comes first whose last turn is longest ago.

    >>> def order(waiting, running=(), served=()):
    ...     return "".join(in_turn(waiting, lambda one: Visitor(one.upper(), one), running, served))
    >>> a = Visitor("A", "a")
    >>> order("aaab"), order("aaAb"), order("ab", running=[a]), order("ab", served=[a])
    ('abaa', 'abAa', 'ba', 'ba')

    Args:
        waiting: oldest first.
        visitor_of: who waits for it.
        running: for whom something is being done.
        served: who has had a turn, in that order.
    """
    running, served = list(running), list(served)
    sessions, addresses = Counter(running), Counter(visitor.address for visitor in running)
    last = {visitor: turn for turn, visitor in enumerate(served, start=1)}
    last_at = {visitor.address: turn for turn, visitor in enumerate(served, start=1)}
    by_address: defaultdict[str, list[tuple[int, int, int, T]]] = defaultdict(list)
    for arrival, one in enumerate(waiting):
        visitor = visitor_of(one)
        own = by_address[visitor.address]
        own.append((sessions[visitor], last.get(visitor, 0), arrival, one))
        sessions[visitor] += 1
    turns = []
    for address, own in by_address.items():
        before, ago = addresses[address], last_at.get(address, 0)
        for turn, (*_, arrival, one) in enumerate(sorted(own, key=_by_turn), start=before):
            turns.append((turn, ago, arrival, one))
    return [one for *_, one in sorted(turns, key=_by_turn)]


def _by_turn(each: tuple[int, int, int, object]) -> tuple[int, ...]:
    return each[:3]
