"""What clicks in the drawer do, and what comes over the network in their place."""

from pathlib import Path

import pytest

from rag.archive.chats import Chats
from rag.archive.database import FILE, Database
from tests.rag.archive.given import said
from tests.ui.pages import Page
from ui.archive_events import ArchiveEvents
from ui.keeper import Keeper
from ui.session import Session
from ui.visitor import Visit

ME, OTHER = Visit("user:甲"), Visit("user:乙")


@pytest.fixture
def events(tmp_path: Path) -> ArchiveEvents:
    return ArchiveEvents(Keeper(Database(tmp_path)), draw=lambda session, language: "", empty=lambda language: "")


@pytest.fixture
def mine(events: ArchiveEvents) -> Chats:
    return events.keeper.chats(ME)


def listed(html: str) -> list[str]:
    return [str(one["data-open"]) for one in Page(html).having("data-open")]


def test_browsing_lists_and_finds(events: ArchiveEvents, mine: Chats) -> None:
    first, second = said(mine, "种子"), said(mine, "道路")
    assert listed(events.browse(ME, {}, "zh")) == [second, first]
    assert listed(events.browse(ME, {"words": "道 路"}, "zh")) == [second]
    assert listed(events.browse(ME, {"limit": "1"}, "zh")) == [second]
    assert not listed(events.browse(OTHER, {}, "zh"))


@pytest.mark.parametrize("limit", ["0", "-1", "x", "9" * 9, "1.5", "²"])
def test_an_odd_limit_does_no_harm(events: ArchiveEvents, mine: Chats, limit: str) -> None:
    chat = said(mine, "一")
    assert listed(events.browse(ME, {"limit": limit}, "zh")) == [chat]


def test_a_chat_is_renamed_deleted_and_brought_back(events: ArchiveEvents, mine: Chats) -> None:
    chat = said(mine, "一")
    html, session = events.alter(ME, {"action": "rename", "id": chat, "title": "新名"}, "zh")
    assert "新名" in Page(html).text() and session is None
    html, session = events.alter(Visit(ME.owner, chat), {"action": "delete", "id": chat}, "zh")
    assert not listed(html) and session == Session() and Page(html).having("data-restore")
    html, session = events.alter(ME, {"action": "restore", "id": chat}, "zh")
    assert listed(html) == [chat] and session is None
    _, session = events.alter(Visit(ME.owner, "another"), {"action": "delete", "id": chat}, "zh")
    assert session is None  # the page shows another chat


def test_opening_shows_the_chat_and_marks_it(events: ArchiveEvents, mine: Chats) -> None:
    chat = said(mine, "一")
    html, session = events.open(ME, chat, "zh")
    assert session is not None and session.chat == chat and session.turns[0].question == "一"
    assert [one["data-open"] for one in Page(html).having("aria-current") if "data-open" in one] == [chat]


@pytest.mark.parametrize("action", ["rename", "delete", "restore"])
def test_the_chat_of_another_is_told_as_missing(events: ArchiveEvents, mine: Chats, action: str) -> None:
    chat = said(mine, "一")
    html, session = events.alter(OTHER, {"action": action, "id": chat, "title": "x"}, "zh")
    assert 'role="alert"' in html and session is None and mine.open(chat).title == "一"
    html, session = events.open(OTHER, chat, "zh")
    assert 'role="alert"' in html and session is None and "一" not in Page(html).text("wj-chat-title")


def test_judging_answers_what_can_be_judged_only(events: ArchiveEvents, mine: Chats) -> None:
    chat = said(mine, "一")
    visit = Visit(ME.owner, chat)
    failed, session = events.judge(Session(), visit, {"number": "1", "verdict": "up", "note": "好"}, language="zh")
    assert not failed and session.turns[0].verdict == "up" and mine.open(chat).turns[0].note == "好"
    for odd in ({}, {"number": "x"}, {"number": "1", "verdict": "sideways"}, {"number": "9" * 10, "verdict": "up"}):
        assert events.judge(session, visit, odd, language="zh") == ("", session)
    failed, _ = events.judge(session, visit, {"number": "7", "verdict": "up"}, language="zh")
    assert "7" in failed
    failed, _ = events.judge(Session(), Visit(OTHER.owner, chat), {"number": "1", "verdict": "down"}, language="zh")
    assert failed and mine.open(chat).turns[0].verdict == "up"


def test_a_fault_of_the_archive_is_told_in_the_drawer(events: ArchiveEvents, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"x" * 5000)
    for html in (events.browse(ME, {}, "zh"), events.alter(ME, {"action": "delete"}, "zh")[0]):
        assert FILE in Page(html).text("wj-chats-failed")
