"""Finds what may be asked next: of the same section, of the article's other sections, of other articles nearby.

Every question is asked first, in the chat as it is, and offered only if the answer cites the paragraph that it was made
from and says something new. How many are tried is bounded, so that it costs the same in the largest corpus. Knows
nothing of screens.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from index.errors import QueryError
from index.paragraph import Paragraph
from index.store import ParagraphIndex
from index.text import fold
from rag.answer import Answer
from rag.examples import figure_questions, headline_questions, section_questions

MOST = 3
MOST_TRIED = 12  # questions asked to find those; each costs as much as an answer
LOOKED_AT = 60  # paragraphs around the cited one: a long article is not read through
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a chat stands: the paragraph that was cited, its article in reading order, and what else was found.

    ``spare`` are questions about anything that the corpus is known to answer, for a place where there is little to ask.
    """

    cited: Paragraph | None = None
    article: Sequence[Paragraph] = ()
    others: Sequence[Paragraph] = ()
    spare: Sequence[str] = ()


def surroundings(answer: Answer, index: ParagraphIndex, *, hits: int, spare: Sequence[str]) -> Surroundings:
    """Where an answer stands in the index; only what is ``spare`` where it stands nowhere.

    :param hits: paragraphs looked for that are of other articles, perhaps.
    """
    nearest = answer.refusal.nearest if answer.refusal else None
    cited = next((one.paragraph for one in (*answer.citations, nearest) if one is not None), None)
    if cited is None:
        return Surroundings(spare=spare)
    try:
        article = index.article(cited.id)
    except QueryError:  # the index has changed since
        return Surroundings(spare=spare)
    found = (hit.paragraph for hit in index.search(answer.understood, k=hits))
    others = [one for one in found if (one.document, one.article) != (cited.document, cited.article)]
    return Surroundings(cited, article, others, spare)


def suggestions(
    answer: Answer, around: Surroundings, *, asked: Sequence[str], reply: Callable[[str], Answer]
) -> tuple[str, ...]:
    """At most :data:`MOST` questions that the corpus answers, none of them ``asked`` before.

    :param reply: the answer that a question would get now.
    """
    told = {citation.quote for citation in answer.citations}
    known = {_same(question) for question in (*asked, answer.question, answer.understood)}
    found: list[str] = []
    tried = 0
    for question, made_from in _candidates(around):
        if len(found) == MOST or tried == MOST_TRIED:
            break
        if _same(question) in known:
            continue
        known.add(_same(question))
        tried += 1
        cited = reply(question).citations
        quotes = {one.quote for one in cited if made_from is None or one.paragraph.id == made_from.id}
        if quotes - told:
            told |= quotes
            found.append(question)
    return tuple(found)


def _candidates(around: Surroundings) -> Iterator[tuple[str, Paragraph | None]]:
    """Questions and what they were made from: one of each kind in turn, the nearest first, then the spare ones."""
    near = _nearest(around)
    headings = around.cited.headings if around.cited else ()
    same = [one for one in near if one.headings == headings]
    rest = [one for one in near if one.headings != headings]
    kinds = (
        _made(figure_questions, same),
        _made(section_questions, rest),
        _made(figure_questions, around.others),
        _made(figure_questions, rest),
        _made(headline_questions, around.others),
        _made(section_questions, around.others),
    )
    yield from (one for one in chain.from_iterable(zip_longest(*kinds)) if one is not None)
    yield from ((question, None) for question in around.spare)


def _made(
    make: Callable[[Paragraph], Iterator[str]], paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[str, Paragraph | None]]:
    return ((question, paragraph) for paragraph in paragraphs for question in make(paragraph))


def _nearest(around: Surroundings) -> list[Paragraph]:
    """The paragraphs of the article, those about the cited one first: the one itself, the next, the one before, …"""
    here = next((row for row, one in enumerate(around.article) if around.cited and one.id == around.cited.id), 0)
    rows = sorted(range(len(around.article)), key=lambda row: (abs(row - here), row < here))
    return [around.article[row] for row in rows[:LOOKED_AT]]


def _same(question: str) -> str:
    """What two questions have in common that differ in width, script or punctuation only."""
    return _PUNCTUATION.sub("", fold(question).text)
