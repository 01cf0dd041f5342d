"""The address is the scene: it says what differs from the lesson, and opens it again."""

import re
from urllib.parse import unquote

import pytest
from playing import (
    address_at_rest,
    assert_agrees,
    drag,
    expect_done,
    fragment,
    go,
    hold,
    move,
    notices,
    read,
    rename,
    type_number,
    wait_until_ready,
)
from playwright.sync_api import expect


def written(page, *keys):
    """The part of the address after `#`; it has just these keys."""
    hash_ = address_at_rest(page)
    assert [pair.partition("=")[0] for pair in hash_.split("&") if pair] == list(keys)
    return hash_


def assert_opens_again(page, *keys):
    """The address has these keys only, and brings back the very same table."""
    table = assert_agrees(page)
    hash_ = written(page, *keys)
    go(page)
    assert read(page) != table
    go(page, f"#{hash_}")
    assert assert_agrees(page) == table
    expect(notices(page)).to_have_count(0)
    return unquote(hash_)


def test_the_lesson_as_it_opens_needs_no_address(desk):
    written(desk)
    drag(desk, "x-3-0", 0.9)
    written(desk, "x")
    type_number(desk, "x-3-0", "90")
    written(desk)


@pytest.mark.every_engine
@pytest.mark.parametrize(
    ("start", "slider", "keys"),
    [
        ("#", "x-1-0", ["x"]),
        ("#", "w-1", ["w"]),
        ("#", "b-0", ["b"]),
        ("#", "temperature", ["temperature"]),
        ("#kind=dot_product", "q-2", ["kind", "query"]),
        ("#kind=gate", "w-0-2", ["kind", "w"]),
    ],
)
def test_a_number_and_the_kind_are_in_the_address(desk, start, slider, keys):
    go(desk, start)
    drag(desk, slider, 0.63)
    assert_opens_again(desk, *keys)


def test_a_number_is_in_the_address_to_its_last_digit(desk):
    for column, number in enumerate(("0.30000000000000004", "-1e-7", "123456.789012345")):
        type_number(desk, f"x-0-{column}", number)
    assert "x=0.30000000000000004,-1e-7,123456.789012345;" in written(desk, "x")


def test_switches_lesson_and_language_are_in_the_address(desk):
    desk.get_by_test_id("lesson").select_option("love")
    desk.get_by_test_id("lang-ru").click()
    desk.get_by_test_id("activation").select_option("tanh")
    desk.get_by_test_id("bias").uncheck()
    desk.get_by_test_id("mask-1").uncheck()
    found = assert_opens_again(desk, "lesson", "lang", "activation", "b", "mask")
    assert found == "lesson=love&lang=ru&activation=tanh&b=none&mask=101"


@pytest.mark.parametrize(
    "names", [["a,b", "a;b & c=d #e", "100 %", "a.b"], ["%2C", "+", "призрак", "👻"]]
)
def test_names_are_in_the_address(desk, names):
    for row, name in enumerate(names):
        rename(desk, f"row-name-{row}", name)
    for column, name in enumerate(names[:3]):
        rename(desk, f"column-name-{column}", name)
    assert_opens_again(desk, "rows", "columns")
    assert (read(desk).scene().rows, read(desk).scene().columns) == (names, names[:3])


def test_more_and_fewer_rows_and_columns_are_in_the_address(desk):
    for button in ("add-row", "remove-row-0", "remove-row-0", "add-column"):
        desk.get_by_test_id(button).click()
    drag(desk, "x-2-3", 0.5)
    assert_opens_again(desk, "rows", "columns", "x", "b", "target")


def test_a_reloaded_page_is_the_same_page(desk):
    desk.get_by_test_id("lesson").select_option("two-hundreds")
    drag(desk, "x-1-0", 0.3)
    rename(desk, "row-name-2", "dragon")
    table = assert_agrees(desk)
    written(desk, "lesson", "rows", "x")
    desk.reload()
    wait_until_ready(desk)
    assert assert_agrees(desk) == table


@pytest.mark.every_engine
def test_dragging_adds_nothing_to_the_history_and_the_way_back_leads_to_the_scene_before(desk):
    length = desk.evaluate("history.length")
    hold(desk, "x-3-0")
    for share in (0.2, 0.9):
        move(desk, "x-3-0", share)
    desk.mouse.up()
    written(desk, "x")
    assert desk.evaluate("history.length") == length
    table = read(desk)
    desk.evaluate("location.hash = 'lesson=love&w=0,0.5'")
    expect(desk.get_by_role("heading", name="Love: 90 / 9 / 1")).to_be_visible()
    expect_done(desk)
    assert assert_agrees(desk).scene().w == [0, 0.5]
    desk.go_back()
    expect(desk.get_by_test_id("lesson")).to_have_value("")  # none is open
    assert assert_agrees(desk) == table


def test_what_the_page_has_yet_to_write_never_takes_the_place_of_a_link_just_opened(desk):
    desk.evaluate("""() => {
        const [written, write] = [[], history.replaceState.bind(history)];
        history.replaceState = (data, title, address) => {
            written.push(new URL(address, location.href).hash);
            write(data, title, address);
        };
        window.written = written;
        document.querySelector("[data-testid='lang-ru']").click();
        setTimeout(() => (location.hash = "#temperature=5"), 100); // before the page writes
        const busy = performance.now() + 400; // both are due: one follows the other at once
        while (performance.now() < busy);
    }""")
    expect(desk.get_by_test_id("lang-en")).to_have_attribute("aria-pressed", "true")
    assert read(desk).sliders["temperature"] == 5
    assert address_at_rest(desk) == "temperature=5"
    assert not [hash_ for hash_ in desk.evaluate("written") if "lang=ru" in hash_]


def test_a_known_name_in_a_link_speaks_the_readers_language(desk):
    go(desk, fragment(lang="ru", rows="dark alley,ghost 👻,дракон"))
    names = assert_agrees(desk).scene().rows
    assert names == ["тёмный переулок", "призрак 👻", "дракон"]
    desk.get_by_test_id("lang-en").click()
    expect(desk).to_have_url(re.compile("rows="))
    assert assert_agrees(desk).scene().rows == ["dark alley", "ghost 👻", "дракон"]
