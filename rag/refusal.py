"""Decides whether the evidence bears an answer, and says why not. Knows nothing of wording an answer.

A passage on the same topic is not an answer: what the question is about has to be there, and so has what it asks for.
The verdict is a logistic one over a few signals; ``python -m tests.quality.calibrate`` fits its weights.
"""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise

import numpy as np

from index.text import HAN, fold
from rag.answer import RefusalKind
from rag.evidence import Evidence, information
from rag.expressions import SURNAMES, TYPED, is_title
from rag.parts import is_place
from rag.quantities import Quantity, quantities
from rag.question import Question, Term

# Coverage below which a question has nothing to do with the corpus.
OFF_TOPIC = 0.35
# A word that tells this share of the question is named as missing, if it stands nowhere.
TELLING = 0.15
# A figure, date or place may stand there for something else where a word that tells this share of the question is
# reached less far than this by the sentence, its headings and its paragraph's first: a wrong figure is worse than none.
GROUNDED = {"quantity": 0.2, "time": 0.2, "place": 0.2, "organisation": 0.2}
GROUND = 0.25
# What a yes-no question says that something is, or where: 是在河西吗, 是河西的公司吗.
_PREDICATE = re.compile(r"(?:是|在|位于|属于|叫)(?P<said>[^,。;:是在]{1,16}?)(?:的)?[吗么吧嘛]\W*$")
# What before a title makes it another one.
_HIGHER_OR_LOWER = "总副"
# Characters that belong to no word, as a person or a place is called; and what makes a firm of a name.
_NAMED = re.compile(rf"[{SURNAMES}][{HAN}]{{2}}|[{HAN}]{{2,3}}[省市县区镇乡村]")
_NAMED_SHORT = re.compile(rf"[{SURNAMES}][{HAN}]")
_SAYS_SO = re.compile("[是说在]|新?区|[省市县镇乡村]")
# Two terms that are one name: 南区 is a word, and so 津南区 is taken apart.
_SPLIT = re.compile(rf"[{HAN}][东南西北中][市县区镇乡村]")
_PERSONS = frozenset({"person", "title", "author"})
_FIRM = re.compile(rf"[{HAN}]{{0,6}}?(?:集团|公司|企业|银行|厂)")
# Standard deviations at which a sentence stands out as far as it can.
MOST_DEVIATIONS = 4.0


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against the best evidence, each about 0 to 1.

    ``coverage`` and ``own`` are those of the evidence; ``gap`` is the largest share of the question that nothing
    covers; ``similarity`` the cosine of question and sentence, and ``contrast`` how far it stands out among all the
    sentences found; ``unmet`` how little of what names the asked figure, date or person is reached; ``answering`` is
    how likely the reader finds the answer in the sentence rather than elsewhere or nowhere; ``formless`` how little of
    that stands for an expression of the asked kind that the sentence lacks; ``ungrounded`` whether words are
    :func:`lacking`; ``english`` whether the question is (its words cannot be found by their letters).
    """

    coverage: float
    own: float
    gap: float
    similarity: float
    contrast: float
    unmet: float
    answering: float
    formless: float
    ungrounded: float
    english: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic weights of the signals, and the bias."""

    signals: Signals
    bias: float


WEIGHTS = Weights(
    Signals(
        coverage=1.01,
        own=0.59,
        gap=-1.69,
        similarity=0.13,
        contrast=2.61,
        unmet=-1.51,
        answering=0.68,
        formless=-3.0,
        ungrounded=-9.0,
        english=0.65,
    ),
    bias=-1.1,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether to refuse, and for which words of the question nothing speaks."""

    kind: RefusalKind | None
    missing: tuple[str, ...] = ()


def judge(
    question: Question, found: Sequence[Evidence], *, caution: float = 0.0, weights: Weights = WEIGHTS
) -> Verdict:
    """The verdict over the evidence, best first.

    :param caution: the log odds that an answer needs; above 0 more is refused, below 0 less.
    """
    if not question.terms and not question.quoted:
        return Verdict("not_a_question")
    if not found or question.orders:
        return Verdict("off_topic")
    best = found[0]
    weak = bearing(signals(question, found), weights) < caution
    if weak and best.coverage < OFF_TOPIC:
        return Verdict("off_topic")
    if weak or contradicted(question, best) or names_another(question, found):
        return Verdict("not_stated", _missing(question, found))
    return Verdict(None)


def signals(question: Question, found: Sequence[Evidence]) -> Signals:
    """The signals of the best evidence for a question."""
    best, told = found[0], information(question)
    focus = list(question.focus)
    weight = float(told[focus].sum())
    reached = float(best.reach[focus] @ told[focus]) / weight if weight > 0 else best.coverage
    similarities = np.array([evidence.similarity for evidence in found])
    deviations = (best.similarity - similarities.mean()) / max(float(similarities.std()), 1e-6)
    return Signals(
        coverage=best.coverage,
        own=best.own,
        gap=float((told * (1 - best.reach)).max(initial=0.0)),
        similarity=best.similarity,
        contrast=float(np.clip(deviations / MOST_DEVIATIONS, 0, 1)),
        unmet=1 - reached if question.type in TYPED else 0.0,
        answering=best.answering,
        formless=1 - best.answering if question.type in TYPED and not best.formed else 0.0,
        ungrounded=float(bool(lacking(question, best))),
        english=float(question.language == "en"),
    )


def bearing(found: Signals, weights: Weights = WEIGHTS) -> float:
    """How strongly the signals speak for answering: the log odds."""
    return float(np.dot(astuple(found), astuple(weights.signals))) + weights.bias


def contradicted(question: Question, best: Evidence) -> bool:
    """Whether the sentence lacks the asked kind of thing, or names another phase, year or rank."""
    if question.type in TYPED and not best.fits:
        return True
    if question.type == "person" and any(not _stands(question.terms[i], best) for i in question.focus):
        return True
    return any(_differs(asked, question, best) for asked in question.quantities)


def names_another(question: Question, found: Sequence[Evidence]) -> bool:
    """Whether a question names a person or a place that stands in none of the paragraphs: 李明 is not answered by 李鸣.

    Of a firm's name a slip is likelier than a second firm that is nearly called the same.
    """
    texts = [fold(f"{one.hit.paragraph.context} {one.hit.paragraph.text}").text for one in found]
    split = [
        one.text + other.text
        for one, other in pairwise(question.terms)
        if len(one.text) == 1 and one.end == other.start
    ]
    if any(_SPLIT.fullmatch(name) and not any(name in text for text in texts) for name in split):
        return True
    return any(
        len(term.words) > 1
        and term.share == 1.0
        and _is_name(question, term)
        and not _FIRM.match(question.folded, term.end)
        and not any(term.text in text for text in texts)
        for term in question.terms
    )


def _is_name(question: Question, term: Term) -> bool:
    """Whether a term of no word is a name; two characters are one only where what is asked or follows says so: 古怪."""
    if _NAMED.fullmatch(term.text):
        return True
    told = question.type in _PERSONS or _SAYS_SO.match(question.folded, term.end) is not None
    return told and _NAMED_SHORT.fullmatch(term.text) is not None


def lacking(question: Question, best: Evidence) -> tuple[str, ...]:
    """The words without which what the sentence says may be about something else, and which are not in it nor above it.

    Of a question for a figure, date or place they are the telling ones, of a yes-no question those that say what
    something is, or where. English words cannot be found by their letters: there the signals decide alone.
    """
    if question.language == "en":
        return ()
    if question.type == "yes_no":
        return _unsaid(question, best)
    telling = information(question) >= GROUNDED.get(question.type, np.inf)
    return tuple(question.terms[i].text for i in np.flatnonzero(telling & (best.ground < GROUND)))


def _unsaid(question: Question, best: Evidence) -> tuple[str, ...]:
    """What a yes-no question says that something is, where nothing of it is there.

    A country or a province has to be there as such: one is as good as another only in meaning.
    """
    predicate = _PREDICATE.search(question.folded)
    if predicate is None or question.quantities:
        return ()
    start, end = predicate.span("said")
    said = {i: term.text for i, term in enumerate(question.terms) if start <= term.start < end}
    there = fold(f"{best.hit.paragraph.context}{best.hit.paragraph.text}").text
    elsewhere = tuple(name for name in said.values() if is_place(name) and name not in there)
    nowhere = bool(said) and bool((best.ground[list(said)] < GROUND).all())
    return elsewhere or (tuple(said.values()) if nowhere else ())


def _differs(asked: Quantity, question: Question, best: Evidence) -> bool:
    """Whether the question names a phase, a year or a rank, and the sentence another one or none."""
    if asked.kind not in ("ordinal", "date") or question.type == "yes_no":
        return False
    if question.language == "en" and asked.kind == "ordinal":
        return False  # Chinese text has ranks in its names (十五五): that one is missing means no other
    paragraph = best.hit.paragraph
    placed = quantities(f"{paragraph.context} {paragraph.document}")
    rivals = [q for q in quantities(best.text) if q.kind == asked.kind and q.unit == asked.unit]
    around = () if rivals else quantities(paragraph.text)
    return not any(quantity.covers(asked) for quantity in (*rivals, *around, *placed))


def _stands(term: Term, best: Evidence) -> bool:
    """Whether a title that is asked about stands there as such: 总书记 is no 书记, however near in meaning."""
    title = rf"(?<![{_HIGHER_OR_LOWER}]){re.escape(term.text)}"
    return not is_title(term.text) or bool(re.search(title, fold(best.hit.paragraph.text).text))


def _missing(question: Question, found: Sequence[Evidence]) -> tuple[str, ...]:
    """The telling words that stand in no paragraph found: only of those may it be said that they are not there."""
    texts = {fold(f"{one.hit.paragraph.context} {one.hit.paragraph.text}").text for one in found}
    return tuple(
        term.text
        for term, share in zip(question.terms, information(question), strict=True)
        if share >= TELLING and not any(term.text in text for text in texts)
    )
