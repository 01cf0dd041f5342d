"""The table: numbers and names are typed, it grows and shrinks, and finds its way back."""

import pytest
from engines import fill
from playing import (
    SLIDERS,
    address_at_rest,
    assert_agrees,
    drag,
    go,
    notices,
    read,
    rename,
    type_number,
)
from playwright.sync_api import expect

from attention.lessons import load_lessons


def press(page, *buttons):
    for button in buttons:
        page.get_by_test_id(button).click()


def choose(page, kind):
    page.get_by_test_id("kind").select_option(kind)


# Of each kind that a lesson opens with: its first weight, and a kind to change to.
@pytest.mark.parametrize(
    ("lesson", "weight", "kind"),
    [("fear", "w-0", "gate"), ("gate", "w-0-1", "attention"), ("query", "q-0", "gate")],
)
def test_reset_brings_back_exactly_the_lesson_and_keeps_the_language(desk, lesson, weight, kind):
    go(desk, f"#lang=ru&lesson={lesson}")
    start = assert_agrees(desk)
    type_number(desk, weight, "77")
    type_number(desk, "temperature", "oops")
    rename(desk, "row-name-0", "somebody else")
    press(desk, "mask-1", "remove-row-2", "add-row")
    if weight == "w-0":
        press(desk, "add-column", "bias")
    choose(desk, kind)
    drag(desk, "temperature", 0.4)
    desk.get_by_role("button", name="Сбросить").click()
    assert assert_agrees(desk) == start
    expect(notices(desk)).to_have_count(0)
    expect(desk.get_by_test_id("reset")).to_be_focused()


@pytest.mark.parametrize(("kind", "zeros"), [("attention", "0,0,0"), ("gate", "0")])
def test_rows_from_one_to_sixteen(desk, kind, zeros):
    # Close to both ends by link: every click between them does the same.
    add = desk.get_by_test_id("add-row")
    go(desk, f"#kind={kind}&x={';'.join([zeros] * 15)}")
    add.click()
    expect(add).to_be_disabled()
    expect(desk.get_by_test_id("row-name-15")).to_have_text("row 16")
    table = assert_agrees(desk)
    assert table.list("x-15") == [0] * len(table.scene().columns)
    press(desk, "remove-row-15")
    expect(add).to_be_enabled()
    go(desk, f"#kind={kind}&x={zeros};{zeros}")
    press(desk, "remove-row-1")
    expect(desk.get_by_test_id("remove-row-0")).to_be_disabled()
    assert assert_agrees(desk).numbers["weight-0"] == 1


@pytest.mark.parametrize("kind", ["attention", "dot_product"])
def test_columns_from_one_to_eight(desk, kind):
    go(desk, f"#kind={kind}")
    press(desk, *["add-column"] * 5)
    expect(desk.get_by_test_id("add-column")).to_be_disabled()
    expect(desk.get_by_test_id("column-name-7")).to_have_text("feature 8")
    assert len(assert_agrees(desk).scene().columns) == 8
    press(desk, *(f"remove-column-{column}" for column in range(7, 0, -1)))
    expect(desk.get_by_test_id("remove-column-0")).to_be_disabled()
    assert len(assert_agrees(desk).scene().columns) == 1
    choose(desk, "gate")  # which has one column
    expect(desk.get_by_test_id("add-column")).to_be_hidden()


@pytest.mark.parametrize("kind", SLIDERS)
def test_a_removed_row_or_column_takes_all_its_numbers_along(desk, kind):
    go(desk, f"#kind={kind}")
    before = read(desk).scene()
    press(desk, "remove-row-1")
    after = assert_agrees(desk).scene()
    for name in ("rows", "x", "b", "mask"):
        was, now = getattr(before, name), getattr(after, name)
        assert now == (was and was[:1] + was[2:]), name
    if kind == "gate":
        assert after.w == [row[:1] + row[2:] for row in before.w[:1] + before.w[2:]]
        return
    press(desk, "remove-column-0")
    last = assert_agrees(desk).scene()
    for name in ("columns", "w", "query"):
        was = getattr(after, name)
        assert getattr(last, name) == (was and was[1:]), name
    assert last.x == [row[1:] for row in after.x]


def test_the_focus_stays_in_the_table_when_it_changes(desk):
    for button, cell in (
        ("add-row", "row-name-4"),
        ("remove-row-4", "row-name-3"),
        ("remove-row-0", "row-name-0"),
        ("add-column", "column-name-3"),
        ("remove-column-0", "column-name-0"),
    ):
        press(desk, button)
        expect(desk.get_by_test_id(cell)).to_be_focused()
    for control, key in (("activation", "ArrowUp"), ("bias", "Space"), ("kind", "ArrowDown")):
        desk.get_by_test_id(control).focus()
        desk.keyboard.press(key)
        expect(desk.get_by_test_id(control)).to_be_focused()


@pytest.mark.parametrize("cell", ["row-name-1", "column-name-1"])
def test_a_name_is_at_most_forty_characters_long_and_that_is_said_once(desk, cell):
    label = rename(desk, cell, "")
    desk.keyboard.type("👻" + "a" * 44)
    label.blur()
    expect(label).to_have_text("👻" + "a" * 39)
    expect(notices(desk)).to_have_count(1)


@pytest.mark.every_engine
def test_a_new_name_is_used_everywhere_and_one_can_drag_straight_out_of_it(desk):
    rename(desk, "column-name-0", "heat")
    label = rename(desk, "row-name-3", "ice\ndragon")
    desk.keyboard.press("Enter")
    expect(label).not_to_be_focused()
    expect(label).to_have_text("ice dragon")
    rename(desk, "row-name-3", "dragon")
    drag(desk, "x-3-0", 0.9)
    assert assert_agrees(desk).sliders["x-3-0"] > 200
    for name in ("heat, dragon", "bias of dragon", "weight of heat"):
        expect(desk.locator("table").get_by_role("slider", name=name)).to_be_visible()
    expect(desk.get_by_role("checkbox", name="visible: dragon")).to_be_visible()
    expect(desk.get_by_test_id("formula")).to_contain_text("dragon")
    label.click()
    for key in ("Control+A", "Backspace"):
        desk.keyboard.press(key)
    label.blur()
    expect(label).to_have_text("dragon")  # an emptied name comes back


def test_what_a_kind_cannot_show_comes_back_with_the_next(desk):
    before = read(desk)
    choose(desk, "gate")
    assert assert_agrees(desk).scene().columns == ["x"]
    drag(desk, "w-0-2", 0.8)
    gate = read(desk)
    choose(desk, "scaled_dot_product")
    assert assert_agrees(desk).scene().x == before.scene().x
    choose(desk, "attention")
    assert assert_agrees(desk) == before
    choose(desk, "gate")
    assert assert_agrees(desk) == gate


def test_numbers_and_biases_come_back_to_their_own_rows(desk):
    own = dict(zip(read(desk).scene().rows, read(desk).scene().x, strict=True))
    press(desk, "bias")
    choose(desk, "gate")
    press(desk, "remove-row-0", "add-row")
    choose(desk, "attention")
    press(desk, "bias")
    scene = assert_agrees(desk).scene()
    for name, vector in zip(scene.rows[:3], scene.x[:3], strict=True):
        assert vector == own[name][: len(vector)]
    assert dict(zip(scene.rows, scene.b, strict=True))["ghost 👻"] == -100


def test_a_lesson_brings_all_its_own(desk):
    desk.get_by_test_id("lesson").select_option("love")
    expect(desk.get_by_role("heading", name="Love: 90 / 9 / 1")).to_be_visible()
    expect(desk.get_by_test_id("lesson-story")).to_contain_text("translated 90 times")
    expect(desk.get_by_test_id("challenge")).to_contain_text("stormy")
    expect(desk.get_by_role("button", name="1 Principle")).to_have_attribute("aria-pressed", "true")
    lessons = load_lessons()[0]
    scene, start = assert_agrees(desk).scene(), lessons["love"].start
    assert scene.b == pytest.approx(start.b, rel=1e-12)  # a slider keeps 15 digits
    for field in ("kind", "rows", "columns", "x", "w", "activation", "temperature"):
        assert getattr(scene, field) == getattr(start, field)
    desk.get_by_role("button", name="2 In general terms").click()
    first = next(name for name, one in lessons.items() if one.level == 2)
    expect(desk.get_by_test_id("lesson")).to_have_value(first)


def test_a_typed_number_counts_while_one_types_as_people_write_it(desk):
    desk.get_by_test_id("x-3-0-number").fill("200")
    table = assert_agrees(desk)
    assert (table.sliders["x-3-0"], table.numbers["logit-3"]) == (200, pytest.approx(110))
    for typed in ("12.5", "12,5", "−40", "+3", " 7 ", ".5", "5.", "1e3", "−2,5e−1", "0"):
        type_number(desk, "x-0-0", typed)
        number = float(typed.replace(",", ".").replace("−", "-"))
        assert assert_agrees(desk).sliders["x-0-0"] == number, typed
    expect(notices(desk)).to_have_count(0)


@pytest.mark.parametrize(
    ("slider", "typed", "beyond", "limit"),
    [
        ("x-0-0", "900", "1e7", 1_000_000),
        ("w-1", "-7", "-1000001", -1_000_000),
        ("b-3", "-5000", "1e400", 1_000_000),
        ("temperature", "200", "0", 0.01),
        ("temperature", "60", "1001", 1000),
    ],
)
def test_a_slider_widens_for_a_number_and_what_is_beyond_the_limit_becomes_the_limit(
    desk, slider, typed, beyond, limit
):
    type_number(desk, slider, typed)
    table = assert_agrees(desk)
    low, high = table.ends[slider]
    assert low <= float(typed) == table.sliders[slider] <= high
    drag(desk, slider, 0.5)
    table = assert_agrees(desk)
    assert low < table.sliders[slider] < high
    assert table.number(slider) == pytest.approx(table.sliders[slider])
    expect(notices(desk)).to_have_count(0)
    type_number(desk, slider, beyond)
    table = assert_agrees(desk)
    assert table.sliders[slider] == table.number(slider) == limit
    expect(notices(desk)).to_have_count(1)


@pytest.mark.every_engine
def test_the_old_number_stays_where_none_was_typed_and_that_is_said(desk):
    before = assert_agrees(desk)
    for garbage in ("abc", "", "1.2.3", "--5", "0x10", "NaN", "Infinity", "1;2"):
        type_number(desk, "x-3-0", garbage)
        assert assert_agrees(desk) == before
        expect(notices(desk)).to_have_count(1)
        desk.get_by_role("button", name="Dismiss").click()
        expect(notices(desk)).to_have_count(0)
    fill(desk.get_by_test_id("x-3-0-number"), "ghost")
    desk.get_by_test_id("x-2-0-number").click()  # to leave the field is enough
    expect(desk.get_by_test_id("x-3-0-number")).to_have_value("90")
    expect(notices(desk)).to_contain_text(["ghost"])


@pytest.mark.parametrize("slider", ["x-0-0", "w-0", "b-0", "temperature"])
def test_a_number_of_six_characters_is_not_cut_off(desk, slider):
    for typed in ("4.4998", "1234.5", "12.345" if slider == "temperature" else "-12.35"):
        type_number(desk, slider, typed)
        field = desk.get_by_test_id(f"{slider}-number")
        field.blur()
        assert field.evaluate("(node) => node.scrollWidth <= node.clientWidth"), typed


def pieces(page, column, rows):
    """Left end, right end (pixels) and number of each row's piece of an output's bar."""
    return [
        page.get_by_test_id(f"share-{row}-{column}").evaluate(
            """(node) => {
                const { left, right } = node.getBoundingClientRect();
                return [left, right, Number(node.dataset.value)];
            }"""
        )
        for row in range(rows)
    ]


@pytest.mark.parametrize("kind", ["attention", "dot_product"])
def test_an_output_is_stacked_from_what_each_row_adds_to_it(desk, kind):
    go(desk, f"#kind={kind}&x=50,-30,4;40,10,-4;70,-20,20;90,20,0&temperature=50")
    table = assert_agrees(desk)
    rows = len(table.list("row-name", table.names))
    for column in range(3):
        found = pieces(desk, column, rows)
        for row, (_, _, value) in enumerate(found):
            x = table.sliders[f"x-{row}-{column}"]
            assert value == pytest.approx(table.numbers[f"weight-{row}"] * x, rel=1e-12)
        total = sum(value for _, _, value in found)
        assert total == pytest.approx(table.numbers[f"output-{column}"], abs=1e-9)
        ups = sorted(one for one in found if one[2] > 0)
        downs = sorted(one for one in found if one[2] < 0)
        scale = [(right - left) / abs(value) for left, right, value in found if right - left > 5]
        assert scale == pytest.approx([scale[0]] * len(scale), rel=0.1) if scale else True
        for one, other in [*zip(ups, ups[1:]), *zip(downs, downs[1:])]:  # noqa: RUF007, B905
            assert one[1] == pytest.approx(other[0], abs=0.6)
        if ups and downs:
            assert downs[-1][1] == pytest.approx(ups[0][0], abs=0.6)


def test_a_gate_s_row_has_its_one_piece(desk):
    go(desk, "#lesson=gate&x=6;-5;9")
    table = assert_agrees(desk)
    for row in range(3):
        piece = desk.get_by_test_id(f"share-{row}-0")
        assert float(piece.get_attribute("data-value")) == table.numbers[f"output-{row}"]
        assert table.names[f"row-name-{row}"] in piece.get_attribute("title")


@pytest.mark.every_engine
def test_a_bar_has_its_scale_from_the_sliders_and_does_not_jump_under_the_hand(desk):
    go(desk, "#mask=0001")  # the output is the ghost
    for number in (200, 100, 50):
        type_number(desk, "x-3-0", str(number))
        _, right, _ = pieces(desk, 0, 4)[3]
        slider = desk.get_by_test_id("x-3-0").bounding_box()
        low, high = assert_agrees(desk).ends["x-3-0"]
        thumb = slider["x"] + 8 + (slider["width"] - 16) * (number - low) / (high - low)
        assert right == pytest.approx(thumb, abs=1.5)


@pytest.mark.every_engine
def test_an_output_stands_under_the_numbers_of_its_column(desk):
    for lesson in ("general", "fear", "query"):
        go(desk, f"#lesson={lesson}")
        ends = desk.evaluate(
            """() => ["x-1-0-number", "output-0"].map((id) => {
                const node = document.querySelector(`[data-testid="${id}"]`);
                return (node.querySelector(".value") ?? node).getBoundingClientRect().right;
            })"""
        )
        assert ends[0] == pytest.approx(ends[1], abs=4)


@pytest.mark.parametrize(
    ("opened", "shown"),
    [
        ("lesson=fear", False),
        ("lesson=fear&activation=tanh", True),
        ("lesson=gate", False),
        ("lesson=query", False),
        ("lesson=query&kind=scaled_dot_product", True),
    ],
)
def test_the_logit_is_shown_only_where_it_is_not_the_score(desk, opened, shown):
    go(desk, f"#{opened}")
    assert_agrees(desk)
    expect(desk.get_by_test_id("logit-1")).to_be_visible(visible=shown)


def test_no_sign_of_a_sum_stands_where_nothing_is_added(desk):
    for kind in ("dot_product", "scaled_dot_product"):
        go(desk, f"#lesson=query&kind={kind}")
        signs = desk.locator("tr.step td").evaluate_all(
            "(cells) => cells.map((cell) => getComputedStyle(cell, '::before').content)"
        )
        assert '"="' not in signs


@pytest.mark.every_engine
def test_the_temperature_goes_by_powers_and_its_value_is_the_temperature(desk):
    go(desk, "#lesson=temperature&stage=flow")
    slider = desk.get_by_test_id("temperature")
    low, high = (float(slider.get_attribute(end)) for end in ("min", "max"))
    width = slider.bounding_box()["width"]
    for share in (0.25, 0.5, 0.75):
        drag(desk, "temperature", share)
        value = assert_agrees(desk).sliders["temperature"]
        way = (share * width - 8) / (width - 16)  # its thumb is 16 pixels wide
        assert value == pytest.approx(low * (high / low) ** way, rel=0.05)
        assert read(desk).number("temperature") == value
    type_number(desk, "temperature", "1")
    slider.focus()
    for key, value in (
        ("ArrowRight", 1.05),
        ("ArrowUp", 1.1),
        ("ArrowLeft", 1.05),
        ("ArrowDown", 1),
        ("ArrowDown", 0.995),
        ("ArrowUp", 1),
        ("PageUp", 2),
        ("PageDown", 1),
        ("End", high),
        ("Home", low),
    ):
        desk.keyboard.press(key)
        assert assert_agrees(desk).sliders["temperature"] == value
    slider.fill("1.44")
    expect(desk.get_by_test_id("temperature-number")).to_have_value("1.44")


def test_a_hand_can_meet_the_temperature_of_a_challenge(desk):
    """Of all the places on the slider not just one solves it."""
    go(desk, "#lesson=temperature&stage=flow")
    box = desk.get_by_test_id("temperature").bounding_box()
    middle = box["y"] + box["height"] / 2
    desk.mouse.move(box["x"] + box["width"] / 2, middle)
    desk.mouse.down()
    done = 0
    for x in range(int(box["width"] * 0.5), int(box["width"] * 0.7)):
        desk.mouse.move(box["x"] + x, middle)
        done += 0.529 <= read(desk).numbers["weight-0"] <= 0.538
    assert done > 1


def test_sliders_have_the_room_that_there_is(desk):
    for lesson in ("general", "gate", "fear", "query", "two-hundreds"):
        go(desk, f"#lesson={lesson}&stage=flow")
        widths = desk.locator("table .slider").evaluate_all(
            "(all) => all.map((one) => one.getBoundingClientRect().width)"
        )
        assert min(widths) >= 70, lesson
    go(desk, "#lesson=sqrt-d")
    assert desk.get_by_test_id("x-0-0").bounding_box()["width"] >= 70


@pytest.mark.parametrize("rows", [4])
def test_each_row_has_its_colour_and_its_form_on_all_that_is_its_own(desk, rows):
    go(desk, "#stage=flow")
    parts = ["x-{}-0", "b-{}", "row-name-{}", "weight-{}"]
    for row in range(rows):
        colours = {
            desk.get_by_test_id(part.format(row)).evaluate(
                "(node) => getComputedStyle(node).getPropertyValue('--row')"
            )
            for part in parts
        }
        assert len(colours) == 1, row
    forms = desk.locator(".row-sign path").evaluate_all("(all) => all.map((one) => one.outerHTML)")
    assert len(set(forms)) == rows


def test_a_negative_number_has_a_true_minus_and_both_are_read(desk):
    for typed in ("-12.5", "−12.5"):
        type_number(desk, "w-0", typed)
        field = desk.get_by_test_id("w-0-number")
        expect(field).to_have_value("−12.5")
        field.blur()
        expect(field).to_have_value("−12.5")
        assert assert_agrees(desk).sliders["w-0"] == -12.5
    assert "w=-12.5" in address_at_rest(desk)


def test_a_long_number_is_rounded_until_one_edits_it(desk):
    go(desk, "#w=-20.6279,0.5,0.2")
    field = desk.get_by_test_id("w-0-number")
    expect(field).to_have_value("−20.628")
    field.focus()
    expect(field).to_have_value("−20.6279")
    field.blur()
    assert assert_agrees(desk).sliders["w-0"] == -20.6279
