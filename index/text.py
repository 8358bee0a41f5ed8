"""Text as searching sees it: one width, one script, one case; its terms; its sentences.

Knows nothing of files or of searching.

Everything that changes characters keeps a map back, so that what is found in folded text is quoted from the original.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

from index.paragraph import Span

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_RUNS = re.compile(rf"[{HAN}]+|[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*", re.IGNORECASE)
_HAN = re.compile(rf"[{HAN}]")
_ENDS = re.compile(r"(?:[。!?\uff01\uff1f…]+|(?<![.\d])\.(?=\s+[A-Z“\"]|\s*$))[”’\"'』」)）》]*|\n+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``offsets[i]`` is where its character i stood, the last one the length before."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """Where the folded characters ``start`` to ``end`` stand in the original."""
        return Span(self.offsets[start], self.offsets[end])


@lru_cache(maxsize=8192)
def fold(text: str) -> Folded:
    """One width, one script, lower case: ``"１７萬ＧＤＰ"`` becomes ``"17万gdp"``, every character mapped back."""
    characters: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(text):
        for piece in _fold_character(character):
            characters.append(piece)
            offsets.append(position)
    folded = "".join(characters)
    simplified = _simplify(folded)
    return Folded(simplified, (*offsets, len(text)))


def simplify(text: str) -> str:
    """One width and one script, case kept: what an embedding model gets."""
    return _simplify(unicodedata.normalize("NFKC", text))


def traditional(text: str) -> str:
    """Simplified to traditional script, for words that are shown in a traditional text."""
    return str(_to_traditional().convert(text))


def terms(folded: str) -> list[str]:
    """The lexical terms of a folded text, Han as characters and bigrams: ``"经济gdp"`` gives 经, 济, 经济, gdp."""
    found: list[str] = []
    for run in _RUNS.findall(folded):
        if _HAN.match(run):
            found.extend(run)
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return found


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a paragraph without the blanks around them: ``"甲。“乙!”丙"`` gives 甲。, “乙!” and 丙."""
    spans: list[Span] = []
    start = 0
    for end in (*(match.end() for match in _ENDS.finditer(text)), len(text)):
        piece = text[start:end]
        trimmed = piece.strip()
        if trimmed:
            low = start + len(piece) - len(piece.lstrip())
            spans.append(Span(low, low + len(trimmed)))
        start = end
    return tuple(spans)


@cache
def _fold_character(character: str) -> str:
    return unicodedata.normalize("NFKC", character).lower()


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def _simplify(text: str) -> str:
    """Traditional to simplified by phrases, or by characters where the phrases would change the length."""
    if not _HAN.search(text):
        return text
    simplified = _converter().convert(text)
    return simplified if len(simplified) == len(text) else "".join(map(_simplify_character, text))


@cache
def _simplify_character(character: str) -> str:
    simplified = _converter().convert(character)
    return simplified if len(simplified) == 1 else character
