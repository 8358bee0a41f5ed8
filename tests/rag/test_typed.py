"""What was meant: pinyin first, then the slips of the language that it is in."""

import pytest

from index.lexicon import Lexicon
from rag.typed import meant
from tests.rag.vocabularies import vocabulary_of

DOCUMENTS = vocabulary_of("产业园总投资3亿元", "居民医保补助提高")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("chanyeyuan zongtouzi duoshao", "产业园总投资多少"),
        ("产业圆 zongtouzi 多少", "产业园总投资多少"),
        ("居民医宝补助多少", "居民医保补助多少"),
        ("total investmant of the park", "total investment of the park"),
        ("产业园总投资多少", "产业园总投资多少"),
    ],
)
def test_a_question_is_read(lexicon: Lexicon, typed: str, read: str) -> None:
    assert meant(typed, lexicon, DOCUMENTS) == read
