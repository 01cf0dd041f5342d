"""Figures one after the other, as a file that slides and web pages play by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Literal

from matplotlib.figure import Figure
from PIL import Image

from attention.figures.palette import in_colours, palette_of
from attention.figures.sheet import DPI

Moving = Literal["gif", "webp"]
OPTIONS: dict[Moving, dict[str, Any]] = {
    "gif": {"optimize": False},
    "webp": {"lossless": True, "method": 2},  # more effort takes longer and saves little
}
COLOURS = 64
SAMPLES = 4  # figures whose colours are those of all


class Animation:
    """Figures in 64 colours, a dot a CSS pixel.

    Args:
        figures: of one size, with the same kinds of colours.
        milliseconds: how long each is seen.
    """

    def __init__(self, figures: Iterable[Figure], milliseconds: Sequence[int]) -> None:
        images = [_image(figure) for figure in figures]
        palette = palette_of(images[:: max(len(images) // SAMPLES, 1)], COLOURS)
        self._images = [in_colours(image, palette) for image in images]
        self._milliseconds = milliseconds

    def save(self, format: Moving, *, back: bool = False, every: int = 1) -> bytes:
        """A file that plays them without end; the same figures, the same bytes.

        Args:
            format: "gif" or "webp", which has a third of the bytes.
            every: only one in so many, and the last.
            back: whether they come back the same way, so that the end leads to the beginning.

        Raises:
            ValueError: another format.
        """
        if format not in OPTIONS:
            raise ValueError(f"format must be one of {', '.join(OPTIONS)}; got {format!r}")
        order = [*range(0, len(self._images) - 1, every), len(self._images) - 1]
        order += order[-2:0:-1] if back else []
        first, *others = (self._images[number] for number in order)
        seen = [self._milliseconds[number] * every for number in order]
        file = BytesIO()
        how = {"append_images": others, "duration": seen, "loop": 0} | OPTIONS[format]
        first.save(file, format, save_all=True, **how)
        return file.getvalue()


def _image(figure: Figure) -> Image.Image:
    """The figure as it is on a screen."""
    file = BytesIO()
    figure.savefig(file, format="rgba", dpi=DPI)
    width, height = (int(inches * DPI + 1e-9) for inches in figure.get_size_inches())
    return Image.frombytes("RGBA", (width, height), file.getvalue())
