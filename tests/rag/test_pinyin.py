"""Pinyin becomes Chinese, however it is typed; English, names and abbreviations are no pinyin."""

import csv
import gzip
from pathlib import Path

import pytest

from index.lexicon import Lexicon
from rag.pinyin import from_pinyin
from tests.rag.vocabularies import vocabulary_of

DOCUMENTS = vocabulary_of(
    "城东产业园总投资3亿元,由浩盛公司负责建设。AI传感器产业园什么时候竣工,年产值提高。",
    "居民医疗保险补助标准提高15元。绿色发展。he can",
)
SENTENCES = Path(__file__).parents[3] / "shared" / "data" / "tatoeba_en_zh.tsv.gz"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chanyeyuan zongtouzi duoshao", "产业园总投资多少"),
        ("chan ye yuan zong tou zi duo shao?", "产业园总投资多少?"),
        ("chanyeyuanzongtouziduoshao", "产业园总投资多少"),
        ("Chanyeyuan Zongtouzi Duoshao?", "产业园总投资多少?"),
        ("chan3 ye4 yuan2 zong3 tou2 zi1 duo1 shao3", "产业园总投资多少"),
        ("chan3ye4yuan2 zong3tou2zi1 duo1shao3", "产业园总投资多少"),
        ("chǎnyèyuán zǒngtóuzī duōshǎo", "产业园总投资多少"),
        ("chan'ye'yuan zongtouzi duoshao", "产业园总投资多少"),
        ("yi liao bao xian bu zhu biao zhun shi duo shao", "医疗保险补助标准是多少"),
        ("haosheng gongsi shi shei fuze", "浩盛公司是谁负责"),
        ("lǜsè fāzhǎn zenme yang", "绿色发展怎么样"),
        ("AI chuanganqi 产业园总投资多少?", "AI传感器产业园总投资多少?"),
        ("chanyeyuan什么时候jungong?", "产业园什么时候竣工?"),
        ("产业园 zongtouzi 多少", "产业园总投资多少"),
    ],
)
def test_pinyin_is_read(lexicon: Lexicon, typed: str, meant: str) -> None:
    assert from_pinyin(typed, lexicon, DOCUMENTS) == meant


@pytest.mark.parametrize(
    "question",
    [
        "can he men sing",
        "He can win a game",
        "Who is Wang Wei?",
        "How much is the total investment?",
        "GDP",
        "AI",
        "AI产业园总投资多少?",
        "GDP增长多少?",
        "WTO 规则是什么?",
        "产业园用 python 吗?",
        "产业园 can 多少?",
        "a",
        "he",
        "5.2",
        "",
        "?",
        "产业园总投资多少?",
        "chanyeyuan " * 30,
    ],
)
def test_what_is_no_pinyin_stays(lexicon: Lexicon, question: str) -> None:
    assert from_pinyin(question, lexicon, DOCUMENTS) == question


@pytest.mark.shared
@pytest.mark.skipif(not SENTENCES.exists(), reason="needs the outside data")
def test_no_english_sentence_is_pinyin(lexicon: Lexicon) -> None:
    with gzip.open(SENTENCES, "rt", encoding="utf-8") as file:
        sentences = [row[0] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][:6000]
    assert len(sentences) == 6000
    told = [text for one in sentences for text in (one, one.lower())]
    assert [text for text in told if from_pinyin(text, lexicon, DOCUMENTS) != text] == []
