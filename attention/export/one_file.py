"""The page in one HTML file, for a stick and no network: one lesson with its scene, or the course.

It is the page's own code (`assets/page/one-file.js`), packed: the browser unpacks it, and its tools
show it. It comes with every language and no server. What came from outside stands in it as JSON,
which no browser executes.
"""

from __future__ import annotations

import base64
import gzip
import json
import string
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import zopfli.gzip

from attention import objective, scene, scripts
from attention.address import fragment, url_table
from attention.export.self_contained_html import self_contained_html
from attention.lessons import Lesson, home_of, load_lessons
from attention.scene import Scene
from attention.texts import languages, texts
from attention.variations import setting

# What the browser has to know of all limits.
LIMITS = scene.LIMITS | {"gallery": setting.LIMITS, "training": objective.LIMITS}
# How the names of texts begin that belong to the tabs and the errors of the page that is served.
ELSEWHERE = (
    *("class_", "compare_", "embed_", "figure_", "gallery_", "handout_", "keras_", "late_"),
    *("learn_", "model_", "own_", "puzzle_", "reading_", "refused_", "rule_", "scorm_"),
    *("server_", "share_", "sheet_", "take_", "task_", "teach_", "worksheet_"),
    *("alone_refused", "code_changed", "copied", "copy_by_hand", "table_changed"),
    *("term_dropout", "term_learn_", "term_units", "unit_"),
)
# By the program that the file holds, which texts it leaves out.
LEFT_OUT = {"handout.js": (*ELSEWHERE, "lms_"), "scorm.js": ELSEWHERE}
# The 85 digits in which bytes are written in place of Python's, all from "(" to "~" but "<" and
# ">": HTML has nothing to escape in them. `assets/page/unpack.js` reads them.
PYTHON_DIGITS = string.digits + string.ascii_letters.swapcase() + "!#$%&()*+-;<=>?@^_`{|}~"
DIGITS = "".join(chr(code) for code in range(ord("("), ord("~") + 1) if chr(code) not in "<>")


def handout(
    lesson: Lesson,
    scene: Scene | None = None,
    *,
    name: str = "lesson",
    lang: str | None = None,
    hide: Sequence[str] = (),
) -> str:
    """One HTML file, under 150,000 bytes, that needs nothing else.

    >>> from attention.lessons import load_lessons
    >>> page = handout(load_lessons()[0]["fear"], name="fear")
    >>> page.startswith("<!doctype html>"), len(page.encode()) < 150_000
    (True, True)

    Args:
        lesson: its story, question and challenge; *Reset* goes back to it.
        scene: what stands on the table when the file is opened; None: the lesson's own.
        name: of the lesson, as the address has it.
        lang: the language in which it opens; None: the reader's browser decides.
        hide: names of controls that it does not show, as `hide=` in the address.

    Returns:
        The file's text, to be written in UTF-8.
    """
    return one_file({name: lesson}, name, lang, opening(scene, lang, hide))


def course() -> str:
    """All lessons as one HTML file, for where the page that is served cannot start."""
    lessons, _ = load_lessons()
    return one_file(lessons, home_of(lessons), is_course=True)


def one_file(
    lessons: Mapping[str, Lesson],
    name: str,
    lang: str | None = None,
    opening: str = "",
    *,
    is_course: bool = False,
    program: str = "handout.js",
) -> str:
    """These lessons, the named one first; of a course, its scene alone.

    Args:
        lessons: by name.
        name: the one that it opens, or whose scene the course shows first.
        lang: the language in which it opens; None: the reader's browser decides.
        opening: the address with which it opens.
        is_course: whether one goes from lesson to lesson.
        program: the entry of `assets/page/` that it runs.
    """
    first = lang or languages()[0]  # until the script runs
    data = _data(lessons, name if is_course else None, opening, LEFT_OUT[program])
    title = f"{data['lessons'][name]['title'][first]} · {texts()[first]['page_title']}"
    return packed_page(program, data, lang=first, title=title)


def packed_page(
    program: str, data: Mapping[str, Any], *, lang: str, title: str, plays: bool = False
) -> str:
    """A program of the page with what it is given, as one HTML file.

    Args:
        program: its entry in `assets/page/`.
        data: what it finds as JSON.
        lang: the language until the program runs.
        title: of the window.
        plays: whether it plays sounds that stand in it.
    """
    style, script, unpack = scripts.style(program), _running(program), _running("unpack.js")
    given = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return self_contained_html(
        "page/handout.html",
        styles=[style, ""],  # into an empty one, rules are put by the script
        scripts=[unpack, script],
        plays=plays,
        lang=lang,
        title=title,
        old=texts()[lang]["handout_old"],
        given=_in_digits(gzip.compress(given.encode(), mtime=0)),
        unpack=unpack,
        **_packed_program(program),
    )


def _running(program: str) -> str:
    """A script that calls itself; the page has it as the body of a function."""
    return f"(() => {{\n{scripts.script(program)}\n}})();\n"


@cache
def _packed_program(program: str) -> dict[str, str]:
    """What is the same in every file of a program, packed once.

    So Zopfli is worth it, which takes twenty times as long as gzip, and saves a twentieth more.
    """
    parts = {"style": scripts.style(program), "script": _running(program)}
    return {
        name: _in_digits(zopfli.gzip.compress(text.encode(), numiterations=5))
        for name, text in parts.items()
    }


def opening(scene: Scene | None, lang: str | None, hide: Sequence[str]) -> str:
    """The address with which it opens."""
    pairs = [f"lang={lang}"] if lang else []
    pairs += [fragment(scene)] if scene else []
    pairs += [f"hide={','.join(hide)}"] if hide else []
    return "#" + "&".join(pairs)


def _data(
    lessons: Mapping[str, Lesson], home: str | None, opening: str, left_out: tuple[str, ...]
) -> dict[str, Any]:
    """What `openPlayground` takes; what needs a server is not there."""
    return {
        "lessons": {name: lesson.for_page(name) for name, lesson in lessons.items()},
        "home": home,
        "opening": opening,
        "texts": {
            code: {key: text for key, text in words.items() if not key.startswith(left_out)}
            for code, words in texts().items()
        },
        "rules": LIMITS,
        **url_table().for_page(),
        "problems": [],
        "formats": [],
        "variations": [],
        "compared": [],
        "tasks": [],
    }


def _in_digits(data: bytes) -> str:
    """Four bytes in five digits; base64 needs a fifteenth more."""
    return base64.b85encode(data).decode().translate(str.maketrans(PYTHON_DIGITS, DIGITS))
