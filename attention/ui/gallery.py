"""The tab of variations: what it shows is computed and drawn here, when it is asked for."""

from __future__ import annotations

import base64
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any

from attention.scene import Model
from attention.texts import Language, in_every_language, one_of, texts
from attention.ui.endpoints import json_endpoint
from attention.variations import VARIATIONS, Result, Setting, apply, compare

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# The two that differ by √d alone.
COMPARED = ("dot", "scaled_dot")
Name = Annotated[str, one_of(lambda: VARIATIONS)]
WIDTH, HEIGHT = 320, 260  # of a picture, in CSS pixels
# A class opens the same link: its pictures are drawn once. A set of them has about 250 kB.
MOST_KEPT = 64
# Who opens it at the same moment waits for the first one: a cache alone would let both draw.
LOCK = Lock()


class Request(Model):
    """What the page asks for.

    Attributes:
        setting: what the variations look at.
        compare: names of two variations.
        lang: the language of the pictures' axes.
        dark: whether they lie on a dark page.
    """

    setting: Setting
    compare: tuple[Name, Name] = COMPARED
    lang: Language = "en"
    dark: bool = False


def for_page() -> list[dict[str, Any]]:
    """What the page says of every variation, whatever the scene."""
    same = ("name", "formula", "source", "cost", "numpy_code", "keras_code")
    return [
        {field: getattr(one, field) for field in same}
        | {
            field: in_every_language(getattr(one, field), "variations", one.name, field)
            for field in ("title", "idea")
        }
        for one in VARIATIONS.values()
    ]


@json_endpoint
def draw_variations(request: Any) -> dict[str, Any]:
    """Every variation in one setting, and two of them compared: pictures and numbers."""
    checked = Request.model_validate(request)
    setting = checked.setting.model_dump_json()
    with LOCK:
        return {
            "scale": _scale(checked.dark),
            "cards": _cards(setting, checked.lang, checked.dark),
            "comparison": _comparison(setting, checked.compare, checked.lang, checked.dark),
        }


@lru_cache(2)
def _scale(dark: bool) -> dict[str, Any]:
    from attention.figures import scale_bar

    return _picture(scale_bar(dark=dark, width=220))


@lru_cache(MOST_KEPT)
def _cards(setting_json: str, lang: str, dark: bool) -> dict[str, Any]:
    setting = Setting.model_validate_json(setting_json)
    return {
        name: {
            "image": _picture(_map_of(apply(variation, setting), setting, lang, dark)),
            "parameters": variation.parameter_count(*setting.x.shape),
            "multiplications": variation.multiplications(*setting.x.shape),
        }
        for name, variation in VARIATIONS.items()
    }


@lru_cache(MOST_KEPT)
def _comparison(setting_json: str, names: tuple[str, str], lang: str, dark: bool) -> dict[str, Any]:
    from attention.figures import difference_map

    setting = Setting.model_validate_json(setting_json)
    results = [apply(VARIATIONS[name], setting) for name in names]
    found = compare(*results)
    difference = difference_map(
        found.difference,
        _row_names("step", setting)[: len(found.difference)],
        setting.names,
        visible=found.visible,
        **_drawn("step", lang, dark),
    )
    row, column = found.at
    return {
        "image": _picture(difference),
        "largest": found.largest,
        "difference": float(found.difference[found.at]),
        "query": _step(setting, row) if len(found.difference) > 1 else None,
        "key": _step(setting, column),
    }


def _step(setting: Setting, index: int) -> dict[str, Any]:
    return {"name": setting.names[index], "number": index + 1}


def _map_of(one: Result, setting: Setting, lang: str, dark: bool) -> Figure:
    from attention.figures import heat_map  # Matplotlib comes with the first picture

    heads = range(1, len(one.weights) + 1) if one.weights.ndim == 3 else ()
    return heat_map(
        one.weights,
        _row_names(one.rows, setting),
        setting.names,
        visible=one.visible,
        panels=[texts()[lang]["figure_head"].format(number=number) for number in heads],
        **_drawn(one.rows, lang, dark),
    )


def _row_names(rows: str, setting: Setting) -> list[str]:
    return setting.features if rows == "feature" else setting.names


def _drawn(rows: str, lang: str, dark: bool) -> dict[str, Any]:
    words = texts()[lang]
    axes = {"row_axis": words[f"figure_{rows}"], "column_axis": words["figure_key"]}
    return axes | {"dark": dark, "width": WIDTH, "height": HEIGHT}


def _picture(figure: Figure) -> dict[str, Any]:
    from attention.figures import save_small

    width, height = (round(inches * figure.dpi) for inches in figure.get_size_inches())
    png = base64.b64encode(save_small(figure)).decode()
    return {"png": png, "width": width, "height": height}
