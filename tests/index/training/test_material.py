"""From a small data folder to a model that has learned from it: every step but the English encoder."""

from pathlib import Path

import numpy as np
import pytest

from index.embedder import StaticEncoder
from index.training.evaluate import cmrc, held_out_glosses, held_out_translations, measure
from index.training.export import quantised, write_model
from index.training.material import glosses_by_row, material, sentences, translating
from index.training.ragged import Splitter
from index.training.sources import Sources
from index.training.train import TrainingConfig, train
from index.training.vocabulary import ALL_HAN, RARE_SCORE, Vocabulary, VocabularySizes, build_vocabulary
from index.words import LongestFirst
from tests.index.training import small_data

SIZES = VocabularySizes(chinese=200, characters=300, english=200, numbers=120)
DIMENSION = 64


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return Sources(small_data.write(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def vocabulary(sources: Sources) -> Vocabulary:
    return build_vocabulary(sources, SIZES, known_english=["hospital"])


def _splitter(vocabulary: Vocabulary) -> Splitter:
    return Splitter(LongestFirst(vocabulary.words), np.arange(len(vocabulary.words), dtype=np.int32))


def test_the_vocabulary_has_the_words_of_both_languages_once(vocabulary: Vocabulary) -> None:
    assert len(set(vocabulary.words)) == len(vocabulary.words) == len(vocabulary.scores)
    assert vocabulary.words[0] == "[UNK]"
    assert {"养老金", "就业", "pension", "hospital", "政", "%", "7", "08"} <= set(vocabulary.words)
    assert all(score < 0 for score in vocabulary.scores)
    assert set(ALL_HAN) <= set(vocabulary.words)
    assert set(vocabulary.scores[vocabulary.known :]) == {RARE_SCORE}


def test_the_vocabulary_is_the_same_every_time(sources: Sources, vocabulary: Vocabulary) -> None:
    assert build_vocabulary(sources, SIZES, known_english=["hospital"]) == vocabulary


def test_sentences_lose_nothing() -> None:
    text = "今年好。明年更好！\n后年呢？还没说"
    assert sentences(text) == ["今年好。", "明年更好！\n", "后年呢？", "还没说"]


def test_only_glosses_that_translate_are_used() -> None:
    glosses = ["to create (sth new)", "CL:個|个[ge4]", "variant of 做", "a thing that people say to each other", "jobs"]
    assert list(translating(glosses)) == ["create", "jobs"]


def test_words_know_their_glosses(sources: Sources, vocabulary: Vocabulary) -> None:
    splitter = _splitter(vocabulary)
    word, gloss = splitter.row("养老金"), splitter.row("pension")
    assert word and gloss
    assert [row.tolist() for row in glosses_by_row(sources, splitter)[word]] == [[gloss]]


def test_every_kind_of_pair_draws(sources: Sources, vocabulary: Vocabulary) -> None:
    random = np.random.default_rng(1)
    for share in material(sources, _splitter(vocabulary)):
        batch = share.kind.draw(random, 8)
        assert 0 < len(batch.anchors) == len(batch.positives) <= 8, share.name
        assert batch.anchors.flat.max(initial=0) < len(vocabulary.words)


def test_a_model_learns_and_is_read_back(sources: Sources, vocabulary: Vocabulary, tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    splitter = _splitter(vocabulary)
    table = random.normal(size=(len(vocabulary.words), DIMENSION)).astype(np.float32)
    weights = np.ones(len(table), np.float32)
    trained = train(table, weights, material(sources, splitter), TrainingConfig(steps=150, batch=48, row_rate=2e-2))
    for name, rows in (("before", table), ("after", trained)):
        write_model(tmp_path / name, vocabulary, splitter.rows, rows)
    before, after = (StaticEncoder(tmp_path / name) for name in ("before", "after"))
    whole, factors = quantised(trained)
    expected = (whole * factors[:, None])[splitter.split(["农民的养老金怎么样？"]).flat].sum(axis=0)
    np.testing.assert_allclose(
        after.encode(["农民的养老金怎么样？"])[0], expected / np.linalg.norm(expected), atol=1e-3
    )
    assert (np.abs(whole * factors[:, None] - trained) <= factors[:, None] * 0.501).all()
    task = held_out_translations(sources)
    assert measure(after, task).hit1 > measure(before, task).hit1 + 0.1
    assert measure(after, cmrc(sources)).hit5 >= 0.9
    assert len(held_out_glosses(sources).gold) > 0
