"""A scene on paper: its table, with what is given and room for what is to be computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attention.export.powers import exponentials_as_written
from attention.numbers import as_read
from attention.scene import Scene

Words = Mapping[str, str]
MANY_ROWS, MANY_COLUMNS, TOO_MANY_COLUMNS = 8, 10, 17
TINY, HUGE = 0.0001, 1_000_000  # beyond them a number is written as a power of ten


@dataclass(frozen=True)
class Column:
    """One column of the table.

    Attributes:
        key: of its computed numbers, as the page's test ids have it; empty: its numbers are given.
        head: over it, as plain text.
        cells: a number per row.
        over: given above all rows.
        above: computed above all rows; its key, and the number.
        under: computed below all rows; the same.
    """

    key: str
    head: str
    cells: Sequence[float]
    over: float | None = None
    under: tuple[str, float] | None = None
    above: tuple[str, float] | None = None


def columns_of(scene: Scene, words: Words) -> list[Column]:
    """The table from left to right, in the order in which one computes."""
    given = _square(scene, words) if scene.kind == "gate" else _vectors(scene)
    if scene.bias:
        given.append(Column("", words["bias"], scene.bias))
    if scene.hides:
        given.append(Column("", words["mask"], [float(shown) for shown in scene.shown]))
    return given + computed(scene, words)


def _vectors(scene: Scene) -> list[Column]:
    sums = scene.trace().output.tolist()
    return [
        Column("", name, numbers, over, (f"output-{place}", total))
        for place, (name, numbers, over, total) in enumerate(
            zip(scene.columns, zip(*scene.x, strict=True), scene.factors, sums, strict=True)
        )
    ]


def _square(scene: Scene, words: Words) -> list[Column]:
    """A gate: in each row stands what every number has to say about this one."""
    rows = zip(scene.rows, scene.factors, strict=True)
    weights = [Column("", f"· {name}", row) for name, row in rows]
    return [Column("", words["x_number"], [number for (number,) in scene.x]), *weights]


def computed(scene: Scene, words: Words) -> list[Column]:
    """What there is to compute of every row: from its logit to its weight."""
    trace = scene.trace()
    found = [Column("logit", words["formula_logit"], trace.logits.tolist())]
    if has_score(scene):
        found.append(Column("score", words["formula_score"], trace.scores.tolist()))
    exps = exponentials_as_written(scene)
    found.append(Column("exp", words["formula_exp"], exps.tolist(), None, ("sum", exps.sum())))
    found.append(Column("weight", words["formula_weight"], trace.weights.tolist()))
    if scene.kind == "gate":
        found.append(Column("output", words["formula_output_gate"], trace.output.tolist()))
    return found


def has_score(scene: Scene) -> bool:
    """Whether a score is anything but its logit."""
    scaled = scene.kind == "self_attention" and scene.d_k > scene.heads
    return scaled or scene.has_tanh or scene.kind == "scaled_dot_product"


def size_of(scene: Scene, columns: Sequence[Column]) -> str:
    """Classes for the style: how much has to fit on a page."""
    across = len(columns)
    sizes = {
        "long": len(scene.rows) > MANY_ROWS,
        "wide": across > MANY_COLUMNS,
        "landscape": across > TOO_MANY_COLUMNS or scene.kind == "self_attention",  # its matrices
    }
    return " ".join(name for name, holds in sizes.items() if holds)


def written(number: float, words: Words) -> str:
    """A number as the language writes it, with at most four decimals.

    >>> [written(number, {"decimal_mark": ","}) for number in (-0.5, 2.0, 3.72e-44)]
    ['−0,5', '2', '3,7·10⁻⁴⁴']
    """
    size = abs(number)
    if number and not TINY <= size < HUGE:
        text = f"{number:.1e}"
    else:
        text = f"{number:.4f}".rstrip("0").rstrip(".")
    return as_read(text, words["decimal_mark"])
