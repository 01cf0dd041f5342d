"""Pictures show the numbers that they were given, the same bytes each time, whatever the names."""

from __future__ import annotations

import re
import warnings
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from drawings import HOSTILE, NAMES, assert_readable, pixels, scene, size_of
from PIL import Image

from attention.figures import difference_map, heat_map, save, stage_figure
from attention.figures.letters import shorten, width_of
from attention.figures.rows import row_colour
from attention.numbers import fixed_number
from attention.scripts import script
from attention.texts import texts

AXES = {"row_axis": "query", "column_axis": "key"}
WEIGHTS = np.array([[0.25, 0.75], [1.0, 0.0]])


FIGURES = {
    "a map": lambda: heat_map(WEIGHTS, "ab", "ab", visible=WEIGHTS > 0, **AXES),
    "a difference": lambda: difference_map(WEIGHTS - 0.5, "ab", "ab", **AXES),
    "a scene": lambda: stage_figure(scene(), texts()["ru"]),
}


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
@pytest.mark.parametrize("format", ["png", "svg", "pdf"])
def test_the_same_picture_is_the_same_bytes_of_its_format(draw, format):
    figure = draw()
    first = save(figure, format)
    assert first == save(figure, format) == save(draw(), format)
    assert not re.search(rb"CreationDate|20\d\d-\d\d-\d\d", first)
    if format == "png":
        width, height = Image.open(BytesIO(first)).size
        assert (width, height) == pytest.approx(2 * size_of(figure), abs=1)
    elif format == "svg":
        assert ElementTree.fromstring(first).tag == "{http://www.w3.org/2000/svg}svg"


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="format must be one of png, svg, pdf; got 'gif'"):
        save(FIGURES["a map"](), "gif")
    with pytest.raises(ValueError, match="2 row names and 2 column names; got 2 and 3"):
        heat_map(WEIGHTS, "ab", "abc", **AXES)


def test_a_cell_has_the_colour_of_its_weight(written):
    figure = heat_map(WEIGHTS, "ab", "ab", visible=[[1, 1], [1, 0]], **AXES)
    image, colours = pixels(figure), matplotlib.colormaps["viridis"]
    places = {box[4]: (box[0] - 8, (box[2] + box[3]) / 2) for box in written}
    for weight in (0.25, 0.75, 1.0):
        x, y = places[fixed_number(weight)]  # left of the number
        assert image[round(2 * y), round(2 * x)] == pytest.approx(
            np.array(colours(weight)) * 255, abs=1
        )
    assert {box[4] for box in written} == {*"ab", "query", "key", "0.25", "0.75", "1.00"}
    # The hidden cell is no weight at all: it has no number and is nearly as white as the paper.
    x, y = places["0.75"][0], places["1.00"][1]
    assert image[round(2 * y), round(2 * x)].min() > 200
    assert (image[0, 0] == 255).all(), "it can lie on any page"


def test_names_of_steps_have_the_steps_colours_and_those_of_features_have_not(written):
    heat_map(WEIGHTS, ["a", "b"], ["a", "b"], **AXES)
    told = sorted((box[4], box[5]) for box in written if box[4] in "ab")
    assert told == sorted([(name, row_colour(step)) for step, name in enumerate("ab")] * 2)
    written.clear()
    heat_map(WEIGHTS, ["f", "g"], ["a", "b"], **AXES)
    told = {box[4]: box[5] for box in written}
    assert told["a"] == row_colour(0) and told["b"] == row_colour(1)
    assert told["f"] == told["g"] not in (told["a"], told["b"])


@pytest.mark.parametrize(("draw", "ends"), [(heat_map, ("0", "1")), (difference_map, ("−1", "1"))])
def test_a_scale_fills_the_corner_beside_upright_names(written, draw, ends):
    names = ["barking dog", "dark alley"]
    figure = draw(np.eye(2), names, names, width=200, **AXES)
    low, high = ([box for box in written if box[4] == end] for end in ends)
    assert len(low) == len(high) == 1
    image = pixels(figure)
    x, y = low[0][0] + 1, low[0][2] - 5  # in the bar, over its lowest number
    map_name = "viridis" if draw is heat_map else "PuOr"
    assert image[round(2 * y), round(2 * x)] == pytest.approx(
        np.array(matplotlib.colormaps[map_name](0.02)) * 255, abs=12
    )


@pytest.mark.parametrize("steps", [1, 2, 7, 18])
@pytest.mark.parametrize("heads", [None, 2])
@pytest.mark.parametrize("names", [NAMES, HOSTILE * 3])
def test_all_text_of_a_map_is_on_it_and_apart(written, steps, heads, names):
    weights = np.broadcast_to(1 / steps, (*([heads] if heads else []), steps, steps))
    panels = names[: heads or 0]
    axes = {"row_axis": "query: who looks", "column_axis": "key: who is looked at"}
    figure = heat_map(weights, names[:steps], names[:steps], panels=panels, **axes)
    assert_readable(written, figure)
    assert size_of(figure)[0] == 320


def test_threads_draw_what_one_draws_alone():
    def draw(number):
        weights = np.full((5, 5), number / 10)
        figure = heat_map(weights, "abcde", "vwxyz", **AXES)
        if number % 2:
            figure = stage_figure(scene(temperature=1.0 + number), texts()["en"])
        return save(figure, ("png", "svg", "pdf")[number % 3])

    alone = [draw(number) for number in range(9)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(draw, range(9))) == alone


@pytest.mark.parametrize("format", ["png", "svg", "pdf"])
def test_no_name_is_read_as_a_formula_or_complained_about(format, caplog):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        save(heat_map(np.eye(6), HOSTILE, HOSTILE, row_axis="$x$", column_axis="漢"), format)
        save(stage_figure(scene(rows=HOSTILE, columns=HOSTILE), texts()["en"]), format)
    assert not caplog.records


def test_numbers_are_written_as_the_page_writes_them(blank_page):
    random = np.random.default_rng(5)
    ties = np.arange(-500, 500) / 16  # of none to three decimals, which floats have exactly
    edges = np.array([999.5, 9999.5, 99999.5, 1e6, 1.005e6, 1.015e6, 0.005, 0.0005, 0.001])
    near = np.concatenate([edges, np.nextafter(edges, 0), np.nextafter(edges, np.inf)])
    wide = random.normal(size=1000) * 10.0 ** random.integers(-9, 12, 1000)
    numbers = np.concatenate([ties, ties * 1000, near, -near, wide, wide.round(3)]).tolist()
    body = script("core/numbers.js")
    body += "return numbers.map((x) => [2, 3].map((d) => fixedNumber(x, d)));"
    run = "([body, numbers]) => new Function('numbers', body)(numbers)"
    written = blank_page.evaluate(run, [body, numbers])
    assert [[fixed_number(number, d) for d in (2, 3)] for number in numbers] == written


def test_a_long_name_is_cut_at_the_width_that_there_is():
    short = shorten("w" * 40, 10, 60)
    assert short.endswith("…") and width_of(short, 10) <= 60 < width_of("w" + short, 10)
    assert shorten("w", 10, 1) == "…"
