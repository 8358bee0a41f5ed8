"""Pieces of a paragraph, and a dense leg whose answers are brute force over them."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.errors import SnapshotDamaged
from index.paragraph import Paragraph
from index.passages import STARTS_NAME, PassageIndex, passages, write_starts
from index.text import sentences
from index.vectors import create_vectors, write_vectors

COUNTS = [1, 4, 2, 7, 1, 3]


def unit_vectors(count: int, seed: int) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def write(folder: Path, counts: list[int], *, exact_limit: int = 1000) -> PassageIndex:
    folder.mkdir(exist_ok=True)
    create_vectors(folder, count=sum(counts), dimension=16)[:] = unit_vectors(sum(counts), seed=1)
    write_vectors(folder, exact_limit=exact_limit, seed=1)
    write_starts(folder, counts)
    return PassageIndex.open(folder)


def test_the_whole_stands_behind_its_headings_and_windows_alone() -> None:
    paragraph = Paragraph("1", "甲乙。丙丁。戊己。", "d", article="标题", headings=("一、节",), kicker="引题")
    assert passages(paragraph, window=6) == ("标题 引题 一、节 甲乙。丙丁。戊己。", "甲乙。丙丁。", "戊己。")


def test_a_short_paragraph_without_headings_is_one_piece() -> None:
    assert passages(Paragraph("1", "甲乙。", "d"), window=90) == ("甲乙。",)


@given(st.text(alphabet="甲乙丙。!\n ab.", min_size=1, max_size=80).filter(str.strip), st.integers(1, 40))
def test_windows_hold_every_sentence_once_and_in_order(text: str, window: int) -> None:
    _, *windows = passages(Paragraph("1", text, "d", article="题"), window=window)
    inside = [text[span.start : span.end] for span in sentences(text)]
    assert [piece[span.start : span.end] for piece in windows for span in sentences(piece)] == inside
    assert all(len(piece) <= window or len(sentences(piece)) == 1 for piece in windows)


@pytest.mark.parametrize("k", [1, 3, 6, 100])
def test_a_paragraph_is_as_near_as_its_nearest_piece(tmp_path: Path, k: int) -> None:
    index = write(tmp_path, COUNTS)
    pieces = unit_vectors(sum(COUNTS), seed=1)
    for query in unit_vectors(20, seed=2):
        nearest = [float((rows @ query).max()) for rows in np.split(pieces, np.cumsum(COUNTS)[:-1])]
        expected = sorted(range(len(COUNTS)), key=lambda row: -nearest[row])[:k]
        found = index.search(query, k=k)
        assert found.rows.tolist() == expected
        assert found.scores == pytest.approx([nearest[row] for row in expected], abs=1e-6)


def test_cosines_of_chosen_paragraphs(tmp_path: Path) -> None:
    index = write(tmp_path, COUNTS)
    query = unit_vectors(1, seed=3)[0]
    rows = np.array([5, 0, 3])
    expected = [float((index.of(row) @ query).max()) for row in rows]
    assert index.cosines(query, rows) == pytest.approx(expected, abs=1e-6)
    assert index.cosines(query, rows[:0]).shape == (0,)


def test_many_pieces_of_one_paragraph_do_not_crowd_out_the_others(tmp_path: Path) -> None:
    counts = [200, 1, 1]
    index = write(tmp_path, counts)
    assert sorted(index.search(unit_vectors(1, seed=4)[0], k=3).rows.tolist()) == [0, 1, 2]


def test_above_the_exact_limit_most_nearest_paragraphs_are_found(tmp_path: Path) -> None:
    counts = [3] * 700
    exact, coded = (
        write(tmp_path / "exact", counts, exact_limit=10_000),
        write(tmp_path / "coded", counts, exact_limit=99),
    )
    shared = [
        len({*exact.search(query, k=10).rows.tolist()} & {*coded.search(query, k=10).rows.tolist()})
        for query in unit_vectors(30, seed=5)
    ]
    assert sum(shared) >= 0.6 * 10 * len(shared)  # random vectors have no lists to speak of: the hardest case


@pytest.mark.parametrize("starts", [[0, 3], [0, 0, 18], [0, 5, 17], [[0, 18]]])
def test_starts_that_do_not_belong_to_the_vectors_are_damage(tmp_path: Path, starts: list[int]) -> None:
    write(tmp_path, COUNTS)
    np.save(tmp_path / STARTS_NAME, np.array(starts))
    with pytest.raises(SnapshotDamaged, match="passages"):
        PassageIndex.open(tmp_path)
