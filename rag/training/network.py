"""The reader as it is trained. Knows nothing of files; ``rag/reader.py`` computes the same with numpy alone."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import dropout, pad, relu, softmax

from rag.features import MATCHED, STATIC, TYPES
from rag.reader import DILATIONS, ENCODED, HIDDEN


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Questions with equally many passages each, filled up to equal lengths.

    :ivar question: unit vectors of its words, zero where there is none. *Shape:* (questions, words, dimension).
    :ivar asked: whether there is a word. *Shape:* (questions, words).
    :ivar told: information of its words, 0 to 1. *Shape:* (questions, words).
    :ivar kinds: the number of its answer type. *Shape:* (questions,).
    :ivar passage: unit vectors. *Shape:* (passages, words, dimension).
    :ivar features: *Shape:* (passages, words, STATIC + MATCHED).
    :ivar mask: whether there is a word. *Shape:* (passages, words).
    """

    question: Tensor
    asked: Tensor
    told: Tensor
    kinds: Tensor
    passage: Tensor
    features: Tensor
    mask: Tensor


class Convolution(nn.Module):  # type: ignore[misc]  # torch is not looked into: it takes mypy a minute
    """Adds to each word what it and its two neighbours ``reach`` away tell together."""

    def __init__(self, reach: int, dropped: float) -> None:
        super().__init__()
        self.reach, self.dropped = reach, dropped
        self.matrix, self.bias = _weight(3 * HIDDEN, HIDDEN), nn.Parameter(torch.zeros(HIDDEN))

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        """*Shape:* (texts, words, HIDDEN), as given."""
        state = state * mask[:, :, None]
        padded = pad(dropout(state, self.dropped, self.training), (0, 0, self.reach, self.reach))
        sides = torch.cat(
            [padded[:, : -2 * self.reach], padded[:, self.reach : -self.reach], padded[:, 2 * self.reach :]], 2
        )
        return state + relu(sides @ self.matrix + self.bias)


class Overview(nn.Module):  # type: ignore[misc]  # as above
    """Adds to each word what it finds for itself anywhere in its text."""

    def __init__(self, dropped: float) -> None:
        super().__init__()
        self.dropped = dropped
        self.seeking, self.sought = _weight(HIDDEN, HIDDEN // 2), _weight(HIDDEN, HIDDEN // 2)
        self.gathered = _weight(2 * HIDDEN, HIDDEN)

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        """*Shape:* (texts, words, HIDDEN), as given."""
        read = dropout(state, self.dropped, self.training)
        alike = (read @ self.seeking) @ (read @ self.sought).transpose(1, 2) / (HIDDEN // 2) ** 0.5
        found = _attended(alike, read, mask)
        return state + relu(torch.cat([read, found], 2) @ self.gathered)


class Network(nn.Module):  # type: ignore[misc]  # as above
    """Start and end scores for every word of a passage; see :class:`rag.reader.Reader` for what each weight does."""

    def __init__(self, dimension: int, *, dropped: float = 0.2) -> None:
        super().__init__()
        h, inputs = HIDDEN, 7 * HIDDEN + STATIC + MATCHED
        self.dropped = dropped
        self.project, self.static = _weight(dimension, h), _weight(STATIC, h)
        self.encoders = nn.ModuleList(Convolution(reach, dropped) for reach in ENCODED)
        self.pooling = Convolution(1, dropped)
        self.attention, self.told = _weight(h), nn.Parameter(torch.tensor(1.0))
        self.sharpness, self.compared = nn.Parameter(torch.tensor(4.0)), _weight(h, h)
        self.kinds, self.asked = nn.Parameter(torch.zeros(len(TYPES), h)), _weight(h, h)
        self.inputs, self.inputs_bias = _weight(inputs, h), nn.Parameter(torch.zeros(h))
        self.convs = nn.ModuleList(Convolution(reach, dropped) for reach in DILATIONS)
        self.overview = Overview(dropped)
        self.outputs, self.crossed = _weight(h, 2), nn.Parameter(torch.randn(2, h, h) / h)
        self.offset = nn.Parameter(torch.tensor(-2.0))

    def forward(self, given: Inputs) -> Tensor:
        """Scores. *Shape:* (passages, words, 2)."""
        each = len(given.passage) // len(given.question)
        known = given.question.abs().sum(2) > 0
        asked = dropout(given.question @ self.project, self.dropped, self.training)
        words = dropout(given.passage @ self.project, self.dropped, self.training)
        asked_read = self._encoded(asked, given.asked)
        read = self._encoded(words + given.features[:, :, :STATIC] @ self.static, given.mask)
        pooled = self._pooled(asked_read, given, known)
        general = pooled @ self.asked + self.kinds[given.kinds] + self.inputs_bias
        asked, asked_read, known, pooled, general = (
            one.repeat_interleave(each, 0) for one in (asked, asked_read, known, pooled, general)
        )
        aligned = _attended(self.sharpness * words @ asked.transpose(1, 2), asked, known)
        alike = relu(read @ self.compared) @ relu(asked_read @ self.compared).transpose(1, 2) / HIDDEN**0.5
        meant = _attended(alike, asked_read, known)
        met = [words * aligned, read * meant, read * pooled[:, None, :]]
        joined = torch.cat([words, read, aligned, meant, *met, given.features], 2)
        state = self._read_with(relu(joined @ self.inputs + general[:, None, :]), given.mask)
        crossed = torch.stack([(state @ matrix * pooled[:, None, :]).sum(2) for matrix in self.crossed], 2)
        return state @ self.outputs + crossed + self.offset

    def weights(self) -> Mapping[str, NDArray[np.float32]]:
        """All weights by name."""
        return {name: value.detach().numpy() for name, value in self.state_dict().items()}

    def _encoded(self, words: Tensor, mask: Tensor) -> Tensor:
        """Each word in the light of its neighbours. *Shape:* (texts, words, HIDDEN)."""
        for encoder in self.encoders:
            words = encoder(words, mask)
        return words

    def _pooled(self, read: Tensor, given: Inputs, known: Tensor) -> Tensor:
        """The question as one vector. *Shape:* (questions, HIDDEN)."""
        read = self.pooling(read, given.asked)
        weights = (read @ self.attention + self.told * given.told).masked_fill(~known, -1e4)
        return torch.einsum("qw,qwh->qh", softmax(weights, 1), read)

    def _read_with(self, state: Tensor, mask: Tensor) -> Tensor:
        """The passage once it has met the question. *Shape:* (passages, words, HIDDEN)."""
        first, *others = self.convs
        state = self.overview(first(state, mask), mask)
        for conv in others:
            state = conv(state, mask)
        return state


def _weight(*shape: int) -> nn.Parameter:
    return nn.Parameter(torch.randn(*shape) / shape[0] ** 0.5)


def _attended(alike: Tensor, values: Tensor, there: Tensor) -> Tensor:
    """For each word the values of those it is alike to. *Shape:* (texts, words, HIDDEN)."""
    return softmax(alike.masked_fill(~there[:, None, :], -1e4), 2) @ values
