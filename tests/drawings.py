"""What the tests of pictures look at: pixels, and all that is written on a sheet."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations

import numpy as np
from PIL import Image

from attention.figures import save
from attention.scene import Scene

NAMES = ["очень длинное название шага по-русски"] * 18
HOSTILE = ["$\\frac{1}{", "${alert(1)}", "two\nlines\ttab", "\u202eright to left", "漢字 👻"]
HOSTILE += ["w" * 40]


def pixels(figure):
    return np.array(Image.open(BytesIO(save(figure, "png"))))


def size_of(figure):
    return np.round(figure.get_size_inches() * figure.dpi).astype(int)


def assert_readable(written, figure):
    """All that is written is on the picture, and no two texts lie on each other."""
    width, height = size_of(figure)
    for left, right, top, bottom, *_ in written:
        assert left >= 0 and right <= width + 0.5 and top >= 0 and bottom <= height + 0.5
    for a, b in combinations([box for box in written if box[4]], 2):
        beside = a[0] >= b[1] - 0.5 or b[0] >= a[1] - 0.5
        assert beside or a[2] >= b[3] - 1.5 or b[2] >= a[3] - 1.5, (a, b)


def scene(kind="attention", rows=NAMES[:3], columns=NAMES[:2], **more):
    random, steps, features = np.random.default_rng(3), len(rows), len(columns)
    numbers = {
        "x": (random.normal(size=(steps, features)) * 10).round(2).tolist(),
        "w": random.normal(size=(steps, steps) if kind == "gate" else features).tolist(),
        "b": [-100.0] * steps,
        "query": [0.5] * features,
    }
    if kind == "self_attention":
        shape = (features, 2)
        matrices = {name: random.normal(size=shape).tolist() for name in ("wq", "wk", "wv")}
        numbers |= matrices | {"heads": 2}
    return Scene(kind=kind, rows=rows, columns=columns, **numbers | more)


def parts(figure):
    """The named shapes of a figure, as their corners in pixels, with x to the right and y down."""
    named = {artist.get_gid(): artist for artist in figure.get_children() if artist.get_gid()}
    return {name: artist.get_path().vertices for name, artist in named.items()}


def middle(corners):
    return (corners.min(axis=0) + corners.max(axis=0)) / 2
