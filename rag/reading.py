"""A sentence as checking sees it: its clauses, its quantities, the words that state something. Knows nothing of rules.

Spaces beside Han characters are gone, so that ■ 记者 某某 and 记者某某 are one.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.lexicon import Lexicon, Word
from index.paragraph import Span
from index.text import HAN, fold
from rag.quantities import Quantity, quantities

_BESIDE_HAN = re.compile(rf"(?<=[{HAN}\W])\s+|\s+(?=[{HAN}\W])")
_CLAUSE_END = re.compile(r"[,;:、。!?()—]+")
_STRETCH_END = re.compile(r"[,;:。!?]+")
_LATIN = re.compile(r"[a-z][a-z0-9]*(?:[-.&'][a-z0-9]+)*")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class PlainWords:
    """The general words of ``plain_words.toml``."""

    glue: frozenset[str]
    alike: tuple[frozenset[str], ...]
    loose: str
    movable: frozenset[str]
    surnames: str
    named_before: tuple[str, ...]
    named_behind: tuple[str, ...]
    turning: str
    turning_titles: str
    orders: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Part:
    """Characters ``start`` to ``end`` of a reading."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence, read.

    ``clauses`` stand between commas and the like; a ``stretch`` may be a list of them with 、 between. ``stated`` are
    the words that state something, in order, none inside a quantity.
    """

    text: str
    clauses: tuple[Part, ...]
    stretches: tuple[Part, ...]
    quantities: tuple[Quantity, ...]
    stated: tuple[Part, ...] = ()

    def clause(self, quantity: Quantity) -> Part:
        """The clause that a quantity stands in."""
        return next(part for part in self.clauses if part.start <= quantity.start < part.end)

    def around(self, quantity: Quantity) -> Part:
        """What a figure is said of: its clause as far as the next figure of its kind, and what leads to it.

        ``产值可达2亿元,税收约9万元`` gives 产值可达2亿元 for the first figure and ,税收约9万元 for the second. A
        date leads what follows it, up to the clause of the next date.
        """
        like = [one for one in self.quantities if one is not quantity and alike(one, quantity)]
        left = max((one.end for one in like if one.end <= quantity.start), default=0)
        right = min((one.start for one in like if one.start >= quantity.end), default=len(self.text))
        if quantity.kind != "date":
            right = min(right, self.clause(quantity).end)
        elif right < len(self.text):  # the clause of the next date is that date's own
            begin = next(part.start for part in self.stretches if part.start <= right < part.end)
            right = begin if begin >= quantity.end else right
        return Part(self.text[left:right], left, right)

    def stretch(self, quantity: Quantity) -> Part:
        """The stretch that a quantity stands in."""
        return next(part for part in self.stretches if part.start <= quantity.start < part.end)

    def first(self, quantity: Quantity) -> Quantity:
        """The first figure of this one's kind."""
        return min((one for one in self.quantities if alike(one, quantity)), key=lambda one: one.start)

    def inside(self, part: Part) -> tuple[Part, ...]:
        """The stating words of a part."""
        return tuple(word for word in self.stated if part.start <= word.start < part.end)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as checking sees it: read, verbatim, and with what stands above it."""

    span: Span
    reading: Reading
    verbatim: str
    above: str

    def has(self, word: str, before: str = "") -> bool:
        """Whether a word stands here as itself, or above: 总经理 is not in 副总经理, unless ``before`` turns it too."""
        return any(_stands(word, before, text) for text in (self.reading.text, self.above))

    def means(self, word: str, before: str = "") -> bool:
        """Whether the word stands here, or one that may stand for it."""
        alike = next((words for words in plain_words().alike if word in words), (word,))
        return any(self.has(one, before) for one in alike)


def alike(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities could be taken for one another."""
    return one.kind == other.kind and (one.unit == other.unit or not one.unit or not other.unit)


def tight(text: str) -> str:
    """One width, one script, lower case, no space beside a Han character."""
    return _BESIDE_HAN.sub("", fold(text).text)


def read(text: str, lexicon: Lexicon | None = None) -> Reading:
    """A sentence; with its stating words, if there is a lexicon to tell words apart."""
    told = tight(text)
    found = quantities(told)
    words = _stated(told, found, lexicon.words) if lexicon is not None else ()
    return Reading(told, _cut(told, found, _CLAUSE_END), _cut(told, found, _STRETCH_END), found, words)


@cache
def plain_words() -> PlainWords:
    """Read once."""
    told = tomllib.loads((Path(__file__).parent / "plain_words.toml").read_text(encoding="utf-8"))
    return PlainWords(
        frozenset(told["glue"].split()),
        tuple(frozenset(words.split()) for words in told["alike"]),
        told["loose"],
        frozenset(told["movable"].split()),
        told["surnames"],
        tuple(told["named_before"].split()),
        tuple(told["named_behind"].split()),
        told["turning"],
        told["turning_titles"],
        re.compile("|".join(f"(?:{pattern})" for pattern in told["orders"])),
    )


def _cut(text: str, found: tuple[Quantity, ...], ends: re.Pattern[str]) -> tuple[Part, ...]:
    """What stands between commas and the like: ``1,280米,3米`` has two parts."""
    parts: list[Part] = []
    start = 0
    for cut in ends.finditer(text):
        if not any(one.start <= cut.start() < one.end for one in found):
            parts.append(Part(text[start : cut.end()], start, cut.end()))
            start = cut.end()
    return (*parts, Part(text[start:], start, len(text))) if start < len(text) else tuple(parts)


def _stated(text: str, found: tuple[Quantity, ...], words: Callable[[str], tuple[Word, ...]]) -> tuple[Part, ...]:
    """Han words of the lexicon and whole Latin words, without glue and without what quantities hold."""
    glue = plain_words().glue
    bare = (_without_glue(Part(word.text, word.start, word.end)) for word in words(text) if _HAN.search(word.text))
    han = [part for part in bare if part.text not in glue]
    latin = [Part(match[0], match.start(), match.end()) for match in _LATIN.finditer(text)]
    outside = (
        part for part in (*han, *latin) if not any(one.start < part.end and part.start < one.end for one in found)
    )
    return tuple(sorted(outside, key=lambda part: part.start))


def _without_glue(word: Part) -> Part:
    """要加强 without the 要 that the lexicon joins to some verbs."""
    return Part(word.text[1:], word.start + 1, word.end) if len(word.text) > 2 and word.text[0] == "要" else word


def _stands(word: str, before: str, text: str) -> bool:
    start = text.find(word)
    plain = plain_words()
    turning = plain.turning + (plain.turning_titles if word in plain.named_behind else "")
    while start >= 0:
        preceding = text[start - 1 : start] if start else ""
        whole = not word.isascii() or not (
            _is_latin(preceding) or _is_latin(text[start + len(word) : start + len(word) + 1])
        )
        if whole and (not preceding or preceding not in turning or preceding == before):
            return True
        start = text.find(word, start + 1)
    return False


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
