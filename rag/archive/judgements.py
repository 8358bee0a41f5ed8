"""What everybody thought of the answers they got, the latest first. Knows nothing of who they are."""

from collections.abc import Iterator

from rag.archive.chat import from_record
from rag.archive.database import Database
from rag.archive.judgement import Judgement

_JUDGED = """
SELECT chat, number, verdict, note, given, question, record FROM judgements JOIN turns ON turns.id = judgements.turn
JOIN chats ON chats.id = turns.chat WHERE deleted IS NULL ORDER BY given DESC, turn DESC"""
_BEFORE = "SELECT question FROM turns WHERE chat = ? AND number < ? AND record IS NOT NULL ORDER BY number"

SHOWN_ID = 8  # characters of a chat's id that tell one judgement from another and open no chat


def judgements(database: Database) -> tuple[Judgement, ...]:
    """All of them, with their questions and answers."""
    return tuple(_read(database))


def _read(database: Database) -> Iterator[Judgement]:
    with database.reading() as connection:
        rows = connection.execute(_JUDGED).fetchall()
        before = {(row[0], row[1]): connection.execute(_BEFORE, row[:2]).fetchall() for row in rows}
    for chat, number, verdict, note, given, question, record in rows:
        try:
            answer = from_record(record)
        except (ValueError, RecursionError):
            answer = None
        history = tuple(text for (text,) in before[chat, number])
        yield Judgement(f"{chat[:SHOWN_ID]}-{number}", verdict, note, given, question, history, answer)
