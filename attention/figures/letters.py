"""Text for pictures: how a name from outside becomes safe to draw, and how wide it is.

Sizes are CSS pixels. The font is the one that ships with Matplotlib, the same on every machine.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path as File

import matplotlib
import numpy as np
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

FONT = File(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"
MISSING = "□"
# Line breaks, text direction, joiners: nothing to see, but they would move what is seen.
INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _font() -> FT2Font:
    """Matplotlib keeps one a thread."""
    return font_manager.get_font(str(FONT))


@cache
def _known() -> frozenset[str]:
    """All that the font can show."""
    return frozenset(map(chr, _font().get_charmap()))


def clean(text: str) -> str:
    r"""Text of one line that the font can show.

    A letter that it lacks becomes an empty box; of an emoji nothing is left.

    >>> clean("two\nlines, \u202eно 漢 слово 👻")
    'two lines, но □ слово'
    """
    known = _known()
    seen = (
        letter if letter in known else "" if unicodedata.category(letter) == "So" else MISSING
        for letter in " ".join(text.split())
        if unicodedata.category(letter) not in INVISIBLE
    )
    return "".join(seen).strip() or MISSING * bool(text)


# As many texts as the largest scene has, and more than all maps of a gallery share. No more than
# that: names come from outside, and the outline of one in intricate letters takes 250 kB.
@lru_cache(maxsize=256)
def outline(text: str) -> Path:
    """The shape of clean text in letters of size 1, with y up. No formula is read out of it."""
    points, codes = text_to_path.get_text_path(FontProperties(fname=FONT), text, ismath=False)
    return Path(np.reshape(points, (-1, 2)) / text_to_path.FONT_SCALE, codes)


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """How wide a line of clean text is."""
    font = _font()
    font.set_size(size, 72)
    font.set_text(text, flags=LoadFlags.NO_HINTING)
    return font.get_width_height()[0] / 64  # it counts in 64ths


@lru_cache(maxsize=4096)
def shorten(text: str, size: float, most: float) -> str:
    """Clean text, cut with … if it is wider than `most`.

    >>> shorten("attention", size=10, most=200), shorten("attention", size=10, most=30)
    ('attention', 'att…')
    """
    text = clean(text)
    if width_of(text, size) <= most:
        return text
    fits = bisect_right(range(len(text)), most, key=lambda end: width_of(text[:end] + "…", size))
    return text[: max(fits - 1, 0)].rstrip() + "…"
