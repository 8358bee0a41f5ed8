"""A saved chat as JSON for programs: the same footnotes as the papers, and every character and span of the sources.

Knows nothing of papers to be read.
"""

import json
from typing import Any

from rag.answer import Answer
from rag.archive.chat import SavedTurn
from rag.export.paper import Entry, Note, Paper

FORMAT = "wenju-chat/1"


def data(paper: Paper) -> str:
    """The paper as one JSON object."""
    told = {
        "format": FORMAT,
        "title": paper.title,
        "facts": list(paper.facts),
        "turns": [_turn(entry) for entry in paper.entries],
        "footnotes": [_note(note) for note in paper.notes],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _turn(entry: Entry) -> dict[str, Any]:
    turn = entry.turn
    return {
        "number": turn.number,
        "question": turn.question,
        "asked": turn.asked,
        "state": turn.state,
        "error": turn.error,
        "verdict": turn.verdict,
        "note": turn.note,
        "lines": [{"text": line.text, "footnotes": list(line.notes), "quoted": line.quoted} for line in entry.lines],
        **(_made(turn.answer, turn) if turn.answer else {}),
    }


def _made(answer: Answer, turn: SavedTurn) -> dict[str, Any]:
    refusal = answer.refusal
    return {
        "understood": answer.understood,
        "answer": answer.text,
        "short": answer.short,
        "refused": answer.refused,
        "refusal": None if refusal is None else {"kind": refusal.kind, "reason": refusal.reason},
        "origin": answer.origin,
        "notice": answer.notice,
        "answered": answer.provenance.answered or turn.asked,
        "index_version": answer.index_version,
        "embedding_model": answer.provenance.embedding_model,
        "language_model": answer.provenance.language_model,
    }


def _note(note: Note) -> dict[str, Any]:
    citation, answer = note.citation, note.answer
    paragraph = citation.paragraph
    return {
        "number": note.number,
        "quote": citation.quote,
        "place": paragraph.place,
        "document": paragraph.document,
        "sha256": note.sha256,
        "article": paragraph.article,
        "section": paragraph.section,
        "position": paragraph.position,
        "paragraph_id": paragraph.id,
        "text": paragraph.text,
        "start": citation.start,
        "end": citation.end,
        "source_spans": [[span.start, span.end] for span in citation.source_spans],
        "origin": answer.origin,
        "answered": answer.provenance.answered,
        "index_version": answer.index_version,
        "embedding_model": answer.provenance.embedding_model,
        "language_model": answer.provenance.language_model,
    }
