"""The tab of variations: what the page cannot compute itself, and the pictures to take away.

The page has a twin of every variation that is ours. It asks for seeded numbers once a seed, a
sentence or a shape, and never while a hand moves; a variation that has no twin is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from attention.scene import Model
from attention.texts import Language, in_every_language, one_of, texts
from attention.ui.endpoints import file, json_endpoint
from attention.variations import VARIATIONS, Result, Setting, apply, compare
from attention.variations.setting import PADDING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# The two that differ by √d alone.
COMPARED = ("dot", "scaled_dot")
MOST_NAMES = 64
Name = Annotated[str, one_of(lambda: VARIATIONS)]
WIDTH, HEIGHT = 480, 390  # of a picture, in CSS pixels


class NumbersRequest(Model):
    """What the page asks for while it opens.

    Attributes:
        setting: what the variations look at.
        names: of the variations whose weights are wanted too.
    """

    setting: Setting
    names: Annotated[tuple[Name, ...], Field(max_length=MOST_NAMES)] = ()


class PictureRequest(Model):
    """Which picture somebody takes away.

    Attributes:
        setting: what the variations look at.
        names: of one variation, or of two whose difference is drawn.
        lang: the language of the axes.
    """

    setting: Setting
    names: Annotated[tuple[Name, ...], Field(min_length=1, max_length=2)]
    lang: Language = "en"


def for_page() -> list[dict[str, Any]]:
    """What the page says of every variation, whatever the scene."""
    same = "name formula cost parameters rows kind numpy_code keras_code".split()
    return [
        {field: getattr(one, field) for field in same}
        | {
            field: in_every_language(getattr(one, field), "variations", one.name, field)
            for field in ("title", "idea", "note", "source")
        }
        for one in VARIATIONS.values()
    ]


@json_endpoint
def variation_numbers(request: Any) -> dict[str, Any]:
    """The seeded numbers of a setting: toy vectors of a sentence, parameters of all variations."""
    checked = NumbersRequest.model_validate(request)
    setting = checked.setting
    return {
        "names": setting.names,
        "features": setting.features,
        "x": setting.x.tolist() if setting.sentence else None,
        "padding": len(PADDING) if setting.sentence else 0,
        "parameters": {
            name: {key: value.tolist() for key, value in setting.parameters(one).items()}
            for name, one in VARIATIONS.items()
        },
        "applied": {name: _applied(name, setting) for name in dict.fromkeys(checked.names)},
    }


@json_endpoint
def draw_variations(request: Any) -> dict[str, Any]:
    """A file: the weights of one variation, or of two the difference, as a map."""
    from attention.figures import save  # Matplotlib comes with the first picture

    checked = PictureRequest.model_validate(request)
    setting, names = checked.setting, checked.names
    results = [apply(VARIATIONS[name], setting) for name in names]
    draw = _map_of if len(names) == 1 else _difference_of
    figure = draw(*results, setting=setting, words=texts()[checked.lang])
    return file(f"{'-'.join(names)}.png", "image/png", save(figure, "png"))


def _applied(name: str, setting: Setting) -> dict[str, Any]:
    """As the page has it: the weights of each head, a row for each who asks."""
    result = apply(VARIATIONS[name], setting)
    return {
        "weights": _by_head(result.weights).tolist(),
        "output": np.atleast_2d(result.output).tolist(),
    }


def _by_head(weights: NDArray) -> NDArray:
    return weights.reshape((1,) * (3 - weights.ndim) + weights.shape)


def _map_of(one: Result, *, setting: Setting, words: dict[str, str]) -> Figure:
    from attention.figures import heat_map

    heads = range(1, len(one.weights) + 1) if one.weights.ndim == 3 else ()
    return heat_map(
        one.weights,
        setting.features if one.rows == "feature" else setting.names,
        setting.names,
        visible=one.visible,
        panels=[words["figure_head"].format(number=number) for number in heads],
        **_drawn(one.rows, words),
    )


def _difference_of(a: Result, b: Result, *, setting: Setting, words: dict[str, str]) -> Figure:
    from attention.figures import difference_map

    found = compare(a, b)
    rows = setting.names[: len(found.difference)]
    drawn = _drawn("step", words)
    return difference_map(found.difference, rows, setting.names, visible=found.visible, **drawn)


def _drawn(rows: str, words: dict[str, str]) -> dict[str, Any]:
    axes = {"row_axis": words[f"figure_{rows}"], "column_axis": words["figure_key"]}
    axes["decimal_mark"] = words["decimal_mark"]
    return axes | {"width": WIDTH, "height": HEIGHT}
