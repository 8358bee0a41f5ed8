"""The pieces of a paragraph that are embedded, and the dense leg: a paragraph is as near as its nearest piece.

A vector of a long paragraph means a little of everything; one sentence of it can mean just what was asked. So a
paragraph has a vector of the whole with what stands above it, and one of every window of its sentences. Knows nothing
of files but the folder it is given, and nothing of lexical search.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.errors import SnapshotDamaged
from index.messages import say
from index.paragraph import Paragraph
from index.text import sentences
from index.vectors import Ranking, VectorIndex

STARTS_NAME = "passages.npy"
# Rows asked for at first, for each paragraph wanted: pieces of one paragraph tend to be found together.
ROWS_PER_PARAGRAPH = 3


def passages(paragraph: Paragraph, *, window: int) -> tuple[str, ...]:
    """What of a paragraph is embedded: all of it behind what stands above it, then its windows.

    :param window: characters up to which sentences that follow each other make one window.
    """
    whole = f"{paragraph.context} {paragraph.text}".lstrip()
    windows = _windows(paragraph.text, window)
    return (whole,) if windows == (whole,) else (whole, *windows)


def write_starts(folder: Path, counts: Iterable[int]) -> NDArray[np.int64]:
    """Note at which row the pieces of every paragraph start; int64 of shape (paragraphs + 1,), the last one the end."""
    starts = np.concatenate(([0], np.cumsum(np.fromiter(counts, np.int64)))).astype(np.int64)
    np.save(folder / STARTS_NAME, starts)
    return starts


class PassageIndex:
    """The dense leg of a snapshot: vectors of pieces, answers in paragraphs. Safe for many threads."""

    def __init__(self, vectors: VectorIndex, starts: NDArray[np.int64]) -> None:
        """
        :param starts: int64 of shape (paragraphs + 1,), ascending: the pieces of paragraph i are the rows
            ``starts[i]`` to ``starts[i + 1]`` of ``vectors``.
        """
        self.vectors = vectors
        self.starts = starts

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The dense leg in a snapshot's folder.

        :raises SnapshotDamaged: when its files cannot be read or do not belong together.
        """
        vectors = VectorIndex.open(folder)
        path = folder / STARTS_NAME
        try:
            starts = np.load(path, mmap_mode="r")
        except (OSError, ValueError, EOFError) as error:
            raise SnapshotDamaged(say("vectors.unreadable", path=path, reason=error)) from error
        if starts.ndim != 1 or not len(starts) or starts[-1] != len(vectors) or (np.diff(starts) < 1).any():
            raise SnapshotDamaged(say("vectors.differ", path=path, got=starts.shape, expected=len(vectors)))
        return cls(vectors, starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self.vectors.dimension

    def of(self, row: int) -> NDArray[np.float32]:
        """The vectors of one paragraph, float32 of shape (pieces, dimension)."""
        return self.vectors.vectors[self.starts[row] : self.starts[row + 1]]

    def search(self, query: NDArray[np.float32], *, k: int) -> Ranking:
        """The ``k`` nearest paragraphs, each with the cosine of its nearest piece; see :meth:`VectorIndex.search`."""
        wanted = min(k, len(self))
        rows = wanted * ROWS_PER_PARAGRAPH
        while True:
            found = self.vectors.search(query, k=max(rows, 1))
            owners = np.searchsorted(self.starts, found.rows, side="right") - 1
            paragraphs, first = np.unique(owners, return_index=True)  # the first piece found is the nearest
            if len(paragraphs) >= wanted or len(found.rows) < rows or rows >= len(self.vectors):
                return Ranking.best_first(paragraphs.astype(np.int64), found.scores[first]).top(k)
            rows *= 2

    def cosines(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosines of some paragraphs, float32 of shape (rows,)."""
        if not len(rows):
            return np.zeros(0, np.float32)
        counts = self.starts[rows + 1] - self.starts[rows]
        ends = np.cumsum(counts)
        pieces = np.repeat(self.starts[rows] - (ends - counts), counts) + np.arange(ends[-1])
        return np.asarray(np.maximum.reduceat(self.vectors.cosines(query, pieces), ends - counts), dtype=np.float32)


def _windows(text: str, window: int) -> tuple[str, ...]:
    """Sentences that follow each other, as many together as the window holds: at least one."""
    found: list[str] = []
    start = end = 0
    for sentence in sentences(text):
        if end > start and sentence.end - start > window:
            found.append(text[start:end])
            start = sentence.start
        end = sentence.end
    return (*found, text[start:end])
