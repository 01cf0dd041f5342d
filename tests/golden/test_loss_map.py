"""The map of the loss is the loss of gradient descent, and its lines lie where they say."""

from __future__ import annotations

import json
from itertools import product

import make_descent
import numpy as np
import pytest
from effort import many

from attention.scripts import script

GOLDEN = json.loads(make_descent.FILE.read_text("utf-8"))
# For pairs of numbers that learn: the map's loss at a place, and that of gradient descent.
COMPARE = """([body, cases]) => {
    const core = new Function(`${body}
        return { lossOver, learnersOf, setLearner, descentPoint }`)();
    const at = (i) => ((i * 37) % 23) / 4 - 3;
    return cases.map(({ scene, objective }) => {
        const whole = { ...scene, objective };
        const all = core.learnersOf(whole);
        const pairs = all.slice(1).map((other, i) => [all[(i * 5) % (i + 1)], other]);
        return pairs.slice(0, 40).map(([one, other], i) => {
            const loss = core.lossOver(whole, one, other);
            const moved = structuredClone(whole);
            core.setLearner(moved, one, at(i));
            core.setLearner(moved, other, at(i + 9));
            const point = core.descentPoint(moved, objective);
            return [loss(at(i), at(i + 9)), point.loss + point.penalty];
        });
    });
}"""
CONTOUR = """([body, heights, size, level]) =>
    new Function(`${body}\\nreturn contour;`)()(heights, size, level)"""


def compared(page, cases):
    found = page.evaluate(COMPARE, [script("core/loss-map.js"), cases])
    return np.array([pair for pairs in found for pair in pairs])


def test_the_map_says_the_loss_of_gradient_descent(blank_page):
    random = np.random.default_rng(3)
    every = list(product(make_descent.LAYERS, make_descent.RULES)) * many(1, 4)
    cases = GOLDEN + [
        make_descent.draw(random, *one, int(random.integers(1, 9)), random.choice([0.1, 1, 3]))
        for one in every
    ]
    ours, theirs = compared(blank_page, cases).T
    assert len(ours) > 1_000
    assert np.max(np.abs(ours - theirs) / np.maximum(1, np.abs(theirs))) < 1e-12


def test_two_equal_rows_on_paper(blank_page):
    scene = {"kind": "attention", "activation": "linear", "x": [[1], [1]], "w": [0], "b": [0, 0]}
    scene |= {"query": [0], "mask": [True, True], "temperature": 1}
    rule = {"regularizer": "none", "strength": 0, "constraint": "none"}
    objective = {"target": [1, 0], "rate": 1, "turns": ["b"], "w": rule, "b": rule, "query": rule}
    body = script("core/loss-map.js")
    losses = blank_page.evaluate(
        """([body, scene]) => {
            const core = new Function(`${body}\\nreturn { lossOver, lossGrid, learnersOf };`)();
            const [, one, other] = core.learnersOf(scene);
            return [...core.lossGrid(core.lossOver(scene, one, other), [-1, 1], [0, 2], 3)];
        }""",
        [body, scene | {"objective": objective}],
    )
    expected = [np.log(1 + np.exp(b - a)) for b in (2, 1, 0) for a in (-1, 0, 1)]
    assert losses == pytest.approx(expected, abs=1e-12), "its first row is that of the largest b"


def test_a_line_of_equal_height_lies_between_lower_and_higher_points(blank_page):
    size, level = 24, 1.5
    y, x = np.mgrid[0:size, 0:size]
    heights = (np.hypot(x - 10.3, y - 12.1) / 4).ravel().tolist()
    segments = blank_page.evaluate(CONTOUR, [script("core/contours.js"), heights, size, level])
    ends = np.array(segments).reshape(-1, 2)
    assert len(segments) > 30
    away = np.hypot(ends[:, 0] - 10.3, ends[:, 1] - 12.1) / 4
    assert np.abs(away - level).max() < 0.02
    found = [tuple(np.round(end, 9)) for end in ends]
    assert all(found.count(end) == 2 for end in found), "a closed line: its pieces join"
    plain = blank_page.evaluate(CONTOUR, [script("core/contours.js"), [0, 0, 1, 1], 2, 0.25])
    assert plain in ([[[0, 0.25], [1, 0.25]]], [[[1, 0.25], [0, 0.25]]])
