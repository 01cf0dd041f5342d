"""Pictures in a few colours: small files, in which what fills most has exactly its colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image


def palette_of(images: Sequence[Image.Image], count: int) -> NDArray:
    """So many colours for these images: half of them are those that fill most, exactly as they are.

    The other half are near those at the edges of letters, of which there are many.
    """
    words, counts = np.unique(
        np.concatenate([_words(image) for image in images]), return_counts=True
    )
    most = words[np.argsort(-counts, kind="stable")[: count // 2]].view(np.uint8).reshape(-1, 4)
    edges = images[len(images) // 2].quantize(count // 2, method=Image.Quantize.FASTOCTREE)
    return np.concatenate([most, np.array(edges.getpalette("RGBA"), np.uint8).reshape(-1, 4)])


def in_colours(image: Image.Image, palette: NDArray) -> Image.Image:
    """The image with each of its colours as the nearest one of the palette."""
    words, where = np.unique(_words(image), return_inverse=True)
    colours = words.view(np.uint8).reshape(-1, 1, 4)
    apart = np.abs(colours.astype(np.int16) - palette).sum(axis=2)
    small = Image.fromarray(apart.argmin(axis=1).astype(np.uint8)[where].reshape(image.size[::-1]))
    small.putpalette(palette.tobytes(), "RGBA")
    return small


def _words(image: Image.Image) -> NDArray:
    """The four bytes of each pixel as one number."""
    return np.array(image).view(np.uint32).ravel()
