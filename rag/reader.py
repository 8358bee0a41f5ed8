"""Reads passages for a question and says at which words an answer starts and ends. Knows nothing of hits or of wording.

A small convolutional network over the words of a passage, in the manner of DrQA (Chen et al. 2017), trained with all
passages of a question sharing one normalisation (Clark and Gardner 2018), so that scores of different passages can be
compared; 0 is the score of "no answer here". ``python -m rag.training`` makes its weights; here it needs numpy alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from index.paragraph import Span
from rag.features import MOST_INFORMATION, TYPES, Asking, FeatureReader, Passage, matched
from rag.question import Question

HIDDEN = 96
DILATIONS = (1, 2, 4)
WEIGHTS = Path(__file__).with_name("reader.safetensors")
LONGEST_ANSWER = 16  # words
_REMEMBERED = 512  # passages

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


class Reader:
    """The trained network. Safe for many threads."""

    def __init__(self, features: FeatureReader, weights: Mapping[str, Array]) -> None:
        self.features = features
        self.weights = {name: np.asarray(value, np.float32) for name, value in weights.items()}
        self._projected = lru_cache(maxsize=_REMEMBERED)(self._project)

    @classmethod
    def shipped(cls, features: FeatureReader) -> "Reader":
        """The reader with the weights that ship."""
        return cls(features, shipped_weights())

    def read(self, question: Question, texts: tuple[str, ...]) -> list[Reading]:
        """Every passage read for the question."""
        asking = self.features.asking(question)
        if not len(asking.ids):
            return []
        prepared = self._prepared(asking)
        return [self._read(asking, prepared, text) for text in texts]

    def _prepared(self, asking: Asking) -> tuple[Array, Array, Array]:
        """The question's words, the question as one vector, and what it adds to every word's state."""
        weights = self.weights
        words = asking.vectors @ weights["project"]
        read = _relu(_neighbours(words, 1) @ weights["question_conv"] + weights["question_bias"])
        told = asking.information / MOST_INFORMATION
        attention = np.where(asking.known, read @ weights["attention"] + weights["told"] * told, -1e4)
        pooled = _softmax(attention) @ read
        kind = weights["kinds"][TYPES.index(asking.question.type)]
        return words, pooled, pooled @ weights["asked"] + kind + weights["inputs_bias"]

    def _read(self, asking: Asking, prepared: tuple[Array, Array, Array], text: str) -> Reading:
        asked, pooled, general = prepared
        passage, words = self._projected(text)
        weights = self.weights
        similar = np.where(asking.known, weights["sharpness"] * words @ asked.T, -1e4)
        aligned = _softmax(similar) @ asked
        features = np.concatenate([passage.features, matched(asking, passage)], axis=1)
        joined = np.concatenate([words, aligned, words * aligned, words * pooled, features], axis=1)
        state = _relu(joined @ weights["inputs"] + general)
        for number, reach in enumerate(DILATIONS):
            added = _neighbours(state, reach) @ weights[f"convs.{number}"] + weights[f"biases.{number}"]
            state = state + _relu(added)
        crossed = np.stack([state @ (matrix @ pooled) for matrix in weights["crossed"]], axis=1)
        scores = state @ weights["outputs"] + crossed + weights["offset"]
        return Reading(passage, scores[:, 0], scores[:, 1])

    def _project(self, text: str) -> tuple[Passage, Array]:
        passage = self.features.passage(text)
        return passage, passage.vectors @ self.weights["project"]


@cache
def shipped_weights() -> Mapping[str, Array]:
    """The weights that ship, read once a process."""
    return dict(load_file(WEIGHTS))


def _neighbours(state: Array, reach: int) -> Array:
    """Each word beside those ``reach`` before and after it. *Shape:* (words, 3 · HIDDEN)."""
    words, width = state.shape
    joined = np.zeros((words, 3 * width), np.float32)
    joined[:, width : 2 * width] = state
    if words > reach:
        joined[reach:, :width] = state[:-reach]
        joined[:-reach, 2 * width :] = state[reach:]
    return joined


def _relu(values: Array) -> Array:
    return np.maximum(values, 0, dtype=np.float32)


def _softmax(values: Array) -> Array:
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), np.float32)
