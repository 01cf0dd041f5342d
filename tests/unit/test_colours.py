"""The colours of the page can be told apart: WCAG 2.2 AA, in the light and in the dark."""

from __future__ import annotations

import re

import pytest

from attention.texts import ASSETS

STYLE = (ASSETS / "page/ui/base.css").read_text("utf-8")
PARTS = ["w", "t", *(f"row-{row}" for row in range(16))]
WORDS = [*PARTS, "soft", "good", "bad"]
GROUNDS = ["paper", "raised", "chosen", "tint"]


def variables(selector: str) -> dict[str, str]:
    """The colours that a rule of the style sets, by name."""
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", STYLE, re.M | re.S)[1]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


LIGHT = {"paper": "#ffffff"} | variables(".playground")  # Gradio's theme gives both papers
COLOURS = {"light": LIGHT, "dark": LIGHT | {"paper": "#18181b"} | variables(".dark .playground")}


def contrast(one: str, other: str) -> float:
    """How much lighter the lighter one is, 1 to 21.

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".

    >>> round(contrast("#000000", "#ffffff"), 2), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    darker, lighter = sorted(_luminance(colour) + 0.05 for colour in (one, other))
    return lighter / darker


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("theme", COLOURS)
def test_words_can_be_read_and_focus_sliders_and_bars_be_seen_on_every_ground(theme):
    colours = COLOURS[theme]
    pairs = {(word, ground): 4.5 for word in WORDS for ground in GROUNDS}
    pairs |= {("focus", ground): 3 for ground in GROUNDS}
    pairs |= {(part, "groove"): 3 for part in PARTS}
    for (one, other), least in pairs.items():
        assert contrast(colours[one], colours[other]) >= least, (one, other)


@pytest.mark.parametrize("theme", COLOURS)
def test_the_line_of_each_kind_of_model_is_seen_on_every_ground_and_is_no_others(theme):
    style = (ASSETS / "page/ui/chart.css").read_text("utf-8")
    scope = {"light": "", "dark": r"\.dark "}[theme]
    series = re.findall(rf"^{scope}\.playground \.series-\d .*(#[0-9a-f]{{6}})", style, re.M)
    assert len(set(series)) == len(series) == 10
    for colour in series:
        assert min(contrast(colour, COLOURS[theme][ground]) for ground in GROUNDS) >= 4.5, colour
