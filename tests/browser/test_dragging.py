"""A slider moves: the numbers follow at once, they are the core's, and nobody else is asked."""

import pytest
from playing import SLIDERS, assert_agrees, drag, go, hold, move, read
from playwright.sync_api import Page, expect

EVERY_SLIDER = [(kind, slider) for kind, sliders in SLIDERS.items() for slider in sliders]

# Drags a slider over its whole range, and tells what in the table has another place then.
_MOVED = """async (id) => {
    const slider = document.querySelector(`[data-testid="${id}"]`);
    const nodes = [...document.querySelectorAll("tr, th, td, input")];
    const nameOf = (node) => node.dataset.testid ?? `${node.tagName} ${node.className}`;
    const places = () => nodes.map((node) => {
        const { x, y, width, height } = node.getBoundingClientRect();
        return [x + scrollX, y + scrollY, width, height].map(Math.round).join();
    });
    const before = places();
    const moved = new Set();
    for (let i = 0; i <= 12; i += 1) {
        slider.value = Number(slider.min) + (slider.max - slider.min) * i / 12;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(requestAnimationFrame);
        places().forEach((place, n) => {
            if (place !== before[n]) moved.add(`${nameOf(nodes[n])}: ${before[n]} to ${place}`);
        });
    }
    return [...moved];
}"""


def _numbers(page: Page) -> dict[str, float]:
    return read(page).numbers


@pytest.mark.parametrize(("kind", "slider"), EVERY_SLIDER[::2])
def test_numbers_follow_the_mouse_before_it_lets_go(desk, kind, slider):
    go(desk, f"#kind={kind}")
    before = assert_agrees(desk)
    hold(desk, slider)
    move(desk, slider, 0.2)
    while_held = assert_agrees(desk)
    move(desk, slider, 0.8)
    further = assert_agrees(desk)
    desk.mouse.up()
    assert assert_agrees(desk) == further
    assert before.numbers != while_held.numbers
    assert while_held.numbers != further.numbers
    assert while_held.sliders[slider] < further.sliders[slider]


@pytest.mark.parametrize(("kind", "slider"), EVERY_SLIDER[::4])
def test_arrow_keys_move_a_slider_by_one_step(desk, kind, slider):
    go(desk, f"#kind={kind}")
    drag(desk, slider, 0.5)
    before = assert_agrees(desk)
    desk.get_by_test_id(slider).press("ArrowRight")
    after = assert_agrees(desk)
    assert after.sliders[slider] > before.sliders[slider]
    assert after.numbers != before.numbers
    desk.keyboard.press("ArrowLeft")
    assert assert_agrees(desk) == before


def test_home_and_end_go_to_the_ends(desk):
    slider = desk.get_by_test_id("x-3-0")
    slider.press("Home")
    assert assert_agrees(desk).sliders["x-3-0"] == 0
    slider.press("End")
    assert assert_agrees(desk).sliders["x-3-0"] == 250


def test_a_slider_goes_back_to_whole_steps_once_it_is_dragged(desk):
    go(desk, "#lesson=love")  # its bias opens at ln 90, between two steps
    drag(desk, "b-0", 0.7)
    bias = assert_agrees(desk).sliders["b-0"]
    assert bias == pytest.approx(round(bias, 1)), "the lesson's step is 0.1"


def test_a_finger_drags_a_slider_on_a_phone(phone):
    before = _numbers(phone)
    phone.get_by_test_id("x-3-0").tap()
    assert assert_agrees(phone).numbers != before


@pytest.mark.parametrize("view", ["desk", "phone"])
def test_nothing_is_asked_of_anybody_while_one_plays(request, view):
    page = request.getfixturevalue(view)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
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
    for slider in SLIDERS[kind]:
        assert page.evaluate(_MOVED, slider) == [], slider


@pytest.mark.parametrize("kind", SLIDERS)
def test_a_hidden_row_weighs_exactly_nothing(desk, kind):
    go(desk, f"#kind={kind}")
    desk.get_by_test_id("mask-2").uncheck()
    numbers = assert_agrees(desk).numbers
    assert numbers["weight-2"] == 0
    assert sum(numbers[f"weight-{row}"] for row in range(4)) == pytest.approx(1, abs=1e-12)
    desk.get_by_test_id("mask-2").check()
    assert assert_agrees(desk).numbers["weight-2"] > 0


@pytest.mark.parametrize("kind", SLIDERS)
def test_with_every_row_hidden_all_weights_and_outputs_are_nothing(desk, kind):
    go(desk, f"#kind={kind}")
    for row in range(4):
        desk.get_by_test_id(f"mask-{row}").uncheck()
    numbers = assert_agrees(desk).numbers
    assert {n for name, n in numbers.items() if name.startswith(("weight", "output"))} == {0}
    expect(desk.get_by_test_id("formula")).to_contain_text("hides every row")


def test_the_activation_makes_tanh_of_the_logits(desk):
    desk.get_by_test_id("activation").select_option("tanh")
    numbers = assert_agrees(desk).numbers
    assert numbers["logit-0"] == pytest.approx(65.8)
    assert numbers["score-0"] == pytest.approx(1)
    desk.get_by_test_id("activation").select_option("linear")
    assert assert_agrees(desk).numbers["score-0"] == pytest.approx(65.8)


@pytest.mark.parametrize("kind", ["attention", "gate"])
def test_the_bias_switch_takes_the_bias_away_and_brings_it_back(desk, kind):
    go(desk, f"#kind={kind}")
    before = read(desk)
    desk.get_by_test_id("bias").uncheck()
    without = assert_agrees(desk)
    assert without.scene().b is None
    assert without.numbers["logit-3"] == pytest.approx(before.numbers["logit-3"] + 100)
    desk.get_by_test_id("bias").check()
    assert assert_agrees(desk) == before


@pytest.mark.parametrize("lesson", ["general", "love", "fear", "two-hundreds"])
def test_what_is_written_is_the_number_rounded(desk, lesson):
    go(desk, f"#lesson={lesson}")
    drag(desk, "w-0", 0.37)
    table = read(desk)
    for row in range(len(table.scene().rows)):
        said = desk.get_by_test_id(f"weight-{row}").inner_text()
        share = 100 * table.numbers[f"weight-{row}"]
        if said.startswith("<"):
            assert 0 < share < 0.1
        else:
            assert float(said.removesuffix("%").removeprefix(">")) == pytest.approx(share, abs=0.1)
        for stage in ("logit", "score"):
            said = desk.get_by_test_id(f"{stage}-{row}").inner_text().replace("−", "-")
            assert float(said) == pytest.approx(table.numbers[f"{stage}-{row}"], abs=0.005)
