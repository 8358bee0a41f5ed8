"""The documents of one snapshot to leaf through: their articles, their text as received, what was repaired.

Knows nothing of searching or of screens. Immutable, and safe for many threads.
"""

from collections.abc import Iterator, Sequence

from index.errors import QueryError
from index.messages import say
from index.paragraph import Paragraph
from index.records import DocumentRepair, Head, ParagraphFile
from index.sources import Excerpt, SourceTexts, Stretch


class Shelf:
    """The documents, called by their paths."""

    def __init__(
        self,
        paragraphs: ParagraphFile,
        documents: Sequence[str],
        repairs: Sequence[DocumentRepair],
        sources: SourceTexts | None,
    ) -> None:
        self.documents = tuple(documents)
        self._numbers = {document: number for number, document in enumerate(documents)}
        self._paragraphs = paragraphs
        self._repairs = repairs
        self._sources = sources

    @property
    def keeps_sources(self) -> bool:
        """Whether the texts as received are there; a snapshot of an older version of this program has none."""
        return self._sources is not None

    def rows(self, document: str) -> range:
        """The rows of a document's paragraphs.

        :raises QueryError: when there is no such document.
        """
        return self._paragraphs.rows(self._number(document), self._numbers)

    def heads(self, document: str) -> tuple[Head, ...]:
        """The articles of a document in reading order."""
        return self._paragraphs.heads(self.rows(document))

    def paragraph(self, row: int) -> Paragraph:
        """The paragraph of a row."""
        return self._paragraphs[row]

    def paragraphs(self, document: str) -> Iterator[Paragraph]:
        """The paragraphs of a document in reading order."""
        return (self._paragraphs[row] for row in self.rows(document))

    def nearest(self, paragraph_id: str) -> Paragraph:
        """The paragraph whose id begins the most like this one."""
        return self._paragraphs[self._paragraphs.nearest(paragraph_id)]

    def read(self, document: str, start: int, end: int) -> Excerpt:
        """The characters ``start`` to ``end`` of a document as it was indexed.

        :raises QueryError: when there is no such document, or its text was not kept.
        """
        return self._texts().read(self._number(document), start, end)

    def stretches(self, document: str, start: int, end: int) -> tuple[Stretch, ...]:
        """What the characters ``start`` to ``end`` of a document became.

        :raises QueryError: as :meth:`read`.
        """
        return self._texts().stretches(self._number(document), start, end)

    def repairs(self, document: str, start: int, end: int) -> tuple[DocumentRepair, ...]:
        """The repairs that touched the characters ``start`` to ``end`` of a document."""
        return tuple(
            repair
            for repair in self._repairs
            if repair.document == document and any(span.start < end and start < span.end for span in repair.spans)
        )

    def _number(self, document: str) -> int:
        try:
            return self._numbers[document]
        except KeyError:
            raise QueryError(say("records.unknown_document", document=document)) from None

    def _texts(self) -> SourceTexts:
        if self._sources is None:
            raise QueryError(say("records.no_sources"))
        return self._sources
