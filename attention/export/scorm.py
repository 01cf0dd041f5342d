"""A lesson or the course as a SCORM 1.2 package, for Moodle, Canvas, ILIAS and their like.

It is the page in one file with a program more (`assets/page/scorm.js`), which tells the learning
system what is done and takes from it where one left off, and the manifest by which systems open it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

from attention.export.one_file import one_file, opening
from attention.export.self_contained_html import TEMPLATES
from attention.lessons import Lesson, home_of, load_lessons
from attention.scene import Scene
from attention.texts import languages, texts

PAGE = "index.html"
BEGINNING = (1980, 1, 1, 0, 0, 0)  # of a zip's time: the same content is the same bytes
LONGEST_TITLE = 200
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_IN_IDENTIFIER = re.compile(r"[^\w.-]", re.ASCII)


def scorm_package(
    lesson: Lesson | None = None,
    scene: Scene | None = None,
    *,
    name: str = "lesson",
    lang: str | None = None,
    hide: Sequence[str] = (),
) -> bytes:
    """A zip to upload to a learning system; without one, its `index.html` plays as a handout.

    >>> from attention.lessons import load_lessons
    >>> package = scorm_package(load_lessons()[0]["fear"], name="fear")
    >>> zipfile.ZipFile(io.BytesIO(package)).namelist()
    ['imsmanifest.xml', 'index.html']

    Args:
        lesson: None: all that ship, as a course.
        scene: what stands on the table when a lesson is opened first; None: the lesson's own.
        name: of the lesson, as the address has it.
        lang: the language in which it opens; None: the reader's browser decides.
        hide: names of controls that it does not show. A lesson whose challenge is hidden is
            complete once its question is answered; where that is hidden too, once it is opened.

    Returns:
        The file, the same bytes for the same arguments.
    """
    first = lang or languages()[0]
    begins = opening(scene, lang, hide)
    if lesson is None:
        lessons, _ = load_lessons()
        title, identifier = texts()[first]["page_title"], "attention"
        page = one_file(lessons, home_of(lessons), lang, begins, is_course=True, program="scorm.js")
    else:
        title = lesson.for_page(name)["title"][first]
        identifier = f"attention-{NOT_IN_IDENTIFIER.sub('-', name)}"
        page = one_file({name: lesson}, name, lang, begins, program="scorm.js")
    return _zipped(
        {
            "imsmanifest.xml": TEMPLATES.get_template("page/scorm/imsmanifest.xml").render(
                title=NOT_IN_XML.sub("", title)[:LONGEST_TITLE], identifier=identifier, page=PAGE
            ),
            PAGE: page,
        }
    )


def _zipped(files: dict[str, str]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for path, text in files.items():
            entry = zipfile.ZipInfo(path, BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # whatever it is made on
            entry.external_attr = 0o644 << 16
            package.writestr(entry, text)
    return kept.getvalue()
