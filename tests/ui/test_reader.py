"""The article as it is read, read back with an HTML parser."""

from dataclasses import replace

from rag.answer import Citation
from rag.library import ArticleEntry, Contents, fingerprint
from tests.ui.pages import Page
from tests.ui.scripted import ARTICLE, cite, paragraph
from tests.ui.test_render import HOSTILE
from ui.reader import SHOWN, Sheet, cited_sheet, holds, sheet_html, window

TAGS = {
    *("div", "header", "footer", "article", "p", "h2", "h3", "h4", "h5", "h6", "span", "b", "mark", "button"),
    *("details", "summary", "nav", "ol", "ul", "li", "input", "output", "label"),
}
ENTRY = ArticleEntry("p1", "报纸.txt", "春耕备耕有序展开", 3)


def of(focus: Citation, *others: Citation, **more: object) -> str:
    cited = {f"4-{one.number}": one for one in (focus, *others)}
    return sheet_html(replace(cited_sheet(ARTICLE, f"4-{focus.number}", cited), **more))  # type: ignore[arg-type]


def test_the_whole_article_is_shown_with_everything_above_it() -> None:
    page = Page(of(cite(ARTICLE[1], "水渠12公里"), contents=Contents("报纸.txt", (ENTRY,), 1, ENTRY, label="一季度")))
    assert page.text("wj-label") == "一季度"
    assert page.text("wj-kicker") == "一线见闻"
    assert page.text("wj-headline") == "春耕备耕有序展开"
    assert page.text("wj-note").startswith("报纸.txt") and page.text("wj-note").endswith("上接第2版")
    assert page.text("wj-byline") == "■ 记者 某某"
    assert page.text("wj-heading") == "一、抓早", "a run-in lead stands in its paragraph already"
    assert page.text("wj-source-where") == ARTICLE[1].place
    text = page.text("wj-article")
    assert text.index("农机") < text.index("水渠") < text.index("良种")
    assert page.having("data-shown")[0]["data-shown"] == "4-1"


def test_the_marked_words_are_the_quote_and_can_take_the_focus() -> None:
    page = Page(of(cite(ARTICLE[2], "12公里")))
    assert page.text("wj-focus") == "12公里"
    assert [one["class"] for tag, one in page.tags if tag == "mark" and one.get("tabindex") == "-1"] == ["wj-focus"]
    assert [one["data-p"] for one in page.having("aria-current") if "data-p" in one] == ["p3"]


def test_all_citations_of_the_answer_stand_in_the_margin_with_their_numbers() -> None:
    focus, other, third = cite(ARTICLE[1], "12公里"), cite(ARTICLE[2], "良种到户", 2), cite(ARTICLE[1], "水利", 3)
    page = Page(of(focus, other, third))
    assert (page.text("wj-focus"), page.text("wj-other")) == ("12公里", "水利良种到户")
    chips = [one for one in page.having("data-cite") if "wj-cited" in str(one["class"])]
    assert [(one["data-cite"], one["aria-pressed"]) for one in chips] == [
        ("4-1", "true"),
        ("4-3", "false"),
        ("4-2", "false"),
    ]
    assert page.text("wj-cited") == "132"
    assert chips[2]["data-place"] == ARTICLE[2].place and "2" in str(chips[2]["data-kind"])


def test_every_paragraph_can_be_linked_with_what_it_says() -> None:
    page = Page(of(cite(ARTICLE[1], "12公里")))
    assert [(one["data-p"], one["data-t"]) for one in page.having("data-t")] == [
        (one.id, fingerprint(one.text)) for one in ARTICLE
    ]
    assert [one["data-link"] for one in page.having("data-link")] == ["", "p1", "p2", "p3"]


def test_a_paragraph_that_a_rebuild_took_away_is_shown_as_it_was_cited() -> None:
    focus = cite(ARTICLE[1], "水渠12公里")
    edited = tuple(replace(one, text=one.text.replace("12", "13")) for one in ARTICLE)
    for now in ((), edited):
        page = Page(sheet_html(cited_sheet(now, "1-1", {"1-1": focus, "1-2": cite(ARTICLE[2], "良种", 2)})))
        assert not holds(now, focus)
        assert page.text("wj-focus") == "水渠12公里"
        assert page.text("wj-gone")
        assert "良种" not in page.text("wj-article")
    assert "wj-gone" not in of(focus)


def test_another_citation_whose_words_have_changed_is_not_marked() -> None:
    edited = (*ARTICLE[:2], replace(ARTICLE[2], text="种子晚到。别的字句在这里。"))
    page = Page(
        sheet_html(
            cited_sheet(edited, "1-1", {"1-1": cite(ARTICLE[1], "12公里"), "1-2": cite(ARTICLE[2], "良种到户", 2)})
        )
    )
    assert page.text("wj-other") == "" and page.text("wj-cited") == "1"


def test_an_article_is_read_without_a_citation_too() -> None:
    page = Page(sheet_html(Sheet(ARTICLE, at="p2", notice="source.moved")))
    assert not page.having("data-shown") and not page.text("wj-focus")
    assert [one["data-p"] for one in page.having("aria-current")] == ["p2"]
    assert page.text("wj-gone") and page.text("wj-source-where") == ARTICLE[1].place
    assert not Page(sheet_html(Sheet(ARTICLE))).having("aria-current")


def test_a_long_article_is_shown_around_the_paragraph_with_ways_to_go_on() -> None:
    long = tuple(paragraph("字" * 1000, number, id=f"p{number}") for number in range(1, 401))
    shown = window(long, long[200])
    assert long[200] in shown and len(shown) * 1000 <= SHOWN + 1000
    page = Page(sheet_html(Sheet(long, at="p201")))
    assert len(page.having("data-t")) == len(shown)
    assert {shown[0].id, shown[-1].id} == {str(one["data-open"]) for one in page.having("data-open")}
    assert window(long, long[0])[0] is long[0] and window(long, long[-1])[-1] is long[-1]
    assert tuple(window(ARTICLE, ARTICLE[1])) == ARTICLE


def test_a_byline_that_is_a_paragraph_stands_where_it_stood_and_only_once() -> None:
    byline = paragraph("■ 记者 某某", 0, role="byline", byline="■ 记者 某某")
    page = Page(sheet_html(cited_sheet((byline, *ARTICLE), "1-1", {"1-1": Citation(1, byline, "某某", 5, 7)})))
    assert page.text("wj-byline") == "1■ 记者 某某", "with its citation in the margin"
    assert page.text("wj-focus") == "某某"


def test_both_languages_are_spoken_and_neither_stays_silent() -> None:
    chinese, english = (Page(sheet_html(Sheet(ARTICLE), language)).text("wj-source-tools") for language in ("zh", "en"))
    assert "目录" not in english and "Raw page" in english and "原始版面" in chinese


def test_hostile_documents_stay_text() -> None:
    for text in HOSTILE:
        passage = paragraph(
            f"甲{text}", 1, headings=(text, "乙"), article=text, kicker=text, byline=text, note=text, id=text
        )
        entry = ArticleEntry(text, text, text, 1)
        contents = Contents(text, (entry,), 5, entry, entry, entry, label=text)
        cited = {text: Citation(1, passage, text, 1, 1 + len(text))}
        page = Page(sheet_html(replace(cited_sheet((passage,), text, cited), contents=contents, serial=text)))
        assert {tag for tag, _ in page.tags} <= TAGS
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
