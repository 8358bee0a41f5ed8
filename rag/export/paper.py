"""A saved chat as a paper with footnotes: what every form of export tells, in order. Knows nothing of their syntax.

Footnotes are counted through the whole paper, each citation once, in the order in which the lines refer to them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.messages import Language
from rag.answer import Answer, Citation
from rag.archive.chat import SavedChat, SavedTurn
from rag.citations import MARKERS
from rag.messages import say

_QUOTE_OPENS = ("「", "『")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. ``answer`` is the one that cites; it knows the versions and the digest."""

    number: int
    citation: Citation
    answer: Answer

    @property
    def sha256(self) -> str:
        """The digest of the cited file as it was indexed, where it is known."""
        return self.answer.provenance.sha256(self.citation.paragraph.document)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer without its markers, and the numbers of the footnotes in their place."""

    text: str
    notes: tuple[int, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and what became of it. ``facts`` say who wrote the words, when, and from which index."""

    turn: SavedTurn
    lines: tuple[Line, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole of it."""

    title: str
    language: Language
    facts: tuple[str, ...]
    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]


def paper(chat: SavedChat, *, language: Language, exported: str) -> Paper:
    """The turns of the chat as a paper.

    :param exported: when, UTC in ISO 8601.
    """
    notes: list[Note] = []
    entries = tuple(_entry(turn, notes, language) for turn in chat.turns)
    facts = (say("export.begun", language, when=chat.created), say("export.exported", language, when=exported))
    return Paper(chat.title, language, facts, entries, tuple(notes))


def note_facts(note: Note, language: Language) -> tuple[str, ...]:
    """What a footnote tells beside the quote: where it stands, the file, the index, the model, the date, the writer."""
    paragraph, answer = note.citation.paragraph, note.answer
    made = answer.provenance
    return (
        say("export.file", language, document=paragraph.document),
        say("export.headline", language, article=paragraph.article or paragraph.document),
        *((paragraph.section,) if paragraph.section else ()),
        *((say("export.position", language, position=paragraph.position),) if paragraph.role == "body" else ()),
        say("export.sha256", language, sha256=note.sha256) if note.sha256 else say("export.no_sha256", language),
        say("export.index", language, version=answer.index_version),
        *((say("export.model", language, model=made.embedding_model),) if made.embedding_model else ()),
        _writer(answer, language),
        *((say("export.answered", language, when=made.answered),) if made.answered else ()),
    )


def _entry(turn: SavedTurn, notes: list[Note], language: Language) -> Entry:
    if turn.answer is None:
        told = turn.error if turn.state == "failed" else say(f"export.{turn.state}", language)
        return Entry(turn, (Line(told),), (say("export.asked", language, when=turn.asked),))
    lines = tuple(_lines(turn.answer, notes, language))
    return Entry(turn, lines, tuple(_facts(turn, turn.answer, language)))


def _facts(turn: SavedTurn, answer: Answer, language: Language) -> Iterator[str]:
    if answer.understood and answer.understood != answer.question:
        yield say("export.understood", language, question=answer.understood)
    if answer.notice:
        yield answer.notice
    yield _writer(answer, language)
    yield say("export.asked", language, when=turn.asked)
    if answer.provenance.answered:
        yield say("export.answered", language, when=answer.provenance.answered)
    if answer.index_version:
        yield say("export.index", language, version=answer.index_version)
    if answer.provenance.embedding_model:
        yield say("export.model", language, model=answer.provenance.embedding_model)


def _writer(answer: Answer, language: Language) -> str:
    """Who wrote the words."""
    if answer.refused:
        return say("export.by_program", language)
    if answer.origin == "generative":
        return say("export.by_model", language, model=answer.provenance.language_model or "-")
    return say("export.by_documents", language)


def _lines(answer: Answer, notes: list[Note], language: Language) -> Iterator[Line]:
    """The lines of an answer; citations that none refers to, and the nearest passage of a refusal, come after them."""
    numbers: dict[str, int] = {}
    known = {str(citation.number): citation for citation in answer.citations}
    for line in answer.text.split("\n"):
        if not line.strip():
            continue
        found = MARKERS.search(line)
        marks = re.findall(r"\d+", found[0]) if found else []
        cited = [_number(known[mark], mark, answer, numbers=numbers, notes=notes) for mark in marks if mark in known]
        text = line[: found.start()] if found and len(cited) == len(marks) else line
        yield Line(text, tuple(cited), text.lstrip().startswith(_QUOTE_OPENS))
    for mark, citation in known.items():
        if mark not in numbers:
            number = _number(citation, mark, answer, numbers=numbers, notes=notes)
            yield Line(f"「{citation.quote}」", (number,), quoted=True)
    nearest = answer.refusal.nearest if answer.refusal else None
    if nearest is not None:
        yield Line(say("export.nearest", language))
        number = _number(nearest, "nearest", answer, numbers=numbers, notes=notes)
        yield Line(f"「{nearest.quote}」", (number,), quoted=True)


def _number(citation: Citation, mark: str, answer: Answer, *, numbers: dict[str, int], notes: list[Note]) -> int:
    """The footnote of a citation, written when it is first referred to."""
    if mark not in numbers:
        numbers[mark] = len(notes) + 1
        notes.append(Note(numbers[mark], citation, answer))
    return numbers[mark]
