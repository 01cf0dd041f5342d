"""The colours of the page can be told apart: WCAG 2.2 AA, in the light and in the dark."""

from __future__ import annotations

import re

import pytest

from attention.texts import ASSETS

STYLE = (ASSETS / "page/ui/base.css").read_text("utf-8")
# Gradio's theme gives these two.
PAPER = {"light": "#ffffff", "dark": "#18181b"}
WORDS = ["x", "w", "b", "q", "t", "a", "soft", "good", "bad"]
GROUNDS = ["paper", "raised", "chosen", "tint"]


def variables(selector: str) -> dict[str, str]:
    """The colours that a rule of the style sets, by name."""
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", STYLE, re.M | re.S)[1]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


LIGHT = variables(".playground")
COLOURS = {"light": LIGHT, "dark": LIGHT | variables(".dark .playground")}


def contrast(one: str, other: str) -> float:
    """How much lighter the lighter one is, 1 to 21.

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    lights = sorted(_luminance(colour) + 0.05 for colour in (one, other))
    return lights[1] / lights[0]


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def test_contrast_is_what_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", COLOURS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_word_can_be_read_on_every_ground(theme, ground):
    colours = {"paper": PAPER[theme]} | COLOURS[theme]
    faint = {word: contrast(colours[word], colours[ground]) for word in WORDS}
    assert min(faint.values()) >= 4.5, faint


@pytest.mark.parametrize("theme", COLOURS)
def test_focus_sliders_and_bars_can_be_seen(theme):
    colours = {"paper": PAPER[theme]} | COLOURS[theme]
    for ground in GROUNDS:
        assert contrast(colours["focus"], colours[ground]) >= 3, ground
    for role in ["x", "w", "b", "q", "t", "a"]:
        assert contrast(colours[role], colours["groove"]) >= 3, role
