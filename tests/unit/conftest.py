"""What the tests of pictures share."""

from __future__ import annotations

import pytest

from attention.figures.letters import width_of
from attention.figures.sheet import Sheet


@pytest.fixture
def written(monkeypatch):
    """What is written on sheets: (left, right, top, bottom, text, colour)."""
    found, write = [], Sheet.write

    def listen(sheet, x, y, text, size, colour, align="center", upright=False, halo="none"):
        write(sheet, x, y, text, size, colour, align, upright, halo)
        length, half = width_of(text, size), size / 2
        start = {"left": 0, "center": -0.5, "right": -1}[align] * length
        along, across = (x + start, x + start + length), (y - half, y + half)
        if upright:
            along, across = (x - half, x + half), (y - start - length, y - start)
        found.append((*along, *across, text, colour))

    monkeypatch.setattr(Sheet, "write", listen)
    return found
