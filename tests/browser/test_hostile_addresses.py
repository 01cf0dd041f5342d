"""Thousands of addresses that mean harm: each is read into a scene that holds, and nothing runs."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from urllib.parse import quote

import pytest
from effort import many
from hostile import LONG, NUMERALS, TEXTS, drawn, mutated_text
from playing import assert_agrees, drag, go
from playwright.sync_api import expect

from attention.export.address import fragment
from attention.export.one_file import RULES
from attention.lessons import load_lessons
from attention.scene import Scene
from attention.scripts import script
from attention.texts import languages, texts
from attention.ui import gallery, learn

COUNT, AT_ONCE = many(500, 10_000), 500
LIVE = many(31, 125)  # of these, and two for each hostile text
LESSONS = load_lessons()[0]
WORLD = {
    "lessons": {name: lesson.for_page(name) for name, lesson in LESSONS.items()},
    "first": "fear",
    "languages": languages(),
    "texts": texts(),
    "rules": RULES,
    "variations": list(gallery.VARIATIONS),
    "compared": gallery.COMPARED,
    "tasks": learn.for_page(),
    "tabs": ["play", "variations", "learn", "reading", "teach"],
}
# What each address is read as, in JSON; of every tenth also whether what the page writes for it is
# read as the same.
READ = """
    const textIn = textsIn(given.texts);
    const newLabel = (key, number) => Object.fromEntries(
        given.languages.map((lang) => [lang, textIn(lang)(key, { number })]));
    const world = { ...given, lessons: new Map(Object.entries(given.lessons)), newLabel };
    const sound = (key, value) => {
        if (typeof value === "number" && !Number.isFinite(value)) throw new Error(key + value);
        return value;
    };
    const again = (state) => {
        const written = writeAddress(state, world, "en");
        const back = writeAddress(readAddress("#" + written, world), world, "en");
        if (back !== written) throw new Error(`written ${written}, read ${back}`);
    };
    const readOne = (address, i) => {
        const { notices, ...state } = readAddress(address, world);
        if (i % 10 === 0) again(state);
        const stages = run(state.scene);
        const said = notices.map(({ key, values }) => textIn("ru")(key, values));
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


def assert_holds(found: dict[str, Any]) -> None:
    assert "error" not in found, found["error"]
    assert found["milliseconds"] < 1_000
    Scene.model_validate(found["scene"])  # its limits, and names of at most 40 characters
    assert all(0 < len(said) for said in found["said"])


def test_many_addresses_are_each_read_into_a_scene_that_holds(blank_page):
    body = f"{script('state/url.js', 'state/texts.js')}\n{READ}"
    build = "([body, given]) => new Function('given', body)(given)"
    reader = blank_page.evaluate_handle(build, [body, WORLD])
    for first in range(0, COUNT, AT_ONCE):
        numbers = range(first, first + AT_ONCE)
        made = [address(drawn("address", number)) for number in numbers]
        read = json.loads(reader.evaluate("(read, addresses) => read(addresses)", made))
        for number, one, found in zip(numbers, made, read, strict=True):
            try:
                assert_holds(found)
            except Exception as problem:
                problem.add_note(f"seed: address-{number}; input: {ascii(one)[:1_000]}")
                raise


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
