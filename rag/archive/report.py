"""Judgements as a person at a shell reads them, and as a question set on disk. Knows nothing of command lines."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from rag.archive.database import FILE, Database
from rag.archive.judgement import Judgement
from rag.archive.judgements import judgements
from rag.errors import ArchiveError
from rag.messages import say


def read(folder: Path) -> tuple[Judgement, ...]:
    """The judgements in a folder of saved chats, none where nothing was saved yet: looking makes no file.

    :raises ArchiveError: the file cannot be used.
    """
    if not (folder / FILE).exists():
        return ()
    database = Database(folder)
    try:
        return judgements(database)
    finally:
        database.close()


def lines(judgement: Judgement) -> Iterator[str]:
    """A judgement in a few lines: the verdict and the question, the answer, its places, the note."""
    liked = judgement.verdict == "up"
    yield f"{say('feedback.up' if liked else 'feedback.down')}  {_line(judgement.question)}  {judgement.given}"
    answer = judgement.answer
    if answer is None:
        yield f"    {say('feedback.damaged')}"
    else:
        yield from (f"    {_line(one)}" for one in answer.text.splitlines())
        yield from (f"    [{one.number}] {_line(one.paragraph.place)}" for one in answer.citations)
    if judgement.note:
        yield f"    {say('feedback.note', note=_line(judgement.note))}"


def write_questions(file: Path, found: Sequence[Judgement]) -> None:
    """The judgements as a set for ``python -m rag evaluate``: all of it or, where that fails, what was there before.

    :raises ArchiveError: the file cannot be written.
    """
    rows = [json.dumps(one.as_question(), ensure_ascii=False) for one in found if one.answer is not None]
    partial = file.with_name(f".{file.name}.partial")
    try:
        partial.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        partial.replace(file)  # in one step
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            partial.unlink(missing_ok=True)
        raise ArchiveError(say("feedback.unwritable", file=file, reason=error)) from error


def _line(text: str) -> str:
    """Text on one line, without the signs that a terminal obeys."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
