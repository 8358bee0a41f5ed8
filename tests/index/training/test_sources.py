"""The data folder is read as its README says, and what is measured is kept apart from what is trained on."""

from pathlib import Path

import pytest

from index.training.material import translations
from index.training.sources import Sources, TrainingDataError, is_held_out
from tests.index.training import small_data


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return Sources(small_data.write(tmp_path / "data"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match=r"cc_cedict\.tsv\.gz"):
        list(Sources(tmp_path).dictionary())


def test_every_dictionary_entry_is_either_trained_on_or_held_out(sources: Sources) -> None:
    trained = {entry.word for entry in sources.dictionary()}
    held = {entry.word for entry in sources.dictionary(held_out=True)}
    assert held and not trained & held
    assert len(trained | held) == len(list(sources.rows("cc_cedict")))
    assert all(is_held_out(word) for word in held)


def test_glosses_are_split(sources: Sources) -> None:
    entry = next(entry for entry in sources.dictionary() if entry.word == "就业")
    assert entry.glosses == ("jobs", "CL:個|个[ge4]")


def test_held_out_translations_share_no_sentence_with_the_others(sources: Sources) -> None:
    trained, held = translations(sources)
    assert held
    for side in (0, 1):
        assert not {row[side] for row in trained} & {row[side] for row in held}


def test_words_are_not_counted_in_the_evaluation_set(sources: Sources) -> None:
    with_dev = list(sources.chinese_texts())
    (sources.folder / "cmrc2018_dev.jsonl.gz").unlink()
    assert list(sources.chinese_texts()) == with_dev
