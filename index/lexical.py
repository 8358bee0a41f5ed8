"""The lexical leg: BM25 over characters and character bigrams by tantivy, on disk and mapped into memory.

Knows nothing of vectors, and nothing of paragraphs but their words and their row.

Terms are cut here and looked up one by one, never through a query language, so nothing that a person types is syntax.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import numpy as np
import tantivy

from index.errors import SnapshotDamaged
from index.messages import say
from index.paragraph import Paragraph
from index.text import fold, terms
from index.vectors import Ranking
from index.vocabulary import Vocabulary

FOLDER_NAME = "lexical"
WRITER_BYTES = 64_000_000
_TEXT, _CONTEXT, _ROW = "text", "context", "row"
_FREQUENCIES = "freq"  # what tantivy keeps of a term: documents and frequencies, no positions


@dataclass(frozen=True, slots=True)
class LexicalQuery:
    """A query as the lexical leg sees it: its distinct terms, those that some paragraph has, and what all would tell.

    ``information`` is the sum of the inverse document frequencies of all its terms, in nats.
    """

    terms: tuple[str, ...]
    found: tuple[str, ...]
    information: float

    def coverage(self, score: float) -> float:
        """How much of the query a paragraph of this BM25 score covers: about 1 if it has all terms, 0 if none."""
        return score / self.information if self.information else 0.0

    def matched(self, paragraph: Paragraph) -> tuple[str, ...]:
        """The terms of the query that stand in the paragraph or above it, in the query's order."""
        present = set(_cut(paragraph.text)).union(_cut(paragraph.context))
        return tuple(term for term in self.found if term in present)


class LexicalIndex:
    """The terms of a snapshot's paragraphs; safe for many threads."""

    def __init__(self, index: tantivy.Index, *, context_boost: float) -> None:
        """
        :param index: written by :func:`write_lexical`.
        :param context_boost: what a term in the headings counts against one in the text.
        """
        self.schema = index.schema
        self.searcher = index.searcher()
        self.context_boost = context_boost
        self.vocabulary = Vocabulary(self._document_frequency)

    @classmethod
    def open(cls, folder: Path, *, context_boost: float) -> Self:
        """The index of a snapshot's folder."""
        path = folder / FOLDER_NAME
        try:
            if os.access(path, os.W_OK):
                return cls(tantivy.Index.open(str(path)), context_boost=context_boost)
            with _linked(path) as links:
                return cls(tantivy.Index.open(str(links)), context_boost=context_boost)
        except (ValueError, OSError) as error:
            raise SnapshotDamaged(say("lexical.unreadable", path=path, reason=str(error).splitlines()[0])) from error

    def __len__(self) -> int:
        return int(self.searcher.num_docs)

    def understand(self, query: str) -> LexicalQuery:
        """The query's terms and how much they tell."""
        distinct = tuple(dict.fromkeys(_cut(query)))
        frequencies = {term: self._document_frequency(term) for term in distinct}
        found = tuple(term for term in distinct if frequencies[term])
        return LexicalQuery(distinct, found, sum(self._information(frequencies[term]) for term in distinct))

    def search(self, query: LexicalQuery, *, k: int) -> Ranking:
        """The ``k`` best rows by BM25 (k1 1.2, b 0.75) of their text, plus the boosted BM25 of what stands above it."""
        if not query.found:
            return Ranking.empty()
        hits = self.searcher.search(self._any_of(query.found), limit=min(k, len(self)), count=False).hits
        rows = self.searcher.fast_field_values(_ROW, [address for _, address in hits])
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        return Ranking.best_first(np.array(rows, dtype=np.int64), scores)

    def _document_frequency(self, term: str) -> int:
        return max(int(self.searcher.doc_freq(field, term)) for field in (_TEXT, _CONTEXT))

    def _information(self, frequency: int) -> float:
        return log(1 + (len(self) - frequency + 0.5) / (frequency + 0.5))

    def _any_of(self, found: Sequence[str]) -> tantivy.Query:
        clauses = []
        for term in found:
            in_text = tantivy.Query.term_query(self.schema, _TEXT, term, _FREQUENCIES)
            in_context = tantivy.Query.term_query(self.schema, _CONTEXT, term, _FREQUENCIES)
            boosted = tantivy.Query.boost_query(in_context, self.context_boost)
            clauses += [(tantivy.Occur.Should, in_text), (tantivy.Occur.Should, boosted)]
        return tantivy.Query.boolean_query(clauses)


def write_lexical(folder: Path, paragraphs: Iterable[Paragraph]) -> None:
    """Index paragraphs, the first one as row 0, in one thread so that the same paragraphs give the same index."""
    path = folder / FOLDER_NAME
    path.mkdir()
    try:
        writer = tantivy.Index(_schema(), path=str(path)).writer(WRITER_BYTES, 1)
        try:
            for row, paragraph in enumerate(paragraphs):
                writer.add_document(_document(row, paragraph))
            writer.commit()
        finally:  # a build that is stopped here must leave no thread that goes on writing
            writer.wait_merging_threads()
    except ValueError as error:  # how tantivy tells everything, a full disk too
        raise OSError(str(error).splitlines()[0]) from error
    for lock in path.glob(".*.lock"):  # tantivy leaves its empty lock files behind
        lock.unlink()
    for file in path.iterdir():  # tantivy keeps some to their owner; whoever may enter the folder may read them all
        file.chmod(path.stat().st_mode & 0o666)


@contextmanager
def _linked(path: Path) -> Iterator[Path]:
    """Links to the files of a folder that may not be written: tantivy puts a lock beside them while it opens.

    Opening maps them into memory, so the links are not needed afterwards.
    """
    with TemporaryDirectory(prefix="wenju-") as folder:
        for file in path.resolve().iterdir():
            if not file.name.endswith(".lock"):
                Path(folder, file.name).symlink_to(file)
        yield Path(folder)


def _document(row: int, paragraph: Paragraph) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned(_ROW, row)
    document.add_text(_TEXT, " ".join(_cut(paragraph.text)))
    document.add_text(_CONTEXT, " ".join(_cut(paragraph.context)))
    return document


def _cut(text: str) -> list[str]:
    return terms(fold(text).text)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_ROW, fast=True)
    builder.add_text_field(_TEXT, tokenizer_name="whitespace", index_option=_FREQUENCIES)
    builder.add_text_field(_CONTEXT, tokenizer_name="whitespace", index_option=_FREQUENCIES)
    return builder.build()
