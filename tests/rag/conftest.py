"""The real page, indexed once for all tests of answers."""

from pathlib import Path

import pytest

from index.lexicon import Lexicon
from rag.chatbot import Chatbot
from rag.settings import Settings

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.shipped()


@pytest.fixture(scope="session")
def page_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings.load(index_dir=tmp_path_factory.mktemp("index"), corpus_dir=CORPUS)


@pytest.fixture(scope="session")
def page(page_settings: Settings) -> Chatbot:
    """A chatbot over the page."""
    chatbot = Chatbot.from_settings(page_settings)
    chatbot.rebuild(lambda share, message: None)
    return chatbot


def chatbot_over(tmp_path: Path, files: dict[str, str]) -> Chatbot:
    """A chatbot over documents written for one test."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in files.items():
        (corpus / name).write_text(text, encoding="utf-8")
    chatbot = Chatbot.from_settings(Settings.load(index_dir=tmp_path / "index", corpus_dir=corpus))
    chatbot.rebuild(lambda share, message: None)
    return chatbot
