"""Where rooms are kept: what SQLite and Redis have in common, and which of them it is.

A store knows nothing of lessons: a room is a text to it. Beside it stands the number of the ask
that takes answers, so that none can slip in while the answers are being shown.
"""

from __future__ import annotations

import os
from typing import NamedTuple, Protocol

from attention.texts import UserError

LIFETIME = 3 * 3600.0  # seconds after a room's last sign of life
MOST_ROOMS, MOST_STUDENTS, MOST_FILES = 1_000, 1_000, 50
REDIS = "ATTENTION_REDIS_URL"


class StoreUnavailable(Exception):
    """The rooms cannot be reached now; whoever asks again later may be lucky."""


class Kept(NamedTuple):
    """A room as it is kept.

    Attributes:
        version: grows by one with every change.
        document: the room.
    """

    version: int
    document: str


class Store(Protocol):
    """Rooms by their codes.

    Every method may be called from several threads, does all or nothing, and may raise
    StoreUnavailable.
    """

    def open(self, code: str, document: str, asking: int) -> bool:
        """A new room; False: the code is taken.

        Args:
            code: of the room.
            document: the room.
            asking: the number of the ask that takes answers; 0: none.

        Raises:
            UserError: there are too many rooms.
        """

    def read(self, code: str) -> Kept | None:
        """The room; None: there is none, or it has ended."""

    def write(self, code: str, version: int, document: str, asking: int) -> bool:
        """The room's next version; False: it is not at this version (any more)."""

    def join(self, code: str, student: str) -> bool:
        """A student is in the room; again, it changes nothing. False: there is no such room.

        Raises:
            UserError: the room is full.
        """

    def joined(self, code: str) -> int:
        """How many students have joined."""

    def answer(self, code: str, ask: int, student: str, answer: int, number: int) -> bool:
        """A student's answer, kept while the room takes answers to this ask; False: it is not.

        Args:
            code: of the room.
            ask: its number.
            student: who answers; only one who has joined may.
            answer: what is answered.
            number: of this student's answers; of two, the one with the larger number stays.
        """

    def answer_of(self, code: str, ask: int, student: str) -> tuple[int, int] | None:
        """A student's answer and its number."""

    def counts(self, code: str, ask: int) -> dict[int, int]:
        """How many gave each answer."""

    def keep_file(self, code: str, name: str, source: str) -> bool:
        """A lesson's file of the teacher's own; False: no such room, or too many files."""

    def file(self, code: str, name: str) -> str | None:
        """Such a file."""

    def touch(self, code: str) -> None:
        """A sign of life."""

    def close(self, code: str) -> None:
        """The room has ended; nothing of it stays."""


def too_many_rooms() -> UserError:
    """What is said where no room can be opened."""
    return UserError("class_rooms", most=MOST_ROOMS)


def room_full() -> UserError:
    """What is said to one student too many."""
    return UserError("class_full", most=MOST_STUDENTS)


def open_store() -> Store:
    """Redis or Valkey where the environment names one, else SQLite."""
    if url := os.environ.get(REDIS):
        from attention.classroom.redis_store import RedisStore

        return RedisStore(url)
    from attention.classroom.sqlite_store import SQLiteStore, class_file

    return SQLiteStore(class_file())
