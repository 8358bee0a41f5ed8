"""The dense leg: cosines by FAISS, exact up to a limit, an inverted file of 8-bit codes above it.

Knows nothing of text, and nothing of paragraphs but their row.

A folder holds ``vectors.faiss``, and above the limit ``vectors.npy`` as well: the exact vectors, mapped into memory, by
which the candidates of the inverted file are scored again and from which the next build takes what has not changed.
"""

import os
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import SnapshotDamaged
from index.messages import say

EXACT_NAME = "vectors.npy"
INDEX_NAME = "vectors.faiss"

LISTS_PER_ROOT = 4  # lists = 4 * sqrt(n), the lower end of what FAISS' guidelines recommend
POINTS_PER_LIST = 40  # the fewest that k-means takes without a warning
TRAINING_ROUNDS = 10  # 25 of them over 64 points a list bought a hundredth of recall for four times the time
FEWEST_PROBES = 16
PROBED_SHARE = 1 / 8  # of the lists: 0.95 of the true top 10 and more, for questions unlike the paragraphs too
CANDIDATES_PER_HIT = 2  # the 8-bit codes misplace some neighbours; exact scores put them right
_ADD_BATCH = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """What one leg found, best first, ties by row: int64 rows and their float32 scores, each of shape (n,)."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]

    @classmethod
    def best_first(cls, rows: NDArray[np.int64], scores: NDArray[np.float32]) -> Self:
        """The ranking of scored rows in any order."""
        order = np.lexsort((rows, -scores))
        return cls(rows[order], scores[order])

    @classmethod
    def empty(cls) -> Self:
        """Nothing found."""
        return cls(np.empty(0, np.int64), np.empty(0, np.float32))

    def top(self, k: int) -> "Ranking":
        """The first ``k``."""
        return Ranking(self.rows[:k], self.scores[:k])


class VectorIndex:
    """The vectors of a snapshot; row i belongs to paragraph i. Safe for many threads."""

    def __init__(self, index: Any, vectors: NDArray[np.float32]) -> None:
        """
        :param index: a FAISS index over the inner product.
        :param vectors: the same vectors, float32 of shape (n, dimension).
        """
        self.index = index
        self.vectors = vectors

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index written by :func:`write_vectors`, mapped into memory rather than read."""
        path, exact = folder / INDEX_NAME, folder / EXACT_NAME
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC | faiss.IO_FLAG_READ_ONLY)
            vectors = np.load(exact, mmap_mode="r") if exact.exists() else _flat_vectors(index)
        except (RuntimeError, OSError, ValueError, EOFError) as error:
            raise SnapshotDamaged(say("vectors.unreadable", path=path, reason=str(error).splitlines()[0])) from error
        if vectors.shape != (index.ntotal, index.d):
            raise SnapshotDamaged(
                say("vectors.differ", path=exact, got=vectors.shape, expected=(index.ntotal, index.d))
            )
        return cls(index, vectors)

    def __len__(self) -> int:
        return int(self.index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self.index.d)

    def search(self, query: NDArray[np.float32], *, k: int) -> Ranking:
        """The ``k`` nearest rows by cosine; all of them when there are fewer, none for a zero vector.

        :param query: float32 of shape (dimension,), unit length or zero.
        :raises ValueError: when the shape is another.
        """
        self._check(query)
        if not query.any() or not len(self):
            return Ranking.empty()
        faiss.omp_set_num_threads(1)  # one query is slower on two threads; the setting belongs to the calling thread
        if isinstance(self.index, faiss.IndexIVF):
            probes: Any = faiss.SearchParametersIVF()
            probes.nprobe = max(FEWEST_PROBES, round(self.index.nlist * PROBED_SHARE))
            _, rows = self.index.search(query[None], min(k * CANDIDATES_PER_HIT, len(self)), params=probes)
            found = rows[0][rows[0] >= 0]  # FAISS pads with -1
            return Ranking.best_first(found, self.cosines(query, found)).top(k)
        scores, rows = self.index.search(query[None], min(k, len(self)))
        kept = rows[0] >= 0
        return Ranking.best_first(rows[0][kept], scores[0][kept])

    def cosines(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The exact cosines of some rows, float32 of shape (rows,)."""
        self._check(query)
        return np.asarray(self.vectors[rows] @ query, dtype=np.float32)

    def _check(self, query: NDArray[np.float32]) -> None:
        if query.shape != (self.dimension,):
            raise ValueError(say("vectors.dimension", got=query.shape, expected=(self.dimension,)))


def create_vectors(folder: Path, *, count: int, dimension: int) -> NDArray[np.float32]:
    """An array on disk, float32 of shape (count, dimension), to be filled and then given to :func:`write_vectors`."""
    path = folder / EXACT_NAME
    vectors = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=(count, dimension))
    with path.open("r+b") as file:  # a full disk is told here; later, writing to mapped memory would kill the process
        os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    return vectors


def write_vectors(folder: Path, *, exact_limit: int, seed: int) -> None:
    """Index the vectors that :func:`create_vectors` put on disk, exactly up to ``exact_limit`` of them."""
    vectors = np.load(folder / EXACT_NAME, mmap_mode="r")
    count, dimension = vectors.shape
    index = faiss.IndexFlatIP(dimension) if count <= exact_limit else _train_inverted_file(vectors, seed)
    for start in range(0, count, _ADD_BATCH):
        index.add(np.ascontiguousarray(vectors[start : start + _ADD_BATCH]))
    try:
        faiss.write_index(index, str(folder / INDEX_NAME))
    except RuntimeError as error:
        raise OSError(str(error).splitlines()[0]) from error
    if count <= exact_limit:  # a flat index holds the vectors themselves
        (folder / EXACT_NAME).unlink()


def _train_inverted_file(vectors: NDArray[np.float32], seed: int) -> Any:
    lists = max(1, round(LISTS_PER_ROOT * sqrt(len(vectors))))
    index: Any = faiss.index_factory(vectors.shape[1], f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.cp.seed, index.cp.niter = seed, TRAINING_ROUNDS
    index.cp.min_points_per_centroid = 1  # silence FAISS' complaint about small samples: the limit may be set low
    size = min(len(vectors), lists * POINTS_PER_LIST)
    sample = np.sort(np.random.default_rng(seed).choice(len(vectors), size, replace=False))
    index.train(np.ascontiguousarray(vectors[sample]))
    return index


def _flat_vectors(index: Any) -> NDArray[np.float32]:
    """The vectors inside a flat index, without a copy: float32 of shape (n, dimension)."""
    shape = (index.ntotal, index.d)
    flat = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d).reshape(shape)
    return np.asarray(flat, dtype=np.float32)
