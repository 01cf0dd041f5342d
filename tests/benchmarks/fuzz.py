"""Look for what breaks a parser, led by which of its lines an input reaches.

    pip install atheris                                              # Linux, Python 3.11 to 3.13
    python tests/benchmarks/fuzz.py lesson -max_total_time=300       # or scene, attend

What breaks it is left in the present folder as `crash-…` or `timeout-…`. The suite itself has its
inputs from `tests/hostile.py`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).resolve().parents[folder]) for folder in (1, 2)]
# Instrumented while they are imported, the reader of TOML too.
with atheris.instrument_imports(include=["attention", "tomllib"]):
    import tomllib  # noqa: F401

    import gradio as gr
    from hostile import sound_json

    from attention.lessons import FOLDER, load_lessons
    from attention.ui.api import attend
    from attention.ui.own_lesson import open_lesson
    from attention.ui.takeaway import take_away


def lesson(data: bytes) -> None:
    """A lesson's file, as the page sends it."""
    sound_json(open_lesson({"source": data.decode("utf-8", "replace")}))


def scene(data: bytes) -> None:
    """A scene in JSON."""
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        return
    sound_json(take_away({"scene": fields, "format": "json"}))


def endpoint(data: bytes) -> None:
    """The arguments of `/attend` in JSON."""
    try:
        arguments = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(arguments, dict) or not {"x", "w"} <= set(arguments) <= ARGUMENTS:
        return
    try:
        sound_json(attend(**arguments))
    except gr.Error as error:
        assert len(str(error)) < 1_500


ARGUMENTS = {"x", "w", "b", "mask", "activation", "temperature"}
STARTS = [one.start for one in load_lessons()[0].values()]
TARGETS: dict[str, tuple[Callable[[bytes], None], list[bytes]]] = {
    "lesson": (lesson, [file.read_bytes() for file in FOLDER.glob("*.toml")]),
    "scene": (scene, [start.model_dump_json().encode() for start in STARTS]),
    "attend": (
        endpoint,
        [start.model_dump_json(include=ARGUMENTS).encode() for start in STARTS if start.w],
    ),
}


def main() -> None:
    """Begin with what is valid, and go on until something breaks or the time is over."""
    target, valid = TARGETS[sys.argv[1]]
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(valid):
            Path(folder, str(number)).write_bytes(text)
        options = ["-timeout=5", "-max_len=20000", f"-artifact_prefix={Path.cwd()}/"]
        atheris.Setup([sys.argv[0], *options, *sys.argv[2:], folder], target)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
