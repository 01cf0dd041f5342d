"""The stage that one takes away shows the scene's numbers: as widths, as places, as text."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from drawings import (
    HOSTILE,
    NAMES,
    assert_readable,
    middle,
    parts,
    pixels,
    scene,
    size_of,
)
from hypothesis import given, settings
from matplotlib.colors import to_rgb
from scenes import VECTOR_KINDS, as_scene, scenes

from attention.figures import stage_figure
from attention.figures.convex import hull_of
from attention.figures.flow import PALE
from attention.figures.plane import PULL
from attention.figures.rows import colours, outline_of, row_colour, row_form
from attention.lessons import load_lessons
from attention.numbers import fixed_number, readable_number
from attention.scene import Scene
from attention.texts import texts

EN = texts()["en"]
CASES = {
    "attention": scene(mask=[True, False, True]),
    "no bias, no mask": scene(b=None, temperature=20.0),
    "gate": scene("gate", columns=["x"], mask=[True, True, False]),
    "dot_product": scene("dot_product"),
    "scaled_dot_product": scene("scaled_dot_product", mask=[False] * 3),
    "self_attention": scene("self_attention", mask=[True, False, True]),
    "the largest self_attention": scene(
        "self_attention", rows=NAMES[:16], columns=NAMES[:8], causal=True, asks=7, temperature=2.0
    ),
    "hostile self_attention": scene("self_attention", rows=HOSTILE, columns=HOSTILE),
    "self_attention alone": scene("self_attention", rows=["a"], columns=["b"], mask=[False]),
    "a line": scene(columns=["f"], activation="linear"),
    "the largest": scene(rows=NAMES[:16], columns=NAMES[:8], mask=[True] * 15 + [False]),
    "the largest gate": scene("gate", rows=NAMES[:16], columns=["x"]),
    "one of each": scene(rows=["a"], columns=["b"]),
    "nobody": scene(rows=NAMES[:16], columns=NAMES[:8], mask=[False] * 16),
    "huge": scene(x=[[1e6, -1e6]] * 3, w=[-1e6, 1e6], b=[1e6] * 3, activation="linear"),
    "hostile": scene(rows=HOSTILE, columns=HOSTILE),
    "a hair apart": scene(x=[[1.0, 5e-324], [1.0 + 2.3e-16, 0.0], [1.0, 0.0]], w=[1e-320, 0.0]),
    "all in one place": scene(x=[[1.0, 1.0]] * 3, w=[0.0, 0.0]),
}


def heights(ribbon):
    """How thick a ribbon is at its beginning and at its end."""
    return ribbon[7, 1] - ribbon[0, 1], ribbon[4, 1] - ribbon[3, 1]


@settings(max_examples=40)
@given(fields=scenes())
def test_a_ribbon_is_as_thick_as_its_weight_and_together_they_are_the_whole(fields):
    shown = as_scene(fields)
    weights, drawn = shown.trace().weights, parts(stage_figure(shown, EN))
    found = np.array(
        [heights(drawn.get(f"ribbon-{row}", np.zeros((8, 2)))) for row in range(len(weights))]
    )
    band = stage_band(shown)
    assert found == pytest.approx(np.stack([weights, weights], axis=1) * band, abs=1e-6)
    if shown.kind == "gate" or not weights.any():
        return
    ends = [drawn[f"ribbon-{row}"] for row in np.flatnonzero(weights)]
    for above, below in pairwise(ends):  # stacked at the output, no gap
        assert above[4] == pytest.approx(below[3], abs=1e-6)
    assert ends[-1][4, 1] - ends[0][3, 1] == pytest.approx(band)


def stage_band(shown):
    """How thick the whole attention is drawn: that of the same scene with one row alone."""
    if shown.kind == "gate":
        weights, drawn = shown.trace().weights, parts(stage_figure(shown, EN))
        row = int(weights.argmax())
        return heights(drawn[f"ribbon-{row}"])[0] / weights[row] if weights.any() else 0
    alone = scene(rows=["a"], columns=["b"])
    return heights(parts(stage_figure(alone, EN))["ribbon-0"])[0]


def test_ribbons_have_the_rows_colours_and_their_widths_in_dots():
    shown = scene(w=[0.0, 0.0], b=[0.0, 0.0, float(np.log(2))], activation="linear")
    figure = stage_figure(shown, EN)
    image, ribbons = pixels(figure)[..., :3].astype(int), parts(figure)
    assert (image[0, 0] == 255).all()
    before = round(2 * ribbons["ribbon-0"][3, 0]) - 4  # dots left of the output's bar
    band = heights(ribbons["ribbon-0"])[0] * 4
    for row, weight in enumerate((0.25, 0.25, 0.5)):
        colour = 255 * (1 - PALE + PALE * np.array(to_rgb(row_colour(row))))
        found = np.abs(image[:, before] - colour).max(axis=1) <= 2
        assert found.sum() == pytest.approx(2 * weight * band, abs=2)  # two dots a pixel


@settings(max_examples=40)
@given(fields=scenes(kinds=VECTOR_KINDS))
def test_the_output_stands_where_the_weights_pull_it_from_all_points(fields):
    shown = as_scene(fields)
    weights, drawn = shown.trace().weights, parts(stage_figure(shown, EN))
    assert ("point-output" in drawn) == (shown.kind != "gate" and bool(weights.any()))
    if "point-output" not in drawn:
        return
    places = np.array([place_of(drawn, row) for row in range(len(weights))])
    assert middle(drawn["point-output"]) == pytest.approx(weights @ places, abs=0.01)


def place_of(drawn, row):
    """A point's place: its form lies around it as around (0, 0)."""
    corners, form = drawn[f"point-{row}"], row_form(row).vertices
    scale = np.ptp(corners[:, 0]) / np.ptp(form[:, 0])
    return corners[0] - scale * form[0]


@pytest.mark.parametrize("axes", [(0, 1), (2, 0), (1, 2)])
def test_points_stand_at_their_numbers_on_the_axes_that_were_chosen(written, axes):
    shown = scene(columns=["f", "g", "h"])
    drawn = parts(stage_figure(shown, EN, axes))
    seen = {box[4] for box in written}
    assert {f"{shown.columns[axes[0]]} →", f"{shown.columns[axes[1]]} ↑"} <= seen
    places = np.array([place_of(drawn, row) for row in range(3)])
    numbers = np.array(shown.x)[:, axes]
    for axis in (0, 1):
        slope, start = np.polyfit(numbers[:, axis], places[:, axis], 1)
        assert (slope > 0) == (axis == 0)
        assert start + slope * numbers[:, axis] == pytest.approx(places[:, axis], abs=0.01)
        ticks = [box for box in written if is_tick(box, axis, start, slope)]
        assert len(ticks) >= 2, "round numbers stand where they are"


def is_tick(box, axis, start, slope):
    """Whether a text is a number and stands at it."""
    try:
        number = float(box[4].replace("−", "-"))
    except ValueError:
        return False
    at = (box[0] + box[1]) / 2 if axis == 0 else (box[2] + box[3]) / 2
    return readable_number(number) == box[4] and abs(start + slope * number - at) < 0.01


def test_axes_that_a_scene_lacks_are_its_first_two(written):
    stage_figure(scene(columns=["f", "g"]), EN, (0, 5))
    assert {"f →", "g ↑"} <= {box[4] for box in written}


def test_lines_to_the_output_are_as_thick_as_the_weights():
    shown = scene(w=[0.0, 0.0], b=[0.0, 0.0, float(np.log(2))], activation="linear")
    figure = stage_figure(shown, EN)
    widths = {
        artist.get_gid(): artist.get_linewidth() * 96 / 72
        for artist in figure.get_children()
        if str(artist.get_gid()).startswith("pull-")
    }
    assert widths == pytest.approx(
        {"pull-0": PULL / 4, "pull-1": PULL / 4, "pull-2": PULL / 2}, rel=1e-6
    )


@pytest.mark.parametrize(("w", "way"), [([2.0, 0.0], (1, 0)), ([0.0, -3.0], (0, 1))])
def test_the_arrow_points_up_the_score(w, way):
    tip, left, right = parts(stage_figure(scene(w=w), EN))["arrow"][:3]
    along = tip - (left + right) / 2
    assert along / np.hypot(*along) == pytest.approx(way, abs=1e-6)  # y is down


def test_the_query_points_from_where_all_is_0_to_itself():
    random = np.random.default_rng(2)
    shown = scene("dot_product", query=[3.0, 4.0], x=random.normal(size=(3, 2)).tolist())
    drawn = parts(stage_figure(shown, EN))
    places = np.array([place_of(drawn, row) for row in range(3)])
    fits = [np.polyfit(np.array(shown.x)[:, axis], places[:, axis], 1) for axis in (0, 1)]
    tip = [start + slope * number for (slope, start), number in zip(fits, (3, 4), strict=True)]
    assert drawn["arrow"][0] == pytest.approx(tip, abs=0.01)
    assert fits[0][0] == pytest.approx(-fits[1][0])  # at its true angle


def test_ground_that_tanh_saturates_has_one_shade():
    x = [[100.0, 0.0], [200.0, 0.0], [150.0, 1.0]]

    def shades(activation):
        drawn = parts(stage_figure(scene(x=x, w=[1.0, 0.0], b=None, activation=activation), EN))
        return {one.tobytes() for name, one in drawn.items() if name.startswith("ground-")}

    assert len(shades("tanh")) == 1 < len(shades("linear")) == 9


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("shown", CASES.values(), ids=CASES)
def test_all_text_is_on_the_sheet_and_apart_and_says_percentages_and_output(
    written, shown, language
):
    words = texts()[language]
    figure = stage_figure(shown, words)
    seen = {box[4] for box in written}
    mark = words["decimal_mark"]
    for number in shown.trace().output:
        assert any(fixed_number(number, mark=mark) in text for text in seen)
    assert words["weight"] in seen
    percents = [text for text in seen if text.endswith("\u00a0%")]
    assert percents and ("0\u00a0%" in percents or not shown.hides)
    assert_readable(written, figure)
    assert size_of(figure)[0] == 960


def test_a_masked_row_has_no_colour_no_ribbon_and_a_line_through_its_name(written):
    figure = stage_figure(scene(rows=["a", "b", "c"], mask=[True, False, True]), EN)
    assert {"ribbon-0", "ribbon-2"} <= set(parts(figure)) and "ribbon-1" not in parts(figure)
    told = {box[4]: box for box in reversed(written)}  # on the plane, the names stand again
    assert told["b"][5] == told["0\u00a0%"][5] != row_colour(1)
    assert told["a"][5] == row_colour(0)
    left, right, top, bottom, *_ = told["b"]
    y, image = round(top + bottom), pixels(figure)
    line = image[y - 2 : y + 2, round(2 * left) - 2 : round(2 * right) + 2, 0]
    assert line.min(axis=0).max() < 200, "from one end of the name to the other"


def test_colours_and_forms_are_read_from_the_page():
    assert len({row_colour(row) for row in range(16)}) == 16
    assert row_colour(16) == row_colour(0) != row_colour(0, dark=True)
    assert set(colours()) == set(colours(dark=True)) >= {"w", "row-15"}
    assert len({row_form(row).vertices.tobytes() for row in range(4)}) == 4
    curves = [curve(np.linspace(0, 1, 9)) for curve, _ in row_form(0).iter_bezier()]
    assert np.hypot(*np.concatenate(curves).T) == pytest.approx(1, abs=0.001)
    with pytest.raises(ValueError, match="half a circle"):
        outline_of("M0 0a1 1 0 1 0 1 0z")


@settings(max_examples=30)
@given(fields=scenes(kinds=VECTOR_KINDS))
def test_every_point_is_within_the_hull(fields):
    points = np.array(fields["x"])[:, :2]
    corners = hull_of(points) if points.shape[1] == 2 else points
    if len(corners) < 3 or points.shape[1] < 2:
        return
    scale = np.abs(points).max() ** 2
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        turns = (b - a)[0] * (points - a)[:, 1] - (b - a)[1] * (points - a)[:, 0]
        assert (turns >= -1e-9 * scale).all()


def test_each_lesson_has_a_stage_to_take_away(written):
    for lesson in load_lessons()[0].values():
        written.clear()
        for language in lesson.languages:
            figure = stage_figure(lesson.at(language), texts()[language], lesson.axes)
            assert_readable(written, figure)
            written.clear()


def test_a_scene_that_is_alone_in_its_place_has_axes_around_it():
    figure = stage_figure(Scene(rows=["a"], columns=["f", "g"], x=[[5, 0]], w=[1, 1]), EN)
    drawn = parts(figure)
    assert middle(drawn["point-output"]) == pytest.approx(place_of(drawn, 0), abs=0.01)


def test_squares_tell_who_asks_whom_and_the_step_that_asks_is_marked():
    shown = scene("self_attention", causal=True, mask=[True, True, False], asks=1, head=1)
    weights, drawn = shown.whole_trace().weights[1], parts(stage_figure(shown, EN))
    squares = {name for name in drawn if name.startswith("cell-")}
    assert squares == {"cell-0-0", "cell-1-0", "cell-1-1", "cell-2-0", "cell-2-1"}
    assert middle(drawn["asking"])[1] == pytest.approx(
        (drawn["ribbon-1"][0, 1] + drawn["ribbon-1"][7, 1]) / 2
    )
    named = {one.get_gid(): one for one in stage_figure(shown, EN).get_children() if one.get_gid()}
    pale = {name: np.mean(named[name].get_facecolor()[:3]) for name in squares}
    by_weight = sorted(squares, key=lambda name: weights[tuple(map(int, name.split("-")[1:]))])
    assert [pale[name] for name in by_weight] == sorted(pale.values(), reverse=True)


def test_the_numbers_of_self_attention_are_on_its_stage(written):
    shown = scene("self_attention", heads=2, head=1, causal=True, asks=2, positions="sinusoidal")
    stage_figure(shown, EN)
    said = {box[4] for box in written}
    title = next(one for one in said if one.startswith("Self-attention"))
    assert "head 2" in title and "Causal mask" in title and "Positions: sinusoidal" in title
    assert {"v1", "v2", *(fixed_number(number) for number in shown.trace().output)} <= said
