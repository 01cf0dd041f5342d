"""A number is typed beside its slider: it counts at once, and what cannot be used is said."""

import pytest
from playing import assert_agrees, drag, type_number
from playwright.sync_api import expect


def notices(page):
    return page.get_by_test_id("notices").get_by_role("listitem")


def test_a_typed_number_counts_while_one_types(desk):
    desk.get_by_test_id("x-3-0-number").fill("200")
    table = assert_agrees(desk)
    assert table.sliders["x-3-0"] == 200
    assert table.numbers["logit-3"] == pytest.approx(110)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("−40", -40),
        ("-40", -40),
        ("+3", 3),
        (" 7 ", 7),
        (".5", 0.5),
        ("5.", 5),
        ("1e3", 1000),
        ("−2,5e−1", -0.25),  # as the formula itself writes a small number
        ("0", 0),
    ],
)
def test_numbers_are_read_as_people_write_them(desk, typed, number):
    type_number(desk, "x-0-0", typed)
    assert assert_agrees(desk).sliders["x-0-0"] == number
    expect(notices(desk)).to_have_count(0)


@pytest.mark.parametrize(
    ("slider", "typed"), [("x-0-0", "900"), ("w-1", "-7"), ("b-3", "-5000"), ("temperature", "200")]
)
def test_a_slider_widens_for_a_number_beyond_its_ends(desk, slider, typed):
    type_number(desk, slider, typed)
    table = assert_agrees(desk)
    low, high = table.ends[slider]
    assert low <= float(typed) <= high
    assert table.sliders[slider] == float(typed)
    expect(notices(desk)).to_have_count(0)
    drag(desk, slider, 0.5)
    assert low < assert_agrees(desk).sliders[slider] < high


@pytest.mark.parametrize(
    ("slider", "typed", "used"),
    [
        ("x-0-0", "1e7", 1_000_000),
        ("w-0", "-1000001", -1_000_000),
        ("b-0", "99999999999", 1_000_000),
        ("x-0-1", "1e400", 1_000_000),
        ("temperature", "0", 0.01),
        ("temperature", "-5", 0.01),
        ("temperature", "1001", 1000),
    ],
)
def test_a_number_beyond_the_limits_becomes_the_limit_and_that_is_said(desk, slider, typed, used):
    type_number(desk, slider, typed)
    table = assert_agrees(desk)
    assert table.sliders[slider] == used
    assert float(table.typed[f"{slider}-number"]) == used
    expect(notices(desk)).to_have_count(1)


@pytest.mark.parametrize("garbage", ["abc", "", "1.2.3", "--5", "0x10", "NaN", "Infinity", "1;2"])
def test_the_old_number_stays_where_none_was_typed_and_that_is_said(desk, garbage):
    before = assert_agrees(desk)
    type_number(desk, "x-3-0", garbage)
    assert assert_agrees(desk) == before
    expect(notices(desk)).to_have_count(1)


def test_leaving_the_field_is_enough(desk):
    desk.get_by_test_id("x-3-0-number").fill("ghost")
    desk.get_by_test_id("x-2-0-number").click()
    expect(desk.get_by_test_id("x-3-0-number")).to_have_value("90")
    expect(notices(desk)).to_contain_text("ghost")


def test_a_notice_can_be_dismissed(desk):
    type_number(desk, "x-3-0", "ghost")
    desk.get_by_role("button", name="Dismiss").click()
    expect(notices(desk)).to_have_count(0)


@pytest.mark.parametrize("slider", ["x-0-0", "w-0", "b-3", "temperature"])
def test_the_slider_and_its_number_say_the_same(desk, slider):
    for share in (0.2, 0.6, 1):
        drag(desk, slider, share)
        table = assert_agrees(desk)
        assert float(table.typed[f"{slider}-number"]) == pytest.approx(table.sliders[slider])


@pytest.mark.parametrize("slider", ["x-0-0", "w-0", "b-0", "temperature"])
def test_a_number_of_six_characters_is_not_cut_off(desk, slider):
    for typed in ("4.4998", "1234.5", "-12.35"):
        typed = typed.removeprefix("-") if slider == "temperature" else typed
        type_number(desk, slider, typed)
        field = desk.get_by_test_id(f"{slider}-number")
        field.blur()
        assert field.evaluate("(node) => node.scrollWidth <= node.clientWidth"), typed
