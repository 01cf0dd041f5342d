"""An address that cannot be used as it is: said, and the page goes on; nothing in it ever runs."""

import math
import re

import pytest
from hostile import IN_A_PAGE
from playing import assert_agrees, drag, fragment, go, read
from playwright.sync_api import expect

KEYS = (
    "lesson lang kind activation temperature rows columns x w b query mask hide view __proto__"
).split()


_STATE = """() => ({
    hacked: "hacked" in window,
    ready: document.querySelectorAll("table[data-ready='true']").length,
    NaN: document.querySelector("table").textContent.includes("NaN"),
})"""


def notices(page):
    return page.get_by_test_id("notices").get_by_role("listitem")


def assert_still_works(page):
    """It computes, nothing ran, and a slider still turns."""
    table = assert_agrees(page)
    assert all(math.isfinite(number) for number in table.numbers.values())
    total = sum(table.list("weight", table.numbers))
    assert total == pytest.approx(1, abs=1e-12) or total == 0
    assert page.evaluate(_STATE) == {"hacked": False, "ready": 1, "NaN": False}


@pytest.mark.parametrize(
    "said",
    [
        "#frog=1",
        "#=1",
        "#frog",
        "##lesson=love",
        "#__proto__=1",
        "#constructor=1",
        "#x=1,2,3;4,5,6&x=7,8,9",
        "#lesson=love&lesson=general",
        "#w=1,two,3",
        "#w=NaN,0,0",
        "#w=Infinity,0,0",
        "#w=0x10,0,0",
        "#w=1,2",
        "#w=1;2;3",
        "#b=1",
        "#b=1,2,3,4,5",
        "#b=nothing",
        "#mask=11",
        "#mask=1121",
        "#mask=true",
        "#x=1,2;3",
        "#x=1,2,3;;",
        "#temperature=hot",
        "#temperature=1,2",
        "#kind=transformer",
        "#kind=Gate",
        "#activation=relu",
        "#lesson=none-such",
        "#lesson=__proto__",
        "#lesson=%E0",
        "#lang=de",
        "#lang=__proto__",
        "#lang=EN",
        "#rows=%E0%A4%A",
        "#rows=%ED%A0%80",
        "#columns=%",
        "#query=1",
        "#kind=gate&w=1,2,3",
        "#kind=gate&x=1,2;3,4",
    ],
)
def test_what_cannot_be_used_is_ignored_and_that_is_said(desk, said):
    start = read(desk)
    go(desk, said)
    expect(notices(desk)).to_have_count(1)
    expect(notices(desk)).to_be_visible()
    assert_still_works(desk)
    table = read(desk)
    if "&" not in said:
        assert table == start


@pytest.mark.parametrize("key", KEYS[:12])
def test_an_empty_value_is_ignored_and_that_is_said(desk, key):
    start = read(desk)
    go(desk, f"#{key}=")
    expect(notices(desk)).to_have_count(1)
    assert read(desk) == start


def test_an_empty_name_among_others_is_said(desk):
    go(desk, "#rows=a,,c,d")
    expect(notices(desk)).to_have_count(1)
    assert read(desk).scene().rows == ["a", "dark alley", "c", "d"]


@pytest.mark.parametrize(
    ("said", "slider", "used"),
    [
        ("#temperature=0", "temperature", 0.01),
        ("#temperature=-1", "temperature", 0.01),
        ("#temperature=1e5", "temperature", 1000),
        ("#w=1e7,0,0", "w-0", 1_000_000),
        ("#b=0,0,0,-1e300", "b-3", -1_000_000),
        ("#b=0,0,0,-1e400", "b-3", -1_000_000),
        ("#x=9999999,1,1", "x-0-0", 1_000_000),
        ("#kind=dot_product&query=0,0,-2000000", "q-2", -1_000_000),
    ],
)
def test_what_is_out_of_range_is_clamped_and_that_is_said(desk, said, slider, used):
    go(desk, said)
    expect(notices(desk)).to_have_count(1)
    assert assert_agrees(desk).sliders[slider] == used
    assert_still_works(desk)


def test_more_rows_and_columns_than_fit_are_left_out_and_that_is_said(desk):
    go(desk, "#x=" + ";".join([",".join("1" * 9)] * 17))
    scene = assert_agrees(desk).scene()
    assert (len(scene.rows), len(scene.columns)) == (16, 8)
    expect(notices(desk)).to_have_count(2)
    go(desk, "#rows=" + ",".join("r" * 17))
    assert len(assert_agrees(desk).scene().rows) == 16
    expect(notices(desk)).to_have_count(1)


def test_a_long_name_is_shortened_and_that_is_said(desk):
    go(desk, fragment(rows="👻" * 41 + ",b,c,d"))
    expect(notices(desk)).to_have_count(1)
    assert read(desk).names["row-name-0"] == "👻" * 40


def test_names_without_numbers_for_them_are_said(desk):
    go(desk, fragment(x="1,2,3;4,5,6", rows="a,b,c"))
    expect(notices(desk)).to_have_count(1)
    assert assert_agrees(desk).scene().rows == ["a", "b"]


def test_one_broken_key_spoils_no_other(desk):
    go(desk, "#lesson=love&w=0,0.5&b=broken&temperature=0.5&frog")
    expect(notices(desk)).to_have_count(2)
    scene = assert_agrees(desk).scene()
    assert (scene.w, scene.temperature) == ([0, 0.5], 0.5)


def test_a_hundred_thousand_characters_are_too_many(desk):
    for text in ("a" * 100_000, "rows=" + "a," * 50_000, "&" * 100_000, "x=" + "1;" * 50_000):
        go(desk, f"#{text}")
        expect(notices(desk)).to_have_count(1)
        assert_still_works(desk)


def test_a_thousand_unknown_keys_do_not_bury_the_page(desk):
    go(desk, "#" + "&".join(f"k{i}=1" for i in range(1000)))
    assert 1 <= notices(desk).count() <= 20
    assert desk.get_by_test_id("x-0-0").bounding_box()["y"] < 1500
    assert_still_works(desk)


@pytest.mark.parametrize("hostile", IN_A_PAGE[:6])  # all: test_hostile_addresses.py
def test_a_hostile_name_is_text(desk, hostile):
    go(desk, fragment(rows=f"{hostile},b,c,d", columns=f"{hostile},f,g"))
    desk.get_by_test_id("logit-0").click()
    names = read(desk).names
    shown = " ".join(hostile.replace("\x00", " ").replace("\x01", " ").replace("\x1b", " ").split())
    expected = shown[:40].strip() or None
    if expected:
        assert (names["row-name-0"], names["column-name-0"]) == (expected, expected)
        expect(desk.get_by_test_id("formula")).to_contain_text(expected)
    drag(desk, "x-0-0", 0.5)
    assert_still_works(desk)


@pytest.mark.parametrize("hostile", IN_A_PAGE[:3])
def test_a_hostile_value_is_text(desk, hostile):
    # No key spoils another, so half of them can be hostile at once.
    for keys in (KEYS[::2], KEYS[1::2]):
        go(desk, fragment(**dict.fromkeys(keys, hostile)))
        assert_still_works(desk)


@pytest.mark.parametrize("hostile", IN_A_PAGE[:3])
def test_a_hostile_key_is_text(desk, hostile):
    go(desk, fragment(**{hostile: "1"}))
    expect(notices(desk)).to_have_count(1)
    assert_still_works(desk)


@pytest.mark.parametrize("half", ["\\ud83d", "a\\udc7b", "\\ud800\\ud800"])
def test_half_a_character_in_a_typed_name_breaks_nothing(desk, half):
    desk.get_by_test_id("row-name-0").evaluate(
        f"""(node) => {{
            node.textContent = "{half}";
            node.dispatchEvent(new InputEvent("input", {{ bubbles: true }}));
        }}"""
    )
    expect(desk).to_have_url(re.compile("rows="))
    drag(desk, "x-0-0", 0.6)
    assert_still_works(desk)
