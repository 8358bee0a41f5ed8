"""Fusion against its formula written out row by row, and what must hold for any two lists."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.fusion import FusedHit, fuse, of_one_leg, stretch, trust
from index.vectors import Ranking

COSINES = np.random.default_rng(1).uniform(-1, 1, 40).astype(np.float32)
COSINES[10:14] = COSINES[9]  # some paragraphs say the same


def cosines(rows: NDArray[np.int64]) -> NDArray[np.float32]:
    return COSINES[rows]


@st.composite
def rankings(draw: st.DrawFn) -> tuple[Ranking, Ranking]:
    """A lexical list with coarse scores, so that ties happen, and the true nearest rows."""
    rows = draw(st.lists(st.integers(0, 39), unique=True, max_size=25))
    scores = draw(st.lists(st.integers(1, 12), min_size=len(rows), max_size=len(rows)))
    lexical = Ranking.best_first(np.array(rows, np.int64), np.array(scores, np.float32))
    everything = Ranking.best_first(np.arange(40), COSINES)
    return lexical, everything.top(draw(st.integers(0, 40)))


def join(lexical: Ranking, dense: Ranking, *, lexical_weight: float = 1.0, dense_weight: float = 0.7) -> list[FusedHit]:
    return fuse(lexical, dense, lexical_weight=lexical_weight, dense_weight=dense_weight, cosines=cosines)


@given(legs=rankings(), lexical_weight=st.floats(0, 1), dense_weight=st.floats(0, 1))
def test_every_row_once_under_the_score_of_the_formula(
    legs: tuple[Ranking, Ranking], lexical_weight: float, dense_weight: float
) -> None:
    lexical, dense = legs
    words = dict(zip(lexical.rows.tolist(), lexical.scores.tolist(), strict=True))
    low, high = (min(words.values()), max(words.values())) if words else (0.0, 1.0)
    expected = {}
    for row in {*words, *dense.rows.tolist()}:
        part = 0.0 if row not in words else 1.0 if high == low else (words[row] - low) / (high - low)
        meaning = float(COSINES[row]) if len(dense.rows) else 0.0
        expected[row] = lexical_weight * part + dense_weight * meaning
    fused = join(lexical, dense, lexical_weight=lexical_weight, dense_weight=dense_weight)
    assert {hit.row: hit.score for hit in fused} == pytest.approx(expected, abs=1e-9)
    assert len(fused) == len(expected)
    assert [(-hit.score, hit.row) for hit in fused] == sorted((-hit.score, hit.row) for hit in fused)


@given(legs=rankings())
def test_each_leg_tells_its_score_and_rank_or_neither(legs: tuple[Ranking, Ranking]) -> None:
    lexical, dense = legs
    for hit in join(lexical, dense):
        for ranking, score, rank in ((lexical, hit.lexical, hit.lexical_rank), (dense, hit.dense, hit.dense_rank)):
            assert (score is None) == (rank is None) == (hit.row not in ranking.rows)
            if rank is not None:
                assert (ranking.rows[rank - 1], ranking.scores[rank - 1]) == (hit.row, score)


@given(legs=rankings())
def test_words_that_count_nothing_leave_the_order_of_the_meaning(legs: tuple[Ranking, Ranking]) -> None:
    _, dense = legs
    fused = join(legs[0], dense, lexical_weight=0.0)
    proposed = [hit.row for hit in fused if hit.dense_rank is not None]
    assert proposed == dense.rows.tolist()


def test_a_row_that_only_the_words_found_keeps_its_meaning() -> None:
    lexical = Ranking(np.array([3, 4]), np.array([5.0, 1.0], np.float32))
    dense = Ranking(np.array([7]), COSINES[[7]])
    by_row = {hit.row: hit for hit in join(lexical, dense)}
    assert by_row[4].score == pytest.approx(0.7 * COSINES[4])
    assert by_row[4].dense is None


def test_nothing_found_is_an_empty_list() -> None:
    assert join(Ranking.empty(), Ranking.empty()) == []
    assert of_one_leg(Ranking.empty(), Ranking.empty()) == []


def test_one_leg_alone_keeps_its_scores() -> None:
    lexical = Ranking(np.array([3, 4]), np.array([5.0, 1.0], np.float32))
    assert of_one_leg(lexical, Ranking.empty()) == [
        FusedHit(3, 5.0, 5.0, 1, None, None),
        FusedHit(4, 1.0, 1.0, 2, None, None),
    ]
    assert of_one_leg(Ranking.empty(), lexical)[0] == FusedHit(3, 5.0, None, None, 5.0, 1)


@pytest.mark.parametrize(("scores", "expected"), [([6, 4, 2], [1, 0.5, 0]), ([3, 3], [1, 1]), ([2], [1]), ([], [])])
def test_stretching(scores: list[float], expected: list[float]) -> None:
    assert stretch(np.array(scores, np.float32)).tolist() == expected


@given(covered=st.floats(0, 3), more=st.floats(0, 3), share=st.floats(0.1, 1))
def test_trust_grows_with_what_is_covered(covered: float, more: float, share: float) -> None:
    low, high = sorted((covered, more))
    assert 0 <= trust(low, trusted_share=share) <= trust(high, trusted_share=share) <= 1


def test_trust_at_its_ends() -> None:
    assert trust(0.0, trusted_share=0.5) == 0
    assert trust(0.5, trusted_share=0.5) == trust(1.0, trusted_share=0.5) == 1
    assert trust(0.0, trusted_share=0.0) == 1  # a share of nothing is always reached
