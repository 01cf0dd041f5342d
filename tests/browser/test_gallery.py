"""The tab of variations: all of them on the same scene, by link, by hand, and two compared."""

import re
from hashlib import sha256

import pytest
from playing import TABS, address_at_rest, drag, fragment, go, notices, read, silent_server
from playwright.sync_api import expect

from attention.texts import texts
from attention.ui.gallery import COMPARED, draw_variations
from attention.variations import VARIATIONS, Setting, apply, compare


def short(source):
    """Something short for a picture, so that a difference can be read."""
    return sha256(source.encode()).hexdigest()[:8]


def wait(page):
    """Until what is chosen has been drawn."""
    expect(page.get_by_test_id("gallery")).to_have_attribute("data-ready", "true", timeout=20_000)


def pictures(page):
    """The pictures in sight, by test id."""
    wait(page)
    found = page.locator("img[data-testid]").evaluate_all(
        "(nodes) => nodes.map((node) => [node.dataset.testid, node.src, node.naturalWidth])"
    )
    assert all(width > 0 for _, _, width in found)
    return {testid: short(source) for testid, source, _ in found}


def drawn(setting, comparing=COMPARED, lang="en"):
    """The same pictures, as the server draws them."""
    answer = draw_variations({"setting": setting, "compare": comparing, "lang": lang})
    images = {f"picture-{name}": card["image"] for name, card in answer["cards"].items()}
    images["scale"] = answer["scale"]
    images |= {
        f"compare-picture-{i}": images[f"picture-{n}"] for i, n in zip("ab", comparing, strict=True)
    }
    images["compare-picture-difference"] = answer["comparison"]["image"]
    return {n: short(f"data:image/png;base64,{image['png']}") for n, image in images.items()}


def plain(page):
    """The scene of the table, as the gallery gets it."""
    return read(page).scene().model_dump(mode="json")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_variation_has_its_picture_its_formula_its_costs_and_its_code(desk, lang):
    go(desk, f"#lang={lang}")
    desk.get_by_role("tab", name=texts()[lang]["tab_variations"]).click()
    assert pictures(desk) == drawn({"scene": plain(desk)}, lang=lang)
    steps, features = 4, 3
    for name, one in list(VARIATIONS.items())[:12]:  # a further one may be in one language alone
        card = desk.get_by_test_id(f"variation-{name}")
        expect(card.get_by_role("heading", name=one.title[lang], exact=True)).to_be_visible()
        facts = texts()[lang]["gallery_facts"].format(
            parameters=one.parameter_count(steps, features),
            cost=one.cost,
            multiplications=one.multiplications(steps, features),
        )
        for said in (one.idea[lang], one.formula, one.source, facts):
            expect(card.get_by_text(said, exact=True)).to_be_visible()
        if not card.get_by_test_id(f"numpy-{name}").is_visible():
            card.get_by_text(texts()[lang]["gallery_code"]).click()
        for key in ("numpy", "keras"):
            code = card.get_by_test_id(f"{key}-{name}")
            expect(code).to_be_visible()
            assert code.text_content() == getattr(one, f"{key}_code")


def test_the_gallery_follows_the_table(desk):
    go(desk, "#tab=variations")
    first = pictures(desk)
    desk.get_by_test_id("tab-play").click()
    drag(desk, "x-1-0", 0.9)
    desk.get_by_test_id("mask-2").uncheck()
    desk.get_by_test_id("tab-variations").click()
    second = pictures(desk)
    assert second == drawn({"scene": plain(desk)}) != first
    desk.get_by_role("checkbox", name="x standardised").uncheck()
    assert pictures(desk) == drawn({"scene": plain(desk), "standardised": False}) != second


def test_what_one_chooses_is_drawn_stands_in_the_address_and_is_the_same_for_everybody(
    desk, open_page
):
    go(desk, "#tab=variations&lang=en")
    desk.get_by_role("button", name="A sentence").click()
    desk.get_by_role("textbox", name="A sentence").fill("no pain no gain & 50 %")
    desk.get_by_role("textbox", name="A sentence").press("Enter")
    desk.get_by_role("checkbox", name="padding mask").uncheck()
    desk.get_by_role("checkbox", name="causal mask").check()
    desk.get_by_role("checkbox", name="window").check()
    desk.get_by_role("spinbutton", name="width of the window").fill("2")
    desk.get_by_role("spinbutton", name="width of the window").press("Enter")
    desk.get_by_role("button", name="another").click()
    desk.get_by_role("combobox", name="The first one").select_option("Multi-head")
    setting = {"sentence": "no pain no gain & 50 %", "padding": False, "causal": True, "window": 2}
    compared = ("multi_head", "scaled_dot")
    expected = drawn(setting | {"seed": 1}, compared)
    assert pictures(desk) == expected != drawn(setting | {"seed": 2}, compared)
    link = f"#{address_at_rest(desk)}"
    go(desk, "#")
    go(desk, link)
    assert pictures(desk) == expected
    assert pictures(open_page(link + "&lang=en", locale="ru-RU")) == expected


def test_two_are_compared_with_their_difference(desk):
    go(desk, fragment(tab="variations", sentence="the dog chased the cat", compare="cosine,dot"))
    wait(desk)
    setting = Setting(sentence="the dog chased the cat")
    found = compare(apply(VARIATIONS["cosine"], setting), apply(VARIATIONS["dot"], setting))
    row, column = found.at
    said = desk.get_by_test_id("compare-largest").text_content()
    number = float(re.search(r"−?\d\.\d+", said)[0].replace("−", "-"))
    assert number == pytest.approx(found.difference[found.at], abs=5e-5)
    assert f"“{setting.names[row]}” looks at step {column + 1} “{setting.names[column]}”" in said
    desk.get_by_test_id("compare-0").select_option("dot")
    expect(desk.get_by_test_id("compare-largest")).to_have_text(texts()["en"]["compare_same"])


def test_the_tabs_are_walked_with_arrow_keys(desk):
    tabs = dict(zip(TABS, desk.get_by_role("tab").all(), strict=True))
    at = "play"
    tabs[at].focus()
    for key, to in (
        ("ArrowRight", "variations"), ("End", "teach"), ("ArrowRight", "play"),
        ("ArrowLeft", "teach"), ("Home", "play"),
    ):  # fmt: skip
        tabs[at].press(key)
        at = to
        expect(tabs[at]).to_be_focused()
        expect(tabs[at]).to_have_attribute("aria-selected", "true")
        expect(desk.get_by_role("tabpanel")).to_have_count(1)
        expect(desk.locator(f"#panel-{at}")).to_be_visible()
    assert address_at_rest(desk) == ""


@pytest.mark.parametrize(
    ("key", "value", "said", "kept"),
    [
        ("seed", "99999", "“seed” must be from 0 to 9999; 99999 became 9999.", "seed=9999"),
        ("causal", "yes", "“causal” must be", ""),
        ("compare", "dot,frog", "“compare” must be one of dense_gate, ", ""),
        ("tab", "frog", "“tab” must be one of play, variations, learn, reading, teach;", ""),
        ("sentence", " ".join("abcdefghijklmnopq"), "“sentence” may have at most 16", "p&"),
        ("sentence", "w" * 41, "A name may have at most 40", "w" * 40 + "&"),
        ("sentence", "<img src=x onerror=alert(1)> ${1} {{2}} $x$", None, "img"),
    ],
)
def test_a_broken_address_is_mended_and_said(desk, key, value, said, kept):
    go(desk, fragment(**{"tab": "variations", key: value}))
    expect(notices(desk)).to_contain_text([said] if said else [])
    assert kept in address_at_rest(desk) + "&"
    if key != "tab":
        wait(desk)


def test_a_server_that_does_not_answer_leaves_the_words(desk):
    with silent_server(desk):
        go(desk, "#tab=variations&seed=77")
        expect(desk.get_by_text(texts()["en"]["server_silent"])).to_be_visible()
        expect(desk.get_by_text("e_ts = x_t·x_s / √d", exact=True)).to_be_visible()
    desk.get_by_test_id("tab-play").click()
    desk.get_by_test_id("tab-variations").click()
    wait(desk)
