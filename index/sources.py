"""The text of every document as it was indexed, and what each place of it became. Knows nothing of searching.

``sources.txt`` holds the texts one behind the other, ``sources.npy`` where every STEP characters of a document lie in
it and how many lines end before them: so a page of a large document is read without the rest. ``places.npy`` tells of
every stretch of a document, in its order, which paragraph it went into or which article it stands above.
"""

import mmap
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, get_args

import numpy as np

from index.block import Role
from index.errors import SnapshotDamaged
from index.messages import say
from index.paragraph import Span

TEXTS_NAME = "sources.txt"
STEPS_NAME = "sources.npy"
PLACES_NAME = "places.npy"
STEP = 16_384  # characters: what is read in vain at most on either side of a page

_ROLES: tuple[Role, ...] = get_args(Role)
_LINE_END = re.compile(r"\r\n|\r|\n")
_STEP = np.dtype([("document", "<u4"), ("character", "<u8"), ("byte", "<u8"), ("line", "<u8")])
_PLACE = np.dtype([("document", "<u4"), ("start", "<u8"), ("end", "<u8"), ("row", "<u4"), ("role", "u1")])


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of characters of a document, what it is, and the row of its paragraph or of its article's first one."""

    span: Span
    role: Role
    row: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Characters of a document from ``start`` on; ``line`` is the number of the line they begin in, counted from 1."""

    text: str
    start: int
    line: int
    length: int
    """Characters of the whole document."""


class SourceWriter:
    """Writes the documents one by one; keeps in memory where they and their parts lie."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._documents = 0
        self._bytes = 0
        self._steps: list[tuple[int, int, int, int]] = []
        self._places = array("Q")
        self._file = (folder / TEXTS_NAME).open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, text: str, places: Iterable[Stretch]) -> None:
        """Append a document."""
        start = line = 0
        while start < len(text):
            self._steps.append((self._documents, start, self._bytes, line))
            end = start + STEP
            end += text[end - 1 : end + 1] == "\r\n"  # one line end must not be counted twice
            piece = text[start:end]
            self._bytes += self._file.write(piece.encode())
            line += len(_LINE_END.findall(piece))
            start = end
        self._steps.append((self._documents, len(text), self._bytes, line))
        for place in sorted(places, key=lambda place: place.span.start):
            number = _ROLES.index(place.role)
            self._places.extend((self._documents, place.span.start, place.span.end, place.row, number))
        self._documents += 1

    def finish(self) -> None:
        """Write where everything lies."""
        self._file.close()
        np.save(self.folder / STEPS_NAME, np.array(self._steps, _STEP))
        columns = np.array(self._places, np.uint64).reshape(-1, len(_PLACE.names or ()))
        places = np.zeros(len(columns), _PLACE)
        for name, column in zip(_PLACE.names or (), columns.T, strict=True):
            places[name] = column
        np.save(self.folder / PLACES_NAME, places)


class SourceTexts:
    """The documents of a snapshot, by their number; safe for many threads."""

    def __init__(self, folder: Path) -> None:
        try:
            self._steps = np.load(folder / STEPS_NAME, mmap_mode="r")
            self._places = np.load(folder / PLACES_NAME, mmap_mode="r")
            with (folder / TEXTS_NAME).open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError, EOFError) as error:
            raise SnapshotDamaged(say("records.unreadable", path=folder / STEPS_NAME, reason=error)) from error

    @classmethod
    def open(cls, folder: Path) -> Self | None:
        """Those in a snapshot's folder; nothing in one of before texts were kept."""
        return cls(folder) if (folder / STEPS_NAME).exists() else None

    def read(self, document: int, start: int, end: int) -> Excerpt:
        """The characters ``start`` to ``end``, as far as the document has them."""
        steps = self._of(self._steps, document)
        length = int(steps["character"][-1])
        start = min(max(start, 0), length)
        end = min(max(end, start), length)
        first = max(int(np.searchsorted(steps["character"], start, side="right")) - 1, 0)
        last = int(np.searchsorted(steps["character"], end, side="left"))
        read = self._bytes[int(steps["byte"][first]) : int(steps["byte"][last])].decode()
        skipped = start - int(steps["character"][first])
        line = int(steps["line"][first]) + len(_LINE_END.findall(read[:skipped])) + 1
        return Excerpt(read[skipped : skipped + end - start], start, line, length)

    def stretches(self, document: int, start: int, end: int) -> tuple[Stretch, ...]:
        """What the characters ``start`` to ``end`` became, in the order of the document."""
        places = self._of(self._places, document)
        first = int(np.searchsorted(places["end"], start, side="right"))  # they don't overlap: ends are in order, too
        last = int(np.searchsorted(places["start"], end, side="left"))
        return tuple(
            Stretch(Span(int(one["start"]), int(one["end"])), _ROLES[int(one["role"])], int(one["row"]))
            for one in places[first:last]
        )

    def _of(self, table: "np.ndarray[Any, Any]", document: int) -> "np.ndarray[Any, Any]":
        first, last = np.searchsorted(table["document"], [document, document + 1])
        return table[int(first) : int(last)]
