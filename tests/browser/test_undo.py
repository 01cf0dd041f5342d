"""A hand may err: undo and redo by button and key, and weights that are pinned to compare with."""

import pytest
from playing import (
    assert_agrees,
    drag,
    go,
    hold,
    keep_progress,
    move,
    read,
    rename,
    type_number,
)
from playwright.sync_api import expect


def press(page, *buttons):
    for button in buttons:
        page.get_by_test_id(button).click()


def test_a_drag_with_its_pauses_a_number_and_a_name_are_one_step_each(desk):
    start = read(desk)
    hold(desk, "b-3", 0.2)
    for share in (0.5, 0.6, 0.7):
        move(desk, "b-3", share)
        desk.wait_for_timeout(300)
    desk.mouse.up()
    dragged = read(desk)
    desk.get_by_test_id("x-0-0-number").click()
    desk.keyboard.press("Control+A")
    desk.keyboard.type("123", delay=250)
    desk.keyboard.press("Enter")
    typed = read(desk)
    rename(desk, "row-name-1", "deep water").blur()
    assert len({str(one) for one in (start, dragged, typed, read(desk))}) == 4
    for before in (typed, dragged, start):
        press(desk, "undo")
        assert assert_agrees(desk) == before
    expect(desk.get_by_test_id("undo")).to_be_disabled()
    for after in (dragged, typed):
        press(desk, "redo")
        assert assert_agrees(desk) == after


def test_whatever_changes_the_table_can_be_undone(desk):
    go(desk, "#lesson=fear")
    states = [read(desk).scene()]
    for change in (
        lambda: press(desk, "mask-1"),
        lambda: press(desk, "add-row"),
        lambda: press(desk, "remove-row-0"),
        lambda: press(desk, "add-column"),
        lambda: press(desk, "bias"),
        lambda: desk.get_by_test_id("activation").select_option("tanh"),
        lambda: desk.get_by_test_id("kind").select_option("gate"),
        lambda: type_number(desk, "temperature", "3"),
        lambda: press(desk, "reset"),
    ):
        change()
        states.append(assert_agrees(desk).scene())
    for before in reversed(states[:-1]):
        press(desk, "undo")
        assert read(desk).scene() == before
    for after in states[1:]:
        press(desk, "redo")
        assert read(desk).scene() == after


def test_keys_undo_and_redo_and_the_focus_stays_where_it_is(desk):
    slider = desk.get_by_test_id("w-0")
    slider.focus()
    values = [slider.input_value()]
    for _ in range(2):
        desk.keyboard.press("ArrowRight")
        values.append(slider.input_value())
    for keys, value in (
        ("Control+z", values[1]),
        ("Control+z", values[0]),
        ("Control+Shift+Z", values[1]),
        ("Control+y", values[2]),
        ("Meta+z", values[1]),
    ):
        desk.keyboard.press(keys)
        expect(slider).to_have_value(value)
        expect(slider).to_be_focused()
    name = rename(desk, "row-name-0", "somebody")
    desk.keyboard.press("Control+z")  # in a name the browser undoes what is typed
    expect(slider).to_have_value(values[1])
    name.blur()


def test_a_hundred_steps_are_kept_and_a_new_one_ends_what_could_be_redone(desk):
    slider = desk.get_by_test_id("x-0-0")
    slider.focus()
    values = [slider.input_value()]
    for _ in range(102):
        desk.keyboard.press("ArrowRight")
        values.append(slider.input_value())
    for _ in range(100):
        press(desk, "undo")
    expect(desk.get_by_test_id("undo")).to_be_disabled()
    expect(desk.get_by_test_id("redo")).to_be_focused()
    expect(slider).to_have_value(values[2])
    press(desk, "mask-0")
    expect(desk.get_by_test_id("redo")).to_be_disabled()


def test_a_run_of_training_is_one_step(desk):
    go(desk, "#lesson=learn-fear")
    start = read(desk).scene()
    press(desk, "train-play")
    desk.wait_for_timeout(400)
    press(desk, "row-name-2")  # which changes nothing
    desk.wait_for_timeout(400)
    press(desk, "train-play")
    trained = read(desk).scene()
    assert trained.b != start.b
    press(desk, "undo")
    assert assert_agrees(desk).scene() == start
    expect(desk.get_by_test_id("undo")).to_be_disabled()
    press(desk, "redo")
    assert assert_agrees(desk).scene() == trained


def test_a_drag_while_training_runs_is_a_step_between_two_of_training(desk):
    go(desk, "#lesson=learn-fear")
    press(desk, "train-play")
    desk.wait_for_timeout(400)
    drag(desk, "x-0-0", 0.9)
    dragged = read(desk).sliders["x-0-0"]
    desk.wait_for_timeout(400)
    press(desk, "train-play", "undo")
    assert read(desk).sliders["x-0-0"] == dragged
    press(desk, "undo")
    assert read(desk).sliders["x-0-0"] != dragged
    expect(desk.get_by_test_id("undo")).to_be_enabled()  # what was trained before


def test_another_lesson_or_address_begins_a_new_history(desk):
    for opened in (lambda: press(desk, "lesson-next"), lambda: go(desk, "#lesson=mask")):
        press(desk, "mask-1")
        expect(desk.get_by_test_id("undo")).to_be_enabled()
        opened()
        expect(desk.get_by_test_id("undo")).to_be_disabled()
        expect(desk.get_by_test_id("redo")).to_be_disabled()


def test_pinned_weights_stay_on_the_bars_while_the_present_ones_move(desk):
    weights = read(desk).list("weight", read(desk).numbers)
    press(desk, "pin")
    expect(desk.get_by_test_id("pin")).to_have_attribute("aria-pressed", "true")
    drag(desk, "b-3", 0.9)
    moved = read(desk).list("weight", read(desk).numbers)
    assert moved != weights
    for row, weight in enumerate(weights):
        outline = desk.get_by_test_id(f"pinned-{row}")
        assert float(outline.get_attribute("data-value")) == pytest.approx(weight)
        width, bar = outline.evaluate(
            "(node) => [node, node.parentElement].map((one) => one.getBoundingClientRect().width)"
        )
        assert width == pytest.approx(max(weight * bar, 4), abs=1)  # its two borders at least
    press(desk, "pin")
    expect(desk.get_by_test_id("pinned-0")).to_be_hidden()


@pytest.mark.parametrize("change", ["add-row", "lesson-next"])
def test_another_table_drops_the_pin(desk, change):
    press(desk, "pin", change)
    expect(desk.get_by_test_id("pin")).to_have_attribute("aria-pressed", "false")
    expect(desk.get_by_test_id("pinned-0")).to_be_hidden()


def test_a_pin_tells_no_result_before_the_answer(desk):
    keep_progress(desk, None)
    go(desk, "#lesson=fear")
    press(desk, "pin")
    expect(desk.get_by_test_id("pinned-0")).to_be_hidden()
    assert "pinned" not in desk.locator("table.layer").inner_text()
