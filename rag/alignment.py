"""How well a piece of text covers the words of a question: exactly, in part, or by meaning. Knows nothing of answers.

Exact words come first and meaning fills the gaps: 大夫 is covered by 医生 though they share no character,
because the shipped table's vectors of both are near. The vectors also reach from English words to Chinese text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.lexicon import Lexicon, Word
from index.text import fold
from rag.question import Term

# Cosines of word vectors: below the floor two words have nothing to do with each other, at the ceiling they are one.
COSINE_FLOOR = 0.2
COSINE_CEILING = 0.55
# A match by meaning is worth less than the word itself, a part of a word less than the whole.
MEANING = 0.85
PART = 0.9
MISSPELT = 0.3
# A character that stands alone means many things: 定 in 定于 is not what it is in 决定.
CHARACTER_CLARITY = 0.7


@dataclass(frozen=True, slots=True)
class ReadText:
    """A piece of text, folded, with its words.

    :ivar vectors: what they mean, unit vectors or shorter where that is less clear. *Shape:* (words, dimension).
    """

    folded: str
    words: tuple[Word, ...]
    vectors: NDArray[np.float32]


class Aligner:
    """Reads pieces of text once and compares questions with them."""

    def __init__(self, lexicon: Lexicon, *, remembered: int = 4096) -> None:
        self.lexicon = lexicon
        self.read = lru_cache(maxsize=remembered)(self._read)
        self.matrix = lru_cache(maxsize=8)(self._matrix)

    def support(self, terms: Sequence[Term], text: ReadText) -> NDArray[np.float32]:
        """How far each term is found in the text, 0 (not at all) to 1 (word for word). *Shape:* (terms,)."""
        if not terms:
            return np.zeros(0, dtype=np.float32)
        return np.maximum(letters(terms, text), self._by_meaning(terms, text))

    def _by_meaning(self, terms: Sequence[Term], text: ReadText) -> NDArray[np.float32]:
        if not text.words:
            return np.zeros(len(terms), dtype=np.float32)
        cosines = (self.matrix(tuple(terms)) @ text.vectors.T).max(axis=1)
        scaled = (cosines - COSINE_FLOOR) / (COSINE_CEILING - COSINE_FLOOR)
        return np.asarray(MEANING * np.clip(scaled, 0.0, 1.0), dtype=np.float32)

    def _matrix(self, terms: tuple[Term, ...]) -> NDArray[np.float32]:
        """The unit vectors of a question's terms. *Shape:* (terms, dimension)."""
        return np.stack([unit_vector(term, self.lexicon) for term in terms])

    def _read(self, text: str) -> ReadText:
        folded = fold(text).text
        words = self.lexicon.words(folded)
        clarity = np.asarray([CHARACTER_CLARITY if _is_character(word) else 1.0 for word in words], np.float32)
        return ReadText(folded, words, self.lexicon.vectors(words) * clarity[:, None])


def letters(terms: Sequence[Term], text: ReadText) -> NDArray[np.float32]:
    """How far each term is found in the text by its characters alone. *Shape:* (terms,)."""
    found = [max(_by_letters(term.text, text.folded), _by_spelling(term, text.folded)) for term in terms]
    return np.asarray(found, dtype=np.float32)


def unit_vector(term: Term, lexicon: Lexicon) -> NDArray[np.float32]:
    """The meaning of a term, none for one made of characters: a name that the lexicon lacks. *Shape:* (dimension,)."""
    if len(term.words) > 1 and all(map(_is_character, term.words)):
        return np.zeros(lexicon.dimension, np.float32)
    total = lexicon.vectors(term.words).sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)


def _by_letters(word: str, folded: str) -> float:
    """1 for the whole word, less for a part of it of two characters and more: two thirds of 投资额 are in 总投资."""
    if word in folded:
        return float(_stands_alone(word, folded))
    if word.isascii():
        return 0.0
    for length in range(len(word) - 1, 1, -1):
        if any(word[i : i + length] in folded for i in range(len(word) - length + 1)):
            return PART * length / len(word)
    return 0.0


def _by_spelling(term: Term, folded: str) -> float:
    """A little for a word that the lexicon lacks and half of whose characters stand there: it may be misspelt."""
    known = sum(character in folded for character in term.text)
    return MISSPELT if len(term.words) > 1 and 2 * known >= len(term.text) else 0.0


def _stands_alone(word: str, folded: str) -> bool:
    """Whether a word occurs as itself: ``art`` is not in ``party``, and 成员 not in 非成员."""
    start = folded.find(word)
    while start >= 0:
        before, after = folded[start - 1 : start] if start else "", folded[start + len(word) : start + len(word) + 1]
        if word.isascii() and not _is_latin(before) and not _is_latin(after):
            return True
        if not word.isascii() and before != "非":
            return True
        start = folded.find(word, start + 1)
    return False


def _is_character(word: Word) -> bool:
    """Whether a word is a single character of Han."""
    return len(word.text) == 1 and not word.text.isascii()


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
