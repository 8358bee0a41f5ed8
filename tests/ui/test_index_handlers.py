"""What clicks in the index drawer do: over the real chatbot where the truth matters, a scripted one where time does."""

from pathlib import Path
from threading import Event, Thread
from typing import Never

import pytest

from rag.chatbot import Chatbot
from rag.errors import BuildCancelled, SnapshotError, WenjuError
from tests.ui.pages import Page
from tests.ui.scripted import UNLIMITED, ScriptedChatbot
from ui.handlers import Handlers
from ui.index_handlers import IndexHandlers, RebuildView
from ui.session import Session

CANAL = "# 海棠渠通水\n\n海棠渠长12公里,总投资6.5亿元。\n\n渠首有闸一座。\n"


def over(chatbot: ScriptedChatbot) -> IndexHandlers:
    return IndexHandlers(chatbot)  # type: ignore[arg-type]  # follows the same script of methods


def rebuilt(handlers: IndexHandlers) -> RebuildView:
    return list(handlers.rebuild(language="zh"))[-1]


def short(chatbot: Chatbot) -> str:
    return Page(list(Handlers(chatbot, UNLIMITED).ask("海棠渠总投资多少?", Session()))[-1].html).text("wj-short")


def test_a_rebuild_shows_what_it_changed_and_each_version_can_be_taken_up(chatbot: Chatbot, corpus: Path) -> None:
    handlers = IndexHandlers(chatbot)
    (corpus / "渠.txt").write_text(CANAL, encoding="utf-8")
    (corpus / "空.txt").touch()
    views = list(handlers.rebuild(language="zh"))
    assert [view.busy for view in views] == [True] * (len(views) - 1) + [False]
    assert 'role="progressbar"' in views[0].html
    assert "新增 2 段" in Page(views[-1].html).text()
    assert "渠首有闸一座。" in Page(views[-1].difference).text("wj-added")
    assert "空.txt" in Page(handlers.show(language="zh").glance).text("wj-problems")

    (corpus / "渠.txt").write_text(CANAL.replace("6.5", "8"), encoding="utf-8")
    assert "<del>6.5</del><ins>8</ins>亿元" in rebuilt(handlers).difference
    assert "8亿元" in short(chatbot)
    newest, middle, oldest = (version.name for version in chatbot.versions.all())
    assert [one["data-use"] for one in Page(handlers.show(language="zh").versions).having("data-use")] == [
        middle,
        oldest,
    ]
    assert middle in Page(handlers.answer_from(middle, language="zh")).text("wj-kind")
    assert "6.5亿元" in short(chatbot)
    assert middle in Page(handlers.show(language="zh").versions).text("wj-current")
    # From the older to the newer, whichever answers.
    assert "<del>6.5</del><ins>8</ins>" in handlers.compare(newest, language="zh")
    assert "渠首有闸一座。" in Page(handlers.compare(oldest, language="zh")).text("wj-added")
    handlers.answer_from(newest, language="zh")
    assert "8亿元" in short(chatbot)


def test_nothing_changed_shows_no_difference(chatbot: Chatbot) -> None:
    view = rebuilt(IndexHandlers(chatbot))
    assert "没有变化" in view.html and view.difference == ""


def test_questions_are_answered_while_a_rebuild_runs_and_every_page_sees_the_same_one() -> None:
    chatbot = ScriptedChatbot()
    handlers = over(chatbot)
    views: list[RebuildView] = []
    started = Event()

    def run() -> None:
        for view in handlers.rebuild(language="zh"):
            views.append(view)
            started.set()

    thread = Thread(target=run)
    thread.start()
    assert started.wait(10)
    assert handlers.busy
    asked = list(Handlers(chatbot, UNLIMITED).ask("多长?", Session()))  # type: ignore[arg-type]  # as above
    assert "12公里" in asked[-1].html
    other, later = handlers.rebuild(language="en"), handlers.watch(language="zh")
    assert next(other).busy and next(later).busy
    chatbot.may_finish.set()
    thread.join(10)
    for view in (views[-1], list(other)[-1], list(later)[-1]):
        assert not view.busy and "2" in Page(view.html).text() and "v2" in view.html
        assert "良种到户12公里" in view.difference
    assert not handlers.busy
    assert list(handlers.watch(language="zh")) == []


def test_a_rebuild_is_stopped_and_says_so() -> None:
    handlers = over(ScriptedChatbot())
    watched = handlers.rebuild(language="zh")
    assert next(watched).busy
    handlers.stop()
    assert "已停止" in list(watched)[-1].html
    handlers.stop()  # too late, and no harm


def test_a_real_rebuild_is_stopped_and_the_old_index_answers(chatbot: Chatbot, corpus: Path) -> None:
    before = chatbot.versions.all()
    for number in range(300):
        (corpus / f"{number}.txt").write_text(f"# 第{number}号渠\n\n第{number}号渠长{number}公里。\n", encoding="utf-8")
    handlers = IndexHandlers(chatbot)
    watched = handlers.rebuild(language="zh")
    handlers.stop()
    assert "已停止" in list(watched)[-1].html
    assert chatbot.versions.all() == before
    assert not list(chatbot.settings.index_dir.glob("snapshots/.partial-*"))


def test_answers_are_marked_when_their_sources_change_and_unmarked_when_they_are_back(
    chatbot: Chatbot, corpus: Path
) -> None:
    (corpus / "渠.txt").write_text(CANAL, encoding="utf-8")
    chatbot.rebuild(lambda fraction, step: None)
    before = chatbot.status().version
    handlers, session = IndexHandlers(chatbot), Session()
    for question in ("海棠渠总投资多少?", "盘活的闲置土地有多少亩?", "火星有几座火山?"):
        session = list(Handlers(chatbot, UNLIMITED).ask(question, session))[-1].session
    assert "wj-stale" not in handlers.marks(session, "k", language="zh")

    (corpus / "渠.txt").write_text(CANAL.replace("6.5", "8"), encoding="utf-8")
    chatbot.rebuild(lambda fraction, step: None)
    html = handlers.marks(session, "k", language="zh")
    page = Page(html)
    (mark,) = page.having("data-cited")
    assert (mark["data-turn"], mark["data-version"]) == ("1", before)
    assert str(mark["data-cited"]).startswith("1-1")
    assert "<del>6.5</del><ins>8</ins>" in html and "文字已改动" in page.text("wj-stale")
    assert [one["data-ask"] for one in page.having("data-ask")] == ["海棠渠总投资多少?"]

    (corpus / "渠.txt").unlink()
    chatbot.rebuild(lambda fraction, step: None)
    assert "已不在文档中" in Page(handlers.marks(session, "k", language="zh")).text("wj-stale")
    handlers.answer_from(before, language="zh")
    assert "wj-stale" not in handlers.marks(session, "k", language="zh")


def test_answers_stand_as_they_are_when_nothing_can_be_found_out_about_them() -> None:
    class Broken(ScriptedChatbot):
        def stale(self, answer: object) -> Never:
            raise SnapshotError("索引不见了")

    session = list(Handlers(Broken(), UNLIMITED).ask("多长?", Session()))[-1].session  # type: ignore[arg-type]  # as above
    assert over(Broken()).marks(session, "k", language="zh") == '<div class="wj-marks" data-key="k"></div>'


@pytest.mark.parametrize("error", [WenjuError("盘满了"), MemoryError()])
def test_a_failed_rebuild_says_so_and_the_next_one_may_run(error: Exception) -> None:
    chatbot = ScriptedChatbot(rebuilt=error)
    chatbot.may_finish.set()
    handlers = over(chatbot)
    last = rebuilt(handlers)
    assert "原来的索引继续使用" in last.html and (str(error) or "MemoryError") in last.html
    assert "原来的索引继续使用" in rebuilt(handlers).html


def test_being_cancelled_is_no_failure() -> None:
    chatbot = ScriptedChatbot(rebuilt=BuildCancelled("停"))
    chatbot.may_finish.set()
    assert "wj-failed" not in rebuilt(over(chatbot)).html


@pytest.mark.parametrize("version", ["", "v9", "../../etc", "<script>"])
def test_a_version_that_is_not_there_is_told_and_nothing_changes(version: str) -> None:
    chatbot = ScriptedChatbot()
    told = over(chatbot).answer_from(version, language="zh")
    assert "没有改用" in told and "<script>" not in told
    assert "已不存在" in over(chatbot).compare(version, language="zh")
    assert chatbot.versions.current == "v1"


def test_a_damaged_index_is_told_and_the_drawer_stays() -> None:
    class Broken:
        def all(self) -> None:
            raise SnapshotError("没有读取的权限")

    chatbot = ScriptedChatbot()
    chatbot.versions = Broken()  # type: ignore[assignment]
    assert "没有读取的权限" in over(chatbot).show(language="zh").glance
    assert "没有读取的权限" in over(chatbot).compare("v1", language="zh")
