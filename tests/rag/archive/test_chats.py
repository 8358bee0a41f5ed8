"""What one owner's chats keep, and what nobody else gets to see of them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import rag.archive.chats as module
from rag.archive.chat import TITLE_LENGTH, SavedChat, from_record, title_of, to_record
from rag.archive.chats import Chats
from rag.errors import ArchiveError, ChatMissing
from tests.rag.archive.given import answered, chats, refused, said


@pytest.fixture
def kept(tmp_path: Path) -> Chats:
    return chats(tmp_path)


def spoil(kept: Chats, chat: str, change: Callable[[str], str], number: int = 1) -> None:
    """Changes what the file holds of a turn, as a failing disk or a meddling person would."""
    with kept.database.transaction() as connection:
        where = "chat = ? AND number = ?"
        (record,) = connection.execute(f"SELECT record FROM turns WHERE {where}", (chat, number)).fetchone()
        connection.execute(f"UPDATE turns SET record = ? WHERE {where}", (change(record), chat, number))


def test_a_chat_comes_back_whole(kept: Chats) -> None:
    chat = said(kept, "水渠多长?")
    kept.begin(chat, 2, "为什么?")
    kept.finish(chat, 2, refused())
    kept.begin(chat, 3, "坏了吗?")
    kept.fail(chat, 3, "索引坏了")
    kept.begin(chat, 4, "还在吗?")
    found = chats(kept.database.folder).open(chat)
    assert [turn.state for turn in found.turns] == ["answered", "answered", "failed", "unfinished"]
    assert [turn.answer for turn in found.turns] == [answered(), refused(), None, None]
    assert found.turns[2].error == "索引坏了" and found.title == "水渠多长?" and found.asked == 4
    assert [turn.number for turn in kept.open(chat, last=2).turns] == [3, 4]


def test_nobody_else_gets_at_a_chat(kept: Chats) -> None:
    chat = said(kept, "水渠多长?")
    other = Chats(kept.database, "乙")
    doings: list[Callable[[], object]] = [
        lambda: other.open(chat),
        lambda: other.revision(chat),
        lambda: other.begin(chat, 1, "我的"),
        lambda: other.finish(chat, 1, refused()),
        lambda: other.fail(chat, 1, "x"),
        lambda: other.rename(chat, "我的"),
        lambda: other.delete(chat),
        lambda: other.judge(chat, 1, "down"),
    ]
    unknown = []
    for do in doings:
        with pytest.raises(ChatMissing) as refusal:
            do()
        unknown.append(str(refusal.value))
    kept.delete(chat)
    with pytest.raises(ChatMissing):
        other.restore(chat)
    kept.restore(chat)
    with pytest.raises(ChatMissing) as never:
        other.open("no such chat")
    assert set(unknown) == {str(never.value)}  # whether it exists is not told either
    assert not other.latest(limit=9).chats and not other.search("水渠", limit=9).chats
    assert kept.open(chat).turns[0].answer == answered()


def test_who_has_no_name_has_no_chats(kept: Chats) -> None:
    with pytest.raises(ValueError):
        Chats(kept.database, "")


def test_ids_are_long_and_never_the_same(kept: Chats) -> None:
    ids = {said(kept, "问") for _ in range(50)}
    assert len(ids) == 50 and min(map(len, ids)) >= 22


def test_the_title_is_the_first_question_until_a_person_gives_another(kept: Chats) -> None:
    chat = kept.begin("", 1, " 水渠\n多长? ").chat
    assert kept.open(chat).title == "水渠 多长?"
    kept.begin(chat, 1, "水渠多宽?")
    kept.begin(chat, 2, "多深?")
    assert kept.open(chat).title == "水渠多宽?"
    kept.rename(chat, "  渠 \n 的事 ")
    kept.begin(chat, 1, "又问")
    assert kept.open(chat).title == "渠 的事"
    with pytest.raises(ArchiveError, match="空"):
        kept.rename(chat, " \u3000")
    assert len(title_of("长" * 900)) == TITLE_LENGTH


def test_asking_again_replaces_the_turn_and_those_after_it(kept: Chats) -> None:
    chat = said(kept, "一")
    said(kept, "二", "三", chat=chat)
    kept.begin(chat, 2, "改过的二")
    assert [turn.question for turn in kept.open(chat).turns] == ["一", "改过的二"]
    assert not kept.search("三", limit=9).chats


def test_every_change_of_a_turn_is_a_new_revision(kept: Chats) -> None:
    first = kept.begin("", 1, "一")
    second = kept.finish(first.chat, 1, answered())
    third = kept.begin(first.chat, 2, "二")
    fourth = kept.fail(first.chat, 2, "坏")
    revisions = [place.revision for place in (first, second, third, fourth)]
    assert revisions == sorted(set(revisions)) and kept.revision(first.chat) == revisions[-1]
    kept.rename(first.chat, "名")
    assert kept.open(first.chat).revision == revisions[-1]


def test_a_deleted_chat_is_gone_comes_back_and_is_gone_for_good(kept: Chats, monkeypatch: pytest.MonkeyPatch) -> None:
    chat, other = said(kept, "水渠多长?"), said(kept, "种子呢?")
    kept.judge(chat, 1, "up")
    kept.delete(chat)
    assert [one.id for one in kept.latest(limit=9).chats] == [other]
    assert not kept.search("水渠多长", limit=9).chats
    with pytest.raises(ChatMissing):
        kept.open(chat)
    with pytest.raises(ChatMissing):
        kept.delete(chat)
    kept.restore(chat)
    assert kept.open(chat).turns[0].verdict == "up"
    kept.delete(chat)
    monkeypatch.setattr(module, "KEPT_SECONDS", -1.0)
    said(kept, "新的")
    with pytest.raises(ChatMissing):
        kept.restore(chat)
    with kept.database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM turns WHERE chat = ?", (chat,)).fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM judgements").fetchone() == (0,)


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.replace("全县修好水渠12公里", "全县修好水渠13公里", 1),
        lambda record: record.replace('"quote":"全', '"quote":"半', 1),
        lambda record: record.replace('"start":5', '"start":4'),
        lambda record: record.replace('"format":1', '"format":9'),
        lambda record: record[: len(record) // 2],
        lambda record: "[" * 200_000,
        lambda record: "null",
        lambda record: '{"format":1,"answer":{"question":5,"text":""}}',
    ],
    ids=["text", "quote", "place", "format", "cut", "nested", "null", "types"],
)
def test_a_damaged_turn_is_told_and_the_others_open(kept: Chats, change: Callable[[str], str]) -> None:
    chat = said(kept, "一")
    said(kept, "二", chat=chat)
    spoil(kept, chat, change)
    first, second = kept.open(chat).turns
    assert (first.state, first.question, first.answer) == ("damaged", "一", None) and first.error
    assert second.answer == answered("二")
    assert kept.search("一", limit=9).chats  # what it said is still found


def test_a_record_carries_what_a_citation_needs() -> None:
    answer = answered()
    (first, _) = json.loads(to_record(answer))["answer"]["citations"]
    assert first["paragraph"]["text"] == answer.citations[0].paragraph.text
    back = from_record(to_record(answer))
    assert back.citations[0].source_spans == answer.citations[0].source_spans
    assert back.citations[0].paragraph.place == answer.citations[0].paragraph.place
    assert back.provenance.sha256("报纸.txt") == "ab" * 32 and back.provenance.sha256("别的.txt") == ""


def test_halves_of_a_character_and_nul_do_not_keep_a_question_from_being_saved(kept: Chats) -> None:
    chat = kept.begin("", 1, "半\ud800个\0字").chat
    kept.finish(chat, 1, answered("半\ud800个\0字"))
    assert kept.open(chat).turns[0].question == "半\\ud800个\0字"


def test_a_judgement_is_kept_changed_and_taken_back(kept: Chats) -> None:
    def judged(found: SavedChat) -> tuple[str | None, str]:
        return found.turns[0].verdict, found.turns[0].note

    chat = said(kept, "一")
    kept.judge(chat, 1, "up", note="  好 ")
    assert judged(kept.open(chat)) == ("up", "好")
    kept.judge(chat, 1, "down")
    assert judged(kept.open(chat)) == ("down", "")
    kept.judge(chat, 1, None)
    assert judged(kept.open(chat)) == (None, "")
    kept.begin(chat, 2, "没有回答")
    for number in (2, 9):
        with pytest.raises(ChatMissing, match=str(number)):
            kept.judge(chat, number, "up")
