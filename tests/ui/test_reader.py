"""The source panel, read back with an HTML parser."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Citation
from tests.ui.pages import Page
from tests.ui.scripted import ARTICLE, cite, paragraph
from tests.ui.test_render import HOSTILE
from ui.reader import empty_html, holds, marked, source_html

TAGS = {"div", "header", "footer", "article", "p", "h2", "h3", "h4", "h5", "h6", "span", "b", "mark", "button"}


def test_the_whole_article_is_shown_with_everything_above_it() -> None:
    focus = cite(ARTICLE[1], "水渠12公里")
    page = Page(source_html(ARTICLE, focus, key="4-1", language="zh"))
    assert page.text("wj-kicker") == "一线见闻"
    assert page.text("wj-headline") == "春耕备耕有序展开"
    assert page.text("wj-note") == "上接第2版"
    assert page.text("wj-byline") == "■ 记者 某某"
    assert page.text("wj-heading") == "一、抓早", "a run-in lead stands in its paragraph already"
    assert page.text("wj-source-where") == ARTICLE[1].place
    assert (
        page.text("wj-article").index("农机")
        < page.text("wj-article").index("水渠")
        < page.text("wj-article").index("良种")
    )
    assert page.having("data-shown")[0]["data-shown"] == page.having("data-back")[0]["data-back"] == "4-1"


def test_the_marked_words_are_the_quote_and_can_take_the_focus() -> None:
    page = Page(source_html(ARTICLE, cite(ARTICLE[2], "12公里"), language="zh"))
    assert page.text("wj-focus") == "12公里"
    assert [tag for tag, attributes in page.tags if attributes.get("tabindex") == "-1"] == ["mark"]
    assert len(page.having("aria-current")) == 1


def test_repeated_words_are_marked_where_the_citation_says() -> None:
    passage = paragraph("水,水,水。")
    page = Page(source_html((passage,), Citation(1, passage, "水", 4, 5), language="zh"))
    assert "水,水,<mark" in source_html((passage,), Citation(1, passage, "水", 4, 5), language="zh")
    assert page.text("wj-focus") == "水"


def test_the_other_citations_of_the_answer_are_marked_lightly() -> None:
    focus, other = cite(ARTICLE[1], "12公里"), cite(ARTICLE[2], "良种到户", 2)
    page = Page(source_html(ARTICLE, focus, others=(focus, other), language="zh"))
    assert (page.text("wj-focus"), page.text("wj-other")) == ("12公里", "良种到户")


def test_a_paragraph_that_a_rebuild_took_away_is_shown_as_it_was_cited() -> None:
    focus = cite(ARTICLE[1], "水渠12公里")
    edited = tuple(replace(one, text=one.text.replace("12", "13")) for one in ARTICLE)
    for now in ((), edited):
        page = Page(source_html(now, focus, language="zh"))
        assert not holds(now, focus)
        assert page.text("wj-focus") == "水渠12公里"
        assert page.text("wj-gone")
        assert "良种" not in page.text("wj-article")
    assert "wj-gone" not in source_html(ARTICLE, focus, language="zh")


def test_a_byline_that_is_a_paragraph_stands_where_it_stood_and_only_once() -> None:
    byline = paragraph("■ 记者 某某", 0, role="byline", byline="■ 记者 某某")
    article = (byline, *ARTICLE)
    page = Page(source_html(article, Citation(1, byline, "某某", 5, 7), language="zh"))
    assert page.text("wj-byline") == "■ 记者 某某"
    assert page.text("wj-focus") == "某某"


def test_hostile_documents_stay_text() -> None:
    for text in HOSTILE:
        passage = paragraph(f"甲{text}", 1, headings=(text, "乙"), article=text, kicker=text, byline=text, note=text)
        page = Page(source_html((passage,), Citation(1, passage, text, 1, 1 + len(text)), key=text, language="zh"))
        assert {tag for tag, _ in page.tags} <= TAGS
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert Page(empty_html(language="zh")).text()


@given(
    st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4), st.integers(0, 30)
)
def test_marking_loses_nothing_and_marks_exactly_the_characters_covered(
    text: str, pairs: list[tuple[int, int]], lead: int
) -> None:
    text = text.replace("\x00", "")
    lead = min(lead, len(text))
    marks = [(min(pair), max(pair), f"m{index}") for index, pair in enumerate(pairs)]
    page = Page(marked(text, marks, lead=lead))
    expected = []
    for at, character in enumerate(text):
        names = [name for start, end, name in marks if start <= at < end]
        expected.append((character, (f"wj-{names[0]}",) if names else ()))
    assert [(one, classes) for data, classes in page.pieces for one in data] == expected
