"""Searching an index that was really built: both legs against brute force, the door, looking up, and many askers."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.config import IndexConfig
from index.embedder import load_encoder
from index.errors import QueryError, SnapshotDamaged, SnapshotForeign, SnapshotMissing
from index.paragraph import Paragraph, SourceFile
from index.passages import passages
from index.store import LONGEST_QUERY, Mode, ParagraphIndex, current_version
from index.text import fold, simplify, terms
from tests.index.building import build, write_corpus

QUESTIONS = ("老年人坐公交要钱吗", "化肥有多少吨", "三路車首班車", "How much fertilizer is stored?", "插秧", "水库 bus")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("store")
    build(write_corpus(base / "corpus"), base / "index")
    return base / "index"


@pytest.fixture(scope="module")
def index(folder: Path) -> ParagraphIndex:
    return ParagraphIndex.open(folder, load_encoder())


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_dense_leg_is_brute_force_over_the_encoder(index: ParagraphIndex, query: str) -> None:
    encoder = load_encoder()
    vector = encoder.encode([simplify(query)])[0]
    expected = {
        paragraph.id: max(
            float(encoder.encode([simplify(piece)])[0] @ vector)
            for piece in passages(paragraph, window=index.config.window)
        )
        for paragraph in index.paragraphs
    }
    hits = index.search(query, k=100, mode="dense")
    assert {hit.paragraph.id: hit.dense for hit in hits} == pytest.approx(expected, abs=1e-5)
    assert [hit.dense_rank for hit in hits] == list(range(1, len(index) + 1))
    assert all(hit.score == hit.dense and hit.lexical is None and hit.terms == () for hit in hits)


@pytest.mark.parametrize("query", QUESTIONS)
def test_the_lexical_leg_finds_who_shares_a_term(index: ParagraphIndex, query: str) -> None:
    asked = set(terms(fold(query).text))
    expected = {p.id for p in index.paragraphs if asked & set(terms(fold(f"{p.text}\n{p.context}").text))}
    hits = index.search(query, k=100, mode="lexical")
    assert {hit.paragraph.id for hit in hits} == expected
    for hit in hits:
        assert set(hit.terms) == asked & {
            *terms(fold(hit.paragraph.text).text),
            *terms(fold(hit.paragraph.context).text),
        }


@pytest.mark.parametrize("query", QUESTIONS)
def test_hybrid_hits_carry_what_each_leg_alone_says(index: ParagraphIndex, query: str) -> None:
    dense = {hit.paragraph.id: (hit.dense, hit.dense_rank) for hit in index.search(query, k=100, mode="dense")}
    lexical = {hit.paragraph.id: (hit.lexical, hit.lexical_rank) for hit in index.search(query, k=100, mode="lexical")}
    hits = index.search(query, k=100)
    assert {hit.paragraph.id: (hit.dense, hit.dense_rank) for hit in hits} == dense
    for hit in hits:
        assert (hit.lexical, hit.lexical_rank) == lexical.get(hit.paragraph.id, (None, None))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_right_paragraphs_come_first(index: ParagraphIndex) -> None:
    assert "免费乘车" in index.search("老年人坐公交要钱吗")[0].paragraph.text
    assert "三千吨" in index.search("化肥有多少吨")[0].paragraph.text
    assert "三路" in index.search("三路車首班車")[0].paragraph.text


@pytest.mark.parametrize("mode", ["hybrid", "dense"])
@pytest.mark.parametrize("k", [1, 2, 5, 1000, 10**30])
def test_as_many_hits_as_asked_for_each_once(index: ParagraphIndex, k: int, mode: Mode) -> None:
    ids = [hit.paragraph.id for hit in index.search("化肥和公交", k=k, mode=mode)]
    assert len(ids) == len(set(ids)) == min(k, len(index))


def test_fewer_hits_are_the_head_of_more(index: ParagraphIndex) -> None:
    everything = index.search("化肥和公交", k=5)
    assert all(index.search("化肥和公交", k=k) == everything[:k] for k in range(1, 6))


@pytest.mark.parametrize("query", ["", "  \n\t　"])
def test_an_empty_question_is_refused(index: ParagraphIndex, query: str) -> None:
    with pytest.raises(QueryError) as told:
        index.search(query)
    assert repr(query) in str(told.value)


@pytest.mark.parametrize("k", [0, -3])
def test_a_k_below_one_is_refused(index: ParagraphIndex, k: int) -> None:
    with pytest.raises(QueryError, match=f"k .*now {k}"):
        index.search("化肥", k=k)


def test_the_longest_question_is_answered_and_a_longer_one_refused(index: ParagraphIndex) -> None:
    longest = ("化肥有多少吨" * LONGEST_QUERY)[:LONGEST_QUERY]
    assert "三千吨" in index.search(longest)[0].paragraph.text
    with pytest.raises(QueryError, match=f"{LONGEST_QUERY + 1}.*{LONGEST_QUERY}"):
        index.search(longest + "?")


def test_half_a_character_is_refused(index: ParagraphIndex) -> None:
    with pytest.raises(QueryError, match=r"\\ud83d"):
        index.search("化肥\ud83d")


def test_an_unknown_mode_is_refused(index: ParagraphIndex) -> None:
    with pytest.raises(QueryError, match="'fuzzy'"):
        index.search("化肥", mode="fuzzy")  # type: ignore[arg-type]  # that is what is tested


def test_a_question_without_a_known_word_finds_nothing(index: ParagraphIndex) -> None:
    assert index.search("?!…。") == []


def test_looking_up(index: ParagraphIndex) -> None:
    for paragraph in index.paragraphs:
        assert index.get(paragraph.id) == paragraph
        expected = [p for p in index.paragraphs if (p.document, p.article) == (paragraph.document, paragraph.article)]
        assert list(index.article(paragraph.id)) == expected
    with pytest.raises(QueryError, match="'no such id'"):
        index.article("no such id")


def test_the_facts(index: ParagraphIndex, folder: Path) -> None:
    assert index.version == current_version(folder)
    assert index.documents == ("farm.txt", "town.txt")
    assert len(index) == len(index.paragraphs) == index.manifest.counts.paragraphs == 5
    assert index.problems == ()
    assert index.config == IndexConfig()
    assert index.manifest.model.name == load_encoder().name


def test_many_askers_get_what_one_gets(index: ParagraphIndex) -> None:
    questions = QUESTIONS * 40
    alone = [index.search(question, k=3) for question in questions]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda question: index.search(question, k=3), questions)) == alone


class Renamed:
    """The shipped model as if its words had other vectors: the same numbers under another fingerprint."""

    name, fingerprint = "other", "0123456789abcdef"
    dimension = load_encoder().dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return load_encoder().encode(texts)


def test_another_model_is_refused_and_both_are_named(folder: Path) -> None:
    with pytest.raises(SnapshotForeign) as told:
        ParagraphIndex.open(folder, Renamed())
    assert load_encoder().fingerprint in str(told.value)
    assert "0123456789abcdef" in str(told.value)


def test_no_index(tmp_path: Path) -> None:
    assert current_version(tmp_path) == ""
    with pytest.raises(SnapshotMissing, match="python -m index build"):
        ParagraphIndex.open(tmp_path, load_encoder())


def test_a_version_that_is_not_there(folder: Path) -> None:
    with pytest.raises(SnapshotMissing, match=f"0077-20260101T000000Z.*{current_version(folder)}"):
        ParagraphIndex.open_version(folder, "0077-20260101T000000Z", load_encoder())


def test_parts_of_different_length_are_damage(index: ParagraphIndex) -> None:
    longer = replace(index.manifest, counts=replace(index.manifest.counts, paragraphs=6))
    with pytest.raises(SnapshotDamaged, match=r"paragraphs is 5, expected 6"):
        ParagraphIndex(index._parts, longer, load_encoder())


def test_a_snapshot_in_use_survives_its_removal(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    first = build(corpus, tmp_path / "index").version
    opened = ParagraphIndex.open(tmp_path / "index", load_encoder())
    before: list[Paragraph] = list(opened.paragraphs)
    for _ in range(3):
        build(corpus, tmp_path / "index", full=True)
    assert not (tmp_path / "index/snapshots" / first).exists()
    assert list(opened.paragraphs) == before
    assert "三千吨" in opened.search("化肥有多少吨")[0].paragraph.text
    assert opened.get(before[0].id) == before[0]


def test_every_document_has_the_digest_of_its_file(index: ParagraphIndex, folder: Path) -> None:
    assert index.documents
    for document in index.documents:
        data = (folder.parent / "corpus" / document).read_bytes()
        assert index.file(document) == SourceFile(document, sha256(data).hexdigest())
    assert index.file("nowhere.txt") == SourceFile("nowhere.txt", "")


def test_a_snapshot_made_before_digests_were_kept_opens_without_them(index: ParagraphIndex) -> None:
    older = ParagraphIndex(replace(index._parts, digests={}), index.manifest, load_encoder())
    assert older.file("town.txt") == SourceFile("town.txt", "")
