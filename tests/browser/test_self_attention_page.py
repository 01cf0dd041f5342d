"""Self-attention on the page: each control of it, against what NumPy makes of what is there."""

from __future__ import annotations

import pytest
from playing import (
    address_at_rest,
    assert_agrees,
    assert_fits,
    go,
    next_frame,
    open_all,
    places,
    read,
    type_number,
)
from playwright.sync_api import expect

HERE = "#lesson=query&kind=self_attention"


def agrees(page) -> None:
    """Every number that the page shows, also of what each step makes."""
    next_frame(page)
    scene = assert_agrees(page).scene()
    whole = scene.whole_trace()
    for name in ("queries", "keys", "values"):
        for row, vector in enumerate(getattr(whole, name)):
            shown = page.get_by_test_id(f"{name}-{row}").get_attribute("data-vector")
            assert [*map(float, shown.split(","))] == pytest.approx(vector, rel=1e-9, abs=1e-12)


def test_each_of_its_controls_moves_what_it_says_and_the_address_brings_it_back(desk):
    go(desk, HERE)
    agrees(desk)
    for change in (
        lambda: type_number(desk, "wq-1-0", "1.5"),
        lambda: type_number(desk, "wk-0-2", "-0.5"),
        lambda: type_number(desk, "wv-2-1", "2"),
        lambda: desk.get_by_test_id("asks-1").check(),
        lambda: desk.get_by_test_id("causal_mask").check(),
        lambda: desk.get_by_test_id("heads").select_option("2"),
        lambda: desk.get_by_test_id("head").select_option(label="2"),
        lambda: desk.get_by_test_id("positions").select_option("sinusoidal"),
        lambda: desk.get_by_test_id("positions").select_option("learned"),
        lambda: type_number(desk, "pos-1-0", "0.75"),
        lambda: desk.get_by_test_id("wv-narrower").click(),
        lambda: desk.get_by_test_id("mask-0").uncheck(),
        lambda: desk.get_by_test_id("add-row").click(),
        lambda: desk.get_by_test_id("add-column").click(),
    ):
        before = read(desk).scene()
        change()
        agrees(desk)
        assert read(desk).scene() != before
    there = read(desk).scene()
    address = address_at_rest(desk)
    go(desk, "#lesson=fear")
    go(desk, "#" + address.removeprefix("#"))
    agrees(desk)
    assert read(desk).scene() == there


def test_heads_take_equal_parts_of_the_columns_which_grow_by_zeros(desk):
    go(desk, HERE)
    three = read(desk).scene()
    desk.get_by_test_id("heads").select_option("2")
    four = read(desk).scene()
    assert (three.d_k, four.d_k, four.d_v) == (3, 4, 4)
    assert [row[:3] for row in four.wq] == three.wq and all(row[3] == 0 for row in four.wv)
    desk.get_by_test_id("wq-narrower").click()
    assert read(desk).scene().d_k == 2
    expect(desk.get_by_test_id("wq-narrower")).to_be_disabled()
    expect(desk.get_by_test_id("wv-wider")).to_be_disabled()
    agrees(desk)


def test_a_row_goes_on_asking_wherever_it_stands_and_positions_stay(desk):
    go(desk, f"{HERE}&asks=0&positions=learned&pos=1,0,0;2,0,0;3,0,0;4,0,0")
    name = read(desk).scene().rows[0]
    desk.get_by_test_id("move-row-0").focus()
    desk.keyboard.press("ArrowDown")
    scene = assert_agrees(desk).scene()
    assert (scene.rows[1], scene.asks) == (name, 1)
    assert [place[0] for place in scene.pos] == [1, 2, 3, 4]
    desk.get_by_test_id("remove-row-1").click()
    scene = assert_agrees(desk).scene()
    assert (len(scene.pos), scene.asking) == (3, 2)
    desk.get_by_test_id("undo").click()
    assert read(desk).scene().asks == 1


def test_a_tap_on_a_name_of_the_stage_lets_that_row_ask(desk):
    go(desk, HERE + "&stage=flow")
    name = read(desk).scene().rows[1]
    expect(desk.get_by_test_id("stage-asker")).not_to_contain_text(name)
    desk.get_by_test_id("stage-asks-1").click()
    expect(desk.get_by_test_id("stage-asker")).to_contain_text(name)
    assert assert_agrees(desk).scene().asks == 1


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_on_a_phone_who_asks_is_told_in_full(phone, lang):
    said = phone.get_by_test_id("stage-asker")
    go(phone, f"#lesson=order&stage=flow&lang={lang}")
    expect(said).to_have_text({"en": "“minus” asks", "ru": "минус?"}[lang])
    go(phone, f"#puzzle=first_capital&stage=flow&lang={lang}")
    for row in (4, 1):
        phone.get_by_test_id(f"stage-asks-{row}").click()
        expect(said).to_contain_text(read(phone).scene().rows[row])
    words, column = said.bounding_box(), phone.locator(".flow .feature").bounding_box()
    assert words["x"] + words["width"] < column["x"]


_BROKEN_WORDS = """(heads) => heads.filter((head) => {
    const range = document.createRange();
    range.selectNodeContents(head);
    return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
}).map((head) => head.textContent)"""


@pytest.mark.parametrize("view", ["desk", "phone"])
@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("puzzle", ["first_capital", "step_before"])
def test_positions_are_headed_by_whole_words_and_their_sliders_reach_further(
    request, view, lang, puzzle
):
    page = request.getfixturevalue(view)
    go(page, f"#puzzle={puzzle}&lang={lang}")
    open_all(page)
    card = page.get_by_test_id("matrix-pos")
    assert card.locator("th").evaluate_all(_BROKEN_WORDS) == []
    assert_fits(page)
    table = read(page)
    ends = {name: ends for name, ends in table.ends.items() if name.startswith("pos-")}
    assert len({tuple(each) for each in ends.values()}) == 1
    assert all(table.number(name) < high for name, (_, high) in ends.items())


HEADS = "#lesson=two-heads&wq=0,0;4,4;0,0&heads=2"


@pytest.mark.parametrize("view", ["desk", "phone"])
def test_each_head_can_be_looked_at_beside_its_ribbons(request, view):
    page = request.getfixturevalue(view)
    go(page, f"{HEADS}&stage=flow")
    weights = read(page).scene().whole_trace().weights
    parts = ".stage, .stage-views, .stage-heads .view, .pane, .output-bar"
    before = places(page, parts)
    first, second = (page.get_by_test_id(f"stage-head-{head}") for head in range(2))

    def expect_head(head):
        drawn = [page.get_by_test_id(f"ribbon-{row}") for row in range(3)]
        shown = [float(ribbon.get_attribute("data-weight")) for ribbon in drawn]
        assert shown == pytest.approx(weights[head][1])
        assert assert_agrees(page).scene().head == head
        expect(page.locator(".stage-heads [aria-pressed='true']")).to_have_text(f"head {head + 1}")
        expect(page.locator(".flow .of-head")).to_have_text([f"v{head + 1}", "0.96"])
        expect(page.locator(".flow .of-other")).to_have_text([f"v{2 - head}", "0.96"])

    expect_head(0)
    second.click()
    expect_head(1)
    assert places(page, parts) == before
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    expect_head(0)
    page.keyboard.press("ArrowLeft")  # there is none before it
    expect_head(0)
    assert places(page, parts) == before
    page.get_by_test_id("head").select_option(label="2")
    expect_head(1)
    if view == "phone":
        assert min(first.bounding_box()[side] for side in ("width", "height")) >= 44


def test_only_where_there_are_several_heads_is_one_named_beside_the_output(desk):
    mostly = desk.locator(".flow .mostly").first
    for head, name in enumerate(("dog", "cat")):
        go(desk, f"{HEADS}&head={head}")
        expect(mostly).to_have_text(f"head {head + 1}: mostly “{name}”")
    go(desk, "#lesson=two-heads&wq=0,0;4,0;0,0")
    expect(mostly).to_have_text("mostly “dog”")
    expect(desk.get_by_test_id("stage-head-0")).not_to_be_visible()
    assert desk.locator(".flow :is(.of-head, .of-other)").count() == 0


def test_the_plane_shows_query_keys_and_values_as_they_are(desk):
    go(desk, HERE + "&stage=plane&asks=1")
    whole = read(desk).scene().whole_trace()
    query = desk.get_by_test_id("stage-query").get_attribute("data-x")
    assert float(query) == pytest.approx(whole.queries[1][0])
    for row in range(4):
        for what, vectors in (("key", whole.keys), ("value", whole.values)):
            shown = desk.get_by_test_id(f"stage-{what}-{row}").get_attribute("data-x")
            assert float(shown) == pytest.approx(vectors[row][0])
    output = desk.get_by_test_id("point-output").get_attribute("data-x")
    assert float(output) == pytest.approx(read(desk).scene().trace().output[0])


def test_other_kinds_come_back_with_what_they_had(desk):
    go(desk, "#lesson=query")
    before = read(desk).scene()
    kind = desk.get_by_test_id("kind")
    kind.select_option("self_attention")
    type_number(desk, "wq-0-0", "1.25")
    there = read(desk).scene()
    for other in ("gate", "self_attention", "attention", "scaled_dot_product"):
        kind.select_option(other)
        assert_agrees(desk)
        if other == "self_attention":
            assert read(desk).scene() == there
    kind.select_option(before.kind)
    assert read(desk).scene() == before


def test_training_turns_queries_and_keys_and_the_loss_falls(desk):
    go(desk, HERE + "&target=1,0,0,0&turns=wq,wk&rate=0.1&stage=loss")
    before = read(desk).scene()
    desk.get_by_test_id("train-step").click()
    first = float(desk.get_by_test_id("train-loss").get_attribute("data-value"))
    for _ in range(5):
        desk.get_by_test_id("train-step").click()
    assert float(desk.get_by_test_id("train-loss").get_attribute("data-value")) < first
    scene = assert_agrees(desk).scene()
    assert scene.wq != before.wq and scene.wk != before.wk and scene.wv == before.wv


def test_keras_agrees_with_the_step_that_asks_and_with_its_training(desk):
    go(desk, HERE + "&asks=1&causal_mask=1&target=1,0,0,0&turns=wq,wk")
    desk.get_by_test_id("keras").click()
    expect(desk.get_by_test_id("keras-badge")).to_have_text("Keras agrees", timeout=60_000)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_all_of_it_fits_on_a_phone(phone, lang):
    go(phone, f"{HERE}&lang={lang}&positions=learned")
    phone.get_by_test_id("heads").select_option("2")
    open_all(phone)
    assert_fits(phone)
    for name in ("heads", "head", "positions"):
        assert phone.get_by_test_id(name).is_visible()
