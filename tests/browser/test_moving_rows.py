"""A row moves to another place, by hand or by key: what is its own goes with it, the bias stays."""

import pytest
from playing import address_at_rest, assert_agrees, expect_done, go, read
from playwright.sync_api import expect


def order(page):
    return [
        page.get_by_test_id(f"row-name-{i}").inner_text()
        for i in range(len(read(page).scene().rows))
    ]


def drag_row(page, start, end):
    page.get_by_test_id(f"move-row-{start}").scroll_into_view_if_needed()
    places = [page.get_by_test_id(f"move-row-{i}").bounding_box() for i in (start, end)]
    (x, y), (_, to) = [(box["x"] + box["width"] / 2, box["y"] + 12) for box in places]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, to, steps=4)
    page.mouse.up()


def test_name_vector_and_mask_go_with_the_row_and_the_biases_stay(desk):
    go(desk, "#lesson=position&mask=0111")
    before = read(desk).scene()
    drag_row(desk, 0, 2)
    after = assert_agrees(desk).scene()
    for part in ("rows", "x"):
        moved = getattr(before, part)
        assert getattr(after, part) == [moved[1], moved[2], moved[0], moved[3]]
    assert after.shown == [True, True, False, True]
    assert after.b == before.b and after.w == before.w


def test_the_arrow_keys_move_the_row_under_the_focus_and_it_keeps_the_focus(desk):
    go(desk, "#lesson=position")
    first, second, *rest = order(desk)
    handle = desk.get_by_test_id("move-row-0")
    handle.press("ArrowUp")  # there is nothing above
    assert order(desk) == [first, second, *rest]
    handle.press("ArrowDown")
    assert order(desk) == [second, first, *rest]
    expect(desk.get_by_test_id("move-row-1")).to_be_focused()
    desk.get_by_test_id("undo").click()
    assert order(desk) == [first, second, *rest]


def test_the_lessons_own_buttons_move_the_ghost_and_its_challenge_follows_it(desk):
    go(desk, "#lesson=position")
    expect(desk.get_by_test_id("touch-0-up")).to_be_disabled()
    for _ in range(3):
        desk.get_by_test_id("touch-0-down").click()
    expect(desk.get_by_test_id("touch-0-down")).to_be_disabled()
    expect_done(desk)
    assert read(desk).scene().b == [0, 0, 0, -100]
    address_at_rest(desk)
    desk.reload()  # the address tells it again
    expect_done(desk)


@pytest.mark.parametrize("lesson", ["gate", "query", "learn-fear"])
def test_any_kind_of_row_moves_and_its_target_with_it(desk, lesson):
    go(desk, f"#lesson={lesson}")
    before = read(desk).scene()
    desk.get_by_test_id("move-row-1").press("ArrowUp")
    after = assert_agrees(desk).scene()
    assert after.x == [before.x[1], before.x[0], *before.x[2:]]
    assert after.w == before.w and after.query == before.query


def test_where_editing_rows_is_hidden_nothing_moves_them(desk):
    go(desk, "#lesson=position&hide=rows")
    expect(desk.locator("[data-testid^='move-row-']")).to_have_count(0)
    expect(desk.get_by_test_id("touch-0-down")).to_have_count(0)
    expect(desk.locator(".row-sign")).to_have_count(4)


@pytest.mark.chromium("its driver has no fingers in Firefox")
def test_a_finger_moves_a_row_of_the_cards_too(phone):
    go(phone, "#lesson=position")
    handle = phone.get_by_test_id("move-row-0")
    box = handle.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    drag_row(phone, 0, 1)
    assert order(phone)[1] == "ghost 👻"
