"""Checks that a sentence says its figures and dates as its source does, and of the same thing.

Of 年产值可达2亿元,税收约9万元 the sentence 产值9万元 is not borne, though both stand there.
"""

import re
from collections.abc import Iterator

from rag.citations import Defect
from rag.quantities import Kind, Quantity
from rag.reading import Part, Passage, Reading, plain_words

_PART_OF_PERIOD = re.compile(r"(?:底|初|末|[上中下]旬|[上下]半年)$")


def misquoted(said: str, claim: Reading, passage: Passage) -> Iterator[Defect]:
    """The figures of a sentence that its source does not state, or not of the same thing."""
    for quantity in claim.quantities:
        yield from _figure(said, quantity, claim, passage)


def _figure(said: str, quantity: Quantity, claim: Reading, passage: Passage) -> Iterator[Defect]:
    same = [other for other in passage.reading.quantities if _same(quantity, other, claim, passage.reading)]
    if not same:
        yield Defect("figure_missing", said, quantity.text)
        return
    more_often = sum(one.text == quantity.text for one in claim.quantities) > len(same)  # it took another's place
    if more_often or not any(_of_the_same(quantity, other, claim, passage) for other in same):
        yield Defect("figure_misplaced", said, quantity.text)


def _same(quantity: Quantity, other: Quantity, claim: Reading, source: Reading) -> bool:
    """Whether the source says this quantity, as exactly and with the same unit."""
    if not quantity.same(other) or (other.approximate and not quantity.approximate):
        return False
    if quantity.kind == "date":
        period = _PART_OF_PERIOD.search(quantity.text)
        return _no_finer(quantity, other) and (period is None or other.text.endswith(period[0]))
    if quantity.unit:
        return bool(other.unit)
    unit = claim.text[quantity.end : quantity.end + 1]
    return not unit.isalpha() or unit in plain_words().glue or source.text[other.end : other.end + 1] == unit


def _no_finer(date: Quantity, other: Quantity) -> bool:
    """Whether a date names no year, month or day that the other one leaves open."""
    parts = ((int(one.value) // 10000, int(one.value) // 100 % 100, int(one.value) % 100) for one in (date, other))
    return all(theirs or not ours for ours, theirs in zip(*parts, strict=True))


def _of_the_same(quantity: Quantity, other: Quantity, claim: Reading, passage: Passage) -> bool:
    """Whether the figure is said of the same thing in the source, in the same phase and at the same time."""
    if quantity.kind == "ordinal":
        return True
    clause, near = claim.clause(quantity), claim.around(quantity)
    said_of = claim.inside(Part("", max(near.start, clause.start), min(near.end, clause.end)))
    allowed = _said_of(other, clause, passage.reading)
    if not all(word.text in allowed or _above(word, claim, passage) for word in said_of):
        return False
    kinds: tuple[Kind, ...] = ("ordinal",) if quantity.kind == "date" else ("ordinal", "date")
    return all(_led_alike(kind, quantity, other, claim=claim, source=passage.reading) for kind in kinds)


def _above(word: Part, claim: Reading, passage: Passage) -> bool:
    """Whether the headings have a word; a single character only with its neighbour."""
    if len(word.text) > 1:
        return word.text in passage.above
    return any(
        len(pair) > 1 and pair in passage.above
        for pair in (claim.text[max(0, word.start - 1) : word.end], claim.text[word.start : word.end + 1])
    )


def _said_of(other: Quantity, clause: Part, source: Reading) -> str:
    """What a figure of the source is said of: its own clause, and those before all such figures.

    What stands further before it goes for it only where the claim's clause has every word in between:
    ``甲县1月3日开工,预计5月9日竣工`` says so of 甲县; ``甲县1月3日开工,乙县5月9日竣工`` says it of 乙县.
    """
    own = source.around(other)
    start = max(own.start, source.stretch(other).start)
    label = source.inside(Part("", start, other.start))
    if all(word.text in clause.text for word in label):
        return source.text[: source.first(other).start] + own.text
    return source.text[: source.stretch(source.first(other)).start] + source.text[start : own.end]


def _led_alike(kind: Kind, quantity: Quantity, other: Quantity, *, claim: Reading, source: Reading) -> bool:
    """Whether the last date, or the last phase, before the figure is the same here and there."""
    told, meant = _last(kind, quantity, claim), _last(kind, other, source)
    return told is None or meant is None or told.same(meant)


def _last(kind: Kind, quantity: Quantity, reading: Reading) -> Quantity | None:
    before = [one for one in reading.quantities if one.kind == kind and one.end <= quantity.start]
    return before[-1] if before else None
