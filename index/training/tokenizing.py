"""How text is split, whatever the words are: what counting and training share. Knows no word."""

import re
from collections.abc import Iterator, Mapping, Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
UNKNOWN_SCORE = -30.0
HAN = re.compile(r"[\u4e00-\u9fff]+")
LATIN = re.compile(r"[a-z]+")


def scored_tokenizer(scores: Mapping[str, float]) -> Tokenizer:
    """Viterbi segmentation by log-probability; row 0 is the unknown word.

    Latin words, numbers and Han runs are kept apart; spaces and punctuation go; letters become small and narrow.
    """
    scored = [(UNKNOWN, UNKNOWN_SCORE), *scores.items()]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}%‰]+"), "removed"),
            pre_tokenizers.Split(Regex(r"\p{Latin}+|\p{N}+|[%‰]"), "isolated"),
        ]
    )
    return tokenizer


def batches(texts: Sequence[str], size: int = 2000) -> Iterator[list[str]]:
    """The texts, so many at a time."""
    for start in range(0, len(texts), size):
        yield list(texts[start : start + size])
