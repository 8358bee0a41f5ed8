"""A rebuild as the person sees it."""

import pytest

from rag.versions import Rebuilt
from tests.ui.pages import Page
from ui.rebuild import (
    done_html,
    failure_html,
    left_text,
    problems_html,
    progress_html,
    report_html,
    stopped_html,
)
from ui.rebuilding import Underway


@pytest.mark.parametrize(("fraction", "percent"), [(0, "0"), (0.256, "26"), (1, "100"), (-3, "0"), (7.5, "100")])
def test_the_bar_says_how_far_it_is(fraction: float, percent: str) -> None:
    html = progress_html(Underway(fraction, "<读取>"), language="zh")
    page = Page(html)
    bar = page.having("aria-valuenow")[0]
    assert (bar["role"], bar["aria-valuenow"]) == ("progressbar", percent)
    assert f"width:{percent}%" in html
    assert "<读取>" in page.text("wj-rebuild-step")
    assert page.text("wj-left") == ""


def test_the_time_left_is_told_where_it_is_known() -> None:
    assert "约剩 45 秒" in Page(progress_html(Underway(0.5, "", 42.0), language="zh")).text("wj-left")
    stopping = Page(progress_html(Underway(0.5, "读取", 42.0, stopping=True), language="zh"))
    assert stopping.text("wj-left") == "" and "正在停止" in stopping.text("wj-rebuild-step")


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "nearly done"),
        (0.9, "nearly done"),
        (3.7, "about 3 s left"),
        (10, "about 10 s left"),
        (11, "about 15 s left"),
        (54.9, "about 55 s left"),
        (58, "about 1 min left"),
        (150, "about 2 min left"),
        (3600, "about 60 min left"),
    ],
)
def test_the_time_left_is_rounded_as_people_do(seconds: float, told: str) -> None:
    assert left_text(seconds, language="en") == told


def test_the_report_says_what_changed() -> None:
    text = Page(report_html(Rebuilt("v7", 11, 22, 33, 44, seconds=1.25), language="zh")).text()
    for part in ("新增 11 段", "改动 22 段", "删除 33 段", "未变 44 段", "v7", "1.2 秒"):
        assert part in text


def test_nothing_changed_is_said_so() -> None:
    assert "没有变化" in Page(report_html(Rebuilt("v7", 0, 0, 0, 44), language="zh")).text("wj-kind")


def test_files_with_problems_are_named() -> None:
    page = Page(problems_html(("<坏>.txt: 空", "b.txt: 乱码"), language="zh"))
    assert "2 个文件" in page.text() and "<坏>.txt: 空" in page.text() and "b.txt: 乱码" in page.text()
    assert problems_html((), language="zh") == ""


def test_failures_say_why_and_that_the_old_index_stays() -> None:
    assert "<盘满>" in Page(failure_html("<盘满>", language="zh")).text()
    assert "原来的索引" in Page(failure_html("x", language="zh")).text()
    assert "原来的索引" in Page(stopped_html(language="zh")).text()
    assert "<v1>" in Page(done_html("<v1>")).text()
