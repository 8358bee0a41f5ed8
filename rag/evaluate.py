"""Measures answers against a question set: retrieval, answers, citations, refusals.

A question is a JSON object: ``id``, ``kind``, ``q``, ``history``; ``must`` (groups of alternatives, one of which the
answer has to contain), ``gold`` (groups of quotes, one of which a cited paragraph has to contain), ``doc`` (the
headline that has to be cited), ``refuse`` (nothing in the corpus answers), ``must_not``. Compared after folding width,
script and white space. Knows nothing of how answers are made.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from index.paragraph import Hit
from index.text import fold
from rag.answer import Answer
from rag.citations import MARKERS

SHORT_FACT_KINDS = frozenset({"num", "when", "who", "where", "fact", "para", "trad", "typo", "en", "premise"})


@dataclass(frozen=True, slots=True)
class Expected:
    """One question of a set, and what its answer has to fulfil."""

    id: str
    kind: str
    question: str
    history: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    gold: tuple[tuple[str, ...], ...] = ()
    article: str = ""
    refuse: bool = False
    must_not: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> "Expected":
        """The question of one line of a set.

        :raises KeyError: ``q`` is missing.
        """
        return cls(
            id=str(row.get("id", "")),
            kind=str(row.get("kind", "")),
            question=row["q"],
            history=tuple(row.get("history", ())),
            must=tuple(map(tuple, row.get("must", ()))),
            gold=tuple(map(tuple, row.get("gold", ()))),
            article=row.get("doc", ""),
            refuse=bool(row.get("refuse", False)),
            must_not=tuple(row.get("must_not", ())),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one answer fulfilled. ``rank`` is that of the first right paragraph found, from 1; 0: none of them."""

    expected: Expected
    answer: Answer
    rank: int
    holds: bool
    cites: bool
    right_citations: int
    verbatim: bool
    headline: bool
    clean: bool
    length: int

    @property
    def good(self) -> bool:
        """Whether a person would be content."""
        if self.expected.refuse:
            return self.answer.refused and self.clean
        return not self.answer.refused and self.holds and self.cites and self.clean


@dataclass(frozen=True, slots=True)
class Report:
    """The measures over a set. Shares are 0 to 1; a share over nothing is 1."""

    outcomes: tuple[Outcome, ...] = ()

    def measures(self) -> dict[str, float]:
        """The table's rows, by name."""
        answerable = [outcome for outcome in self.outcomes if not outcome.expected.refuse]
        unanswerable = [outcome for outcome in self.outcomes if outcome.expected.refuse]
        fresh = [outcome for outcome in answerable if not outcome.expected.history and outcome.expected.gold]
        cited = [outcome for outcome in answerable if outcome.expected.gold]
        answered = [outcome for outcome in self.outcomes if not outcome.answer.refused]
        citations = sum(len(outcome.answer.citations) for outcome in cited)
        lengths = [o.length for o in answerable if o.expected.kind in SHORT_FACT_KINDS and not o.answer.refused]
        return {
            "right paragraph in the top 1": _share([outcome.rank == 1 for outcome in fresh]),
            "right paragraph in the top 3": _share([1 <= outcome.rank <= 3 for outcome in fresh]),
            "mean reciprocal rank": _mean([1 / outcome.rank if outcome.rank else 0.0 for outcome in fresh]),
            "answer holds what it must": _share([outcome.holds for outcome in answerable]),
            "a cited paragraph holds the gold quote": _share([outcome.cites for outcome in cited]),
            "cited paragraphs that hold it, of all cited": sum(o.right_citations for o in cited) / citations
            if citations
            else 1.0,
            "quotes verbatim": _share([outcome.verbatim for outcome in answered]),
            "headline right": _share([outcome.headline for outcome in answered if outcome.expected.article]),
            "unanswerable refused": _share([outcome.answer.refused for outcome in unanswerable]),
            "answerable refused": _mean([float(outcome.answer.refused) for outcome in answerable]),
            "free of what it must not hold": _share([outcome.clean for outcome in self.outcomes]),
            "median answer length, short facts": float(median(lengths)) if lengths else 0.0,
            "median milliseconds": median([o.answer.latency.total for o in self.outcomes]) if self.outcomes else 0.0,
        }

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """For each kind of question, how many there are and how many a person would be content with."""
        kinds = dict.fromkeys(outcome.expected.kind for outcome in self.outcomes)
        return {
            kind: (
                sum(outcome.expected.kind == kind for outcome in self.outcomes),
                sum(outcome.expected.kind == kind and outcome.good for outcome in self.outcomes),
            )
            for kind in kinds
        }


def evaluate(questions: Sequence[Expected], answer: Callable[[str, Sequence[str]], Answer]) -> Report:
    """Asks every question and measures what comes back."""
    return Report(tuple(judge(expected, answer(expected.question, expected.history)) for expected in questions))


def judge(expected: Expected, answer: Answer) -> Outcome:
    """What one answer fulfilled."""
    said = plain(answer.text)
    cited = [plain(citation.paragraph.text) for citation in answer.citations]
    golds = [[plain(quote) for quote in group] for group in expected.gold]
    return Outcome(
        expected=expected,
        answer=answer,
        rank=rank(answer.hits, golds),
        holds=not answer.refused and all(any(plain(option) in said for option in group) for group in expected.must),
        cites=not answer.refused and all(any(quote in text for quote in group for text in cited) for group in golds),
        right_citations=sum(_holds_any(text, golds) for text in cited),
        verbatim=all(citation.quote in citation.paragraph.text for citation in answer.citations),
        headline=not expected.article or any(c.paragraph.article == expected.article for c in answer.citations),
        clean=not any(plain(word) in said for word in expected.must_not),
        length=sum(len(MARKERS.sub("", line)) for line in answer.text.splitlines()),
    )


def rank(hits: Sequence[Hit], golds: Sequence[Sequence[str]]) -> int:
    """The place, from 1, of the first paragraph that holds one of the plain quotes; 0 for none of them."""
    return next((place for place, hit in enumerate(hits, 1) if _holds_any(plain(hit.paragraph.text), golds)), 0)


def plain(text: str) -> str:
    """Text as it is compared: one width and script, no white space."""
    return re.sub(r"\s+", "", fold(text).text)


def _holds_any(text: str, golds: Sequence[Sequence[str]]) -> bool:
    return any(quote in text for group in golds for quote in group)


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 1.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
