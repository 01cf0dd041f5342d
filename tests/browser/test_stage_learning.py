"""Softmax step by step and the loss as a map: the table's own numbers, and a hand moves them."""

import re
from itertools import pairwise

import pytest
from playing import assert_agrees, go, next_frame, places, read, requests_of
from playwright.sync_api import expect

STEPS = ("score", "scaled", "exp", "sum", "share")
# What is in sight of the page's window, whole.
IN_SIGHT = """(ids) => ids.filter((id) => {
    const box = document.querySelector(`[data-testid="${id}"]`)?.getBoundingClientRect();
    return !box || box.width === 0 || box.top < -1 || box.bottom > innerHeight + 1;
})"""


def columns(page):
    found = page.locator(".softmax-column")
    return [float(one.get_attribute("data-value")) for one in found.all()]


def told(page):
    texts = page.locator(".softmax-column text").all_text_contents()
    return [one.replace("\xa0", " ") for one in texts]


@pytest.mark.parametrize("kind", ["attention", "gate", "dot_product", "scaled_dot_product"])
@pytest.mark.parametrize("lesson", ["fear", "overflow", "temperature"])
def test_the_columns_of_each_step_are_the_tables_numbers(desk, lesson, kind):
    go(desk, f"#lesson={lesson}&kind={kind}&stage=softmax")
    numbers = assert_agrees(desk).numbers
    temperature = read(desk).sliders["temperature"]
    rows = len(desk.locator(".softmax-column").all())
    scores = [numbers.get(f"score-{row}", numbers.get(f"logit-{row}")) for row in range(rows)]
    for step in STEPS:
        desk.get_by_test_id(f"softmax-step-{step}").click()
        found = columns(desk)
        if step == "score":
            assert found == scores
        elif step == "scaled":
            assert found == pytest.approx([score / temperature for score in scores])
        elif step == "share":
            assert found == [numbers[f"weight-{row}"] for row in range(rows)]
            shares = [
                desk.get_by_test_id(f"weight-{row}").inner_text().replace("\xa0", " ").strip()
                for row in range(rows)
            ]
            assert told(desk) == shares
        else:
            total = sum(found)
            assert [exp / total for exp in found] == pytest.approx(
                [numbers[f"weight-{row}"] for row in range(rows)], abs=1e-12
            )


def test_softmax_plays_from_score_to_share_and_the_sum_is_one_column(desk):
    go(desk, "#lesson=temperature&stage=softmax")
    desk.get_by_test_id("softmax-play").click()
    expect(desk.get_by_test_id("softmax-step-score")).to_have_attribute("aria-pressed", "true")
    expect(desk.get_by_test_id("softmax-step-share")).to_have_attribute(
        "aria-pressed", "true", timeout=20_000
    )
    desk.get_by_test_id("softmax-step-sum").click()
    desk.wait_for_timeout(300)
    paths = [one.get_attribute("d") for one in desk.locator(".column-area").all()]
    boxes = [[float(one) for one in re.findall(r"-?[\d.]+", path)] for path in paths]
    assert len({x for x, *_ in boxes}) == 1
    for (_, y, _, height, _), (_, below, *_) in pairwise(boxes):
        assert y + height == pytest.approx(below), "the next one begins where this one ends"


def test_what_the_mask_hides_is_an_empty_column_and_with_all_hidden_it_says_so(desk):
    go(desk, "#lesson=fear&stage=softmax&mask=1101")
    assert columns(desk)[2] == 0
    expect(desk.get_by_test_id("softmax-column-2")).to_have_class("softmax-column masked")
    go(desk, "#lesson=fear&stage=softmax&mask=0000")
    expect(desk.get_by_test_id("softmax-line")).to_contain_text("The mask hides every row")
    assert columns(desk) == [0, 0, 0, 0]


@pytest.mark.parametrize("stage", ["softmax", "loss"])
def test_a_drag_asks_nothing_and_moves_nothing_else(desk, stage):
    go(desk, f"#lesson=learn-fear&stage={stage}")
    with requests_of(desk) as asked:
        before = places(desk, ".stage, .pane, tr, .train-strip, .train-strip > *")
        slider = desk.get_by_test_id("b-3")
        slider.focus()
        for _ in range(5):
            desk.keyboard.press("ArrowLeft")
            next_frame(desk)
        assert places(desk, ".stage, .pane, tr, .train-strip, .train-strip > *") == before
    assert asked == []


def test_the_ball_stands_at_its_numbers_and_takes_the_sliders_with_it(desk):
    go(desk, "#lesson=learn-fear&stage=loss")
    desk.get_by_test_id("loss-x").select_option("b.0")
    desk.get_by_test_id("loss-y").select_option("b.3")
    ball = desk.get_by_test_id("loss-ball")
    ball.scroll_into_view_if_needed()
    box = ball.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    desk.mouse.move(x, y)
    desk.mouse.down()
    desk.mouse.move(x + 40, y + 30, steps=4)
    desk.mouse.up()
    after = assert_agrees(desk).sliders
    assert after["b-0"] > 0 > after["b-3"] and after["b-1"] == after["b-2"] == 0
    assert float(ball.get_attribute("data-x")) == after["b-0"]
    assert float(ball.get_attribute("data-y")) == after["b-3"]
    ball.press("ArrowUp")
    assert assert_agrees(desk).sliders["b-3"] == after["b-3"] + 1
    desk.get_by_test_id("undo").click()
    desk.get_by_test_id("undo").click()
    assert read(desk).sliders["b-0"] == 0


def test_training_rolls_the_ball_down_and_leaves_its_path(desk):
    go(desk, "#lesson=learn-fear&stage=loss")
    next_frame(desk)
    ball = desk.get_by_test_id("loss-ball")
    before = float(ball.get_attribute("data-loss"))
    desk.get_by_test_id("train-play").click()
    desk.wait_for_function(
        "() => Number(document.querySelector('[data-testid=train-steps]').dataset.value ?? 0) >= 10"
    )
    desk.get_by_test_id("train-play").click()
    next_frame(desk)
    after = float(ball.get_attribute("data-loss"))
    assert after < before
    loss = float(desk.get_by_test_id("train-loss").get_attribute("data-value"))
    assert after == pytest.approx(loss, rel=1e-9), "the strip's and the map's"
    assert desk.locator(".ball-path").get_attribute("d").count("L") >= 3


def test_without_a_target_the_map_says_why_there_is_none(desk):
    go(desk, "#lesson=learn-love&target=0,0,0&stage=loss")
    expect(desk.get_by_test_id("loss-problem")).to_have_text(
        "At least one visible row needs a target above 0."
    )
    expect(desk.get_by_test_id("loss-ball")).to_have_count(0)


@pytest.mark.parametrize("view", ["desk", "phone"])
def test_the_strip_is_low_and_in_sight_with_the_stage_and_only_where_it_is_asked_for(request, view):
    page = request.getfixturevalue(view)
    go(page, "#lesson=fear")
    expect(page.get_by_test_id("train-strip")).to_be_hidden()
    page.get_by_test_id("stage-loss").click()
    expect(page.get_by_test_id("train-strip")).to_be_visible()
    go(page, "#lesson=learn-fear")
    strip = page.get_by_test_id("train-strip")
    assert strip.bounding_box()["height"] <= 56
    page.get_by_test_id("stage").evaluate("(node) => node.scrollIntoView()")
    parts = ["stage", "train-play", "train-step", "train-loss", "train-curve"]
    assert page.evaluate(IN_SIGHT, parts) == []
