"""A misspelt English word is read as the usual one a letter away; names, pinyin and known words stay."""

import pytest

from index.lexicon import Lexicon
from rag.english_spelling import spelt_in_english
from tests.rag.vocabularies import vocabulary_of

DOCUMENTS = vocabulary_of("本项目由sensr公司承建")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("What is the total investmant?", "What is the total investment?"),
        ("When will it be compleeted?", "When will it be completed?"),
        ("How many constrution workers?", "How many construction workers?"),
        ("Investmant of the park?", "Investment of the park?"),
        ("WHAT IS THE OUPUT?", "WHAT IS THE OUTPUT?"),
        ("annual reveune of the park", "annual revenue of the park"),
    ],
)
def test_a_misspelt_word(lexicon: Lexicon, typed: str, meant: str) -> None:
    assert spelt_in_english(typed, lexicon, DOCUMENTS) == meant


@pytest.mark.parametrize(
    "question",
    [
        "What did Mr Bronw say?",  # a name has a capital
        "where is chanyeyuan?",
        "What does sensr build?",  # the documents have it
        "the reservoirs rebuilt",
        "see https://exmaple.org/parkk",
        "GDP of teh park",  # too short to tell
        "",
    ],
)
def test_what_stays(lexicon: Lexicon, question: str) -> None:
    assert spelt_in_english(question, lexicon, DOCUMENTS) == question
