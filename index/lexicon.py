"""The words of a text, their vectors and how much each tells, from the shipped table. Knows nothing of searching.

利息5%  ->  Word(利息, 0, 2), Word(5, 2, 3), Word(%, 3, 4)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.embedder import StaticEncoder, shipped_encoder
from index.errors import EncoderError
from index.messages import say
from index.words import LongestFirst


@dataclass(frozen=True, slots=True)
class Word:
    """The characters ``start`` to ``end`` of a text; ``weight`` is the information -log p(word) in nats."""

    text: str
    start: int
    end: int
    id: int
    weight: float


class Lexicon:
    """Splits text into the words of a static encoder's table."""

    def __init__(self, encoder: StaticEncoder) -> None:
        """
        :raises EncoderError: the model does not say how rare its words are, or leaves cutting to a library.
        """
        information = encoder.table.information
        if information is None or not isinstance(encoder.splitter, LongestFirst):
            raise EncoderError(say("lexicon.no_information", path=encoder.folder))
        self._table = encoder.table
        self._splitter = encoder.splitter
        self._information: list[float] = information.tolist()
        self._rarest = max(self._information)

    @classmethod
    def shipped(cls) -> "Lexicon":
        """The words of the shipped model, read once a process."""
        return _shipped()

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._table.whole.shape[1])

    def words(self, text: str) -> tuple[Word, ...]:
        """The words of ``text`` in order; spaces and punctuation are left out."""
        return tuple(
            Word(text[piece.start : piece.end], piece.start, piece.end, piece.id, self._information[piece.id])
            for piece in self._splitter.pieces(text)
        )

    def knows(self, word: str) -> bool:
        """Whether a word stands in the table as a whole."""
        return word in self._splitter.ids

    def information(self, word: str) -> float:
        """How much a word tells, in nats; of one that the table lacks, what its rarest word does."""
        id = self._splitter.ids.get(word)
        return self._rarest if id is None else self._information[id]

    def known(self) -> Iterable[str]:
        """All words of the table."""
        return self._splitter.ids.keys()

    def vectors(self, words: Sequence[Word]) -> NDArray[np.float32]:
        """Unit rows, shape (n, dimension); zero for an unknown word."""
        return self._unit_rows(np.fromiter((word.id for word in words), np.int64, len(words)))

    def table(self) -> NDArray[np.float32]:
        """The unit rows of all words, in the order of their numbers: shape (words, dimension)."""
        return self._unit_rows(np.arange(len(self._information)))

    def _unit_rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        vectors = self._table.whole[self._table.rows[ids]].astype(np.float32)
        lengths: NDArray[np.float32] = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)


@cache
def _shipped() -> Lexicon:
    return Lexicon(shipped_encoder())
