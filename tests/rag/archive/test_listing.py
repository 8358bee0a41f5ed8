"""The list of chats and the search in them, against a plain look at every text."""

from itertools import product
from pathlib import Path

import pytest

from rag.archive import full_text
from rag.archive.chats import Chats
from tests.rag.archive.given import chats, said


@pytest.fixture(params=[True, False], ids=["FTS5", "without FTS5"])
def kept(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Chats:
    """Chats on a machine whose SQLite has FTS5, and on one whose has not."""
    monkeypatch.setattr(full_text, "possible", lambda: request.param)
    return chats(tmp_path)


def titles(kept: Chats, words: str) -> list[str]:
    return [chat.title for chat in kept.search(words, limit=50).chats]


def test_the_latest_comes_first_and_all_are_counted(kept: Chats) -> None:
    first, second, third = said(kept, "一"), said(kept, "二"), said(kept, "三")
    said(kept, "又一", chat=first)
    listing = kept.latest(limit=2)
    assert [(chat.id, chat.turns) for chat in listing.chats] == [(first, 2), (third, 1)]
    assert listing.total == 3
    assert kept.search(" \n", limit=2) == listing
    assert second in [chat.id for chat in kept.latest(limit=9).chats]


@pytest.mark.parametrize(
    "words", ["渠", "水渠", "水 渠", "水渠12", "全县修好", "全縣修好水渠", "１２公里", "第1段", "春耕备耕有序展开"]
)
def test_what_was_asked_answered_quoted_or_cited_is_found(kept: Chats, words: str) -> None:
    said(kept, "有多长?")
    kept.begin("", 1, "没有关系的")
    assert titles(kept, words) == ["有多长?"]


def test_a_given_name_is_found(kept: Chats) -> None:
    chat = said(kept, "有多长?")
    kept.rename(chat, "下周的稿子")
    assert titles(kept, "稿子") == ["下周的稿子"] and titles(kept, "有多长") == ["下周的稿子"]
    assert not titles(kept, "稿纸")


@pytest.mark.parametrize("words", ["%", "_", "水_", "\\", '"', "'", "水渠 OR 种子", "水*", "\ud800", "\0"])
def test_signs_mean_themselves(kept: Chats, words: str) -> None:
    said(kept, "水渠多长?")
    assert not titles(kept, words)
    if "\ud800" not in words:
        said(kept, f"甲{words}乙")
        assert len(titles(kept, words)) == 1


def test_any_part_of_a_question_is_found(kept: Chats) -> None:
    questions = ["甲乙丙丁", "乙丙丁戊", "丙乙甲", "a1甲b2"]
    for question in questions:
        kept.begin("", 1, question)
    for sought in {"".join(one) for length in (1, 2, 3) for one in product("甲乙丙a1", repeat=length)}:
        assert sorted(titles(kept, sought)) == sorted(one for one in questions if sought in one), sought


def test_the_passage_found_is_shown_as_it_was_written(kept: Chats) -> None:
    kept.begin("", 1, "請問" + "很" * 60 + "長的水渠" + "修" * 60)
    (found,) = kept.search("长的水渠", limit=9).chats
    assert found.found.startswith("…") and found.found.endswith("…") and "長的水渠" in found.found
    said(kept, "多少?")
    assert "全县修好水渠12公里" in kept.search("修好水渠", limit=9).chats[0].found


def test_ten_thousand_chats_are_searched_through_the_index(tmp_path: Path) -> None:
    """Without timing anything: the plan of the query reads the words, not the turns."""
    kept = chats(tmp_path)
    with kept.database.transaction() as connection:
        rows = [(f"c{number}", "甲", f"第{number}个", f"第{number}个", 1, "", number) for number in range(10_000)]
        connection.executemany(
            "INSERT INTO chats (id, owner, title, folded, revision, created, changed) VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        turns = [(number, f"c{number}", 1, f"第{number}个水库", "", f"第{number}个水库") for number in range(10_000)]
        connection.executemany(
            "INSERT INTO turns (id, chat, number, question, asked, folded) VALUES (?, ?, ?, ?, ?, ?)", turns
        )
        full_text.add(connection, "1", ())
        plan = connection.execute(
            "EXPLAIN QUERY PLAN SELECT turns.id FROM words CROSS JOIN turns ON turns.id = words.rowid"
            " WHERE words MATCH '\"水库\"'"
        ).fetchall()
    assert any("VIRTUAL TABLE INDEX" in row[3] for row in plan)
    listing = kept.latest(limit=200)
    assert len(listing.chats) == 200 and listing.total == 10_000 and listing.chats[0].id == "c9999"
    assert [chat.id for chat in kept.search("第777个水库", limit=50).chats] == ["c777"]
    assert len(kept.search("水库", limit=50).chats) == 50
