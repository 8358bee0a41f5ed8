"""Takes a verdict apart: what each signal adds to the bearing, and which rule speaks against the best sentence.

Decides nothing: the verdict is that of :mod:`rag.refusal`, asked again. Knows nothing of screens.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np

from rag.alignment import Aligner
from rag.answer import RefusalKind
from rag.evidence import Evidence, information
from rag.expressions import TYPED
from rag.matches import SPOKEN
from rag.question import Question
from rag.refusal import TELLING, WEIGHTS, Weights, contradicted, judge, lacking, signals
from rag.short_answer import out_of_place

Rule = Literal[
    "nothing_asked",
    "orders",
    "nothing_found",
    "weak",
    "formless",
    "another",
    "title",
    "ungrounded",
    "out_of_place",
    "unverified",
    "other",
]

# Signals that tell of the question and not of the evidence: they cannot fall short.
OF_THE_QUESTION = frozenset({"english"})


@dataclass(frozen=True, slots=True)
class Part:
    """One addend of a score: what was measured, and what it counts."""

    name: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """What it adds."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Judgement:
    """Why a question was answered or refused.

    ``signals`` with the ``bias`` make up the bearing, which has to reach ``caution``. ``rule`` is what spoke against an
    answer, ``detail`` the words that it is about; ``missing`` are the telling words of the question that no passage
    found speaks of.
    """

    kind: RefusalKind | None
    signals: tuple[Part, ...] = ()
    bias: float = 0.0
    caution: float = 0.0
    rule: Rule | None = None
    detail: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def bearing(self) -> float:
        """How strongly the signals speak for answering: the log odds."""
        return sum(part.contribution for part in self.signals) + self.bias

    @property
    def shortest(self) -> Part | None:
        """The signal that falls furthest short of what it could speak for an answer."""
        measured = (part for part in self.signals if part.name not in OF_THE_QUESTION)
        return max(measured, key=lambda part: max(part.weight, 0.0) - part.contribution, default=None)


def judgement(
    question: Question,
    found: Sequence[Evidence],
    *,
    kind: RefusalKind | None,
    caution: float,
    aligner: Aligner,
    weights: Weights = WEIGHTS,
) -> Judgement:
    """The verdict over the evidence, best first, taken apart.

    :param kind: what became of the question: how it was refused, or nothing where it was answered.
    """
    missing = _missing(question, found, refused=kind is not None)
    told = Judgement(kind, caution=caution, bias=weights.bias, missing=missing)
    if found:
        told = replace(told, signals=_parts(question, found, weights))
    if kind is None:
        return told
    rule, detail = _rule(question, found, told, aligner)
    return replace(told, rule=rule, detail=detail)


def _parts(question: Question, found: Sequence[Evidence], weights: Weights) -> tuple[Part, ...]:
    measured = signals(question, found)
    return tuple(
        Part(one.name, getattr(measured, one.name), getattr(weights.signals, one.name)) for one in fields(measured)
    )


def _missing(question: Question, found: Sequence[Evidence], *, refused: bool) -> tuple[str, ...]:
    """The telling words that nothing found reaches; a refusal in Chinese names those, too, that it lacks by letters."""
    if not found or not question.terms:
        return tuple(term.text for term in question.terms)
    reached = np.max([one.reach for one in found], axis=0)
    told = information(question)
    named = judge(question, found, caution=np.inf).missing if refused and question.language == "zh" else ()
    return tuple(
        term.text
        for term, share, most in zip(question.terms, told, reached, strict=True)
        if term.text in named or (share >= TELLING and most < SPOKEN)
    )


def _rule(
    question: Question, found: Sequence[Evidence], told: Judgement, aligner: Aligner
) -> tuple[Rule, tuple[str, ...]]:
    """The first rule that speaks against an answer, in the order in which they are asked."""
    if not question.terms and not question.quoted:
        return "nothing_asked", ()
    if question.orders or not found:
        return ("orders" if question.orders else "nothing_found"), ()
    if told.bearing < told.caution:
        ungrounded = told.shortest is not None and told.shortest.name == "ungrounded"
        return ("ungrounded", lacking(question, found[0])) if ungrounded else ("weak", ())
    if contradicted(question, found[0]):
        return _contradiction(question, found[0])
    if judge(question, found, caution=told.caution).kind is not None:
        return "other", ()
    return ("out_of_place" if out_of_place(question, found[0], aligner) else "unverified"), ()


def _contradiction(question: Question, best: Evidence) -> tuple[Rule, tuple[str, ...]]:
    """What contradicts: found by leaving out of the question what the rules look at."""
    bare = replace(question, quantities=(), focus=())
    if contradicted(bare, best):
        if question.type in TYPED and not best.fits:
            return "formless", ()
        return "ungrounded", lacking(question, best)
    others = tuple(one.text for one in question.quantities if contradicted(replace(bare, quantities=(one,)), best))
    if others:
        return "another", others
    titles = (i for i in question.focus if contradicted(replace(bare, focus=(i,)), best))
    return "title", tuple(question.terms[i].text for i in titles)
