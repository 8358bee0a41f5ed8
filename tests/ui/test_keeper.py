"""Sessions that are saved and come back, and chats that go on where saving fails."""

from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer import Answer
from rag.archive.database import FILE, Database
from rag.errors import ArchiveError, WenjuError
from tests.ui.scripted import UNLIMITED, ScriptedChatbot
from ui.handlers import Handlers
from ui.keeper import Keeper
from ui.session import MAX_TURNS, Session
from ui.visitor import Visit

ME, OTHER = Visit("user:甲"), Visit("user:乙")


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(Database(tmp_path))


def ask(keeper: Keeper, question: str, session: Session, visit: Visit = ME, **script: Answer | Exception) -> Session:
    handlers = Handlers(ScriptedChatbot(dict(script)), UNLIMITED, keeper)  # type: ignore[arg-type]  # follows the same methods
    return list(handlers.ask(question, session, visit))[-1].session


def test_a_session_comes_back_as_it_was(keeper: Keeper) -> None:
    session = ask(keeper, "一", Session())
    session = ask(keeper, "坏", session, 坏=WenjuError("索引坏了"))
    assert session.chat and all(turn.kept for turn in session.turns) and not session.unsaved
    assert keeper.open(ME, session.chat) == session
    again = keeper.resume(Session(), replace(ME, chat=session.chat))
    assert again == session and again.history == ("一",)


def test_an_answer_that_never_came_is_marked_and_asked_again_in_its_place(keeper: Keeper) -> None:
    session = ask(keeper, "一", Session())
    cut = keeper.begin(session.begin("二"), ME)  # and the process dies
    back = keeper.open(ME, cut.chat)
    assert [(turn.question, turn.interrupted) for turn in back.turns] == [("一", False), ("二", True)]
    assert back.history == ("一",)
    again = ask(keeper, "二", back)
    assert [(turn.number, turn.question) for turn in again.turns] == [(1, "一"), (2, "二")]
    assert not any(turn.interrupted for turn in again.turns)
    assert keeper.open(ME, cut.chat) == again
    other = ask(keeper, "三", keeper.open(ME, keeper.begin(again.begin("断"), ME).chat))
    assert [turn.question for turn in other.turns] == ["一", "二", "断", "三"]


def test_a_session_of_another_tab_or_of_a_restarted_server_goes_on_with_all_turns(keeper: Keeper) -> None:
    first = ask(keeper, "一", Session())
    ask(keeper, "二", first)  # in another tab
    assert [turn.question for turn in ask(keeper, "三", first).turns] == ["一", "二", "三"]
    restarted = ask(keeper, "四", Session(), replace(ME, chat=first.chat))
    assert [turn.question for turn in restarted.turns] == ["一", "二", "三", "四"]


def test_nobody_goes_on_with_the_chat_of_another(keeper: Keeper) -> None:
    mine = ask(keeper, "我的", Session())
    theirs = ask(keeper, "偷看", Session(), replace(OTHER, chat=mine.chat))
    assert [turn.question for turn in theirs.turns] == ["偷看"] and theirs.chat != mine.chat
    with pytest.raises(ArchiveError):
        keeper.open(OTHER, mine.chat)
    assert not keeper.list(OTHER, "我的", limit=9).chats


def test_a_chat_deleted_in_another_tab_is_begun_anew_with_what_is_asked_next(keeper: Keeper) -> None:
    session = ask(keeper, "一", Session())
    keeper.chats(ME).delete(session.chat)
    after = ask(keeper, "二", session)
    assert after.chat != session.chat and not after.unsaved and after.turns[-1].kept


def test_the_latest_turns_of_a_long_chat_are_shown(keeper: Keeper) -> None:
    session = Session()
    for number in range(MAX_TURNS + 3):
        session = ask(keeper, f"第{number}", session)
    back = keeper.open(ME, session.chat)
    assert back == session and back.dropped == 3
    assert len(keeper.chats(ME).open(session.chat).turns) == MAX_TURNS + 3


def test_where_saving_fails_the_chat_goes_on_and_says_why(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"x" * 5000)
    keeper = Keeper(Database(tmp_path))
    session = ask(keeper, "一", Session())
    assert session.turns[-1].answer is not None and not session.turns[-1].kept
    assert str(tmp_path / FILE) in session.unsaved
    (tmp_path / FILE).unlink()  # the cure
    session = ask(keeper, "二", session)
    assert not session.unsaved and session.turns[-1].kept


def test_who_sends_no_cookie_is_told_and_who_saves_nothing_is_not() -> None:
    assert "cookie" in ask(Keeper(Database(Path("nowhere"))), "一", Session(), Visit()).unsaved
    quiet = ask(Keeper(), "一", Session())
    assert not quiet.unsaved and not quiet.turns[-1].kept
    with pytest.raises(ArchiveError, match="WENJU_SAVE_CHATS"):
        Keeper().list(ME, "", limit=9)


def test_a_verdict_is_kept_and_taken_back(keeper: Keeper) -> None:
    session = ask(keeper, "一", Session())
    session = keeper.judge(session, ME, 1, "down", note="不对")
    assert keeper.open(ME, session.chat) == session and session.turns[0].note == "不对"
    session = keeper.judge(session, ME, 1, None)
    assert (session.turns[0].verdict, session.turns[0].note) == ("", "")
    assert keeper.open(ME, session.chat) == session
    with pytest.raises(ArchiveError):
        keeper.judge(session, OTHER, 1, "up")


def test_a_damaged_turn_is_told_and_the_others_are_shown(keeper: Keeper) -> None:
    session = ask(keeper, "二", ask(keeper, "一", Session()))
    assert keeper.database is not None
    with keeper.database.transaction() as connection:
        connection.execute("UPDATE turns SET record = replace(record, '12公里', '13公里') WHERE number = 1")
    first, second = keeper.open(ME, session.chat).turns
    assert first.answer is None and "损坏" in first.error and second == session.turns[1]
