"""A challenge is done when it is reached by its rules, and only then."""

import pytest
from playing import address_at_rest, expect_done, fragment, go, notices, type_number
from playwright.sync_api import expect


@pytest.fixture(autouse=True)
def fear(desk):
    go(desk, "#lesson=fear")


@pytest.mark.every_engine
def test_a_solution_reaches_its_challenge_and_reset_takes_the_tick_away(desk):
    challenge = desk.get_by_test_id("challenge")  # all of them: golden/test_pairs.py
    expect_done(desk, False)
    expect(challenge).not_to_contain_text("done!")
    go(desk, "#lesson=love&w=0,0.5")
    expect_done(desk)
    expect(challenge).to_contain_text("done!")
    expect(notices(desk)).to_have_count(0)
    desk.get_by_test_id("reset").click()
    expect_done(desk, False)


def test_what_is_reached_against_a_rule_does_not_count_and_is_said(desk):
    challenge = desk.get_by_test_id("challenge")
    type_number(desk, "b-3", "100")
    assert float(desk.get_by_test_id("weight-3").get_attribute("data-value")) > 0.5
    expect_done(desk, False)
    expect(challenge).to_contain_text("Goal reached, but you changed: Biases b")
    desk.get_by_test_id("lang-ru").click()
    expect(challenge).to_contain_text("но изменилось то, что трогать нельзя: Смещения b")
    for slider, number in (("b-3", "-100"), ("b-0", "-50"), ("x-3-0", "220")):
        type_number(desk, slider, number)
    expect_done(desk)
    expect(challenge).not_to_contain_text("изменено")


def test_without_its_row_nothing_is_done(desk):
    desk.get_by_test_id("remove-row-3").click()
    type_number(desk, "x-2-0", "250")
    expect_done(desk, False)


def test_it_still_counts_when_another_row_is_gone_by_a_link_too(desk):
    desk.get_by_test_id("remove-row-0").click()
    expect_done(desk, False)
    type_number(desk, "x-2-0", "220")
    expect_done(desk)
    hash_ = address_at_rest(desk)
    go(desk)
    go(desk, f"#{hash_}")
    expect_done(desk)


def test_two_rows_of_one_name_are_not_taken_for_each_other(desk):
    go(desk, fragment(lesson="fear", rows="ghost 👻,dark alley,exam tomorrow,ghost 👻"))
    type_number(desk, "x-3-0", "220")
    expect_done(desk)
