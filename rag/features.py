"""A question and a passage, word by word, as the numbers that the reader reads. Knows nothing of what it makes of them.

What depends on the passage alone is worked out once and remembered; what depends on both is a few matrix products.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from index.lexicon import Lexicon, Word
from index.paragraph import Span
from index.text import fold, sentences
from rag.expressions import expressions, people
from rag.quantities import quantities
from rag.question import AnswerType, Question

TYPES = get_args(AnswerType)
# What stands between two words, most telling first.
_SEPARATORS = tuple(map(re.compile, ("[。!?;;\n]", "[,:、,:]", '[“‘《((「『"]', "[”’》))」』]")))
_SIDES = len(_SEPARATORS)
_KINDS = {kind: n for n, kind in enumerate(("money", "percent", "date", "duration", "ordinal", "measure", "count"))}
_REMEMBERED = 512  # passages
NEAR, FAR = 4, 12  # words to either side in which matches are counted
MOST_INFORMATION = 15.0  # nats
_start = attrgetter("start")

STATIC = 4 + 2 * _SIDES + len(_KINDS) + 3
MATCHED = 7


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """The words of a passage.

    :ivar spans: where each word stands in the original text.
    :ivar sentence: the number of the sentence of each word. *Shape:* (words,).
    :ivar vectors: unit vectors. *Shape:* (words, dimension).
    :ivar features: what is known without a question. *Shape:* (words, STATIC).
    """

    text: str
    words: tuple[Word, ...]
    spans: tuple[Span, ...]
    sentences: tuple[Span, ...]
    sentence: NDArray[np.int64]
    ids: NDArray[np.int64]
    vectors: NDArray[np.float32]
    features: NDArray[np.float32]

    def inside(self, span: Span) -> slice:
        """The words that start inside a span of the text."""
        return _inside(self.spans, span)


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """The words of a question, the asking ones too.

    :ivar information: nats, at most :data:`MOST_INFORMATION`. *Shape:* (words,).
    :ivar vectors: unit vectors. *Shape:* (words, dimension).
    :ivar known: whether a word has a vector. *Shape:* (words,).
    """

    question: Question
    ids: NDArray[np.int64]
    information: NDArray[np.float32]
    vectors: NDArray[np.float32]
    known: NDArray[np.bool_]
    characters: frozenset[str]


class FeatureReader:
    """Reads with one lexicon. Safe for many threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.passage = lru_cache(maxsize=_REMEMBERED)(self._passage)

    def asking(self, question: Question) -> Asking:
        """The question, word by word."""
        words = self.lexicon.words(question.folded)
        told = np.asarray([word.weight for word in words], np.float32).clip(0, MOST_INFORMATION)
        characters = frozenset("".join(word.text for word in words if word.weight > 0))
        vectors = self.lexicon.vectors(words)
        return Asking(question, _ids(words), told, vectors, np.any(vectors, axis=1), characters)

    def _passage(self, text: str) -> Passage:
        folded = fold(text)
        words = self.lexicon.words(folded.text)
        spans = tuple(folded.original(word.start, word.end) for word in words)
        parts = sentences(text)
        starts = np.asarray([part.start for part in parts], np.int64)
        of = np.searchsorted(starts, [span.start for span in spans], side="right") - 1
        features = np.zeros((len(words), STATIC), np.float32)
        if words:
            _describe(features, folded.text, words, of)
            _mark_kinds(features[:, 4 + 2 * _SIDES :], text, spans)
        return Passage(text, words, spans, parts, of, _ids(words), self.lexicon.vectors(words), features)


def matched(asking: Asking, passage: Passage) -> NDArray[np.float32]:
    """What the question finds in the passage, word by word. *Shape:* (words, MATCHED)."""
    found = np.zeros((len(passage.words), MATCHED), np.float32)
    if not len(passage.words) or not len(asking.ids):
        return found
    same = passage.ids[:, None] == asking.ids[None, :]
    exact = same.any(axis=1)
    told = np.where(same, asking.information, 0.0).max(axis=1)
    found[:, 0] = exact
    found[:, 1] = [len(asking.characters.intersection(word.text)) / len(set(word.text)) for word in passage.words]
    found[:, 2] = (passage.vectors @ asking.vectors.T).max(axis=1)
    whole = max(float(asking.information.sum()), 1e-6)
    for column, reach in ((3, NEAR), (4, FAR)):
        found[:, column] = _around(told, reach) / whole
    numbers, starts = np.unique(passage.sentence, return_index=True)
    covered = np.where(np.logical_or.reduceat(same, starts, axis=0), asking.information, 0.0).sum(axis=1) / whole
    found[:, 5] = covered[np.searchsorted(numbers, passage.sentence)]
    for span in expressions(passage.text, asking.question):
        found[_inside(passage.spans, span), 6] = 1.0
    return found


def _ids(words: Iterable[Word]) -> NDArray[np.int64]:
    return np.asarray([word.id for word in words], np.int64)


def _describe(features: NDArray[np.float32], folded: str, words: tuple[Word, ...], of: NDArray[np.int64]) -> None:
    """How rare a word is, its script, and what separates it from its neighbours."""
    features[:, 0] = np.clip([word.weight / MOST_INFORMATION for word in words], 0, 1)
    features[:, 1] = [word.text.isdigit() for word in words]
    features[:, 2] = [word.text.isascii() and word.text.isalpha() for word in words]
    features[:, 3] = [len(word.text) == 1 for word in words]
    ends = [0, *(word.end for word in words)]
    gaps = [folded[end : word.start] for end, word in zip(ends, words, strict=False)]
    gaps.append(folded[words[-1].end :])
    marks = np.asarray([[bool(mark.search(gap)) for mark in _SEPARATORS] for gap in gaps], np.float32)
    features[:, 4 : 4 + _SIDES] = marks[:-1]
    features[:, 4 + _SIDES : 4 + 2 * _SIDES] = marks[1:]
    features[:, -2] = np.arange(len(words)) / len(words)
    features[:, -1] = of == 0


def _mark_kinds(features: NDArray[np.float32], text: str, spans: tuple[Span, ...]) -> None:
    """The kind of quantity that a word belongs to, and whether it belongs to the name of a person."""
    for quantity in quantities(text):
        column = _KINDS.get("count" if quantity.kind == "number" else quantity.kind)
        if column is not None:
            features[_inside(spans, Span(quantity.start, quantity.end)), column] = 1.0
    for name in people(text):
        features[_inside(spans, name), len(_KINDS)] = 1.0


def _inside(spans: tuple[Span, ...], outer: Span) -> slice:
    """The words that stand inside a span."""
    return slice(*(bisect_left(spans, place, key=_start) for place in (outer.start, outer.end)))


def _around(told: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The sum over a word's neighbours up to ``reach`` away on either side, itself left out."""
    sums = np.concatenate([[0.0], np.cumsum(told)])
    at = np.arange(len(told))
    return np.asarray(sums[np.minimum(at + reach + 1, len(told))] - sums[np.maximum(at - reach, 0)] - told)
