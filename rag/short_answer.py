"""Finds the short verbatim span of a sentence that answers: the figure, the date, the name, or the clause.

Knows nothing of ranking sentences or of refusing.
"""

import re

import numpy as np

from index.paragraph import Span
from index.text import fold
from rag.alignment import Aligner, letters
from rag.evidence import Evidence, information
from rag.expressions import expressions
from rag.quantities import quantities
from rag.question import Question

# A clause answers as a whole; several are joined up to this many characters.
LONGEST_CLAUSES = 48
# Kinds whose answers the reader tells better than rules do, and the score from which it is believed (0: it or none).
READ = frozenset({"fact", "place", "person", "organisation", "reason", "manner", "list"})
SURE = -1.0
# A comma or colon between digits belongs to a figure: 1,200 or 10:30.
_CLAUSE_END = re.compile(r"[;；。!！?？]|(?<!\d)[,，:：]|[,，:：](?!\d)")
_HEDGE = re.compile(r"(?:超过?|约|近|逾|不少于|不低于|至少|不超过|可达|达到?|再?提高|增长|下降|降低)+$")
# The clause of a date has to cover this share of what the best clause of its sentence covers of the question.
IN_PLACE = 0.35
_OPEN, _CLOSE = "“「『‘（(《", "”」』’）)》"
_TRIM = " ,，;；:：。、!！?？\n"


def short_answer(question: Question, evidence: Evidence, aligner: Aligner) -> Span:
    """The span, in the paragraph's text, that answers in a few words; the sentence, where nothing shorter does."""
    sentence = evidence.text
    found = expressions(sentence, question)
    read = _read(question, evidence)
    if read is not None:
        local = read
    elif found and question.type in ("quantity", "time", "author", "person", "organisation", "place"):
        local = nearest(question, sentence, found, aligner)
        if question.type in ("quantity", "time"):
            local = with_hedge(sentence, local)
        elif question.type == "person":
            local = _with_title(sentence, local)
    elif found and question.type == "title":
        local = _with_title(sentence, _named(question, sentence, found))
    else:
        local = _best_clauses(question, sentence, aligner)
    start = evidence.span.start
    return Span(start + local.start, start + local.end)


def _read(question: Question, evidence: Evidence) -> Span | None:
    """What the reader takes for the answer, in the sentence; nothing where it finds none, or where forms tell more."""
    if evidence.reading is None or question.type not in READ:
        return None
    span, score = evidence.reading.best_span(evidence.span)
    if score < SURE:
        return None
    start = evidence.span.start
    return _closed(evidence.text, _trimmed(evidence.text, Span(span.start - start, span.end - start)))


def _closed(sentence: str, span: Span) -> Span:
    """The span with the mark beside it that closes what it opens or opens what it closes: “甲 becomes “甲”."""
    said = sentence[span.start : span.end]
    for opening, closing in zip(_OPEN, _CLOSE, strict=True):
        missing = said.count(opening) - said.count(closing)
        if missing > 0 and sentence.startswith(closing, span.end):
            return Span(span.start, span.end + 1)
        if missing < 0 and sentence.endswith(opening, 0, span.start):
            return Span(span.start - 1, span.end)
    return span


def clauses(sentence: str) -> tuple[Span, ...]:
    """The clauses of a sentence without their closing marks; what quotation marks and brackets enclose is not cut."""
    spans, start, depth = [], 0, 0
    for position, character in enumerate(sentence):
        depth += (character in _OPEN) - (character in _CLOSE and depth > 0)
        if depth == 0 and _CLAUSE_END.match(sentence, position):
            spans.append(Span(start, position))
            start = position + 1
    spans.append(Span(start, len(sentence)))
    return tuple(span for span in (_trimmed(sentence, span) for span in spans) if len(span))


def out_of_place(question: Question, evidence: Evidence, aligner: Aligner) -> bool:
    """Whether the date that would answer stands in a clause about something else: 桥已完工,五月修路 for 桥何时完工."""
    sentence = evidence.text
    found = expressions(sentence, question)
    if question.type != "time" or question.language == "en" or not found:
        return False
    place = nearest(question, sentence, found, aligner)
    cover = {part: _covered(question, sentence[part.start : part.end], aligner) for part in clauses(sentence)}
    own = next((cover[part] for part in cover if part.start <= place.start < part.end), 0.0)
    return own < IN_PLACE * max(cover.values(), default=0.0)


def nearest(question: Question, sentence: str, found: tuple[Span, ...], aligner: Aligner) -> Span:
    """The expression whose clause covers most of the question; of several in one clause, the one after most of it.

    Where the question names a year or a phase, one said under that comes before those said under another.
    """
    parts = clauses(sentence) or (Span(0, len(sentence)),)

    def worth(span: Span) -> tuple[int, float, float]:
        part = next((part for part in parts if part.start <= span.start < part.end), parts[-1])
        return (
            _led(question, sentence, span),
            _covered(question, sentence[part.start : part.end], aligner),
            _covered(question, sentence[part.start : span.start], aligner),
        )

    asked = {term.text for term in question.terms}
    fresh = [span for span in found if fold(sentence[span.start : span.end]).text not in asked] or list(found)
    return max(fresh, key=worth)


def with_hedge(sentence: str, span: Span) -> Span:
    """``超`` belongs to ``超500个``."""
    hedge = _HEDGE.search(sentence[: span.start])
    return Span(hedge.start(), span.end) if hedge and len(hedge[0]) <= 2 else span


def _led(question: Question, sentence: str, span: Span) -> int:
    """How many years and phases that the question names hold for an expression, less those of which another does."""
    before = [one for one in quantities(sentence) if one.end <= span.start]
    led = 0
    for asked in question.quantities:
        last = next((one for one in reversed(before) if (one.kind, one.unit) == (asked.kind, asked.unit)), None)
        if asked.kind in ("date", "ordinal") and last is not None:
            led += 1 if last.covers(asked) else -1
    return led


def _covered(question: Question, piece: str, aligner: Aligner) -> float:
    """What a piece of text covers of the question, 0 to 2.

    By its letters counts twice, since what is near in meaning only may be the rival: 开工 is near 竣工.
    """
    text = aligner.read(piece)
    support = aligner.support(question.terms, text) + letters(question.terms, text)
    return float(support @ information(question))


def _named(question: Question, sentence: str, found: tuple[Span, ...]) -> Span:
    for span in found:
        if fold(sentence[span.start : span.end]).text in question.folded:
            return span
    return found[0]


def _with_title(sentence: str, name: Span) -> Span:
    """The name and what stands before it in its clause, if that reads as a title: ``某集团副总经理张三``."""
    before = sentence[: name.start]
    cut = max((before.rfind(mark) for mark in "。”」』;；,，!?！？:："), default=-1)
    return _trimmed(sentence, Span(cut + 1, name.end))


def _best_clauses(question: Question, sentence: str, aligner: Aligner) -> Span:
    """The run of clauses, short enough, that covers most of the question; the shorter of two that cover the same."""
    parts = clauses(sentence)
    if not parts or len(sentence) <= LONGEST_CLAUSES:
        return _trimmed(sentence, Span(0, len(sentence)))
    told = information(question)
    best, worth = parts[0], -1.0
    for first in range(len(parts)):
        for last in range(first, len(parts)):
            span = Span(parts[first].start, parts[last].end)
            if last > first and len(span) > LONGEST_CLAUSES:
                break
            covered = float(
                np.dot(aligner.support(question.terms, aligner.read(sentence[span.start : span.end])), told)
            )
            if covered - 0.002 * len(span) > worth:
                best, worth = span, covered - 0.002 * len(span)
    return best


def _trimmed(sentence: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and sentence[start] in _TRIM:
        start += 1
    while end > start and sentence[end - 1] in _TRIM:
        end -= 1
    return Span(start, end)
