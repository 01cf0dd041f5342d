"""The signs by which lines of a chart are told apart without their colours."""

from __future__ import annotations

import re

from attention.texts import ASSETS

CHART = (ASSETS / "page/ui/chart.js").read_text("utf-8")
MARKS = re.findall(r'^  "(M[^"]+z)",', CHART, re.MULTILINE)
# Of each mark, the cells of a fine grid that it fills.
_FILLED = """(marks) => {
    const svg = document.querySelector(".stage svg");
    return marks.map((d) => {
        const path = document.createElementNS(svg.namespaceURI, "path");
        path.setAttribute("d", d);
        svg.append(path);
        const cells = [];
        for (let x = -6.125; x < 6.25; x += 0.25)
            for (let y = -6.125; y < 6.25; y += 0.25)
                if (path.isPointInFill(new DOMPoint(x, y))) cells.push([x, y]);
        path.remove();
        return cells;
    });
}"""


def test_every_mark_lies_around_its_point_and_is_unlike_the_others(desk):
    assert len(MARKS) == 10
    filled = [{tuple(cell) for cell in cells} for cells in desk.evaluate(_FILLED, MARKS)]
    for mark, cells in zip(MARKS, filled, strict=True):
        middle = [sum(cell[side] for cell in cells) / len(cells) for side in (0, 1)]
        assert max(map(abs, middle)) < 1, mark
        for other in filled:
            if other is not cells:
                assert len(cells & other) / len(cells | other) < 0.85, mark
