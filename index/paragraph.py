"""What the index stores and finds: paragraphs, where their characters came from, their files, and hits.

Knows nothing of files or of searching.
"""

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["body", "byline"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` (included) to ``end`` (excluded) of a text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of one article, and what a reader needs to find it again.

    ``text`` is verbatim: the characters of ``spans`` in the decoded source (byte order mark removed, line ends as they
    are), joined. ``headings`` run from the outermost to the innermost; a run-in lead counts as the innermost one.
    ``position`` counts the body paragraphs below the same headings from 1; a byline, indexed so that it can be cited,
    has position 0.
    """

    id: str
    text: str
    document: str
    article: str = ""
    headings: tuple[str, ...] = ()
    position: int = 1
    spans: tuple[Span, ...] = ()
    kicker: str = ""
    byline: str = ""
    role: Role = "body"
    note: str = ""
    """What the page says of the article's completeness, verbatim: 上接第3版, 下转第5版."""

    @property
    def section(self) -> str:
        """The headings above the paragraph, as one line."""
        return " · ".join(self.headings)

    @property
    def place(self) -> str:
        """Where it stands, as a reader would say: 《headline》heading · lead · 第1段."""
        name = f"《{self.article or self.document}》"
        ending = f"第{self.position}段" if self.role == "body" else self.text
        return f"{name}{self.section} · {ending}" if self.section else f"{name}{ending}"

    @property
    def context(self) -> str:
        """What stands above the paragraph and tells what it is about: headline, kicker, headings."""
        return " ".join(part for part in (self.article, self.kicker, *self.headings) if part)

    def source_spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where the characters ``start`` to ``end`` of ``text`` stand in the source file."""
        found, offset = [], 0
        for span in self.spans:
            low, high = max(start, offset), min(end, offset + len(span))
            if low < high:
                found.append(Span(span.start + low - offset, span.start + high - offset))
            offset += len(span)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A document and the SHA-256 of its file's bytes as they were read."""

    document: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found for a query. Scores: higher is better, comparable within one result list only.

    ``lexical`` and ``dense`` are the scores of the two legs (``None``: the leg did not find the paragraph), the ranks
    count from 1. ``terms`` are the query terms that the lexical leg matched.
    """

    paragraph: Paragraph
    score: float
    lexical: float | None = None
    lexical_rank: int | None = None
    dense: float | None = None
    dense_rank: int | None = None
    terms: tuple[str, ...] = field(default=())
