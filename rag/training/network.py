"""The reader as it is trained. Knows nothing of files; ``rag/reader.py`` computes the same with numpy alone."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import dropout, pad, relu, softmax

from rag.features import MATCHED, STATIC, TYPES
from rag.reader import DILATIONS, HIDDEN


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Questions with equally many passages each, filled up to equal lengths.

    :ivar question: unit vectors of its words, zero where there is none. *Shape:* (questions, words, dimension).
    :ivar told: information of its words, 0 to 1. *Shape:* (questions, words).
    :ivar kinds: the number of its answer type. *Shape:* (questions,).
    :ivar passage: unit vectors. *Shape:* (passages, words, dimension).
    :ivar features: *Shape:* (passages, words, STATIC + MATCHED).
    :ivar mask: whether there is a word. *Shape:* (passages, words).
    """

    question: Tensor
    told: Tensor
    kinds: Tensor
    passage: Tensor
    features: Tensor
    mask: Tensor


class Network(nn.Module):  # type: ignore[misc]  # torch is not looked into: it takes mypy a minute
    """Start and end scores for every word of a passage; see :class:`rag.reader.Reader` for what each weight does."""

    def __init__(self, dimension: int, *, dropped: float = 0.2) -> None:
        super().__init__()
        h, inputs = HIDDEN, 4 * HIDDEN + STATIC + MATCHED
        self.dropped = dropped

        def weight(*shape: int) -> nn.Parameter:
            return nn.Parameter(torch.randn(*shape) / shape[0] ** 0.5)

        self.project = weight(dimension, h)
        self.sharpness = nn.Parameter(torch.tensor(4.0))
        self.question_conv, self.question_bias = weight(3 * h, h), nn.Parameter(torch.zeros(h))
        self.attention, self.told = weight(h), nn.Parameter(torch.tensor(1.0))
        self.kinds = nn.Parameter(torch.zeros(len(TYPES), h))
        self.inputs, self.inputs_bias = weight(inputs, h), nn.Parameter(torch.zeros(h))
        self.asked = weight(h, h)
        self.convs = nn.ParameterList(weight(3 * h, h) for _ in DILATIONS)
        self.biases = nn.ParameterList(nn.Parameter(torch.zeros(h)) for _ in DILATIONS)
        self.outputs, self.crossed = weight(h, 2), nn.Parameter(torch.randn(2, h, h) / h)
        self.offset = nn.Parameter(torch.tensor(-2.0))

    def forward(self, given: Inputs) -> Tensor:
        """Scores. *Shape:* (passages, words, 2)."""
        each = len(given.passage) // len(given.question)
        there = given.question.abs().sum(2) > 0
        asked = dropout(given.question @ self.project, self.dropped, self.training)
        words = dropout(given.passage @ self.project, self.dropped, self.training)
        pooled = self._pooled(asked, given.told, there)
        asked, there, pooled = (x.repeat_interleave(each, 0) for x in (asked, there, pooled))
        similar = self.sharpness * words @ asked.transpose(1, 2)
        similar = similar.masked_fill(~there[:, None, :], -1e4)
        aligned = softmax(similar, 2) @ asked
        joined = torch.cat([words, aligned, words * aligned, words * pooled[:, None, :], given.features], 2)
        general = pooled @ self.asked + self.kinds[given.kinds].repeat_interleave(each, 0) + self.inputs_bias
        state = relu(joined @ self.inputs + general[:, None, :])
        for conv, bias, reach in zip(self.convs, self.biases, DILATIONS, strict=True):
            state = state * given.mask[:, :, None]
            state = state + relu(_neighbours(dropout(state, self.dropped, self.training), reach) @ conv + bias)
        crossed = torch.stack([(state @ matrix * pooled[:, None, :]).sum(2) for matrix in self.crossed], 2)
        return state @ self.outputs + crossed + self.offset

    def _pooled(self, asked: Tensor, told: Tensor, there: Tensor) -> Tensor:
        """The question as one vector. *Shape:* (questions, HIDDEN)."""
        read = relu(_neighbours(asked, 1) @ self.question_conv + self.question_bias)
        weights = (read @ self.attention + self.told * told).masked_fill(~there, -1e4)
        return torch.einsum("qw,qwh->qh", softmax(weights, 1), read)

    def weights(self) -> Mapping[str, NDArray[np.float32]]:
        """All weights by name."""
        return {name: value.detach().numpy() for name, value in self.state_dict().items()}


def _neighbours(state: Tensor, reach: int) -> Tensor:
    """Each word beside those ``reach`` before and after it. *Shape:* (texts, words, 3 · HIDDEN)."""
    padded = pad(state, (0, 0, reach, reach))
    return torch.cat([padded[:, : -2 * reach], state, padded[:, 2 * reach :]], 2)
