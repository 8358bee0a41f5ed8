"""The dense leg against numpy brute force, values included."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import SnapshotDamaged
from index.vectors import Ranking, VectorIndex, create_vectors, write_vectors

Vectors = NDArray[np.float32]


def unit_vectors(count: int, dimension: int, *, seed: int) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, dimension), dtype=np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def write(folder: Path, vectors: Vectors, *, exact_limit: int = 100_000, seed: int = 1) -> VectorIndex:
    folder.mkdir(exist_ok=True)
    create_vectors(folder, count=vectors.shape[0], dimension=vectors.shape[1])[:] = vectors
    write_vectors(folder, exact_limit=exact_limit, seed=seed)
    return VectorIndex.open(folder)


def brute_force(vectors: Vectors, query: Vectors, k: int) -> list[tuple[int, float]]:
    cosines = [float(np.dot(row.astype(np.float64), query.astype(np.float64))) for row in vectors]
    return sorted(enumerate(cosines), key=lambda pair: (-pair[1], pair[0]))[:k]


@pytest.mark.parametrize("k", [1, 7, 500])
def test_exact_search_is_brute_force(tmp_path: Path, k: int) -> None:
    vectors = unit_vectors(500, 24, seed=1)
    index = write(tmp_path, vectors)
    for query in unit_vectors(20, 24, seed=2):
        expected = brute_force(vectors, query, k)
        found = index.search(query, k=k)
        assert found.scores == pytest.approx([cosine for _, cosine in expected], abs=1e-6)
        assert found.scores == pytest.approx(vectors[found.rows] @ query, abs=1e-6)
        assert len(set(found.rows.tolist())) == k


def test_more_hits_than_vectors_are_not_padded(tmp_path: Path) -> None:
    found = write(tmp_path, unit_vectors(3, 8, seed=1)).search(unit_vectors(1, 8, seed=2)[0], k=100)
    assert sorted(found.rows.tolist()) == [0, 1, 2]
    assert found.scores.min() >= -1


def test_equal_vectors_come_in_the_order_of_their_rows(tmp_path: Path) -> None:
    vectors = np.repeat(unit_vectors(2, 8, seed=3), 5, axis=0)
    assert write(tmp_path, vectors).search(vectors[0], k=10).rows.tolist() == list(range(10))


def test_the_inverted_file_finds_nearly_all_and_scores_exactly(tmp_path: Path) -> None:
    centres = unit_vectors(40, 32, seed=4)  # clustered as the vectors of texts are, not evenly spread
    vectors = np.repeat(centres, 100, axis=0) + 0.1 * unit_vectors(4000, 32, seed=5)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    index = write(tmp_path, vectors, exact_limit=1000)
    assert (tmp_path / "vectors.npy").exists()
    shared = 0
    for row in range(0, 4000, 40):
        found = index.search(vectors[row], k=10)
        expected = brute_force(vectors, vectors[row], 10)
        shared += len(set(found.rows.tolist()) & {row for row, _ in expected})
        true = dict(brute_force(vectors, vectors[row], 4000))
        assert found.scores == pytest.approx([true[int(row)] for row in found.rows], abs=1e-6)
    assert shared >= 0.95 * 1000


def test_an_inverted_file_smaller_than_its_probes_is_not_padded(tmp_path: Path) -> None:
    index = write(tmp_path, unit_vectors(60, 8, seed=6), exact_limit=10)
    found = index.search(unit_vectors(1, 8, seed=7)[0], k=100)
    assert len(set(found.rows.tolist())) == len(found.rows) <= 60
    assert found.rows.min() >= 0


def test_the_same_vectors_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    vectors = unit_vectors(3000, 16, seed=8)
    for name in ("one", "two"):
        write(tmp_path / name, vectors, exact_limit=100, seed=5)
    assert (tmp_path / "one/vectors.faiss").read_bytes() == (tmp_path / "two/vectors.faiss").read_bytes()


def test_a_zero_vector_is_near_nothing(tmp_path: Path) -> None:
    assert len(write(tmp_path, unit_vectors(5, 8, seed=1)).search(np.zeros(8, np.float32), k=3).rows) == 0


def test_another_dimension_is_told_with_both(tmp_path: Path) -> None:
    index = write(tmp_path, unit_vectors(5, 8, seed=1))
    with pytest.raises(ValueError, match=r"\(9,\).*\(8,\)"):
        index.search(np.ones(9, np.float32), k=3)


def test_cosines_of_chosen_rows(tmp_path: Path) -> None:
    vectors = unit_vectors(50, 8, seed=1)
    rows = np.array([40, 3, 3, 17])
    assert write(tmp_path, vectors).cosines(vectors[0], rows) == pytest.approx(vectors[rows] @ vectors[0], abs=1e-6)


def test_many_threads_find_what_one_finds(tmp_path: Path) -> None:
    vectors = unit_vectors(2000, 16, seed=9)
    index = write(tmp_path, vectors)
    queries = list(unit_vectors(200, 16, seed=10))
    alone = [index.search(query, k=5).rows.tolist() for query in queries]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda query: index.search(query, k=5).rows.tolist(), queries)) == alone


@pytest.mark.parametrize("damage", [b"", b"not an index of any kind"], ids=["empty", "other bytes"])
def test_a_file_that_is_no_index_is_damage(tmp_path: Path, damage: bytes) -> None:
    write(tmp_path, unit_vectors(5, 8, seed=1))
    (tmp_path / "vectors.faiss").write_bytes(damage)
    with pytest.raises(SnapshotDamaged, match=r"vectors\.faiss.*rollback"):
        VectorIndex.open(tmp_path)


def test_exact_vectors_of_another_shape_are_damage(tmp_path: Path) -> None:
    write(tmp_path, unit_vectors(50, 8, seed=1), exact_limit=10)
    np.save(tmp_path / "vectors.npy", unit_vectors(49, 8, seed=1))
    with pytest.raises(SnapshotDamaged, match=r"\(49, 8\).*\(50, 8\)"):
        VectorIndex.open(tmp_path)


def test_a_ranking_is_best_first_and_ties_go_by_row() -> None:
    ranking = Ranking.best_first(np.array([5, 2, 9, 1]), np.array([0.5, 0.5, 0.9, 0.1], np.float32))
    assert ranking.rows.tolist() == [9, 2, 5, 1]
    assert ranking.top(2).rows.tolist() == [9, 2]
