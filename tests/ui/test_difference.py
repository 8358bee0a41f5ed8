"""The difference as the person sees it: nothing lost, nothing invented, nothing run."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.change import Changes
from rag.versions import Change, Difference
from tests.ui.pages import Page
from tests.ui.scripted import paragraph
from ui.difference import LONGEST_COMPARED, LONGEST_SHOWN, MOST_UNFOLDED, difference_html, marked

TEXTS = st.text("甲乙丙丁1<&", max_size=30)


def without(tag: str, html: str) -> str:
    """The text that is left when what stands in ``tag`` is taken out."""
    return unescape(re.sub(r"</?(?:ins|del)>", "", re.sub(f"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL)))


def of(*changes: Change, left_out: int = 0) -> Difference:
    added = sum(change.kind == "added" for change in changes) + left_out
    counts = Changes(added, sum(c.kind == "changed" for c in changes), sum(c.kind == "removed" for c in changes), 7)
    return Difference("v1", "v2", counts, changes)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("总投资6.5亿元", "总投资8亿元", "总投资<del>6.5</del><ins>8</ins>亿元"),
        ("甲乙", "甲乙", "甲乙"),
        ("甲乙丙丁", "甲乙新丙丁", "甲乙<ins>新</ins>丙丁"),
        ("甲乙丙丁", "甲乙丁", "甲乙<del>丙</del>丁"),
        ("天地玄黄", "日月盈昃", "<del>天地玄黄</del><ins>日月盈昃</ins>"),
        ("甲乙的丙丁戊己", "甲子的丑丁戊己", "甲<del>乙的丙</del><ins>子的丑</ins>丁戊己"),  # 的 alone is chance
        ("", "<b>", "<ins>&lt;b&gt;</ins>"),
        ("", "", ""),
    ],
)
def test_worked_cases(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


@given(old=TEXTS, new=TEXTS)
def test_both_texts_can_be_read_out_of_the_marked_one(old: str, new: str) -> None:
    shown = marked(old, new)
    assert without("ins", shown) == old
    assert without("del", shown) == new


def test_a_book_is_not_compared_character_by_character() -> None:
    old, new = "甲" * (LONGEST_COMPARED + 1), "甲" * LONGEST_COMPARED + "乙"
    assert marked(old, new) == f"<del>{old}</del><ins>{new}</ins>"
    assert marked(old, old) == old
    html = difference_html(of(Change(None, paragraph("长" * 100_000))), language="zh")
    assert len(html) < LONGEST_SHOWN + 2000


def test_every_change_is_told_with_its_place_folded_by_document() -> None:
    changes = (
        Change(paragraph("渠长12公里。"), paragraph("渠长15公里。")),
        Change(None, paragraph("新修一闸。", 2)),
        Change(paragraph("旧闸拆除。", 3, document="b.txt"), None),
    )
    page = Page(difference_html(of(*changes), language="zh"))
    assert page.text("wj-added").startswith("新增") and "新修一闸。" in page.text("wj-added")
    assert page.text("wj-removed").startswith("删除") and "旧闸拆除。" in page.text("wj-removed")
    assert "《春耕备耕有序展开》第1段" in page.text("wj-changed")
    assert "新增 1 段,改动 1 段,删除 1 段,未变 7 段" in page.text("wj-counts")
    folds = [tag for tag, attributes in page.tags if attributes.get("class") == "wj-document"]
    assert len(folds) == 2 and "报纸.txt" in page.text() and "b.txt" in page.text()
    assert "v1" in page.text() and "v2" in page.text()


def test_a_change_of_place_or_byline_alone_is_seen() -> None:
    old, new = paragraph("甲乙。", 3, byline="记者 张三"), paragraph("甲乙。", 4, byline="记者 李四")
    html = difference_html(of(Change(old, new)), language="zh")
    assert "第<del>3</del><ins>4</ins>段" in html
    assert "记者 <del>张三</del><ins>李四</ins>" in html


def test_many_changes_are_folded_but_for_the_first_document() -> None:
    changes = [Change(None, paragraph("甲", n, document=f"{n:02}.txt")) for n in range(MOST_UNFOLDED + 1)]
    page = Page(difference_html(of(*changes), language="zh"))
    assert len([a for tag, a in page.tags if tag == "details" and "open" in a]) == 1
    few = Page(difference_html(of(*changes[:-1]), language="zh"))
    assert len([a for tag, a in few.tags if tag == "details" and "open" in a]) == MOST_UNFOLDED


def test_what_is_left_out_and_what_is_nothing_is_said() -> None:
    assert "另有 5 段" in difference_html(of(Change(None, paragraph("甲")), left_out=5), language="zh")
    assert "完全相同" in difference_html(of(), language="zh")


def test_hostile_documents_stay_text() -> None:
    bad = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
    old = paragraph(bad, document=bad, article=bad, byline=bad)
    new = paragraph(bad + "改", document=bad, article=bad + "改", byline=bad + "改")
    page = Page(difference_html(of(Change(old, new), Change(None, new), Change(old, None)), language="en"))
    assert not [tag for tag, _ in page.tags if tag in ("img", "script")]
    assert bad in page.text("wj-removed")
