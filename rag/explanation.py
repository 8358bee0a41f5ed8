"""Tells why an answer stands on its passages, and why others were passed over. Decides nothing and words nothing.

What the search and the evidence measured is laid out: ranks and scores, the words of the question and where they stand,
what each part adds to a sentence's score, and the verdict. Knows nothing of screens or of chats.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from index.paragraph import Hit, Paragraph
from index.store import ParagraphIndex
from index.text import sentences
from rag.answer import Answer, Citation
from rag.evidence import LONG, Evidence, EvidenceFinder, Weights, information
from rag.expressions import TYPED
from rag.judgement import Judgement, Part, judgement
from rag.matches import SPOKEN, Word, runs, words
from rag.premise import corrected
from rag.question import AnswerType, Question, read_question
from rag.refusal import TELLING
from rag.sections import asked_section
from rag.watched import Asking

Reason = Literal[
    "best", "beside", "corrects", "point", "model",
    "nearest", "formless", "lacks", "reader", "unlike", "found", "long",
]  # fmt: skip
"""Why a passage is cited (the first line), or why not."""

# What a passage falls behind in, by the parts of its score.
_BEHIND: dict[Reason, tuple[str, ...]] = {
    "unlike": ("own", "coverage", "similarity"),
    "formless": ("fits",),
    "reader": ("answering",),
    "found": ("hit",),
    "long": ("length", "joined"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: how it was found, the sentence of it that speaks best for the question, and what became of it.

    ``rank`` counts the joined list from 1; it and ``hit`` are absent where the passage was not searched for but stands
    under a heading that was asked about. ``terms`` are the stretches of the question that the lexical leg matched,
    ``parts`` what makes up the ``score`` of the sentence; ``lacking`` are the words that a passed over one lacks.
    """

    paragraph: Paragraph
    reason: Reason
    citation: Citation | None = None
    rank: int | None = None
    hit: Hit | None = None
    terms: tuple[str, ...] = ()
    evidence: Evidence | None = None
    parts: tuple[Part, ...] = ()
    words: tuple[Word, ...] = ()
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A question as it was understood, its passages (the cited ones first, then by rank), and the verdict.

    There is no verdict where a heading was asked about: its points are the answer.
    """

    understood: str
    type: AnswerType
    passages: tuple[Passage, ...]
    judgement: Judgement | None
    index_version: str = ""

    @property
    def cited(self) -> tuple[Passage, ...]:
        """The passages that the answer cites, in the order of its numbers."""
        return tuple(passage for passage in self.passages if passage.citation is not None)

    @property
    def passed_over(self) -> tuple[Passage, ...]:
        """The other passages found."""
        return tuple(passage for passage in self.passages if passage.citation is None)


class Explainer:
    """Explains answers with the same parts that they were found with."""

    def __init__(self, finder: EvidenceFinder, index: ParagraphIndex, *, caution: float = 0.0) -> None:
        """
        :param caution: the log odds that an answer needs.
        """
        self.finder = finder
        self.aligner = finder.aligner
        self.index = index
        self.caution = caution

    def explain(self, asking: Asking, shown: Answer | None = None) -> Explanation:
        """Why a question got its answer.

        :param shown: the answer as it was shown, whose citations a language model may have chosen.
        """
        read = read_question(asking.asked.question, self.aligner.lexicon, context=asking.asked.context)
        found = self.finder.find(read, asking.hits)
        cited = (shown or asking.answer).citations
        weighing = _Weighing(self, asking, read, found)
        points = self._by_points(read, asking)
        refusal = asking.answer.refusal
        verdict = None
        if not points:
            kind = refusal.kind if refusal else None
            verdict = judgement(read, found, kind=kind, caution=self.caution, aligner=self.aligner)
        passages = (*(weighing.cited(one, points=points) for one in cited), *weighing.passed_over(cited))
        return Explanation(asking.asked.understood, read.type, passages, verdict, self.index.version)

    def _by_points(self, question: Question, asking: Asking) -> bool:
        """Whether the answer is the points under a heading."""
        if not asking.answer.citations:
            return False
        article = self.index.article(asking.answer.citations[0].paragraph.id)
        section = asked_section(question, article, self.aligner)
        return section is not None and section.heading == asking.answer.short


@dataclass(frozen=True, slots=True)
class _Weighing:
    """One question's evidence, against which each of its passages is held."""

    by: Explainer
    asking: Asking
    question: Question
    found: tuple[Evidence, ...]

    def cited(self, citation: Citation, *, points: bool) -> Passage:
        here = [one for one in self.found if one.hit.paragraph.id == citation.paragraph.id]
        evidence = max(here, key=lambda one: _overlap(one, citation), default=None)
        return self._passage(citation.paragraph, evidence, self._chosen_for(evidence, citation, points), citation)

    def passed_over(self, cited: Sequence[Citation]) -> Iterator[Passage]:
        """The hits that no citation is of, in the order of the search."""
        taken = {one.paragraph.id for one in cited}
        for hit in self.asking.hits:
            if hit.paragraph.id not in taken:
                evidence = next((one for one in self.found if one.hit is hit), None)
                yield self._passage(hit.paragraph, evidence, self._passed_for(evidence))

    def _passage(
        self, paragraph: Paragraph, evidence: Evidence | None, reason: Reason, citation: Citation | None = None
    ) -> Passage:
        if evidence is None:
            return Passage(paragraph, reason, citation)
        aligner, hit = self.by.aligner, evidence.hit
        return Passage(
            paragraph=paragraph,
            reason=reason,
            citation=citation,
            rank=next(rank for rank, one in enumerate(self.asking.hits, start=1) if one is hit),
            hit=hit,
            terms=runs(self.asking.asked.query, hit.terms),
            evidence=evidence,
            parts=self._parts(evidence),
            words=words(self.question, evidence, aligner),
            lacking=self._lacking(evidence),
        )

    def _parts(self, evidence: Evidence) -> tuple[Part, ...]:
        best = max(1e-9, *(hit.score for hit in self.asking.hits))
        return score_parts(evidence, self.by.finder.weights, share=evidence.hit.score / best)

    def _chosen_for(self, evidence: Evidence | None, citation: Citation, points: bool) -> Reason:
        if points:
            return "point"
        if evidence is None or citation not in self.asking.answer.citations:
            return "model" if evidence is not self.found[0] else "best"
        wrong = corrected(self.question, self.found, self.by.aligner)
        if wrong is not None and wrong.evidence is evidence:
            return "corrects"
        return "best" if evidence is self.found[0] else "beside"

    def _passed_for(self, evidence: Evidence | None) -> Reason:
        """In which part of its score a passage falls furthest behind the best sentence."""
        if evidence is None:
            return "found"
        best = self.found[0]
        if evidence is best:
            return "nearest"
        if self.question.type in TYPED and best.fits and not evidence.fits:
            return "formless"
        if self._told(self._lacking(evidence)) >= TELLING:  # a reason that anybody can check comes first
            return "lacks"
        most, own = ({part.name: part.contribution for part in self._parts(one)} for one in (best, evidence))
        return max(_BEHIND, key=lambda reason: sum(most[name] - own[name] for name in _BEHIND[reason]))

    def _told(self, words: Sequence[str]) -> float:
        """The share of the question that some of its words tell."""
        pairs = zip(self.question.terms, information(self.question), strict=True)
        return sum(float(share) for term, share in pairs if term.text in words)

    def _lacking(self, evidence: Evidence) -> tuple[str, ...]:
        """The words of which the best sentence speaks, with its paragraph and headings, and this one does not."""
        there, here = self.found[0].reach, evidence.reach
        pairs = zip(self.question.terms, there, here, strict=True)
        return tuple(term.text for term, best, own in pairs if own < SPOKEN <= best)


def score_parts(evidence: Evidence, weights: Weights, *, share: float) -> tuple[Part, ...]:
    """What makes up the score of a sentence.

    :param share: the joined score of its paragraph, as a share of the best one's.
    """
    paragraph = evidence.hit.paragraph
    text = f"{paragraph.context} {evidence.text}" if paragraph.role == "byline" else evidence.text
    measured = {
        "hit": share,
        "length": -max(0, len(text) - LONG) / LONG,
        "joined": -float(len(sentences(text)) - 1),
    }
    return tuple(
        Part(one.name, float(measured.get(one.name, getattr(evidence, one.name, 0.0))), getattr(weights, one.name))
        for one in fields(weights)
    )


def _overlap(evidence: Evidence, citation: Citation) -> tuple[int, int]:
    """How many characters a sentence and a quote share; of two sentences the shorter one is meant."""
    shared = min(evidence.span.end, citation.end) - max(evidence.span.start, citation.start)
    return max(0, shared), -len(evidence.span)
