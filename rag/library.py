"""The documents to browse without asking anything: contents, pages as received, words found. Knows nothing of screens.

All that is handed out is bounded: a document may be a book, or a million lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from index.paragraph import Paragraph, Span
from index.records import DocumentRepair
from index.shelf import Shelf
from index.store import ParagraphIndex
from index.text import fold, simplify

MOST_LISTED = 200  # articles or documents in one list
MOST_MATCHES = 1000  # places of one word that a person may leaf through
MOST_SEARCHED = 20_000  # paragraphs looked through for it, about a second
PAGE = 16_000  # characters of a page as received that are shown at once: some ten printed columns
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article in a list of contents; ``id`` is that of its first paragraph."""

    id: str
    document: str
    title: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Contents:
    """The articles of a document, of many those around ``current``; and those before and behind it, over documents."""

    document: str
    articles: tuple[ArticleEntry, ...]
    total: int
    current: ArticleEntry
    before: ArticleEntry | None = None
    behind: ArticleEntry | None = None
    label: str = ""
    """The name of the column that the current article stands in, where the page has one above it."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents whose path has the words asked for, the first of ``total``."""

    paths: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A run of characters of the page, what it is, and its paragraph, or the first one of the article it belongs to."""

    span: Span
    role: str
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a document as it was received and indexed, ``line`` being the number of its first line."""

    document: str
    text: str
    start: int
    line: int
    length: int
    places: tuple[Placed, ...]
    repairs: tuple[DocumentRepair, ...]
    begins_line: bool = True
    """Whether the text begins with a whole line; not so inside a line that is longer than a page."""

    @property
    def end(self) -> int:
        """The character of the document that comes next."""
        return self.start + len(self.text)

    def at(self, spans: tuple[Span, ...]) -> str:
        """The characters of some spans, as far as the page has them."""
        return "".join(self.text[max(span.start - self.start, 0) : max(span.end - self.start, 0)] for span in spans)


@dataclass(frozen=True, slots=True)
class Match:
    """Where the words stand: characters ``start`` to ``end`` of a paragraph, or of what stands above it.

    ``part`` is ``headline`` or ``heading`` with its level from 0, for a line directly above the paragraph.
    """

    paragraph: Paragraph
    start: int
    end: int
    part: str = ""

    @property
    def whole(self) -> str:
        """The text that they stand in."""
        if self.part.startswith("heading"):
            return self.paragraph.headings[int(self.part.removeprefix("heading"))]
        return self.paragraph.article if self.part else self.paragraph.text

    @property
    def words(self) -> str:
        """The words as they stand there."""
        return self.whole[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Found:
    """The places of some words in a document, in reading order; ``more``: there are others."""

    matches: tuple[Match, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to. ``exact``: the paragraph that it names; ``changed``: it says something else by now."""

    paragraph: Paragraph
    exact: bool
    changed: bool = False


class Library:
    """The documents of one index."""

    def __init__(self, index: ParagraphIndex) -> None:
        self.version = index.version
        self._index = index
        self._shelf: Shelf = index.shelf

    def documents(self, words: str = "") -> Documents:
        """The documents, those alone whose path has the words where any are given."""
        wanted = fold(words.strip()).text
        paths = [path for path in self._shelf.documents if wanted in fold(path).text]
        return Documents(tuple(paths[:MOST_LISTED]), len(paths))

    def first(self, document: str) -> Paragraph:
        """The first paragraph of a document.

        :raises QueryError: when there is no such document.
        """
        return self._shelf.paragraph(self._shelf.rows(document).start)

    def article(self, paragraph_id: str) -> tuple[Paragraph, ...]:
        """The paragraphs of the article that this one stands in; of a vast one those around.

        :raises QueryError: when there is no such paragraph.
        """
        return self._index.article(paragraph_id)

    def contents(self, paragraph: Paragraph) -> Contents:
        """The articles of the document that this paragraph stands in."""
        heads = self._shelf.heads(paragraph.document)
        row = next(number for number, head in enumerate(heads) if self._is_of(head.row, paragraph))
        low = max(0, min(row - MOST_LISTED // 2, len(heads) - MOST_LISTED))
        listed = [self._entry(head.row, head.paragraphs) for head in heads[low : low + MOST_LISTED]]
        at = row - low
        before = listed[at - 1] if at else self._beside(paragraph.document, -1)
        behind = listed[at + 1] if at + 1 < len(listed) else self._beside(paragraph.document, 1)
        label = self._label(heads[row].row)
        return Contents(paragraph.document, tuple(listed), len(heads), listed[at], before, behind, label)

    def page(self, document: str, around: int = 0) -> Page:
        """The document as it was received, from a line before the character ``around`` on.

        :raises QueryError: when there is no such document, or its text was not kept.
        """
        excerpt = self._shelf.read(document, around - PAGE // 3 - 1, around + 2 * PAGE // 3)
        wanted = around - excerpt.start
        cut = _first_line(excerpt.text, wanted) if excerpt.start else 0
        whole = excerpt.start + len(excerpt.text) == excerpt.length
        text = excerpt.text[cut : None if whole else _last_line(excerpt.text, max(wanted, cut))]
        start, end = excerpt.start + cut, excerpt.start + cut + len(text)
        places = tuple(
            Placed(one.span, one.role, self._shelf.paragraph(one.row))
            for one in self._shelf.stretches(document, start, end)
        )
        repairs = self._shelf.repairs(document, start, end)
        begins = cut > 0 or start == 0
        return Page(
            document, text, start, excerpt.line + (cut > 0), excerpt.length, places, repairs, begins_line=begins
        )

    def find(self, document: str, words: str) -> Found:
        """Where words stand in a document, in any width, case and script.

        :raises QueryError: when there is no such document.
        """
        wanted = fold(words.strip()).text
        matches: list[Match] = []
        if not wanted:
            return Found(())
        above: Paragraph | None = None
        for number, paragraph in enumerate(self._shelf.paragraphs(document)):
            for part, text in _parts(paragraph, above):
                if wanted in simplify(text).lower():  # quick: only what has them is folded with the way back
                    matches += [Match(paragraph, one.start, one.end, part) for one in _places(text, wanted)]
            above = paragraph
            if len(matches) > MOST_MATCHES or number >= MOST_SEARCHED:
                return Found(tuple(matches[:MOST_MATCHES]), more=True)
        return Found(tuple(matches))

    def open(self, paragraph_id: str, print_of_text: str = "") -> Opened:
        """The paragraph that a link names, or else the nearest: the same words elsewhere, or the next of kin.

        :param print_of_text: :func:`fingerprint` of what the paragraph said when the link was made.
        """
        near = self._shelf.nearest(paragraph_id)
        if near.id == paragraph_id:
            return Opened(near, True, bool(print_of_text) and fingerprint(near.text) != print_of_text)
        same = (one for one in self._index.article(near.id) if fingerprint(one.text) == print_of_text)
        return Opened(next(same, near), False)

    def _entry(self, row: int, paragraphs: int) -> ArticleEntry:
        first = self._shelf.paragraph(row)
        return ArticleEntry(first.id, first.document, first.article, paragraphs)

    def _label(self, row: int) -> str:
        """The label above an article, as a reader names it; not looked for far above its first words."""
        first = self._shelf.paragraph(row)
        if not (self._shelf.keeps_sources and first.spans):
            return ""
        end = first.spans[0].start
        for one in self._shelf.stretches(first.document, max(0, end - PAGE), end):
            if one.role == "label" and one.row == row:
                return self._shelf.read(first.document, one.span.start, one.span.end).text.strip("#* \t\u3000")
        return ""

    def _is_of(self, row: int, paragraph: Paragraph) -> bool:
        return self._shelf.paragraph(row).article == paragraph.article

    def _beside(self, document: str, step: int) -> ArticleEntry | None:
        """The article that comes next in the neighbouring document: its last one before, its first one behind."""
        documents = self._shelf.documents
        number = documents.index(document) + step
        if not 0 <= number < len(documents):
            return None
        heads = self._shelf.heads(documents[number])
        head = heads[0 if step > 0 else -1]
        return self._entry(head.row, head.paragraphs)


def fingerprint(text: str) -> str:
    """Eight characters that stand for what a paragraph says."""
    return blake2b(text.encode(), digest_size=4).hexdigest()


def _parts(paragraph: Paragraph, above: Paragraph | None) -> Iterator[tuple[str, str]]:
    """What a reader sees of a paragraph: the headline and the headings that begin with it, then its text."""
    if above is None or above.article != paragraph.article:
        yield "headline", paragraph.article
        above = None
    before = above.headings if above else ()
    for level, heading in enumerate(paragraph.headings):
        if before[: level + 1] != paragraph.headings[: level + 1] and not paragraph.text.startswith(heading):
            yield f"heading{level}", heading
    yield "", paragraph.text


def _places(text: str, wanted: str) -> Iterator[Span]:
    folded = fold(text)
    at = folded.text.find(wanted)
    while at >= 0:
        span = folded.original(at, at + len(wanted))
        yield Span(span.start, max(span.end, span.start + 1))
        at = folded.text.find(wanted, at + len(wanted))


def _first_line(text: str, wanted: int) -> int:
    """Where the first whole line of a text begins; its beginning where a line is so long that none begins in time."""
    found = _LINE_END.search(text, 0, max(wanted, 0))
    return found.end() if found else 0


def _last_line(text: str, wanted: int) -> int:
    """Where the last whole line behind ``wanted`` ends; the end of the text where that line is too long."""
    last = max(text.rfind("\n", max(wanted, 0)), text.rfind("\r", max(wanted, 0)))
    return last + 1 if last >= 0 else len(text)
