"""What a conversation keeps."""

from tests.ui.scripted import answered, refused
from ui.session import HISTORY_TURNS, MAX_QUESTION, MAX_TURNS, Session


def test_a_long_conversation_is_bounded_and_goes_on_counting() -> None:
    session = Session()
    for number in range(100):
        session = session.begin(f"问{number}").grow(answered(f"问{number}")).finish()
    assert [turn.number for turn in session.turns] == list(range(101 - MAX_TURNS, 101))
    assert session.dropped == 100 - MAX_TURNS
    assert session.history == tuple(f"问{number}" for number in range(100 - HISTORY_TURNS, 100))


def test_history_leaves_out_what_failed_and_what_is_under_way() -> None:
    session = (
        Session().begin("好").grow(answered("好")).finish().begin("坏").fail("出错").begin("拒").grow(refused("拒"))
    )
    assert session.history == ("好",)
    assert session.finish().history == ("好", "拒")


def test_a_key_finds_its_citation_in_any_kept_turn() -> None:
    session = Session().begin("一").grow(answered("一")).finish().begin("二").grow(refused("二")).finish()
    for turn in session.turns:
        assert turn.answer is not None
        for citation in turn.answer.citations:
            assert session.find(turn.key(citation)) == (turn, citation)
    nearest = session.find("2-n")
    assert nearest is not None and nearest[1].quote == "农机下田"


def test_a_key_of_another_conversation_finds_nothing() -> None:
    session = Session().begin("一").grow(answered("一")).finish().begin("二")
    for key in ("", "-", "1", "1-", "1-9", "1-n", "9-1", "2-1", "x-y", "1-1-1", "0001-1"):
        assert session.find(key) is None, key


def test_a_pasted_book_is_not_kept() -> None:
    assert len(Session().begin("长" * 100_000).turns[0].question) == MAX_QUESTION


def test_hits_are_let_go() -> None:
    turn = Session().begin("一").grow(answered("一")).turns[0]
    assert turn.answer is not None and turn.answer.hits == ()


def test_what_is_stopped_stays_as_far_as_it_came_and_is_no_answer_when_nothing_came() -> None:
    session = Session().begin("一").grow(answered("一")).finish()
    assert session.stop() is session
    halted = session.begin("二").stop()
    assert halted.turns[-1].done and halted.turns[-1].stopped and halted.turns[-1].answer is None
    assert halted.history == ("一",) and halted.questions == ("一", "二")
    grown = session.begin("二").grow(answered("二")).begin("三")
    assert [turn.stopped for turn in grown.turns] == [False, True, False]


def test_a_chat_goes_on_from_before_a_turn() -> None:
    session = Session()
    for question in ("一", "二", "三"):
        session = session.begin(question).grow(answered(question)).finish()
    cut = session.before(2)
    assert cut.questions == ("一",) and cut.asked == 1
    assert cut.begin("四").turns[-1].number == 2
    assert session.before(1) == Session()
    assert session.before(0) is session and session.before(9) is session


def test_a_turn_that_is_no_longer_kept_cannot_be_gone_back_to() -> None:
    session = Session()
    for number in range(MAX_TURNS + 3):
        session = session.begin(f"问{number}").finish()
    assert session.before(2) is session
    assert session.before(5).dropped == 3
