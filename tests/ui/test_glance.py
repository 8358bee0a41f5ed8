"""The versions as the person sees them."""

import pytest

from index.corpus import Problem
from tests.ui.pages import Page
from tests.ui.scripted import version
from ui.glance import MOST_DOCUMENTS, glance_html, size_text, versions_html

BAD = "<img src=x onerror=alert(1)>"


def test_what_answers_is_told_at_a_glance() -> None:
    current = version("v2", current=True, documents=("a.txt", "b.txt"), articles=5, paragraphs=54)
    page = Page(glance_html([version("v3"), current, version("v1")], language="zh"))
    assert page.text("wj-figures") == "文档2文章5段落54大小1.2 MB"
    for told in ("v2", "scripted", "2026-01-01 00:00 UTC", "a.txt", "b.txt", "所有文件都已读入"):
        assert told in page.text()
    assert "v1" not in page.text() and "v3" not in page.text()
    assert page.having("datetime")[0]["datetime"] == "2026-01-01T00:00:00+00:00"


def test_the_problems_of_the_build_are_told() -> None:
    current = version("v2", current=True, problems=(Problem("坏.pdf", "不支持"), Problem("空.txt", "是空的")))
    assert "2 个文件有问题" in glance_html([current], language="zh")
    assert "坏.pdf: 不支持" in Page(glance_html([current], language="zh")).text("wj-problems")


def test_without_an_index_it_is_said_what_to_do() -> None:
    assert "重建索引" in Page(glance_html([], language="zh")).text("wj-glance-none")
    assert versions_html([], language="zh") == ""
    assert "Rebuild index" in glance_html([version("v1")], language="en")  # none of them answers


def test_each_other_version_can_be_compared_and_taken_up_after_a_second_question() -> None:
    page = Page(versions_html([version("v2", current=True), version("v1")], language="zh"))
    assert [one["data-compare"] for one in page.having("data-compare")] == ["v1"]
    assert [one["data-use"] for one in page.having("data-use")] == ["v1"]
    inside = page.text("wj-confirm")
    assert "v1" in inside and "确定改用" in inside and len(page.having("data-keep")) == 1
    assert "正在用来回答" in page.text("wj-current")


def test_a_version_that_cannot_answer_says_why_and_is_not_offered() -> None:
    foreign = version("v1", fault="别的模型")
    page = Page(versions_html([version("v2", current=True), foreign], language="zh"))
    assert "别的模型" in page.text("wj-fault")
    assert page.having("data-compare") and not page.having("data-use")
    damaged = version("v0", built="", fault="坏了")
    page = Page(versions_html([damaged], language="zh"))
    assert not page.having("data-compare") and not page.having("data-use")
    assert "坏了" in Page(glance_html([version("v0", current=True, built="", fault="坏了")], language="zh")).text()


def test_many_documents_are_counted() -> None:
    many = version("v1", current=True, documents=tuple(f"{n}.txt" for n in range(MOST_DOCUMENTS + 3)))
    page = Page(glance_html([many], language="zh"))
    assert "另有 3 份" in page.text() and f"{MOST_DOCUMENTS}.txt" not in page.text()


@pytest.mark.parametrize(
    ("size", "told"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (1_234_567, "1.2 MB"), (99_960, "100 kB"), (999_600, "1.0 MB"),
     (5 * 10**12, "5.0 TB"), (10**16, "10000 TB")],
)  # fmt: skip
def test_sizes_are_read_as_people_do(size: int, told: str) -> None:
    assert size_text(size) == told


def test_names_and_models_stay_text() -> None:
    bad = version(BAD, current=True, documents=(BAD,), model=BAD, built=BAD, fault=BAD, problems=(Problem(BAD, BAD),))
    for html in (glance_html([bad], language="zh"), versions_html([bad, version(BAD)], language="en")):
        page = Page(html)
        assert "img" not in [tag for tag, _ in page.tags]
        assert BAD in page.text()
