"""The table grows, shrinks, changes its kind and its lesson, and finds its way back."""

import pytest
from playing import SLIDERS, assert_agrees, drag, go, read, rename, type_number
from playwright.sync_api import expect

from attention.lessons import load_lessons

# Of each kind that a lesson opens with: its first weight, and a kind to change to.
LESSONS = {
    "fear": ("w-0", "gate"),
    "learn-love": ("w-0", "dot_product"),
    "gate": ("w-0-1", "attention"),
    "query": ("q-0", "gate"),
    "sqrt-d": ("q-0", "scaled_dot_product"),
}


def notices(page):
    return page.get_by_test_id("notices").get_by_role("listitem")


@pytest.mark.parametrize(("lesson", "weight", "kind"), [(k, *v) for k, v in LESSONS.items()])
def test_reset_brings_back_exactly_the_lesson(desk, lesson, weight, kind):
    go(desk, f"#lesson={lesson}")
    start = assert_agrees(desk)
    drag(desk, "x-0-0", 0.4)
    type_number(desk, weight, "77")
    type_number(desk, "temperature", "oops")
    rename(desk, "row-name-0", "somebody else")
    desk.get_by_test_id("mask-1").uncheck()
    desk.get_by_test_id("remove-row-2").click()
    desk.get_by_test_id("add-row").click()
    if weight == "w-0":
        desk.get_by_test_id("add-column").click()
        desk.get_by_test_id("bias").uncheck()
    desk.get_by_test_id("kind").select_option(kind)
    drag(desk, "temperature", 0.4)
    desk.get_by_test_id("reset").click()
    assert assert_agrees(desk) == start
    expect(notices(desk)).to_have_count(0)
    expect(desk.get_by_test_id("reset")).to_be_focused()


def test_reset_keeps_the_language(desk):
    desk.get_by_test_id("lang-ru").click()
    desk.get_by_role("button", name="Сбросить").click()
    expect(desk.get_by_test_id("row-name-0")).to_have_text("лающая собака")


@pytest.mark.parametrize("kind", ["attention", "gate"])
def test_rows_from_one_to_sixteen(desk, kind):
    # Close to both ends by link: every click between them does the same.
    zeros = "0" if kind == "gate" else "0,0,0"
    add = desk.get_by_test_id("add-row")
    go(desk, f"#kind={kind}&x={';'.join([zeros] * 14)}")
    add.click()
    expect(add).to_be_enabled()
    add.click()
    expect(add).to_be_disabled()
    expect(desk.get_by_test_id("row-name-15")).to_have_text("step 16")
    table = assert_agrees(desk)
    assert len(table.scene().rows) == 16
    assert table.list("x-15") == [0] * len(table.scene().columns)
    desk.get_by_test_id("remove-row-15").click()
    expect(add).to_be_enabled()
    go(desk, f"#kind={kind}&x={';'.join([zeros] * 3)}")
    for row in (2, 1):
        expect(desk.get_by_test_id("remove-row-0")).to_be_enabled()
        desk.get_by_test_id(f"remove-row-{row}").click()
    expect(desk.get_by_test_id("remove-row-0")).to_be_disabled()
    assert assert_agrees(desk).numbers["weight-0"] == 1


@pytest.mark.parametrize("kind", ["attention", "dot_product"])
def test_columns_from_one_to_eight(desk, kind):
    go(desk, f"#kind={kind}")
    for _ in range(5):
        desk.get_by_test_id("add-column").click()
    expect(desk.get_by_test_id("add-column")).to_be_disabled()
    expect(desk.get_by_test_id("column-name-7")).to_have_text("feature 8")
    assert len(assert_agrees(desk).scene().columns) == 8
    for column in range(7, 0, -1):
        desk.get_by_test_id(f"remove-column-{column}").click()
    expect(desk.get_by_test_id("remove-column-0")).to_be_disabled()
    assert len(assert_agrees(desk).scene().columns) == 1


@pytest.mark.parametrize("kind", SLIDERS)
def test_a_removed_row_takes_all_its_numbers_along(desk, kind):
    go(desk, f"#kind={kind}")
    before = read(desk).scene()
    desk.get_by_test_id("remove-row-1").click()
    after = assert_agrees(desk).scene()
    for name in ("rows", "x", "b", "mask"):
        was, now = getattr(before, name), getattr(after, name)
        assert now == (was and was[:1] + was[2:]), name
    if kind == "gate":
        assert after.w == [row[:1] + row[2:] for row in before.w[:1] + before.w[2:]]


def test_a_removed_column_takes_all_its_numbers_along(desk):
    before = read(desk).scene()
    desk.get_by_test_id("remove-column-0").click()
    after = assert_agrees(desk).scene()
    assert (after.columns, after.w) == (before.columns[1:], before.w[1:])
    assert after.x == [row[1:] for row in before.x]


def test_the_focus_stays_in_the_table_when_it_changes(desk):
    desk.get_by_test_id("add-row").click()
    expect(desk.get_by_test_id("row-name-4")).to_be_focused()
    desk.get_by_test_id("remove-row-4").click()
    expect(desk.get_by_test_id("row-name-3")).to_be_focused()
    desk.get_by_test_id("remove-row-0").click()
    expect(desk.get_by_test_id("row-name-0")).to_be_focused()
    desk.get_by_test_id("add-column").click()
    expect(desk.get_by_test_id("column-name-3")).to_be_focused()
    desk.get_by_test_id("remove-column-0").click()
    expect(desk.get_by_test_id("column-name-0")).to_be_focused()


@pytest.mark.parametrize("control", ["activation", "bias", "kind"])
def test_the_focus_stays_on_what_changes_the_table(desk, control):
    desk.get_by_test_id(control).focus()
    desk.keyboard.press("Space" if control == "bias" else "ArrowUp")
    expect(desk.get_by_test_id(control)).to_be_focused()
    desk.keyboard.press("Space" if control == "bias" else "ArrowDown")
    expect(desk.get_by_test_id(control)).to_be_focused()


@pytest.mark.parametrize("cell", ["row-name-1", "column-name-1"])
def test_a_name_is_at_most_forty_characters_long_and_that_is_said_once(desk, cell):
    label = desk.get_by_test_id(cell)
    label.click()
    desk.keyboard.press("Control+A")
    desk.keyboard.type("👻" + "a" * 44)
    label.blur()
    expect(label).to_have_text("👻" + "a" * 39)
    expect(notices(desk)).to_have_count(1)


def test_a_new_name_is_used_everywhere(desk):
    rename(desk, "row-name-3", "dragon")
    rename(desk, "column-name-0", "heat")
    expect(desk.get_by_role("slider", name="heat, dragon")).to_be_visible()
    expect(desk.get_by_role("slider", name="bias of dragon")).to_be_visible()
    expect(desk.get_by_role("slider", name="weight of heat")).to_be_visible()
    expect(desk.get_by_role("checkbox", name="Show dragon to the layer")).to_be_visible()
    expect(desk.get_by_test_id("formula")).to_contain_text("dragon")


def test_one_can_drag_straight_out_of_a_name(desk):
    rename(desk, "row-name-3", "dragon")
    drag(desk, "x-3-0", 0.9)
    assert assert_agrees(desk).sliders["x-3-0"] > 200
    expect(desk.get_by_test_id("row-name-3")).to_have_text("dragon")


def test_a_name_stays_on_one_line_and_enter_leaves_it(desk):
    label = rename(desk, "row-name-3", "two\nlines")
    desk.keyboard.press("Enter")
    expect(label).not_to_be_focused()
    expect(label).to_have_text("two lines")


def test_an_emptied_name_comes_back(desk):
    label = desk.get_by_test_id("row-name-3")
    label.click()
    desk.keyboard.press("End")
    for _ in range(10):
        desk.keyboard.press("Backspace")
    label.blur()
    expect(label).to_have_text("ghost 👻")


def test_the_columns_come_back_after_a_gate(desk):
    before = read(desk)
    desk.get_by_test_id("kind").select_option("gate")
    gate = assert_agrees(desk)
    assert gate.scene().columns == ["x"]
    desk.get_by_test_id("kind").select_option("scaled_dot_product")
    assert assert_agrees(desk).scene().x == before.scene().x
    desk.get_by_test_id("kind").select_option("attention")
    assert assert_agrees(desk) == before


def test_a_gates_weights_come_back_after_attention(desk):
    go(desk, "#kind=gate")
    drag(desk, "w-0-2", 0.8)
    before = read(desk)
    desk.get_by_test_id("kind").select_option("attention")
    desk.get_by_test_id("kind").select_option("gate")
    assert assert_agrees(desk) == before


def test_rows_changed_in_a_gate_never_get_the_numbers_of_others(desk):
    own = dict(zip(read(desk).scene().rows, read(desk).scene().x, strict=True))
    desk.get_by_test_id("kind").select_option("gate")
    desk.get_by_test_id("remove-row-0").click()
    desk.get_by_test_id("add-row").click()
    desk.get_by_test_id("kind").select_option("attention")
    scene = assert_agrees(desk).scene()
    for name, vector in zip(scene.rows[:3], scene.x[:3], strict=True):
        assert vector == own[name][: len(vector)]


def test_a_bias_comes_back_to_its_own_row(desk):
    desk.get_by_test_id("bias").uncheck()
    desk.get_by_test_id("remove-row-0").click()
    desk.get_by_test_id("bias").check()
    scene = assert_agrees(desk).scene()
    assert dict(zip(scene.rows, scene.b, strict=True))["ghost 👻"] == -100


def test_a_lesson_brings_all_its_own(desk):
    desk.get_by_test_id("lesson").select_option("love")
    expect(desk.get_by_role("heading", name="Love: 90 / 9 / 1")).to_be_visible()
    expect(desk.get_by_test_id("lesson-story")).to_contain_text("translated 90 times")
    expect(desk.get_by_test_id("challenge")).to_contain_text("stormy")
    expect(desk.get_by_role("button", name="1 Principle")).to_have_attribute("aria-pressed", "true")
    scene, start = assert_agrees(desk).scene(), load_lessons()[0]["love"].start
    assert (scene.kind, scene.rows, scene.columns) == (start.kind, start.rows, start.columns)
    assert (scene.activation, scene.temperature) == (start.activation, start.temperature)
    assert (scene.x, scene.w) == (start.x, start.w)
    assert scene.b == pytest.approx(start.b, rel=1e-12)  # a slider keeps 15 digits
    desk.get_by_role("button", name="2 How it is gathered").click()
    expect(desk.get_by_test_id("lesson")).to_have_value("fear")


def test_a_gate_has_one_column_and_offers_no_other(desk):
    go(desk, "#kind=gate")
    expect(desk.get_by_test_id("add-row")).to_be_visible()
    expect(desk.get_by_test_id("add-column")).to_be_hidden()
    go(desk, "#kind=attention")
    expect(desk.get_by_test_id("add-column")).to_be_visible()
