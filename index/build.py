"""Builds an index from a corpus: the left half of the data flow, from sources to a published snapshot.

Knows nothing of searching, questions or screens.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.change import Changes, Digest, Place, compare, places
from index.chunking import Chunks, chunk
from index.config import IndexConfig
from index.corpus import Corpus, Problem, Source
from index.embedder import Encoder
from index.errors import BuildCancelled, CorpusError, EncoderError, SnapshotError
from index.lexical import write_lexical
from index.manifest import Counts, Manifest, ModelFacts, measure
from index.messages import say
from index.paragraph import Paragraph, SourceFile
from index.passages import passages, write_starts
from index.records import DocumentRepair, ParagraphFile, ParagraphWriter, place_repairs, write_lines
from index.snapshot import Snapshots, version_of
from index.sources import SourceWriter, Stretch
from index.store import CONFIG_NAME, FILES_NAME, PROBLEMS_NAME, REPAIRS_NAME, Parts
from index.text import simplify
from index.vectors import create_vectors, write_vectors

Progress = Callable[[float, str], None]
Cancelled = Callable[[], bool]

TOLD_EVERY = 1000  # paragraphs of the lexical index: often enough for who waits, or wants to stop


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, in paragraphs. ``published`` is false when nothing had changed and the version was kept.

    ``previous`` is the version that answered before and that is compared with; empty where there was none.
    """

    version: str
    added: int
    changed: int
    removed: int
    unchanged: int
    problems: tuple[Problem, ...]
    seconds: float
    published: bool = True
    previous: str = ""


def build_index(
    corpus: Corpus,
    folder: Path,
    *,
    encoder: Encoder,
    config: IndexConfig,
    progress: Progress,
    full: bool = False,
    cancelled: Cancelled = lambda: False,
) -> BuildReport:
    """Read, repair, chunk, embed and index a corpus; publish the result in one step.

    :param folder: of the index; the snapshot in it answers until the new one is published.
    :param progress: called with the share done, 0 to 1, and what is being done.
    :param full: embed every paragraph again, and publish even when nothing has changed.
    :param cancelled: asked between the steps whether to stop; from publishing on it is too late.
    :raises CorpusError: when no paragraph can be read.
    :raises BuildBusy: when another process is building in ``folder``.
    :raises BuildCancelled: when it was stopped; what answered before goes on answering, and nothing is left over.
    """
    began = time.monotonic()
    told, progress = progress, _heeding(progress, cancelled)
    snapshots = Snapshots(folder)
    with snapshots.writing(), snapshots.partial() as partial:
        previous = _Previous.of(snapshots)
        read = _read(corpus, partial, config, progress)
        paragraphs = ParagraphFile(partial)
        stand = places(paragraphs)
        changes = compare(previous.places if previous else [], stand)
        if previous and not full and previous.is_made_of(partial, encoder):
            kept = previous.manifest.version
            return replace(_report(kept, changes, read.problems, began), published=False, previous=kept)
        reusable = {} if full or previous is None else previous.vectors_of(encoder, config)
        _embed(paragraphs, stand, encoder, partial=partial, reusable=reusable, config=config, progress=progress)
        progress(0.7, say("build.vectors"))
        write_vectors(partial, exact_limit=config.exact_limit, seed=config.seed)
        progress(0.8, say("build.lexical"))
        write_lexical(partial, _telling(paragraphs, progress))
        progress(0.95, say("build.publishing"))
        _manifest(corpus, read, partial, encoder=encoder, config=config, count=len(paragraphs)).write(partial)
        snapshots.publish(partial)
    told(1.0, say("build.done", version=version_of(partial)))
    return replace(_report(version_of(partial), changes, read.problems, began), previous=_name_of(previous))


@dataclass(frozen=True, slots=True)
class _Read:
    """What the sources gave beside the paragraphs on disk."""

    documents: tuple[str, ...]
    repairs: tuple[DocumentRepair, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Previous:
    """The snapshot that answers while its successor is being built."""

    manifest: Manifest
    parts: Parts
    places: list[Place]

    @classmethod
    def of(cls, snapshots: Snapshots) -> Self | None:
        """The current snapshot when it is intact; otherwise everything is made anew."""
        try:
            version = snapshots.current()
            manifest = snapshots.check(version, contents=True)
            parts = Parts.open(snapshots.path(version))
            return cls(manifest, parts, places(parts.paragraphs))
        except SnapshotError:
            return None

    def is_made_of(self, partial: Path, encoder: Encoder) -> bool:
        """Whether building on would give this snapshot again."""
        read = measure(partial)
        same_files = all(self.manifest.files.get(name) == facts for name, facts in read.items())
        return same_files and self.manifest.model.agrees(ModelFacts.of(encoder))

    def vectors_of(self, encoder: Encoder, config: IndexConfig) -> dict[Digest, NDArray[np.float32]]:
        """The vectors by the digest of what was embedded, none when another model or other windows made them."""
        if not self.manifest.model.agrees(ModelFacts.of(encoder)) or self.parts.config.window != config.window:
            return {}
        return {place.embedded: self.parts.dense.of(row) for row, place in enumerate(self.places)}


def _read(corpus: Corpus, partial: Path, config: IndexConfig, progress: Progress) -> _Read:
    """Repair and chunk every source into ``partial``; a source that cannot be is a problem, and the others go on."""
    files: list[SourceFile] = []
    repairs: list[DocumentRepair] = []
    problems = list(corpus.problems)
    with ParagraphWriter(partial) as writer, SourceWriter(partial) as texts:
        for number, source in enumerate(corpus.sources):
            progress(0.2 * number / len(corpus.sources), say("build.reading", path=source.path))
            try:
                chunks = _chunks(source, writer)
            except CorpusError as error:
                problems.append(Problem(source.path, str(error)))
                continue
            texts.write(source.text, _stretches(chunks, len(writer)))
            for paragraph in chunks.paragraphs:
                writer.write(paragraph)
            files.append(SourceFile(source.path, source.sha256))
            repairs.extend(place_repairs(source.path, source.text, chunks.repairs))
        if not len(writer):
            raise CorpusError(say("build.nothing", problems="; ".join(f"{p.path}: {p.reason}" for p in problems)))
        writer.finish()
        texts.finish()
    documents = tuple(file.document for file in files)
    read = _Read(documents, tuple(repairs), tuple(sorted(problems, key=lambda problem: problem.path)))
    write_lines(partial / FILES_NAME, files)
    write_lines(partial / REPAIRS_NAME, read.repairs)
    write_lines(partial / PROBLEMS_NAME, read.problems)
    (partial / CONFIG_NAME).write_text(json.dumps(config.to_dict(), indent=1) + "\n", encoding="utf-8")
    return read


def _chunks(source: Source, writer: ParagraphWriter) -> Chunks:
    """The paragraphs of a source, whose ids no other source has."""
    chunks = chunk(source)
    for paragraph in chunks.paragraphs:
        if paragraph.id in writer.ids:
            raise CorpusError(say("build.duplicate", id=paragraph.id, path=source.path, first=writer.ids[paragraph.id]))
    if not chunks.paragraphs:
        raise CorpusError(say("build.no_paragraph", path=source.path))
    return chunks


def _stretches(chunks: Chunks, first: int) -> Iterator[Stretch]:
    """What the runs of characters of a source became, its paragraphs counted from row ``first`` on."""
    for row, paragraph in enumerate(chunks.paragraphs, first):
        yield from (Stretch(span, paragraph.role, row) for span in paragraph.spans)
    for piece in chunks.furniture:
        yield from (Stretch(span, piece.role, first + piece.paragraph) for span in piece.spans)


def _embed(
    paragraphs: ParagraphFile,
    stand: list[Place],
    encoder: Encoder,
    *,
    partial: Path,
    reusable: dict[Digest, NDArray[np.float32]],
    config: IndexConfig,
    progress: Progress,
) -> None:
    """Put the vectors of every paragraph's pieces on disk, taking those that are there already."""
    pieces = [len(passages(paragraph, window=config.window)) for paragraph in paragraphs]
    starts = write_starts(partial, pieces)
    vectors = create_vectors(partial, count=int(starts[-1]), dimension=encoder.dimension)
    for start in range(0, len(paragraphs), config.batch_size):
        progress(0.2 + 0.5 * start / len(paragraphs), say("build.embedding", done=start, total=len(paragraphs)))
        rows = range(start, min(start + config.batch_size, len(paragraphs)))
        fresh = [row for row in rows if stand[row].embedded not in reusable]
        for row in rows:
            if (known := reusable.get(stand[row].embedded)) is not None:
                vectors[starts[row] : starts[row + 1]] = known
        texts = [simplify(text) for row in fresh for text in passages(paragraphs[row], window=config.window)]
        if texts:
            filled = np.concatenate([np.arange(starts[row], starts[row + 1]) for row in fresh])
            vectors[filled] = _encode(encoder, texts)


def _encode(encoder: Encoder, texts: list[str]) -> NDArray[np.float32]:
    """Float32 of shape (texts, dimension)."""
    vectors = encoder.encode(texts)
    expected = (len(texts), encoder.dimension)
    if vectors.shape != expected or not np.isfinite(vectors).all():
        raise EncoderError(say("build.vectors_of", name=encoder.name, got=vectors.shape, expected=expected))
    return vectors


def _manifest(
    corpus: Corpus, read: _Read, partial: Path, *, encoder: Encoder, config: IndexConfig, count: int
) -> Manifest:
    told = "".join(f"{source.path} {source.sha256}\n" for source in corpus.sources)
    return Manifest(
        version=version_of(partial),
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        model=ModelFacts.of(encoder),
        corpus=sha256(told.encode()).hexdigest(),
        config=config.sha256,
        documents=read.documents,
        counts=Counts(paragraphs=count, repairs=len(read.repairs), problems=len(read.problems)),
        files=measure(partial),
    )


def _heeding(progress: Progress, cancelled: Cancelled) -> Progress:
    """A progress that stops the work it is told of once that is cancelled."""

    def tell(share: float, doing: str) -> None:
        if cancelled():
            raise BuildCancelled(say("build.cancelled"))
        progress(share, doing)

    return tell


def _telling(paragraphs: ParagraphFile, progress: Progress) -> Iterator[Paragraph]:
    """The paragraphs, and now and then how far their lexical index has come."""
    for row, paragraph in enumerate(paragraphs):
        if row and row % TOLD_EVERY == 0:
            progress(0.8 + 0.15 * row / len(paragraphs), say("build.lexical"))
        yield paragraph


def _name_of(previous: "_Previous | None") -> str:
    return previous.manifest.version if previous else ""


def _report(version: str, changes: Changes, problems: tuple[Problem, ...], began: float) -> BuildReport:
    return BuildReport(
        version=version,
        added=changes.added,
        changed=changes.changed,
        removed=changes.removed,
        unchanged=changes.unchanged,
        problems=problems,
        seconds=time.monotonic() - began,
    )
