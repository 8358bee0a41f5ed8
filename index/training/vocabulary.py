"""Finds the words of both languages and how rare each is. Knows nothing of vectors.

Words are found without a segmenter: the dictionary's words are counted in the data by a tokenizer that takes the
likeliest cut, and its scores are made of those counts; a second pass adds new words (see ``new_words``), a third counts
again. Text is then cut longest word first, which is simpler and faster and differs little once the words are gone that
it takes where the likeliest cut has others: 和国 in 共和国 is no harm, 中的 in 其中的 is.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from index.training.english import said_forms
from index.training.new_words import new_words
from index.training.sources import Sources
from index.training.tokenizing import HAN, UNKNOWN, batches, scored_tokenizer
from index.words import LongestFirst

LONGEST_WORD = 8
FIRST_SCORE = -10.0  # every word costs the same in the first pass: the fewest words win
CHARACTER_SCORE = -8.0  # two characters cost more than one word, one character less than a wrong cut
ZIPF_COUNT = 100_000  # the count that Zipf's law gives the first of the listed words
COMMON_WORD = re.compile(r"(?<![A-Za-z])[a-z]+(?![A-Za-z])")  # a word that is only ever capitalised is a name
INFLECTED = 8  # an English word must be counted this often to get its forms …
INFLECTED_SCORE = -2.0  # … and each is e^2 times as rare
RARE_SCORE = -15.0  # what the table does not know is rarer than nearly everything it knows
ALL_HAN = tuple(map(chr, (0x3007, *range(0x4E00, 0xA000))))
MISLEADING = 0.5  # a word goes if the likeliest cut has it in less than this share of the places


@dataclass(frozen=True, slots=True)
class VocabularySizes:
    """How many words of each kind the table has room for."""

    chinese: int = 28_500
    characters: int = 5_500
    english: int = 27_000
    numbers: int = 1_000
    sample: int = 17_000_000
    """Characters of text that are counted."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words in the order of their numbers (``[UNK]`` first) with their log-probabilities.

    From number ``known`` on they are characters too rare to have a vector, there so that every run of text can be cut.
    """

    words: tuple[str, ...]
    scores: tuple[float, ...]
    known: int


def build_vocabulary(sources: Sources, sizes: VocabularySizes, *, known_english: Sequence[str] = ()) -> Vocabulary:
    """The words of both languages.

    :param known_english: more English words, most frequent first, for which there are vectors but perhaps no text.
    """
    chinese = _chinese(sources, sizes)
    english = {word: score for word, score in _english(sources, sizes, known_english).items() if word not in chinese}
    known = {UNKNOWN: RARE_SCORE, **chinese, **english}
    words = {**known, **{character: RARE_SCORE for character in ALL_HAN if character not in known}}
    return Vocabulary(tuple(words), tuple(words.values()), len(known))


def _chinese(sources: Sources, sizes: VocabularySizes) -> dict[str, float]:
    texts = list(_sample(sources.chinese_texts(), sizes.sample))
    scores = _likely_words(texts, sources, sizes)
    likely, longest = _count(texts, scores), _count_longest(texts, scores)
    kept = [word for word in scores if len(word) < 2 or likely[word] >= MISLEADING * longest[word]]
    return _log_probabilities(_count_longest(texts, kept), kept)


def _likely_words(texts: Sequence[str], sources: Sources, sizes: VocabularySizes) -> dict[str, float]:
    """The characters, numbers and words that the likeliest cuts of the texts have, with their log-probabilities."""
    characters = Counter(character for text in texts for character in text)
    singles = [c for c, _ in characters.most_common() if HAN.fullmatch(c)][: sizes.characters]
    numbers = _numbers(texts, sizes.numbers)
    words = {e.word for e in sources.dictionary() if HAN.fullmatch(e.word) and 1 < len(e.word) <= LONGEST_WORD}
    scores = {
        **dict.fromkeys(singles, CHARACTER_SCORE),
        **dict.fromkeys(numbers, FIRST_SCORE),
        **dict.fromkeys(sorted(words), FIRST_SCORE),
    }
    scores = _log_probabilities(_count(texts, scores), [*scores])
    counts = _count(texts, {**scores, **new_words(texts, scores)})
    kept = [word for word, _ in counts.most_common() if len(word) > 1 and HAN.fullmatch(word)][: sizes.chinese]
    scores = _log_probabilities(counts, [*singles, *numbers, *kept])
    return _log_probabilities(_count(texts, scores), [*scores])


def _english(sources: Sources, sizes: VocabularySizes, known: Sequence[str]) -> dict[str, float]:
    """Words of the glosses and of the English sentences and of a list ordered by frequency; then their forms."""
    counts: Counter[str] = Counter()
    verbs: set[str] = set()
    for entry in sources.dictionary():
        counts.update(COMMON_WORD.findall(" ".join(entry.glosses)))
        verbs.update(gloss[3:].split()[0] for gloss in entry.glosses if gloss.startswith("to ") and len(gloss) > 3)
    for english, _chinese in sources.rows("tatoeba_en_zh"):
        counts.update(COMMON_WORD.findall(english))
    for rank, word in enumerate(known, start=10):
        counts[word] += max(1, ZIPF_COUNT // rank)
    listed = [word for word, _ in counts.most_common(sizes.english)]
    letters = [letter for letter in ascii_lowercase if letter not in listed]
    scores = _log_probabilities(counts, [*listed, *letters])
    for word in listed:
        if counts[word] >= INFLECTED and len(word) > 3 and not word.endswith(("s", "ed", "ing", "ly")):
            for form in said_forms(word, verb=word in verbs):
                scores.setdefault(form, scores[word] + INFLECTED_SCORE)
    return scores


def _sample(texts: Iterable[str], characters: int) -> Iterator[str]:
    """Every official text whole, then the beginning of each other one, up to so many characters."""
    total = 0
    for number, text in enumerate(texts):
        piece = text if number < 120 else text[:120]
        total += len(piece)
        if total > characters:
            return
        yield piece


def _count(texts: Sequence[str], scores: Mapping[str, float]) -> Counter[str]:
    tokenizer = scored_tokenizer(scores)
    counts: Counter[int] = Counter()
    for batch in batches(texts):
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            counts.update(encoding.ids)
    words = [UNKNOWN, *scores]
    return Counter({words[i]: count for i, count in counts.most_common() if i})


def _count_longest(texts: Sequence[str], words: Iterable[str]) -> Counter[str]:
    splitter = LongestFirst([UNKNOWN, *words])
    names = [*splitter.ids]
    return Counter({names[i]: count for i, count in Counter(splitter.cut(texts).ids).most_common() if i})


def _log_probabilities(counts: Mapping[str, int], words: Sequence[str]) -> dict[str, float]:
    """Add-half smoothing, so that a word that was never counted still has a price."""
    total = sum(counts.values()) + 0.5 * len(words)
    return {word: math.log((counts.get(word, 0) + 0.5) / total) for word in words}


def _numbers(texts: Sequence[str], size: int) -> list[str]:
    """All numbers of one and two digits, and the most frequent longer ones (years, mostly)."""
    digits = [str(i) for i in range(10)] + [f"{i:02d}" for i in range(100)]
    frequent = Counter(number for text in texts for number in re.findall(r"[0-9]{3,6}", text))
    longer = [number for number, _ in frequent.most_common(size)]
    return ["%", "‰", *dict.fromkeys([*digits, *longer])][:size]
