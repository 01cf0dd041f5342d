"""A slider moves: the numbers follow at once, they are the core's, and nobody else is asked."""

import pytest
from effort import many
from playing import (
    SLIDERS,
    assert_agrees,
    drag,
    go,
    hold,
    move,
    next_frame,
    places,
    read,
    requests_of,
)
from playwright.sync_api import expect

EVERY_SLIDER = [(kind, slider) for kind, sliders in SLIDERS.items() for slider in sliders]


def assert_nothing_jumps(page, slider, laid_out=".playground :is(tr, th, td, td input)"):
    """The slider is dragged over its whole range, and all this keeps its place."""
    hold(page, slider)
    before = places(page, laid_out)
    for share in (0, 0.3, 0.7, 1):
        move(page, slider, share)
        next_frame(page)
        assert places(page, laid_out) == before, slider
    page.mouse.up()


@pytest.mark.every_engine
@pytest.mark.parametrize(("kind", "slider"), EVERY_SLIDER[:: many(3, 1)])
def test_numbers_follow_the_mouse_before_it_lets_go_and_the_arrow_keys(desk, kind, slider):
    go(desk, f"#kind={kind}")
    before = assert_agrees(desk)
    hold(desk, slider)
    move(desk, slider, 0.2)
    while_held = assert_agrees(desk)
    move(desk, slider, 0.6)
    further = assert_agrees(desk)
    desk.mouse.up()
    assert assert_agrees(desk) == further
    assert before.numbers != while_held.numbers != further.numbers
    assert while_held.sliders[slider] < further.sliders[slider]
    desk.get_by_test_id(slider).press("ArrowRight")
    after = assert_agrees(desk)
    assert after.sliders[slider] > further.sliders[slider]
    assert after.numbers != further.numbers
    desk.keyboard.press("ArrowLeft")
    assert assert_agrees(desk) == further


def test_a_slider_goes_back_to_whole_steps_once_it_is_dragged(desk):
    go(desk, "#lesson=love")  # its bias opens at ln 90, between two steps
    drag(desk, "b-0", 0.7)
    bias = assert_agrees(desk).sliders["b-0"]
    assert bias == pytest.approx(round(bias, 1)), "the lesson's step is 0.1"


@pytest.mark.parametrize("view", ["desk", "phone"])
def test_nothing_is_asked_of_anybody_while_one_plays(request, view):
    page = request.getfixturevalue(view)
    with requests_of(page) as asked:
        for kind, sliders in SLIDERS.items():
            page.get_by_test_id("kind").select_option(kind)
            for slider in sliders:
                drag(page, slider, 0.75)
        page.get_by_test_id("mask-1").uncheck()
        page.wait_for_timeout(1000)  # whatever comes late would have come by now
    assert asked == []


@pytest.mark.parametrize("kind", SLIDERS)
@pytest.mark.parametrize(("view", "lang"), [("desk", "en"), ("phone", "ru")])
def test_nothing_jumps_while_one_drags(request, view, kind, lang):
    page = request.getfixturevalue(view)
    go(page, f"#lang={lang}&kind={kind}")
    for slider in SLIDERS[kind][:: many(2, 1)]:
        assert_nothing_jumps(page, slider)


def test_nothing_jumps_in_front_of_a_class(desk):
    go(desk, "#view=projector")
    assert_nothing_jumps(desk, "x-3-0", ".playground :is(tr, th, td, .panel)")


@pytest.mark.parametrize("kind", SLIDERS)
def test_a_hidden_row_weighs_exactly_nothing_and_all_of_them_too(desk, kind):
    go(desk, f"#kind={kind}")
    desk.get_by_test_id("mask-2").uncheck()
    numbers = assert_agrees(desk).numbers
    assert numbers["weight-2"] == 0
    assert sum(numbers[f"weight-{row}"] for row in range(4)) == pytest.approx(1, abs=1e-12)
    desk.get_by_test_id("mask-2").check()
    assert assert_agrees(desk).numbers["weight-2"] > 0
    for row in range(4):
        desk.get_by_test_id(f"mask-{row}").uncheck()
    numbers = assert_agrees(desk).numbers
    assert {n for name, n in numbers.items() if name.startswith(("weight", "output"))} == {0}
    expect(desk.get_by_test_id("formula")).to_contain_text("hides every row")


def test_activation_and_bias_are_switched_off_and_on(desk):
    before = read(desk)
    desk.get_by_test_id("activation").select_option("tanh")
    assert assert_agrees(desk).numbers["score-0"] == pytest.approx(1)
    desk.get_by_test_id("activation").select_option("linear")
    desk.get_by_test_id("bias").uncheck()
    without = assert_agrees(desk)
    assert without.scene().b is None
    assert without.numbers["logit-3"] == pytest.approx(before.numbers["logit-3"] + 100)
    desk.get_by_test_id("bias").check()
    after = assert_agrees(desk)
    assert (after.scene(), after.numbers) == (before.scene(), before.numbers)


@pytest.mark.parametrize("lesson", ["general", "two-hundreds"])
def test_what_is_written_is_the_number_rounded(desk, lesson):
    go(desk, f"#lesson={lesson}")
    drag(desk, "w-0", 0.37)
    table = read(desk)
    for row in range(len(table.scene().rows)):
        said = desk.get_by_test_id(f"weight-{row}").inner_text().removesuffix("%")
        shown = {"<": 0.05, ">": 99.95}.get(said[0]) or float(said)
        assert shown == pytest.approx(100 * table.numbers[f"weight-{row}"], abs=0.1)
        for stage in ("logit", "score"):
            said = desk.get_by_test_id(f"{stage}-{row}").inner_text().replace("−", "-")
            assert float(said) == pytest.approx(table.numbers[f"{stage}-{row}"], abs=0.005)
