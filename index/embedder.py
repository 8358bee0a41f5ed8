"""Text to unit vectors: the shipped model with numpy alone, any other through sentence-transformers.

Knows nothing of paragraphs or of how vectors are searched. torch, transformers and the model hub are imported only by
the functions that need them, so that the shipped model answers a fraction of a second after the interpreter starts.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.errors import EncoderError
from index.messages import say
from index.words import Cut, read_splitter

SHIPPED_MODEL = Path(__file__).parent / "model"
TEXTS_AT_ONCE = 1024  # split into words together; more would only take more memory


class Encoder(Protocol):
    """Turns texts into unit rows; ``fingerprint`` changes whenever the vectors could."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def fingerprint(self) -> str: ...
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The vectors of words: that of word i is ``factors[i] * whole[rows[i]]``."""

    whole: NDArray[Any]
    """Whole numbers (int8) or float32, shape (rows, dimension)."""
    rows: NDArray[np.int64]
    factors: NDArray[np.float32]
    information: NDArray[np.float32] | None = None
    """-log p of each word in nats, where the model says it."""

    def serves(self, words: int) -> bool:
        """Whether each of so many words has its row and its factor."""
        told = [array for array in (self.rows, self.factors, self.information) if array is not None]
        return {len(array) for array in told} == {words} and 0 <= self.rows.min(initial=0) <= self.rows.max(
            initial=0
        ) < len(self.whole)


class StaticEncoder:
    """The mean of the word vectors of a text, for any sentence-transformers ``StaticEmbedding`` directory.

    Safe to use from several threads: nothing changes after loading.
    """

    def __init__(self, folder: Path, *, name: str = "") -> None:
        self.folder = static_part(folder)
        self.name = name or folder.name
        self.splitter = read_splitter(self.folder / "tokenizer.json")
        table = _read_table(self.folder / "model.safetensors")
        if not table.serves(self.splitter.size):
            rows, words = len(table.rows), self.splitter.size
            raise EncoderError(say("embedder.wrong_rows", path=self.folder, rows=rows, words=words))
        self.table = table

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self.table.whole.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits over the words and their vectors."""
        return _digest([self.folder / "model.safetensors", self.folder / "tokenizer.json"])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows, shape (n, dimension); a text without a known word gets a zero row."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            self._add_up(self.splitter.cut(texts[start : start + TEXTS_AT_ONCE]), vectors[start:])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def _add_up(self, cut: Cut, vectors: NDArray[np.float32]) -> None:
        """Text by text: the rows of one text fit the processor's cache, those of a batch do not."""
        ids = np.asarray(cut.ids, np.int64)
        rows, factors, take = self.table.rows[ids], self.table.factors[ids], self.table.whole.take
        start = 0
        for vector, end in zip(vectors, cut.ends, strict=False):
            np.dot(factors[start:end], take(rows[start:end], axis=0).astype(np.float32, copy=False), out=vector)
            start = end


class SentenceTransformerEncoder:
    """Any other model, by folder or hub name."""

    def __init__(self, model: str, *, allow_download: bool = False) -> None:
        if not allow_download:
            os.environ["HF_HUB_OFFLINE"] = (
                "1"  # before the hub's client is imported: otherwise it asks, and hangs, for a minute
            )
        from sentence_transformers import SentenceTransformer

        self.name = model
        try:
            self._model = SentenceTransformer(model, device="cpu", local_files_only=not allow_download)
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise EncoderError(say("embedder.unreadable", path=model, reason=error)) from error

    @cached_property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self.encode(["."]).shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits over the files of the model."""
        folder = Path(self.name) if Path(self.name).is_dir() else hub_folder(self.name)
        if folder is None:
            return hashlib.sha256(self.name.encode()).hexdigest()[:16]
        return _digest(
            sorted(path for path in folder.rglob("*") if path.suffix in {".safetensors", ".bin", ".json", ".txt"})
        )

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows, shape (n, dimension)."""
        rows: Any = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


def load_encoder(model: str = "", *, allow_download: bool = False) -> Encoder:
    """The encoder that a setting names.

    :param model: nothing for the shipped model, a folder, or the hub name of a model (``owner/name``).
    :param allow_download: fetch a hub model that is not in the local cache; otherwise fail at once.
    :raises EncoderError: there is no such model, or its files are damaged.
    """
    if not model:
        return shipped_encoder()
    folder = Path(model).expanduser()
    if folder.is_dir():
        return StaticEncoder(folder) if is_static(folder) else SentenceTransformerEncoder(str(folder))
    if folder.is_absolute() or model.startswith((".", "~")) or model.count("/") > 1 or folder.exists():
        raise EncoderError(say("embedder.no_folder", path=model))
    if not allow_download and hub_folder(model) is None:
        raise EncoderError(say("embedder.not_downloaded", model=model))
    return SentenceTransformerEncoder(model, allow_download=allow_download)


@cache
def shipped_encoder() -> StaticEncoder:
    """The shipped model, read once a process."""
    return StaticEncoder(SHIPPED_MODEL, name="wenju")


def is_static(folder: Path) -> bool:
    """Whether a sentence-transformers directory holds a table of word vectors rather than a network."""
    return "StaticEmbedding" in _module_types(folder).get(0, "") or _is_table(folder)


def static_part(folder: Path) -> Path:
    """The folder below ``folder`` that holds the table and the tokenizer.

    :raises EncoderError: there is none, or the model does more than add up a table.
    """
    if not folder.is_dir():
        raise EncoderError(say("embedder.no_folder", path=folder))
    candidates = [folder, *sorted(path for path in folder.iterdir() if path.is_dir())]
    found = next((path for path in candidates if _is_table(path)), None)
    extra = {kind for number, kind in _module_types(folder).items() if number and not kind.endswith("Normalize")}
    if found is None or extra:
        raise EncoderError(say("embedder.not_static", path=folder))
    return found


def hub_folder(model: str) -> Path | None:
    """Where the local cache keeps a hub model, if it does."""
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        paths = [try_to_load_from_cache(model, name) for name in ("modules.json", "config.json")]
    except HFValidationError as error:
        raise EncoderError(say("embedder.no_folder", path=model)) from error
    return next((Path(path).parent for path in paths if isinstance(path, str)), None)


def _is_table(folder: Path) -> bool:
    names = {"model.safetensors", "tokenizer.json"}
    return names <= {path.name for path in folder.iterdir()} and not (folder / "config.json").exists()


def _module_types(folder: Path) -> dict[int, str]:
    path = folder / "modules.json"
    if not path.is_file():
        return {}
    try:
        return {int(module["idx"]): str(module["type"]) for module in json.loads(path.read_text(encoding="utf-8"))}
    except (ValueError, KeyError, TypeError) as error:
        raise EncoderError(say("embedder.unreadable", path=path, reason=error)) from error


def _read_table(path: Path) -> Table:
    """All the ways in which such models are stored; whole numbers stay what they are, a quarter of the memory."""
    try:
        tensors = load_file(path)
    except (OSError, SafetensorError) as error:
        raise EncoderError(say("embedder.unreadable", path=path, reason=error)) from error
    table = tensors.get("embedding.weight", tensors.get("embeddings"))
    if table is None or table.ndim != 2 or 0 in table.shape:
        shapes = {name: tensor.shape for name, tensor in tensors.items()}
        raise EncoderError(say("embedder.wrong_shape", path=path, shapes=shapes))
    rows = np.asarray(tensors.get("mapping", np.arange(len(table))), np.int64)
    factors = np.asarray(tensors.get("weights", np.ones(len(rows))), np.float32)
    kept = np.int8 if table.dtype == np.int8 else np.float32
    return Table(np.ascontiguousarray(table, kept), rows, factors, tensors.get("information"))


def _digest(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
