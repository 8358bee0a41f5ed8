"""Contrastive training of the table: what belongs together comes closer than the rest of the batch. Knows no files.

A text's vector is the weighted sum of its words' rows, scaled to unit length; rows and weights are learned apart, since
how much a word counts should move faster than what it means, and are multiplied together at the end. A step touches
only the rows of its own words (Adam with sparse gradients), which makes it several times as fast.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from index.training.material import Share
from index.training.pairs import Batch
from index.training.ragged import Ragged

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """What one training run is made of."""

    steps: int = 2000
    batch: int = 1024
    scale: float = 20.0
    row_rate: float = 5e-3
    weight_rate: float = 1e-2
    warm_up: int = 50
    dropout: float = 0.2
    """Share of the words that a step does not see."""
    averaged: float = 0.25
    """The last share of the steps whose tables are averaged."""
    seed: int = 2024


def train(
    table: NDArray[np.float32], weights: NDArray[np.float32], shares: Sequence[Share], config: TrainingConfig
) -> NDArray[np.float32]:
    """The trained table, shape (words, dimension), weights multiplied in."""
    torch.manual_seed(config.seed)
    random = np.random.default_rng(config.seed)
    rows = nn.Parameter(torch.from_numpy(table.copy()))
    logs = nn.Parameter(torch.from_numpy(weights).log()[:, None])
    rates = [(rows, config.row_rate), (logs, config.weight_rate)]
    optimizer = torch.optim.SparseAdam([{"params": [p], "lr": rate} for p, rate in rates], betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _slope(config))
    total, averaged = np.zeros_like(table), 0
    chances = np.asarray([share.share for share in shares]) / sum(share.share for share in shares)
    losses: dict[str, float] = {}
    for step in range(1, config.steps + 1):
        share = shares[int(random.choice(len(shares), p=chances))]
        loss = _step(rows, logs, share.kind.draw(random, config.batch), config)
        optimizer.step()
        schedule.step()
        losses[share.name] = 0.9 * losses.get(share.name, loss) + 0.1 * loss
        if step % 100 == 0:
            log.info("step %d: %s", step, ", ".join(f"{name} {value:.2f}" for name, value in losses.items()))
        if step > config.steps * (1 - config.averaged) and step % 10 == 0:
            total += _folded(rows, logs)
            averaged += 1
    return np.asarray(total / averaged, np.float32) if averaged else _folded(rows, logs)


def _slope(config: TrainingConfig) -> Callable[[int], float]:
    """Up to the full rate, then straight down to a tenth of it."""

    def factor(step: int) -> float:
        return min(1.0, (step + 1) / config.warm_up) * max(0.1, 1 - step / config.steps)

    return factor


def _step(rows: nn.Parameter, logs: nn.Parameter, batch: Batch, config: TrainingConfig) -> float:
    """Leave the gradients of the batch's own words at the two parameters; the loss."""
    words, anchors, positives = _own_words(batch, len(rows))
    used = torch.from_numpy(words)
    own_rows, own_logs = rows.detach()[used].requires_grad_(), logs.detach()[used].requires_grad_()
    loss = batch_loss(own_rows, own_logs, Batch(anchors, positives), config)
    loss.backward()
    for parameter, own in ((rows, own_rows), (logs, own_logs)):
        assert own.grad is not None
        # the words are ascending and none comes twice, which would cost as much to check as the step itself
        parameter.grad = torch.sparse_coo_tensor(
            used[None], own.grad, parameter.shape, is_coalesced=True, check_invariants=False
        )
    return float(loss.item())


def _own_words(batch: Batch, size: int) -> tuple[NDArray[np.int64], Ragged, Ragged]:
    """The words of a batch, ascending, and its texts with the words counted from 0 among these."""
    present = np.zeros(size, bool)
    present[batch.anchors.flat] = present[batch.positives.flat] = True
    numbers = (np.cumsum(present) - 1).astype(np.int32)
    anchors, positives = (Ragged(numbers[texts.flat], texts.offsets) for texts in (batch.anchors, batch.positives))
    return np.flatnonzero(present), anchors, positives


def batch_loss(rows: Tensor, logs: Tensor, batch: Batch, config: TrainingConfig) -> Tensor:
    """Cross entropy of each anchor finding its positive in the batch, and each positive its anchor, by cosine."""
    anchors = _encode(rows, logs, batch.anchors, config.dropout)
    positives = _encode(rows, logs, batch.positives, config.dropout)
    scores = config.scale * anchors @ positives.T
    wanted = torch.arange(len(scores))
    return (cross_entropy(scores, wanted) + cross_entropy(scores.T, wanted)) / 2


def _encode(rows: Tensor, logs: Tensor, texts: Ragged, dropout: float) -> Tensor:
    ids = torch.from_numpy(texts.flat.astype(np.int64))
    kept = (torch.rand(len(ids)) >= dropout).float()
    offsets = torch.from_numpy(texts.offsets[:-1])
    sums = embedding_bag(ids, rows, offsets, mode="sum", per_sample_weights=logs[ids, 0].exp() * kept)
    return normalize(sums, dim=1)


def _folded(rows: Tensor, logs: Tensor) -> NDArray[np.float32]:
    return np.asarray((rows * logs.exp()).detach().numpy(), dtype=np.float32)
