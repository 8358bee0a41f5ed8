"""Finds words that no dictionary has: characters that often stand together, in any company. Knows nothing of glosses.

专 精 特 新 -> 专精特新 (always together, in any surroundings)
手 率 -> nothing (always inside 换手率); 委 书记 -> nothing (always after 党, 市, 县)
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from tokenizers import Tokenizer

from index.training.tokenizing import HAN, batches, scored_tokenizer

LONGEST = 5
COUNT = 60  # a run of characters must stand together this often …
COHESION = 4.0  # … and e^4 times as often as its parts would by chance …
FREEDOM = 2.0  # … next to many different words on either side: entropy in nats
PART_OF_LONGER = 0.6  # a run that mostly stands inside one longer run is a piece of it
NEVER_A_PART = frozenset(
    "的和在了是与及对将从由为等把被让使令到来去说称日元条款第本该网月年时一二三四五六七八九十百千不也都很更最于以所其之这那者"
    "个名位并向据可有应未报届次项级号上中下内外据或但而且已经又再则因如若每各某"
)


def new_words(texts: Sequence[str], scores: Mapping[str, float]) -> dict[str, float]:
    """The new words among the words that are known, with their log-probabilities."""
    runs = _runs(texts, scored_tokenizer(scores))
    total = sum(runs.values())
    found: dict[str, int] = {}
    for run, count in runs.most_common():
        if count < COUNT:
            break
        chance = sum(scores.get(part, -20.0) for part in run)
        if math.log(count / total) - chance > COHESION * (len(run) - 1):
            found["".join(run)] = count
    whole = _without_pieces(found)
    tokenizer = scored_tokenizer({**scores, **{word: math.log(count / total) for word, count in whole.items()}})
    free = _free(texts, tokenizer, [*whole])
    return {word: math.log(count / total) for word, count in whole.items() if word in free}


def _runs(texts: Sequence[str], tokenizer: Tokenizer) -> Counter[tuple[str, ...]]:
    runs: Counter[tuple[str, ...]] = Counter()
    for batch in batches(texts):
        for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
            runs.update(_candidates(encoding.tokens, encoding.offsets))
    return runs


def _candidates(tokens: Sequence[str], offsets: Sequence[tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """Two to four neighbours, at least half of them single characters."""
    open_ = [len(token) > 1 or token not in NEVER_A_PART for token in tokens]
    for i in range(len(tokens) - 1):
        if not open_[i] or len(tokens[i]) + len(tokens[i + 1]) > LONGEST:
            continue
        for end in range(i + 2, min(i + 5, len(tokens) + 1)):
            run = tokens[i:end]
            if not open_[end - 1] or offsets[end - 1][0] != offsets[end - 2][1] or sum(map(len, run)) > LONGEST:
                break
            if sum(len(part) == 1 for part in run) * 2 >= len(run) and re.fullmatch(HAN, "".join(run)):
                yield tuple(run)


def _without_pieces(found: Mapping[str, int]) -> dict[str, int]:
    pieces = {
        word[start:end]
        for word, count in found.items()
        for start in range(len(word))
        for end in range(start + 2, len(word) + 1)
        if end - start < len(word) and found.get(word[start:end], 0) * PART_OF_LONGER < count
    }
    return {word: count for word, count in found.items() if word not in pieces}


def _free(texts: Sequence[str], tokenizer: Tokenizer, words: Sequence[str]) -> set[str]:
    """The words whose left and right neighbours both vary."""
    ids = {id: word for word in words if (id := tokenizer.token_to_id(word)) is not None}
    wanted, size = np.zeros(tokenizer.get_vocab_size(), bool), tokenizer.get_vocab_size()
    wanted[list(ids)] = True
    neighbours: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    for batch in batches(texts):
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            row = np.asarray([0, *encoding.ids, 0], np.int64)
            at = np.flatnonzero(wanted[row])
            neighbours[0].update((row[at] * size + row[at - 1]).tolist())
            neighbours[1].update((row[at] * size + row[at + 1]).tolist())
    return {ids[i] for i in _varied(neighbours[0], size) & _varied(neighbours[1], size)}


def _varied(pairs: Counter[int], size: int) -> set[int]:
    counts: dict[int, list[int]] = {}
    for pair, count in pairs.items():
        counts.setdefault(pair // size, []).append(count)
    return {word for word, values in counts.items() if _entropy(np.asarray(values, float)) >= FREEDOM}


def _entropy(counts: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    shares = counts / counts.sum()
    return float(-(shares * np.log(shares)).sum())
