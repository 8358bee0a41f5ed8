"""A chatbot over the page in ``corpus/``, and what it makes of a set of questions."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.chatbot import Chatbot
from rag.evaluate import Expected, Report, evaluate
from rag.settings import Settings

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Report]:
    """Answers a set over the page."""
    settings = Settings.load(index_dir=tmp_path_factory.mktemp("index"), corpus_dir=HERE.parents[1] / "corpus")
    chatbot = Chatbot.from_settings(settings)
    chatbot.rebuild(lambda share, message: None)

    def report(name: str) -> Report:
        rows = [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        return evaluate([Expected.from_dict(row) for row in rows], chatbot.answer)

    return report
