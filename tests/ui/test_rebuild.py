"""A rebuild as the person sees it."""

import pytest

from rag.chatbot import Rebuilt
from tests.ui.pages import Page
from ui.rebuild import busy_html, failure_html, progress_html, report_html


@pytest.mark.parametrize(("fraction", "percent"), [(0, "0"), (0.256, "26"), (1, "100"), (-3, "0"), (7.5, "100")])
def test_the_bar_says_how_far_it_is(fraction: float, percent: str) -> None:
    page = Page(progress_html(fraction, "<读取>", language="zh"))
    bar = page.having("aria-valuenow")[0]
    assert (bar["role"], bar["aria-valuenow"]) == ("progressbar", percent)
    assert f"width:{percent}%" in progress_html(fraction, "", language="zh")
    assert "<读取>" in page.text()


def test_the_report_says_what_changed_and_what_went_wrong() -> None:
    text = Page(report_html(Rebuilt("v7", 11, 22, 33, 44, ("<坏>.txt: 空", "b.txt: 乱码"), 1.25), language="zh")).text()
    for part in (
        "新增 11 段",
        "改动 22 段",
        "删除 33 段",
        "未变 44 段",
        "v7",
        "<坏>.txt: 空",
        "b.txt: 乱码",
        "2 个文件",
    ):
        assert part in text


def test_nothing_changed_is_said_so() -> None:
    page = Page(report_html(Rebuilt("v7", 0, 0, 0, 44), language="zh"))
    assert "没有变化" in page.text("wj-kind")
    assert "wj-problems" not in report_html(Rebuilt("v7", 0, 0, 0, 44), language="zh")


def test_failures_say_why_and_that_the_old_index_stays() -> None:
    assert "<盘满>" in Page(failure_html("<盘满>", language="zh")).text()
    assert "原来的索引" in Page(failure_html("x", language="zh")).text()
    assert Page(busy_html(language="zh")).having("role")
