"""The lists, read back with an HTML parser."""

from rag.library import ArticleEntry, Contents, Documents
from tests.ui.pages import Page
from tests.ui.test_render import HOSTILE
from ui.contents import MOST_SECTIONS, contents_html, documents_html, empty_html, neighbours_html

FIRST, SECOND = ArticleEntry("a/1", "甲.txt", "春耕", 3), ArticleEntry("b/1", "甲.txt", "", 2)


def test_the_empty_panel_says_what_it_is_for_and_offers_to_browse() -> None:
    for language in ("zh", "en"):
        page = Page(empty_html(language))
        assert len(page.text()) > 20 and page.having("data-browse")


def test_articles_are_listed_and_the_one_that_is_read_has_its_sections() -> None:
    sections = [(0, "一、抓早", "a/1"), (1, "水利先行", "a/2")]
    page = Page(contents_html(Contents("甲.txt", (FIRST, SECOND), 9, FIRST), sections, "a/2", "zh"))
    assert [one["data-open"] for one in page.having("data-open")] == ["a/1", "a/1", "a/2", "b/1"]
    assert [one["data-open"] for one in page.having("aria-current")] == ["a/1", "a/2"]
    assert "甲.txt" in page.text() and "7" in page.text(), "seven are not listed"
    assert "details" in {tag for tag, _ in page.tags}
    assert contents_html(None, [], "", "zh") == ""


def test_an_article_of_very_many_sections_lists_the_first() -> None:
    sections = ((0, f"第{number}节", f"s{number}") for number in range(MOST_SECTIONS + 100))
    page = Page(contents_html(Contents("甲.txt", (FIRST,), 1, FIRST), sections, "", "zh"))
    assert len(page.having("data-open")) == MOST_SECTIONS + 1


def test_the_way_on_leads_to_the_neighbours_that_there_are() -> None:
    page = Page(neighbours_html(Contents("甲.txt", (FIRST, SECOND), 2, FIRST, None, SECOND), "甲.txt", "zh"))
    assert [one["data-open"] for one in page.having("data-open")] == ["b/1"]
    assert "甲.txt" in page.text("wj-neighbours"), "an article without a headline goes by its document"
    assert not Page(neighbours_html(None, "甲.txt", "en")).having("data-open")


def test_documents_are_listed_with_a_field_to_narrow_them_down() -> None:
    page = Page(documents_html(Documents(("甲.txt", "乙.md"), 12), serial="7"))
    assert [one["data-document"] for one in page.having("data-document")] == ["甲.txt", "乙.md"]
    assert page.having("data-serial")[0]["data-serial"] == "7" and "10" in page.text("wj-note")
    assert any(tag == "input" and attributes["aria-label"] for tag, attributes in page.tags)
    assert Page(documents_html(Documents((), 0))).text("wj-note")


def test_hostile_names_stay_text() -> None:
    for text in HOSTILE:
        entry = ArticleEntry(text, text, text, 1)
        contents = Contents(text, (entry,), 1, entry, entry, entry)
        html = contents_html(contents, [(0, text, text)], "", "zh") + neighbours_html(contents, text, "zh")
        page = Page(html + documents_html(Documents((text,), 1), serial=text))
        assert not {tag for tag, _ in page.tags} & {"img", "script", "a", "svg", "style", "iframe"}
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
