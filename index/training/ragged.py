"""Rows of different lengths in one flat array. Knows nothing of what the numbers mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.words import LongestFirst


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row ``i`` is ``flat[offsets[i] : offsets[i + 1]]``: [[7, 8], [], [9]] -> flat [7, 8, 9], offsets [0, 2, 2, 3]."""

    flat: NDArray[np.int32]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, rows: Sequence[NDArray[np.int32] | Sequence[int]]) -> "Ragged":
        """The rows, in order."""
        offsets = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row) for row in rows], out=offsets[1:])
        flat = np.concatenate([np.asarray(row, np.int32) for row in rows]) if rows else np.zeros(0, np.int32)
        return cls(flat, offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def row(self, number: int) -> NDArray[np.int32]:
        """One row."""
        return self.rows(number, number + 1)

    def rows(self, first: int, last: int) -> NDArray[np.int32]:
        """The rows ``first`` (included) to ``last`` (excluded), joined."""
        return self.flat[self.offsets[first] : self.offsets[last]]


@dataclass(frozen=True, slots=True)
class Splitter:
    """Splits texts into the table rows of their words; word ``i`` has row ``rows[i]``."""

    words: LongestFirst
    rows: NDArray[np.int32]

    def split(self, texts: Iterable[str]) -> Ragged:
        """The rows of each text, the unknown word (row 0) left out."""
        cut = self.words.cut(texts)
        rows = self.rows[np.asarray(cut.ids, np.int64)]
        before = np.concatenate([[0], np.cumsum(rows != 0)])  # known words before each word
        return Ragged(rows[rows != 0], before[np.asarray([0, *cut.ends], np.int64)])

    def row(self, word: str) -> int | None:
        """The row of one word, if it is one."""
        id = self.words.ids.get(word)
        return None if id is None else int(self.rows[id])

    @property
    def size(self) -> int:
        """How many rows the table has."""
        return int(self.rows.max()) + 1
