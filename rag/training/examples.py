"""Questions with the passage that answers them and passages that only look so. Knows nothing of the network.

The data are those of ``index.training``: CMRC 2018 (train) and DRCD, each a context, a question and the answer's place.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex, write_lexical
from index.paragraph import Paragraph, Span
from index.training.sources import Sources
from rag.features import Asking, FeatureReader, Passage, matched
from rag.question import read_question

TRAINED_ON = ("cmrc2018_train", "drcd_dev_simplified")
MEASURED_ON = "cmrc2018_dev"
RIVALS = 2
KEPT_APART = 20  # one passage in so many
MOST_WORDS = 480  # of a passage; what follows is cut off


@dataclass(frozen=True, slots=True)
class Item:
    """A question as the data have it; ``context`` is the number of its passage, ``rivals`` those that look like it."""

    question: str
    context: int
    answers: tuple[str, ...]
    start: int
    rivals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """Passages and the questions about them."""

    contexts: tuple[str, ...]
    items: tuple[Item, ...]

    def part(self, name: Literal["trained", "calibrated"]) -> "Dataset":
        """The questions to train on, or those over one passage in twenty, on which the verdict is calibrated."""
        apart = name == "calibrated"
        return replace(self, items=tuple(item for item in self.items if (item.context % KEPT_APART == 0) is apart))


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One passage read for one question.

    :ivar ids: the words. *Shape:* (words,).
    :ivar static: *Shape:* (words, STATIC), of the passage alone.
    :ivar matched: *Shape:* (words, MATCHED), of both.
    """

    ids: NDArray[np.int64]
    static: NDArray[np.float16]
    matched: NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A question, the passages read for it, the right one first, and the first and last word of the answer there."""

    asking: Asking
    passages: tuple[Read, ...]
    first: int
    last: int


def dataset(sources: Sources, names: Sequence[str], *, rivals: int = RIVALS) -> Dataset:
    """All questions of some files; a rival is a passage found for the question by its words that lacks the answer."""
    numbers: dict[str, int] = {}
    records = [record for name in names for record in sources.records(name)]
    owners = [numbers.setdefault(record["context"], len(numbers)) for record in records]
    contexts = tuple(numbers)
    with tempfile.TemporaryDirectory(prefix="wenju-") as folder:
        lexical = _lexical(Path(folder), contexts)
        items = tuple(
            _item(record, owner, _rivals(lexical, contexts, record, owner=owner, most=rivals))
            for record, owner in zip(records, owners, strict=True)
        )
    return Dataset(contexts, items)


def examples(data: Dataset, reader: FeatureReader) -> Iterator[Example]:
    """The questions whose answer stands within the words that are read, and that have all their rivals."""
    most = max(len(item.rivals) for item in data.items)
    for item in data.items:
        asking = reader.asking(read_question(item.question, reader.lexicon))
        passages = [reader.passage(data.contexts[n]) for n in (item.context, *item.rivals)]
        first, last = word_span(passages[0], Span(item.start, item.start + len(item.answers[0])))
        if len(asking.ids) and 0 <= first <= last < MOST_WORDS and len(item.rivals) == most:
            yield Example(asking, tuple(_read(asking, passage) for passage in passages), first, last)


def word_span(passage: Passage, span: Span) -> tuple[int, int]:
    """The first and the last word that a span of the text touches; an empty range where it touches none."""
    touched = [n for n, word in enumerate(passage.spans) if word.start < span.end and word.end > span.start]
    return (touched[0], touched[-1]) if touched else (0, -1)


def _read(asking: Asking, passage: Passage) -> Read:
    return Read(
        passage.ids[:MOST_WORDS],
        passage.features[:MOST_WORDS].astype(np.float16),
        matched(asking, passage)[:MOST_WORDS].astype(np.float16),
    )


def _item(record: dict[str, Any], owner: int, rivals: tuple[int, ...]) -> Item:
    answers = tuple(answer["text"] for answer in record["answers"])
    return Item(record["question"], owner, answers, int(record["answers"][0]["start"]), rivals)


def _lexical(folder: Path, contexts: Sequence[str]) -> LexicalIndex:
    write_lexical(
        folder,
        (Paragraph(id=str(n), text=text, document="", spans=(Span(0, len(text)),)) for n, text in enumerate(contexts)),
    )
    return LexicalIndex.open(folder, context_boost=0.0)


def _rivals(
    lexical: LexicalIndex, contexts: Sequence[str], record: dict[str, Any], *, owner: int, most: int
) -> tuple[int, ...]:
    found = lexical.search(lexical.understand(record["question"]), k=most + 6).rows.tolist()
    answers = [answer["text"] for answer in record["answers"]]
    wrong = [row for row in found if row != owner and not any(answer in contexts[row] for answer in answers)]
    return tuple(wrong[:most])
