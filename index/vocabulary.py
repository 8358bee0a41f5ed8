"""Which words stand in the indexed paragraphs, and in how many. Knows nothing of questions.

Han is indexed as characters and pairs of them, so a longer word is told by its pairs: 产业园 stands there if 产业 and
业园 do. What is asked for is looked up and remembered; no text is read.
"""

from collections.abc import Callable
from functools import lru_cache

from index.text import terms

REMEMBERED = 65536  # looked-up words; some ten megabytes


class Vocabulary:
    """The words of one snapshot; safe for many threads."""

    def __init__(self, document_frequency: Callable[[str], int]) -> None:
        """
        :param document_frequency: in how many paragraphs a term of :func:`index.text.terms` stands.
        """
        self._document_frequency = document_frequency
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._frequency)

    def frequency(self, word: str) -> int:
        """In how many paragraphs a folded word stands, at most; 0 where it stands in none."""
        return self._remembered(word)

    def _frequency(self, word: str) -> int:
        found = terms(word)
        if len(found) > 1:
            found = [term for term in found if len(term) > 1] or found
        return min(map(self._document_frequency, found), default=0)
