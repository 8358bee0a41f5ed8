"""What belongs together: batches of (anchor, positive) word ids, one kind of pair at a time. Knows nothing of vectors.

Each kind draws at random whenever it is asked, so that a text is seen through another window every time. No two pairs
of one batch share their positive: the others of the batch serve as negatives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from index.training.ragged import Ragged

LONGEST = 320  # words of a positive; of a longer text so many are drawn, whose sum points the same way
SHORTEST_CROP, LONGEST_CROP = 4, 14  # words of a sentence that is cut to the length of a question


@dataclass(frozen=True, slots=True)
class Batch:
    """Row ``i`` of the anchors belongs to row ``i`` of the positives."""

    anchors: Ragged
    positives: Ragged


class Kind(Protocol):
    """A source of pairs."""

    def draw(self, random: Generator, size: int) -> Batch: ...


@dataclass(frozen=True, slots=True)
class Aligned:
    """Row ``i`` of one list belongs to row ``i`` of the other: translations, paraphrases, words and glosses."""

    left: Ragged
    right: Ragged

    def draw(self, random: Generator, size: int) -> Batch:
        """Distinct pairs, every other batch the other way round."""
        chosen = random.choice(len(self.left), min(size, len(self.left)), replace=False)
        left = Ragged.of([self.left.row(i) for i in chosen])
        right = Ragged.of([self.right.row(i) for i in chosen])
        return Batch(left, right) if random.random() < 0.5 else Batch(right, left)


@dataclass(frozen=True, slots=True)
class Documents:
    """Sentences in reading order; document ``d`` owns the sentences ``starts[d]`` to ``starts[d + 1]``."""

    sentences: Ragged
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def window(self, random: Generator, first: int, last: int, *, without: int = -1) -> NDArray[np.int32]:
        """The words of the sentences ``first`` to ``last``, one of them left out if asked."""
        words = self.sentences.rows(first, last)
        if first <= without < last:
            words = np.concatenate([self.sentences.rows(first, without), self.sentences.rows(without + 1, last)])
        return words if len(words) <= LONGEST else words[random.integers(len(words), size=LONGEST)]


@dataclass(frozen=True, slots=True)
class Titled:
    """A title or a question belongs to its document: to the whole or to a window of it."""

    titles: Ragged
    owners: NDArray[np.int64]
    """Which document each title belongs to; several titles may share one."""
    documents: Documents
    whole: float = 0.3
    """How often the positive starts at the first sentence and runs as long as it may."""

    def draw(self, random: Generator, size: int) -> Batch:
        """One title each of distinct documents."""
        order = random.permutation(len(self.owners))
        _owners, first = np.unique(self.owners[order], return_index=True)
        chosen = random.permutation(order[first])[:size]
        positives = [self._positive(random, int(self.owners[i])) for i in chosen]
        return Batch(Ragged.of([self.titles.row(i) for i in chosen]), Ragged.of(positives))

    def _positive(self, random: Generator, owner: int) -> NDArray[np.int32]:
        start, end = (int(n) for n in self.documents.starts[owner : owner + 2])
        if random.random() < self.whole or end - start < 3:
            return self.documents.window(random, start, end)
        first = int(random.integers(start, end - 1))
        return self.documents.window(random, first, min(end, first + int(random.integers(2, 12))))


@dataclass(frozen=True, slots=True)
class Inverse:
    """A sentence belongs to what stands around it (inverse cloze); several windows of one document share a batch."""

    documents: Documents
    windows: int = 2
    """How many pairs each document gives: the windows of one document are each other's hard negatives."""
    kept: float = 0.3
    """How often a window still holds the sentence that was taken out of it: exact words should count too."""
    cropped: float = 0.5
    """How often a sentence is cut to a few words, as a question would be."""
    sentences: tuple[int, int] = (3, 8)
    """The fewest and the most sentences of a window."""

    def draw(self, random: Generator, size: int) -> Batch:
        """Sentences of random documents, each with a window around it."""
        anchors, positives = [], []
        chosen = random.choice(len(self.documents), min(size // self.windows, len(self.documents)), replace=False)
        for document in chosen:
            start, end = (int(n) for n in self.documents.starts[document : document + 2])
            for low, high in self._parts(random, start, end):
                sentence = int(random.integers(low, high))
                anchor = self._cropped(random, self.documents.sentences.row(sentence))
                without = -1 if random.random() < self.kept else sentence
                positive = self.documents.window(random, low, high, without=without)
                if len(anchor) >= 3 and len(positive) >= 5:
                    anchors.append(anchor)
                    positives.append(positive)
        return Batch(Ragged.of(anchors), Ragged.of(positives))

    def _cropped(self, random: Generator, words: NDArray[np.int32]) -> NDArray[np.int32]:
        length = int(random.integers(SHORTEST_CROP, LONGEST_CROP))
        if len(words) <= length or random.random() > self.cropped:
            return words
        first = int(random.integers(len(words) - length))
        return words[first : first + length]

    def _parts(self, random: Generator, start: int, end: int) -> list[tuple[int, int]]:
        """Up to ``windows`` stretches that do not overlap."""
        length = int(random.integers(self.sentences[0], self.sentences[1] + 1))
        firsts = np.arange(start, max(start + 1, end - length + 1), length)
        picked = random.permutation(firsts)[: self.windows]
        return [(int(first), min(end, int(first) + length)) for first in picked]


@dataclass(frozen=True, slots=True)
class Switched:
    """Another kind of pair whose anchors are turned, word by word, into the other language by the dictionary."""

    kind: Kind
    glosses: Sequence[Sequence[NDArray[np.int32]]]
    """For each word id the word ids of its glosses; no gloss leaves the word out."""
    share: float = 0.9
    """How many of an anchor's words are turned."""

    def draw(self, random: Generator, size: int) -> Batch:
        """The same positives, the anchors turned."""
        batch = self.kind.draw(random, size)
        anchors = [self._turned(random, batch.anchors.row(i)) for i in range(len(batch.anchors))]
        return Batch(Ragged.of(anchors), batch.positives)

    def _turned(self, random: Generator, words: NDArray[np.int32]) -> NDArray[np.int32]:
        turned = [self._choice(random, int(word)) for word in words]
        return np.concatenate(turned) if turned else words

    def _choice(self, random: Generator, word: int) -> NDArray[np.int32]:
        if random.random() > self.share:
            return np.asarray([word], np.int32)
        glosses = self.glosses[word]
        return glosses[int(random.integers(len(glosses)))] if glosses else np.zeros(0, np.int32)
