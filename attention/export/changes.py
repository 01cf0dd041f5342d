"""From one scene to another, cell by cell, in the words of the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attention.export.grid import written
from attention.scene import PROJECTIONS, Scene
from attention.texts import Place

Words = Mapping[str, str]
Numbers = Sequence[Sequence[float]]


def changes(before: Scene, after: Scene, words: Words) -> list[str]:
    """What is to be set otherwise, and to what.

    >>> from attention.texts import texts
    >>> ghost = Scene(rows=["ghost"], columns=["fear"], x=[[90]], w=[1], b=[-100])
    >>> after = Scene.model_validate(ghost.model_dump() | {"x": [[200]], "temperature": 2})
    >>> changes(ghost, after, texts()["en"])
    ['Temperature: 1 → 2', 'ghost · fear: 90 → 200']
    """
    old = _cells(before, words)
    return [
        f"{name}: {old[place][1]} → {value}" if place in old else f"{name}: {value}"
        for place, (name, value) in _cells(after, words).items()
        if old.get(place) != (name, value)
    ]


def _cells(scene: Scene, words: Words) -> dict[Place, tuple[str, str]]:
    """By its place, what each is called and what it holds."""
    cells: dict[Place, tuple[str, str]] = {
        (field,): (words[field], value) for field, value in _settings(scene, words)
    }
    for field, rows, columns, numbers in _tables(scene, words):
        for i, (row, line) in enumerate(zip(rows, numbers, strict=True)):
            for j, (column, number) in enumerate(zip(columns, line, strict=True)):
                cells[field, i, j] = f"{row} · {column}", written(number, words)
    return cells


def _settings(scene: Scene, words: Words) -> Iterator[tuple[str, str]]:
    yield "kind", words[f"kind_{scene.kind}"]
    if scene.kind == "attention":
        yield "activation", words[f"activation_{scene.activation}"]
    yield "temperature", written(scene.temperature, words)
    if scene.kind == "self_attention":
        yield "heads", str(scene.heads)
        yield "causal_mask", "✓" if scene.causal else "—"
        yield "positions", words[f"positions_{scene.positions}"]
        yield "asks", distinct(scene.rows)[scene.asking]
        yield "head", str(scene.head + 1)


def _tables(scene: Scene, words: Words) -> Iterator[tuple[str, list[str], list[str], Numbers]]:
    rows = distinct(scene.rows)
    is_gate = scene.kind == "gate"
    yield "x", rows, [words["x_number"]] if is_gate else scene.columns, scene.x
    if scene.kind == "self_attention":
        yield from _matrices(scene)
    elif scene.is_dot_product:
        yield "query", [words["query_row"]], scene.columns, [scene.factors]
    else:
        across = [words["weights_row"]], scene.columns, [scene.factors]
        yield "w", *((rows, rows, scene.factors) if is_gate else across)
        yield "b", rows, [words["bias"]], [[number] for number in scene.b or [0] * len(rows)]
    yield "mask", rows, [words["mask"]], [[float(shown)] for shown in scene.shown]


def _matrices(scene: Scene) -> Iterator[tuple[str, list[str], list[str], Numbers]]:
    for name in PROJECTIONS:
        letter, matrix = name[1], getattr(scene, name)
        columns = [f"{letter}{place + 1}" for place in range(len(matrix[0]))]
        yield name, [f"W_{letter} · {column}" for column in scene.columns], columns, matrix
    if scene.positions == "learned" and scene.pos:
        places = [f"+ {place}" for place in range(1, len(scene.rows) + 1)]
        yield "pos", places, scene.columns, scene.pos


def distinct(names: Sequence[str]) -> list[str]:
    """The names of rows, each with its number where two have the same."""
    return [
        f"{name} ({place})" if names.count(name) > 1 else name
        for place, name in enumerate(names, start=1)
    ]
