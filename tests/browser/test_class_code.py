"""The article's class on the stage: its lines, switched on one after another, come to softmax."""

import numpy as np
import pytest
from playing import go, next_frame, read, type_number
from playwright.sync_api import expect

LINES = ("dot", "bias", "tanh", "exp", "mask", "share")
EPSILON = 1e-7  # K.epsilon()


def columns(page):
    """The numbers that are drawn, one a row."""
    drawn = page.locator("[data-testid^='code-column-']")
    return np.array([float(one.get_attribute("data-value")) for one in drawn.all()])


def by_line(scene):
    """What each line of the class's `call` makes of a scene, computed once more."""
    eij = np.array(scene.x) @ np.array(scene.w)
    yield eij
    eij = eij + np.array(scene.b or 0.0)
    yield eij
    eij = np.tanh(eij) if scene.activation == "tanh" else eij
    yield eij
    a = np.exp(eij / scene.temperature)
    yield a
    a = a * np.array(scene.shown)
    yield a
    yield a / (a.sum() + EPSILON)


def switch(page, line):
    page.get_by_test_id(f"code-line-{line}").click()
    next_frame(page)


@pytest.mark.parametrize(
    "more", ["", "&activation=linear", "&b=none", "&mask=0000", "&temperature=2"]
)
def test_each_line_makes_of_the_rows_what_the_class_makes_of_them(desk, more):
    go(desk, f"#lesson=recognise{more}")
    for line, expected in zip(LINES, by_line(read(desk).scene()), strict=True):
        switch(desk, line)
        assert columns(desk) == pytest.approx(expected, rel=1e-6, abs=1e-6), line


def test_after_the_last_line_the_columns_fill_the_outlines_of_softmax_and_it_is_named(desk):
    go(desk, "#lesson=recognise")
    outlines = desk.locator(".code-picture .ghost")
    assert not any(outlines.evaluate_all("(all) => all.map((one) => one.getAttribute('d'))"))
    switch(desk, "share")
    table = read(desk).numbers
    weights = [table[f"weight-{row}"] for row in range(4)]
    assert columns(desk) == pytest.approx(weights, abs=1e-7)
    desk.wait_for_timeout(400)  # the columns glide
    drawn = outlines.evaluate_all("(all) => all.map((one) => one.getAttribute('d'))")
    areas = desk.locator(".code-picture .column-area").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('d'))"
    )
    for outline, area in zip(drawn, areas, strict=True):
        assert numbers_of(outline) == pytest.approx(numbers_of(area), abs=0.01)
    foot = desk.get_by_test_id("code-foot")
    expect(foot).to_contain_text("softmax(tanh(x·W + b))")
    desk.get_by_test_id("activation").select_option("linear")
    expect(foot).to_contain_text("softmax(x·W + b)")


def numbers_of(path):
    return [float(one) for one in path.replace("M", " ").translate(LETTERS).split()]


LETTERS = str.maketrans("hvZ", "   ")


def test_a_line_brings_those_before_it_and_chosen_again_goes_off(desk):
    go(desk, "#lesson=recognise")
    on = desk.locator(".code-line[aria-pressed='true']")
    expect(on).to_have_count(1)
    switch(desk, "exp")
    expect(on).to_have_count(4)
    switch(desk, "exp")
    expect(on).to_have_count(3)
    go(desk, "#lesson=two-hundreds&stage=code")
    expect(on).to_have_count(len(LINES))  # only the lesson on it begins with one


def test_where_exp_overflows_the_class_has_nan_and_the_page_says_why_it_has_not(desk):
    go(desk, "#lesson=overflow&stage=code&x=1;2;100")
    numbers = columns(desk)
    assert np.isnan(numbers[2]) and (numbers[:2] == 0).all()
    expect(desk.get_by_test_id("code-foot")).to_contain_text("NaN")
    type_number(desk, "x-2-0", "3")
    next_frame(desk)
    assert columns(desk).sum() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("lesson", ["gate", "query"])
def test_only_the_articles_kind_has_its_class(desk, lesson):
    go(desk, f"#lesson={lesson}&stage=code")
    expect(desk.get_by_test_id("stage-code")).to_be_hidden()
    expect(desk.locator(".pane.flow")).to_be_visible()
    expect(desk.locator(".pane.code")).to_have_count(0)
