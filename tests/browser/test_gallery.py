"""The tab of variations: all of them on the same scene, by link, by hand, and two side by side."""

import re

import numpy as np
import pytest
from engines import expect_download
from playing import (
    TABS,
    address_at_rest,
    assert_agrees,
    drag,
    fragment,
    go,
    hold,
    move,
    next_frame,
    notices,
    places,
    read,
    requests_of,
    silent_server,
)
from playwright.sync_api import expect

from attention.texts import texts, typeset
from attention.ui.gallery import COMPARED
from attention.variations import VARIATIONS, Setting, apply, compare

OURS = list(VARIATIONS)[:12]  # a further one may be in one language, and in Python alone
WEIGHTS = """(picture) => [...picture.querySelectorAll(".ribbon-map")].map((map) => {
    const rows = [];
    for (const { dataset } of map.querySelectorAll(".ribbon")) {
        const [target, source] = dataset.testid.split("-").slice(-2).map(Number);
        (rows[target] ??= [])[source] = Number(dataset.weight);
    }
    return rows;
})"""


def wait(page):
    """Until what is chosen has been drawn."""
    expect(page.get_by_test_id("gallery")).to_have_attribute("data-ready", "true", timeout=20_000)


def weights(page, picture):
    """The weights that a picture's ribbons tell, by head, target and source."""
    node = page.get_by_test_id(picture)
    node.scroll_into_view_if_needed()
    for _ in range(2):  # the page hears of it with a frame, and draws with the next one
        next_frame(page)
    expect(node.locator(".ribbon").first).to_be_attached()
    wait(page)
    return np.array(node.evaluate(WEIGHTS), float)


def expected(name, setting):
    """The same, as NumPy has it."""
    found = apply(VARIATIONS[name], setting).weights
    return found.reshape((1,) * (3 - found.ndim) + found.shape)


def assert_shown(page, setting, names=OURS):
    """Every card, and both of those compared, show what NumPy says of this setting."""
    shown = {f"picture-{name}": name for name in names}
    compared = [page.get_by_test_id(f"compare-{i}").input_value() for i in (0, 1)]
    shown |= {f"compare-picture-{i}": name for i, name in enumerate(compared)}
    for picture, name in shown.items():
        found, right = weights(page, picture), expected(name, setting)
        assert found.shape == right.shape, picture
        assert np.abs(found - right).max() < 1e-9, picture


def the_table(page, **choices):
    """The scene of the table, as the gallery takes it."""
    return Setting(scene=read(page).scene(), **choices)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_variation_has_its_picture_its_formula_its_costs_and_its_code(desk, lang):
    go(desk, f"#lang={lang}")
    desk.get_by_role("tab", name=texts()[lang]["tab_variations"]).click()
    assert_shown(desk, the_table(desk))
    steps, features = 4, 3
    for name in OURS:
        card, one = desk.get_by_test_id(f"variation-{name}"), VARIATIONS[name]
        expect(
            card.get_by_role("heading", name=typeset(one.title[lang]), exact=True)
        ).to_be_visible()
        facts = texts()[lang]["gallery_facts"].format(
            parameters=one.parameter_count(steps, features),
            cost=one.cost,
            multiplications=one.multiplications(steps, features),
        )
        for said in (typeset(one.idea[lang]), one.formula, one.source[lang], facts):
            expect(card.get_by_text(said, exact=True)).to_be_visible()
        if not card.get_by_test_id(f"numpy-{name}").is_visible():
            card.get_by_text(texts()[lang]["gallery_code"]).click()
        for key in ("numpy", "keras"):
            code = card.get_by_test_id(f"{key}-{name}")
            expect(code).to_be_visible()
            assert code.text_content() == getattr(one, f"{key}_code")


def test_the_gallery_shows_the_table_as_it_was_left(desk):
    go(desk, "#tab=variations")
    first = weights(desk, "picture-luong_general")
    desk.get_by_test_id("tab-play").click()
    drag(desk, "x-1-0", 0.9)
    desk.get_by_test_id("mask-2").uncheck()
    desk.get_by_test_id("tab-variations").click()
    assert_shown(desk, the_table(desk))
    assert (weights(desk, "picture-luong_general") != first).any()
    desk.get_by_role("checkbox", name="x standardised").uncheck()
    assert_shown(desk, the_table(desk, standardised=False))


@pytest.mark.parametrize("kind", ["attention", "gate", "scaled_dot_product"])
def test_all_of_it_follows_a_hand_on_the_tables_numbers_and_nobody_is_asked(desk, kind):
    go(desk, fragment(tab="variations", kind=kind, compare="attention,multi_head"))
    wait(desk)
    cards = ["picture-dense_gate", "picture-attention"]
    expect(desk.get_by_test_id(cards[0]).locator(".ribbon").first).to_be_attached()
    with requests_of(desk) as asked:
        hold(desk, "hand-x-0")
        before = places(desk, ".variations :is(section, article, input, select, svg)")
        seen = []
        for share in (0.15, 0.85):
            move(desk, "hand-x-0", share)
            next_frame(desk)
            setting = the_table(desk)
            for i, name in enumerate(("attention", "multi_head")):
                found = np.array(desk.get_by_test_id(f"compare-picture-{i}").evaluate(WEIGHTS))
                assert np.abs(found - expected(name, setting)).max() < 1e-9
            seen.append(found)
            after = places(desk, ".variations :is(section, article, input, select, svg)")
            assert [place for place in after if place[0] != "svg"] == [
                place for place in before if place[0] != "svg"
            ]
        desk.mouse.up()
        desk.wait_for_timeout(500)  # whatever comes late would have come by now
    assert asked == [] and (seen[0] != seen[1]).any()
    assert_shown(desk, the_table(desk), ["dense_gate", "attention", "location"])
    row = the_table(desk).names.index(desk.locator(".row-chip[aria-pressed=true]").inner_text())
    desk.get_by_test_id("hand-mask").uncheck()
    assert not read(desk).checks[f"mask-{row}"]
    desk.get_by_test_id("hand-row-0").click()
    expect(desk.get_by_test_id("hand-row-0")).to_be_focused()
    drag(desk, "hand-x-0", 0.3)
    assert assert_agrees(desk).sliders["x-0-0"] == float(
        desk.get_by_test_id("hand-x-0").input_value()
    )
    assert_shown(desk, the_table(desk), [])


def test_what_a_link_hides_is_not_to_be_dragged_here_either(desk):
    go(desk, fragment(tab="variations", hide="x,mask"))
    wait(desk)
    expect(desk.get_by_test_id("hand-x-0")).to_be_hidden()
    expect(desk.get_by_test_id("hand-mask")).to_be_hidden()


def test_a_card_is_drawn_when_it_comes_into_sight_and_has_its_place_before(open_page):
    page = open_page("#tab=variations")
    wait(page)
    last = page.get_by_test_id("picture-local_window")
    expect(last.locator(".ribbon")).to_have_count(0)
    before = places(page, "article")
    last.scroll_into_view_if_needed()
    expect(last.locator(".ribbon")).to_have_count(16)
    assert places(page, "article") == before


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
    chosen = {"padding": False, "causal": True, "window": 2, "seed": 1}
    setting = Setting(sentence="no pain no gain & 50 %", **chosen)
    assert_shown(desk, setting)
    link = f"#{address_at_rest(desk)}"
    go(desk, "#")
    go(desk, link)
    assert_shown(desk, setting, ["dot"])
    assert desk.get_by_test_id("compare-0").input_value() == "multi_head"
    assert_shown(open_page(link + "&lang=en", locale="ru-RU"), setting, ["dot"])


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


def test_a_name_stands_out_in_both_with_its_weights_and_its_output(desk):
    go(desk, fragment(tab="variations", compare=",".join(COMPARED)))
    wait(desk)
    setting = the_table(desk)
    target = desk.get_by_test_id("compare-picture-0").locator(".ribbon-targets button").nth(3)
    target.hover()
    for i, name in enumerate(COMPARED):
        result = apply(VARIATIONS[name], setting)
        picture = desk.get_by_test_id(f"compare-picture-{i}")
        bright = picture.locator(".ribbon:not(.faint)").evaluate_all(
            "(nodes) => nodes.map((node) => Number(node.dataset.weight))"
        )
        assert bright == pytest.approx(result.weights[3].tolist(), abs=1e-9)
        shares = picture.locator(".ribbon-sources .share").all_text_contents()
        told = [float(share.removesuffix("%").strip(" \xa0<>")) for share in shares]
        assert told == pytest.approx(100 * result.weights[3], abs=0.11)
        said = desk.get_by_test_id(f"compare-output-{i}").text_content().replace("−", "-")
        for feature, value in zip(setting.features, result.output[3], strict=True):
            number = re.search(rf"{feature} (-?\d+\.\d\d)", said)[1]
            assert float(number) == pytest.approx(value, abs=0.0051)
    desk.mouse.move(0, 0)
    expect(desk.get_by_test_id("compare-output-0")).to_have_text("")
    desk.get_by_test_id("compare-0").select_option("attention")
    result = apply(VARIATIONS["attention"], setting)
    said = desk.get_by_test_id("compare-output-0").text_content().replace("−", "-")
    assert [float(one) for one in re.findall(r"-?\d+\.\d\d", said)] == pytest.approx(
        result.output.tolist(), abs=0.0051
    )


def test_on_a_phone_a_picture_stands_over_what_one_drags_and_both_are_in_sight(phone):
    go(phone, "#tab=variations")
    wait(phone)
    for testid in ("compare-picture-0", "hand-x-0"):
        expect(phone.get_by_test_id(testid)).to_be_in_viewport(ratio=1)
    picture, hand = (
        phone.get_by_test_id(one).bounding_box() for one in ("compare-picture-0", "hand-x-0")
    )
    assert picture["y"] + picture["height"] < hand["y"]


def test_a_picture_is_drawn_by_the_server_when_somebody_takes_it_away(desk):
    with requests_of(desk) as asked:
        go(desk, "#tab=variations&seed=9")
        wait(desk)
        assert sum("component_server" in one for one in asked) <= 1, "the numbers"
        for testid, name in (("save-dot", "dot.png"), ("save-difference", "dot-scaled_dot.png")):
            before = len(asked)
            with expect_download(desk) as taken:
                desk.get_by_test_id(testid).click()
            assert taken.value.suggested_filename == name
            assert taken.value.path().read_bytes().startswith(b"\x89PNG")
            assert any("component_server" in one for one in asked[before:])


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


def test_a_server_that_does_not_answer_leaves_what_needs_no_seeded_numbers(desk):
    with silent_server(desk):
        go(desk, "#tab=variations&seed=77&compare=dot,cosine")
        expect(desk.get_by_text(texts()["en"]["server_silent"])).to_be_visible()
        expect(desk.get_by_text("e_ts = x_t·x_s / √d", exact=True)).to_be_visible()
        setting = the_table(desk)
        for i, name in enumerate(("dot", "cosine")):
            found = np.array(desk.get_by_test_id(f"compare-picture-{i}").evaluate(WEIGHTS))
            assert np.abs(found - expected(name, setting)).max() < 1e-9
        address_at_rest(desk)  # once the hand rests it asks again, by itself
    desk.get_by_test_id("gallery-again").click()
    wait(desk)
    assert_shown(desk, Setting(scene=setting.scene, seed=77), ["location", "multi_head"])
