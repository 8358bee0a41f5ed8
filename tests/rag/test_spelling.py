"""A slip is read as the word that stands in the documents; a word or name that is not there is left as it is."""

import pytest

from index.lexicon import Lexicon
from rag.spelling import spelt
from tests.rag.vocabularies import vocabulary_of

DOCUMENTS = vocabulary_of(
    "城西水库总投资3亿元,由人工智能调度。水库工程的施工人员有90人。",
    "居民医保补助标准提高。养老金由社会保障局发放。项目二期已经竣工,负责人李鸣是副总经理。",
    "河东区的产业园有企业入驻,闲置土地由雄安新区统一规划。黎明前开始巡查。",
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("产业圆有多少企业?", "产业园有多少企业?"),
        ("居民医宝补助多少?", "居民医保补助多少?"),
        ("水库总投姿多少?", "水库总投资多少?"),
        ("产业圆总投姿多少?", "产业园总投资多少?"),
        ("养老今提高多少?", "养老金提高多少?"),
        ("人工只能用在哪里?", "人工智能用在哪里?"),
        ("副总经里是谁?", "副总经理是谁?"),
        ("产业园什么是候竣工?", "产业园什么时候竣工?"),
        ("產業圓有多少企業?", "產業園有多少企業?"),
        ("居民醫寶補助多少?", "居民醫保補助多少?"),
        ("　产业圆有１２家吗？", "　产业园有１２家吗？"),
    ],
)
def test_a_slip_is_read_as_the_word_of_the_documents(lexicon: Lexicon, typed: str, meant: str) -> None:
    assert spelt(typed, lexicon, DOCUMENTS) == meant


@pytest.mark.parametrize(
    "question",
    [
        "李明是谁?",  # 李鸣 and 黎明 stand there
        "李名的职务是什么?",
        "黎鸣说了什么?",
        "项目三期什么时候竣工?",
        "河冻区有产业园吗?",
        "和东区的产业园多大?",
        "熊安新区怎么规划?",
        "产业港有多少企业?",
        "产业链有多少企业?",
        "医保卡怎么办?",
        "公园有多大?",
        "“产业圆”是什么?",
        "水库有多深?",
        "",
        "???",
        "圆",
        "How much?",
    ],
)
def test_what_may_be_meant_is_left(lexicon: Lexicon, question: str) -> None:
    assert spelt(question, lexicon, DOCUMENTS) == question


def test_what_stands_in_the_documents_is_no_slip(lexicon: Lexicon) -> None:
    documents = vocabulary_of("产业圆是一种图形。产业园是另一种。")
    assert spelt("产业圆是什么?", lexicon, documents) == "产业圆是什么?"


def test_a_word_that_no_document_has_corrects_nothing(lexicon: Lexicon) -> None:
    assert spelt("产业圆总投姿多少?", lexicon, vocabulary_of("天气晴朗")) == "产业圆总投姿多少?"
