"""What differs between the paragraphs of two snapshots, by content first: an insertion does not shift the rest.

Knows nothing of files or vectors.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

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
    gone, come = _unmatched(
        _standing(old), _standing(new), lambda standing: (standing.place.document, standing.place.said)
    )
    unchanged = len(new) - len(come)
    by_id = _unmatched(gone, come, lambda standing: standing.place.id)
    still_gone, still_come = _unmatched(*by_id, lambda standing: (standing.place.document, standing.before))
    changed = len(come) - len(still_come)
    return Changes(added=len(still_come), changed=changed, removed=len(still_gone), unchanged=unchanged)


def _place(paragraph: Paragraph) -> Place:
    text = f"{paragraph.context}\0{paragraph.text}"
    said = "\0".join((text, paragraph.byline, paragraph.note, paragraph.role))
    return Place(paragraph.id, paragraph.document, said=_digest(said), embedded=_digest(text))


def _digest(text: str) -> Digest:
    """Sixteen bytes that stand for a text."""
    return blake2b(text.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class _Standing:
    """A place and what the paragraph before it says."""

    place: Place
    before: Digest


def _standing(places: list[Place]) -> list[_Standing]:
    said_before = [b"", *(place.said for place in places)]
    return [_Standing(place, before) for place, before in zip(places, said_before, strict=False)]


def _unmatched(
    old: list[_Standing], new: list[_Standing], key: Callable[[_Standing], Hashable]
) -> tuple[list[_Standing], list[_Standing]]:
    """Those of each side that find no partner with the same key on the other, one partner each."""
    partners = Counter(map(key, old)) & Counter(map(key, new))
    return _beyond(old, key, Counter(partners)), _beyond(new, key, Counter(partners))


def _beyond(
    standing: list[_Standing], key: Callable[[_Standing], Hashable], partners: Counter[Hashable]
) -> list[_Standing]:
    left = []
    for one in standing:
        if partners[key(one)] > 0:
            partners[key(one)] -= 1
        else:
            left.append(one)
    return left
