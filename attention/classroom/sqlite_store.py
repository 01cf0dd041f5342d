"""Rooms in a file: one server, or several on one machine. A restart loses nothing."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attention.classroom.store import (
    LIFETIME,
    MOST_FILES,
    MOST_ROOMS,
    MOST_STUDENTS,
    Kept,
    StoreUnavailable,
    room_full,
    too_many_rooms,
)

FILE = "ATTENTION_CLASS_FILE"
PATIENCE = 5.0  # seconds to wait while another writes
SWEEP = 300.0  # seconds between looks for rooms that have ended

SCHEMA = """
CREATE TABLE IF NOT EXISTS rooms (
    code TEXT PRIMARY KEY, version INTEGER NOT NULL, document TEXT NOT NULL,
    asking INTEGER NOT NULL, ends REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS students (
    code TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, student TEXT NOT NULL,
    PRIMARY KEY (code, student)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (
    code TEXT NOT NULL, ask INTEGER NOT NULL, student TEXT NOT NULL,
    answer INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (code, ask, student),
    FOREIGN KEY (code, student) REFERENCES students ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    code TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, name TEXT NOT NULL,
    source TEXT NOT NULL, PRIMARY KEY (code, name)
) WITHOUT ROWID;
"""


def class_file() -> Path:
    """The file that the environment names; else one that a restart finds again, of this user alone.

    Raises:
        StoreUnavailable: somebody else has put something in its place.
    """
    if named := os.environ.get(FILE):
        return Path(named)
    user = os.getuid() if hasattr(os, "getuid") else ""  # Windows gives each a folder of their own
    folder = Path(tempfile.gettempdir()) / f"attention{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        raise StoreUnavailable(str(error)) from error
    if not stat.S_ISDIR(found.st_mode) or (user != "" and found.st_uid != user):
        raise StoreUnavailable(f"{folder} is not this user's own folder; name a file in {FILE}")
    if stat.S_IMODE(found.st_mode) & 0o077 and user != "":
        folder.chmod(0o700)
    return folder / "classes.sqlite"


class SQLiteStore:
    """Rooms in a SQLite file.

    Args:
        path: the file; it is made where it is not there.
        clock: seconds since 1970; the processes that share a file share a clock.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._path, self._clock = path, clock
        self._threads = threading.local()  # a connection each
        self._sweeper: threading.Timer | None = None
        self._lock = threading.Lock()
        with self._writing() as file:
            file.execute("DELETE FROM rooms WHERE ends <= ?", (self._clock(),))
            rooms = file.execute("SELECT count(*) FROM rooms").fetchone()[0]
        if rooms:
            self._sweep_later()

    def open(self, code: str, document: str, asking: int) -> bool:
        """See Store."""
        now = self._clock()
        with self._writing() as file:
            file.execute("DELETE FROM rooms WHERE ends <= ?", (now,))
            if file.execute("SELECT count(*) FROM rooms").fetchone()[0] >= MOST_ROOMS:
                raise too_many_rooms()
            row = (code, document, asking, now + LIFETIME)
            done = file.execute("INSERT OR IGNORE INTO rooms VALUES (?, 1, ?, ?, ?)", row)
        self._sweep_later()
        return done.rowcount == 1

    def read(self, code: str) -> Kept | None:
        """See Store."""
        query = "SELECT version, document FROM rooms WHERE code = ? AND ends > ?"
        row = self._one(query, code, self._clock())
        return Kept(*row) if row else None

    def write(self, code: str, version: int, document: str, asking: int) -> bool:
        """See Store."""
        now = self._clock()
        change = """UPDATE rooms SET version = version + 1, document = ?, asking = ?, ends = ?
            WHERE code = ? AND version = ? AND ends > ?"""
        with self._writing() as file:
            values = (document, asking, now + LIFETIME, code, version, now)
            return file.execute(change, values).rowcount == 1

    def join(self, code: str, student: str) -> bool:
        """See Store."""
        with self._writing() as file:
            if not self._is_open(file, code):
                return False
            query = "SELECT 1 FROM students WHERE code = ? AND student = ?"
            if file.execute(query, (code, student)).fetchone():
                return True
            query = "SELECT count(*) FROM students WHERE code = ?"
            if file.execute(query, (code,)).fetchone()[0] >= MOST_STUDENTS:
                raise room_full()
            file.execute("INSERT INTO students VALUES (?, ?)", (code, student))
            return True

    def joined(self, code: str) -> int:
        """See Store."""
        row = self._one("SELECT count(*) FROM students WHERE code = ?", code)
        return int(row[0]) if row else 0

    def answer(self, code: str, ask: int, student: str, answer: int, number: int) -> bool:
        """See Store."""
        asks = """SELECT 1 FROM rooms JOIN students USING (code)
            WHERE code = ? AND asking = ? AND student = ? AND ends > ?"""
        keep = """INSERT INTO answers VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET answer = excluded.answer, number = excluded.number
            WHERE excluded.number > answers.number"""
        with self._writing() as file:
            if not file.execute(asks, (code, ask, student, self._clock())).fetchone():
                return False
            file.execute(keep, (code, ask, student, answer, number))
            return True

    def answer_of(self, code: str, ask: int, student: str) -> tuple[int, int] | None:
        """See Store."""
        query = "SELECT answer, number FROM answers WHERE code = ? AND ask = ? AND student = ?"
        return self._one(query, code, ask, student)

    def counts(self, code: str, ask: int) -> dict[int, int]:
        """See Store."""
        query = "SELECT answer, count(*) FROM answers WHERE code = ? AND ask = ? GROUP BY answer"
        with self._connected() as file:
            return dict(file.execute(query, (code, ask)).fetchall())

    def keep_file(self, code: str, name: str, source: str) -> bool:
        """See Store."""
        with self._writing() as file:
            if not self._is_open(file, code):
                return False
            query = "SELECT count(*) FROM files WHERE code = ? AND name <> ?"
            if file.execute(query, (code, name)).fetchone()[0] >= MOST_FILES:
                return False
            file.execute("INSERT OR IGNORE INTO files VALUES (?, ?, ?)", (code, name, source))
            return True

    def file(self, code: str, name: str) -> str | None:
        """See Store."""
        row = self._one("SELECT source FROM files WHERE code = ? AND name = ?", code, name)
        return row[0] if row else None

    def touch(self, code: str) -> None:
        """See Store."""
        now = self._clock()
        with self._writing() as file:
            change = "UPDATE rooms SET ends = ? WHERE code = ? AND ends > ?"
            file.execute(change, (now + LIFETIME, code, now))

    def close(self, code: str) -> None:
        """See Store."""
        with self._writing() as file:
            file.execute("DELETE FROM rooms WHERE code = ?", (code,))
        self._write_through()

    def sweep(self) -> int:
        """Delete what has ended; how many rooms are left."""
        with self._writing() as file:
            file.execute("DELETE FROM rooms WHERE ends <= ?", (self._clock(),))
            rooms = int(file.execute("SELECT count(*) FROM rooms").fetchone()[0])
        self._write_through()
        return rooms

    def _is_open(self, file: sqlite3.Connection, code: str) -> bool:
        query = "SELECT 1 FROM rooms WHERE code = ? AND ends > ?"
        return file.execute(query, (code, self._clock())).fetchone() is not None

    def _one(self, query: str, *values: object) -> Any:
        with self._connected() as file:
            return file.execute(query, values).fetchone()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The file, while nobody else writes: all of it or nothing."""
        with self._connected() as file:
            file.execute("BEGIN IMMEDIATE")
            try:
                yield file
            except BaseException:
                file.execute("ROLLBACK")
                raise
            file.execute("COMMIT")

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            if not hasattr(self._threads, "file"):
                self._threads.file = self._connect()
            yield self._threads.file
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable(f"{self._path}: {error}") from error

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")  # a restart loses nothing, a power cut seconds
        file.execute("PRAGMA foreign_keys = ON")
        file.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
        file.executescript(SCHEMA)
        return file

    def _write_through(self) -> None:
        """What was deleted goes from the journal too; while others read, it goes a little later."""
        with self._connected() as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _sweep_later(self) -> None:
        """Look again after a while, as long as there are rooms."""

        def sweep() -> None:
            with self._lock:
                self._sweeper = None
            try:
                rooms = self.sweep()
            except StoreUnavailable:
                rooms = 1  # later, perhaps
            finally:
                self._close_thread()
            if rooms:
                self._sweep_later()

        with self._lock:
            if self._sweeper is None:
                self._sweeper = threading.Timer(SWEEP, sweep)
                self._sweeper.daemon = True
                self._sweeper.start()

    def _close_thread(self) -> None:
        if file := getattr(self._threads, "file", None):
            file.close()
            del self._threads.file
