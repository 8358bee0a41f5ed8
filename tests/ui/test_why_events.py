"""What an opened fold gets: the explanation of its own turn, or the reason why there is none."""

import logging

import pytest

from rag.chatbot import Chatbot
from tests.ui.pages import Page
from tests.ui.scripted import UNLIMITED, ScriptedChatbot
from ui.handlers import Handlers
from ui.session import Session
from ui.why import key_of
from ui.why_events import Why


def talked(chatbot: Chatbot, *questions: str) -> Session:
    handlers, session = Handlers(chatbot, UNLIMITED), Session()
    for question in questions:
        session = list(handlers.ask(question, session))[-1].session
    return session


def over(chatbot: ScriptedChatbot) -> Chatbot:
    return chatbot  # type: ignore[return-value]  # follows the same script of methods


def test_a_follow_up_is_explained_in_its_chat(indexed: Chatbot) -> None:
    session = talked(indexed, "天津人工智能传感器产业园在哪里?", "它总投资多少?", "红烧肉怎么做?")
    page = Page(Why(indexed).explain(key_of(session.turns[1]), session, serial="5"))
    assert "4.38亿元" in page.text("wj-why-sentence")
    assert page.having("data-serial")[0]["data-serial"] == "5"
    assert [one["data-cite"] for one in page.having("data-cite")] == ["2-1"]
    assert "红烧肉" in Page(Why(indexed).explain(key_of(session.turns[2]), session)).text("wj-why-verdict")


def test_only_what_was_asked_before_is_the_history() -> None:
    chatbot = ScriptedChatbot()
    session = talked(over(chatbot), "甲", "乙", "丙")
    Why(over(chatbot)).explain(key_of(session.turns[1]), session)
    assert chatbot.explained == [("乙", ("甲",))]


@pytest.mark.parametrize("key", ["", "1-00000000", "9-9", "<script>"])
def test_a_turn_that_this_chat_does_not_know_is_told_so(key: str) -> None:
    session = talked(over(ScriptedChatbot()), "甲")
    html = Why(over(ScriptedChatbot())).explain(key, session, serial='"><script>')
    assert 'role="alert"' in html and "<script>" not in html
    assert "data-failed" not in html  # trying again would not help


def test_a_foreseen_error_explains_itself_and_may_be_tried_again() -> None:
    chatbot = over(ScriptedChatbot())
    session = talked(chatbot, "甲")
    page = Page(Why(chatbot).explain(key_of(session.turns[0]), session))
    assert "<b>说明暂时不可用</b>" in page.text() and page.having("data-failed")


def test_an_unforeseen_error_is_named_and_told_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    chatbot = ScriptedChatbot()
    session = talked(over(chatbot), "甲")
    chatbot.script["甲"] = ZeroDivisionError("/secret/path")
    with caplog.at_level(logging.ERROR):
        html = Why(over(chatbot)).explain(key_of(session.turns[0]), session)
    assert "ZeroDivisionError" in html and "/secret/path" not in html and "/secret/path" in caplog.text
