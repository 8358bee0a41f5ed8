"""Every kind of pair gives what belongs together, and nothing else."""

import numpy as np
import pytest

from index.training.pairs import LONGEST, Aligned, Documents, Inverse, Switched, Titled
from index.training.ragged import Ragged

RANDOM = np.random.default_rng(5)


def _documents(count: int, sentences: int = 6, words: int = 20) -> Documents:
    """Document d, sentence s, word w is the number d * 10000 + s * 100 + w."""
    rows = [np.arange(words, dtype=np.int32) + d * 10000 + s * 100 for d in range(count) for s in range(sentences)]
    return Documents(Ragged.of(rows), np.arange(count + 1) * sentences)


def test_ragged_rows_come_back() -> None:
    rows = [[7, 8], [], [9]]
    ragged = Ragged.of(rows)
    assert [ragged.row(i).tolist() for i in range(len(ragged))] == rows
    assert ragged.rows(0, 3).tolist() == [7, 8, 9]
    assert len(Ragged.of([])) == 0


def test_aligned_pairs_keep_their_partner() -> None:
    left, right = Ragged.of([[i] for i in range(50)]), Ragged.of([[i + 100] for i in range(50)])
    batch = Aligned(left, right).draw(RANDOM, 20)
    difference = batch.positives.flat - batch.anchors.flat
    assert abs(difference[0]) == 100
    assert (difference == difference[0]).all()
    assert len(set(batch.anchors.flat.tolist())) == 20


def test_titles_get_a_window_of_their_own_document_and_no_document_comes_twice() -> None:
    owners = np.repeat(np.arange(30), 3)
    titles = Ragged.of([[int(owner)] for owner in owners])
    batch = Titled(titles, owners, _documents(30)).draw(RANDOM, 25)
    assert len(batch.anchors) == len(set(batch.anchors.flat.tolist())) == 25
    for i in range(25):
        assert set(batch.positives.row(i) // 10000) == set(batch.anchors.row(i))


@pytest.mark.parametrize("kept", [0.0, 1.0])
def test_a_sentence_gets_its_surroundings_with_or_without_itself(kept: float) -> None:
    batch = Inverse(_documents(40, sentences=12), kept=kept, cropped=0.0).draw(RANDOM, 40)
    assert len(batch.anchors) > 20
    for i in range(len(batch.anchors)):
        anchor, positive = set(batch.anchors.row(i)), set(batch.positives.row(i))
        assert {word // 10000 for word in anchor} == {word // 10000 for word in positive}
        assert (anchor & positive == anchor) if kept else not anchor & positive


def test_windows_of_one_document_do_not_overlap() -> None:
    batch = Inverse(_documents(10, sentences=40), windows=3, kept=1.0).draw(RANDOM, 30)
    words = batch.positives.flat
    assert len(words) == len(set(words.tolist()))


def test_a_cropped_sentence_is_a_stretch_of_it() -> None:
    batch = Inverse(_documents(40), cropped=1.0).draw(RANDOM, 40)
    for i in range(len(batch.anchors)):
        row = batch.anchors.row(i)
        assert len(row) < 20
        assert (np.diff(row) == 1).all()


def test_a_positive_ends_at_the_limit() -> None:
    assert len(_documents(1, sentences=9, words=90).window(np.random.default_rng(0), 0, 9)) == LONGEST


def test_switched_anchors_are_glosses_and_positives_stay() -> None:
    glosses = [[np.asarray([900 + word], np.int32)] if word % 2 else [] for word in range(10)]
    anchors, positives = Ragged.of([[1, 2, 3]]), Ragged.of([[1, 2, 3]])
    batch = Switched(Aligned(anchors, positives), glosses, share=1.0).draw(RANDOM, 1)
    assert batch.anchors.row(0).tolist() == [901, 903]
    assert batch.positives.row(0).tolist() == [1, 2, 3]
