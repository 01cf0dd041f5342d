"""Nobody waits for all that somebody else has asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from attention.fairness import Visitor, address_of, in_turn

VISITORS = st.builds(Visitor, st.sampled_from("ABC"), st.sampled_from("xyz"))


def itself(visitor: Visitor) -> Visitor:
    return visitor


@given(st.lists(VISITORS, max_size=12), st.lists(VISITORS, max_size=3))
def test_everybody_is_served_once_and_each_in_the_order_in_which_they_came(waiting, running):
    numbered = list(enumerate(waiting))
    served = in_turn(numbered, lambda one: one[1], running)
    assert sorted(served) == numbered
    for visitor in set(waiting):
        own = [number for number, one in served if one == visitor]
        assert own == sorted(own)


@given(st.lists(VISITORS, max_size=12), st.lists(VISITORS, max_size=3))
def test_no_address_has_two_turns_while_another_waits_for_its_first(waiting, running):
    served = in_turn(waiting, itself, running)
    for at, visitor in enumerate(served):
        turns = [*running, *served[:at]]
        had = [one.address for one in turns].count(visitor.address)
        fewest = min([one.address for one in turns].count(one.address) for one in served[at:])
        assert had == fewest


@given(st.lists(VISITORS, max_size=12))
def test_at_one_address_no_session_has_two_turns_while_another_waits_for_its_first(waiting):
    served = in_turn(waiting, itself)
    for at, visitor in enumerate(served):
        others = [one for one in served[at:] if one.address == visitor.address]
        fewest = min(served[:at].count(one) for one in others)
        assert served[:at].count(visitor) == fewest


def test_who_comes_after_sixty_requests_of_another_is_next():
    many, one = [Visitor("A", str(n)) for n in range(60)], Visitor("B", "x")
    assert in_turn([*many, one], itself, running=many[:2])[0] == one


@given(st.lists(VISITORS, min_size=1, max_size=12), st.lists(VISITORS, max_size=9))
def test_where_one_is_served_at_a_time_the_address_comes_whose_turn_is_longest_ago(waiting, served):
    past = [one.address for one in served]
    ago = {address: past[::-1].index(address) if address in past else 99 for address in "ABC"}
    first = in_turn(waiting, itself, served=served)[0]
    assert ago[first.address] == max(ago[one.address] for one in waiting)


def test_a_household_with_ipv6_is_one_address():
    assert address_of("2001:db8::1") == address_of("2001:db8::2") != address_of("2001:db8:0:1::1")
    assert address_of("::ffff:192.0.2.7") == "192.0.2.7"
