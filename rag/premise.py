"""What a question takes for given about figures, held against what the documents say. Knows nothing of ranking.

大桥总投资43亿元吗? and 总投资43亿元的大桥何时通车? both say 43亿元; where the document gives another figure for the
same thing, the person is told so first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.paragraph import Span
from rag.alignment import Aligner, letters
from rag.denial import may_deny, surely_denies
from rag.evidence import Evidence, information
from rag.quantities import Quantity, quantities
from rag.question import Question
from rag.short_answer import clauses, nearest

# The share of a yes-no question that the clause of the figure has to hold by its letters, and its sentence at all.
CONFIRMED = 0.2
HELD = 0.5
# Sentences that are looked at, best first.
LOOKED_AT = 6
# Kinds of figures that are told to be wrong; a year or a phase that the documents do not name is refused instead.
CORRECTED = frozenset({"money", "percent", "measure", "count"})
_CHANGE = re.compile("提高|增长|增加|下降|降低|减少|上调|下调|increase|rise|fall|cut")


# The share of a yes-no question that one clause has to hold by its letters to be its answer.
AFFIRMED = 0.95


@dataclass(frozen=True, slots=True)
class Premise:
    """A figure of the question, and the one that a sentence gives for the same thing."""

    asked: Quantity
    stated: Quantity
    evidence: Evidence

    @property
    def holds(self) -> bool:
        """Whether both are the same."""
        return self.asked.same(self.stated)


def confirmed(question: Question, best: Evidence, aligner: Aligner) -> Premise | None:
    """What a yes-no question about a figure is answered with; nothing, where the sentence is about other things."""
    if question.type != "yes_no" or not question.quantities:
        return None
    asked = question.quantities[0]
    stated = stated_figure(question, asked, best, aligner)
    return Premise(asked, stated, best) if stated is not None else None


def affirmed(question: Question, best: Evidence, aligner: Aligner) -> bool | None:
    """Whether a clause says just what a yes-no question asks (yes), or denies it (no); nothing, where it is less clear.

    河东禁止停车吗? is no matter for a clause on 河西, and what speaks of part of it only may be about something else.
    """
    if question.type != "yes_no" or question.quantities or question.language == "en":
        return None
    if may_deny(question.folded):
        return None
    told = information(question)
    for clause in clauses(best.text):
        said = aligner.read(best.text[clause.start : clause.end])
        if float(letters(question.terms, said) @ told) >= AFFIRMED:
            if surely_denies(said.folded):
                return False
            return None if may_deny(said.folded) else True
    return None


def corrected(question: Question, found: Sequence[Evidence], aligner: Aligner) -> Premise | None:
    """The first figure that a question takes for given and the documents contradict.

    A figure that any of the sentences states is not wrong, whatever else they state.
    """
    if question.type == "yes_no":
        return None
    looked_at = found[:LOOKED_AT]
    there = [quantity for one in looked_at for quantity in quantities(one.hit.paragraph.text)]
    for asked in question.quantities:
        if asked.kind in CORRECTED and asked.unit and not any(asked.same(quantity) for quantity in there):
            stated = ((one, stated_figure(question, asked, one, aligner)) for one in looked_at)
            for evidence, figure in stated:
                if figure is not None and figure.unit == asked.unit:
                    return Premise(asked, figure, evidence)
    return None


def stated_figure(question: Question, asked: Quantity, evidence: Evidence, aligner: Aligner) -> Quantity | None:
    """The figure that the sentence gives for what a question asks to confirm; nothing, where it is about other things.

    The figure's clause has to hold some of the question's words, its sentence most of them; a change (提高5元) is no
    level (5元).
    """
    sentence = evidence.text
    rivals = {Span(q.start, q.end): q for q in quantities(sentence) if asked.comparable(q) or asked.same(q)}
    if not rivals:
        return None
    place = nearest(question, sentence, tuple(rivals), aligner)
    told = information(question)
    clause = next(part for part in clauses(sentence) if part.start <= place.start < part.end)
    said = aligner.read(sentence[clause.start : clause.end])
    changes = [bool(_CHANGE.search(text)) for text in (said.folded, question.folded)]
    borne = float(letters(question.terms, said) @ told) >= CONFIRMED and float(evidence.ground @ told) >= HELD
    return rivals[place] if borne and changes[0] == changes[1] else None
