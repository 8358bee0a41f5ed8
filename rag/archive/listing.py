"""Which chats an owner has, the latest first, and which of them say something. Knows nothing of changing them."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from rag.archive import full_text
from rag.archive.chat import Summary
from rag.archive.database import Database
from rag.archive.words import folded, phrase

SHOWN_AROUND = 24  # characters of a passage shown before and after what was sought

_LIST = """
SELECT id, title, changed, (SELECT count(*) FROM turns WHERE chat = chats.id) FROM chats
WHERE owner = ? AND deleted IS NULL ORDER BY changed DESC, id LIMIT ?"""
_BY_TITLE = """
SELECT chats.id, title, changed, '', NULL FROM chats
WHERE owner = ? AND deleted IS NULL AND instr(chats.folded, ?) ORDER BY changed DESC LIMIT ?"""
_BY_WORDS = """
SELECT chats.id, title, changed, question, record FROM words CROSS JOIN turns ON turns.id = words.rowid
JOIN chats ON chats.id = turns.chat
WHERE words MATCH ? AND owner = ? AND deleted IS NULL AND instr(turns.folded, ?)
GROUP BY chats.id ORDER BY changed DESC LIMIT ?"""
_BY_READING = """
SELECT chats.id, title, changed, question, record FROM turns JOIN chats ON chats.id = turns.chat
WHERE owner = ? AND deleted IS NULL AND instr(turns.folded, ?)
GROUP BY chats.id ORDER BY changed DESC LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Listing:
    """The latest chats, and how many there are in all."""

    chats: tuple[Summary, ...]
    total: int


def latest(database: Database, owner: str, *, limit: int) -> Listing:
    """An owner's latest chats."""
    with database.reading() as connection:
        rows = connection.execute(_LIST, (owner, limit)).fetchall()
        (total,) = connection.execute(
            "SELECT count(*) FROM chats WHERE owner = ? AND deleted IS NULL", (owner,)
        ).fetchone()
    return Listing(tuple(Summary(id, title, changed, turns) for id, title, changed, turns in rows), total)


def search(database: Database, owner: str, words: str, *, limit: int) -> Listing:
    """An owner's chats whose title, questions, answers, quotes or places hold the words; all of them for no words."""
    sought = folded(words.encode("utf-8", "backslashreplace").decode("utf-8"))
    if not sought:
        return latest(database, owner, limit=limit)
    with database.reading() as connection:
        titled = connection.execute(_BY_TITLE, (owner, sought, limit)).fetchall()
        rows = [*_said(connection, owner, sought, limit), *titled]
    found: dict[str, Summary] = {}
    for id, title, changed, question, record in sorted(rows, key=lambda row: -float(row[2])):
        if id not in found or not found[id].found:
            found[id] = Summary(id, title, changed, 0, _passage(question, record, sought))
    return Listing(tuple(found.values())[:limit], len(found))


def _said(connection: sqlite3.Connection, owner: str, sought: str, limit: int) -> list[tuple[str, ...]]:
    pairs = phrase(sought)
    if pairs and full_text.exists(connection):
        return connection.execute(_BY_WORDS, (pairs, owner, sought, limit)).fetchall()
    return connection.execute(_BY_READING, (owner, sought, limit)).fetchall()


def _passage(question: str, record: str | None, sought: str) -> str:
    """The first line of a turn that holds what was sought, cut around it, as it was written."""
    return next((_cut(line, sought) for line in _lines(question, record) if sought in folded(line)), "")


def _lines(question: str, record: str | None) -> Iterator[str]:
    yield question
    try:
        answer = json.loads(record or "{}").get("answer", {})
        yield from str(answer.get("text", "")).splitlines()
        yield from (str(citation["quote"]) for citation in answer.get("citations", ()))
    except (ValueError, AttributeError, TypeError, KeyError, RecursionError):
        return  # a damaged record; it is told as such when the chat is opened


def _cut(line: str, sought: str) -> str:
    """``_cut("…很长的一句话里有水渠二字…", "水渠")``: the place is that of the folded line, near enough to be seen."""
    at = folded(line).index(sought)
    start, end = max(at - SHOWN_AROUND, 0), at + len(sought) + SHOWN_AROUND
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"
