"""Versions behind a chatbot that goes on answering: real files, threads and processes."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rag.chatbot import Chatbot
from rag.errors import BuildBusy, BuildCancelled, SnapshotDamaged, SnapshotMissing
from rag.settings import Settings
from tests.rag.conftest import chatbot_over
from tests.rag.test_chatbot import BRIDGE, CANAL, COST, DEARER, WAIT, rebuild_held, silent, write

ROOT = Path(__file__).parents[2]


@pytest.fixture
def chatbot(tmp_path: Path) -> Chatbot:
    """Over two versions: in the newer one the bridge is dearer and there is a canal."""
    chatbot = chatbot_over(tmp_path, {"bridge.md": BRIDGE})
    write(chatbot, "bridge.md", DEARER)
    write(chatbot, "canal.md", CANAL)
    chatbot.rebuild(silent)
    return chatbot


def names(chatbot: Chatbot) -> list[str]:
    return [version.name for version in chatbot.versions.all()]


def test_the_versions_are_listed_with_what_is_in_them(chatbot: Chatbot) -> None:
    newer, older = chatbot.versions.all()
    assert (newer.current, older.current) == (True, False)
    assert newer.name == chatbot.status().version
    assert (newer.documents, older.documents) == (("bridge.md", "canal.md"), ("bridge.md",))
    assert (newer.articles, newer.paragraphs, older.articles, older.paragraphs) == (2, 3, 1, 2)
    assert newer.model == chatbot.status().model
    assert not newer.fault and newer.size > 0


def test_a_rebuild_names_the_version_that_it_is_compared_with(chatbot: Chatbot) -> None:
    before = chatbot.status().version
    write(chatbot, "canal.md", CANAL.replace("3亿元", "5亿元"))
    rebuilt = chatbot.rebuild(silent)
    assert rebuilt.previous == before != rebuilt.version
    found = chatbot.versions.difference(rebuilt.previous, rebuilt.version)
    (change,) = found.changes
    assert change.old is not None and change.new is not None
    assert ("3亿元" in change.old.text, "5亿元" in change.new.text) == (True, True)
    assert (found.counts.changed, found.counts.unchanged) == (rebuilt.changed, rebuilt.unchanged)
    again = chatbot.rebuild(silent)
    assert again.previous == again.version == rebuilt.version


def test_going_back_and_forth_changes_the_answers_at_once(chatbot: Chatbot) -> None:
    newer, older = names(chatbot)
    for version, cost in ((older, "6.5亿元"), (newer, "8亿元"), (older, "6.5亿元")):
        chatbot.versions.answer_from(version)
        answer = chatbot.answer(COST)
        assert (answer.index_version, cost in answer.short) == (version, True)
        assert cost in answer.citations[0].paragraph.text
        assert chatbot.status().version == version
        assert names(chatbot) == [newer, older]


def test_what_another_process_goes_back_to_is_answered_from_and_told(chatbot: Chatbot) -> None:
    newer, older = names(chatbot)
    folders = ("--index", str(chatbot.settings.index_dir))
    for arguments, version in (((), older), (("--to", newer), newer)):
        subprocess.run(
            [sys.executable, "-m", "index", "rollback", *arguments, *folders],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
            timeout=120,
        )
        assert chatbot.status().version == version  # without a question in between
        assert chatbot.answer(COST).index_version == version


def test_what_cannot_be_gone_back_to_leaves_the_answers_as_they_are(chatbot: Chatbot) -> None:
    newer, older = names(chatbot)
    file = chatbot.settings.index_dir / "snapshots" / older / "paragraphs.jsonl"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(SnapshotDamaged):
        chatbot.versions.answer_from(older)
    with pytest.raises(SnapshotMissing, match=newer):
        chatbot.versions.answer_from("0009-x")
    with pytest.raises(SnapshotMissing):
        chatbot.versions.difference("0009-x", newer)
    assert chatbot.answer(COST).index_version == newer


def test_during_a_rebuild_nothing_is_gone_back_to_and_questions_are_answered(chatbot: Chatbot) -> None:
    newer, older = names(chatbot)
    write(chatbot, "canal.md", CANAL.replace("3亿元", "5亿元"))
    with rebuild_held(chatbot):
        with pytest.raises(BuildBusy):
            chatbot.versions.answer_from(older)
        assert chatbot.answer(COST).index_version == newer
        assert chatbot.versions.difference(older, newer).counts.added == 1
        assert names(chatbot) == [newer, older]


def test_a_rebuild_that_is_stopped_changes_nothing(chatbot: Chatbot) -> None:
    before = names(chatbot)
    write(chatbot, "canal.md", CANAL.replace("3亿元", "5亿元"))
    stop, begun = threading.Event(), threading.Event()
    raised: list[Exception] = []

    def progress(_share: float, _doing: str) -> None:
        begun.set()
        assert stop.wait(WAIT)

    def run() -> None:
        try:
            chatbot.rebuild(progress, cancelled=stop.is_set)
        except BuildCancelled as error:
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    assert begun.wait(WAIT)
    assert "8亿元" in chatbot.answer(COST).short
    stop.set()
    thread.join(WAIT)
    assert len(raised) == 1
    assert names(chatbot) == before
    assert sorted(path.name for path in (chatbot.settings.index_dir / "snapshots").iterdir()) == sorted(before)
    assert "3亿元" in chatbot.answer("东河水渠总投资多少?").short
    assert chatbot.rebuild(silent).changed == 1


def test_without_an_index_there_are_no_versions(tmp_path: Path) -> None:
    chatbot = Chatbot.from_settings(Settings.load(index_dir=tmp_path / "none", corpus_dir=tmp_path))
    assert chatbot.versions.all() == ()
    with pytest.raises(SnapshotMissing):
        chatbot.versions.answer_from("0001-x")
    assert not (tmp_path / "none").exists()
