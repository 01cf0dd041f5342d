"""The address is the scene: it says what differs from the lesson, and opens it again."""

import re
from urllib.parse import unquote

import pytest
from playing import (
    SLIDERS,
    address_at_rest,
    assert_agrees,
    drag,
    fragment,
    go,
    hold,
    move,
    read,
    rename,
    type_number,
)
from playwright.sync_api import expect


def written(page, *keys):
    """The part of the address after `#`; it has just these keys."""
    address_at_rest(page)
    pattern = "&".join(f"{key}=[^&]+" for key in keys)
    expect(page).to_have_url(re.compile(f"#{pattern}$" if keys else r"^[^#]*$"))
    return page.url.partition("#")[2]


def assert_opens_again(page, *keys):
    """The address has these keys only, and brings back the very same table."""
    table = assert_agrees(page)
    hash_ = written(page, *keys)
    go(page)
    assert read(page) != table
    go(page, f"#{hash_}")
    assert assert_agrees(page) == table
    expect(page.get_by_test_id("notices")).to_be_empty()
    return unquote(hash_)


def test_the_lesson_as_it_opens_needs_no_address(desk):
    written(desk)
    drag(desk, "x-3-0", 0.9)
    written(desk, "x")
    type_number(desk, "x-3-0", "90")
    written(desk)


@pytest.mark.parametrize(
    ("slider", "key"), [("x-1-0", "x"), ("w-1", "w"), ("b-0", "b"), ("temperature", "temperature")]
)
def test_a_number_is_in_the_address(desk, slider, key):
    drag(desk, slider, 0.63)
    assert_opens_again(desk, key)


def test_a_number_is_in_the_address_to_its_last_digit(desk):
    type_number(desk, "x-0-0", "0.30000000000000004")
    type_number(desk, "x-0-1", "-1e-7")
    type_number(desk, "x-0-2", "123456.789012345")
    assert "x=0.30000000000000004,-1e-7,123456.789012345;" in written(desk, "x")


def test_the_query_is_in_the_address(desk):
    desk.get_by_test_id("kind").select_option("dot_product")
    drag(desk, "q-2", 0.9)
    assert_opens_again(desk, "kind", "query")


def test_a_gates_square_of_weights_is_in_the_address(desk):
    desk.get_by_test_id("kind").select_option("gate")
    drag(desk, "w-0-2", 0.7)
    type_number(desk, "w-3-1", "-2")
    assert "-2" in assert_opens_again(desk, "kind", "w")


@pytest.mark.parametrize("kind", list(SLIDERS)[1:])
def test_the_kind_is_in_the_address(desk, kind):
    desk.get_by_test_id("kind").select_option(kind)
    assert assert_opens_again(desk, "kind") == f"kind={kind}"


def test_switches_are_in_the_address(desk):
    desk.get_by_test_id("activation").select_option("tanh")
    assert assert_opens_again(desk, "activation") == "activation=tanh"
    desk.get_by_test_id("bias").uncheck()
    assert assert_opens_again(desk, "activation", "b") == "activation=tanh&b=none"
    desk.get_by_test_id("mask-2").uncheck()
    assert assert_opens_again(desk, "activation", "b", "mask").endswith("mask=1101")


def test_lesson_and_language_are_in_the_address(desk):
    desk.get_by_test_id("lesson").select_option("love")
    assert assert_opens_again(desk, "lesson") == "lesson=love"
    desk.get_by_test_id("lang-ru").click()
    assert assert_opens_again(desk, "lesson", "lang") == "lesson=love&lang=ru"


@pytest.mark.parametrize(
    "names", [["a,b", "a;b & c=d #e", "100 %", "a.b"], ["%2C", "+", "призрак", "👻"]]
)
def test_names_are_in_the_address(desk, names):
    for row, name in enumerate(names):
        rename(desk, f"row-name-{row}", name)
    assert_opens_again(desk, "rows")
    for column, name in enumerate(names[:3]):
        rename(desk, f"column-name-{column}", name)
    assert_opens_again(desk, "rows", "columns")
    assert read(desk).scene().rows == names
    assert read(desk).scene().columns == names[:3]


def test_more_and_fewer_rows_and_columns_are_in_the_address(desk):
    desk.get_by_test_id("add-row").click()
    desk.get_by_test_id("remove-row-0").click()
    desk.get_by_test_id("remove-row-0").click()
    desk.get_by_test_id("add-column").click()
    drag(desk, "x-2-3", 0.5)
    table = assert_agrees(desk)
    expect(desk).to_have_url(re.compile("rows=.*&columns=.*&x="))
    go(desk, "#" + address_at_rest(desk))
    assert assert_agrees(desk) == table


def test_a_reloaded_page_is_the_same_page(desk):
    desk.get_by_test_id("lesson").select_option("two-hundreds")
    drag(desk, "x-1-0", 0.3)
    rename(desk, "row-name-2", "dragon")
    table = assert_agrees(desk)
    written(desk, "lesson", "rows", "x")
    desk.reload()
    desk.locator("table[data-ready='true']").wait_for()
    assert assert_agrees(desk) == table


def test_dragging_adds_nothing_to_the_history(desk):
    length = desk.evaluate("history.length")
    hold(desk, "x-3-0")
    for share in (0.2, 0.4, 0.6, 0.8):
        move(desk, "x-3-0", share)
    desk.mouse.up()
    written(desk, "x")
    desk.get_by_test_id("kind").select_option("gate")
    written(desk, "kind", "x")
    assert desk.evaluate("history.length") == length


def test_an_address_pasted_into_the_open_page_is_opened(desk):
    desk.evaluate("location.hash = 'lesson=love&w=0,0.5'")
    expect(desk.get_by_role("heading", name="Love: 90 / 9 / 1")).to_be_visible()
    expect(desk.get_by_test_id("challenge")).to_have_attribute("data-done", "true")
    assert assert_agrees(desk).scene().w == [0, 0.5]


def test_the_way_back_leads_to_the_scene_before(desk):
    drag(desk, "x-3-0", 0.9)
    written(desk, "x")
    table = read(desk)
    desk.evaluate("location.hash = 'lesson=love'")
    expect(desk.get_by_test_id("lesson")).to_have_value("love")
    desk.go_back()
    expect(desk.get_by_test_id("lesson")).to_have_value("fear")
    assert assert_agrees(desk) == table


def test_a_known_name_in_a_link_speaks_the_readers_language(desk):
    go(desk, fragment(lang="ru", rows="dark alley,ghost 👻,дракон"))
    names = assert_agrees(desk).scene().rows
    assert names == ["тёмный переулок", "призрак 👻", "дракон"]
