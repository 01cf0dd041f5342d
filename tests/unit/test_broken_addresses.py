"""Addresses that cannot be used as they are, or mean harm, are read by the rules, which is said."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from effort import many
from hostile import drawn, named
from random_addresses import LESSONS, address

from attention.address import url_table
from attention.export.one_file import LIMITS
from attention.scene import Scene
from attention.scripts import script
from attention.texts import texts
from attention.ui import gallery, learn

COUNT, AT_ONCE = many(500, 10_000), 500
WORLD = {
    "lessons": {name: lesson.for_page(name) for name, lesson in LESSONS.items()},
    "home": "fear",
    **url_table().for_page(),
    "texts": texts(),
    "rules": LIMITS,
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


CLAMPED = [
    ("#temperature=0", "temperature", 0.01),
    ("#temperature=1e5", "temperature", 1000),
    ("#w=1e7,0,0", "w", [1_000_000, 0, 0]),
    ("#b=0,0,0,-1e400", "b", [0, 0, 0, -1_000_000]),
    ("#x=9999999,1,1", "x", [[1_000_000, 1, 1]]),
    ("#kind=dot_product&query=0,0,-2000000", "query", [0, 0, -1_000_000]),
    ("#rows=" + ",".join("r" * 17), "rows", ["r"] * 16),
    ("#rows=" + quote("👻" * 41) + ",b,c,d", "rows", ["👻" * 40, "b", "c", "d"]),
    ("#rows=a,,c,d", "rows", ["a", "dark alley", "c", "d"]),
    ("#x=1,2,3;4,5,6&rows=a,b,c", "rows", ["a", "b"]),
    ("#lesson=love&w=0,0.5&b=broken&temperature=0.5", "w", [0, 0.5]),  # spoils no other
    ("#x=" + "1,2;" * 50_000, "x", [[50, 30, 4], [40, 10, 4], [70, 20, 20], [90, 20, 0]]),
    ("#" + "aa" * 50_000, "temperature", 20),
]


def test_what_is_out_of_range_is_clamped_or_left_out_and_that_is_said(read_all):
    for (said, part, used), found in zip(
        CLAMPED, read_all([said for said, _, _ in CLAMPED]), strict=True
    ):
        assert_holds(found)
        assert (len(found["said"]), found["scene"][part]) == (1, used), said[:80]
    (found,) = read_all(["#x=" + ";".join([",".join("1" * 9)] * 17)])
    assert len(found["said"]) == 2
    assert (len(found["scene"]["x"]), len(found["scene"]["x"][0])) == (16, 8)
