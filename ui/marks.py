"""Marks the quoted words in a text that is escaped meanwhile. Pure; knows nothing of articles or pages.

Nothing is searched for: a quote is marked at the characters its citation carries, so repeated words cannot mislead it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ui.escaping import escape


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a text that the citation called ``key`` quotes."""

    start: int
    end: int
    key: str


def marked(text: str, marks: Sequence[Mark], *, focus: str = "", lead: int = 0) -> str:
    """The escaped text with the marks, that of ``focus`` set off, and its first ``lead`` characters as a heading.

    Marks may touch, overlap each other or the lead: the text is cut at every boundary, and each piece names all the
    citations that quote it, so that the browser can set off another one by itself.
    ``marked("abc", [Mark(1, 3, "1-1")]) -> 'a<mark class="wj-other" data-k="1-1">bc</mark>'``
    """
    cuts = sorted({0, len(text), lead, *(min(max(at, 0), len(text)) for one in marks for at in (one.start, one.end))})
    return "".join(_piece(text[low:high], _keys(marks, low, high), focus, high <= lead) for low, high in pairwise(cuts))


def _keys(marks: Sequence[Mark], low: int, high: int) -> list[str]:
    return list(dict.fromkeys(one.key for one in marks if one.start <= low and high <= one.end))


def _piece(text: str, keys: list[str], focus: str, leads: bool) -> str:
    piece = f"<b>{escape(text)}</b>" if leads else escape(text)
    if not keys:
        return piece
    state = 'class="wj-focus" tabindex="-1"' if focus in keys else 'class="wj-other"'
    return f'<mark {state} data-k="{escape(" ".join(keys))}">{piece}</mark>'
