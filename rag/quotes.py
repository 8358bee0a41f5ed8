"""Cuts a quote from a sentence: the clauses that answer and say what is asked about, word for word, in one piece.

What makes a statement less than it looks without it is never cut away: who says so, under which condition, when, in
which phase, with which exception, and what is denied. Knows nothing of ranking sentences.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.paragraph import Span
from index.text import HAN
from rag.alignment import Aligner, letters
from rag.evidence import Evidence, information
from rag.expressions import TYPED
from rag.quantities import quantities
from rag.question import Question
from rag.short_answer import READ, clauses

# A sentence up to this many characters is quoted whole.
SHORT = 24
# What a quote may lack of the share of the question that its sentence covers.
LOST = 0.04
# The share of what the reader takes for the answer that a quote has to hold: the short answer may be the wrong one.
BELIEVED = 0.8
# A quote without the beginning of its sentence has to hold this share of the question by its letters.
BY_ITSELF = 0.9
# Below this share of its own words a sentence was found by meaning, and no clause of it tells more than the others.
FOUND_BY_WORDS = 0.5
# A question for several points: which of them a clause leaves out, no one can tell.
_SEVERAL = re.compile("哪[两二三四五六七八九十几些]|几[个项点条]方面|分别|各(?:是|有|为)?多少")
_HAN = re.compile(f"[{HAN}]")
_OPEN, _CLOSE = "“「『‘（(《", "”」』’）)》"
_MARKS = " ,;:。、!?\n"
# All over folded text. What a clause opens for those behind it: times, places, conditions, whom it is about.
_ADVERBIAL_BEGINS = (
    r"^(?:在|从|自|由于?|因|到|至|截至|截止|通过|随着|经|经过|为了?|与|对|对于|针对|关于|当|凡|唯有|只有|只要|如(?!何|此|今)|若|即使|"
    r"虽|尽管|除)"
)
_ADVERBIAL_ENDS = r"(?:的|者|后|前|时|中|下|上|里|外|内|间|旁|处|以来|方面|其中|包括|为|是|有|近日|日前|[昨今明]天)$"
_OPENS = re.compile(f"{_ADVERBIAL_BEGINS}|{_ADVERBIAL_ENDS}")
_SAYS = re.compile(r"(?:表示|说|介绍|指出|认为|称|强调|透露|坦言)$")
# Who says so, how surely, and when.
_SCOPE = re.compile(
    r"(?:^|[,:;。])(?:据|根据|依据|依照|按|参照)|预计|预测|预期|估计|估算|有望|可能|或将|拟|计划|力争|争取|目标|"
    r"表示|介绍|指出|认为|称$|说$|强调|透露|要求|规定|如果|假如|倘若|一旦|只要|只有|除非|"
    r"[今去明前当同本每上近]年|近日|日前|今后|过去|一年|[上下]半年|季度|时期|期间|目前|现在|[昨今明]天"
)
# What takes something back from the clauses before it, or belongs to them.
_LIMIT = re.compile(
    r"但|不过|然而|却|除|例外|不含|为准|为限|前提|条件|如果|^如(?!何|此|今)|^若|否则|仅|只|至多|最多|至少|暂|尚|可能|取决|"
    r"[不未没无非勿莫]|禁|拒绝|取消|停止|表示|介绍|指出|认为|[^名职]称$|说$|强调|透露|同比|^等|^而|另|二是|其二|其次|以[上下内外]$"
)
# A clause that leans on the one before it.
_LEANING = re.compile(
    r"^[“‘]?(?:该|此|其|这|那|它|他|她|上述|前述|前者|后者|两者|二者|本|并|也|还|又|则|从而|而|因此|所以|因而|以|使|让|且|同时|均|都|分别|再|共)"
)


@dataclass(frozen=True, slots=True)
class _Clauses:
    """The clauses of a sentence, folded, with how far each covers each term of the question.

    :ivar support: by letters or by meaning. *Shape:* (clauses, terms).
    :ivar spelt: by letters alone. *Shape:* (clauses, terms).
    :ivar told: what share of the question each term tells. *Shape:* (terms,).
    :ivar placed: whether the headings, which are shown with a quote, say a term. *Shape:* (terms,).
    :ivar believed: the share of what the reader takes for the answer that a span of the sentence holds.
    :ivar of_people: whether the question asks for people or what they are.
    """

    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    support: NDArray[np.float32]
    spelt: NDArray[np.float32]
    told: NDArray[np.float32]
    placed: NDArray[np.bool_]
    of_people: bool
    believed: Callable[[Span], float]

    @classmethod
    def of(cls, question: Question, evidence: Evidence, aligner: Aligner) -> "_Clauses":
        """The clauses of a sentence, read."""
        sentence, context = evidence.text, evidence.hit.paragraph.context
        parts = _parts(sentence)
        read = [aligner.read(sentence[part.start : part.end]) for part in parts]
        return cls(
            spans=parts,
            texts=tuple(clause.folded.strip(_MARKS) for clause in read),
            support=np.stack([aligner.support(question.terms, clause) for clause in read]),
            spelt=np.stack([letters(question.terms, clause) for clause in read]),
            told=information(question),
            placed=letters(question.terms, aligner.read(context)) >= 1,
            believed=_believed(question, evidence),
            of_people=question.type in ("person", "title", "author"),
        )

    def lost(self, first: int, last: int) -> float:
        """The share of the question that the clauses ``first`` to ``last`` lack of what all of them cover."""
        lacking = self.support.max(axis=0) - self.support[first : last + 1].max(axis=0)
        return float(np.where(self.placed, 0.0, lacking) @ self.told)

    def said(self, first: int, last: int) -> float:
        """The share of the question that the clauses ``first`` to ``last`` hold word for word."""
        return float(self.spelt[first : last + 1].max(axis=0) @ self.told)


def quote(question: Question, evidence: Evidence, aligner: Aligner, *, holding: Sequence[Span]) -> Span:
    """The span, in the paragraph's text, that is quoted of a sentence.

    :param holding: spans in the paragraph's text that the quote must hold, the answer first of all.
    """
    sentence, start = evidence.text, evidence.span.start
    if not _can_be_cut(question, evidence):
        return evidence.span
    held = [
        Span(span.start - start, span.end - start) for span in (*holding, *_figures_asked_about(question, evidence))
    ]
    found = _Clauses.of(question, evidence, aligner)
    first = _part_at(found.spans, min(span.start for span in held))
    last = _part_at(found.spans, max(span.end - 1 for span in held))
    run = min(_runs(found, Span(first, last)), key=len, default=Span(0, len(sentence)))
    return Span(start + run.start, start + run.end)


def _can_be_cut(question: Question, evidence: Evidence) -> bool:
    """Whether one clause of the sentence may be the answer by itself: points, reasons and manners need it all."""
    sentence = evidence.text
    kind = question.type in TYPED or question.type in ("fact", "yes_no")
    whole = all(sentence.count(one) == sentence.count(two) for one, two in zip(_OPEN, _CLOSE, strict=True))
    told = evidence.own >= FOUND_BY_WORDS and not _SEVERAL.search(question.folded)
    return bool(kind and told and whole and len(sentence) > SHORT and _HAN.search(sentence))


def _figures_asked_about(question: Question, evidence: Evidence) -> Iterator[Span]:
    """The figures of the sentence that the question names: the phase, the year."""
    for quantity in quantities(evidence.text):
        if any(quantity.same(asked) for asked in question.quantities):
            yield Span(evidence.span.start + quantity.start, evidence.span.start + quantity.end)


def _believed(question: Question, evidence: Evidence) -> Callable[[Span], float]:
    """How much of what the reader takes for the answer a span holds; all of it, where forms tell the answer."""
    reading, start = evidence.reading, evidence.span.start
    if reading is None or question.type not in READ:
        return lambda span: 1.0
    whole = max(reading.weight(evidence.span), 1e-9)
    return lambda span: reading.weight(Span(start + span.start, start + span.end)) / whole


def _parts(sentence: str) -> tuple[Span, ...]:
    """The clauses of a sentence, the first from its very beginning and the last to its very end."""
    parts = clauses(sentence) or (Span(0, len(sentence)),)
    ends = (*(part.end for part in parts[:-1]), len(sentence))
    return tuple(Span(part.start if i else 0, end) for i, (part, end) in enumerate(zip(parts, ends, strict=True)))


def _part_at(parts: Sequence[Span], position: int) -> int:
    """Which clause a character stands in; one between two belongs to the later."""
    return next((i for i, part in enumerate(parts) if position < part.end), len(parts) - 1)


def _runs(found: _Clauses, core: Span) -> Iterator[Span]:
    """The runs of clauses around those of the answer that can be quoted without the others."""
    for first in range(core.start + 1):
        for last in range(core.end, len(found.spans)):
            run = Span(found.spans[first].start, found.spans[last].end)
            whole = found.lost(first, last) <= LOST and found.believed(run) >= BELIEVED
            if whole and _ends(found, last) and _begins(found, first, last):
                yield run


def _ends(found: _Clauses, last: int) -> bool:
    """Whether a quote may end with a clause: it opens nothing, and nothing behind takes anything back."""
    behind = found.texts[last + 1 :]
    if found.of_people and _SAYS.search(found.texts[last]):
        return True
    return not behind or not (_OPENS.search(found.texts[last]) or any(map(_LIMIT.search, behind)))


def _begins(found: _Clauses, first: int, last: int) -> bool:
    """Whether a quote may begin with a clause: it says all of the question, and nothing before holds for it too."""
    before = found.texts[:first]
    if not before:
        return True
    if found.of_people or _LEANING.search(found.texts[first]) or found.said(first, last) < BY_ITSELF:
        return False
    return not any(_OPENS.search(text) or _SCOPE.search(text) or _LIMIT.search(text) or _dated(text) for text in before)


def _dated(text: str) -> bool:
    """Whether a clause says when, or in which phase."""
    return any(quantity.kind in ("date", "ordinal") for quantity in quantities(text))
