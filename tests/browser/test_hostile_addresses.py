"""Addresses that mean harm, in the open page: it says what it ignores, and nothing ever runs."""

from __future__ import annotations

import math
import re
from urllib.parse import quote

import pytest
from effort import many
from hostile import IN_A_PAGE, TEXTS, drawn
from playing import address_at_rest, assert_agrees, drag, fragment, go, notices, read, requests_of
from playwright.sync_api import Page, expect
from random_addresses import KEYS, address

LIVE = many(31, 125)  # addresses, and some more for each hostile text
# Each address in the open page, and those after which it is not whole.
OPEN = """async (addresses) => {
    const broken = [];
    for (const address of addresses) {
        const newURL = location.href.split("#")[0] + address;
        const begin = performance.now();
        dispatchEvent(new HashChangeEvent("hashchange", { newURL }));
        await new Promise(requestAnimationFrame);
        const tables = [...document.querySelectorAll("table[data-ready='true']")];
        const numbers = [...document.querySelectorAll("#panel-play [data-value]")];
        const whole = tables.length === 1 && numbers.length > 3
            && numbers.every((node) => Number.isFinite(Number(node.dataset.value)))
            && !/NaN|undefined/.test(tables[0].textContent)
            && document.querySelector(".playground").offsetHeight > 200
            // The page's policy lets no handler run; there must not even be one.
            && !document.querySelector(":is([onerror], [onload], img[src='x'])")
            && performance.now() - begin < 3_000;
        if (!whole) broken.push(address);
    }
    return broken;
}"""


def assert_works(page: Page, said: int | None = 1) -> None:
    """It says what it has ignored, computes, and runs nothing of an address."""
    if said is not None:
        expect(notices(page)).to_have_count(said)
    assert all(math.isfinite(number) for number in assert_agrees(page).numbers.values())
    assert page.evaluate("'hacked' in window") is False


def test_a_page_says_what_it_ignores_and_goes_on(desk):
    start = read(desk)
    go(desk, "#mask=1121")
    assert_works(desk)
    assert read(desk) == start
    go(desk, "#" + "&".join(f"k{i}=1" for i in range(1000)))
    assert 1 <= notices(desk).count() <= 20
    assert desk.get_by_test_id("x-0-0").bounding_box()["y"] < 1500
    assert_works(desk, None)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("causal_mask=2", "“causal_mask” must be 0 or 1; the address has “2”: ignored."),
        ("tab=variations&padding=yes", "“padding” must be 0 or 1; the address has “yes”: ignored."),
        ("heads=99", "“heads” must be one of 1, 2; the address has “99”: ignored."),
        ("wv=1,2;3,4;5,6&heads=4", "“heads” must be one of 1, 2; the address has “4”: ignored."),
        ("wv=1e308;1e308;1e308", "“wv” must be from −1000000 to 1000000; 1·10³⁰⁸ became 1000000."),
    ],
)
def test_each_thing_is_said_once_and_in_words_of_its_own(desk, wrong, said):
    go(desk, f"#lesson=two-heads&{wrong}")
    expect(notices(desk)).to_have_text([re.compile(re.escape(said))])
    assert_works(desk)


@pytest.mark.parametrize("hostile", IN_A_PAGE[: many(3, 6)])
def test_hostile_names_keys_and_values_are_text(desk, hostile):
    go(desk, fragment(rows=f"{hostile},b,c,d", columns=f"{hostile},f,g"))
    desk.get_by_test_id("score-0").click()
    names, shown = read(desk).names, " ".join(hostile.split())[:40].strip()
    assert (names["row-name-0"], names["column-name-0"]) == (shown, shown)
    expect(desk.get_by_test_id("formula")).to_contain_text(shown)
    drag(desk, "x-0-0", 0.5)
    assert_works(desk, None)
    # No key spoils another, so all can be hostile at once.
    go(desk, fragment(**dict.fromkeys([hostile, *KEYS], hostile)))
    assert_works(desk, None)


def test_half_a_character_in_a_typed_name_breaks_nothing(desk):
    for half in ("\\ud83d", "a\\udc7b", "\\ud800\\ud800"):
        desk.get_by_test_id("row-name-0").evaluate(
            f"""(node) => {{
                node.textContent = "{half}";
                node.dispatchEvent(new InputEvent("input", {{ bubbles: true }}));
            }}"""
        )
        assert "rows=" in address_at_rest(desk)
        drag(desk, "x-0-0", 0.6)
        assert_works(desk, 0)


def test_many_addresses_leave_the_page_whole_and_nothing_runs(desk):
    home, dialogs = "/".join(desk.url.split("/")[:3]), []
    note = lambda dialog: (dialogs.append(dialog.message), dialog.dismiss())  # noqa: E731
    desk.on("dialog", note)
    tabs = [
        f"#tab={tab}&rows={text},b,c,d&columns={text}&sentence={text}&task={text}&compare={text}"
        for tab in ("variations", "learn")
        for text in map(quote, TEXTS[:: many(3, 1)])
    ]
    made = [address(drawn("live", number)) for number in range(LIVE)] + tabs
    with requests_of(desk) as asked:
        broken = desk.evaluate(OPEN, made)
        assert not broken, [ascii(one)[:300] for one in broken]
        go(desk, "#lesson=love")
        drag(desk, "x-0-0", 0.9)
        assert_works(desk, 0)
    desk.remove_listener("dialog", note)
    assert not dialogs
    assert not [url for url in asked if not url.startswith((home, "data:"))]
