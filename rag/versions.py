"""The versions of the index that is answered from: listed, compared, gone back to, and made anew.

Knows nothing of questions, answers or screens. What the layers above see of the index's versions is named here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.difference import MOST, Change, Difference, difference
from index.embedder import Encoder
from index.history import Version, history, passages_in
from index.manifest import ModelFacts
from index.pace import Pace
from index.paragraph import Paragraph
from index.snapshot import Snapshots
from rag.settings import Settings

if TYPE_CHECKING:
    from index.build import BuildReport

__all__ = ["Change", "Difference", "Pace", "Progress", "Rebuilt", "Version", "Versions"]

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild changed, in paragraphs; ``problems`` are the files that could not be read, a line each.

    ``previous`` is the version that answered before: the same one, where nothing had changed, empty for the first.
    """

    version: str
    added: int
    changed: int
    removed: int
    unchanged: int
    problems: tuple[str, ...] = ()
    seconds: float = 0.0
    previous: str = ""


class Versions:
    """The versions in the index folder of a chatbot. Safe to share between threads."""

    def __init__(self, settings: Settings, encoder: Encoder, reopen: Callable[[], object]) -> None:
        """
        :param reopen: called when another version is to answer from now on.
        """
        self._settings = settings
        self._encoder = encoder
        self._reopen = reopen

    def all(self) -> tuple[Version, ...]:
        """Every version that is there, the newest first; none while there is no index.

        :raises SnapshotError: the index folder cannot be read.
        """
        return history(self._settings.index_dir, model=ModelFacts.of(self._encoder))

    def difference(self, old: str, new: str, *, most: int = MOST) -> Difference:
        """What differs from one version to another, paragraph by paragraph.

        :param most: how many differing paragraphs are told; all are counted.
        :raises SnapshotMissing: there is no such version.
        :raises SnapshotDamaged: one of them is not as it was published.
        """
        return difference(self._settings.index_dir, old, new, most=most)

    def passages(self, version: str, document: str) -> Sequence[Paragraph]:
        """The paragraphs of a document in one version; none where either is not there any more."""
        return passages_in(self._settings.index_dir, version, document)

    def answer_from(self, version: str) -> None:
        """Answers from one of the versions from now on, be it older or newer than the current one.

        :raises SnapshotError: there is no such version, or it cannot be used; the current one goes on answering.
        :raises BuildBusy: a rebuild is under way.
        """
        Snapshots(self._settings.index_dir).answer_from(version, model=ModelFacts.of(self._encoder))
        self._reopen()

    def rebuild(
        self, progress: Progress, *, full: bool = False, cancelled: Callable[[], bool] = lambda: False
    ) -> Rebuilt:
        """Reads the corpus again, publishes a new index and answers from it; until then the old one answers.

        :param cancelled: asked between the steps whether to stop.
        :raises CorpusError: the corpus folder cannot be used.
        :raises BuildBusy: a rebuild is under way.
        :raises BuildCancelled: it was stopped; the old index goes on answering.
        """
        from index.build import build_index
        from index.config import IndexConfig
        from index.corpus import read_corpus

        report = build_index(
            read_corpus(self._settings.corpus_dir),
            self._settings.index_dir,
            encoder=self._encoder,
            config=IndexConfig(),
            progress=progress,
            full=full,
            cancelled=cancelled,
        )
        self._reopen()
        return _rebuilt(report)


def _rebuilt(report: "BuildReport") -> Rebuilt:
    return Rebuilt(
        version=report.version,
        added=report.added,
        changed=report.changed,
        removed=report.removed,
        unchanged=report.unchanged,
        problems=tuple(f"{problem.path}: {problem.reason}" for problem in report.problems),
        seconds=report.seconds,
        previous=report.previous,
    )
