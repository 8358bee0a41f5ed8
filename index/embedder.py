"""Text to unit vectors: the shipped model with numpy alone, any other through sentence-transformers.

Knows nothing of paragraphs or of how vectors are searched. torch, transformers and the model hub are imported only by
the functions that need them, so that the shipped model answers a fraction of a second after the interpreter starts.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.errors import EncoderError
from index.messages import say

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


class StaticEncoder:
    """The mean of the word vectors of a text, for any sentence-transformers ``StaticEmbedding`` directory.

    Safe to use from several threads: nothing changes after loading.
    """

    def __init__(self, folder: Path, *, name: str = "") -> None:
        self.folder = static_part(folder)
        self.name = name or folder.name
        self.tokenizer = _read_tokenizer(self.folder / "tokenizer.json")
        self.table, self.rows, self.factors = _read_table(self.folder / "model.safetensors")
        words = self.tokenizer.get_vocab_size()
        if (
            {len(self.rows), len(self.factors)} != {words}
            or self.rows.max(initial=0) >= len(self.table)
            or self.rows.min(initial=0) < 0
        ):
            raise EncoderError(say("embedder.wrong_rows", path=self.folder, rows=len(self.rows), words=words))

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self.table.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits over the words and their vectors."""
        return _digest([self.folder / "model.safetensors", self.folder / "tokenizer.json"])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows, shape (n, dimension); a text without a known word gets a zero row."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            batch = list(texts[start : start + TEXTS_AT_ONCE])
            # Text by text: the rows of one text fit the processor's cache, those of a batch do not.
            for row, encoding in enumerate(self.tokenizer.encode_batch_fast(batch, add_special_tokens=False), start):
                ids = np.asarray(encoding.ids, np.int64)
                vectors[row] = self.factors[ids] @ self.table[self.rows[ids]].astype(np.float32, copy=False)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors


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


def _read_tokenizer(path: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_buffer(path.read_bytes())
    except (OSError, ValueError) as error:
        raise EncoderError(say("embedder.unreadable", path=path, reason=error)) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _read_table(path: Path) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.float32]]:
    """The table, shape (rows, dimension), and for each word its row and what that is multiplied by.

    These are all the ways in which such models are stored; whole numbers stay what they are, a quarter of the memory.
    """
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
    return np.ascontiguousarray(table, kept), rows, factors


def _digest(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
