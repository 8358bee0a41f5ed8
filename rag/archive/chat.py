"""A saved conversation as it is read: its turns, what became of each. Knows nothing of where it is kept."""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

from rag.answer import Answer
from rag.archive.codec import decode, encode
from rag.archive.judgement import Verdict

State = Literal["answered", "failed", "unfinished", "damaged"]
"""``unfinished``: the answer never came, its process died or was told to stop; ``damaged``: what was saved of it cannot
be believed any more."""

TITLE_LENGTH = 60  # characters of the first question
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """A question, when it was asked (UTC, ISO 8601), and what became of it."""

    number: int
    question: str
    asked: str
    state: State
    answer: Answer | None = None
    error: str = ""
    verdict: Verdict | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A chat in a list. ``found`` is the passage that a search has found in it."""

    id: str
    title: str
    changed: float
    turns: int
    found: str = ""


@dataclass(frozen=True, slots=True)
class SavedChat:
    """A whole chat, oldest turn first. ``revision`` grows with every change of its turns; ``turns`` may be the latest
    few only of the ``asked``."""

    id: str
    title: str
    created: str
    revision: int
    asked: int
    turns: tuple[SavedTurn, ...]


def to_record(answer: Answer) -> str:
    """The answer as it is kept, under a checksum; what retrieval found beside it is not kept."""
    kept = encode(replace(answer, hits=(), own=()))
    return _dump({"format": _FORMAT, "sha256": _sum(kept), "answer": kept})


def from_record(record: str) -> Answer:
    """The answer of :func:`to_record`, each of its quotes checked against its paragraph again.

    :raises ValueError: it is no such record, not the one that was kept, or one of its citations is not verbatim.
    """
    kept: Any = json.loads(record)
    if not isinstance(kept, dict) or kept.get("format") != _FORMAT:
        raise ValueError(f"no record of format {_FORMAT}: {record[:80]!r}")
    answer = decode(Answer, kept.get("answer"))
    if kept.get("sha256") != _sum(kept["answer"]):
        raise ValueError(f"not the record that was kept: {kept.get('sha256')!r} is its sum no more")
    return answer


def title_of(question: str) -> str:
    """What a chat is called after its first question."""
    line = " ".join(question.split())
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"


def _sum(kept: Any) -> str:
    return sha256(_dump(kept).encode("utf-8", "surrogatepass")).hexdigest()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
