"""The real chatbot over a copy of the corpus page, built once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.chatbot import Chatbot
from rag.settings import Settings
from tests.ui.serving import guarded

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the corpus that a test may change."""
    return Path(shutil.copytree(CORPUS, tmp_path / "corpus", copy_function=shutil.copyfile))


@pytest.fixture
def chatbot(tmp_path: Path, corpus: Path) -> Chatbot:
    """A chatbot whose index is built from ``corpus``."""
    made = Chatbot.from_settings(Settings.load(index_dir=tmp_path / "index", corpus_dir=corpus))
    made.rebuild(lambda fraction, step: None)
    return made


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    """A chatbot over the corpus for tests that only ask; its index is built once."""
    made = Chatbot.from_settings(Settings.load(index_dir=tmp_path_factory.mktemp("index"), corpus_dir=CORPUS))
    made.rebuild(lambda fraction, step: None)
    return made


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """The page over a scripted chatbot, served by a process of its own."""
    with guarded("tests.ui.scripted_server") as (_, url, _):
        yield url
