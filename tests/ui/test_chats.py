"""The drawer, as a browser reads it."""

import pytest

from rag.archive.chat import Summary
from rag.archive.listing import Listing
from tests.ui.pages import Page
from ui.chats import failure_html, list_html, shell_html
from ui.messages import Language

HOSTILE = "\"><img src=x onerror=alert(1)>'&"
CHATS = (Summary("a1", HOSTILE, 1_767_000_000.0, 3, HOSTILE), Summary("b2", "水渠", 1_766_000_000.0, 0))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_list_opens_renames_exports_and_deletes_each_chat(language: Language) -> None:
    page = Page(list_html(Listing(CHATS, 2), language=language, current="b2"))
    for attribute in ("data-open", "data-rename", "data-delete"):
        assert [one[attribute] for one in page.having(attribute)] == ["a1", "b2"]
    assert page.text("wj-chat-title") == f"{HOSTILE}水渠" and page.text("wj-chat-found") == HOSTILE
    assert [one.get("data-open") for one in page.having("aria-current") if "data-open" in one] == ["b2"]
    assert page.having("data-rename")[0]["data-title"] == HOSTILE
    assert page.having("datetime")[0]["datetime"] == "2025-12-29T09:20:00+00:00"
    assert "img" not in {tag for tag, _ in page.tags} and not page.having("data-more")


def test_more_chats_than_shown_can_be_had() -> None:
    assert [one["data-more"] for one in Page(list_html(Listing(CHATS, 9), language="zh")).having("data-more")] == ["2"]


def test_a_deleted_chat_can_be_had_back() -> None:
    page = Page(list_html(Listing((), 0), language="zh", deleted=CHATS[0]))
    assert [one["data-restore"] for one in page.having("data-restore")] == ["a1"]
    assert HOSTILE in page.text("wj-chats-undo")


def test_nothing_saved_and_nothing_found_are_told_apart() -> None:
    none, unfound = (Page(list_html(Listing((), 0), language="zh", words=words)).text() for words in (" ", "水"))
    assert none != unfound and none and unfound


def test_a_failure_is_told_as_text() -> None:
    assert HOSTILE in Page(failure_html(HOSTILE)).text()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_shell_names_everything_for_those_who_hear_it(language: Language) -> None:
    page = Page(shell_html(language=language))
    (search,) = [one for one in page.having("type") if one["type"] == "search"]
    assert search["aria-label"] and page.having("data-close-chats")[0]["aria-label"]
    assert [one["data-language"] for one in page.having("data-language")] == [language]
    assert all(one["aria-label"] for tag, one in page.tags if tag == "dialog")
