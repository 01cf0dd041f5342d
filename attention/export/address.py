"""A scene in the page's address, after `#`, as `assets/page/state/url.js` reads it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from attention.scene import Scene


def fragment(scene: Scene) -> str:
    """`key=value` joined by `&`. Every field is told, so it holds beside any lesson.

    >>> scene = Scene(rows=["a", "b & c"], columns=["f"], x=[[1], [2]], w=[0.5])
    >>> for pair in fragment(scene).split("&"):
    ...     print(pair)
    kind=attention
    activation=tanh
    temperature=1.0
    rows=a,b%20%26%20c
    columns=f
    x=1.0;2.0
    w=0.5
    b=none
    mask=11
    """
    dot = scene.is_dot_product
    factors = _matrix(scene.factors) if scene.kind == "gate" else _numbers(scene.factors)
    told = {
        "kind": scene.kind,
        "activation": scene.activation,
        "temperature": str(scene.temperature),
        "rows": _names(scene.rows),
        "columns": _names(scene.columns),
        "x": _matrix(scene.x),
        "w": None if dot else factors,
        "b": None if dot else _numbers(scene.b) if scene.b else "none",
        "query": factors if dot else None,
        "mask": "".join("01"[shown] for shown in scene.shown),
    }
    return "&".join(f"{key}={value}" for key, value in told.items() if value is not None)


def _names(names: Iterable[str]) -> str:
    return ",".join(quote(name, safe="") for name in names)


def _numbers(numbers: Iterable[float]) -> str:
    return ",".join(map(str, numbers))


def _matrix(rows: Iterable[Iterable[float]]) -> str:
    return ";".join(map(_numbers, rows))
