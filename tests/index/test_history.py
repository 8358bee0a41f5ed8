"""The versions at a glance, against what the builds and the files themselves say."""

from pathlib import Path

import pytest

from index.embedder import load_encoder
from index.history import history, passages_in
from index.manifest import ModelFacts
from index.snapshot import Snapshots
from index.store import ParagraphIndex
from tests.index.building import build, write_corpus

MODEL = ModelFacts("another", "beef", 8)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Two versions, the second with a file that cannot be read."""
    build(write_corpus(tmp_path / "corpus"), tmp_path / "index")
    (tmp_path / "corpus/empty.txt").touch()
    (tmp_path / "corpus/farm.txt").unlink()
    build(tmp_path / "corpus", tmp_path / "index")
    return tmp_path / "index"


def test_without_an_index_there_are_none(tmp_path: Path) -> None:
    assert history(tmp_path / "none") == ()
    assert not (tmp_path / "none").exists()


def test_each_is_told_as_it_is_the_newest_first(index: Path) -> None:
    newest, oldest = history(index, model=ModelFacts.of(load_encoder()))
    assert (oldest.name, newest.name) == Snapshots(index).versions()
    assert (newest.current, oldest.current) == (True, False)
    assert (oldest.documents, newest.documents) == (("farm.txt", "town.txt"), ("town.txt",))
    for version in (newest, oldest):
        opened = ParagraphIndex.open_version(index, version.name, load_encoder())
        assert (version.built, version.paragraphs) == (opened.built, len(opened))
        assert version.articles == len({(one.document, one.article) for one in opened.paragraphs})
        assert version.model == load_encoder().name
        assert (version.size, version.fault) == (opened.manifest.size, "")
    assert [problem.path for problem in newest.problems] == ["empty.txt"]
    assert not oldest.problems


def test_the_one_that_answers_is_marked_after_a_rollback(index: Path) -> None:
    Snapshots(index).rollback()
    assert [version.current for version in history(index)] == [False, True]


def test_what_another_model_made_is_told_as_such(index: Path) -> None:
    for version in history(index, model=MODEL):
        assert "beef" in version.fault and "WENJU_EMBEDDING_MODEL" in version.fault
        assert version.paragraphs


def test_a_damaged_one_hides_no_other(index: Path) -> None:
    oldest, newest = Snapshots(index).versions()
    (Snapshots(index).path(newest) / "manifest.json").write_text("{")
    damaged, whole = history(index)
    assert (damaged.name, damaged.built, damaged.current) == (newest, "", True)
    assert "manifest.json" in damaged.fault
    assert (whole.name, whole.fault) == (oldest, "")


def test_a_damaged_pointer_hides_none(index: Path) -> None:
    (index / "current").write_text("nonsense")
    assert [version.current for version in history(index)] == [False, False]


def test_the_paragraphs_of_a_document_in_any_version(index: Path) -> None:
    oldest, newest = Snapshots(index).versions()
    opened = ParagraphIndex.open_version(index, oldest, load_encoder())
    farm = [one for one in opened.paragraphs if one.document == "farm.txt"]
    assert list(passages_in(index, oldest, "farm.txt")) == farm == list(opened.of_document("farm.txt"))
    assert not passages_in(index, newest, "farm.txt")
    assert not passages_in(index, "0009-x", "farm.txt")
    (Snapshots(index).path(oldest) / "manifest.json").write_text("{")
    assert not passages_in(index, oldest, "farm.txt")
