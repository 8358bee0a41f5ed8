"""Folding and pairs, against arithmetic written out."""

import pytest

from rag.archive.words import folded, grams, phrase


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("經濟 發展",), "经济发展"),
        (("ＧＤＰ\n增长",), "gdp增长"),
        (("甲", "", "乙"), "甲\n乙"),
        ((), ""),
    ],
)
def test_folded(texts: tuple[str, ...], expected: str) -> None:
    assert folded(*texts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("水渠12", "水渠 渠1 12"), ("4.38亿", "43 38 8亿"), ("水", ""), ("", ""), ("。!", "")],
)
def test_grams(text: str, expected: str) -> None:
    assert grams(text) == expected
    assert phrase(text) == (f'"{expected}"' if expected else "")
