"""The words of a text, their vectors and how much each tells, from the shipped table. Knows nothing of searching.

利息5%  ->  Word(利息, 0, 2), Word(5, 2, 3), Word(%, 3, 4)
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.embedder import StaticEncoder, shipped_encoder
from index.errors import EncoderError
from index.messages import say

UNKNOWN_WEIGHT = 15.0  # nats: what the table does not know is rarer than nearly everything it knows


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
        self._encoder = encoder
        self._weights = _weights(encoder)

    @classmethod
    def shipped(cls) -> "Lexicon":
        """The words of the shipped model, read once a process."""
        return _shipped()

    def words(self, text: str) -> tuple[Word, ...]:
        """The words of ``text`` in order; spaces and punctuation are left out."""
        encoding = self._encoder.tokenizer.encode(text, add_special_tokens=False)
        return tuple(
            Word(text[start:end], start, end, id, self._weights[id])
            for id, (start, end) in zip(encoding.ids, encoding.offsets, strict=True)
            if end > start
        )

    def vectors(self, words: Sequence[Word]) -> NDArray[np.float32]:
        """Unit rows, shape (n, dimension); zero for an unknown word."""
        ids = np.fromiter((word.id for word in words), np.int64, len(words))
        vectors = self._encoder.table[self._encoder.rows[ids]].astype(np.float32)
        lengths: NDArray[np.float32] = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)


@cache
def _shipped() -> Lexicon:
    return Lexicon(shipped_encoder())


def _weights(encoder: StaticEncoder) -> list[float]:
    """-log p of each table row, from the scores that the tokenizer carries."""
    path = encoder.folder / "tokenizer.json"
    model = json.loads(path.read_text(encoding="utf-8"))["model"]
    if model["type"] != "Unigram":
        raise EncoderError(say("lexicon.no_scores", path=path, kind=model["type"]))
    weights = [-float(score) for _word, score in model["vocab"]]
    weights[model["unk_id"]] = UNKNOWN_WEIGHT
    return weights
