"""What a follow-up takes over from the chat, and that a question which stands alone takes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexicon import Lexicon
from rag.answer import Asked
from rag.chatbot import Chatbot
from rag.conversation import NAME_LENGTH, REMEMBERED, Turn, in_context, understand
from tests.rag.conftest import chatbot_over

BRIDGE = Turn(Asked("青石大桥的总投资是多少?"), "6.5亿元")
CHAIR = Turn(Asked("谁主持了开工仪式?"), "县长李海峰")
DOCUMENTS = {
    "bridge.md": """# 青石大桥开工

青石大桥总投资6.5亿元,预计2029年10月通车。

县长李海峰主持开工仪式。李海峰分管交通建设。
""",
    "canal.md": "# 东河水渠扩建\n\n东河水渠总投资3亿元,预计2027年5月通水。\n",
}


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return chatbot_over(tmp_path_factory.mktemp("chat"), DOCUMENTS)


@pytest.mark.parametrize(
    "question",
    [
        "它什么时候通车?",
        "该桥全长多少?",
        "这座桥在哪里?",
        "其全长是多少?",
        "上述工程由谁承建?",
        "When will it open?",
        "Where is this bridge?",
    ],
)
def test_a_pointing_word_points_at_the_subject_of_the_question_before(lexicon: Lexicon, question: str) -> None:
    asked = understand(question, BRIDGE, lexicon)
    assert asked is not None
    assert asked.question == question
    assert "青石" in asked.context
    assert "总投资" not in asked.context


@pytest.mark.parametrize("question", ["他分管什么?", "她还说了什么?", "What did he say?", "What is his position?"])
def test_he_and_she_are_the_answer_before(lexicon: Lexicon, question: str) -> None:
    assert understand(question, CHAIR, lexicon) == Asked(question, "县长李海峰")


def test_he_without_an_answer_before_is_in_the_question_before(lexicon: Lexicon) -> None:
    assert understand("他分管什么?", Turn(CHAIR.asked), lexicon) == Asked("他分管什么?", "谁主持了开工仪式?")


@pytest.mark.parametrize("question", ["那税收呢?", "税收呢?", "税收方面呢?"])
def test_what_about_asks_the_same_of_something_else(lexicon: Lexicon, question: str) -> None:
    asked = understand(question, BRIDGE, lexicon)
    assert asked is not None
    assert asked.question == "税收多少?"
    assert "青石" in asked.context


@pytest.mark.parametrize(
    ("before", "asking"),
    [
        ("青石大桥什么时候通车?", "什么时候"),
        ("青石大桥在哪里?", "在哪里"),
        ("青石大桥为什么停工?", "为什么"),
        ("青石大桥谁负责?", "是谁"),
    ],
)
def test_what_about_asks_in_the_same_way(lexicon: Lexicon, before: str, asking: str) -> None:
    asked = understand("那税收呢?", Turn(Asked(before)), lexicon)
    assert asked is not None
    assert asking in asked.question


@pytest.mark.parametrize(
    "question",
    [
        "东河水渠总投资多少?",
        "其他措施有哪些?",
        "其中有多少桥?",
        "其实大桥有多长?",
        "他国情况如何?",
        "How long is the canal?",
        "怎样申请补贴?",
    ],
)
def test_a_question_that_stands_alone_takes_nothing_over(lexicon: Lexicon, question: str) -> None:
    assert understand(question, CHAIR, lexicon) is None


@pytest.mark.parametrize("question", ["它呢?", "他是谁?", "税收呢?", "", "东河水渠总投资多少?"])
def test_without_a_chat_nothing_is_taken_over(lexicon: Lexicon, question: str) -> None:
    assert understand(question, None, lexicon) is None


def test_a_long_answer_is_no_name_to_point_at(lexicon: Lexicon) -> None:
    short, long = "山" * NAME_LENGTH, "山" * (NAME_LENGTH + 1)
    assert short in in_context("它呢?", Turn(BRIDGE.asked, short), lexicon).context
    assert "山" not in in_context("它呢?", Turn(BRIDGE.asked, long), lexicon).context


@given(question=st.text(max_size=30), before=st.text(max_size=30), short=st.text(max_size=40))
def test_any_chat_can_be_read(lexicon: Lexicon, question: str, before: str, short: str) -> None:
    asked = understand(question, Turn(Asked(before), short), lexicon)
    assert asked is None or asked.query == f"{asked.context} {asked.question}".strip()


@pytest.mark.parametrize(
    ("history", "question", "short"),
    [
        (["青石大桥总投资多少?"], "它什么时候通车?", "2029年10月"),
        (["东河水渠总投资多少?"], "它什么时候通水?", "2027年5月"),
        (["谁主持开工仪式?"], "他分管什么?", "交通建设"),
        (["青石大桥什么时候通车?", "它总投资多少?"], "那东河水渠呢?", "3亿元"),
    ],
)
def test_a_follow_up_is_answered_from_the_chat(chat: Chatbot, history: list[str], question: str, short: str) -> None:
    answer = chat.answer(question, history)
    assert not answer.refused, answer.text
    assert short in answer.short
    assert answer.question == question


def test_the_same_words_after_another_question_get_another_answer(chat: Chatbot) -> None:
    after_bridge = chat.answer("它的总投资是多少?", ["青石大桥什么时候通车?"])
    after_canal = chat.answer("它的总投资是多少?", ["东河水渠什么时候通水?"])
    assert ("6.5亿元" in after_bridge.short, "3亿元" in after_canal.short) == (True, True)


def test_the_chat_changes_nothing_of_a_question_that_stands_alone(chat: Chatbot) -> None:
    alone, later = chat.answer("东河水渠总投资多少?"), chat.answer("东河水渠总投资多少?", ["青石大桥什么时候通车?"])
    assert (later.text, later.understood) == (alone.text, alone.understood)


def test_what_was_said_long_ago_plays_no_part(chat: Chatbot) -> None:
    """Three questions that only point at what came before them, and before them one that says what."""
    recent = ["它好吗?"] * REMEMBERED
    short, long = chat.answer("它怎么样?", recent), chat.answer("它怎么样?", ["青石大桥的总投资是多少?", *recent])
    assert "青石" in chat.answer("它怎么样?", ["青石大桥的总投资是多少?"]).understood
    assert (long.text, long.understood) == (short.text, short.understood)
    assert "青石" not in long.understood


@pytest.mark.parametrize("question", ["应该怎么申请补贴?", "因此停工的工地有几家?"])
def test_a_word_that_only_holds_a_pointing_one_points_at_nothing(lexicon: Lexicon, question: str) -> None:
    assert understand(question, BRIDGE, lexicon) is None


def test_a_topic_that_only_begins_like_an_opening_is_kept_whole(lexicon: Lexicon) -> None:
    asked = understand("Android呢?", BRIDGE, lexicon)
    assert asked is not None
    assert asked.question.startswith("android")
