"""Searches one snapshot: both legs, fused, as paragraphs. Knows nothing of building, answers or screens.

Immutable after opening, and safe for many threads: a rebuild makes another object, and its owner swaps the reference.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self, get_args

import numpy as np
from numpy.typing import NDArray

from index.config import IndexConfig
from index.corpus import Problem
from index.embedder import Encoder
from index.errors import QueryError, SettingsError, SnapshotDamaged, SnapshotError, SnapshotForeign, SnapshotMissing
from index.fusion import FusedHit, fuse, of_one_leg, trust
from index.lexical import LexicalIndex, LexicalQuery
from index.manifest import Manifest, ModelFacts
from index.messages import say
from index.paragraph import Hit, Paragraph, SourceFile
from index.passages import PassageIndex
from index.records import DocumentRepair, ParagraphFile, of_document, read_lines, read_repairs
from index.shelf import Shelf
from index.snapshot import Snapshots, check_model
from index.sources import SourceTexts
from index.text import simplify
from index.vectors import Ranking
from index.vocabulary import Vocabulary

Mode = Literal["hybrid", "dense", "lexical"]

CONFIG_NAME = "config.json"
FILES_NAME = "files.jsonl"
REPAIRS_NAME = "repairs.jsonl"
PROBLEMS_NAME = "problems.jsonl"
LONGEST_QUERY = 10_000  # characters


@dataclass(frozen=True, slots=True)
class Parts:
    """The finished parts of an index; row i of each belongs to paragraph i."""

    config: IndexConfig
    paragraphs: ParagraphFile
    dense: PassageIndex
    lexical: LexicalIndex
    repairs: tuple[DocumentRepair, ...] = ()
    problems: tuple[Problem, ...] = ()
    sources: SourceTexts | None = None
    digests: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of every document's file; of a snapshot made before they were kept, none."""

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The parts in a snapshot's folder, whose files have been checked.

        :raises SnapshotDamaged: when one of them cannot be read.
        :raises SnapshotForeign: when the configuration is another version's.
        """
        config = _read_config(folder / CONFIG_NAME)
        return cls(
            config=config,
            paragraphs=ParagraphFile(folder),
            dense=PassageIndex.open(folder),
            lexical=LexicalIndex.open(folder, context_boost=config.context_boost),
            repairs=read_repairs(folder / REPAIRS_NAME),
            problems=tuple(Problem(**record) for record in read_lines(folder / PROBLEMS_NAME)),
            sources=SourceTexts.open(folder),
            digests=_read_digests(folder / FILES_NAME),
        )


class ParagraphIndex:
    """The paragraphs of one snapshot, to be searched and looked up."""

    def __init__(self, parts: Parts, manifest: Manifest, encoder: Encoder) -> None:
        """
        :raises SnapshotDamaged: when the parts do not hold the same number of paragraphs.
        :raises SnapshotForeign: when the vectors are another model's.
        """
        check_model(manifest, ModelFacts.of(encoder))
        self.manifest = manifest
        self.config = parts.config
        self.paragraphs: Sequence[Paragraph] = parts.paragraphs
        self.repairs = parts.repairs
        self.problems = parts.problems
        self.shelf = Shelf(parts.paragraphs, manifest.documents, parts.repairs, parts.sources)
        self._parts = parts
        self._encoder = encoder
        self._check_counts()

    @classmethod
    def open(cls, folder: Path, encoder: Encoder) -> Self:
        """The index that answers in ``folder``.

        :raises SnapshotError: when there is none (missing), or it is damaged or foreign.
        """
        snapshots = Snapshots(folder)
        version = snapshots.current()
        try:
            return cls.open_version(folder, version, encoder)
        except SnapshotError:
            latest = snapshots.current()
            if latest == version:
                raise
            return cls.open_version(folder, latest, encoder)  # builds went by while this one was being opened

    @classmethod
    def open_version(cls, folder: Path, version: str, encoder: Encoder) -> Self:
        """One version of the index in ``folder``, current or not."""
        snapshots = Snapshots(folder)
        snapshots.require(version)
        manifest = snapshots.check(version)
        check_model(manifest, ModelFacts.of(encoder))
        return cls(Parts.open(snapshots.path(version)), manifest, encoder)

    @property
    def version(self) -> str:
        """The version of the snapshot."""
        return self.manifest.version

    @property
    def built(self) -> str:
        """When it was built: UTC, ISO 8601."""
        return self.manifest.built

    @property
    def documents(self) -> tuple[str, ...]:
        """The paths of the files whose paragraphs it holds."""
        return self.manifest.documents

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that stand in its paragraphs and above them."""
        return self._parts.lexical.vocabulary

    def file(self, document: str) -> SourceFile:
        """The document's file as it was indexed; its digest is empty where the snapshot does not know it."""
        return SourceFile(document, self._parts.digests.get(document, ""))

    def __len__(self) -> int:
        return len(self.paragraphs)

    def search(self, query: str, *, k: int = 10, mode: Mode = "hybrid") -> list[Hit]:
        """The ``k`` best paragraphs for a question, all of them when there are fewer.

        :param mode: both legs, or one of them alone; a leg finds nothing for a question it knows no word of.
        :raises QueryError: when the question is empty or too long, ``k`` is below 1 or the mode is unknown.
        """
        _check_query(query, k, mode)
        understood = self._parts.lexical.understand(query)
        depth = max(k, self.config.depth)
        words = Ranking.empty() if mode == "dense" else self._parts.lexical.search(understood, k=depth)
        if mode == "lexical":
            fused = of_one_leg(words, Ranking.empty())
        else:
            vector = self._encoder.encode([simplify(query)])[0]
            meaning = self._parts.dense.search(vector, k=depth)
            fused = of_one_leg(words, meaning) if mode == "dense" else self._fuse(words, meaning, vector, understood)
        return [self._hit(hit, understood) for hit in fused[:k]]

    def get(self, paragraph_id: str) -> Paragraph:
        """The paragraph of an id.

        :raises QueryError: when there is none.
        """
        return self._parts.paragraphs[self._parts.paragraphs.row(paragraph_id)]

    def article(self, paragraph_id: str) -> tuple[Paragraph, ...]:
        """All paragraphs of the same article of the same document, in reading order, this one included."""
        return self._parts.paragraphs.article(self._parts.paragraphs.row(paragraph_id))

    def of_document(self, document: str) -> Sequence[Paragraph]:
        """The paragraphs of a document in reading order, none where it is not there; of a vast one the first."""
        return of_document(self.paragraphs, self.documents, document)

    def _fuse(
        self, words: Ranking, meaning: Ranking, vector: NDArray[np.float32], understood: LexicalQuery
    ) -> list[FusedHit]:
        return fuse(
            words,
            meaning,
            lexical_weight=trust(
                understood.coverage(float(words.scores.max(initial=0.0))), trusted_share=self.config.trusted_share
            ),
            dense_weight=self.config.dense_weight,
            cosines=lambda rows: self._parts.dense.cosines(vector, rows),
        )

    def _hit(self, fused: FusedHit, understood: LexicalQuery) -> Hit:
        paragraph = self._parts.paragraphs[fused.row]
        return Hit(
            paragraph=paragraph,
            score=fused.score,
            lexical=fused.lexical,
            lexical_rank=fused.lexical_rank,
            dense=fused.dense,
            dense_rank=fused.dense_rank,
            terms=() if fused.lexical is None else understood.matched(paragraph),
        )

    def _check_counts(self) -> None:
        """Row i belongs to paragraph i, so there are as many of each."""
        expected = self.manifest.counts.paragraphs
        counted = {
            "paragraphs": len(self.paragraphs),
            "vectors": len(self._parts.dense),
            "lexical": len(self._parts.lexical),
        }
        for name, got in counted.items():
            if got != expected:
                raise SnapshotDamaged(say("snapshot.counts", name=name, got=got, expected=expected))
        if self._parts.dense.dimension != self.manifest.model.dimension:
            got, expected = self._parts.dense.dimension, self.manifest.model.dimension
            raise SnapshotDamaged(say("snapshot.counts", name="dimension", got=got, expected=expected))


def current_version(folder: Path) -> str:
    """The version that answers in an index folder, nothing while there is none.

    :raises SnapshotDamaged: when the pointer names no version that is there.
    """
    try:
        return Snapshots(folder).current()
    except SnapshotMissing:
        return ""


def _read_config(path: Path) -> IndexConfig:
    try:
        return IndexConfig.from_dict(json.loads(path.read_text(encoding="utf-8")))
    except SettingsError as error:
        raise SnapshotForeign(say("snapshot.config", path=path, reason=error)) from error


def _read_digests(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    return {record["document"]: record["sha256"] for record in read_lines(path)}


def _check_query(query: str, k: int, mode: str) -> None:
    if not query.strip():
        raise QueryError(say("query.empty", got=repr(query)))
    if len(query) > LONGEST_QUERY:
        raise QueryError(say("query.long", got=len(query), most=LONGEST_QUERY))
    if any("\ud800" <= character <= "\udfff" for character in query):  # halves of a character: no UTF-8 can carry them
        raise QueryError(say("query.broken", got=ascii(query)))
    if k < 1:
        raise QueryError(say("query.k", got=k))
    if mode not in get_args(Mode):
        raise QueryError(say("query.mode", got=repr(mode), known=", ".join(get_args(Mode))))
