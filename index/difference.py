"""The very paragraphs that two versions of an index differ in. Knows nothing of building, searching or screens."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.change import Changes, Rows, compare, differing, places
from index.paragraph import Paragraph
from index.records import ParagraphFile
from index.snapshot import Snapshots

MOST = 500  # differing paragraphs that are told one by one: more than a person reads through; the others are counted

Kind = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph that differs: only ``new`` when it was added, only ``old`` when removed, both when it changed."""

    old: Paragraph | None
    new: Paragraph | None

    def __post_init__(self) -> None:
        """A change of nothing cannot exist.

        :raises ValueError: there is no paragraph on either side.
        """
        if self.old is None and self.new is None:
            raise ValueError("a change has a paragraph on one side at least")

    @property
    def kind(self) -> Kind:
        """What happened to the paragraph."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph as it is now; as it was, when it is gone."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs from version ``old`` to version ``new``; ``changes`` in reading order, the first of them only."""

    old: str
    new: str
    counts: Changes
    changes: tuple[Change, ...]

    @property
    def left_out(self) -> int:
        """How many differing paragraphs are counted but not told."""
        return self.counts.added + self.counts.changed + self.counts.removed - len(self.changes)


def difference(folder: Path, old: str, new: str, *, most: int = MOST) -> Difference:
    """What differs from one version of the index in ``folder`` to another.

    :param most: how many differing paragraphs are told; all are counted.
    :raises SnapshotMissing: when there is no such version.
    :raises SnapshotDamaged: when one of them is not as it was published.
    """
    snapshots = Snapshots(folder)
    before, after = _paragraphs(snapshots, old), _paragraphs(snapshots, new)
    stood, stands = places(before), places(after)
    told = tuple(_change(rows, before, after) for rows in differing(stood, stands)[:most])
    return Difference(old, new, compare(stood, stands), told)


def _paragraphs(snapshots: Snapshots, version: str) -> ParagraphFile:
    snapshots.require(version)
    snapshots.check(version)
    return ParagraphFile(snapshots.path(version))


def _change(rows: Rows, before: ParagraphFile, after: ParagraphFile) -> Change:
    return Change(
        old=None if rows.old is None else before[rows.old],
        new=None if rows.new is None else after[rows.new],
    )
