"""The marks at answers whose sources have changed, as the page gets them."""

from dataclasses import replace

from rag.staleness import Stale
from tests.ui.pages import Page
from tests.ui.scripted import ARTICLE, answered, cite, paragraph
from ui.session import Session, Turn
from ui.stale import LONGEST_KEY, marks_html


def turn(question: str = "多长?", understood: str = "") -> Turn:
    answer = answered(question)
    return Session().begin(question).grow(replace(answer, understood=understood or question)).finish().turns[0]


def test_each_reason_names_its_citation_and_how_it_reads_now() -> None:
    one = turn()
    assert one.answer is not None
    first, second = one.answer.citations
    edited = paragraph("水利先行。全县修好水渠15公里,灌溉3000亩。")
    found = (Stale(first, "changed", edited), Stale(second, "gone"))
    html = marks_html([(one, found)], language="zh")
    page = Page(html)
    text = page.text("wj-stale")
    for told in ("引用 1", "引用 2", "文字已改动", "引用的字句已不在", "已不在文档中", first.paragraph.place):
        assert told in text
    assert "1<del>2</del><ins>5</ins>公里" in html
    (mark,) = page.having("data-cited")
    assert (mark["data-turn"], mark["data-version"], mark["data-cited"]) == ("1", "v1", "1-1 1-2")


def test_words_that_still_stand_and_a_new_headline_are_told_as_such() -> None:
    one = turn()
    quote = cite(ARTICLE[1], "全县修好水渠12公里")
    around = Stale(quote, "changed", paragraph(ARTICLE[1].text + "又修了一条。"))
    assert "the quoted words still stand" in marks_html([(one, (around,))], language="en")
    moved = Stale(quote, "moved", replace(ARTICLE[1], article="秋收"))
    html = marks_html([(one, (moved,))], language="zh")
    assert "标题变了" in html and "<ins>秋收</ins>" in html


def test_asking_again_asks_what_was_understood() -> None:
    follow_up = turn("那工期呢?", "水渠的工期呢?")
    assert follow_up.answer is not None
    found = (Stale(follow_up.answer.citations[0], "gone"),)
    page = Page(marks_html([(follow_up, found)], language="zh"))
    assert [one["data-ask"] for one in page.having("data-ask")] == ["水渠的工期呢?"]


def test_answers_that_stand_get_no_mark() -> None:
    assert marks_html([(turn(), ())], key="k", language="zh") == '<div class="wj-marks" data-key="k"></div>'


def test_what_the_page_asks_under_comes_back_bounded_and_escaped() -> None:
    page = Page(marks_html([], key='"><script>' + "x" * 1000, language="zh"))
    (marks,) = page.having("data-key")
    assert str(marks["data-key"]).startswith('"><script>') and len(str(marks["data-key"])) == LONGEST_KEY


def test_questions_and_documents_stay_text() -> None:
    bad = '<img src=x onerror="alert(1)">'
    one = turn(bad)
    assert one.answer is not None
    cited = cite(paragraph(bad, article=bad), bad)
    found = (Stale(cited, "changed", paragraph(bad + "改", article=bad)), Stale(cited, "moved", paragraph(bad)))
    page = Page(marks_html([(one, found)], language="en"))
    assert "img" not in [tag for tag, _ in page.tags]
    assert bad in page.text("wj-stale")
