"""Reads a mistyped word of a Chinese question as the word that stands in the documents: 产业圆 as 产业园.

The documents are the authority: what stands in them is never touched, and neither is a word that the lexicon knows, nor
a name, a place or a numeral, which would make another question of it. Knows nothing of searching.

A slip is told as a noisy channel does: the characters as typed say much more (in nats) than the word that they are
taken for, by a margin that grows with how far they sound apart.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from index.lexicon import Lexicon, Word
from index.text import HAN, fold, traditional
from index.vocabulary import Vocabulary
from rag.expressions import SURNAMES
from rag.parts import is_place
from rag.quantities import quantities
from rag.question import NUMERALS, asking_words, is_asking, is_empty
from rag.sounds import Distance, sounds

LONGEST_WORD = 5
# Nats that a slip costs, by how far the characters sound apart; another character altogether counts in long words only.
COST = (3.5, 4.5, 6.0, 8.0)
LONG = 4
# What a reading has to gain.
LEAST = 3.0
PASSES = 2
SURE = 9.0
# What a character tells at least that may be a slip though it says nothing of what is asked about.
WEAK = 7.0
# Beside a word that the documents have it beside, a word is the likelier one.
SUPPORT = 2.0
# Characters that make the opposite, or another place, of a word: nobody's slip is told from a question about that.
_PLACES = frozenset("省市区县州镇乡村路")
_TELLING = frozenset("不没未无非否上下前后左右东南西北中内外大小新旧男女老少多早晚高低甲乙丙丁") | _PLACES | NUMERALS
# Characters of a name before the word that tells what it is the name of.
NAME = 2
LONGEST_NAME = 4
_QUOTED = re.compile(r"[“\"「『‘《][^”\"」』’》]*[”\"」』’》]")
_RUN = re.compile(f"[{HAN}]+")


@dataclass(frozen=True, slots=True)
class Slip:
    """The folded characters from ``start``, read as ``word``; ``gain`` is by how many nats that is likelier."""

    start: int
    word: str
    gain: float

    @property
    def end(self) -> int:
        """Where the mistyped characters end."""
        return self.start + len(self.word)


def spelt(question: str, lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    """The question with its slips put right; as it is, where there are none.

    :param vocabulary: the words of the documents that are asked.
    """
    return _spelt(question, lexicon, vocabulary)


@lru_cache(maxsize=512)
def _spelt(question: str, lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    folded = fold(question)
    text = folded.text
    for _ in range(PASSES):  # a slip beside another is told only when that one is put right
        for slip in _Reader(text, lexicon, vocabulary).slips():
            text = text[: slip.start] + slip.word + text[slip.end :]
    shown = _is_traditional(question)
    pieces, start = list[str](), 0
    for place, (typed, read) in enumerate(zip(folded.text, text, strict=True)):
        if typed != read:
            span = folded.original(place, place + 1)
            pieces += [question[start : span.start], traditional(read) if shown else read]
            start = span.end
    return "".join((*pieces, question[start:]))


def _is_traditional(text: str) -> bool:
    """Whether a text has characters that only traditional script has."""
    return any(one != fold(one).text and _RUN.match(one) for one in text)


class _Sides(NamedTuple):
    """Whether a word stands in the documents beside the character before it here, and the one after it."""

    before: bool | None
    after: bool | None


class _Reader:
    """Looks for the slips of one folded question."""

    def __init__(self, text: str, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.text = text
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self.words: dict[int, Word] = {place: word for word in lexicon.words(text) for place in _places(word)}
        self.kept = _kept(text)
        self.asking = frozenset(place for start, end in asking_words(text) for place in range(start, end))

    def slips(self) -> tuple[Slip, ...]:
        """Those that do not overlap, the likeliest taken first; in reading order."""
        chosen: list[Slip] = []
        for slip in sorted(self._all(), key=lambda slip: -slip.gain):
            if all(slip.end <= other.start or other.end <= slip.start for other in chosen):
                chosen.append(slip)
        return tuple(sorted(chosen, key=lambda slip: slip.start))

    def _all(self) -> Iterator[Slip]:
        for run in _RUN.finditer(self.text):
            for start in range(run.start(), run.end() - 1):
                for end in range(start + 2, min(start + LONGEST_WORD, run.end()) + 1):
                    if self._is_odd(start, end):
                        yield from self._read(start, end)

    def _is_odd(self, start: int, end: int) -> bool:
        """Whether these characters are no word together, stand in no document, and one is of no word."""
        typed = self.text[start:end]
        if self.words[end - 1].end != end:
            return False
        if self.lexicon.knows(typed) or not self.kept.isdisjoint(range(start, end)) or self.vocabulary.frequency(typed):
            return False
        return end - start >= LONG or any(self._is_free(place) for place in range(start, end))

    def _is_free(self, place: int) -> bool:
        """Whether a character belongs to no word and says something."""
        return self._says(place) and len(self.words[place].text) == 1

    def _is_weak(self, place: int) -> bool:
        """Whether a character that says nothing may be a slip all the same: 里 for 理, not 的."""
        word = self.words[place]
        return len(word.text) == 1 and word.weight >= WEAK and place not in self.kept and place not in self.asking

    def _read(self, start: int, end: int) -> Iterator[Slip]:
        typed = self.text[start:end]
        said = self._said(start, end)
        named = self._is_name(start, end)
        for word, distance in _candidates(typed, self._open(start, end), self.lexicon):
            if self._may_be(typed, word):
                sides = self._support(word, start, end)
                gain = said - self.lexicon.information(word) - COST[distance] + SUPPORT * (True in sides)
                slip = Slip(start, word, gain)
                if gain >= LEAST and not named and self._is_sure(slip, distance, sides):
                    yield slip

    def _is_sure(self, slip: Slip, distance: Distance, sides: "_Sides") -> bool:
        """Whether nothing speaks against a reading: short words and other sounds want the documents' word for it."""
        typed = self.text[slip.start : slip.end]
        if self.words[slip.start].start != slip.start:  # 年产 is cut in two only for a word that follows 年
            return bool(sides.before) and not distance
        if distance == 3:
            last, first = typed[-1] != slip.word[-1], typed[0] != slip.word[0]
            return bool(sides.after if last else sides.before if first else True in sides)
        if len(typed) >= LONG:
            return True
        longer = (self._is_free(slip.start - 1) and not sides.before) or (self._is_free(slip.end) and not sides.after)
        if longer and (slip.gain < SURE or True not in sides):
            return False  # a longer name, of which some characters sound like a word
        if len(typed) > 2:
            return True
        return distance < 2 and (True in sides or sides == _Sides(None, None))

    def _open(self, start: int, end: int) -> tuple[int, ...]:
        """Which of the characters may be wrong: those of no word; in a long one all, if the words end where it does."""
        free = tuple(place - start for place in range(start, end) if self._is_free(place) or self._is_weak(place))
        whole = self.words[start].start == start and self.words[end - 1].end == end
        return tuple(range(end - start)) if end - start >= LONG and whole else free

    def _may_be(self, typed: str, word: str) -> bool:
        """Whether the word stands in the documents, or asks; and no telling character makes another thing of it."""
        changed = {
            character for one, other in zip(typed, word, strict=True) if one != other for character in (one, other)
        }
        if not _TELLING.isdisjoint(changed) or is_place(word):
            return False
        return is_asking(word) or self.vocabulary.frequency(word) > 0

    def _said(self, start: int, end: int) -> float:
        """How much the characters tell as typed; of a word that goes on beyond them, their share."""
        found = {self.words[place].start: self.words[place] for place in range(start, end)}
        shares = ((min(end, word.end) - max(start, word.start)) / (word.end - word.start) for word in found.values())
        return sum(word.weight * share for word, share in zip(found.values(), shares, strict=True))

    def _support(self, word: str, start: int, end: int) -> "_Sides":
        """Whether the documents have the word beside what stands beside it here; None where nothing telling does."""
        before = self._says(start - 1) and self.vocabulary.frequency(self.text[start - 1] + word[0]) > 0
        after = self._says(end) and self.vocabulary.frequency(word[-1] + self.text[end]) > 0
        return _Sides(before if self._says(start - 1) else None, after if self._says(end) else None)

    def _says(self, place: int) -> bool:
        """Whether a character there says something of what is asked about."""
        word = self.words.get(place)
        return word is not None and not (is_empty(word.text) or place in self.kept or place in self.asking)

    def _is_name(self, start: int, end: int) -> bool:
        """Whether they may be a name: a surname, and one or two characters of no word, or two such of a place."""
        first, last = start, end
        while self._is_free(first - 1):
            first -= 1
        while self._is_free(last):
            last += 1
        unknown = all(map(self._is_free, range(start, min(end, start + NAME))))
        named = any(self.text[place] in SURNAMES for place in (first, start)) and last - first <= LONGEST_NAME
        return unknown and (self.text[end - 1] in _PLACES or (end - start < LONG and named))


def _candidates(typed: str, open: Sequence[int], lexicon: Lexicon) -> Iterator[tuple[str, Distance]]:
    """Words of the lexicon that are like the typed characters but for one of them or, of three and more, two."""
    heard, alike = sounds(), _with_holes(lexicon, len(typed))
    for count in _holes(len(typed)):
        for places in combinations(open, count):
            for word in alike.get(_holed(typed, places), ()):
                distance = max(heard.distance(typed[place], word[place]) for place in places)
                if distance < 3 or (len(typed) >= LONG and count == 1):
                    yield word, distance


@lru_cache(maxsize=2 * LONGEST_WORD)
def _with_holes(lexicon: Lexicon, length: int) -> dict[str, list[str]]:
    """The words of each pattern: 产业_ and 产__ have 产业园. Made once, when the first question needs it."""
    holes = [places for count in _holes(length) for places in combinations(range(length), count)]
    found: dict[str, list[str]] = {}
    for word in lexicon.known():
        if len(word) == length and not word.isascii():
            for places in holes:
                found.setdefault(_holed(word, places), []).append(word)
    return found


def _holes(length: int) -> tuple[int, ...]:
    """How many characters may be wrong."""
    return (1, 2) if length > 2 else (1,)


def _holed(word: str, places: Sequence[int]) -> str:
    for place in places:
        word = f"{word[:place]}_{word[place + 1 :]}"
    return word


def _places(word: Word) -> range:
    return range(word.start, word.end)


def _kept(text: str) -> frozenset[int]:
    """The places that are taken as typed: figures and what stands in quotation marks."""
    spans = [(quantity.start, quantity.end) for quantity in quantities(text)]
    spans += [match.span() for match in _QUOTED.finditer(text)]
    return frozenset(place for start, end in spans for place in range(start, end))
