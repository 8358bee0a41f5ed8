"""The page as received, over pages that were really repaired."""

from pathlib import Path

import pytest

from index.paragraph import Span
from rag.library import Library, Page
from tests.rag.conftest import chatbot_over
from tests.ui import pages
from tests.ui.test_render import HOSTILE
from ui.raw import Leaf, raw_html

NEWS = """## 本周要闻

县里的新动向

# 东河水渠开工

## 县里召开会议

本报讯(记者 张三)会议昨天召开。

■ 记者 李四

东河水渠昨天开工,施工队伍已经进场,群众纷纷赶来观看,全县的

水利建设从此翻开新的一页。

水渠长12公里。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    wrapped = "# 通知\n\n" + "各村要抓紧清理沟渠,保证春灌用水,\n及时上报进度,不得拖延,确保完成。\n" * 3
    return chatbot_over(tmp_path_factory.mktemp("raw"), {"news.txt": NEWS, "notice.txt": wrapped}).library()


def read(leaf: Leaf, language: str = "zh") -> pages.Page:
    return pages.Page(raw_html(leaf, language))  # type: ignore[arg-type]


def test_every_line_stands_as_it_was_received_under_its_number(library: Library) -> None:
    html = raw_html(Leaf(library.page("news.txt")))
    shown = [data for data, classes in pages.Page(html).pieces if "wj-line-number" in classes]
    assert shown == [str(number) for number in range(1, NEWS.count("\n") + 1)]
    text = pages.Page(html).text("wj-lines")
    for line in filter(None, NEWS.split("\n")):
        assert line in text


def test_a_cut_paragraph_is_told_on_both_sides_of_the_cut(library: Library) -> None:
    page = read(Leaf(library.page("news.txt")))
    lines = NEWS.split("\n")
    left = next(number for number, line in enumerate(lines, 1) if line.endswith("全县的"))
    told = page.text("wj-repair")
    assert f"下接第 {left + 2} 行" in told and f"接第 {left} 行" in told
    html = raw_html(Leaf(library.page("news.txt")), "en")
    assert html.index("全县的") < html.index(f"goes on in line {left + 2}") < html.index("水利建设从此")


def test_interleaved_articles_are_named_where_they_begin_and_go_on(library: Library) -> None:
    strands = [data for data, classes in read(Leaf(library.page("news.txt"))).pieces if "wj-strand" in classes]
    assert strands == ["《东河水渠开工》", "《县里召开会议》", "《东河水渠开工》续"]
    assert "《东河水渠开工》" in read(Leaf(library.page("news.txt"))).text("wj-repair"), "the body went to its headline"


def test_labels_kickers_headlines_and_bylines_are_told_apart(library: Library) -> None:
    tags = [data for data, classes in read(Leaf(library.page("news.txt"))).pieces if "wj-tag" in classes]
    assert tags.count("标题") == 2 and {"署名", "标题"} <= set(tags)


def test_lines_of_the_layout_that_were_joined_are_told(library: Library) -> None:
    assert "换行是排版所致" in read(Leaf(library.page("notice.txt"))).text("wj-repair")


def test_the_quote_is_marked_across_the_cut(library: Library) -> None:
    page = library.page("news.txt")
    start, end = NEWS.index("全县的"), NEWS.index("翻开")
    spans = (Span(start, start + 3), Span(NEWS.index("水利建设"), end))
    shown = read(Leaf(page, spans, "2-1", at="x", place="此处"))
    assert shown.text("wj-focus") == "全县的水利建设从此"
    assert shown.text("wj-source-where") == "此处"
    assert shown.having("data-shown")[0]["data-shown"] == "2-1"
    assert len(shown.having("aria-current")) == 2


def test_the_paragraph_that_was_read_is_pointed_at_and_a_stale_quote_is_told(library: Library) -> None:
    first = library.find("news.txt", "12公里").matches[0].paragraph
    shown = read(Leaf(library.page("news.txt"), at=first.id))
    assert len(shown.having("aria-current")) == 1 and not shown.text("wj-gone")
    assert read(Leaf(library.page("news.txt"), stale=True)).text("wj-gone")


def test_a_part_of_a_document_has_ways_on_to_the_rest() -> None:
    page = Page("大.txt", "乙\n丙\n", 100, 51, 200, (), ())
    ways = read(Leaf(page)).having("data-page")
    assert [(one["data-page"], one["data-onward"]) for one in ways] == [("100", ""), ("104", "1")]
    assert "51–52" in read(Leaf(page)).text("wj-kind")
    assert not read(Leaf(Page("小.txt", "甲", 0, 1, 1, (), ()))).having("data-page")


def test_hostile_documents_stay_text(tmp_path: Path) -> None:
    text = "# 标题\n\n" + "\n\n".join(f"{one}。".replace("\0", "") for one in HOSTILE)
    library = chatbot_over(tmp_path, {"恶意.txt": text}).library()
    shown = read(Leaf(library.page("恶意.txt"), (Span(0, len(text)),), HOSTILE[0], HOSTILE[0], HOSTILE[0]))
    assert {tag for tag, _ in shown.tags} <= {"div", "header", "p", "span", "button", "mark", "b"}
    assert not [name for _, attributes in shown.tags for name in attributes if name.startswith("on")]
    assert "".join(HOSTILE[0].split()) in "".join(shown.text("wj-lines").split())
