"""A challenge is done when it is reached by its rules, and only then."""

import pytest
from playing import address_at_rest, drag, fragment, go, type_number
from playwright.sync_api import expect

from attention.lessons import load_lessons

LESSONS = load_lessons()[0]


def as_text(key, value):
    if key == "mask":
        return "".join(str(int(shown)) for shown in value)
    rows = [
        ",".join(map(str, row)) if isinstance(row, list) else str(row)
        for row in (value if isinstance(value, list) else [value])
    ]
    return (";" if isinstance(value, list) and isinstance(value[0], list) else ",").join(rows)


def expect_done(page, done):
    expect(page.get_by_test_id("challenge")).to_have_attribute("data-done", str(done).lower())


@pytest.mark.parametrize("name", list(LESSONS)[::3])  # all of them: test_lessons.py
def test_a_lessons_solution_reaches_its_challenge(desk, name):
    solution = LESSONS[name].challenge.solution
    go(desk, fragment(lesson=name))
    expect_done(desk, False)
    expect(desk.get_by_test_id("challenge")).not_to_contain_text("done!")
    go(desk, fragment(lesson=name, **{key: as_text(key, value) for key, value in solution.items()}))
    expect_done(desk, True)
    expect(desk.get_by_test_id("challenge")).to_contain_text("done!")
    expect(desk.get_by_test_id("notices")).to_be_empty()


def test_the_ghost_wins_when_fear_goes_off_the_scale(desk):
    drag(desk, "x-3-0", 0.95)
    expect_done(desk, True)
    drag(desk, "x-3-0", 0.05)
    expect_done(desk, False)


def test_the_ghosts_own_bias_does_not_count(desk):
    type_number(desk, "b-3", "100")
    assert float(desk.get_by_test_id("weight-3").get_attribute("data-value")) > 0.5
    expect_done(desk, False)
    type_number(desk, "b-3", "-100")
    type_number(desk, "b-0", "-50")
    type_number(desk, "x-3-0", "220")
    expect_done(desk, True)


def test_what_is_reached_against_a_rule_says_against_which(desk):
    challenge = desk.get_by_test_id("challenge")
    type_number(desk, "b-3", "100")
    expect(challenge).to_contain_text("Reached, but changed: Biases b")
    desk.get_by_test_id("lang-ru").click()
    expect(challenge).to_contain_text("Готово, но изменено: Смещения b")
    type_number(desk, "b-3", "-100")
    expect(challenge).not_to_contain_text("изменено")


def test_without_its_row_nothing_is_done(desk):
    desk.get_by_test_id("remove-row-3").click()
    type_number(desk, "x-2-0", "250")
    expect_done(desk, False)


def test_it_still_counts_when_another_row_is_gone(desk):
    desk.get_by_test_id("remove-row-0").click()
    expect_done(desk, False)
    type_number(desk, "x-2-0", "220")
    expect_done(desk, True)


def test_a_link_to_a_table_with_a_row_less_still_knows_which_row_is_meant(desk):
    desk.get_by_test_id("remove-row-0").click()
    type_number(desk, "x-2-0", "220")
    expect_done(desk, True)
    desk.wait_for_url("**/#*rows=*")
    go(desk, "#" + address_at_rest(desk))
    expect_done(desk, True)


def test_two_rows_of_one_name_are_not_taken_for_each_other(desk):
    go(desk, fragment(rows="ghost 👻,dark alley,exam tomorrow,ghost 👻"))
    type_number(desk, "x-3-0", "220")
    assert float(desk.get_by_test_id("weight-3").get_attribute("data-value")) > 0.5
    expect_done(desk, True)


def test_reset_takes_the_tick_away(desk):
    type_number(desk, "x-3-0", "220")
    expect_done(desk, True)
    desk.get_by_test_id("reset").click()
    expect_done(desk, False)
