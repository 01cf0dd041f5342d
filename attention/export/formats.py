"""Every format in which a scene can be taken away. The next one is one entry in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from attention.export.for_jupyter import notebook
from attention.export.for_keras import keras_code
from attention.export.for_numpy import numpy_code
from attention.export.tables import csv_table, json_scene
from attention.layers_file import NAME, layers_file
from attention.scene import Scene
from attention.texts import short

Words = Mapping[str, str]
Axes = tuple[int, int] | None  # of a picture's plane; None: the first two features
Write = Callable[[Scene, Words, Axes], bytes]


@dataclass(frozen=True)
class Format:
    """How a file of this format is called and made.

    Attributes:
        label: on its button, in any language.
        ending: of the file's name, without the dot.
        media_type: for the browser.
        write: makes the file of a scene, with the page's words in one language; figures take the
            axes of their plane too.
        name: of the file, where it is the same whatever the scene.
    """

    label: str
    ending: str
    media_type: str
    write: Write
    name: str | None = None


def export(scene: Scene, format: str, words: Words, axes: Axes = None) -> bytes:
    """The scene as a file.

    Args:
        scene: what stands on the table.
        format: a name in `FORMATS`.
        words: the page's words in one language, `texts()[language]`; the figures write them.
        axes: which two features the figures show; None: the first two.

    Returns:
        The file's content; texts are UTF-8.

    Raises:
        ValueError: a format that there is not.
    """
    if format not in FORMATS:
        raise ValueError(f"format must be one of {', '.join(FORMATS)}; got {short(repr(format))}")
    return FORMATS[format].write(scene, words, axes)


def _text(write: Callable[[Scene], str], encoding: str = "utf-8") -> Write:
    return lambda scene, words, axes: write(scene).encode(encoding)


def _figure(format: Literal["png", "svg", "pdf"]) -> Write:
    def write(scene: Scene, words: Words, axes: Axes) -> bytes:
        from attention import figures  # Matplotlib: only when somebody wants a figure

        return figures.save(figures.stage_figure(scene, words, axes), format)

    return write


FORMATS = {
    "numpy": Format("NumPy", "py", "text/x-python", _text(numpy_code)),
    "keras": Format("Keras", "py", "text/x-python", _text(keras_code)),
    "layers": Format(NAME, "py", "text/x-python", _text(lambda scene: layers_file()), NAME),
    "ipynb": Format("Jupyter", "ipynb", "application/x-ipynb+json", _text(notebook)),
    # Excel takes a file without this mark for one in the local 8-bit code.
    "csv": Format("CSV", "csv", "text/csv", _text(csv_table, "utf-8-sig")),
    "json": Format("JSON", "json", "application/json", _text(json_scene)),
    "png": Format("PNG", "png", "image/png", _figure("png")),
    "svg": Format("SVG", "svg", "image/svg+xml", _figure("svg")),
    "pdf": Format("PDF", "pdf", "application/pdf", _figure("pdf")),
}
