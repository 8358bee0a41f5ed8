"""The saved conversations of one owner: begun, grown, opened, renamed, deleted. Knows nothing of who the owner is.

An answer is saved when it is complete; until then its turn holds the question alone, which is what is left when the
process dies meanwhile. Who asks for a chat that is not theirs is told what is told of a chat that never was.
"""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from time import time

from rag.answer import Answer
from rag.archive import full_text, listing
from rag.archive.chat import SavedChat, SavedTurn, from_record, title_of, to_record
from rag.archive.database import Database
from rag.archive.judgement import LONGEST_NOTE, Verdict
from rag.archive.words import folded
from rag.errors import ArchiveError, ChatMissing
from rag.messages import say

ID_BYTES = 18  # nobody guesses 144 bits
KEPT_SECONDS = 3600.0  # a deleted chat can be had back for an hour, then it is gone for good
LONGEST_TITLE = 200  # characters

_ONE = "chat = ? AND number = ?"
_TURNS = """
SELECT number, question, asked, record, error, verdict, coalesce(note, '') AS note
FROM turns LEFT JOIN judgements ON judgements.turn = turns.id WHERE chat = ? ORDER BY number DESC LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a turn has been saved: its chat, and the chat's revision with it."""

    chat: str
    revision: int


class Chats:
    """The chats of ``owner``, which is never empty. Safe for many threads."""

    def __init__(self, database: Database, owner: str) -> None:
        """
        :raises ValueError: there is no owner; all who have none would share their chats.
        """
        if not owner:
            raise ValueError("chats without an owner")
        self.database = database
        self.owner = owner

    def begin(self, chat: str, number: int, question: str) -> Place:
        """Save a question as turn ``number``; what stood there and after it is replaced.

        :param chat: empty for a new chat, which is called after the question.
        """
        question = _storable(question)
        with self.database.transaction() as connection:
            if chat:
                self._check(connection, chat)
                self._retitle(connection, chat, number, question)
            else:
                _purge(connection)
                chat = self._create(connection, question)
            _forget(connection, "chat = ? AND number >= ?", (chat, number))
            sought = folded(question)
            connection.execute(
                "INSERT INTO turns (chat, number, question, asked, folded) VALUES (?, ?, ?, ?, ?)",
                (chat, number, question, _now(), sought),
            )
            full_text.add(connection, _ONE, (chat, number))
            return Place(chat, _touch(connection, chat))

    def finish(self, chat: str, number: int, answer: Answer) -> Place:
        """Save the complete answer to a turn."""
        quotes = [citation.quote for citation in answer.citations]
        places = [citation.paragraph.place for citation in answer.citations]
        sought = folded(_storable("\n".join((answer.question, answer.text, *quotes, *places))))
        return self._end(chat, number, record=_storable(to_record(answer)), sought=sought)

    def fail(self, chat: str, number: int, error: str) -> Place:
        """Save why a turn got no answer."""
        return self._end(chat, number, error=_storable(error))

    def open(self, chat: str, *, last: int = 1_000_000) -> SavedChat:
        """A chat with its ``last`` turns. A turn that was damaged is told as such, and the others come with it.

        :raises ChatMissing: there is none such.
        """
        with self.database.reading() as connection:
            self._check(connection, chat)
            row = connection.execute(
                "SELECT title, created, revision, (SELECT max(number) FROM turns WHERE chat = chats.id) FROM chats"
                " WHERE id = ?",
                (chat,),
            ).fetchone()
            turns = connection.execute(_TURNS, (chat, last)).fetchall()
        title, created, revision, asked = row
        return SavedChat(chat, title, created, revision, asked or 0, tuple(map(_turn, reversed(turns))))

    def latest(self, *, limit: int) -> listing.Listing:
        """The chats that changed last."""
        return listing.latest(self.database, self.owner, limit=limit)

    def search(self, words: str, *, limit: int) -> listing.Listing:
        """The chats that say the words, in whatever script, width or case; all of them for no words."""
        return listing.search(self.database, self.owner, words, limit=limit)

    def revision(self, chat: str) -> int:
        """How often the turns of a chat have changed.

        :raises ChatMissing: there is none such.
        """
        with self.database.reading() as connection:
            return self._check(connection, chat)

    def rename(self, chat: str, title: str) -> None:
        """Call a chat otherwise.

        :raises ArchiveError: the title is empty.
        """
        title = " ".join(_storable(title).split())[:LONGEST_TITLE]
        if not title:
            raise ArchiveError(say("archive.no_title"))
        with self.database.transaction() as connection:
            self._check(connection, chat)
            connection.execute("UPDATE chats SET title = ?, folded = ? WHERE id = ?", (title, folded(title), chat))

    def delete(self, chat: str) -> None:
        """Delete a chat with all that was said and thought in it; for an hour :meth:`restore` brings it back."""
        with self.database.transaction() as connection:
            _purge(connection)
            self._check(connection, chat)
            connection.execute("UPDATE chats SET deleted = ? WHERE id = ?", (time(), chat))

    def restore(self, chat: str) -> None:
        """Take back that a chat was deleted.

        :raises ChatMissing: it is gone for good.
        """
        with self.database.transaction() as connection:
            self._check(connection, chat, deleted=True)
            connection.execute("UPDATE chats SET deleted = NULL WHERE id = ?", (chat,))

    def judge(self, chat: str, number: int, verdict: Verdict | None, *, note: str = "") -> None:
        """Keep what a person thinks of an answer, in place of what they thought before; ``None`` takes it back.

        :raises ChatMissing: there is no such turn.
        """
        with self.database.transaction() as connection:
            self._check(connection, chat)
            found = connection.execute(
                "SELECT id FROM turns WHERE chat = ? AND number = ? AND record IS NOT NULL", (chat, number)
            ).fetchone()
            if found is None:
                raise ChatMissing(say("archive.no_turn", number=number))
            connection.execute("DELETE FROM judgements WHERE turn = ?", found)
            if verdict is not None:
                kept = (found[0], verdict, _storable(note).strip()[:LONGEST_NOTE], _now())
                connection.execute("INSERT INTO judgements VALUES (?, ?, ?, ?)", kept)

    def _end(self, chat: str, number: int, *, record: str | None = None, error: str = "", sought: str = "") -> Place:
        with self.database.transaction() as connection:
            self._check(connection, chat)
            full_text.remove(connection, _ONE, (chat, number))
            changed = connection.execute(
                "UPDATE turns SET record = ?, error = ?, folded = coalesce(nullif(?, ''), folded)"
                " WHERE chat = ? AND number = ?",
                (record, error, sought, chat, number),
            )
            if not changed.rowcount:
                raise ChatMissing(say("archive.no_turn", number=number))
            full_text.add(connection, _ONE, (chat, number))
            return Place(chat, _touch(connection, chat))

    def _check(self, connection: sqlite3.Connection, chat: str, *, deleted: bool = False) -> int:
        """The revision of a chat that is this owner's."""
        found = connection.execute(
            "SELECT revision FROM chats WHERE id = ? AND owner = ? AND (deleted IS NOT NULL) = ?",
            (chat, self.owner, deleted),
        ).fetchone()
        if found is None:
            raise ChatMissing(say("archive.no_chat"))
        return int(found[0])

    def _create(self, connection: sqlite3.Connection, question: str) -> str:
        chat, title = secrets.token_urlsafe(ID_BYTES), title_of(question)
        connection.execute(
            "INSERT INTO chats (id, owner, title, folded, created, changed) VALUES (?, ?, ?, ?, ?, ?)",
            (chat, self.owner, title, folded(title), _now(), time()),
        )
        return chat

    def _retitle(self, connection: sqlite3.Connection, chat: str, number: int, question: str) -> None:
        """A first question asked otherwise gives its name anew, unless a person has named the chat."""
        first = connection.execute("SELECT question FROM turns WHERE chat = ? AND number = 1", (chat,)).fetchone()
        if number == 1 and first is not None:
            title = title_of(question)
            connection.execute(
                "UPDATE chats SET title = ?, folded = ? WHERE id = ? AND title = ?",
                (title, folded(title), chat, title_of(first[0])),
            )


def _turn(row: tuple[int, str, str, str | None, str, Verdict | None, str]) -> SavedTurn:
    number, question, asked, record, error, verdict, note = row
    if record is None:
        return SavedTurn(number, question, asked, "failed" if error else "unfinished", error=error)
    try:
        return SavedTurn(number, question, asked, "answered", from_record(record), verdict=verdict, note=note)
    except (ValueError, RecursionError) as damage:  # RecursionError: brackets without end
        return SavedTurn(number, question, asked, "damaged", error=str(damage), verdict=verdict, note=note)


def _touch(connection: sqlite3.Connection, chat: str) -> int:
    """The next revision of a chat, which is now the latest one."""
    connection.execute("UPDATE chats SET revision = revision + 1, changed = ? WHERE id = ?", (time(), chat))
    return int(connection.execute("SELECT revision FROM chats WHERE id = ?", (chat,)).fetchone()[0])


def _purge(connection: sqlite3.Connection) -> None:
    """Make an end of what was deleted some time ago."""
    for (chat,) in connection.execute("SELECT id FROM chats WHERE deleted < ?", (time() - KEPT_SECONDS,)).fetchall():
        _forget(connection, "chat = ?", (chat,))
        connection.execute("DELETE FROM chats WHERE id = ?", (chat,))


def _forget(connection: sqlite3.Connection, which: str, values: tuple[object, ...]) -> None:
    full_text.remove(connection, which, values)
    connection.execute(f"DELETE FROM turns WHERE {which}", values)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _storable(text: str) -> str:
    """Halves of a character, which no file can hold, as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
