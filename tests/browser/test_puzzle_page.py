"""Puzzles on the page: built by hand, checked there, and shown where they go wrong."""

import re

import pytest
from playing import (
    address_at_rest,
    assert_agrees,
    assert_fits,
    go,
    kept,
    notices,
    read,
    requests_of,
    type_number,
)
from playwright.sync_api import expect

from attention.texts import texts

# The page's own scripts, first and late.
SCRIPTS = re.compile(r"/page/[0-9a-f]+\.js")


def check(page, standing):
    page.get_by_role("button", name=re.compile("^(Check|Проверить)$")).click()
    expect(page.locator(f'.puzzle-found[data-standing="{standing}"]')).to_be_visible()


def test_a_puzzle_is_chosen_in_the_list_failed_shown_undone_and_solved(desk):
    with requests_of(desk) as asked:
        desk.get_by_test_id("lesson").select_option(label="🧩 Silence one")
        expect(desk.get_by_role("heading", name="Silence one")).to_be_visible()
    assert len([url for url in asked if "component_server" in url]) == 0
    expect(desk.get_by_test_id("lesson-card")).to_be_hidden()
    expect(desk.get_by_test_id("puzzle-task")).to_contain_text("row 3 is never heard")
    before = read(desk).scene().x
    check(desk, "wrong")
    expect(desk.get_by_test_id("puzzle-verdict")).to_contain_text(re.compile(r"\d+ of 2005 scenes"))
    expect(desk.get_by_test_id("puzzle-stage")).to_contain_text("row 1 must get more")
    desk.get_by_role("button", name="Put this scene in the table").click()
    assert read(desk).scene().x == [[0], [0], [1], [0]] != before
    assert_agrees(desk)
    desk.get_by_test_id("undo").click()
    assert read(desk).scene().x == before
    type_number(desk, "b-2", "-100")
    # One acts on what was found, so it stays, and the sliders below do not move.
    expect(desk.locator('.puzzle-found[data-standing="old"]')).to_contain_text("Not yet")
    expect(desk.get_by_text("(before your change)")).to_be_visible()
    check(desk, "wrong")
    type_number(desk, "b-2", "-1500")
    check(desk, "solved")
    expect(desk.get_by_role("heading", name="Silence one")).to_contain_text("✓")
    assert "puzzle-silence" in kept(desk)["done"]
    desk.get_by_test_id("puzzle-next").click()
    expect(desk.get_by_role("heading", name="One place")).to_be_visible()


@pytest.mark.parametrize("named", ["#lesson=fear&puzzle=mean", "#puzzle=mean&lesson=fear"])
def test_beside_a_puzzle_an_address_may_name_a_lesson(open_page, named):
    page = open_page(named)
    expect(page.get_by_role("heading", name="All alike")).to_be_visible()
    assert address_at_rest(page) == "puzzle=mean"


def test_a_link_without_the_course_leads_to_no_other_puzzle(desk):
    go(desk, "#puzzle=mean&w=0,0&hide=lesson")
    check(desk, "solved")
    for button in ("puzzle-next", "puzzle-other"):
        expect(desk.get_by_test_id(button)).to_be_hidden()


def test_progress_of_puzzles_goes_with_all_other_progress(desk):
    go(desk, "#puzzle=mean&w=0,0")
    check(desk, "solved")
    for _ in range(2):
        desk.get_by_test_id("progress-forget").click()
    expect(desk.get_by_test_id("puzzle-title")).not_to_contain_text("✓")
    assert kept(desk)["done"] == []


def test_its_address_opens_it_with_its_table_and_other_numbers(desk, open_page):
    go(desk, "#puzzle=look_up")
    expect(desk.get_by_test_id("puzzle-task")).to_contain_text("asks for dog")
    desk.get_by_role("button", name="Other numbers").click()
    expect(desk.get_by_test_id("puzzle-task")).to_contain_text("asks for bird")
    type_number(desk, "q-2", "50")
    type_number(desk, "q-0", "0")
    type_number(desk, "q-1", "0")
    address = address_at_rest(desk)
    assert address == "puzzle=look_up&puzzle_seed=1&query=0,0,50,0"
    page = open_page(f"#{address}")  # where no puzzle was opened before
    expect(page.get_by_test_id("puzzle-task")).to_contain_text("asks for bird")
    check(page, "solved")
    expect(notices(page)).to_have_count(0)
    page.get_by_test_id("reset").click()
    assert read(page).list("q") == [1, 1, 1, 0]
    assert address_at_rest(page) == "puzzle=look_up&puzzle_seed=1"


def test_what_the_puzzle_leaves_as_it_is_must_stay(desk):
    go(desk, "#puzzle=silence&w=0")
    desk.get_by_test_id("puzzle-check").click()
    expect(desk.get_by_test_id("puzzle")).to_contain_text("does not let you change: Weights w")


def test_the_last_lesson_of_a_level_leads_to_its_puzzles_and_on(desk):
    go(desk, "#lesson=love")
    desk.get_by_test_id("step-seen").click()
    desk.get_by_test_id("puzzle-after-mean").click()
    expect(desk.get_by_role("heading", name="All alike")).to_be_visible()
    desk.get_by_test_id("lesson-next").click()
    expect(desk.get_by_test_id("lesson-title")).to_have_text("Ghosts: fear −100")
    expect(desk.get_by_test_id("puzzle")).to_be_hidden()
    go(desk, "#lesson=general")
    expect(desk.get_by_test_id("puzzle-after-mean")).to_have_count(0)


def test_what_does_not_arrive_is_said_and_comes_later(open_page):
    page = open_page("#lesson=fear")
    page.route(SCRIPTS, lambda route: route.abort())
    page.get_by_test_id("lesson").select_option(label="🧩 Majority")
    expect(notices(page)).to_contain_text("The puzzle did not arrive")
    page.unroute(SCRIPTS)
    page.get_by_test_id("lesson").select_option(label="🧩 Soft minimum")
    expect(page.get_by_role("heading", name="Soft minimum")).to_be_visible()


@pytest.mark.parametrize(
    "name", ["majority", "one_place", "undo_root", "switch", "first_capital", "two_heads"]
)
def test_on_a_phone_in_russian_everything_fits_and_meets_a_thumb(phone, name):
    go(phone, f"#puzzle={name}&lang=ru")
    expect(phone.get_by_test_id("puzzle-title")).to_contain_text(
        texts()["ru"][f"puzzle_{name}_title"]
    )
    check(phone, "wrong")
    assert_fits(phone)
    for button in ("puzzle-check", "puzzle-show", "puzzle-other"):
        assert phone.get_by_test_id(button).bounding_box()["height"] >= 44
    phone.get_by_test_id("puzzle-show").tap()
    assert_agrees(phone)


def test_a_puzzle_of_matrices_is_solved_by_hand_and_shows_the_row_that_gets_it_wrong(desk):
    go(desk, "#puzzle=step_before")
    turned = {"wq-0-0": "0", "wq-1-0": "0", "wq-1-1": "-50", "wq-2-0": "50", "wq-2-1": "0"}
    for cell, number in turned.items():
        type_number(desk, cell, number)
    check(desk, "wrong")  # before the first row comes the last
    expect(desk.get_by_test_id("puzzle-numbers")).to_contain_text("When row 1 asks")
    expect(desk.get_by_test_id("puzzle-stage")).to_contain_text("row 1 must get more")
    desk.get_by_test_id("puzzle-show").click()
    expect(desk.get_by_test_id("asks-0")).to_be_checked()
    expect(desk.get_by_test_id("puzzle-verdict")).to_be_visible()  # it is about the same matrices
    desk.get_by_test_id("causal_mask").check()
    check(desk, "solved")
    desk.get_by_test_id("puzzle-other").click()
    expect(desk.get_by_test_id("puzzle-task")).to_contain_text("2 up the table")
    check(desk, "wrong")


def test_two_heads_give_what_one_cannot_and_the_places_stay_when_rows_go(desk):
    go(desk, "#puzzle=two_heads")
    check(desk, "wrong")
    desk.get_by_test_id("heads").select_option("2")
    type_number(desk, "wq-1-0", "50")
    type_number(desk, "wq-1-1", "-50")
    check(desk, "solved")
    go(desk, "#puzzle=first_capital")
    desk.get_by_test_id("remove-row-0").click()
    assert desk.get_by_test_id("pos-0-3").input_value() == "1"
    check(desk, "wrong")
    desk.get_by_test_id("puzzle-show").click()
    places = [desk.get_by_test_id(f"pos-{row}-3").input_value() for row in range(2)]
    assert places == ["1", "2"]
    for cell, number in {"wq-3-0": "20", "wk-0-0": "10", "wk-1-0": "0", "wk-3-0": "-1"}.items():
        type_number(desk, cell, number)
    check(desk, "solved")


def test_a_trial_can_be_stopped_and_says_nothing_then(desk):
    go(desk, "#puzzle=two_heads")
    # A clock by which every scene takes as long as a slice may.
    desk.evaluate("() => { let now = performance.now(); performance.now = () => (now += 9); }")
    desk.get_by_role("button", name="Check", exact=True).click()
    bar = desk.locator(".puzzle progress")
    expect(bar).to_be_visible()
    expect(bar).not_to_have_js_property("value", 0)
    desk.get_by_role("button", name="Stop").click()
    expect(bar).to_be_hidden()
    expect(desk.get_by_role("button", name="Check", exact=True)).to_be_visible()
    desk.wait_for_timeout(300)
    expect(bar).to_be_hidden()
    expect(desk.locator('.puzzle-found[data-standing="none"]')).to_have_count(1)
    desk.evaluate("() => { delete performance.now; }")


def test_on_the_projector_a_puzzle_says_what_to_build_and_checks_it(desk):
    go(desk, "#puzzle=step_before&view=projector")
    expect(desk.get_by_test_id("puzzle-task")).to_be_visible()
    expect(desk.get_by_test_id("puzzle-as-formula")).to_be_hidden()
    check(desk, "wrong")
    assert_fits(desk)


def test_a_puzzle_is_solved_by_a_formula_and_a_wrong_one_is_told_why(desk):
    go(desk, "#puzzle=largest")
    formula = desk.get_by_test_id("puzzle-as-formula")
    formula.evaluate("(node) => (node.open = false)")  # a test before may have opened it
    formula.locator("summary").click()
    field, button = (
        desk.get_by_test_id("puzzle-formula"),
        desk.get_by_role("button", name="Check the formula"),
    )
    field.fill("output = x.constructor")
    button.click()
    expect(desk.get_by_test_id("puzzle-problem")).to_contain_text("got “.”")
    field.fill("output = [max([]), 0]")
    button.click()
    expect(desk.get_by_test_id("puzzle-problem")).to_contain_text("finite")
    field.fill("output = softmax(x[:, 0]) @ x")
    expect(desk.get_by_test_id("puzzle-problem")).to_have_text("")
    button.click()
    expect(desk.locator('.puzzle-found[data-standing="wrong"]')).to_be_visible()
    expect(desk.get_by_role("button", name="Put this scene in the table")).to_be_visible()
    field.fill("weights = softmax(1000 * x[:, 0])\noutput = weights @ x")
    expect(desk.locator('.puzzle-found[data-standing="old"]')).to_be_visible()
    button.click()
    expect(desk.locator('.puzzle-found[data-standing="solved"]')).to_be_visible()
    assert "puzzle-largest" in kept(desk)["done"]
