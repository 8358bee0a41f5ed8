"""The quantities of a text as values that can be compared: 3.6亿元 is 360000000 元, 二〇三一年5月底 is 2031-05.

Knows nothing of questions or answers. Every quantity keeps where it stands, so that it can be quoted.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from math import isfinite

from index.text import fold
from rag.amounts import amount_range, amounts, shares
from rag.dates import date_range, dates, shortened, times
from rag.hedges import Bound
from rag.numerals import NUMERALS, number
from rag.ordinals import ordinals
from rag.quantity import Kind, Quantity
from rag.rates import rated
from rag.units import COUNTERS

__all__ = ["COUNTERS", "Bound", "Kind", "Quantity", "number", "quantities"]

_NUMERIC = re.compile(rf"[\d{NUMERALS}几数首%]|[a-z]{{3}}")
_ON = re.compile(r"\s*(?:至|到|[-—–―~]{1,2})\s*|\s+(?:to|and)\s+")
_BETWEEN = re.compile(r"\bbetween\s+$")
_LARGE = re.compile("[二两三四五六七八九十][百千万亿]*[万亿]")


@lru_cache(maxsize=8192)
def quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a text in reading order, none overlapping; offsets are those of the given text."""
    folded = fold(text)
    if not _NUMERIC.search(folded.text):
        return ()
    placed: list[Quantity] = []
    for joined in _joined(folded.text, _apart(folded.text)):
        found = rated(folded.text, joined)
        span = folded.original(found.start, found.end)
        start, end = span.start, max(span.end, folded.offsets[found.end - 1] + 1)  # ⑴ is three characters, folded
        if not placed or placed[-1].end <= start:
            placed.append(replace(found, text=text[start:end], start=start, end=end))
    return tuple(placed)


def _found(text: str) -> Iterator[Quantity]:
    """Candidates without their text, the most telling kinds first: what an earlier kind took, a later one leaves."""
    for finder in (dates, times, shares, ordinals, amounts):
        yield from finder(text)


def _apart(text: str) -> list[Quantity]:
    """The candidates that no earlier kind has taken, in reading order."""
    taken: list[Quantity] = []
    occupied = bytearray(len(text) + 1)
    for found in _found(text):
        if isfinite(found.most) and not any(occupied[found.start : found.end]):
            occupied[found.start : found.end] = b"\1" * (found.end - found.start)
            taken.append(found)
    taken.sort(key=lambda quantity: quantity.start)
    return [_unsigned(text, one, before) for one, before in zip(taken, (None, *taken), strict=False)]


def _unsigned(text: str, one: Quantity, before: Quantity | None) -> Quantity:
    """The quantity without the dash that stands right behind another one: a dash, no minus, in 3年-5年."""
    if before is None or before.end != one.start or text[one.start] not in "-−":
        return one
    return replace(one, value=-one.value, start=one.start + 1)


def _joined(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """The quantities with each two that a dash or 至 joins made one range."""
    position = 0
    while position < len(found):
        first = found[position]
        ranged = _range(text, first, found[position + 1]) if position + 1 < len(found) else None
        position += 2 if ranged else 1
        one = ranged or first
        if one.kind != "number" or _bears_no_unit(text[one.start : one.end]):
            yield one


def _range(text: str, first: Quantity, last: Quantity) -> Quantity | None:
    on = _ON.fullmatch(text, first.end, last.start)
    if on is None or first.upper is not None or last.upper is not None:
        return None
    if on[0].strip() == "and" and not _BETWEEN.search(text, 0, first.start):
        return None
    if last.kind == "date":
        start = shortened(first, last) if first.kind == "number" else first
        return date_range(start, last) if start is not None and start.kind == "date" else None
    return None if first.kind in ("date", "ordinal", "time") else amount_range(text, first, last)


def _bears_no_unit(said: str) -> bool:
    """Whether a number without a unit is one: digits are, of Chinese numerals only large ones."""
    return any("0" <= character <= "9" or character.isascii() for character in said) or bool(
        said[-1] == "级" or _LARGE.search(said)
    )
