"""Reads a misspelt word of an English question as the word that is one letter away: sensr as sensor.

Only a word that neither the lexicon nor the documents know is touched, and no name: names have capitals, or are pinyin.
Knows nothing of Chinese.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase

from index.lexicon import Lexicon
from index.vocabulary import Vocabulary
from rag.lattice import is_spoken

SHORTEST_WORD = 5  # of shorter ones too many are one letter apart
SHORTEST_CHANGED = 9  # with another letter, or one less, shorter words are often words of their own
MOST_INFORMATION = 13.0  # nats; what is rarer is hardly what was meant
_WORD = re.compile(r"(?<![\w'’.@/-])[A-Za-z]+(?![\w'’@/-]|\.\w)")
_SENTENCE_START = re.compile(r"(?:^|[.?!]\s+)\W*$")
# Endings that make another form of a word which the lexicon may have in one form only.
_ENDINGS = ("s", "es", "t", "st", "d", "ed", "ing", "ly", "er", "r", "al")


def spelt_in_english(question: str, lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    """The question with its misspelt English words put right; as it is, where there are none.

    :param vocabulary: the words of the documents that are asked.
    """
    return _WORD.sub(lambda match: _corrected(match, lexicon, vocabulary), question)


def _corrected(match: re.Match[str], lexicon: Lexicon, vocabulary: Vocabulary) -> str:
    typed = match[0]
    begins = bool(_SENTENCE_START.search(match.string[: match.start()]))
    plain = typed.islower() or (typed.istitle() and begins) or match.string.isupper()
    if len(typed) < SHORTEST_WORD or not plain or vocabulary.frequency(typed.lower()):
        return typed
    word = _nearest(typed.lower(), lexicon)
    return word.title() if typed.istitle() else word.upper() if typed.isupper() else word


@lru_cache(maxsize=4096)
def _nearest(typed: str, lexicon: Lexicon) -> str:
    """The most usual word one letter away; the word itself, where it is known, a form of a known one, or pinyin."""
    if lexicon.knows(typed) or any(typed.endswith(end) and lexicon.knows(typed[: -len(end)]) for end in _ENDINGS):
        return typed
    near = {word for word in _one_letter_away(typed) if word[0] == typed[0] and lexicon.knows(word)}
    usual = {word for word in near if lexicon.information(word) <= MOST_INFORMATION}
    if not usual or is_spoken(typed, frozenset(), lexicon):
        return typed
    return min(usual, key=lambda word: (lexicon.information(word), word))


def _one_letter_away(word: str) -> Iterator[str]:
    """One letter put in, one of a pair left out, two swapped; in long words one changed or left out."""
    long = len(word) >= SHORTEST_CHANGED
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in ascii_lowercase)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        if after and (long or before[-1:] == after[0]):
            yield before + after[1:]
        if after and long:
            yield from (before + letter + after[1:] for letter in ascii_lowercase)
