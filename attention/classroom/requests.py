"""What pages ask of a class, checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from attention.classroom.codes import Code, Key
from attention.lessons.file import LARGEST_FILE
from attention.scene import Model
from attention.texts import Language

LONGEST_SOURCE = 4 * LARGEST_FILE  # characters; a lesson's own rule says it better
LARGEST_SHARE = 100  # in per cent, of a share that one draws

Act = Literal["at", "again", "show", "tell", "lead"]


class Lessons(Model):
    """Which lesson.

    Attributes:
        lesson: one that ships; or
        source: the text of a lesson's file; or neither.
    """

    lesson: Annotated[str, Field(max_length=40)] | None = None
    source: Annotated[str, Field(strict=True, max_length=LONGEST_SOURCE)] | None = None


class Opening(Lessons):
    """A new room."""

    lead: bool = True


class Steering(Lessons):
    """What the teacher does.

    Attributes:
        act: `at` goes to a lesson, `lead` lets pages follow; the others are done to an ask.
        ask: its number.
    """

    code: Code
    secret: Key
    act: Act
    ask: Annotated[int, Field(strict=True)] = 0
    lead: Annotated[bool, Field(strict=True)] = True


class Teaching(Model):
    """The teacher asks."""

    code: Code
    secret: Key
    lang: Language = "en"


class Looking(Model):
    """Somebody asks how it stands: the teacher, or a student, who may say what is known already."""

    code: Code
    secret: Key | None = None
    student: Key | None = None
    version: Annotated[int, Field(strict=True)] = 0


class Joining(Model):
    """A student comes in."""

    code: Code
    student: Key


class Answering(Joining):
    """A student answers.

    Attributes:
        ask: the number of the ask.
        answer: which choice, or the share in per cent.
        number: of this student's answers to it; the highest counts, in whichever order they come.
    """

    ask: Annotated[int, Field(strict=True, ge=1)]
    answer: Annotated[int, Field(strict=True, ge=0, le=LARGEST_SHARE)]
    number: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
