"""A figure as the bytes of a file: the same figure, the same bytes."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Literal, get_args

import matplotlib
from matplotlib.figure import Figure

from attention.figures.sheet import DPI

Format = Literal["png", "svg", "pdf"]
# Without dates and program names, which differ from day to day and machine to machine.
OPTIONS: dict[Format, dict[str, Any]] = {
    # More compression takes longer than all the drawing and saves a few percent.
    "png": {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 4}},
    "svg": {"metadata": {"Date": None}},
    "pdf": {"metadata": {"CreationDate": None}},
}
# Parts of an SVG refer to each other by hashes, random ones without a salt. Only a setting of the
# whole process says so; changing it for each figure would disturb other threads.
matplotlib.rcParams["svg.hashsalt"] = "attention"


def save(figure: Figure, format: Format) -> bytes:
    """A file of this figure.

    Args:
        figure: any.
        format: "png" (two pixels a CSS pixel), "svg" or "pdf".

    Raises:
        ValueError: another format.
    """
    if format not in get_args(Format):
        raise ValueError(f"format must be one of {', '.join(get_args(Format))}; got {format!r}")
    file = BytesIO()
    figure.savefig(file, format=format, dpi=2 * DPI, **OPTIONS[format])
    return file.getvalue()
