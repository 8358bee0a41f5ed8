"""Tells where the words of a question stand in a passage, and by what they were found: letters, a part, or meaning.

``盘活`` stands in 盘活存量; ``投资额`` in part, where 总投资 stands; ``大夫`` by its meaning, where 医生 stands.
Knows nothing of scores, of answers or of screens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from index.paragraph import Span
from index.text import fold
from rag.alignment import Aligner, letters
from rag.evidence import Evidence, information
from rag.question import Question, Term

Match = Literal["letters", "part", "meaning", "none"]
Where = Literal["sentence", "paragraph", "heading", "nowhere"]

# The support from which a word counts as spoken of: what is less is chance.
SPOKEN = 0.25


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the question, and what speaks for it in a passage.

    ``told`` is its share of what the question tells, ``support`` how far it is said where it is said best, ``said``
    the words that stand there, and ``spans`` where, in the paragraph's text; none for what stands in the headings.
    """

    text: str
    told: float
    support: float
    match: Match
    where: Where
    said: str = ""
    spans: tuple[Span, ...] = ()


def words(question: Question, evidence: Evidence, aligner: Aligner) -> tuple[Word, ...]:
    """Every word of the question in the light of one sentence, its paragraph and its headings."""
    paragraph = evidence.hit.paragraph
    pieces: tuple[tuple[Where, str, int | None], ...] = (
        ("sentence", evidence.text, evidence.span.start),
        ("paragraph", paragraph.text, 0),
        ("heading", f"{paragraph.context} {paragraph.byline}", None),
    )
    supports = np.stack([aligner.support(question.terms, aligner.read(text)) for _, text, _ in pieces])
    found = []
    for index, (term, told) in enumerate(zip(question.terms, information(question), strict=True)):
        best = next((place for place in range(len(pieces)) if supports[place, index] >= SPOKEN), None)
        if best is None:
            found.append(Word(term.text, float(told), float(supports[:, index].max()), "none", "nowhere"))
            continue
        where, text, start = pieces[best]
        match, spans = _found(question.terms, index, text, aligner)
        there = () if start is None else tuple(Span(start + span.start, start + span.end) for span in spans)
        said = "、".join(dict.fromkeys(text[span.start : span.end] for span in spans))
        found.append(Word(term.text, float(told), float(supports[best, index]), match, where, said, there))
    return tuple(found)


def runs(query: str, terms: Sequence[str]) -> tuple[str, ...]:
    """The stretches of a query that its matched terms make up; characters that stand alone are none.

    ``runs("盘活的闲置土地", ("盘", "的", "盘活", "闲置", "置土", "土地"))`` gives 盘活 and 闲置土地.
    """
    folded = fold(query).text
    joined = [False] * len(folded)  # whether a character belongs together with the next one
    for term in terms:
        for start in _starts(term, folded):
            joined[start : start + len(term) - 1] = [True] * (len(term) - 1)
    found, start = [], 0
    for position, on in enumerate(joined):
        if not on:
            if position > start:
                found.append(folded[start : position + 1])
            start = position + 1
    return tuple(dict.fromkeys(found))


def _found(terms: tuple[Term, ...], index: int, text: str, aligner: Aligner) -> tuple[Match, tuple[Span, ...]]:
    """By what a term was found in a text, and where."""
    term, read, folded = terms[index], aligner.read(text), fold(text)
    by_letters = float(letters((term,), read)[0])
    if by_letters + 1e-6 >= float(aligner.support(terms, read)[index]):
        piece = next((piece for piece in _pieces(term.text) if piece in folded.text), "")
        spans = tuple(folded.original(start, start + len(piece)) for start in _starts(piece, folded.text))
        return ("letters" if piece == term.text else "part"), spans
    word = read.words[int(np.argmax(aligner.matrix(terms)[index] @ read.vectors.T))]
    return "meaning", (folded.original(word.start, word.end),)


def _pieces(word: str) -> Iterator[str]:
    """The word, then its parts of two characters and more, the longest first."""
    yield word
    for length in range(len(word) - 1, 1, -1):
        yield from (word[i : i + length] for i in range(len(word) - length + 1))


def _starts(piece: str, text: str) -> Iterator[int]:
    """Every place at which a piece stands in a text."""
    start = text.find(piece) if piece else -1
    while start >= 0:
        yield start
        start = text.find(piece, start + 1)
