"""What differs between the paragraphs of two snapshots, by content first: an insertion does not shift the rest.

Knows nothing of files or vectors.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

from index.paragraph import Paragraph

Digest = bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands, and the fingerprints of what it says there and of its text and headings alone."""

    id: str
    document: str
    said: Digest
    embedded: Digest


@dataclass(frozen=True, slots=True)
class Changes:
    """How many paragraphs are new, say something else in the same place, are gone, and say the same as before."""

    added: int
    changed: int
    removed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Where one differing paragraph stands: only ``new`` when it was added, only ``old`` when it was removed."""

    old: int | None
    new: int | None


def places(paragraphs: Iterable[Paragraph]) -> list[Place]:
    """The place of each paragraph."""
    return [_place(paragraph) for paragraph in paragraphs]


def compare(old: list[Place], new: list[Place]) -> Changes:
    """Count the changes from ``old`` to ``new``.

    Paragraphs that say the same in the same document are unchanged, wherever they moved to. Of the rest, one counts as
    changed when the other snapshot has another text under its id, or behind the same preceding paragraph::

        甲 乙 丙 -> 甲 新 乙 丙     1 added, 3 unchanged     although 乙 and 丙 have other positions now
        甲 乙 丙 -> 甲 改 丙        1 changed, 2 unchanged
    """
    return _Matched.of(old, new).counts


def differing(old: list[Place], new: list[Place]) -> list[Rows]:
    """The paragraphs that :func:`compare` counts, those unchanged left out, document by document in reading order.

    What was removed stands where it was missed: behind the paragraph that it followed::

        甲 乙 丙 -> 甲 新 改        (乙, 新) (丙, 改)
        甲 乙 丙 -> 丙 丁           (甲, -) (乙, -) (-, 丁)
    """
    matched = _Matched.of(old, new)
    rows = [Rows(before.row, after.row) for before, after in matched.changed]
    rows += [Rows(None, one.row) for one in matched.come]
    anchors = _anchors(matched, old, new)
    order = {one.row: (one.place.document, anchors[one.row], 1, one.row) for one in matched.gone}

    def standing(found: Rows) -> tuple[str, int, int, int]:
        if found.new is not None:
            return new[found.new].document, found.new, 0, 0
        assert found.old is not None
        return order[found.old]

    return sorted([*rows, *(Rows(one.row, None) for one in matched.gone)], key=standing)


def _anchors(matched: "_Matched", old: list[Place], new: list[Place]) -> dict[int, int]:
    """Behind which new row each removed paragraph was missed; -1 at the beginning of its document."""
    gone = {one.row for one in matched.gone}
    stayed: dict[int, int | None] = {}  # the old row of the last paragraph before it that is still there
    for row in sorted(gone):
        before = row - 1 if row and old[row - 1].document == old[row].document else None
        stayed[row] = stayed[before] if before in gone else before
    now: dict[int, int] = {before.row: after.row for before, after in matched.changed}
    wanted = {_said(old[row]) for row in stayed.values() if row is not None and row not in now}
    there: dict[Hashable, int] = {}
    for row, place in enumerate(new):
        if _said(place) in wanted:
            there.setdefault(_said(place), row)
    return {
        row: -1 if before is None else now[before] if before in now else there.get(_said(old[before]), -1)
        for row, before in stayed.items()
    }


def _said(place: Place) -> Hashable:
    return place.document, place.said


def _place(paragraph: Paragraph) -> Place:
    text = f"{paragraph.context}\0{paragraph.text}"
    said = "\0".join((text, paragraph.byline, paragraph.note, paragraph.role))
    return Place(paragraph.id, paragraph.document, said=_digest(said), embedded=_digest(text))


def _digest(text: str) -> Digest:
    """Sixteen bytes that stand for a text."""
    return blake2b(text.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class _Standing:
    """A place, its row and what the paragraph before it says."""

    place: Place
    row: int
    before: Digest


@dataclass(frozen=True, slots=True)
class _Matched:
    """The paragraphs of two snapshots after matching: those that changed in pairs, the others of each side alone."""

    changed: list[tuple[_Standing, _Standing]]
    gone: list[_Standing]
    come: list[_Standing]
    unchanged: int

    @classmethod
    def of(cls, old: list[Place], new: list[Place]) -> Self:
        """Match by content, then by id, then by what stands before."""
        gone, come = _unmatched(_standing(old), _standing(new))
        unchanged = len(new) - len(come)
        named, gone, come = _paired(gone, come, lambda standing: standing.place.id)
        placed, gone, come = _paired(gone, come, lambda standing: (standing.place.document, standing.before))
        return cls([*named, *placed], gone, come, unchanged)

    @property
    def counts(self) -> Changes:
        """How many there are of each."""
        return Changes(len(self.come), len(self.changed), len(self.gone), self.unchanged)


def _standing(places: list[Place]) -> list[_Standing]:
    said_before = [b"", *(place.said for place in places)]
    return [_Standing(place, row, before) for row, (place, before) in enumerate(zip(places, said_before, strict=False))]


def _unmatched(old: list[_Standing], new: list[_Standing]) -> tuple[list[_Standing], list[_Standing]]:
    """Those of each side whose words find no partner in the same document on the other, one partner each."""
    partners = Counter(_said(one.place) for one in old) & Counter(_said(one.place) for one in new)
    return _beyond(old, Counter(partners)), _beyond(new, Counter(partners))


def _beyond(standing: list[_Standing], partners: Counter[Hashable]) -> list[_Standing]:
    left = []
    for one in standing:
        if partners[_said(one.place)] > 0:
            partners[_said(one.place)] -= 1
        else:
            left.append(one)
    return left


def _paired(
    old: list[_Standing], new: list[_Standing], key: Callable[[_Standing], Hashable]
) -> tuple[list[tuple[_Standing, _Standing]], list[_Standing], list[_Standing]]:
    """Partners with the same key, the first with the first, and those of each side that find none."""
    waiting: dict[Hashable, list[_Standing]] = {}
    for one in reversed(old):
        waiting.setdefault(key(one), []).append(one)
    pairs: list[tuple[_Standing, _Standing]] = []
    come = []
    for one in new:
        if partners := waiting.get(key(one)):
            pairs.append((partners.pop(), one))
        else:
            come.append(one)
    gone = sorted((one for rest in waiting.values() for one in rest), key=lambda one: one.row)
    return pairs, gone, come
