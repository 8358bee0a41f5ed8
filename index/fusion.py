"""Joins what the two legs found into one list: rows and scores in, rows and scores out.

Knows nothing of text, paragraphs or files.

A lexical score has no fixed scale, so it is stretched over its own list from 0 (the last candidate) to 1 (the best);
a cosine has one and is taken as it is::

    score = trust * (lexical - last) / (best - last) + dense_weight * cosine

``trust`` follows how much of the question the best match by words covers: a question in another language than the
corpus, or in everyday words, shares a stray number, name or particle with it at best, and such a match must not outvote
the meaning.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.vectors import Ranking

Cosines = Callable[[NDArray[np.int64]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class FusedHit:
    """A row and why it stands where it does; ``None`` where a leg did not propose it. Ranks count from 1."""

    row: int
    score: float
    lexical: float | None
    lexical_rank: int | None
    dense: float | None
    dense_rank: int | None


def trust(covered: float, *, trusted_share: float) -> float:
    """What the best lexical match counts: 1 where it covers ``trusted_share`` of the question, less and less below."""
    return min(1.0, (covered / trusted_share) ** 2) if trusted_share else 1.0


def fuse(
    lexical: Ranking, dense: Ranking, *, lexical_weight: float, dense_weight: float, cosines: Cosines
) -> list[FusedHit]:
    """Every row that either leg proposed, best first, ties by row.

    :param cosines: the cosines of rows that the dense leg did not propose, so that these are not taken for unrelated.
    """
    rows = np.union1d(lexical.rows, dense.rows)
    meaning = cosines(rows) if len(dense.rows) else np.zeros(len(rows), np.float32)
    words = np.zeros(len(rows), np.float64)
    words[np.searchsorted(rows, lexical.rows)] = stretch(lexical.scores)
    scores = lexical_weight * words + dense_weight * meaning.astype(np.float64)
    order = np.lexsort((rows, -scores))
    by_words, by_meaning = _places(lexical), _places(dense)
    return [
        FusedHit(
            int(rows[i]), float(scores[i]), *by_words.get(int(rows[i]), _ABSENT), *by_meaning.get(int(rows[i]), _ABSENT)
        )
        for i in order
    ]


def of_one_leg(lexical: Ranking, dense: Ranking) -> list[FusedHit]:
    """The hits of the one leg that was asked, under its own scores; the other ranking is empty."""
    by_words, by_meaning = _places(lexical), _places(dense)
    asked = lexical if len(lexical.rows) else dense
    return [
        FusedHit(row, score, *by_words.get(row, _ABSENT), *by_meaning.get(row, _ABSENT))
        for row, score in zip(asked.rows.tolist(), asked.scores.tolist(), strict=True)
    ]


def stretch(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Scores from 0 to 1, the best of them 1: ``[6, 4, 2]`` becomes ``[1, 0.5, 0]``, ``[3, 3]`` becomes ``[1, 1]``."""
    if not len(scores):
        return np.empty(0, np.float64)
    exact = scores.astype(np.float64)
    low, high = exact.min(), exact.max()
    return (exact - low) / (high - low) if high > low else np.ones(len(exact), np.float64)


_ABSENT = (None, None)


def _places(ranking: Ranking) -> dict[int, tuple[float, int]]:
    """The score and rank of each row."""
    pairs = zip(ranking.rows.tolist(), ranking.scores.tolist(), strict=True)
    return {row: (score, rank) for rank, (row, score) in enumerate(pairs, 1)}
