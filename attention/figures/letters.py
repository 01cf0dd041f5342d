"""Text for pictures: how a name from outside becomes safe to draw, and how wide it is.

Sizes are CSS pixels. The font is the one that ships with Matplotlib, the same on every machine.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path as File

import matplotlib
import numpy as np
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

FONT = File(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"
MISSING = "□"
# Line breaks, text direction, joiners: nothing to see, but they would move what is seen.
INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def clean(text: str) -> str:
    r"""Text of one line that the font can show; a letter that it lacks becomes an empty box.

    >>> clean("two\nlines, \u202eно 漢 слово")
    'two lines, но □ слово'
    """
    known = font_manager.get_font(str(FONT)).get_charmap()
    seen = (
        letter if ord(letter) in known else MISSING
        for letter in " ".join(text.split())
        if unicodedata.category(letter) not in INVISIBLE
    )
    return "".join(seen)


@lru_cache(maxsize=4096)
def outline(text: str) -> Path:
    """The shape of clean text in letters of size 1, with y up. No formula is read out of it."""
    points, codes = text_to_path.get_text_path(FontProperties(fname=FONT), text, ismath=False)
    return Path(np.reshape(points, (-1, 2)) / text_to_path.FONT_SCALE, codes)


def width_of(text: str, size: float) -> float:
    """How wide a line of clean text is."""
    return outline(text).vertices[:, 0].max(initial=0) * size


@lru_cache(maxsize=4096)
def shorten(text: str, size: float, most: float) -> str:
    """Clean text, cut with … if it is wider than `most`.

    >>> shorten("attention", size=10, most=200), shorten("attention", size=10, most=30)
    ('attention', 'atte…')
    """
    text = clean(text)
    if width_of(text, size) <= most:
        return text
    while text and width_of(text + "…", size) > most:
        text = text[:-1]
    return text.rstrip() + "…"
