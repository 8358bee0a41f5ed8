"""What clicks do: over the real chatbot where the truth matters, over a scripted one where time or failure does."""

import logging
from pathlib import Path
from typing import Any

import pytest

from rag.chatbot import Chatbot
from rag.errors import WenjuError
from tests.ui.pages import Page
from tests.ui.scripted import ARTICLE, UNLIMITED, ScriptedChatbot
from ui.handlers import ChatView, Handlers
from ui.limits import Limits
from ui.messages import say
from ui.reading import Reading
from ui.session import Session

ASKED = "盘活的闲置土地有多少亩?"


def over(chatbot: ScriptedChatbot) -> Handlers:
    return Handlers(chatbot, UNLIMITED)  # type: ignore[arg-type]  # follows the same script of methods


def asked(handlers: Handlers, question: str, session: Session | None = None) -> list[ChatView]:
    return list(handlers.ask(question, session or Session()))


def test_an_answer_grows_and_its_citations_open_the_article(chatbot: Chatbot) -> None:
    handlers = Handlers(chatbot, UNLIMITED)
    views = asked(handlers, ASKED)
    assert [view.busy for view in views] == [True] * (len(views) - 1) + [False]
    assert ASKED in Page(views[0].html).text("wj-question") and "wj-waiting" in views[0].html
    page = Page(views[-1].html)
    assert "146亩" in page.text("wj-short")
    key = str(page.having("data-cite")[0]["data-cite"])
    source = Page(Reading(chatbot).cite(key, views[-1].session))
    found = views[-1].session.find(key)
    assert found is not None
    assert source.text("wj-focus") == found[1].quote
    assert "146亩" in source.text("wj-focus")
    assert source.text("wj-source-where") == found[1].paragraph.place
    article = "".join(one.text for one in chatbot.article(found[1].paragraph.id))
    shown = "".join(data for data, classes in source.pieces if {"wj-paragraph", "wj-byline"} & {*classes})
    assert len(shown) >= len(article)


def test_citations_of_earlier_answers_go_on_working(chatbot: Chatbot) -> None:
    handlers = Handlers(chatbot, UNLIMITED)
    first = asked(handlers, ASKED)[-1]
    later = asked(handlers, "今天天气怎么样?", first.session)[-1]
    keys = [str(one["data-cite"]) for one in Page(first.html).having("data-cite")]
    assert keys and all(key.startswith("1-") for key in keys)
    for key in keys:
        assert Page(Reading(chatbot).cite(key, later.session)).text("wj-focus")
        assert f'data-cite="{key}"' in later.html


def test_citations_survive_a_rebuild_that_removes_what_they_cite(chatbot: Chatbot, corpus: Path) -> None:
    handlers = Handlers(chatbot, UNLIMITED)
    before = asked(handlers, ASKED)[-1]
    for file in corpus.glob("*.txt"):
        file.unlink()
    (corpus / "新.txt").write_text(
        "# 新的一页\n\n今年全镇新修水渠12公里,灌溉农田3000亩,群众都说好。\n", encoding="utf-8"
    )
    chatbot.rebuild(lambda fraction, step: None)
    source = Page(Reading(chatbot).cite("1-1", before.session))
    assert "146亩" in source.text("wj-focus") and source.text("wj-gone")
    assert "12公里" in Page(asked(handlers, "新修水渠多少公里?")[-1].html).text("wj-answer")


def test_an_overlong_question_is_told_its_length(chatbot: Chatbot) -> None:
    view = asked(Handlers(chatbot, UNLIMITED), "长" * 100_000)[-1]
    assert "100000" in Page(view.html).text("wj-refusal").replace(",", "")
    assert len(view.html) < 20_000


@pytest.mark.parametrize("question", ["", " ", "\n\t", "\u3000"], ids=repr)
def test_an_empty_question_gets_a_message_and_no_turn(question: str) -> None:
    chatbot = ScriptedChatbot()
    (view,) = asked(over(chatbot), question)
    assert view.notice and not view.busy and not view.session.turns and not chatbot.asked


@pytest.mark.parametrize("question", [None, 5, ["a"], {}, "", " "], ids=repr)
def test_what_is_no_question_gets_the_same_message_and_no_log(question: Any, caplog: pytest.LogCaptureFixture) -> None:
    chatbot = ScriptedChatbot()
    (view,) = asked(over(chatbot), question)
    assert over(chatbot).answer(question) == {"question": "", "error": say("chat.empty")}
    assert over(chatbot).answer()["error"] == say("chat.empty")
    assert view.notice == say("chat.empty", "zh")
    assert not chatbot.asked and not caplog.records


def test_history_is_what_was_asked_before() -> None:
    chatbot = ScriptedChatbot()
    session = Session()
    for question in ("甲", "乙", "丙"):
        session = asked(over(chatbot), question, session)[-1].session
    assert chatbot.asked == [("甲", ()), ("乙", ("甲",)), ("丙", ("甲", "乙"))]


def test_a_foreseen_error_explains_itself() -> None:
    view = asked(over(ScriptedChatbot({"问": WenjuError("索引 <坏了>")})), "问")[-1]
    assert "索引 <坏了>" in Page(view.html).text("wj-error")


def test_an_unforeseen_error_is_named_to_the_person_and_told_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        view = asked(over(ScriptedChatbot({"问": ZeroDivisionError("/secret/path")})), "问")[-1]
    assert "ZeroDivisionError" in Page(view.html).text("wj-error")
    assert "/secret/path" not in view.html
    assert "/secret/path" in caplog.text and "Traceback" in caplog.text
    assert not view.busy and view.session.turns[-1].done


def test_the_next_question_is_answered_after_an_error() -> None:
    chatbot = ScriptedChatbot({"坏": RuntimeError("x")})
    failed = asked(over(chatbot), "坏")[-1]
    assert "12公里" in Page(asked(over(chatbot), "好", failed.session)[-1].html).text("wj-short")


def test_the_public_call_answers_like_the_command_line(chatbot: Chatbot) -> None:
    told = Handlers(chatbot, UNLIMITED).answer(ASKED)
    assert told["question"] == ASKED and not told["refused"]
    assert told["citations"][0]["quote"] in told["citations"][0]["text"]
    assert over(ScriptedChatbot({"坏": WenjuError("坏了")})).answer("坏") == {"question": "坏", "error": "坏了"}


def test_the_welcome_offers_the_questions_of_the_index() -> None:
    page = Page(over(ScriptedChatbot()).welcome())
    assert [one["data-ask"] for one in page.having("data-ask")] == list(ScriptedChatbot().questions())


def test_the_status_counts_documents_and_paragraphs() -> None:
    status = over(ScriptedChatbot()).status()
    assert f"1 份文档 · {len(ARTICLE)} 个段落" in status and "scripted" in status


def test_a_page_is_told_anew_in_another_language_and_quotes_stay() -> None:
    handlers = over(ScriptedChatbot({"坏": WenjuError(say("chat.empty")), "崩": RuntimeError("x")}))
    session = Session()
    for question in ("多长?", "坏", "崩"):
        session = asked(handlers, question, session)[-1].session
    english = Page(handlers.redraw(session, language="en")).text()
    chinese = Page(handlers.redraw(session, language="zh")).text()
    assert say("chat.empty", "en") in english and say("chat.empty", "zh") in chinese
    assert say("chat.unexpected", "en", kind="RuntimeError") in english
    assert say("chat.copy", "en") in english and say("chat.copy", "zh") not in english
    assert "「良种到户12公里」" in english and "「良种到户12公里」" in chinese


def test_a_question_is_asked_again_in_the_place_of_the_old_one() -> None:
    chatbot = ScriptedChatbot()
    handlers = over(chatbot)
    session = Session()
    for question in ("甲", "乙", "丙"):
        session = asked(handlers, question, session)[-1].session
    same = list(handlers.again(3, "", session))[-1].session
    assert same.questions == ("甲", "乙", "丙") and chatbot.asked[-1] == ("丙", ("甲", "乙"))
    other = list(handlers.again(2, "丁", session))[-1].session
    assert other.questions == ("甲", "丁") and chatbot.asked[-1] == ("丁", ("甲",))
    (gone,) = handlers.again(9, "丁", session)
    assert gone.notice and gone.session is session


def test_suggestions_come_only_after_an_answer_and_never_hurt() -> None:
    chatbot = ScriptedChatbot()
    handlers = over(chatbot)
    done = asked(handlers, "甲")[-1].session
    assert Page(handlers.suggestions(done)).having("data-ask")
    assert handlers.suggestions(Session()) == handlers.suggestions(done.begin("乙")) == ""
    chatbot.suggestions = None  # type: ignore[assignment, method-assign]  # whatever goes wrong
    assert handlers.suggestions(done) == ""


def test_what_is_asked_too_often_is_told_so_in_the_language_read_and_over_the_network() -> None:
    handlers = Handlers(ScriptedChatbot(), Limits(per_minute=1, at_once=1))  # type: ignore[arg-type]  # as above
    first = list(handlers.ask("甲", Session(), client="10.0.0.1"))[-1]
    second = list(handlers.ask("乙", first.session, language="en", client="10.0.0.1"))[-1]
    assert "At most 1 questions" in Page(second.html).text("wj-error") and not second.busy
    assert "12公里" in Page(handlers.redraw(second.session, language="zh")).text()
    assert "最多问 1 个问题" in Page(handlers.redraw(second.session, language="zh")).text("wj-error")
    assert "最多问 1 个问题" in handlers.answer("丙", client="10.0.0.1")["error"]
    assert "error" not in handlers.answer("丙", client="10.0.0.2")
