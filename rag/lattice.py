"""The likeliest Chinese for some syllables: words of the lexicon and of the documents, weighed as input methods do.

``chan ye yuan`` is 产业园 rather than 铲 + 也 + 元: one word costs less than three, and it stands in the documents.
Names, which are in no lexicon, are found as characters that the documents have side by side. Knows nothing of answers.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from math import log

from index.lexicon import Lexicon
from index.vocabulary import Vocabulary
from rag.question import NUMERALS, asking_characters, is_asking, is_empty
from rag.sounds import sounds
from rag.units import is_unit

LONGEST_WORD = 6
LONGEST_SYLLABLE = 6  # zhuang
# Readings of a word that are looked up: of 重行 four.
READINGS = 8
# Characters of a syllable and rows of words that are followed further, the likeliest first.
CHARACTERS = 16
ROWS = 12
# Nats that a word costs which stands in no document, and what two words gain that stand there side by side.
ABSENT = 4.0
BESIDE = 1.5
# What 几 gains after 第, and a unit after 多少 or a numeral.
ASKED = 4.0
# What a character costs that always follows the one before: it is part of a name, or no word at all.
NAMED = -2.0
REMEMBERED = 16384  # words of one vocabulary
_FIRST, _LAST = "一", "鿿"


@dataclass(frozen=True, slots=True)
class Row:
    """Words in order, and what they cost together in nats."""

    words: tuple[str, ...] = ()
    cost: float = 0.0

    @property
    def text(self) -> str:
        """The words as one text."""
        return "".join(self.words)


@dataclass(frozen=True, slots=True)
class Sounding:
    """The words of a lexicon by their syllables (``chan ye yuan``), the beginnings of these, and the characters."""

    words: dict[str, list[str]]
    beginnings: frozenset[str]
    characters: dict[str, list[str]]

    def syllables(self, letters: str, start: int, breaks: frozenset[int]) -> Iterator[str]:
        """The syllables that begin at a place and go on over none of the breaks."""
        for end in range(start + 1, min(start + LONGEST_SYLLABLE, len(letters)) + 1):
            if letters[start:end] in self.characters:
                yield letters[start:end]
            if end in breaks:
                return


@lru_cache(maxsize=2)
def sounding(lexicon: Lexicon) -> Sounding:
    """Made once, when the first question needs it."""
    heard = sounds()
    words, characters = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for word in lexicon.known():
        if len(word) == 1 and _FIRST <= word <= _LAST:
            for syllable in heard.plain(word):
                characters[syllable].append(word)
        elif 1 < len(word) <= LONGEST_WORD and not word.isascii():
            for reading in islice(product(*map(heard.plain, word)), READINGS):
                words[" ".join(reading)].append(word)
    parts = (key.split(" ") for key in words)
    beginnings = frozenset(" ".join(part[:end]) for part in parts for end in range(1, len(part)))
    return Sounding(words, beginnings, characters)


def is_spoken(letters: str, breaks: frozenset[int], lexicon: Lexicon) -> bool:
    """Whether letters can be cut into syllables, with cuts at least at the breaks."""
    found = sounding(lexicon)
    reached = {0}
    for start in range(len(letters)):
        if start in reached:
            reached.update(start + len(syllable) for syllable in found.syllables(letters, start, breaks))
    return len(letters) in reached


def likeliest(letters: str, breaks: frozenset[int], lexicon: Lexicon, vocabulary: Vocabulary) -> Row | None:
    """The likeliest words for letters; nothing, where they cannot be cut into syllables.

    :param breaks: places where a syllable has to end.
    """
    rows: list[dict[str, Row]] = [{} for _ in range(len(letters) + 1)]
    rows[0][""] = Row()
    costs = _costs(lexicon, vocabulary)
    for start in range(len(letters)):
        if rows[start]:
            best = sorted(rows[start].items(), key=lambda item: item[1].cost)[:ROWS]
            for word, end in _words_at(letters, start, breaks, costs):
                cost = costs.word(word)
                for last, row in best:
                    total = row.cost + cost - (costs.joint(row.words[-1], word) if last else 0.0)
                    known = rows[end].get(word[-1])
                    if known is None or total < known.cost:
                        rows[end][word[-1]] = Row((*row.words, word), total)
    return min(rows[-1].values(), key=lambda row: row.cost, default=None)


@lru_cache(maxsize=2)
def _costs(lexicon: Lexicon, vocabulary: Vocabulary) -> "_Costs":
    """Remembered while one index is open: the same characters come again and again."""
    return _Costs(lexicon, vocabulary)


class _Costs:
    """What words cost over the documents of one vocabulary."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.sounding = sounding(lexicon)
        self.vocabulary = vocabulary
        self.lexicon = lexicon
        self.leading = asking_characters() | NUMERALS
        self.word = lru_cache(maxsize=REMEMBERED)(self._word)
        self.characters = lru_cache(maxsize=REMEMBERED)(self._characters)

    def _characters(self, syllable: str) -> Sequence[str]:
        """The likeliest characters of a syllable."""
        return sorted(self.sounding.characters[syllable], key=self.word)[:CHARACTERS]

    def joint(self, before: str, word: str) -> float:
        """What two words gain by standing side by side in the documents; characters, by how surely one follows."""
        if len(word) == 1 and before[-1] in self.leading and _asks_or_counts(before, word):
            return ASKED
        together = self.vocabulary.frequency(before[-1] + word[0])
        if not together:
            return 0.0
        if len(before) > 1 or len(word) > 1:
            return BESIDE
        surely = NAMED - log(self.vocabulary.frequency(before) / together)
        return max(BESIDE, self.word(word) + surely)

    def _word(self, word: str) -> float:
        usual = self.vocabulary.frequency(word) or is_empty(word) or is_asking(word) or is_unit(word)
        absent = 0.0 if usual else ABSENT
        return self.lexicon.information(word) + absent


@lru_cache(maxsize=REMEMBERED)
def _asks_or_counts(before: str, word: str) -> bool:
    """Whether two words ask together, or a unit follows what asks how many, or a numeral."""
    if len(before) == 1 and is_asking(before + word):
        return True
    return is_unit(word) and (before in ("几", "多少") or before in NUMERALS)


def _words_at(letters: str, start: int, breaks: frozenset[int], costs: _Costs) -> Iterator[tuple[str, int]]:
    """The words that begin at a place, with where they end."""
    for syllable in costs.sounding.syllables(letters, start, breaks):
        yield from ((character, start + len(syllable)) for character in costs.characters(syllable))
    begun = [(syllable, start + len(syllable)) for syllable in costs.sounding.syllables(letters, start, breaks)]
    while begun:
        key, place = begun.pop()
        if key not in costs.sounding.beginnings:
            continue
        for syllable in costs.sounding.syllables(letters, place, breaks):
            longer, end = f"{key} {syllable}", place + len(syllable)
            yield from ((word, end) for word in costs.sounding.words.get(longer, ()))
            begun.append((longer, end))
