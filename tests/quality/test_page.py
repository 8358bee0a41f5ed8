"""What answers over the page have to reach, on the development questions; nothing here is a timing."""

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
    rows = [json.loads(line) for line in (HERE / "page_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    return evaluate([Expected.from_dict(row) for row in rows], chatbot.answer)


@pytest.mark.parametrize(
    ("measure", "least"),
    [
        ("right paragraph in the top 1", 0.90),
        ("right paragraph in the top 3", 0.97),
        ("answer holds what it must", 0.88),
        ("a cited paragraph holds the gold quote", 0.93),
        ("cited paragraphs that hold it, of all cited", 0.80),
        ("quotes verbatim", 1.00),
        ("headline right", 1.00),
        ("unanswerable refused", 0.85),
        ("free of what it must not hold", 1.00),
    ],
)
def test_at_least(report: Report, measure: str, least: float) -> None:
    assert report.measures()[measure] >= least


@pytest.mark.parametrize(
    ("measure", "most"), [("answerable refused", 0.07), ("median answer length, short facts", 120)]
)
def test_at_most(report: Report, measure: str, most: float) -> None:
    assert report.measures()[measure] <= most
