"""How many follow-ups over the page are answered as they should be; nothing here is a timing."""

import json
from pathlib import Path

import pytest

from rag.chatbot import Chatbot
from rag.evaluate import Expected, Report, evaluate
from rag.settings import Settings

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    settings = Settings.load(index_dir=tmp_path_factory.mktemp("index"), corpus_dir=HERE.parents[1] / "corpus")
    chatbot = Chatbot.from_settings(settings)
    chatbot.rebuild(lambda share, message: None)
    rows = [json.loads(line) for line in (HERE / "page_turns.jsonl").read_text(encoding="utf-8").splitlines()]
    return evaluate([Expected.from_dict(row) for row in rows], chatbot.answer)


@pytest.mark.parametrize("kind", ["turn", "turn_held"])
def test_nine_of_ten_follow_ups_are_answered(report: Report, kind: str) -> None:
    count, good = report.by_kind()[kind]
    assert count == 30
    assert good >= 27


def test_a_follow_up_is_refused_where_the_page_does_not_say(report: Report) -> None:
    assert report.measures()["unanswerable refused"] == 1.0
