"""Training brings together what belongs together, the same way every time."""

import numpy as np
import torch

from index.training.material import Share
from index.training.pairs import Aligned, Batch
from index.training.ragged import Ragged
from index.training.train import TrainingConfig, batch_loss, train

WORDS, DIMENSION = 60, 16
CONFIG = TrainingConfig(steps=60, batch=25, row_rate=2e-2, warm_up=5, dropout=0.0)


def _start() -> tuple[np.ndarray, np.ndarray]:
    table = np.random.default_rng(0).normal(size=(WORDS, DIMENSION)).astype(np.float32)
    return table / np.linalg.norm(table, axis=1, keepdims=True), np.ones(WORDS, np.float32)


def _shares() -> list[Share]:
    """Word i belongs to word i + 30."""
    return [Share("pairs", Aligned(Ragged.of([[i] for i in range(30)]), Ragged.of([[i + 30] for i in range(30)])), 1.0)]


def _first(table: np.ndarray) -> float:
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    return float(((unit[:30] @ unit[30:].T).argmax(axis=1) == np.arange(30)).mean())


def test_partners_find_each_other() -> None:
    table, weights = _start()
    assert _first(table) < 0.2
    assert _first(train(table, weights, _shares(), CONFIG)) == 1.0


def test_the_same_seed_gives_the_same_table_and_another_seed_another() -> None:
    table, weights = _start()
    tables = [train(table, weights, _shares(), TrainingConfig(steps=20, batch=25, seed=seed)) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(tables[0], tables[1])
    assert not np.array_equal(tables[0], tables[2])


def test_the_loss_is_the_cross_entropy_of_cosines_both_ways() -> None:
    table, _ = _start()
    weights = np.linspace(0.5, 2, WORDS).astype(np.float32)
    anchors, positives = [[1, 2], [3], [4, 4, 5]], [[6], [7, 8], [9]]
    config = TrainingConfig(dropout=0.0, scale=7.0)
    batch = Batch(Ragged.of(anchors), Ragged.of(positives))
    loss = batch_loss(torch.from_numpy(table), torch.from_numpy(weights).log()[:, None], batch, config).item()

    def unit(rows: list[list[int]]) -> np.ndarray:
        sums = np.stack([(table[row] * weights[row][:, None]).sum(axis=0) for row in rows])
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True))

    scores = 7.0 * unit(anchors) @ unit(positives).T
    both = [np.mean(np.log(np.exp(s).sum(axis=1)) - np.diag(s)) for s in (scores, scores.T)]
    np.testing.assert_allclose(loss, np.mean(both), rtol=1e-5)
