"""What clicks do: over the real chatbot where the truth matters, over a scripted one where time or failure does."""

import logging
from collections.abc import Generator
from pathlib import Path
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest

from rag.chatbot import Chatbot
from rag.errors import WenjuError
from tests.ui.pages import Page
from tests.ui.scripted import ARTICLE, ScriptedChatbot
from ui.handlers import ChatView, Handlers, RebuildView
from ui.reading import Reading
from ui.session import Session

ASKED = "盘活的闲置土地有多少亩?"


def over(chatbot: ScriptedChatbot) -> Handlers:
    return Handlers(chatbot)  # type: ignore[arg-type]  # follows the same script of methods


def asked(handlers: Handlers, question: str, session: Session | None = None) -> list[ChatView]:
    return list(handlers.ask(question, session or Session()))


def test_an_answer_grows_and_its_citations_open_the_article(chatbot: Chatbot) -> None:
    handlers = Handlers(chatbot)
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
    handlers = Handlers(chatbot)
    first = asked(handlers, ASKED)[-1]
    later = asked(handlers, "今天天气怎么样?", first.session)[-1]
    keys = [str(one["data-cite"]) for one in Page(first.html).having("data-cite")]
    assert keys and all(key.startswith("1-") for key in keys)
    for key in keys:
        assert Page(Reading(chatbot).cite(key, later.session)).text("wj-focus")
        assert f'data-cite="{key}"' in later.html


def test_a_rebuild_says_what_changed_and_old_citations_survive_it(chatbot: Chatbot, corpus: Path) -> None:
    handlers = Handlers(chatbot)
    before = asked(handlers, ASKED)[-1]
    for file in corpus.glob("*.txt"):
        file.unlink()
    (corpus / "新.txt").write_text(
        "# 新的一页\n\n今年全镇新修水渠12公里,灌溉农田3000亩,群众都说好。\n", encoding="utf-8"
    )
    (corpus / "空.txt").write_bytes(b"")
    views = list(handlers.rebuild())
    assert [view.busy for view in views] == [True] * (len(views) - 1) + [False]
    assert 'role="progressbar"' in views[0].html
    report = Page(views[-1].html).text()
    assert "空.txt" in report and "新增 " in report and "新增 0 段" not in report and "删除 0 段" not in report
    source = Page(Reading(chatbot).cite("1-1", before.session))
    assert "146亩" in source.text("wj-focus") and source.text("wj-gone")
    assert "12公里" in Page(asked(handlers, "新修水渠多少公里?")[-1].html).text("wj-answer")


def test_an_overlong_question_is_told_its_length(chatbot: Chatbot) -> None:
    view = asked(Handlers(chatbot), "长" * 100_000)[-1]
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
    assert over(chatbot).answer(question) == {"question": "", "error": view.notice}
    assert over(chatbot).answer()["error"] == view.notice
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


def test_questions_are_answered_while_a_rebuild_runs_and_a_second_one_is_turned_away() -> None:
    chatbot = ScriptedChatbot()
    handlers = over(chatbot)
    views: list[RebuildView] = []
    started = Event()

    def run() -> None:
        for view in handlers.rebuild():
            views.append(view)
            started.set()

    thread = Thread(target=run)
    thread.start()
    assert started.wait(10)
    assert "12公里" in asked(handlers, "多长?")[-1].html
    (second,) = handlers.rebuild()
    assert not second.busy and "另一个重建正在进行" in second.html
    chatbot.may_finish.set()
    thread.join(10)
    assert not views[-1].busy and "新增 2 段" in Page(views[-1].html).text() and "坏.txt" in views[-1].html


@pytest.mark.parametrize("error", [WenjuError("盘满了"), MemoryError()])
def test_a_failed_rebuild_says_so_and_the_next_one_may_run(error: Exception) -> None:
    chatbot = ScriptedChatbot(rebuilt=error)
    chatbot.may_finish.set()
    handlers = over(chatbot)
    last = list(handlers.rebuild())[-1]
    assert "原来的索引继续使用" in last.html and (str(error) or "MemoryError") in last.html
    assert "原来的索引继续使用" in list(handlers.rebuild())[-1].html


def test_a_closed_page_does_not_block_rebuilding_for_ever() -> None:
    chatbot = ScriptedChatbot()
    handlers = over(chatbot)
    abandoned = handlers.rebuild()
    next(abandoned)
    assert isinstance(abandoned, Generator)
    abandoned.close()  # what happens to a generator when its listener goes away
    chatbot.may_finish.set()
    for _ in range(1000):
        last = list(handlers.rebuild())[-1]
        if "新增 2 段" in last.html:
            return
        sleep(0.01)
    pytest.fail(last.html)


def test_the_public_call_answers_like_the_command_line(chatbot: Chatbot) -> None:
    told = Handlers(chatbot).answer(ASKED)
    assert told["question"] == ASKED and not told["refused"]
    assert told["citations"][0]["quote"] in told["citations"][0]["text"]
    assert over(ScriptedChatbot({"坏": WenjuError("坏了")})).answer("坏") == {"question": "坏", "error": "坏了"}


def test_the_welcome_offers_the_questions_of_the_index() -> None:
    page = Page(over(ScriptedChatbot()).welcome())
    assert [one["data-ask"] for one in page.having("data-ask")] == list(ScriptedChatbot().questions())


def test_the_status_counts_documents_and_paragraphs() -> None:
    status = over(ScriptedChatbot()).status()
    assert f"1 份文档 · {len(ARTICLE)} 个段落" in status and "scripted" in status
