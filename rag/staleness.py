"""Which citations no longer stand in the index as they were cited, and why. Pure; knows nothing of files or screens.

Content is compared, not ids: an id counts paragraphs, so that one inserted above gives every later one another id.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from index.errors import QueryError
from index.paragraph import Paragraph
from rag.answer import Citation

ALIKE = 0.5  # Dice coefficient of character pairs from which on a new text is an old one edited, not another one

Fate = Literal["changed", "moved", "gone"]


@dataclass(frozen=True, slots=True)
class Stale:
    """A citation whose paragraph has changed, stands below other headings, or is gone.

    ``now`` is the paragraph in its place; of one that is gone there is none.
    """

    citation: Citation
    fate: Fate
    now: Paragraph | None = None

    @property
    def quote_stands(self) -> bool:
        """Whether the quoted words themselves are still there, whatever changed around them."""
        return self.now is not None and self.citation.quote in self.now.text


class Passages(Protocol):
    """Where paragraphs are looked up; the index is one."""

    def get(self, paragraph_id: str) -> Paragraph: ...
    def of_document(self, document: str) -> Sequence[Paragraph]: ...


def stale(
    citations: Iterable[Citation], index: Passages, before: Callable[[str], Sequence[Paragraph]]
) -> tuple[Stale, ...]:
    """Those of the citations that the index no longer bears out, in their order.

    :param before: the paragraphs of a document in the index that was cited from, none where that is not known any more:
        what stood there already is not what the cited paragraph has become.
    """
    found = (_fate(citation, index, before) for citation in citations)
    return tuple(one for one in found if one is not None)


def _fate(citation: Citation, index: Passages, before: Callable[[str], Sequence[Paragraph]]) -> Stale | None:
    cited = citation.paragraph
    if _same(cited, _named(index, cited.id)):  # nearly always, and much cheaper than reading the document
        return None
    there = index.of_document(cited.document)
    if any(_same(cited, one) for one in there):
        return None
    verbatim = next((one for one in there if one.text == cited.text), None)
    if verbatim is not None:
        return Stale(citation, "moved", verbatim)
    known = {one.text for one in before(cited.document)}
    edited = _likest(cited, [one for one in there if one.text not in known])
    return Stale(citation, "changed", edited) if edited is not None else Stale(citation, "gone")


def _named(index: Passages, paragraph_id: str) -> Paragraph | None:
    try:
        return index.get(paragraph_id)
    except QueryError:
        return None


def _same(cited: Paragraph, other: Paragraph | None) -> bool:
    """Whether both say the same below the same headings of the same document."""
    return other is not None and _said(cited) == _said(other)


def _said(paragraph: Paragraph) -> tuple[str, ...]:
    return paragraph.document, paragraph.text, paragraph.article, *paragraph.headings


def _likest(cited: Paragraph, candidates: Iterable[Paragraph]) -> Paragraph | None:
    """The candidate most like the cited paragraph, of equals the one under its id; none where none is alike."""
    pairs = _pairs(cited.text)
    weighed = [(_likeness(pairs, _pairs(one.text)), one.id == cited.id, one) for one in candidates]
    best = max(weighed, key=lambda one: one[:2], default=None)
    return best[2] if best is not None and best[0] >= ALIKE else None


def _likeness(pairs: set[str], others: set[str]) -> float:
    """``{甲乙, 乙丙}`` and ``{甲乙, 乙丁}`` share one of two each: 0.5."""
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(text: str) -> set[str]:
    """The characters next to each other; of a single one, itself."""
    return {text[at : at + 2] for at in range(max(1, len(text) - 1))}
