"""The tables of the archive's file, and how an older file becomes a current one. Knows nothing of what is in them.

The file says in its header that it is ours (``application_id``) and which version it is (``user_version``).
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from rag.archive import full_text
from rag.errors import ArchiveError
from rag.messages import say

APPLICATION = 0x57656E6A  # "Wenj"

_TABLES = (
    """CREATE TABLE chats (
        id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 0, created TEXT NOT NULL, changed REAL NOT NULL, deleted REAL)""",
    "CREATE INDEX chats_of_owner ON chats (owner, changed)",
    """CREATE TABLE turns (
        id INTEGER PRIMARY KEY, chat TEXT NOT NULL REFERENCES chats ON DELETE CASCADE, number INTEGER NOT NULL,
        question TEXT NOT NULL, asked TEXT NOT NULL, record TEXT, error TEXT NOT NULL DEFAULT '',
        folded TEXT NOT NULL, UNIQUE (chat, number))""",
    """CREATE TABLE judgements (
        turn INTEGER PRIMARY KEY REFERENCES turns ON DELETE CASCADE, verdict TEXT NOT NULL, note TEXT NOT NULL,
        given TEXT NOT NULL)""",
)


def _first(connection: sqlite3.Connection) -> None:
    for statement in _TABLES:
        connection.execute(statement)


def _searchable(connection: sqlite3.Connection) -> None:
    """Without FTS5 turns are read through instead."""
    if full_text.possible():
        full_text.create(connection)


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _searchable)
"""Step i makes a file of version i one of version i + 1; a step that has been released is never changed."""


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make a new or an older file current, in one transaction.

    :raises ArchiveError: the file is another program's, or a newer version's.
    """
    connection.execute("BEGIN")  # what is looked up is of one moment: another process may be making the file
    try:
        version = _version(connection, path)
    finally:
        connection.execute("ROLLBACK")
    if version == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in MIGRATIONS[_version(connection, path) :]:  # looked up again: another process may have been first
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, path: Path) -> int:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION and (tables or application or version):
        raise ArchiveError(say("archive.foreign", path=path))
    if version > len(MIGRATIONS):
        raise ArchiveError(say("archive.newer", path=path, got=version, known=len(MIGRATIONS)))
    return int(version)
