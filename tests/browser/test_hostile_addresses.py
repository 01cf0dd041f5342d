"""Addresses that cannot be used as they are, or mean harm: said, and nothing in them ever runs."""

from __future__ import annotations

import json
import math
import re
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from effort import many
from hostile import IN_A_PAGE, LONG, NUMERALS, TEXTS, drawn, mutated_text, named
from playing import assert_agrees, drag, go, read
from playing import fragment as fragment_of
from playwright.sync_api import Page, expect

from attention.address import fragment, url_table
from attention.export.one_file import RULES
from attention.lessons import load_lessons
from attention.scene import Scene
from attention.scripts import script
from attention.texts import texts
from attention.ui import gallery, learn

COUNT, AT_ONCE = many(500, 10_000), 500
LIVE = many(31, 125)  # of these, and two for each hostile text
LESSONS = load_lessons()[0]
WORLD = {
    "lessons": {name: lesson.for_page(name) for name, lesson in LESSONS.items()},
    "first": "fear",
    **url_table().for_page(),
    "texts": texts(),
    "rules": RULES,
    "variations": gallery.for_page(),
    "compared": gallery.COMPARED,
    "tasks": learn.for_page(),
    "tabs": ["play", "variations", "learn", "reading", "teach"],
}
# What each address is read as, in JSON; of every tenth also whether what the page writes for it is
# read as the same.
READ = """
    receive(data);
    state.lang = "en";
    const sound = (key, value) => {
        if (typeof value === "number" && !Number.isFinite(value)) throw new Error(key + value);
        return value;
    };
    const again = (state) => {
        const written = writeAddress(state);
        const back = writeAddress(readAddress("#" + written));
        if (back !== written) throw new Error(`written ${written}, read ${back}`);
    };
    const readOne = (address, i) => {
        const { notices, ...state } = readAddress(address);
        if (i % 10 === 0) again(state);
        const stages = run(state.scene);
        const said = notices.map(({ key, values }) => textIn("ru", key, values));
        JSON.stringify([state, stages], sound);
        return { scene: toPlain(state.scene, "en"), said };
    };
    return (addresses) => JSON.stringify(addresses.map((address, i) => {
        const begin = performance.now();
        const found = {};
        try {
            Object.assign(found, readOne(address, i));
        } catch (error) {
            found.error = String(error.stack);
        }
        return { ...found, milliseconds: performance.now() - begin };
    }));
"""
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
        const whole =
            tables.length === 1
            && numbers.length > 3
            && numbers.every((node) => Number.isFinite(Number(node.dataset.value)))
            && !/NaN|undefined/.test(tables[0].textContent)
            && document.querySelector(".playground").offsetHeight > 200
            && !("hacked" in window)
            // The page's policy lets no handler run; there must not even be one.
            && !document.querySelector(":is([onerror], [onload], img[src='x'])")
            && performance.now() - begin < 3_000;
        if (!whole) broken.push(address);
    }
    return broken;
}"""

VALID = [
    *(f"#{fragment(lesson.start)}" for lesson in LESSONS.values()),
    *(f"#lesson={name}" for name in LESSONS),
    "#kind=gate&x=1;2;3&w=1,0,0;0,1,0;0,0,1&b=none&mask=101",
    "#rows=a,b&columns=f,g&x=1,2;3,4&target=1,0&rate=0.5&turns=w,b&w_regularizer=l2&w_strength=0.1",
    "#kind=dot_product&query=1,2,3&query_constraint=unit_norm&b_constraint=max_norm",
    "#tab=variations&sentence=Love%20and%20love&seed=3&standardised=0&padding=0&causal=1&window=2",
    "#tab=learn&task=numbers&train_seed=5&epochs=3&length=2&compare=dot,scaled_dot",
    "#hide=formula,query,teach&view=projector&lang=ru",
]
KEYS = sorted({pair.partition("=")[0] for one in VALID for pair in one[1:].split("&")})
PIECES = [
    *(*KEYS, "__proto__", "constructor", *"#&=;,", "%", "%E0", "%ud83d", "%ED%A0%80", "none"),
    *("gate", "attention", "scaled_dot_product", "linear", "0", "1", "1e6", ";" * 100, ",1" * 100),
    *map(quote, TEXTS),
    *TEXTS,
    *NUMERALS,
    quote(LONG),
]


def address(random: Random) -> str:
    """What somebody could have been sent."""
    if random.randrange(3):
        return mutated_text(random, random.choice(VALID), PIECES, "#&=,;")
    pairs = (f"{random.choice(KEYS)}={random.choice(PIECES)}" for _ in range(random.randrange(6)))
    return "#" + "&".join(pairs)


@pytest.fixture(scope="module")
def read_all(blank_page):
    """`read_all(addresses)`: what each is read as, without a page."""
    build = "([body, given]) => new Function('data', body)(given)"
    body = f"{script('state/url.js', 'state/texts.js')}\n{READ}"
    reader = blank_page.evaluate_handle(build, [body, WORLD])
    return lambda made: json.loads(reader.evaluate("(read, addresses) => read(addresses)", made))


def assert_holds(found: dict[str, Any]) -> None:
    assert "error" not in found, found["error"]
    assert found["milliseconds"] < 1_000
    Scene.model_validate(found["scene"])  # its limits, and names of at most 40 characters
    assert all(0 < len(said) for said in found["said"])


def test_many_addresses_are_each_read_into_a_scene_that_holds(read_all):
    for first in range(0, COUNT, AT_ONCE):
        numbers = range(first, first + AT_ONCE)
        made = [address(drawn("address", number)) for number in numbers]
        for number, one, found in zip(numbers, made, read_all(made), strict=True):
            with named("address", number, one):
                assert_holds(found)


IGNORED = """
    #frog=1 #=1 #frog ##lesson=love #__proto__=1 #constructor=1 #x=1,2,3;4,5,6&x=7,8,9
    #lesson=love&lesson=general #w=1,two,3 #w=NaN,0,0 #w=Infinity,0,0 #w=0x10,0,0 #w=1,2 #w=1;2;3
    #b=1 #b=1,2,3,4,5 #b=nothing #mask=11 #mask=1121 #mask=true #x=1,2;3 #x=1,2,3;;
    #temperature=hot #temperature=1,2 #kind=transformer #kind=Gate #activation=relu
    #lesson=none-such #lesson=__proto__ #lesson=%E0 #lang=xyz #lang=__proto__ #lang=EN
    #rows=%E0%A4%A #rows=%ED%A0%80 #columns=% #query=1 #kind=gate&w=1,2,3 #kind=gate&x=1,2;3,4
    #lesson= #lang= #kind= #activation= #temperature= #rows= #columns= #x= #w= #b= #query= #mask=
""".split()


def test_what_cannot_be_used_is_ignored_and_that_is_said(read_all):
    start, *found = read_all(["", *IGNORED])
    for said, one in zip(IGNORED, found, strict=True):
        assert len(one["said"]) == 1, said
        assert "&" in said or one["scene"] == start["scene"], said


@pytest.mark.parametrize(
    ("said", "part", "used"),
    [
        ("#temperature=0", "temperature", 0.01),
        ("#temperature=-1", "temperature", 0.01),
        ("#temperature=1e5", "temperature", 1000),
        ("#w=1e7,0,0", "w", [1_000_000, 0, 0]),
        ("#b=0,0,0,-1e300", "b", [0, 0, 0, -1_000_000]),
        ("#b=0,0,0,-1e400", "b", [0, 0, 0, -1_000_000]),
        ("#x=9999999,1,1", "x", [[1_000_000, 1, 1]]),
        ("#kind=dot_product&query=0,0,-2000000", "query", [0, 0, -1_000_000]),
        ("#rows=" + ",".join("r" * 17), "rows", ["r"] * 16),
        ("#rows=" + quote("👻" * 41) + ",b,c,d", "rows", ["👻" * 40, "b", "c", "d"]),
        ("#rows=a,,c,d", "rows", ["a", "dark alley", "c", "d"]),
        ("#x=1,2,3;4,5,6&rows=a,b,c", "rows", ["a", "b"]),
    ],
)
def test_what_is_out_of_range_is_clamped_and_that_is_said(read_all, said, part, used):
    (found,) = read_all([said])
    assert len(found["said"]) == 1
    assert found["scene"][part] == used


def test_one_broken_key_spoils_no_other(read_all):
    (found,) = read_all(["#lesson=love&w=0,0.5&b=broken&temperature=0.5&frog"])
    assert len(found["said"]) == 2
    assert (found["scene"]["w"], found["scene"]["temperature"]) == ([0, 0.5], 0.5)


def test_too_much_is_left_out_and_that_is_said(read_all):
    table = "#x=" + ";".join([",".join("1" * 9)] * 17)
    long = [f"#{text * 50_000}" for text in ("aa", "&&")] + ["#rows=" + "a," * 50_000]
    found = read_all([table, *long, "#x=" + "1;" * 50_000])
    assert [len(one["said"]) for one in found] == [2, 1, 1, 1, 1]
    scene = found[0]["scene"]
    assert (len(scene["x"]), len(scene["x"][0])) == (16, 8)
    for one in found:
        assert_holds(one)


# The live page


def assert_works(page: Page, notices: int | None = 1) -> None:
    """It says what it has ignored, computes, and runs nothing of an address."""
    said = page.get_by_test_id("notices").get_by_role("listitem")
    if notices is not None:
        expect(said).to_have_count(notices)
    assert all(math.isfinite(number) for number in assert_agrees(page).numbers.values())
    assert page.evaluate("'hacked' in window") is False
    assert page.locator("table[data-ready='true']").count() == 1


def test_a_page_says_what_it_ignores_and_goes_on(desk):
    start = read(desk)
    go(desk, "#mask=1121")
    expect(desk.get_by_test_id("notices")).to_be_visible()
    assert_works(desk)
    assert read(desk) == start
    go(desk, "#" + "&".join(f"k{i}=1" for i in range(1000)))
    assert 1 <= desk.get_by_test_id("notices").get_by_role("listitem").count() <= 20
    assert desk.get_by_test_id("x-0-0").bounding_box()["y"] < 1500
    assert_works(desk, None)
    go(desk, "#x=" + "1;" * 50_000)
    assert_works(desk)
    go(desk, "#kind=dot_product&query=0,0,-2000000")
    assert_works(desk)


@pytest.mark.parametrize("hostile", IN_A_PAGE[:6])
def test_hostile_names_keys_and_values_are_text(desk, hostile):
    go(desk, fragment_of(rows=f"{hostile},b,c,d", columns=f"{hostile},f,g"))
    desk.get_by_test_id("logit-0").click()
    names, shown = read(desk).names, " ".join(hostile.split())[:40].strip()
    assert (names["row-name-0"], names["column-name-0"]) == (shown, shown)
    expect(desk.get_by_test_id("formula")).to_contain_text(shown)
    drag(desk, "x-0-0", 0.5)
    assert_works(desk, None)
    go(desk, fragment_of(**{hostile: "1"}))
    assert_works(desk)
    # No key spoils another, so all can be hostile at once.
    go(desk, fragment_of(**dict.fromkeys(KEYS, hostile)))
    assert_works(desk, None)


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
    assert_works(desk, 0)


@pytest.fixture
def one_picture(monkeypatch):
    """The gallery shows the same pictures whatever it is asked for: to draw takes long."""
    setting = gallery.Setting(sentence="Love and love").model_dump_json()
    cards = gallery._cards(setting, "en", False)
    comparison = gallery._comparison(setting, gallery.COMPARED, "en", False)
    monkeypatch.setattr(gallery, "_cards", lambda *_: cards)
    monkeypatch.setattr(gallery, "_comparison", lambda *_: comparison)


def test_two_hundred_addresses_leave_the_page_whole_and_nothing_runs(desk, one_picture):
    home, dialogs, requests = desk.url.split("/")[2], [], []
    listeners = {
        "dialog": lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()),
        "request": lambda request: requests.append(request.url),
    }
    for event, listener in listeners.items():
        desk.on(event, listener)
    tabs = [
        f"#tab={tab}&rows={text},b,c,d&columns={text}&sentence={text}&task={text}&compare={text}"
        for tab in ("variations", "learn")
        for text in map(quote, TEXTS)
    ]
    broken = desk.evaluate(OPEN, [address(drawn("live", number)) for number in range(LIVE)] + tabs)
    assert not broken, [ascii(one)[:300] for one in broken]
    go(desk, "#lesson=love")
    expect(desk.get_by_test_id("notices").get_by_role("listitem")).to_have_count(0)
    drag(desk, "x-0-0", 0.9)
    assert_agrees(desk)
    for event, listener in listeners.items():
        desk.remove_listener(event, listener)
    assert not dialogs
    away = {url for url in requests if url.split("/")[2] != home and not url.startswith("data:")}
    assert not away
    assert desk.evaluate("'hacked' in window") is False
