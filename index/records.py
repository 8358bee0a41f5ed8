"""The paragraphs and repairs of a snapshot on disk, one JSON line each, read one at a time. Knows nothing of searching.

``paragraphs.npy`` says where the line of each row begins, which article the row belongs to (numbered from 0) and, in
its ``by_id`` column, the rows in the order of their ids; so a million paragraphs cost no memory until they are read.
"""

import json
import mmap
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self, overload

import numpy as np

from index.block import Repair
from index.errors import QueryError, SnapshotDamaged
from index.messages import say
from index.paragraph import Paragraph, Span

LINES_NAME = "paragraphs.jsonl"
ROWS_NAME = "paragraphs.npy"

LONGEST_ARTICLE = 2000  # paragraphs: a file of JSON lines without titles is one article, however many lines it has

LONGEST_DOCUMENT = 20_000  # paragraphs: a longer one is a data file, whose paragraphs are found by their own ids

_LINE_END = re.compile(r"\r\n|\r|\n")
_ROW = np.dtype([("start", "<u8"), ("article", "<u4"), ("by_id", "<u4")])


@dataclass(frozen=True, slots=True)
class DocumentRepair:
    """A repair, the document it was made in, and the numbers of the source lines it touched, counted from 1."""

    document: str
    kind: str
    detail: str
    spans: tuple[Span, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """An article: the row of its first paragraph, and how many it has."""

    row: int
    paragraphs: int


class ParagraphWriter:
    """Writes ``paragraphs.jsonl`` line by line, then ``paragraphs.npy``; what it keeps in memory is the ids."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ids: dict[str, str] = {}
        """The document of every id written so far."""
        self._starts = array("Q", [0])
        self._articles = array("L")
        self._numbers: dict[tuple[str, str], int] = {}
        self._file = (folder / LINES_NAME).open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._articles)

    def write(self, paragraph: Paragraph) -> None:
        """Append a paragraph."""
        self.ids[paragraph.id] = paragraph.document
        self._starts.append(self._starts[-1] + self._file.write(_dump(to_record(paragraph))))
        self._articles.append(self._numbers.setdefault((paragraph.document, paragraph.article), len(self._numbers)))

    def finish(self) -> None:
        """Write where the rows are."""
        self._file.close()
        rows = np.zeros(len(self) + 1, _ROW)
        rows["start"] = self._starts
        rows["article"][:-1] = self._articles
        written = list(self.ids)
        rows["by_id"][:-1] = sorted(range(len(written)), key=written.__getitem__)
        np.save(self.folder / ROWS_NAME, rows)


class ParagraphFile(Sequence[Paragraph]):
    """The paragraphs of a snapshot, row by row; safe for many threads."""

    def __init__(self, folder: Path) -> None:
        path = folder / ROWS_NAME
        try:
            self._rows = np.load(path, mmap_mode="r")
            with (folder / LINES_NAME).open("rb") as file:
                self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError, EOFError) as error:
            raise SnapshotDamaged(say("records.unreadable", path=path, reason=error)) from error
        if self._rows.dtype != _ROW or not len(self._rows) or self._rows["start"][-1] != len(self._lines):
            raise SnapshotDamaged(say("records.differ", path=path, lines=folder / LINES_NAME))

    def __len__(self) -> int:
        return len(self._rows) - 1

    @overload
    def __getitem__(self, row: int) -> Paragraph: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Paragraph]: ...
    def __getitem__(self, row: int | slice) -> Paragraph | Sequence[Paragraph]:
        """The paragraph of a row, or those of a slice."""
        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(len(self)))]
        line = self._line(range(len(self))[row])
        try:
            return from_record(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:  # a large snapshot is not read through on opening
            raise SnapshotDamaged(say("records.bad_line", row=row, reason=error)) from error

    def __iter__(self) -> Iterator[Paragraph]:
        return (self[row] for row in range(len(self)))

    @property
    def articles(self) -> int:
        """How many articles the paragraphs belong to."""
        numbers = self._rows["article"][:-1]
        return int(numbers.max()) + 1 if len(numbers) else 0

    def row(self, paragraph_id: str) -> int:
        """The row of an id.

        :raises QueryError: when no paragraph has it.
        """
        by_id: Sequence[int] = self._rows["by_id"][:-1]
        place = bisect_left(by_id, paragraph_id, key=lambda row: self[int(row)].id)
        if place < len(self) and self[int(by_id[place])].id == paragraph_id:
            return int(by_id[place])
        raise QueryError(say("records.unknown_id", id=paragraph_id))

    def nearest(self, paragraph_id: str) -> int:
        """The row whose id begins the most like an id that may be gone: the same section, article, file."""
        by_id: Sequence[int] = self._rows["by_id"][:-1]
        place = bisect_left(by_id, paragraph_id, key=lambda row: self[int(row)].id)
        beside = [int(row) for row in by_id[max(place - 1, 0) : place + 1]]
        return max(beside, key=lambda row: _alike(self[row].id, paragraph_id))

    def rows(self, document: int, number: Mapping[str, int]) -> range:
        """The rows of the document that has this number, in the order of the documents."""
        first, last = (
            bisect_left(range(len(self)), wanted, key=lambda row: number[self[row].document])
            for wanted in (document, document + 1)
        )
        return range(first, last)

    def heads(self, rows: range) -> tuple[Head, ...]:
        """The articles that these rows belong to, in the order in which they begin."""
        articles = self._rows["article"][rows.start : rows.stop]
        _, first, counts = np.unique(articles, return_index=True, return_counts=True)
        return tuple(
            Head(rows.start + start, count)
            for start, count in sorted(zip(first.tolist(), counts.tolist(), strict=True))
        )

    def article(self, row: int) -> tuple[Paragraph, ...]:
        """The paragraphs of the same article of the same document, in reading order; of a vast one those around."""
        articles = self._rows["article"][:-1]
        rows = np.flatnonzero(articles == articles[row])
        first = max(0, int(np.searchsorted(rows, row)) - LONGEST_ARTICLE // 2)
        return tuple(self[int(found)] for found in rows[first : first + LONGEST_ARTICLE])

    def _line(self, row: int) -> bytes:
        return self._lines[int(self._rows["start"][row]) : int(self._rows["start"][row + 1])]


def of_document(paragraphs: Sequence[Paragraph], documents: Sequence[str], name: str) -> Sequence[Paragraph]:
    """The paragraphs of one document, which stand together in the order of ``documents``; of a vast one the first."""
    ranks = {document: rank for rank, document in enumerate(documents)}
    if name not in ranks:
        return ()
    rows = range(len(paragraphs))

    def rank(row: int) -> int:
        return ranks[paragraphs[row].document]

    first, last = bisect_left(rows, ranks[name], key=rank), bisect_right(rows, ranks[name], key=rank)
    return paragraphs[first : min(last, first + LONGEST_DOCUMENT)]


def to_record(paragraph: Paragraph) -> dict[str, Any]:
    """A paragraph as the JSON object of the snapshot and of the command line."""
    return {
        "id": paragraph.id,
        "text": paragraph.text,
        "document": paragraph.document,
        "article": paragraph.article,
        "section": paragraph.section,
        "position": paragraph.position,
        "spans": [[span.start, span.end] for span in paragraph.spans],
        "kicker": paragraph.kicker,
        "byline": paragraph.byline,
        "headings": paragraph.headings,
        "role": paragraph.role,
        "note": paragraph.note,
    }


def from_record(record: dict[str, Any]) -> Paragraph:
    """The paragraph of :func:`to_record`."""
    values = {name: value for name, value in record.items() if name != "section"}
    values["headings"] = tuple(record["headings"])
    values["spans"] = _spans(record["spans"])
    return Paragraph(**values)


def write_lines(path: Path, records: Iterable[Any]) -> None:
    """Dataclasses as JSON lines."""
    with path.open("wb") as file:
        file.writelines(_dump(asdict(record)) for record in records)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    with path.open("rb") as file:
        yield from map(json.loads, file)


def read_repairs(path: Path) -> tuple[DocumentRepair, ...]:
    """The repairs that :func:`write_lines` wrote."""
    return tuple(_repair(record) for record in read_lines(path))


def place_repairs(document: str, text: str, repairs: Iterable[Repair]) -> Iterator[DocumentRepair]:
    """Repairs with the source lines they touched.

    >>> place_repairs("a.txt", "甲\\n乙丙\\n丁", [Repair("join", "…", (Span(0, 1), Span(5, 6)))])  # lines (1, 3)
    """
    begins = _line_begins(text)
    for repair in repairs:
        lines = dict.fromkeys(bisect_right(begins, span.start) for span in repair.spans)
        yield DocumentRepair(document, repair.kind, repair.detail, repair.spans, tuple(lines))


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return next((at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), len(one))


def _line_begins(text: str) -> list[int]:
    return [0, *(end.end() for end in _LINE_END.finditer(text))]


def _repair(record: dict[str, Any]) -> DocumentRepair:
    spans = tuple(Span(**span) for span in record["spans"])
    return DocumentRepair(record["document"], record["kind"], record["detail"], spans, tuple(record["lines"]))


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _dump(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
