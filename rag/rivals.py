"""Finds the figures that could be meant as well as the one that answers: of 一期 and of 二期, where no phase is named.

A rival measures the same thing, is said in all the words of the question that the answer is said in, and something
tells both apart: a phase, a year, whom it is said of, or the article. Where one is exactly what was asked, there is
none. Knows nothing of wording an answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.paragraph import Span
from index.text import fold
from rag.alignment import Aligner, letters
from rag.evidence import RANKING, Evidence
from rag.expressions import COUNTED, expressions
from rag.quantities import Quantity, quantities
from rag.question import Question
from rag.short_answer import clauses, with_hedge

MOST_RIVALS = 3  # figures shown, the answer among them
LOOKED_AT = 8  # sentences, best first
# The share of what the best sentence is worth that a rival's sentence needs.
AS_GOOD = 0.85
# From how far on by its letters a word of the question counts as said.
SAID = 0.9
LONGEST_LABEL = 24
_RELATIVE = re.compile("[今去明前]年|[上下]半年")
_PART = re.compile("^(?:其中|包括|含|另)")
_TRIM = " ,;:。、“”‘’的为是达到有"


@dataclass(frozen=True, slots=True)
class Rival:
    """A figure that may be meant: ``span`` in the paragraph's text, and what tells it from the others.

    ``holding`` are the spans that a quote of it has to hold.
    """

    evidence: Evidence
    span: Span
    label: str
    holding: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a sentence, its clause, and the phase or year that it is said under. Positions of the sentence."""

    evidence: Evidence
    figure: Quantity
    clause: Span
    period: Span | None

    @property
    def before(self) -> str:
        """Its clause up to it."""
        return self.evidence.text[self.clause.start : self.figure.start]

    @property
    def place(self) -> int:
        """Where its clause begins in the paragraph's text."""
        return self.evidence.span.start + self.clause.start

    @property
    def said(self) -> str:
        """Its clause."""
        return self.evidence.text[self.clause.start : self.clause.end]

    @property
    def under(self) -> str:
        """The phase or year."""
        return self.evidence.text[self.period.start : self.period.end] if self.period else ""


def rivals(question: Question, found: Sequence[Evidence], answer: Span, aligner: Aligner) -> tuple[Rival, ...]:
    """The figure that answers and those that could be meant as well, in reading order; nothing, where it is clear.

    :param answer: the span of the answer in the best paragraph's text.
    """
    if question.type not in COUNTED or question.language == "en" or _names_a_period(question):
        return ()
    best = found[0]
    own = next((one for one in _figures(question, best) if _within(one, answer)), None)
    if own is None:
        return ()
    shown: list[Rival] = []
    for other in _others(question, found, own, aligner):
        labels = _labels(question, own, other, aligner)
        if labels is not None:
            shown = shown or [_rival(own, labels[0])]
            if all(labels[1] != one.label for one in shown):
                shown.append(_rival(other, labels[1]))
    return tuple(shown[:MOST_RIVALS])


def _names_a_period(question: Question) -> bool:
    named = any(asked.kind in ("date", "ordinal") for asked in question.quantities)
    return named or bool(_RELATIVE.search(question.folded))


def _within(one: _Figure, answer: Span) -> bool:
    start = one.evidence.span.start
    return answer.start <= start + one.figure.start and start + one.figure.end <= answer.end


def _figures(question: Question, evidence: Evidence) -> Iterator[_Figure]:
    """The figures of a sentence that can answer the question."""
    sentence = evidence.text
    fitting = {(span.start, span.end) for span in expressions(sentence, question)}
    parts = clauses(sentence)
    for figure in quantities(sentence):
        part = next((part for part in parts if part.start <= figure.start < part.end), None)
        if part is not None and (figure.start, figure.end) in fitting:
            yield _Figure(evidence, figure, part, _period(question, sentence, figure))


def _period(question: Question, sentence: str, figure: Quantity) -> Span | None:
    """The last phase or year before a figure, which it is said under; of a date, only a phase."""
    kinds = ("ordinal",) if question.type == "time" else ("ordinal", "date")
    spans = [Span(one.start, one.end) for one in quantities(sentence) if one.kind in kinds and one.end <= figure.start]
    if question.type != "time":
        folded = fold(sentence)
        relative = (folded.original(*match.span()) for match in _RELATIVE.finditer(folded.text))
        spans += [span for span in relative if span.end <= figure.start]
    return max(spans, key=lambda span: span.start, default=None)


def _others(question: Question, found: Sequence[Evidence], own: _Figure, aligner: Aligner) -> Iterator[_Figure]:
    """The figures for the same thing in the best sentences, as often as they differ."""
    seen = [own.figure]
    for evidence in found[:LOOKED_AT]:
        if _worth(evidence) < AS_GOOD * _worth(found[0]):
            continue
        for other in _figures(question, evidence):
            fresh = not any(other.figure.same(one) for one in seen) and own.figure.comparable(other.figure)
            if fresh and own.figure.unit == other.figure.unit and _of_the_same(question, own, other, aligner):
                seen.append(other.figure)
                yield other


def _worth(evidence: Evidence) -> float:
    """The score without the reader's part, which believes in one passage at the cost of the others."""
    return evidence.score - RANKING.answering * evidence.answering


def _of_the_same(question: Question, own: _Figure, other: _Figure, aligner: Aligner) -> bool:
    """Whether a figure is said in all the words of the question that the answer is said in.

    What stands before the phase in the answer's own sentence goes for the phases behind it too: 码头一期投资2亿元,
    二期投资3亿元. A part of the answer, 其中二期3亿元, is no rival.
    """
    same_clause = own.evidence.hit is other.evidence.hit and own.place == other.place
    if same_clause or _PART.search(fold(other.said).text):
        return False
    placed = [f"{one.evidence.hit.paragraph.context} {one.said}" for one in (own, other)]
    above = own.evidence.text[: own.period.start] if own.period and own.evidence is other.evidence else ""
    mine, theirs = (letters(question.terms, aligner.read(text)) for text in (placed[0], f"{above} {placed[1]}"))
    spoken = letters(question.terms, aligner.read(own.said.removeprefix(above)))
    there = letters(question.terms, aligner.read(other.said))
    return bool(((mine < SAID) | (theirs >= SAID)).all() and ((spoken < SAID) | (there >= SAID)).all() and mine.any())


def _labels(question: Question, own: _Figure, other: _Figure, aligner: Aligner) -> tuple[str, str] | None:
    """What tells two figures apart, in the documents' words; nothing, where nothing does or one is just what was asked.

    A clause that begins with the question's own words, 补助标准500元, is what was asked.
    """
    one, two = own.under, other.under
    if one and two and fold(one).text != fold(two).text:
        return one, two
    heads = (_head(question, own, aligner), _head(question, other, aligner))
    if all(heads) and heads[0] != heads[1]:
        return heads
    places = [(figure.evidence.hit.paragraph.article, figure.evidence.hit.paragraph.section) for figure in (own, other)]
    if any(heads) or one or two:
        return None
    for mine, theirs in zip(*places, strict=True):
        if mine and theirs and mine != theirs:
            return mine, theirs
    return None


def _head(question: Question, figure: _Figure, aligner: Aligner) -> str:
    """What a clause says before the first word of the question, with the words up to the figure: 城镇居民补助标准."""
    before = figure.before.strip(_TRIM)
    folded = aligner.read(before).folded
    places = [folded.find(term.text) for term in question.terms if term.text in folded]
    return before if places and min(places) > 0 and len(before) <= LONGEST_LABEL else ""


def _rival(figure: _Figure, label: str) -> Rival:
    start = figure.evidence.span.start
    local = with_hedge(figure.evidence.text, Span(figure.figure.start, figure.figure.end))
    held = [local, figure.clause]
    if figure.period is not None:
        held.append(figure.period)
    spans = tuple(Span(start + span.start, start + span.end) for span in held)
    return Rival(figure.evidence, spans[0], label, spans[1:])
