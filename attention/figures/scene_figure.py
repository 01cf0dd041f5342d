"""A scene for a slide or a paper: the table of its numbers, its weights as bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from attention.core import Trace
from attention.figures.letters import fixed_number, shorten, width_of
from attention.figures.sheet import LIGHT, Align, Sheet
from attention.scene import Scene

# The page's colours: an input is blue, a weight violet, a bias orange, a query green.
X, W, B, Q = "#1d4ed8", "#7c3aed", "#c2410c", "#0f766e"
PAPER, RULE, TRACK = "#ffffff", "#cbd0da", "#eceef3"
SIZE, HEAD, TITLE = 12, 11, 15  # letters
ROW, EDGE, GAP = 24, 18, 16
LONGEST_NAME, LONGEST_HEAD, NARROWEST = 170, 84, 34
BAR, BAR_HEIGHT = 130, 12


@dataclass(frozen=True)
class _Column:
    """One column of the table: a head, a text over the steps, one for each, and one under them."""

    head: str
    cells: Sequence[str]
    colour: str = LIGHT.text
    over: tuple[str, str] = ("", LIGHT.text)  # and its colour
    under: str = ""
    bars: NDArray | None = None  # shares, left of the cells
    is_name: bool = False

    @property
    def width(self) -> float:
        texts = [*self.cells, self.over[0], self.under]
        if self.is_name:
            texts = [shorten(text, SIZE, LONGEST_NAME) for text in (*texts, self.head)]
        widest = max(width_of(text, SIZE) for text in texts)
        if self.bars is not None:
            return BAR + GAP / 2 + widest
        head = width_of(shorten(self.head, HEAD, LONGEST_HEAD), HEAD)
        return max(NARROWEST, head, widest)


def scene_figure(scene: Scene, words: Mapping[str, str]) -> Figure:
    """The scene as a table like the page's, on white.

    A row is a step: its name, its numbers, its score, its weight as a bar and as a number. Over
    the features stand the weights or the query, under them the weighted output. A gate has its
    output in a column, and its square of weights is left out. What the mask hides is grey.

    Args:
        scene: of any kind.
        words: the page's words in one language, one of `attention.texts.texts()`.
    """
    columns = _columns(scene, scene.trace(), words)
    width = 2 * EDGE - GAP + sum(column.width + GAP for column in columns)
    over = bool(columns[0].over[0])
    top = EDGE + (2.9 + over) * ROW
    bottom = top + len(scene.rows) * ROW
    sheet = Sheet(width, bottom + ROW * bool(columns[0].under) + EDGE, PAPER)
    title = shorten(_title(scene, words), TITLE, width - 2 * EDGE)
    sheet.write(EDGE, EDGE + ROW / 2, title, TITLE, LIGHT.text, "left")
    starts = np.array([(EDGE, top - 3), (EDGE, bottom + 3)])
    sheet.lines(starts, starts + np.array([width - 2 * EDGE, 0]), RULE)
    left: float = EDGE
    for column in columns:
        _draw(sheet, column, left, top, scene.shown, over)
        left += column.width + GAP
    return sheet.done()


def _title(scene: Scene, words: Mapping[str, str]) -> str:
    parts = [words[f"kind_{scene.kind}"]]
    if scene.kind == "attention":
        parts.append(f"{words['activation']}: {words[f'activation_{scene.activation}']}")
    if scene.temperature != 1:
        parts.append(f"{words['temperature']}: {scene.temperature:g}")
    return " · ".join(parts)


def _columns(scene: Scene, trace: Trace, words: Mapping[str, str]) -> list[_Column]:
    """The table from left to right, in the order of the computation."""
    gate, dot = scene.kind == "gate", scene.is_dot_product
    product = scene.model_copy(update={"b": None}).trace().logits
    columns = _names_and_features(scene, trace, words)
    columns.append(_Column("x·q" if dot else words["product"], _texts(product)))
    if scene.bias:
        columns.append(_Column(words["bias"], _texts(scene.bias), B))
    weights = [fixed_number(weight, 3) for weight in trace.weights]
    columns.append(_Column(_score(scene, words), _texts(trace.scores)))
    columns.append(_Column(words["weight"], weights, W, bars=trace.weights))
    if gate:
        columns.append(_Column(words["output_gate"], _texts(trace.output)))
    if scene.hides:
        columns.append(_Column(words["mask"], [str(int(shown)) for shown in scene.mask]))
    return columns


def _names_and_features(scene: Scene, trace: Trace, words: Mapping[str, str]) -> list[_Column]:
    """Names and x; except for a gate with what multiplies x over it and the sum under it."""
    inputs = [_texts(column) for column in zip(*scene.x, strict=True)]
    if scene.kind == "gate":
        names = _Column(words["step"], scene.rows, is_name=True)
        return [names, _Column(scene.columns[0], inputs[0], X)]
    head, colour = ("query_row", Q) if scene.is_dot_product else ("weights_row", W)
    over = [(text, colour) for text in (words[head], *_texts(scene.factors))]
    under = [words["output"], *_texts(trace.output)]
    names = _Column(words["step"], scene.rows, over=over[0], under=under[0], is_name=True)
    features = zip(scene.columns, inputs, over[1:], under[1:], strict=True)
    return [names, *(_Column(name, x, X, o, u) for name, x, o, u in features)]


def _score(scene: Scene, words: Mapping[str, str]) -> str:
    if scene.kind == "scaled_dot_product":
        return words["score_scaled"]
    return words["score_tanh" if scene.has_tanh else "score"]


def _texts(numbers: Iterable[float]) -> list[str]:
    return [fixed_number(number) for number in numbers]


def _draw(
    sheet: Sheet, column: _Column, left: float, top: float, shown: Sequence[bool], over: bool
) -> None:
    """One column; names start at its left, numbers end at its right."""
    width = column.width
    align: Align = "left" if column.is_name else "right"
    x = left if column.is_name else left + width

    def write(row: float, text: str, colour: str, size: float = SIZE) -> None:
        if text:
            y = top + (row + 0.5) * ROW
            sheet.write(x, y, shorten(text, size, width), size, colour, align)

    write(-2.2 if over else -1.2, column.head, LIGHT.faint, HEAD)
    write(-1.2, *column.over)
    for row, (text, visible) in enumerate(zip(column.cells, shown, strict=True)):
        write(row, text, column.colour if visible else LIGHT.faint)
    write(len(column.cells) + 0.2, column.under, LIGHT.text)
    if column.bars is not None:
        middles = top + (np.arange(len(column.bars)) + 0.5) * ROW
        corners = np.stack([np.full(len(middles), left), middles - BAR_HEIGHT / 2], axis=1)
        sizes = np.stack([BAR * column.bars, np.full(len(middles), BAR_HEIGHT)], axis=1)
        sheet.rectangles(corners, np.array([BAR, BAR_HEIGHT]), TRACK)
        sheet.rectangles(corners, sizes, W)
