"""What a person thought of an answer, and the evaluation question that follows from it. Knows nothing of storage."""

from dataclasses import dataclass
from typing import Any, Literal

from rag.answer import Answer

Verdict = Literal["up", "down"]

LONGEST_NOTE = 2000  # characters


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on one answer, with the questions asked before it in its chat, oldest first.

    ``answer`` is missing where it was damaged since.
    """

    id: str
    verdict: Verdict
    note: str
    given: str
    question: str
    history: tuple[str, ...] = ()
    answer: Answer | None = None

    def to_dict(self) -> dict[str, Any]:
        """The judgement as a JSON object."""
        answer = self.answer
        return {
            "id": self.id,
            "verdict": self.verdict,
            "note": self.note,
            "given": self.given,
            "q": self.question,
            "history": list(self.history),
            "answer": answer.text if answer else "",
            "refused": answer.refused if answer else None,
            "origin": answer.origin if answer else "",
            "index_version": answer.index_version if answer else "",
            "citations": [{"place": c.paragraph.place, "quote": c.quote} for c in answer.citations] if answer else [],
        }

    def as_question(self) -> dict[str, Any]:
        """A question of an evaluation set: what was liked is asked for again, what was not must not come again.

        A liked answer has to hold its few words and to cite one of its paragraphs; a liked refusal has to be one
        again. Of what was disliked the right answer is not known: an answer must not give the same few words, a refusal
        must not be one.
        """
        row: dict[str, Any] = {"id": self.id, "kind": f"feedback_{self.verdict}", "q": self.question}
        if self.history:
            row["history"] = list(self.history)
        if self.answer is not None:
            row |= _liked(self.answer) if self.verdict == "up" else _disliked(self.answer)
        if self.note:
            row["note"] = self.note
        return row


def _liked(answer: Answer) -> dict[str, Any]:
    if answer.refused:
        return {"refuse": True}
    row: dict[str, Any] = {"must": [[answer.short]] if answer.short else []}
    if answer.citations:
        row["gold"] = [list(dict.fromkeys(citation.quote for citation in answer.citations))]
        row["doc"] = answer.citations[0].paragraph.article
    return row


def _disliked(answer: Answer) -> dict[str, Any]:
    if answer.refused:
        return {"refuse": False}
    return {"must_not": [answer.short]} if answer.short else {}
