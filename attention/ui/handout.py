"""What a teacher gives to a class: the lesson on the table as one file, as SCORM, and on paper."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from attention.export import handout, scorm_package, worksheet
from attention.export.worksheets import LARGEST_SEED, MOST_VARIANTS
from attention.lessons import Lesson, parse_lesson
from attention.lessons.file import lesson_files
from attention.lessons.writing import source_of
from attention.scene import Model, Scene
from attention.texts import Language, one_of
from attention.ui.endpoints import file, json_endpoint
from attention.ui.own_lesson import Source

HTML = "text/html;charset=utf-8"
ZIP = "application/zip"
OWN = "own"  # in the name of the file, for a lesson that has none here
LIMITS = {"variants": [1, MOST_VARIANTS], "seed": [0, LARGEST_SEED]}


class Request(Model):
    """A lesson, the scene on the table, and the language of the page.

    Attributes:
        lesson: one that ships; or
        source: the text of a lesson's file.
    """

    lesson: Annotated[str, one_of(lesson_files)] | None = None
    source: Source | None = None
    scene: Scene
    lang: Language = "en"

    @model_validator(mode="after")
    def _one_lesson(self) -> Request:
        if (self.lesson is None) == (self.source is None):
            came = "both" if self.lesson else "neither"
            raise ValueError(f"must have either lesson or source; got {came}")
        return self

    @property
    def name(self) -> str:
        """What the lesson is called here."""
        return self.lesson or OWN

    def opened(self) -> Lesson:
        """The lesson itself, checked anew where it came with the request."""
        source = source_of(self.lesson) if self.lesson else self.source
        return parse_lesson(source or "")


class CourseRequest(Model):
    """All lessons that ship, in the language of the page."""

    lang: Language = "en"


class PaperRequest(Request):
    """The same, with how many variants from which seed, and whether one as it stands."""

    count: Annotated[int, Field(strict=True, ge=1, le=MOST_VARIANTS)]
    seed: Annotated[int, Field(strict=True, ge=0, le=LARGEST_SEED)]
    unvaried: bool = False


@json_endpoint
def make_handout(request: Any) -> dict[str, Any]:
    """The file: `name`, `type`, and its `content` in base64."""
    checked = Request.model_validate(request)
    text = handout(checked.opened(), checked.scene, name=checked.name, lang=checked.lang)
    return file(f"attention-{checked.name}.html", HTML, text.encode())


@json_endpoint
def make_scorm(request: Any) -> dict[str, Any]:
    """The same for a learning system: a zip."""
    checked = Request.model_validate(request)
    package = scorm_package(checked.opened(), checked.scene, name=checked.name, lang=checked.lang)
    return file(f"attention-{checked.name}-scorm.zip", ZIP, package)


@json_endpoint
def make_scorm_course(request: Any) -> dict[str, Any]:
    """The whole course for a learning system."""
    checked = CourseRequest.model_validate(request)
    return file("attention-scorm.zip", ZIP, scorm_package(lang=checked.lang))


@json_endpoint
def make_worksheet(request: Any) -> dict[str, Any]:
    """The same, to print."""
    checked = PaperRequest.model_validate(request)
    text = worksheet(
        checked.opened(),
        checked.scene,
        name=checked.name,
        **checked.model_dump(include={"count", "seed", "lang", "unvaried"}),
    )
    return file(f"attention-{checked.name}-{checked.seed}.html", HTML, text.encode())
