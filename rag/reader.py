"""Reads passages for a question and says at which words an answer starts and ends. Knows nothing of hits or of wording.

A small network over the words of a passage: convolutions and one self-attention in the manner of QANet (Yu et al.
2018), question and passage aligned word by word as in DrQA (Chen et al. 2017), trained with all passages of a question
sharing one normalisation (Clark and Gardner 2018), so that scores of different passages can be compared; 0 is the score
of "no answer here". ``python -m rag.training`` makes its weights; here it needs numpy alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from index.paragraph import Span
from rag.features import MOST_INFORMATION, STATIC, TYPES, Asking, FeatureReader, Passage, matched
from rag.question import Question

HIDDEN = 96
ENCODED = (1, 2)  # how far a word looks about before it meets the question
DILATIONS = (1, 2, 4, 8)  # and after
WEIGHTS = Path(__file__).with_name("reader.safetensors")
LONGEST_ANSWER = 16  # words
_REMEMBERED = 512  # passages
# Keep products of long vectors as large as those of short ones.
_EVEN, _EVEN_HALF = (np.full((), width**-0.5, np.float32) for width in (HIDDEN, HIDDEN // 2))

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A passage read for a question: how well an answer starts and ends at each word. *Shape:* (words,) each."""

    passage: Passage
    starts: Array
    ends: Array

    def best_span(self, inside: Span) -> tuple[Span, float]:
        """The likeliest answer within a span of the passage, and its score; above 0 it is likelier than none."""
        words = self.passage.inside(inside)
        starts, ends, count = self.starts[words], self.ends[words], len(self.starts[words])
        if not count:
            return inside, -np.inf
        reach = min(LONGEST_ANSWER, count)
        totals = np.full((reach, count), -np.inf, np.float32)  # one row for each length
        for more in range(reach):
            totals[more, : count - more] = starts[: count - more] + ends[more:]
        more, first = divmod(int(totals.argmax()), count)
        spans = self.passage.spans[words]
        return Span(spans[first].start, spans[first + more].end), float(totals[more, first]) / 2

    def weight(self, inside: Span) -> float:
        """What the words of a span weigh as start and as end of an answer, where no answer weighs 1."""
        words = self.passage.inside(inside)
        return float(np.sqrt(np.exp(self.starts[words]).sum() * np.exp(self.ends[words]).sum()))


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A question: its words alone, read, and as they are compared, *Shape:* (words, HIDDEN), and the whole of it."""

    asking: Asking
    words: Array
    read: Array
    compared: Array
    pooled: Array
    general: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What of a passage no question changes: the same of its words, and what they add to their state."""

    passage: Passage
    words: Array
    read: Array
    compared: Array
    own: Array


class Reader:
    """The trained network. Safe for many threads."""

    def __init__(self, features: FeatureReader, weights: Mapping[str, Array]) -> None:
        self.features = features
        self.weights = {name: np.asarray(value, np.float32) for name, value in weights.items()}
        own = [*range(2 * HIDDEN), *range(7 * HIDDEN, 7 * HIDDEN + STATIC)]  # the inputs that no question changes
        self._alone, self._met = self.weights["inputs"][own], np.delete(self.weights["inputs"], own, axis=0)
        self._seen = lru_cache(maxsize=_REMEMBERED)(self._see)

    @classmethod
    def shipped(cls, features: FeatureReader) -> "Reader":
        """The reader with the weights that ship."""
        return cls(features, shipped_weights())

    def read(self, question: Question, texts: tuple[str, ...]) -> list[Reading]:
        """Every passage read for the question."""
        asking = self.features.asking(question)
        if not len(asking.ids):
            return []
        asked = self._asked(asking)
        return [self._read(asked, text) for text in texts]

    def _asked(self, asking: Asking) -> _Asked:
        """The question's words, the question as one vector, and what it adds to every word's state."""
        weights = self.weights
        words = asking.vectors @ weights["project"]
        read = self._encoded(words)
        pooling = self._convolved(read, "pooling", 1)
        told = asking.information / MOST_INFORMATION
        pooled = _softmax(_only(pooling @ weights["attention"] + weights["told"] * told, asking.known)) @ pooling
        kind = weights["kinds"][TYPES.index(asking.question.type)]
        general = pooled @ weights["asked"] + kind + weights["inputs_bias"]
        return _Asked(asking, words, read, _relu(read @ weights["compared"]), pooled, general)

    def _read(self, asked: _Asked, text: str) -> Reading:
        seen, weights = self._seen(text), self.weights
        near = np.asarray(weights["sharpness"] * seen.words @ asked.words.T, np.float32)
        aligned = _softmax(_only(near, asked.asking.known)) @ asked.words
        alike = np.asarray(seen.compared @ asked.compared.T * _EVEN, np.float32)
        meant = _softmax(_only(alike, asked.asking.known)) @ asked.read
        met = [seen.words * aligned, seen.read * meant, seen.read * asked.pooled]
        joined = np.concatenate([aligned, meant, *met, matched(asked.asking, seen.passage)], axis=1)
        state = _relu(np.asarray(seen.own + joined @ self._met + asked.general, np.float32))
        for number, reach in enumerate(DILATIONS):
            state = self._convolved(state, f"convs.{number}", reach)
            if number == 0:
                state = self._overviewed(state)
        crossed = np.stack([state @ (matrix @ asked.pooled) for matrix in weights["crossed"]], axis=1)
        scores = state @ weights["outputs"] + crossed + weights["offset"]
        return Reading(seen.passage, scores[:, 0], scores[:, 1])

    def _see(self, text: str) -> _Seen:
        passage, weights = self.features.passage(text), self.weights
        words = passage.vectors @ weights["project"]
        read = self._encoded(words + passage.features @ weights["static"])
        own = np.concatenate([words, read, passage.features], axis=1) @ self._alone
        return _Seen(passage, words, read, _relu(read @ weights["compared"]), own)

    def _encoded(self, words: Array) -> Array:
        """Each word in the light of its neighbours. *Shape:* (words, HIDDEN)."""
        for number, reach in enumerate(ENCODED):
            words = self._convolved(words, f"encoders.{number}", reach)
        return words

    def _convolved(self, state: Array, name: str, reach: int) -> Array:
        """Each word with what it and its two neighbours ``reach`` away add to it. *Shape:* (words, HIDDEN)."""
        words, width = state.shape
        sides = np.zeros((words, 3 * width), np.float32)
        sides[:, width : 2 * width] = state
        if words > reach:
            sides[reach:, :width] = state[:-reach]
            sides[:-reach, 2 * width :] = state[reach:]
        return state + _relu(sides @ self.weights[f"{name}.matrix"] + self.weights[f"{name}.bias"])

    def _overviewed(self, state: Array) -> Array:
        """Each word with what it finds for itself anywhere in the passage. *Shape:* (words, HIDDEN)."""
        weights = self.weights
        seeking, sought = state @ weights["overview.seeking"], state @ weights["overview.sought"]
        found = _softmax(seeking @ sought.T * _EVEN_HALF) @ state
        return state + _relu(np.concatenate([state, found], axis=1) @ weights["overview.gathered"])


@cache
def shipped_weights() -> Mapping[str, Array]:
    """The weights that ship, read once a process."""
    return dict(load_file(WEIGHTS))


def _relu(values: Array) -> Array:
    return np.maximum(values, 0, dtype=np.float32)


def _only(values: Array, there: NDArray[np.bool_]) -> Array:
    """The values, those that are not there out of reach of a softmax."""
    return np.where(there, values, np.float32(-1e4))


def _softmax(values: Array) -> Array:
    powers = np.exp(values - values.max(axis=-1, keepdims=True, initial=-1e4))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)
