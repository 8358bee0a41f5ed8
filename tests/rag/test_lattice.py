"""Syllables become the likeliest words: those of the documents, and characters that these have side by side."""

import pytest

from index.lexicon import Lexicon
from rag.lattice import Row, is_spoken, likeliest, sounding
from tests.rag.vocabularies import vocabulary_of

DOCUMENTS = vocabulary_of("产业园总投资3亿元,由浩盛公司建设", "西安的先进企业")


def text(letters: str, lexicon: Lexicon, breaks: frozenset[int] = frozenset()) -> str:
    row = likeliest(letters, breaks, lexicon, DOCUMENTS)
    return row.text if row else ""


@pytest.mark.parametrize(
    ("letters", "chinese"),
    [("chanyeyuan", "产业园"), ("zongtouzi", "总投资"), ("haoshenggongsi", "浩盛公司"), ("duoshao", "多少"), ("", "")],
)
def test_words_of_the_documents_come_first(lexicon: Lexicon, letters: str, chinese: str) -> None:
    assert text(letters, lexicon) == chinese


def test_a_break_ends_a_syllable(lexicon: Lexicon) -> None:
    assert text("xian", lexicon, frozenset({2})) == "西安"
    assert len(text("xian", lexicon, frozenset({4}))) in (1, 2)
    assert list(sounding(lexicon).syllables("xian", 0, frozenset({2}))) == ["xi"]


@pytest.mark.parametrize(
    ("letters", "spoken"),
    [("chanyeyuan", True), ("sensor", False), ("lvse", True), ("gdp", False), ("v", False), ("", True)],
)
def test_what_can_be_cut_into_syllables(lexicon: Lexicon, letters: str, spoken: bool) -> None:
    assert is_spoken(letters, frozenset(), lexicon) is spoken
    assert (likeliest(letters, frozenset(), lexicon, DOCUMENTS) is not None) is spoken


def test_a_row_costs_what_its_words_do(lexicon: Lexicon) -> None:
    row = likeliest("chanyeyuan", frozenset(), lexicon, DOCUMENTS)
    assert row == Row(("产业园",), pytest.approx(lexicon.information("产业园")))
