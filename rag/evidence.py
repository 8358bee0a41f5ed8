"""Ranks the sentences of the hits for a question, and says what speaks for each. Knows nothing of wording an answer.

A sentence is evidence in so far as it covers what the question is about (by itself, or together with its paragraph and
its headings), means something near, and holds an expression of the kind that was asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from index.embedder import Encoder
from index.paragraph import Hit, Span
from index.text import sentences, simplify
from rag.alignment import Aligner
from rag.candidates import quotable, spoken, windows
from rag.expressions import TYPED, formless, holds
from rag.question import Question
from rag.reader import Reader, Reading

# What a yes-no question begins with is what it is about: the rest may be wrong.
SUBJECT_SHARE = 1.5
# How steeply the reader is believed less where the search is: the share of the best score, to this power.
PRIOR = 10.0
# Hits that would be believed less than this are not read, nor are those after so many: reading is half of the time.
LEAST_BELIEVED = 0.01
HITS_READ = 6
# The share from which the reader is believed about a name or a place that no form tells.
READ_SURELY = 0.6
# Characters up to which a longer quote is no worse than a shorter one.
LONG = 120
# What a word that only the paragraph or the headings have adds to a sentence's coverage.
PARAGRAPH_SHARE = 0.7
HEADING_SHARE = 0.8
# The information of a word, in nats, below which it tells next to nothing, and above which more tells no more.
LEAST_INFORMATION = 0.5
MOST_INFORMATION = 20.0


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature of a sentence counts for its rank."""

    own: float = 2.0
    coverage: float = 1.0
    similarity: float = 2.0
    fits: float = 0.5
    hit: float = 0.75
    length: float = 0.3
    joined: float = 0.25
    answering: float = 6.0


RANKING = Weights()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a hit: ``span`` in the paragraph's text, and what speaks for it.

    ``own`` is the share of the question's information that the sentence itself covers, ``coverage`` the share that it
    covers with its paragraph and headings, ``similarity`` the cosine of both, ``formed`` whether it holds an expression
    of the asked kind, ``answering`` how likely the reader finds the answer here rather than elsewhere or nowhere,
    ``fits`` whether either of the two makes it hold what was asked for,
    ``support`` how far the sentence covers each term of the question, ``reach`` the same with paragraph and headings,
    and ``ground`` with what says what it is about: its headings and the first sentence of its paragraph.
    *Shape:* (terms,).
    """

    hit: Hit
    span: Span
    reading: Reading | None
    own: float
    coverage: float
    similarity: float
    formed: bool
    fits: bool
    answering: float
    support: NDArray[np.float32]
    reach: NDArray[np.float32]
    ground: NDArray[np.float32]
    score: float

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
        return self.hit.paragraph.text[self.span.start : self.span.end]


def information(question: Question) -> NDArray[np.float32]:
    """The share of what the question tells that each of its terms tells: 1 in all. *Shape:* (terms,)."""
    raw = np.clip([term.information for term in question.terms], LEAST_INFORMATION, MOST_INFORMATION)
    if question.type == "yes_no" and len(raw):
        raw[0] *= SUBJECT_SHARE
    return np.asarray(raw / max(float(raw.sum()), 1e-9), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what is worked out of it once: its vector, *Shape:* (dimension,), and what its terms tell."""

    question: Question
    vector: NDArray[np.float32]
    told: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Source:
    """A hit, its share of the best score, and what the reader makes of it.

    ``believed`` turns what a part of it weighs for the reader into a share of what all hits and no answer weigh.
    """

    hit: Hit
    share: float
    reading: Reading | None
    believed: float


@dataclass(frozen=True, slots=True)
class _Place:
    """A span of a hit, and what its surroundings support, and what says what they are about. *Shape:* (terms,)."""

    source: _Source
    span: Span
    around: NDArray[np.float32]
    topic: NDArray[np.float32]


def _said_itself(question: Question, told: NDArray[np.float32]) -> float:
    """The share of what a question tells that it says itself, and does not take over from the chat before it."""
    own = [term.share >= 1 for term in question.terms]
    return float(told[own].sum()) if any(own) else 1.0


class EvidenceFinder:
    """Finds evidence with one lexicon and one encoder."""

    def __init__(self, aligner: Aligner, encoder: Encoder, reader: Reader, *, weights: Weights = RANKING) -> None:
        self.aligner = aligner
        self.encoder = encoder
        self.reader = reader
        self.weights = weights
        self.vectors = lru_cache(maxsize=1024)(self._encode)

    def find(self, question: Question, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
        """The sentences of the hits, best first: those that hold the asked kind of thing before the others."""
        if not hits:
            return ()
        best = max(1e-9, *(hit.score for hit in hits))
        asked = _Asked(question, self.vectors((question.text,))[0], information(question))
        shares = [hit.score / best for hit in hits]
        priors = [max(share, 0.0) ** PRIOR for share in shares]
        worth_reading = sum(prior >= LEAST_BELIEVED for prior in priors[:HITS_READ])  # the best come first
        readings = self.reader.read(question, tuple(hit.paragraph.text for hit in hits[:worth_reading]))
        wholes = [reading.weight(Span(0, len(reading.passage.text))) for reading in readings]
        total = 1 + sum(prior * whole for prior, whole in zip(priors, wholes, strict=False))
        said = _said_itself(question, asked.told)  # the reader sees nothing of the chat before
        sources = (
            _Source(hit, share, reading, said * prior / total)
            for hit, share, prior, reading in zip_longest(hits, shares, priors, readings)
        )
        found = [evidence for source in sources for evidence in self._of_source(asked, source)]
        return tuple(sorted(found, key=lambda one: (question.type in TYPED and not one.fits, -one.score)))

    def _of_source(self, asked: _Asked, source: _Source) -> Iterator[Evidence]:
        question, text = asked.question, source.hit.paragraph.text
        spans = quotable(text)
        if question.type in ("person", "title", "organisation"):
            spans = tuple(dict.fromkeys((*spans, *spoken(text))))
        if question.type in TYPED:
            spans = tuple(dict.fromkeys((*spans, *windows(text))))
        around, topic = self._around(question, source.hit)
        similarities = self.vectors(tuple(text[span.start : span.end] for span in spans)) @ asked.vector
        for span, similarity in zip(spans, similarities, strict=True):
            yield self._weigh(asked, _Place(source, span, around, topic), float(similarity))

    def _encode(self, texts: tuple[str, ...]) -> NDArray[np.float32]:
        """The vectors of a paragraph's spans. *Shape:* (spans, dimension)."""
        return np.asarray(self.encoder.encode([simplify(text) for text in texts]), dtype=np.float32)

    def _around(self, question: Question, hit: Hit) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What the paragraph and its headings support, and what its headings and first sentence do.

        *Shape:* (terms,) each.
        """
        text = hit.paragraph.text
        first = sentences(text)[0]
        paragraph = self.aligner.support(question.terms, self.aligner.read(text)) * PARAGRAPH_SHARE
        opening = self.aligner.support(question.terms, self.aligner.read(text[first.start : first.end]))
        context = f"{hit.paragraph.context} {hit.paragraph.byline}"
        headings = self.aligner.support(question.terms, self.aligner.read(context)) * HEADING_SHARE
        return np.maximum(paragraph, headings), np.maximum(opening, headings)

    def _weigh(self, asked: _Asked, place: _Place, similarity: float) -> Evidence:
        question, told, source = asked.question, asked.told, place.source
        paragraph = source.hit.paragraph
        text = paragraph.text[place.span.start : place.span.end]
        if paragraph.role == "byline":  # it speaks of its article as a whole
            text = f"{paragraph.context} {text}"
        support = self.aligner.support(question.terms, self.aligner.read(text))
        reach = np.maximum(support, place.around)
        own, coverage = float(support @ told), float(reach @ told)
        answering = source.reading.weight(place.span) * source.believed if source.reading else 0.0
        formed = holds(text, question)
        fits = formed or (formless(question) and answering >= READ_SURELY)
        weights = self.weights
        score = (
            weights.own * own
            + weights.coverage * coverage
            + weights.similarity * similarity
            + weights.fits * fits
            + weights.hit * source.share
            + weights.answering * answering
            - weights.length * max(0, len(text) - LONG) / LONG
            - weights.joined * (len(sentences(text)) - 1)
        )
        ground = np.maximum(support, place.topic)
        return Evidence(
            hit=source.hit,
            span=place.span,
            reading=source.reading,
            own=own,
            coverage=coverage,
            similarity=similarity,
            formed=formed,
            fits=fits,
            answering=answering,
            support=support,
            reach=reach,
            ground=ground,
            score=score,
        )
