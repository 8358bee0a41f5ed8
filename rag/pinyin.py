"""Reads a question typed in pinyin as the Chinese that is meant: chanyeyuan zongtouzi duoshao as 产业园总投资多少.

With or without spaces, with tones as digits, as marks or left out, and beside Chinese words and abbreviations. What is
likelier as English stays as it is. Knows nothing of searching.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.lexicon import Lexicon
from index.text import HAN
from index.vocabulary import Vocabulary
from rag.lattice import Row, is_spoken, likeliest
from rag.question import is_asking
from rag.sounds import toneless

# Nats by which the Chinese has to be likelier than the English, for each syllable.
MARGIN = 1.0
UNKNOWN_LETTER = 1.0  # nats
FEWEST_SYLLABLES = 2
MOST_LETTERS = 200  # of pinyin in a question; what is longer is some other text
_MARKED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
_LETTERS = f"a-z{_MARKED}"
_TYPED = re.compile(rf"[{_LETTERS}](?:[{_LETTERS}1-5'’\s]*[{_LETTERS}1-5])?(?![\d.])", re.IGNORECASE)
_HAN = re.compile(f"[{HAN}]")
_ABBREVIATION = re.compile("[A-Z]{2,5}")
_BREAK = re.compile("[1-5'’]+")


def from_pinyin(question: str, lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    """The question with its pinyin read; as it is, where there is none.

    :param vocabulary: the words of the documents that are asked.
    """
    return _from_pinyin(question, lexicon, vocabulary)


@lru_cache(maxsize=512)
def _from_pinyin(question: str, lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    reader = _Reader(lexicon, vocabulary, mixed=bool(_HAN.search(question)))
    runs = list(_TYPED.finditer(question))
    if not runs or sum(len(run[0]) for run in runs) > MOST_LETTERS:
        return question
    read = [reader.read(run[0]) for run in runs]
    if not reader.mixed and None in read:
        return question
    pieces, start = list[str](), 0
    for run, chinese in zip(runs, read, strict=True):
        before = question[start : run.start()]
        pieces += [before.strip() if chinese else before, chinese or run[0]]
        start = run.end()
    rest = question[start:]
    return "".join((*pieces, rest.lstrip() if read[-1] else rest))


class _Reader:
    """Reads the letters of one question."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary, *, mixed: bool) -> None:
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self.mixed = mixed

    def read(self, typed: str) -> str | None:
        """Letters as Chinese, with abbreviations as they are; nothing, where they are likelier English or nothing."""
        tokens = typed.split()
        pieces, start = list[str](), 0
        for place in [*(i for i, token in enumerate(tokens) if _ABBREVIATION.fullmatch(token)), len(tokens)]:
            if start < place:
                chinese = self._chinese(tokens[start:place])
                if chinese is None:
                    return None
                pieces.append(chinese)
            pieces += tokens[place : place + 1]
            start = place + 1
        return "".join(pieces) if any(map(_HAN.search, pieces)) else None

    def _chinese(self, tokens: Sequence[str]) -> str | None:
        letters, breaks = _letters(tokens)
        if self.vocabulary.frequency(letters) or not is_spoken(letters, breaks, self.lexicon):
            return None
        row = likeliest(letters, breaks, self.lexicon, self.vocabulary)
        if row is None or len(row.text) < FEWEST_SYLLABLES or not self._says_something(row):
            return None
        english = sum(map(self._english, tokens))
        return row.text if row.cost + MARGIN * len(row.text) < english else None

    def _english(self, token: str) -> float:
        """What a word tells if it is English; one that nobody knows, more with each letter."""
        word = toneless(token.lower())
        return self.lexicon.information(word) + (0.0 if self.lexicon.knows(word) else len(word) * UNKNOWN_LETTER)

    def _says_something(self, row: Row) -> bool:
        """Whether a word of the documents is there, or one that asks; beside Chinese, whether nothing else is."""
        asked = [is_asking(word) for word in row.words]
        said = [asks or bool(self.vocabulary.frequency(word)) for word, asks in zip(row.words, asked, strict=True)]
        telling = any(len(word) > 1 and stands for word, stands in zip(row.words, said, strict=True))
        return (telling or any(asked)) and (not self.mixed or all(said))


def _letters(tokens: Sequence[str]) -> tuple[str, frozenset[int]]:
    """The bare letters, and where a syllable has to end: after tokens, tones and apostrophes."""
    letters, breaks = "", set[int]()
    for token in tokens:
        for part in _BREAK.split(toneless(token.lower())):
            letters += part
            breaks.add(len(letters))
    return letters, frozenset(breaks)
