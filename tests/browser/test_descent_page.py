"""Backpropagation turns the sliders: it plays, really pauses, goes on from a hand, and ends."""

import math

import pytest
from playing import (
    address_at_rest,
    assert_agrees,
    assert_fits,
    drag,
    expect_done,
    fragment,
    go,
    notices,
    places,
    read,
    requests_of,
    type_number,
)
from playwright.sync_api import expect

from attention.texts import texts

EN = texts()["en"]

# How many different states the table shows while it goes so many steps on, and how many those were.
_UPDATES = """(wanted) => new Promise((done) => {
    const find = (id) => document.querySelector(`[data-testid="${id}"]`);
    const stepped = () => Number(find("train-steps").dataset.value);
    const states = new Set();
    const first = stepped();
    const observer = new MutationObserver(() => {
        states.add(find("weight-0").dataset.value);
        const steps = stepped() - first;
        if (steps < wanted) return;
        observer.disconnect();
        done([states.size, steps]);
    });
    observer.observe(document.querySelector("table.layer"),
        { subtree: true, attributes: true, attributeFilter: ["data-value"] });
})"""


@pytest.fixture
def page(desk):
    """The page, which asks nothing of the server while it trains; nobody trains when it ends."""
    with requests_of(desk) as asked:
        yield desk
    go(desk)
    assert asked == []


def steps_of(page):
    shown = page.get_by_test_id("train-steps").get_attribute("data-value")
    return int(shown or 0)


def steps_and_seconds(page):
    """Both of the same moment, by the page's own clock."""
    return page.evaluate(
        """() => [
            Number(document.querySelector('[data-testid="train-steps"]').dataset.value ?? 0),
            performance.now() / 1000]"""
    )


def wait_for_steps(page, count):
    page.wait_for_function(
        """(count) => Number(document.querySelector('[data-testid="train-steps"]')
            .dataset.value ?? 0) >= count""",
        arg=count,
        timeout=60_000,
    )


def step(page):
    before = steps_of(page)
    page.get_by_test_id("train-step").click()
    wait_for_steps(page, before + 1)


def expect_said(page, key):
    expect(page.get_by_test_id("train-status")).to_have_text(EN[key], timeout=60_000)


def test_steps_reach_the_table_one_by_one_and_on_a_slow_page_a_few_at_once(page):
    go(page, "#lesson=learn-fear")
    page.get_by_test_id("train-play").click()
    wait_for_steps(page, 5)
    updates, steps = page.evaluate(_UPDATES, 60)
    assert steps / 4 - 1 <= updates <= steps + 1
    table = assert_agrees(page)
    assert table.sliders["b-3"] < -20


def test_pause_really_stops_and_two_presses_are_one_run(page):
    go(page, "#lesson=learn-fear")
    page.get_by_test_id("train-play").click(click_count=3)  # play, pause, play
    wait_for_steps(page, 30)
    before, begin = steps_and_seconds(page)
    page.wait_for_timeout(700)
    after, end = steps_and_seconds(page)
    assert after - before <= 30 * (end - begin) + 5  # of one run: 30 a second, and what was late
    page.get_by_test_id("train-play").click()
    expect_said(page, "descent_paused")
    stopped = read(page)
    page.wait_for_timeout(500)
    assert read(page) == stopped
    assert "b=" in address_at_rest(page)


def test_one_step_is_one_step_of_the_gradients_that_the_arrows_show(page):
    go(page, "#lesson=learn-love&rate=0.5")
    step(page)
    assert steps_of(page) == 1
    before = assert_agrees(page)
    weights = before.list("weight", before.numbers)
    gradients = before.list("gradient-b", before.numbers)
    assert gradients == pytest.approx(
        [weight - share for weight, share in zip(weights, [0.9, 0.09, 0.01], strict=True)]
    )
    arrows = [page.get_by_test_id(f"gradient-b-{row}").locator("xpath=../..") for row in range(3)]
    up = [arrow.locator(".arrow").get_attribute("class") == "arrow up" for arrow in arrows]
    assert up == [gradient < 0 for gradient in gradients]
    step(page)
    after = assert_agrees(page).list("b")
    moved = [b - 0.5 * slope for b, slope in zip(before.list("b"), gradients, strict=True)]
    assert after == pytest.approx(moved, rel=1e-6)
    assert steps_of(page) == 2


def test_back_to_the_start_brings_back_what_stood_there_before_training(page):
    go(page, "#lesson=learn-love")
    drag(page, "b-1", 0.8)  # by hand, before training
    before = read(page)
    page.get_by_test_id("train-play").click()
    wait_for_steps(page, 20)
    page.get_by_test_id("train-reset").click()
    after = assert_agrees(page)
    assert (after.sliders, after.typed) == (before.sliders, before.typed)
    expect(page.get_by_test_id("train-steps")).to_have_text("–")
    expect(page.get_by_test_id("train-play")).to_contain_text(EN["train_play"])


def test_a_hand_on_a_slider_is_where_the_run_goes_on(page):
    go(page, "#lesson=learn-fear&rate=2")
    page.get_by_test_id("train-play").click()
    wait_for_steps(page, 10)
    type_number(page, "b-3", "60")
    seen = steps_of(page)
    wait_for_steps(page, seen + 10)
    assert 10 < assert_agrees(page).sliders["b-3"] < 60
    expect(page.get_by_test_id("train-play")).to_contain_text(EN["train_pause"])


def test_a_run_ends_with_what_it_was_about(page):
    for leave in (
        lambda: page.get_by_test_id("lesson").select_option("love"),
        lambda: page.get_by_test_id("kind").select_option("gate"),
        lambda: page.get_by_test_id("reset").click(),
        lambda: page.get_by_test_id("descent").locator("> summary").click(),
    ):
        go(page, "#lesson=learn-fear&rate=10")
        page.get_by_test_id("train-play").click()
        wait_for_steps(page, 3)
        leave()
        before = read(page)
        page.wait_for_timeout(450)
        assert read(page) == before


def test_a_bias_of_100_under_tanh_learns_nothing_and_without_tanh_it_does(page):
    go(page, "#lesson=dead-bias&rate=8")
    before = assert_agrees(page).sliders
    page.get_by_test_id("train-play").click()
    expect_said(page, "descent_still")
    assert assert_agrees(page).sliders == before
    for name in ("gradient-b-0", "gradient-b-1", "gradient-b-2", "gradient-w-0"):
        expect(page.get_by_test_id(name)).to_have_attribute("data-value", "0")
        expect(page.get_by_test_id(name)).to_have_text("0")
    expect(page.locator("table .arrow:visible")).to_have_count(0)
    page.get_by_test_id("activation").select_option("linear")
    page.get_by_test_id("train-play").click()
    expect_said(page, "descent_arrived")
    assert assert_agrees(page).numbers["weight-2"] == pytest.approx(0.02, abs=1e-3)
    expect_done(page)


def test_a_learning_rate_that_is_too_high_is_named_and_leaves_good_numbers(page):
    go(page, "#lesson=learn-love&rate=10&b_regularizer=l2&b_strength=1")
    page.get_by_test_id("train-play").click()
    expect_said(page, "descent_diverged")
    table = assert_agrees(page)
    assert all(math.isfinite(number) for number in table.numbers.values())
    assert max(map(abs, table.list("b"))) <= 1_000_000
    assert "NaN" not in page.locator("table.layer").inner_text()


def test_a_loss_that_swings_is_named(page):
    go(page, "#lesson=learn-love&rate=30")
    page.get_by_test_id("train-play").click()
    expect_said(page, "descent_swings")


def test_a_loss_that_jumps_without_order_is_named_and_stays_named(page):
    x = "250,30,4;40,10,4;70,20,20;90,20,0"
    go(page, f"#stage=loss&x={x}&b=0,0,0,100&w=1.45,0.5,0.2")
    page.get_by_test_id("train-play").click()
    expect_said(page, "descent_swings")
    for _ in range(4):
        wait_for_steps(page, steps_of(page) + 20)
        expect_said(page, "descent_swings")


def test_a_link_brings_targets_rate_and_rules(page):
    rules = {"w_regularizer": "l1", "w_strength": "0.1", "b_constraint": "non_neg"}
    go(page, fragment(lesson="learn-love", target="1,0,3", rate="0.7", turns="w", **rules))
    expect(notices(page)).to_have_count(0)
    table = read(page)
    assert table.list("target") == [1, 0, 3]
    assert table.typed["train-rate-number"] == "0.7"
    assert (table.checks["train-turn-w"], table.checks["train-turn-b"]) == (True, False)
    assert table.choices["train-regularizer-w"] == "l1"
    assert table.choices["train-constraint-b"] == "non_neg"
    shares = page.locator(".target-share").all_inner_texts()
    assert shares == ["25.0\N{NO-BREAK SPACE}%", "0\N{NO-BREAK SPACE}%", "75.0\N{NO-BREAK SPACE}%"]
    step(page)
    assert float(page.get_by_test_id("train-penalty").get_attribute("data-value")) > 0
    # A change is written beside the rest, and the link comes back as it was.
    page.get_by_test_id("train-reset").click()
    type_number(page, "target-2", "4")
    said = address_at_rest(page)
    for pair in ("target=1,0,4", "rate=0.7", "turns=w", "w_regularizer=l1", "w_strength=0.1"):
        assert pair in said.split("&")


def test_what_cannot_be_used_of_a_link_is_said(desk):
    for said in ("target=1,2", "target=1,x,2", "rate=fast", "turns=x", "b_constraint=big"):
        go(desk, f"#lesson=learn-love&{said}")
        expect(notices(desk)).to_have_count(1)
        assert read(desk).list("target") == [0.9, 0.09, 0.01]


def test_without_a_target_or_a_part_to_turn_there_is_nothing_to_play(page):
    go(page, "#lesson=learn-love&target=0,0,0")
    expect_said(page, "descent_no_target")
    expect(page.get_by_test_id("train-play")).to_be_disabled()
    go(page, "#lesson=learn-love&turns=none")
    expect_said(page, "descent_no_part")
    expect(page.get_by_test_id("train-step")).to_be_disabled()


@pytest.mark.parametrize("view", ["desk", "phone"])
def test_arrows_move_nothing_else(request, view):
    page = request.getfixturevalue(view)
    go(page, "#lesson=learn-fear")
    before = places(page, "tr, td, th, td input")
    step(page)
    expect(page.locator("table .arrow:visible")).to_have_count(4)
    assert places(page, "tr, td, th, td input") == before
    assert_fits(page)
