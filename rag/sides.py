"""Answers a comparison from the answers to its two sides: each side's own words, and which has more where figures tell.

Where the documents state nothing of one side, it is named as missing. Knows nothing of finding what either side gets.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from math import inf

from index.paragraph import Hit, Span
from index.text import HAN
from rag.alignment import Aligner, letters
from rag.answer import Answer, Asked, Citation, Latency, Refusal
from rag.citations import cite, defects, quoted
from rag.comparison import Comparison, Side, compared
from rag.difference import EQUALS, MINUS, difference
from rag.evidence import information
from rag.hedges import DOWNWARDS, UPWARDS
from rag.messages import Language, Said, say
from rag.quantities import Quantity, quantities
from rag.quantity import date_parts
from rag.question import Question, read_question
from rag.short_answer import clauses

# The share of what tells one side from the other that its paragraph has to say.
SPOKEN_OF = 0.5
_OF_BOTH = re.compile("^(?:两者|二者|双方|两个|共同|均|都|一起|分别)")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the documents state of one side: the words that answer, and the citation that bears them."""

    side: Side
    own: Question
    """The words of its name that the other side does not have."""

    short: str
    citation: Citation
    hits: tuple[Hit, ...]

    @property
    def figure(self) -> Quantity | None:
        """The figure that answers, as its quote has it."""
        there = quantities(self.citation.quote)
        return next((one for one in there if one.text in self.short or self.short in one.text), None)


def compare(asked: Asked, answer: Callable[[Asked], Answer], aligner: Aligner) -> Answer:
    """The answer to a question, of both sides where it compares two.

    :param answer: gives the answer to a question that compares nothing.
    """
    comparison = compared(asked)
    if comparison is None:
        return answer(asked)
    sides = tuple(answer(side.asked) for side in comparison.sides)
    both = side_by_side(asked.question, comparison, sides, aligner)
    if both is None:
        return answer(asked)
    spent = (sum(times) for times in zip(*(astuple(one.latency) for one in sides), strict=True))
    return replace(both, understood=asked.understood, latency=Latency(*spent))


def side_by_side(question: str, comparison: Comparison, answers: Sequence[Answer], aligner: Aligner) -> Answer | None:
    """Both sides, labelled and cited; a refusal that names the one that is missing; nothing, where both are.

    :param answers: what each side got, asked about by itself.
    """
    language: Language = "zh" if _HAN.search(question) else "en"
    own = _own(comparison, aligner)
    pairs = tuple(zip(comparison.sides, answers, own, strict=True))
    one, other = (
        _stated(pair[0], pair[1], names, aligner) for pair, names in zip(pairs, (own, own[::-1]), strict=True)
    )
    if one is None or other is None:
        return _lacking(question, comparison, one or other, language)
    if comparison.kind != "contrast" and one.short == other.short and _overlap(one.citation, other.citation):
        return None  # one figure for both: the documents do not tell them apart
    if comparison.kind == "contrast":
        one, other = _apart(one, other, aligner)
    answer = _written(question, comparison, (one, other), language)
    return None if defects(answer.text, answer.citations) else answer


def _own(comparison: Comparison, aligner: Aligner) -> tuple[Question, Question]:
    """The words of each side's name that the other's does not have."""
    one, other = (read_question(side.name, aligner.lexicon) for side in comparison.sides)
    said = [{term.text for term in read.terms} for read in (one, other)]
    return (
        replace(one, terms=tuple(term for term in one.terms if term.text not in said[1])),
        replace(other, terms=tuple(term for term in other.terms if term.text not in said[0])),
    )


def _stated(side: Side, answer: Answer, names: tuple[Question, Question], aligner: Aligner) -> _Stated | None:
    """What an answer states of a side; nothing, where it is none, or is about the other one."""
    if answer.refused or not answer.citations:
        return None
    borne = (citation for citation in answer.citations if answer.short in citation.quote)
    citation = next(borne, answer.citations[0])
    paragraph = citation.paragraph
    quote = f"{paragraph.context} {citation.quote}"
    own, others = (_spoken_of(name, quote, aligner) for name in names)
    if own < others or _spoken_of(names[0], f"{quote} {paragraph.text}", aligner) < SPOKEN_OF:
        return None
    return _Stated(side, names[0], answer.short, citation, answer.hits)


def _spoken_of(name: Question, text: str, aligner: Aligner) -> float:
    """The share of a name that a text has, by its letters; an English name over Chinese text by its meaning."""
    if not name.terms:
        return 1.0
    read = aligner.read(text)
    found = aligner.support(name.terms, read) if name.language == "en" else letters(name.terms, read)
    return float(found @ information(name))


def _lacking(question: str, comparison: Comparison, there: _Stated | None, language: Language) -> Answer | None:
    """The refusal that names the side of which nothing is stated, with what is stated of the other."""
    if there is None:
        return None
    missing = next(side for side in comparison.sides if side is not there.side)
    reason = say("comparison.missing", language, there=there.side.name, short=there.short, missing=missing.name)
    return Answer(question, reason, refusal=Refusal("not_stated", reason, there.citation), hits=there.hits)


def _written(question: str, comparison: Comparison, both: tuple[_Stated, _Stated], language: Language) -> Answer:
    """A line for which has more, one for each side, and the quotes."""
    citations, numbers = _cited(both)
    labels = [say("comparison.side", language, side=stated.side.name, short=stated.short) for stated in both]
    verdict = _verdict(comparison, both, language)
    markers = "".join(f"[{number}]" for number in dict.fromkeys(numbers))
    lines = [] if verdict is None else [f"{verdict}{markers}"]
    lines += [f"{label}[{number}]" for label, number in zip(labels, numbers, strict=True)]
    short = "; ".join(labels) if verdict is None else verdict
    own = (*([] if verdict is None else [verdict]), *labels)
    hits = (*both[0].hits, *(hit for hit in both[1].hits if hit not in both[0].hits))
    text = "\n".join((*lines, *quoted(citations)))
    return Answer(question, text, short=short, citations=citations, hits=hits, own=own)


def _apart(one: _Stated, other: _Stated, aligner: Aligner) -> tuple[_Stated, _Stated]:
    """The sides' statements, each in the clauses that speak of its side only."""
    return replace(one, short=_said_of(one, other, aligner)), replace(other, short=_said_of(other, one, aligner))


def _said_of(stated: _Stated, other: _Stated, aligner: Aligner) -> str:
    """The clauses of the quote from the first that names this side to the next that names the other one."""
    quote = stated.citation.quote
    parts = clauses(quote)
    texts = [quote[part.start : part.end] for part in parts]
    own = [_spoken_of(stated.own, text, aligner) for text in texts]
    others = [_spoken_of(other.own, text, aligner) for text in texts]
    first = next((i for i in range(len(parts)) if own[i] >= SPOKEN_OF and own[i] > others[i]), None)
    if first is None:
        return stated.short
    ends = (
        i
        for i in range(first + 1, len(parts))
        if _OF_BOTH.search(texts[i]) or (others[i] >= SPOKEN_OF and others[i] > own[i])
    )
    return quote[parts[first].start : parts[next(ends, len(parts)) - 1].end]


def _cited(both: tuple[_Stated, _Stated]) -> tuple[tuple[Citation, ...], tuple[int, int]]:
    """The citations of both sides, one where they overlap, and the number of each side's."""
    one, other = (stated.citation for stated in both)
    if not _overlap(one, other):
        return (replace(one, number=1), replace(other, number=2)), (1, 2)
    whole = Span(min(one.start, other.start), max(one.end, other.end))
    return (cite(1, one.paragraph, whole),), (1, 1)


def _overlap(one: Citation, other: Citation) -> bool:
    return one.paragraph.id == other.paragraph.id and one.start < other.end and other.start < one.end


def _verdict(comparison: Comparison, both: tuple[_Stated, _Stated], language: Language) -> Said | None:
    """Which side has more, and by how much where that was asked and is exact; nothing, where figures do not tell."""
    one, other = (stated.figure for stated in both)
    order = _order(one, other) if one is not None and other is not None else None
    if one is None or other is None or order is None or comparison.kind not in ("more", "difference"):
        return None
    if order == 0:
        return say("comparison.same", language)
    more, less = (0, 1) if order > 0 else (1, 0)
    asked_for = both[more if comparison.upwards else less].side.name
    word = {"先": "早", "后": "晚"}.get(comparison.word, comparison.word)
    key = "comparison.verdict" if word else "comparison.larger"
    verdict = say(key, language, side=asked_for, word=word)
    figures = (one, other) if order > 0 else (other, one)
    by = difference(*figures) if comparison.kind == "difference" else None
    if by is None:
        return verdict
    sum_ = f"{figures[0].text} {MINUS} {figures[1].text} {EQUALS} {by}"
    return say("comparison.difference", language, verdict=verdict, sum=sum_)


def _order(one: Quantity, other: Quantity) -> int | None:
    """1 where the first figure is larger, -1 where it is smaller, 0 where both are the same; nothing where unclear."""
    if one.kind != other.kind or one.unit != other.unit:
        return None
    if one.kind == "date" and _said(one) != _said(other):
        return None  # 2027年 is neither before nor after 2027年3月
    (low, high), (lowest, highest) = _bounds(one), _bounds(other)
    if low > highest:
        return 1
    if high < lowest:
        return -1
    exact = not (one.approximate or other.approximate)
    return 0 if exact and (low, high) == (lowest, highest) else None


def _bounds(one: Quantity) -> tuple[float, float]:
    """The least and the most that a figure may be."""
    return -inf if one.bound in DOWNWARDS else one.value, inf if one.bound in UPWARDS else one.most


def _said(date: Quantity) -> tuple[bool, ...]:
    return tuple(part > 0 for part in date_parts(date.value))
