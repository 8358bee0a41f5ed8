"""The versions of an index that are there, each at a glance. Knows nothing of building or searching.

What is told comes from manifests and row tables, so that a million paragraphs are listed as fast as ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.corpus import Problem
from index.errors import SnapshotError
from index.manifest import Manifest, ModelFacts
from index.paragraph import Paragraph
from index.records import ParagraphFile, of_document, read_lines
from index.snapshot import Snapshots, check_model
from index.store import PROBLEMS_NAME


@dataclass(frozen=True, slots=True)
class Version:
    """One version: when it was built (UTC, ISO 8601), by which model, and what is in it.

    ``size`` is bytes. ``fault`` says why it cannot be answered from, nothing where it can; of a damaged one no more is
    known.
    """

    name: str
    current: bool
    built: str = ""
    model: str = ""
    documents: tuple[str, ...] = ()
    articles: int = 0
    paragraphs: int = 0
    size: int = 0
    problems: tuple[Problem, ...] = ()
    fault: str = ""


def history(folder: Path, *, model: ModelFacts | None = None) -> tuple[Version, ...]:
    """Every version of the index in ``folder``, the newest first; none where there is no index.

    :param model: the model that questions are read with; versions of another one are told as such.
    :raises SnapshotError: when the folder cannot be read.
    """
    snapshots = Snapshots(folder)
    current = _current(snapshots)
    return tuple(_version(snapshots, name, name == current, model) for name in reversed(snapshots.versions()))


def passages_in(folder: Path, version: str, document: str) -> Sequence[Paragraph]:
    """The paragraphs of a document in one version of the index; none where either is not there any more."""
    snapshots = Snapshots(folder)
    try:
        snapshots.require(version)
        manifest = snapshots.check(version, contents=False)
        return of_document(ParagraphFile(snapshots.path(version)), manifest.documents, document)
    except SnapshotError:
        return ()


def _current(snapshots: Snapshots) -> str:
    """The version that answers; nothing where none does, which the versions are listed for to mend."""
    try:
        return snapshots.current()
    except SnapshotError:
        return ""


def _version(snapshots: Snapshots, name: str, current: bool, model: ModelFacts | None) -> Version:
    try:
        manifest = snapshots.check(name, contents=False)
        articles = ParagraphFile(snapshots.path(name)).articles
        problems = tuple(Problem(**record) for record in read_lines(snapshots.path(name) / PROBLEMS_NAME))
    except (SnapshotError, OSError, ValueError) as error:
        return Version(name, current, fault=error.args[0] if isinstance(error, SnapshotError) else str(error))
    return Version(
        name=name,
        current=current,
        built=manifest.built,
        model=manifest.model.name,
        documents=manifest.documents,
        articles=articles,
        paragraphs=manifest.counts.paragraphs,
        size=manifest.size,
        problems=problems,
        fault=_foreign(manifest, model),
    )


def _foreign(manifest: Manifest, model: ModelFacts | None) -> str:
    """Why the vectors cannot be compared with those of ``model``; nothing where they can."""
    try:
        if model is not None:
            check_model(manifest, model)
    except SnapshotError as error:
        return str(error.args[0])
    return ""
