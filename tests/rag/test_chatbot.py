"""The front door over real files, real threads and real processes: answers, rebuilds, and what happens in between."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from subprocess import TimeoutExpired

import pytest

from rag.answer import Answer
from rag.chatbot import Chatbot, Rebuilt
from rag.citations import defects
from rag.errors import BuildBusy, CorpusError, QueryError, SnapshotDamaged, SnapshotMissing
from rag.settings import Settings
from tests.rag.conftest import chatbot_over

ROOT = Path(__file__).parents[2]
BRIDGE = "# 青石大桥开工\n\n青石大桥总投资6.5亿元,全长1280米。\n\n施工单位调整了桩基方案。\n"
DEARER = BRIDGE.replace("6.5亿元", "8亿元")
CANAL = "# 东河水渠扩建\n\n东河水渠总投资3亿元,灌溉农田2万亩。\n"
COST = "青石大桥总投资多少?"
WAIT = 60  # seconds until a test gives up on another thread


def silent(_share: float, _doing: str) -> None:
    """A progress that nobody watches."""


@pytest.fixture
def chatbot(tmp_path: Path) -> Chatbot:
    return chatbot_over(tmp_path, {"bridge.md": BRIDGE})


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    """For tests that only ask."""
    return chatbot_over(tmp_path_factory.mktemp("reading"), {"bridge.md": BRIDGE, "canal.md": CANAL})


def write(chatbot: Chatbot, name: str, text: str) -> None:
    (chatbot.settings.corpus_dir / name).write_text(text, encoding="utf-8")


@contextmanager
def rebuild_held(chatbot: Chatbot) -> Iterator[list[Rebuilt]]:
    """A rebuild in another thread, which stands still in the middle until the block is left."""
    begun, go_on = threading.Event(), threading.Event()
    done: list[Rebuilt] = []

    def progress(_share: float, _doing: str) -> None:
        begun.set()
        assert go_on.wait(WAIT)

    thread = threading.Thread(target=lambda: done.append(chatbot.rebuild(progress)))
    thread.start()
    try:
        assert begun.wait(WAIT)
        yield done
    finally:
        go_on.set()
        thread.join(WAIT)


def damage_newest(settings: Settings) -> Path:
    """Flips a byte of the newest snapshot's paragraphs, as a failing disk does."""
    newest = settings.index_dir / "snapshots" / (settings.index_dir / "current").read_text(encoding="ascii").strip()
    file = next(path for path in sorted(newest.iterdir()) if path.name.startswith("paragraphs"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    return file


@pytest.mark.parametrize("question", [COST, "东河水渠灌溉多少农田?", "火星有几座火山?", "施工单位怎么做?"])
def test_an_answer_grows_line_by_line_into_the_whole(reading: Chatbot, question: str) -> None:
    grown = list(reading.ask(question))
    whole = grown[-1]
    assert whole.text == reading.answer(question).text
    assert [answer.text for answer in grown] == [
        "\n".join(whole.text.splitlines()[:count]) for count in range(1, len(whole.text.splitlines()) + 1)
    ]
    assert {answer.citations for answer in grown} == {whole.citations}


@dataclass
class Echo:
    """Words an answer by repeating it twice; adequate because the chatbot asks no more of what words its answers."""

    asked: list[str] = field(default_factory=list)

    def rewrite(self, answer: Answer) -> Iterator[Answer]:
        self.asked.append(answer.understood)
        yield replace(answer, text=answer.text.splitlines()[0], origin="generative")
        yield replace(answer, text=answer.text, origin="generative", notice="完")


def test_answers_and_only_they_are_worded_anew(reading: Chatbot) -> None:
    echo = Echo()
    chatbot = Chatbot(reading.settings, reading.encoder, reading.aligner.lexicon, rewriter=echo)
    grown = list(chatbot.ask(COST, ["大桥有多长?"]))
    assert [answer.notice for answer in grown] == ["", "完"]
    assert all(answer.index_version and answer.question == COST for answer in grown)
    assert grown[-1].latency.total >= grown[-1].latency.answer > 0
    assert chatbot.answer("火星有几座火山?").refused
    assert chatbot.answer("").refused
    assert chatbot.questions()
    assert len(echo.asked) == 1


def test_an_answer_says_what_it_was_made_from(reading: Chatbot) -> None:
    answer = reading.answer(COST)
    assert "6.5亿元" in answer.short
    assert (answer.question, answer.understood) == (COST, COST)
    assert answer.index_version == reading.status().version
    assert answer.hits[0].paragraph.document == "bridge.md"
    assert 0 < answer.latency.retrieve <= answer.latency.total
    assert answer.latency.answer <= answer.latency.total


@pytest.mark.parametrize(
    "question", [COST, "东河水渠总投资多少?", "施工单位怎么做?", "大桥有多长?", "How long is the bridge?"]
)
def test_every_answer_is_borne_by_its_citations(reading: Chatbot, question: str) -> None:
    answer = reading.answer(question)
    assert answer.refused or defects(answer.text, answer.citations) == ()


@pytest.mark.parametrize("question", ["", " ", "\n\t　"])
def test_an_empty_question_is_no_question(reading: Chatbot, question: str) -> None:
    answer = reading.answer(question)
    assert answer.refusal is not None
    assert answer.refusal.kind == "not_a_question"
    assert answer.index_version == reading.status().version


def test_a_question_too_long_to_read_is_refused_with_its_length(reading: Chatbot) -> None:
    answer = reading.answer("桥" * 100_000)
    assert answer.refusal is not None
    assert answer.refusal.kind == "not_a_question"
    assert "100000" in answer.text
    assert str(reading.settings.max_question) in answer.text
    assert len(answer.question) <= reading.settings.max_question


def test_the_longest_question_is_read(reading: Chatbot) -> None:
    question = COST + "谢谢" * ((reading.settings.max_question - len(COST)) // 2)
    assert "100000" not in reading.answer(question).text
    assert reading.answer(question).hits


@pytest.mark.parametrize(
    "question", ["?", "？！", "😀", "\0", "<script>alert(1)</script>", "' OR 1=1 --", "\\d+(", "1" * 400]
)
def test_any_characters_can_be_asked(reading: Chatbot, question: str) -> None:
    answer = reading.answer(question)
    assert answer.question == question
    assert answer.text


@pytest.mark.parametrize("broken", ["大桥\ud800", " ", ""])
def test_what_is_no_text_gets_no_answer_and_spoils_no_chat(reading: Chatbot, broken: str) -> None:
    answer = reading.answer(broken)
    assert answer.refusal is not None
    assert answer.refusal.kind == "not_a_question"
    answer.text.encode()
    assert "6.5亿元" in reading.answer(COST, [broken]).short


def test_a_long_question_of_the_chat_does_no_harm(reading: Chatbot) -> None:
    assert "6.5亿元" in reading.answer(COST, ["桥" * 100_000]).short


def test_the_article_of_a_citation_can_be_read(reading: Chatbot) -> None:
    cited = reading.answer(COST).citations[0].paragraph
    assert [paragraph.text for paragraph in reading.article(cited.id)] == [
        "青石大桥总投资6.5亿元,全长1280米。",
        "施工单位调整了桩基方案。",
    ]


def test_an_article_that_is_not_there_is_named(reading: Chatbot) -> None:
    with pytest.raises(QueryError, match="no/such/id"):
        reading.article("no/such/id")


def test_the_status_says_what_is_answered_from(reading: Chatbot) -> None:
    status = reading.status()
    assert status.documents == ("bridge.md", "canal.md")
    assert status.paragraphs == 3
    assert status.version
    assert status.built
    assert status.model


def test_without_an_index_nothing_can_be_asked(tmp_path: Path) -> None:
    chatbot = Chatbot.from_settings(Settings.load(index_dir=tmp_path / "none", corpus_dir=tmp_path))
    assert chatbot.status().version == ""
    with pytest.raises(SnapshotMissing, match="index build"):
        chatbot.answer(COST)
    with pytest.raises(SnapshotMissing, match=str(tmp_path / "none")):
        list(chatbot.ask(COST))
    with pytest.raises(SnapshotMissing):
        chatbot.article("x")
    assert not (tmp_path / "none").exists()


def test_a_rebuild_tells_what_is_new_changed_and_gone(chatbot: Chatbot) -> None:
    before = chatbot.status().version
    write(chatbot, "bridge.md", DEARER)
    write(chatbot, "canal.md", CANAL)
    (chatbot.settings.corpus_dir / "empty.md").touch()
    rebuilt = chatbot.rebuild(silent)
    assert (rebuilt.added, rebuilt.changed, rebuilt.removed, rebuilt.unchanged) == (1, 1, 0, 1)
    assert len(rebuilt.problems) == 1
    assert rebuilt.problems[0].startswith("empty.md: ")
    assert rebuilt.version == chatbot.status().version != before
    (chatbot.settings.corpus_dir / "canal.md").unlink()
    rebuilt = chatbot.rebuild(silent)
    assert (rebuilt.added, rebuilt.changed, rebuilt.removed, rebuilt.unchanged) == (0, 0, 1, 2)


def test_a_rebuild_of_the_same_files_changes_nothing(chatbot: Chatbot) -> None:
    before = chatbot.status().version
    rebuilt = chatbot.rebuild(silent)
    assert (rebuilt.version, rebuilt.added, rebuilt.changed, rebuilt.removed) == (before, 0, 0, 0)
    assert rebuilt.unchanged == chatbot.status().paragraphs == 2


def test_progress_goes_from_nothing_to_all_and_says_what_is_done(chatbot: Chatbot) -> None:
    told: list[tuple[float, str]] = []
    write(chatbot, "canal.md", CANAL)
    chatbot.rebuild(lambda share, doing: told.append((share, doing)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] == 1.0
    assert all(doing for _, doing in told)


def test_until_a_rebuild_is_done_the_old_index_answers(chatbot: Chatbot) -> None:
    before = chatbot.status().version
    write(chatbot, "bridge.md", DEARER)
    with rebuild_held(chatbot) as done:
        for answer in (chatbot.answer(COST), *chatbot.ask(COST)):
            assert "6.5亿元" in answer.short
            assert answer.index_version == before
        assert not done
    (rebuilt,) = done
    assert rebuilt.version != before
    answer = chatbot.answer(COST)
    assert answer.index_version == rebuilt.version
    assert answer.short == "8亿元"


def test_of_two_rebuilds_at_once_one_is_told_to_wait(chatbot: Chatbot) -> None:
    write(chatbot, "canal.md", CANAL)
    twin = Chatbot.from_settings(chatbot.settings)
    with rebuild_held(chatbot) as done:
        with pytest.raises(BuildBusy):
            chatbot.rebuild(silent)
        with pytest.raises(BuildBusy):
            twin.rebuild(silent)
    assert done[0].added == 1
    assert twin.rebuild(silent).unchanged == 3


def test_a_rebuild_that_fails_leaves_the_old_index_answering(chatbot: Chatbot) -> None:
    before = chatbot.status()
    for file in chatbot.settings.corpus_dir.iterdir():
        file.unlink()
    with pytest.raises(CorpusError, match=chatbot.settings.corpus_dir.name):
        chatbot.rebuild(silent)
    assert "6.5亿元" in chatbot.answer(COST).short
    assert chatbot.status() == before


def test_a_rebuild_given_up_by_its_watcher_leaves_the_old_index_answering(chatbot: Chatbot) -> None:
    write(chatbot, "bridge.md", DEARER)

    def gone(_share: float, _doing: str) -> None:
        raise TimeoutExpired("rebuild", 1)

    with pytest.raises(TimeoutExpired):
        chatbot.rebuild(gone)
    assert "6.5亿元" in chatbot.answer(COST).short
    chatbot.rebuild(silent)
    assert chatbot.answer(COST).short == "8亿元"


def test_many_threads_get_whole_answers_of_one_index_or_the_other(chatbot: Chatbot) -> None:
    versions = {chatbot.status().version: "6.5亿元"}
    write(chatbot, "bridge.md", DEARER)
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(chatbot.answer, COST) for _ in range(20)]
        versions[chatbot.rebuild(silent).version] = "8亿元"
        answers += [pool.submit(chatbot.answer, COST) for _ in range(20)]
        for answer in (future.result(WAIT) for future in answers):
            assert versions[answer.index_version] in answer.short
            assert versions[answer.index_version] in answer.citations[0].paragraph.text
    assert answers[-1].result().short == "8亿元"


def test_what_another_process_builds_is_answered_from(chatbot: Chatbot) -> None:
    before = chatbot.answer(COST)
    write(chatbot, "bridge.md", DEARER)
    folders = ("--corpus", str(chatbot.settings.corpus_dir), "--index", str(chatbot.settings.index_dir))
    subprocess.run(
        [sys.executable, "-m", "index", "build", *folders],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=chatbot.settings.corpus_dir,
        check=True,
        capture_output=True,
        timeout=120,
    )
    answer = chatbot.answer(COST)
    assert (before.short, answer.short) == ("6.5亿元", "8亿元")
    assert answer.index_version != before.index_version
    assert chatbot.status().version == answer.index_version


def test_a_damaged_index_is_named_with_its_cure(chatbot: Chatbot) -> None:
    write(chatbot, "bridge.md", DEARER)
    chatbot.rebuild(silent)
    file = damage_newest(chatbot.settings)
    with pytest.raises(SnapshotDamaged, match="index rollback") as damaged:
        Chatbot.from_settings(chatbot.settings)
    assert str(file) in str(damaged.value)


def test_a_pointer_that_names_no_index_stops_nobody_who_has_one_open(chatbot: Chatbot) -> None:
    pointer = chatbot.settings.index_dir / "current"
    pointer.write_text("nonsense\n", encoding="ascii")
    assert chatbot.answer(COST).short == "6.5亿元"
    with pytest.raises(SnapshotDamaged, match="nonsense"):
        Chatbot.from_settings(chatbot.settings)


def test_after_a_rebuild_a_damaged_index_is_whole_again(chatbot: Chatbot) -> None:
    damage_newest(chatbot.settings)
    chatbot.rebuild(silent)
    fresh = Chatbot.from_settings(chatbot.settings)
    assert "6.5亿元" in fresh.answer(COST).short


@pytest.mark.parametrize("typed", ["青石大桥总投姿多少?", "qingshi daqiao zongtouzi duoshao?"])
def test_a_mistyped_question_is_answered_as_it_was_meant_and_says_so(reading: Chatbot, typed: str) -> None:
    answer = reading.answer(typed)
    assert (answer.question, answer.understood) == (typed, COST)
    assert answer.text == reading.answer(COST).text


def test_a_slip_in_an_earlier_question_does_not_mislead_the_next_one(reading: Chatbot) -> None:
    assert "1280米" in reading.answer("它全长多少米?", ["青石大桥总投姿多少?"]).short


def test_a_rebuild_decides_anew_what_a_slip_is(chatbot: Chatbot) -> None:
    assert chatbot.answer("青石大桥总投姿多少?").understood == COST
    (chatbot.settings.corpus_dir / "posture.md").write_text("# 姿势\n\n总投姿是一种姿势。\n", encoding="utf-8")
    chatbot.rebuild(lambda share, message: None)
    assert chatbot.answer("青石大桥总投姿多少?").understood == "青石大桥总投姿多少?"
