"""How text is split, whatever the words are: what counting and training share. Knows no word."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.words import RUNS

UNKNOWN = "[UNK]"
UNKNOWN_SCORE = -30.0
LONGEST_RUN = 1_000_000  # characters; above it the library would call the whole run unknown
HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"[a-z]+")


def scored_tokenizer(scores: Mapping[str, float]) -> Tokenizer:
    """The likeliest cut by log-probability (Viterbi), by which words are found; word 0 is the unknown one."""
    scored = [(UNKNOWN, UNKNOWN_SCORE), *scores.items()]
    return _of_runs(Tokenizer(models.Unigram(scored, unk_id=0, byte_fallback=False)))


def longest_first_tokenizer(words: Sequence[str]) -> Tokenizer:
    """The cut of :class:`index.words.LongestFirst` in the library's terms; every single character should be a word."""
    numbered = {word: id for id, word in enumerate(words)}
    model = models.WordPiece(
        numbered, unk_token=UNKNOWN, continuing_subword_prefix="", max_input_chars_per_word=LONGEST_RUN
    )
    return _of_runs(Tokenizer(model))


def batches(texts: Sequence[str], size: int = 2000) -> Iterator[list[str]]:
    """The texts, so many at a time."""
    for start in range(0, len(texts), size):
        yield list(texts[start : start + size])


def _of_runs(tokenizer: Tokenizer) -> Tokenizer:
    """Latin letters, digits and Han are kept apart; all else goes; letters become small and narrow, without accents."""
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKD(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(RUNS), "removed", invert=True)
    return tokenizer
