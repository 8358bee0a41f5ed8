"""Writes cited lines, and checks an answer against the paragraphs it cites, whoever wrote it.

Every line of an answer stands on the citations whose markers it carries: ``"总投资3.6亿元。[1]"``. A line without a
marker, with a marker that is not there, with a quotation 「…」 that its citations do not hold word for word, or with a
figure that its citations do not state, is a defect. A difference may be stated beside the two figures it is computed
from: of ``"3亿元 − 1亿元 = 2亿元"`` the citations have to state 3亿元 and 1亿元, and the sum has to be right.
Knows nothing of how an answer is found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.paragraph import Paragraph, Span
from rag.answer import Citation
from rag.difference import computed
from rag.quantities import Quantity, quantities

# Markers end a line: a number in brackets elsewhere is the document's own.
MARKERS = re.compile(r"(?:\[\d{1,3}\])+\s*$")
_QUOTATION = re.compile(r"^\s*「(.+)」\s*$")

DefectKind = Literal[
    "unmarked",
    "unknown_marker",
    "not_verbatim",
    "figure_missing",
    "figure_misplaced",
    "word_missing",
    "denied",
    "mixed",
    "reordered",
    "no_statement",
]


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that a line of an answer says and its citations do not."""

    kind: DefectKind
    line: str
    detail: str


def cite(number: int, paragraph: Paragraph, span: Span) -> Citation:
    """The citation of one span of a paragraph."""
    return Citation(number, paragraph, paragraph.text[span.start : span.end], span.start, span.end)


def quoted(citations: Sequence[Citation]) -> list[str]:
    """A line for each citation: its quote, and its marker."""
    return [f"「{citation.quote}」[{citation.number}]" for citation in citations]


def defects(text: str, citations: Sequence[Citation]) -> tuple[Defect, ...]:
    """What is wrong with an answer's text; nothing, if every line is borne by its citations."""
    return tuple(defect for line in text.splitlines() if line.strip() for defect in _line_defects(line, citations))


def _line_defects(line: str, citations: Sequence[Citation]) -> Iterator[Defect]:
    known = {citation.number: citation for citation in citations}
    markers = MARKERS.search(line)
    said = line[: markers.start()] if markers else line
    numbers = [int(number) for number in re.findall(r"\d+", markers[0])] if markers else []
    if not numbers:
        yield Defect("unmarked", line, line)
    for number in numbers:
        if number not in known:
            yield Defect("unknown_marker", line, f"[{number}]")
    cited = [known[number] for number in numbers if number in known]
    for quotation in _QUOTATION.findall(said):
        if not any(quotation in citation.quote for citation in cited):
            yield Defect("not_verbatim", line, quotation)
    stated = [quantity for citation in cited for quantity in quantities(citation.quote)]
    sums = computed(said)  # arithmetic bears them, and the citations the figures that they are computed from
    for quantity in quantities(said):
        if quantity not in sums and not any(_bears(other, quantity) for other in stated):
            yield Defect("figure_missing", line, quantity.text)


def _bears(stated: Quantity, said: Quantity) -> bool:
    """Whether a figure of the quote bears one of the line: 2月4日至10日 bears 2月6日, 超4亿 no 不到4亿."""
    if stated.kind == said.kind:
        return stated.covers(said)
    return said.same(stated) or (said.value, said.most, said.unit) == (stated.value, stated.most, stated.unit)
