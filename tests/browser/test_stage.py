"""The stage: it shows what the core computes, and a hand on it moves the table's own numbers."""

import math
import re

import pytest
from effort import many
from playing import (
    address_at_rest,
    assert_agrees,
    assert_fits,
    fragment,
    go,
    next_frame,
    notices,
    read,
    requests_of,
)
from playwright.sync_api import Page, expect

from attention.lessons import load_lessons

KINDS = ("attention", "gate", "dot_product", "scaled_dot_product")
# Of the ribbon just before the output: from where to where it is filled, and how high the bar is.
_RIBBONS = """() => [...document.querySelectorAll("[data-testid^='ribbon-']")].map((path) => {
    const { x, y, width, height } = path.getBBox();
    const at = new DOMPoint(x + width - 0.5, 0);
    let filled = 0;
    for (at.y = y - 2; at.y <= y + height + 2; at.y += 0.1)
        filled += path.isPointInFill(at) ? 0.1 : 0;
    return { ...path.dataset, filled };
})"""
# What has an attribute that is no number where one should be.
_BROKEN = """(nodes) => nodes.filter((node) => [...node.attributes].some(
    ({ value }) => /NaN|Infinity|undefined/.test(value))).map((node) => node.outerHTML)"""
# A place on the screen that lies on this shape and on nothing else.
_UPON = """(path) => {
    const { x, y, width, height } = path.getBoundingClientRect();
    for (let across = x + width - 4; across > x; across -= 4)
        for (let down = y + 2; down < y + height; down += 4)
            if (document.elementFromPoint(across, down) === path) return [across, down];
}"""
# Where the points stand on the screen, and which numbers they say they have.
_POINTS = """() => [...document.querySelectorAll("[data-testid^='point-']")].map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    const [own, up] = [Number(node.dataset.x), Number(node.dataset.y)];
    return [node.dataset.testid, x + width / 2, y + height / 2, own, up];
})"""

# The rows whose name and share touch: neither 4 pixels beside each other nor in two lines.
_GAPS = """(rows) => rows.map((row) => [".name", ".share"].map(
    (part) => row.querySelector(part).getBoundingClientRect())).filter(
    ([name, share]) => share.left < name.right + 4 && share.top < name.bottom - 2).length
    ? rows.map((row) => row.textContent) : []"""


def still(page: Page) -> None:
    """What a press has set in motion has arrived."""
    page.wait_for_timeout(250)


def pull(page: Page, testid: str, across: float, up: float) -> None:
    """Drag a part of the stage so many pixels to the right and upwards."""
    grip = page.get_by_test_id(testid)
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across, y - up, steps=4)
    page.mouse.up()


def points(page: Page) -> dict[str, tuple[float, float, float, float]]:
    return {name: tuple(rest) for name, *rest in page.evaluate(_POINTS)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lesson", ["fear", "sqrt-d", "love"])
def test_each_ribbon_is_as_thick_as_its_weight_to_the_pixel(desk, kind, lesson):
    go(desk, f"#lesson={lesson}&kind={kind}&stage=flow&temperature=7")
    still(desk)
    numbers = assert_agrees(desk).numbers
    ribbons = desk.evaluate(_RIBBONS)
    full = max(float(r["width"]) / (float(r["weight"]) or math.inf) for r in ribbons)
    for row, ribbon in enumerate(ribbons):
        assert float(ribbon["weight"]) == numbers[f"weight-{row}"]
        assert float(ribbon["width"]) == pytest.approx(full * float(ribbon["weight"]))
        assert ribbon["filled"] == pytest.approx(float(ribbon["width"]), abs=1)
    if kind != "gate":  # together they are as high as the output's bar, which is 100 %
        bar = float(desk.get_by_test_id("output-bar").get_attribute("height"))
        assert sum(float(ribbon["width"]) for ribbon in ribbons) == pytest.approx(bar)


@pytest.mark.parametrize("lesson", ["general", "fear", "love", "explanation", "learn-fear"])
def test_the_outputs_point_stands_where_the_output_is_to_the_pixel(desk, lesson):
    go(desk, f"#lesson={lesson}&stage=plane")
    still(desk)
    numbers = assert_agrees(desk).numbers
    found = points(desk)
    x, y, across, up = found.pop("point-output")
    columns = [int(desk.get_by_test_id(f"axis-{axis}").input_value()) for axis in "xy"]
    assert [across, up] == [numbers[f"output-{column}"] for column in columns]
    for pixels, own, side in ((x, across, 0), (y, up, 1)):
        places = sorted((row[2 + side], row[side]) for row in found.values())
        (low, first), (high, last) = places[0], places[-1]
        if high > low:  # else all of them stand on one line
            expected = first + (own - low) / (high - low) * (last - first)
            assert pixels == pytest.approx(expected, abs=1)


@pytest.mark.every_engine
def test_a_point_takes_both_its_features_with_it_and_the_sliders_follow(desk):
    go(desk, "#lesson=fear&stage=plane")
    before = read(desk).sliders
    pull(desk, "point-3", 120, 40)
    after = assert_agrees(desk)
    assert after.sliders["x-3-0"] > before["x-3-0"] and after.sliders["x-3-1"] > before["x-3-1"]
    moved = {name for name in before if name[0] == "x" and after.sliders[name] != before[name]}
    assert moved == {"x-3-0", "x-3-1"}
    assert after.typed["x-3-0-number"] == f"{after.sliders['x-3-0']:g}"
    point = desk.get_by_test_id("point-3")
    assert float(point.get_attribute("data-x")) == after.sliders["x-3-0"]
    desk.get_by_test_id("undo").click()
    assert read(desk).sliders == before  # one drag is one step


@pytest.mark.parametrize(("lesson", "sliders"), [("fear", "w"), ("query", "q")])
def test_the_arrow_turns_w_or_the_query_and_points_up_the_score(desk, lesson, sliders):
    go(desk, f"#lesson={lesson}&stage=plane")
    before = read(desk).sliders
    pull(desk, "arrow", -8, 60)
    after = assert_agrees(desk).sliders
    assert after[f"{sliders}-1"] > before[f"{sliders}-1"]
    assert after[f"{sliders}-0"] <= before[f"{sliders}-0"]


@pytest.mark.every_engine
def test_a_disc_moves_its_rows_main_feature(desk):
    go(desk, "#lesson=fear&stage=flow")
    before = read(desk).sliders
    pull(desk, "disc-3", 40, 0)
    after = assert_agrees(desk).sliders
    assert {name for name in after if name[0] in "xwb" and after[name] != before[name]} == {"x-3-0"}
    assert after["x-3-0"] > before["x-3-0"]


@pytest.mark.parametrize("view", ["desk", "phone"])
def test_a_tap_on_a_ribbon_masks_its_row_and_another_shows_it_again(request, view):
    page = request.getfixturevalue(view)
    go(page, "#lesson=fear&stage=flow")
    page.get_by_test_id("stage").scroll_into_view_if_needed()
    ribbon = page.locator(".flow .target").nth(2)
    for visible in (False, True):
        page.mouse.click(*ribbon.evaluate(_UPON))
        assert page.get_by_test_id("mask-2").is_checked() is visible
        still(page)
        numbers = assert_agrees(page).numbers
        assert (numbers["weight-2"] == 0) is not visible


def test_the_arrow_keys_do_what_a_hand_does(desk):
    go(desk, "#lesson=fear&stage=plane")
    before = read(desk).sliders
    desk.get_by_test_id("point-3").focus()
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowUp"):
        desk.keyboard.press(key)
    desk.get_by_test_id("arrow").focus()
    desk.keyboard.press("ArrowDown")
    desk.get_by_test_id("disc-0").focus()
    desk.keyboard.press("ArrowLeft")
    after = assert_agrees(desk).sliders
    moved = {name: round(after[name] - before[name], 6) for name in after}
    moved = {name: by for name, by in moved.items() if by and not name.startswith("touch")}
    assert moved == {"x-3-0": 11, "x-3-1": 1, "w-1": -0.05, "x-0-0": -1}


def test_weights_that_swap_leave_the_output_where_it_is(desk):
    go(desk, "#lesson=explanation&stage=plane")
    rows = range(len(read(desk).list("row-name", read(desk).names)))
    place = points(desk)["point-output"]
    weights = [read(desk).numbers[f"weight-{row}"] for row in rows]
    x = [read(desk).list(f"x-{row}") for row in rows]
    one, other = next((a, b) for a in rows for b in rows if a < b and x[a] == x[b])
    bias = read(desk).list("b")
    bias[one], bias[other] = bias[other], bias[one]
    go(desk, fragment(lesson="explanation", stage="plane", b=",".join(map(str, bias))))
    still(desk)
    now = [assert_agrees(desk).numbers[f"weight-{row}"] for row in rows]
    assert (now[one], now[other]) == pytest.approx((weights[other], weights[one]))
    assert now[one] != pytest.approx(now[other])
    assert points(desk)["point-output"] == pytest.approx(place, abs=0.01)


def test_the_temperature_leads_the_output_from_a_corner_to_the_middle_of_all_rows(desk):
    for temperature, expected in ((0.01, "corner"), (1000, "middle")):
        go(desk, f"#lesson=fear&stage=plane&b=0,0,0,0&temperature={temperature}")
        still(desk)
        found = points(desk)
        x, y, *_ = found.pop("point-output")
        corner = found["point-3"][:2]
        middle = [sum(place[side] for place in found.values()) / len(found) for side in (0, 1)]
        target = corner if expected == "corner" else middle
        assert (x, y) == pytest.approx(target, abs=1.5)


def test_what_was_pinned_stays_as_outlines(desk):
    go(desk, "#lesson=fear&stage=flow")
    pin = desk.get_by_test_id("pin")
    drawn = "nodes => nodes.filter((node) => node.getAttribute('d')).length"
    outlines = desk.locator(".flow .outline")
    assert outlines.evaluate_all(drawn) == 0
    pin.click()
    before = outlines.first.get_attribute("d")
    pull(desk, "disc-3", 60, 0)
    assert outlines.evaluate_all(drawn) == 4
    assert outlines.first.get_attribute("d") == before  # row 0 has not moved
    pin.click()
    assert outlines.evaluate_all(drawn) == 0


def test_views_and_axes_are_in_the_address_and_axes_can_be_exchanged(desk):
    go(desk, "#lesson=fear")
    desk.get_by_test_id("stage-plane").click()
    expect(desk.get_by_test_id("stage")).to_have_attribute("data-view", "plane")
    desk.get_by_test_id("axis-y").select_option("2")
    assert address_at_rest(desk).endswith("stage=plane&axes=0,2")
    desk.get_by_test_id("axis-x").select_option("2")
    assert address_at_rest(desk).endswith("axes=2,0")
    go(desk, "#lesson=fear&stage=plane&axes=2,1")
    assert desk.get_by_test_id("axis-x").input_value() == "2"
    for wrong in ("axes=0,0", "axes=0,7", "axes=x", "axes=1", "stage=stairs"):
        go(desk, f"#lesson=fear&{wrong}")
        expect(notices(desk)).to_have_count(1)
    go(desk)


@pytest.mark.parametrize("view", ["desk", "phone"])
@pytest.mark.parametrize("stage", ["flow", "plane"])
def test_nothing_is_asked_and_nothing_shifts_while_one_drags_the_stage(request, view, stage):
    page = request.getfixturevalue(view)
    go(page, f"#lesson=fear&stage={stage}")
    page.get_by_test_id("stage").scroll_into_view_if_needed()
    page.evaluate(
        """() => {
            globalThis.shifts = []; // what stood somewhere else before
            const moved = ({ sources }) => sources.map(({ node }) => node?.outerHTML);
            new PerformanceObserver((list) => shifts.push(...list.getEntries().flatMap(moved)))
                .observe({ type: "layout-shift" });
        }"""
    )
    held = {"flow": ["disc-0", "disc-3"], "plane": ["point-0", "arrow"]}[stage]
    with requests_of(page) as asked:
        for testid in held:
            pull(page, testid, 20, 12)
        next_frame(page)
    assert asked == []
    assert page.evaluate("shifts") == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(1, 1), (2, 1), (16, 8)])
def test_every_shape_and_every_number_can_be_drawn(desk, kind, size):
    rows, columns = size if kind != "gate" else (size[0], 1)
    names = ",".join("n" * 39 + chr(97 + row) for row in range(rows))
    for scale, mask in ((1, "1" * rows), (1e6, "1" * rows), (3, "0" * rows)):
        x = ";".join(
            ",".join(f"{scale * math.sin(3 * row + column):.6g}" for column in range(columns))
            for row in range(rows)
        )
        for stage in ("flow", "plane"):
            go(desk, fragment(kind=kind, x=x, rows=names, mask=mask, stage=stage))
            still(desk)
            broken = desk.locator(".stage svg *").evaluate_all(_BROKEN)
            assert broken == []
            assert_fits(desk, ".stage")
            numbers = assert_agrees(desk).numbers
            for ribbon in range(rows):
                drawn = float(desk.get_by_test_id(f"ribbon-{ribbon}").get_attribute("data-weight"))
                assert drawn == numbers[f"weight-{ribbon}"]


@pytest.mark.parametrize("view", ["desk", "phone"])
def test_the_widest_share_keeps_away_from_what_is_beside_it(request, view):
    page = request.getfixturevalue(view)
    go(page, fragment(x="90,30,4;40,10,4;70,20,20;90,20,0", b="60,0,0,0", temperature="5"))
    expect(page.get_by_test_id("weight-0")).to_have_text(re.compile(r"^>99\.9"))
    assert page.locator(".flow-row").evaluate_all(_GAPS) == []
    wide = "(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length"
    assert page.locator("td.share .number").evaluate_all(wide) == 0


def test_the_stage_says_what_it_shows_and_keeps_names_from_being_read_as_code(desk):
    name = "<img src=x onerror=alert(1)>"
    go(desk, fragment(lesson="fear", rows=f"{name},b,c,d"))
    still(desk)
    assert desk.locator(".stage img").count() == 0
    assert desk.get_by_test_id("stage-words").inner_text().startswith("A ribbon is as thick")
    for grip in desk.locator(".stage [role='slider']:visible").all():
        said = [grip.get_attribute(f"aria-{part}") for part in ("label", "valuetext")]
        assert all(said)


def test_on_a_phone_the_stage_stays_in_sight_while_one_drags_far_below(phone):
    go(phone, "#lesson=fear")
    phone.get_by_test_id("x-3-2").scroll_into_view_if_needed()
    box = phone.locator(".panes").bounding_box()
    assert 0 <= box["y"] and box["y"] + box["height"] < phone.viewport_size["height"]


@pytest.mark.parametrize("seed", range(many(2, 8)))
def test_what_is_drawn_follows_any_drag(desk, seed):
    go(desk, f"#lesson=general&stage=plane&temperature={1 + seed}")
    for step in range(4):
        turn = seed + step * 1.7
        pull(desk, f"point-{step}", 60 * math.cos(turn), 40 * math.sin(turn))
        numbers = assert_agrees(desk).numbers
        for row in range(4):
            weight = desk.get_by_test_id(f"ribbon-{row}").get_attribute("data-weight")
            assert float(weight) == numbers[f"weight-{row}"]


@pytest.mark.parametrize("stage", ["flow", "plane", "softmax"])
@pytest.mark.parametrize("lesson", ["fear", "mask", "two-hundreds", "query", "sqrt-d", "overflow"])
def test_what_the_lesson_asks_for_is_not_in_the_picture_until_it_is_answered(
    stranger, lesson, stage
):
    go(stranger, f"#lesson={lesson}&stage={stage}")
    asked = stranger.evaluate("document.querySelector('.playground').dataset.asked").split()
    rows = [int(name.split("-")[1]) for name in asked if name.startswith("weights-")]
    assert rows
    shares = [stranger.get_by_test_id(f"weight-{row}").text_content() for row in rows]
    shown = stranger.locator(".stage .panes")
    assert not [share for share in shares if share in shown.inner_text()]
    stranger.get_by_test_id("step-predict").click()
    stranger.get_by_test_id("predict-skip").click()
    still(stranger)
    if stage != "plane":
        assert [share for share in shares if share in shown.inner_text()] == shares


def test_a_guess_is_drawn_as_a_ribbon_that_a_hand_makes_thicker(stranger):
    lesson = next(
        name for name, one in load_lessons()[0].items() if one.predict and one.predict.draw
    )
    go(stranger, f"#lesson={lesson}&stage=flow")
    stranger.get_by_test_id("step-predict").click()
    grip = stranger.get_by_test_id("stage-guess")
    expect(grip).to_be_visible()
    before = float(grip.get_attribute("aria-valuenow"))
    pull(stranger, "stage-guess", 0, 20)
    after = float(grip.get_attribute("aria-valuenow"))
    assert after > before
    assert stranger.get_by_test_id("predict-guess").input_value() == f"{after:g}"
    grip.press("ArrowDown")
    assert float(grip.get_attribute("aria-valuenow")) == after - 1


@pytest.mark.parametrize("w", ["-1.9,1.7,0.2", "2,2,0", "-2,-2,0"])
def test_the_arrow_ends_where_a_hand_can_take_hold_of_it(desk, w):
    go(desk, f"#lesson=fear&stage=plane&w={w}")
    still(desk)
    grip = desk.get_by_test_id("arrow").bounding_box()
    plane = desk.locator(".stage svg.plane").bounding_box()
    assert plane["x"] < grip["x"] and grip["x"] + grip["width"] < plane["x"] + plane["width"]
    assert plane["y"] < grip["y"] and grip["y"] + grip["height"] < plane["y"] + plane["height"]


_GROUND = "() => document.querySelector('.plane .ground').getBoundingClientRect().toJSON()"
_TICKS = "(ticks) => ticks.map((tick) => Number(tick.textContent.replace('−', '-')))"


def reach(page: Page) -> float:
    """How far the numbers along the axes lie apart."""
    ticks = page.locator(".plane .tick").evaluate_all(_TICKS)
    return max(ticks) - min(ticks)


@pytest.mark.parametrize("view", ["desk", "phone"])
def test_points_that_fill_little_of_their_sliders_ways_lie_apart(request, view):
    page = request.getfixturevalue(view)
    go(page, "#puzzle=look_up&stage=plane")  # 0 and 1, of -20 to 20
    still(page)
    found = points(page)
    apart = abs(found["point-0"][0] - found["point-1"][0])
    assert apart > page.evaluate(_GROUND)["height"] / 8
    assert reach(page) < 20
    go(page, "#puzzle=look_up&query=40,0,0,0&stage=plane")
    still(page)
    assert reach(page) > 40


def test_axes_change_when_the_hand_is_lifted_and_not_before(desk):
    go(desk, "#puzzle=look_up&stage=plane")
    still(desk)
    before = reach(desk)
    box = desk.get_by_test_id("point-1").bounding_box()
    ground = desk.evaluate(_GROUND)
    desk.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    desk.mouse.down()
    desk.mouse.move(ground["x"] + ground["width"] + 40, ground["y"] - 40, steps=6)
    desk.wait_for_timeout(400)  # the hand rests, but holds
    assert reach(desk) == before
    held = assert_agrees(desk).sliders["x-1-1"]
    assert 1 < held < 20
    desk.mouse.up()
    expect(desk.get_by_test_id("point-1")).to_be_focused()
    still(desk)
    assert reach(desk) > before
    assert assert_agrees(desk).sliders["x-1-1"] == held
