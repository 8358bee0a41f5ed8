"""What counts as added, changed, removed: the worked cases, and what must hold for any edit."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.change import Changes, compare, differing, places
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


def told(old: list[Paragraph], new: list[Paragraph]) -> str:
    """The differing paragraphs in their order: ``+新``, ``-旧``, ``旧>新``."""
    found = []
    for rows in differing(places(old), places(new)):
        before = "" if rows.old is None else old[rows.old].text
        after = "" if rows.new is None else new[rows.new].text
        found.append(f"{before}>{after}" if before and after else f"+{after}" if after else f"-{before}")
    return " ".join(found)


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


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("甲乙丙", "甲乙丙", ""),
        ("甲乙丙", "丙乙甲", ""),
        ("甲乙丙", "甲改丙", "乙>改"),
        ("甲乙丙", "新甲乙丙", "+新"),
        ("甲乙丙丁", "甲丁新", "-乙 丙>新"),  # the third paragraph of both
        ("甲乙丙丁戊", "甲丁戊", "-乙 -丙"),
        ("甲乙丙丁戊", "丙丁戊", "-甲 -乙"),
        ("甲乙丙丁戊", "甲乙丙", "-丁 -戊"),
        ("甲乙丙丁戊", "甲丙丁新戊末", "-乙 +新 +末"),
        ("", "甲乙", "+甲 +乙"),
        ("甲乙", "", "-甲 -乙"),
        ("甲甲乙", "甲乙", "-甲"),
    ],
)
def test_the_very_paragraphs_in_reading_order(old: str, new: str, expected: str) -> None:
    assert told(article(*old), article(*new)) == expected


def test_documents_follow_each_other_and_so_do_removed_ones() -> None:
    old = [*article("甲", "乙", document="a"), *article("丙", document="b"), *article("丁", document="d")]
    new = [*article("甲", "改", document="a"), *article("丁", "新", document="d"), *article("戊", document="e")]
    assert told(old, new) == "乙>改 -丙 +新 +戊"


@given(old=st.text("甲乙丙丁戊", max_size=12), new=st.text("甲乙丙丁戊", max_size=12))
def test_what_is_told_turns_the_old_into_the_new(old: str, new: str) -> None:
    before, after = article(*old), article(*new)
    rows = differing(places(before), places(after))
    removed, added = [one.old for one in rows if one.old is not None], [one.new for one in rows if one.new is not None]
    assert len({*removed}) == len(removed) and len({*added}) == len(added)
    assert Counter(old) - Counter(old[row] for row in removed) == Counter(new) - Counter(new[row] for row in added)
    assert added == sorted(added)
    counted = Changes(*changes(before, after))
    kinds = Counter("changed" if one.old is not None and one.new is not None else "alone" for one in rows)
    assert kinds["changed"] == counted.changed
    assert kinds["alone"] == counted.added + counted.removed


@given(old=st.text("甲乙丙丁戊", max_size=12), new=st.text("甲乙丙丁戊", max_size=12))
def test_everything_is_counted_once(old: str, new: str) -> None:
    counted = Changes(*changes(article(*old), article(*new)))
    assert counted.added + counted.changed + counted.unchanged == len(new)
    assert counted.removed + counted.changed + counted.unchanged == len(old)
    assert counted.unchanged == sum((Counter(old) & Counter(new)).values())
