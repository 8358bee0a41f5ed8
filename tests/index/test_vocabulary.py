"""What stands in the documents is told by characters, pairs of them, and whole Latin words."""

from collections import Counter

import pytest

from index.text import terms
from index.vocabulary import Vocabulary

TEXTS = ("水库竣工", "水库蓄水", "gdp增长5.2%")


@pytest.fixture
def vocabulary() -> Vocabulary:
    standing = Counter(term for text in TEXTS for term in set(terms(text)))
    return Vocabulary(lambda term: standing[term])


@pytest.mark.parametrize(
    ("word", "frequency"),
    [
        ("水", 2),
        ("水库", 2),
        ("水库竣", 1),
        ("库水", 0),
        ("水竣", 0),
        ("gdp", 1),
        ("gd", 0),
        ("5.2", 1),
        ("", 0),
        ("?", 0),
    ],
)
def test_in_how_many_texts_a_word_stands(vocabulary: Vocabulary, word: str, frequency: int) -> None:
    assert vocabulary.frequency(word) == frequency


def test_a_word_is_looked_up_once() -> None:
    asked: list[str] = []

    def counted(term: str) -> int:
        asked.append(term)
        return 1

    vocabulary = Vocabulary(counted)
    assert [vocabulary.frequency("水库"), vocabulary.frequency("水库")] == [1, 1]
    assert asked == ["水库"]
