"""What reading asks for, over the real chatbot; over a scripted one where failure matters."""

import json
from pathlib import Path

import pytest

from rag.chatbot import Chatbot
from tests.ui.pages import Page
from tests.ui.scripted import ARTICLE, UNLIMITED, ScriptedChatbot, answered, refused
from ui.handlers import Handlers
from ui.reading import Reading, cited
from ui.session import Session

ASKED = "盘活的闲置土地有多少亩?"


def asked(chatbot: Chatbot, question: str = ASKED) -> Session:
    return list(Handlers(chatbot, UNLIMITED).ask(question, Session()))[-1].session


def over(chatbot: ScriptedChatbot) -> Reading:
    return Reading(chatbot)  # type: ignore[arg-type]  # follows the same script of methods


def session(answer: object) -> Session:
    return Session().begin("问").grow(answer).finish()  # type: ignore[arg-type]


def sheets(shelf: str) -> dict[str, Page]:
    """What came along, by its keys."""
    return {str(one["data-keys"]): Page(str(one["data-sheet"])) for one in Page(shelf).having("data-sheet")}


def test_what_an_answer_cites_comes_along_with_every_article_once() -> None:
    shelf = over(ScriptedChatbot()).shelf(session(answered("问")))
    ((keys, sheet),) = sheets(shelf).items()
    assert keys == "1-1 1-2", "both stand in one article"
    assert shelf.count("良种到户12公里") == 1
    assert {one["data-k"] for one in sheet.having("data-k")} == {"1-1", "1-2"}
    assert list(sheets(over(ScriptedChatbot()).shelf(session(refused("问"))))) == ["1-n"]


def test_what_comes_along_is_what_a_click_would_bring(chatbot: Chatbot) -> None:
    reading, chat = Reading(chatbot), asked(chatbot)
    (turn,) = chat.turns
    assert cited(turn)
    for key in cited(turn):
        (sheet,) = (one for keys, one in sheets(reading.shelf(chat)).items() if key in keys.split())
        assert sheet.text("wj-article") == Page(reading.cite(key, chat)).text("wj-article")
        assert key in [one["data-cite"] for one in sheet.having("data-cite")]


def test_a_turn_without_an_answer_brings_nothing() -> None:
    reading = over(ScriptedChatbot())
    assert reading.shelf(Session()) == reading.shelf(Session().begin("问").fail("坏")) == ""
    assert reading.shelf(session(answered("问")), 7) == ""


def test_a_citation_that_is_gone_comes_along_as_it_was_cited() -> None:
    first, second = sheets(over(ScriptedChatbot(article_now=())).shelf(session(answered("问")))).values()
    assert first.text("wj-focus") == "全县修好水渠12公里,灌溉3000亩" and first.text("wj-gone")
    assert second.text("wj-focus") == "良种到户12公里" and second.text("wj-gone")


@pytest.mark.parametrize("key", ["", "9-9", "1-9", "<script>"])
def test_a_click_that_this_conversation_does_not_know_is_told_so(key: str) -> None:
    assert 'role="alert"' in over(ScriptedChatbot()).cite(key, Session())


def test_a_link_opens_its_paragraph_and_says_when_it_moved_or_changed(chatbot: Chatbot) -> None:
    reading, library = Reading(chatbot), chatbot.library()
    second = library.article(library.first(library.documents().paths[0]).id)[1]
    page = Page(reading.open(second.id, serial="5"))
    assert [one["data-p"] for one in page.having("aria-current") if "data-p" in one] == [second.id]
    assert not page.text("wj-gone") and page.having("data-serial")[0]["data-serial"] == "5"
    assert "改动" in Page(reading.open(second.id, "00000000")).text("wj-gone")
    moved = Page(reading.open(f"{second.id}/不在", language="en"))
    assert "no longer" in moved.text("wj-gone")
    assert [one["data-p"] for one in moved.having("aria-current") if "data-p" in one] == [second.id]


def test_the_raw_page_marks_the_cited_words_where_they_were_received(chatbot: Chatbot) -> None:
    reading, chat = Reading(chatbot), asked(chatbot)
    citation = chat.turns[0].citation("1")
    assert citation is not None
    page = Page(reading.raw(citation.paragraph.id, "1-1", chat))
    assert page.text("wj-focus") == citation.quote and page.text("wj-repair")
    beside = Page(reading.raw(citation.paragraph.id, "", chat))
    assert not beside.text("wj-focus") and beside.having("aria-current")


def test_the_raw_page_is_what_was_indexed_and_a_stale_quote_is_told(chatbot: Chatbot, corpus: Path) -> None:
    reading, chat = Reading(chatbot), asked(chatbot)
    (file,) = corpus.glob("*park.txt")
    file.write_text("# 新的\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    citation = chat.turns[0].citation("1")
    assert citation is not None
    assert Page(reading.raw(citation.paragraph.id, "1-1", chat)).text("wj-focus") == citation.quote
    chatbot.rebuild(lambda share, message: None)
    page = Page(reading.raw(citation.paragraph.id, "1-1", chat))
    assert page.text("wj-gone") and not page.text("wj-focus")


def test_documents_are_browsed_and_leafed_through(chatbot: Chatbot) -> None:
    reading = Reading(chatbot)
    (path,) = [str(one["data-document"]) for one in Page(reading.browse("park")).having("data-document")]
    assert Page(reading.document(path)).text("wj-headline") == "政府工作报告"
    assert "data-page" not in reading.page(path, 0, onward=True)
    assert 'role="alert"' in reading.document("nowhere.txt", serial="3")
    assert 'role="alert"' in reading.page("nowhere.txt", 0, onward=True)


def test_words_are_found_and_counted_as_the_browser_counts(tmp_path: Path, corpus: Path, chatbot: Chatbot) -> None:
    (corpus / "字.txt").write_text("# 生僻字\n\n𠮷野家的水渠,又一条水渠。\n", encoding="utf-8")
    chatbot.rebuild(lambda share, message: None)
    page = Page(Reading(chatbot).find("字.txt", "水渠", serial="9"))
    told = json.loads(str(page.having("data-found")[0]["data-found"]))
    assert told == {"serial": "9", "matches": [["字/生僻字/1", "", [[5, 7], [11, 13]]]], "more": False}
    nothing = json.loads(str(Page(Reading(chatbot).find("x.txt", "水")).having("data-found")[0]["data-found"]))
    assert nothing["matches"] == []


def test_an_unforeseen_error_is_told_in_the_place_of_the_page(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(ScriptedChatbot):
        def library(self) -> None:  # type: ignore[override]
            raise ZeroDivisionError("/secret")

    reading = over(Broken())
    for html in (
        reading.open(ARTICLE[0].id, serial="2"),
        reading.browse(""),
        reading.cite("1-1", session(answered("问"))),
    ):
        assert 'role="alert"' in html and "ZeroDivisionError" in html and "/secret" not in html
    assert "/secret" in caplog.text
