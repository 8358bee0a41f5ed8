"""Trains the reader: all passages of a question share one softmax with "no answer here". Knows no files.

First over the right passages alone, where the answer always stands, then among rivals and with the right one hidden.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from rag.features import MATCHED, MOST_INFORMATION, STATIC, TYPES
from rag.training.examples import Example
from rag.training.network import Inputs, Network

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """What one training run is made of."""

    alone: int = 5
    """Epochs over the right passages alone: a third of the cost, and where in a passage is most of what is learnt."""
    epochs: int = 2
    """Epochs over all passages after those."""
    batch: int = 24
    """Questions."""
    rate: float = 2e-3
    warm_up: int = 200
    absent: float = 0.25
    """How often the right passage is hidden, so that the right answer is none."""
    weight_decay: float = 1e-4
    seed: int = 2026


def train(examples: Sequence[Example], table: NDArray[np.float32], config: TrainingConfig) -> Network:
    """The trained network.

    :param table: the unit vector of every word. *Shape:* (words, dimension).
    """
    torch.manual_seed(config.seed)
    random = np.random.default_rng(config.seed)
    network, vectors = Network(table.shape[1]), torch.from_numpy(table)
    optimizer = torch.optim.AdamW(network.parameters(), lr=config.rate, weight_decay=config.weight_decay)
    steps = (config.alone + config.epochs) * (len(examples) // config.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / config.warm_up) * max(0.05, 1 - step / steps)
    )
    network.train()
    running = 0.0
    alone = [replace(example, passages=example.passages[:1]) for example in examples]
    drawn = chain(_drawn(alone, config.alone, config, random), _drawn(examples, config.epochs, config, random))
    for step, chosen in enumerate(drawn, start=1):
        answers = torch.tensor([(example.first, example.last) for example in chosen])
        absent = config.absent if len(chosen[0].passages) > 1 else 0.0
        hidden = torch.from_numpy(random.random(len(chosen)) < absent)
        given = collate(chosen, vectors)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(given)
        loss = batch_loss(scores.float(), given.mask, answers, hidden)
        optimizer.zero_grad()
        loss.backward()
        clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        schedule.step()
        running = float(loss.item()) if step == 1 else 0.98 * running + 0.02 * float(loss.item())
        if step % 100 == 0:
            log.info("step %d of %d: %.3f", step, steps, running)
    network.eval()
    return network


def batch_loss(scores: Tensor, mask: Tensor, answers: Tensor, hidden: Tensor) -> Tensor:
    """The mean over start and end of the cross entropy against every word of every passage and against none.

    :param scores: *Shape:* (passages, words, 2); the first passage of each question is the right one.
    :param mask: whether there is a word. *Shape:* (passages, words).
    :param answers: the first and last word of the answer in the right passage. *Shape:* (questions, 2).
    :param hidden: whether each question's right passage is hidden. *Shape:* (questions,).
    """
    questions, words = len(answers), scores.shape[1]
    mask = mask.reshape(questions, -1, words).clone()
    mask[hidden, 0] = False
    scores = scores.reshape(questions, -1, words, 2).masked_fill(~mask[..., None], -1e4)
    none = torch.zeros(questions, 1, 2)
    flat = torch.cat([none, scores.reshape(questions, -1, 2)], 1).log_softmax(1)
    wanted = torch.where(hidden[:, None], torch.zeros_like(answers), answers + 1)
    return -flat.gather(1, wanted[:, None, :]).mean()


def collate(examples: Sequence[Example], vectors: Tensor) -> Inputs:
    """The examples, filled up to equal lengths."""
    passages = [read for example in examples for read in example.passages]
    longest, asked = max(len(read.ids) for read in passages), max(len(e.asking.ids) for e in examples)
    ids, questions = np.zeros((len(passages), longest), np.int64), np.zeros((len(examples), asked), np.int64)
    features = np.zeros((len(passages), longest, STATIC + MATCHED), np.float32)
    mask, told = np.zeros((len(passages), longest), bool), np.zeros((len(examples), asked), np.float32)
    for row, read in enumerate(passages):
        ids[row, : len(read.ids)], mask[row, : len(read.ids)] = read.ids, True
        features[row, : len(read.ids)] = np.concatenate([read.static, read.matched], axis=1)
    there = np.zeros(questions.shape, bool)
    for row, example in enumerate(examples):
        there[row, : len(example.asking.ids)] = True
        questions[row, : len(example.asking.ids)] = example.asking.ids
        told[row, : len(example.asking.ids)] = example.asking.information / MOST_INFORMATION
    return Inputs(
        vectors[torch.from_numpy(questions)],
        torch.from_numpy(there),
        torch.from_numpy(told),
        torch.tensor([TYPES.index(example.asking.question.type) for example in examples]),
        vectors[torch.from_numpy(ids)],
        torch.from_numpy(features),
        torch.from_numpy(mask),
    )


def _drawn(
    examples: Sequence[Example], epochs: int, config: TrainingConfig, random: Generator
) -> Iterator[list[Example]]:
    """Batches of examples of about one length, in random order, every example once an epoch."""
    lengths = np.asarray([max(len(read.ids) for read in example.passages) for example in examples])
    for _ in range(epochs):
        order = np.argsort(lengths + random.uniform(0, 60, len(lengths)), kind="stable")
        starts = np.arange(0, len(order) - config.batch + 1, config.batch)
        for start in random.permutation(starts):
            yield [examples[i] for i in order[start : start + config.batch]]
