"""The vocabulary of texts written for one test, as the index would count it."""

from collections import Counter

from index.text import fold, terms
from index.vocabulary import Vocabulary


def vocabulary_of(*texts: str) -> Vocabulary:
    """Adequate because a vocabulary asks its index nothing but document frequencies."""
    standing = Counter(term for text in texts for term in set(terms(fold(text).text)))
    return Vocabulary(lambda term: standing[term])
