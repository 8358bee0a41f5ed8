"""The index of what turns say, where SQLite has FTS5. Knows nothing of chats or of their owners.

It keeps no texts of its own, so that it has to be told what is taken out of it.
"""

import sqlite3
from contextlib import closing
from functools import cache

from rag.archive.words import grams


@cache
def possible() -> bool:
    """Whether this machine's SQLite has FTS5."""
    with closing(sqlite3.connect(":memory:")) as connection:
        return bool(connection.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def create(connection: sqlite3.Connection) -> None:
    """Make the index, of the turns that are there."""
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(grams, content='')")
    add(connection, "1", ())


def exists(connection: sqlite3.Connection) -> bool:
    """Whether there is one that can be used."""
    return possible() and connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'words'").fetchone() is not None


def add(connection: sqlite3.Connection, which: str, values: tuple[object, ...]) -> None:
    """Take in the turns for which ``which`` holds."""
    if exists(connection):
        for id, sought in connection.execute(f"SELECT id, folded FROM turns WHERE {which}", values).fetchall():
            connection.execute("INSERT INTO words (rowid, grams) VALUES (?, ?)", (id, grams(sought)))


def remove(connection: sqlite3.Connection, which: str, values: tuple[object, ...]) -> None:
    """Take them out, before they are changed or deleted."""
    if exists(connection):
        for id, sought in connection.execute(f"SELECT id, folded FROM turns WHERE {which}", values).fetchall():
            connection.execute("INSERT INTO words (words, rowid, grams) VALUES ('delete', ?, ?)", (id, grams(sought)))
