"""What counts as added, changed, removed: the worked cases, and what must hold for any edit."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.change import Changes, compare, places
from index.paragraph import Paragraph


def article(*texts: str, headline: str = "标题", document: str = "d") -> list[Paragraph]:
    """Paragraphs whose ids follow their position, as those of a page do."""
    return [
        Paragraph(f"{document}/{headline}/{i}", text, document, article=headline, position=i)
        for i, text in enumerate(texts, 1)
    ]


def changes(old: list[Paragraph], new: list[Paragraph]) -> tuple[int, int, int, int]:
    counted = compare(places(old), places(new))
    return counted.added, counted.changed, counted.removed, counted.unchanged


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("甲乙丙", "甲乙丙", (0, 0, 0, 3)),
        ("甲乙丙", "新甲乙丙", (1, 0, 0, 3)),
        ("甲乙丙", "甲新乙丙", (1, 0, 0, 3)),
        ("甲乙丙", "甲丙", (0, 0, 1, 2)),
        ("甲乙丙", "甲改丙", (0, 1, 0, 2)),
        ("甲乙丙", "新甲乙改", (1, 1, 0, 2)),
        ("甲乙丙", "丙乙甲", (0, 0, 0, 3)),
        ("甲甲乙", "甲乙", (0, 0, 1, 2)),
        ("甲乙", "甲甲乙", (1, 0, 0, 2)),
        ("", "甲", (1, 0, 0, 0)),
        ("甲", "", (0, 0, 1, 0)),
    ],
)
def test_worked_cases(old: str, new: str, expected: tuple[int, int, int, int]) -> None:
    assert changes(article(*old), article(*new)) == expected


def test_another_headline_changes_its_paragraphs() -> None:
    assert changes(article("甲", "乙"), article("甲", "乙", headline="新题")) == (1, 1, 1, 0)


def test_a_corrected_byline_is_a_change() -> None:
    old = [Paragraph("1", "甲", "d", byline="记者 张三")]
    new = [Paragraph("1", "甲", "d", byline="记者 李四")]
    assert changes(old, new) == (0, 1, 0, 0)
    assert places(old)[0].embedded == places(new)[0].embedded


def test_the_same_words_in_another_document_are_another_paragraph() -> None:
    assert changes(article("甲"), article("甲", document="e")) == (1, 0, 1, 0)


@given(old=st.text("甲乙丙丁戊", max_size=12), new=st.text("甲乙丙丁戊", max_size=12))
def test_everything_is_counted_once(old: str, new: str) -> None:
    counted = Changes(*changes(article(*old), article(*new)))
    assert counted.added + counted.changed + counted.unchanged == len(new)
    assert counted.removed + counted.changed + counted.unchanged == len(old)
    assert counted.unchanged == sum((Counter(old) & Counter(new)).values())
