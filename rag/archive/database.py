"""The one SQLite file of the archive: opened when needed, shared by all threads, its errors told with their cure.

Knows nothing of chats. A process may die between any two statements: what was committed is there, the rest never was.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from rag.archive.schema import prepare
from rag.errors import ArchiveError
from rag.messages import say

FILE = "chats.sqlite3"
PAUSE_SECONDS = 0.01
BUSY_SECONDS = 5.0  # another process may be writing for a moment; longer, and the chat goes on without saving

_KINDS = {
    "SQLITE_BUSY": "archive.locked",
    "SQLITE_LOCKED": "archive.locked",
    "SQLITE_READONLY": "archive.unwritable",
    "SQLITE_CANTOPEN": "archive.unwritable",
    "SQLITE_PERM": "archive.unwritable",
    "SQLITE_AUTH": "archive.unwritable",
    "SQLITE_CORRUPT": "archive.damaged",
    "SQLITE_NOTADB": "archive.damaged",
    "SQLITE_FULL": "archive.full",
    "SQLITE_IOERR": "archive.full",
}


class Database:
    """The file in ``folder``. A file that could not be used is tried again the next time: it may have been mended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._opened: tuple[int, int] | None = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection, to be read from and written to; all of it happens or nothing does.

        :raises ArchiveError: the file cannot be used.
        """
        with self._lock, self._told():
            connection = self._current()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # what went wrong may have ended the transaction
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, to be read from.

        :raises ArchiveError: the file cannot be used.
        """
        with self._lock, self._told():
            yield self._current()

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _current(self) -> sqlite3.Connection:
        """The open connection, opened anew when its file is no longer the one of this name."""
        if self._connection is not None and self._opened != _identity(self.path):
            self.close()
        if self._connection is None:
            self._connection = self._open()
            self._opened = _identity(self.path)
        return self._connection

    def _open(self) -> sqlite3.Connection:
        self._make_file()
        connection = sqlite3.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=64
        )
        until = monotonic() + BUSY_SECONDS
        try:
            while not self._set_up(connection, until):
                sleep(PAUSE_SECONDS)
        except BaseException:
            connection.close()
            raise
        return connection

    def _set_up(self, connection: sqlite3.Connection, until: float) -> bool:
        """Whether the file is as it should be. SQLite itself waits for no one who is making it at the same moment."""
        try:
            prepare(connection, self.path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")  # nothing is torn; a dead process loses nothing
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted is gone
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY") and monotonic() < until:
                return False
            raise
        return True

    def _make_file(self) -> None:
        """What people ask is nobody else's business; SQLite gives its side files the rights of the file."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        except (OSError, ValueError) as error:  # a path with NUL is no path
            reason = error.strerror if isinstance(error, OSError) else error
            raise ArchiveError(say("archive.unwritable", path=self.path, reason=reason)) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        """The one place where errors from below become ours."""
        try:
            yield
        except sqlite3.Error as error:
            self.close()
            name = getattr(error, "sqlite_errorname", "")
            key = next((key for kind, key in _KINDS.items() if name.startswith(kind)), "archive.failed")
            raise ArchiveError(say(key, path=self.path, reason=error)) from error


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
